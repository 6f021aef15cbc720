# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a topic as an older service would, and prints one JSON object per message.

The client is kafka-python and the classes come from contract_a.proto and contract_b.proto, so nothing here
shares code with Catalog Desk. Per message: topic, partition, offset, timestamp (ms), key, headers, fields,
value (hex of the raw bytes), own (hex of what the service's class writes for fields 1-7 of the same values),
own_is_prefix, unknown_bytes.
"""

import argparse
import json
import os
import sys
import time

from google.protobuf.json_format import MessageToDict
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from contracts import message_class


def text(data):
    return None if data is None else data.decode("utf-8", "backslashreplace")


def own_bytes(cls, message):
    """Fields 1-7 set one by one on a fresh message, as the service does it, and serialised."""
    fresh = cls()
    for field, value in message.ListFields():
        if field.number <= 7:
            target = getattr(fresh, field.name)
            if field.label == field.LABEL_REPEATED and field.message_type:
                for item in value:
                    target.add().MergeFromString(own_bytes(type(item), item))
            elif field.label == field.LABEL_REPEATED:
                target.extend(value)
            else:
                setattr(fresh, field.name, value)
    return fresh.SerializeToString()


def described(cls, record):
    result = {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp": record.timestamp,
        "key": text(record.key),
        "headers": {name: text(value) for name, value in record.headers},
        "value": None,
    }
    if record.value is None:
        return result
    message = cls()
    message.ParseFromString(record.value)
    known = cls()
    known.CopyFrom(message)
    known.DiscardUnknownFields()
    own = own_bytes(cls, message)
    result.update(
        fields=MessageToDict(known, including_default_value_fields=True, preserving_proto_field_name=True),
        value=record.value.hex(),
        own=own.hex(),
        own_is_prefix=record.value.startswith(own),
        unknown_bytes=len(record.value) - len(known.SerializeToString()),
    )
    return result


def records(consumer, topic, count, deadline):
    """The topic from its beginning: `count` messages, waited for, or without a count what is there now."""
    partitions = consumer.partitions_for_topic(topic)
    while not partitions and time.monotonic() < deadline:
        time.sleep(0.2)
        partitions = consumer.partitions_for_topic(topic)
    if not partitions:
        raise TimeoutError(f"There is no topic {topic}.")
    assigned = [TopicPartition(topic, partition) for partition in sorted(partitions)]
    consumer.assign(assigned)
    consumer.seek_to_beginning(*assigned)
    ends = consumer.end_offsets(assigned)
    read = 0
    while count is None or read < count:
        if count is None and all(consumer.position(partition) >= ends[partition] for partition in assigned):
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"{topic} gave {read} messages in time, not {count if count is not None else 'all'}.")
        for batch in consumer.poll(timeout_ms=200).values():
            for record in batch:
                if count is None or read < count:
                    read += 1
                    yield record


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topic")
    parser.add_argument("message", help="the class that reads it, such as ProductUpdate")
    parser.add_argument("--count", type=int, help="wait for so many messages; without it, read what is there")
    parser.add_argument("--timeout", type=float, default=30, help="seconds (default: %(default)s)")
    parser.add_argument("--brokers", default=os.environ.get("BOOTSTRAP_SERVERS"))
    arguments = parser.parse_args()
    if not arguments.brokers:
        parser.error("say which brokers: --brokers or BOOTSTRAP_SERVERS")
    try:
        cls = message_class(arguments.message)
        consumer = KafkaConsumer(bootstrap_servers=arguments.brokers.split(","), enable_auto_commit=False)
        deadline = time.monotonic() + arguments.timeout
        for record in records(consumer, arguments.topic, arguments.count, deadline):
            print(json.dumps(described(cls, record), ensure_ascii=False), flush=True)
    except (LookupError, TimeoutError, KafkaError, ValueError) as error:
        print(f"read_topic: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
