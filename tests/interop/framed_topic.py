# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and writes a topic of framed events as a service with a schema registry does.

The client is kafka-python, the classes come from contract_d.proto, and the frame is taken apart and put
together here by the format's description, so nothing shares code with Catalog Desk. "read" prints one JSON
object per message: key, headers, schema_id, indexes, message (the name the registry's schema has at those
indexes), subjects, fields. "write" registers the contract's file and writes one message.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.json_format import MessageToDict, ParseDict
from kafka import KafkaConsumer, KafkaProducer

from contracts import message_class
from read_topic import records, text

HEADERS = {"Content-Type": "application/vnd.schemaregistry.v1+json"}


def registry(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(os.environ["SCHEMA_REGISTRY_URL"] + path, data, HEADERS)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as reply:
        return json.load(reply)


def varint(data, position):
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return (value >> 1) ^ -(value & 1), position


def unframed(data):
    """Schema id, message indexes, payload."""
    if data[0] != 0:
        raise ValueError(f"the first byte is {data[0]}")
    count, position = varint(data, 5)
    indexes = []
    for _ in range(count):
        index, position = varint(data, position)
        indexes.append(index)
    return int.from_bytes(data[1:5], "big"), indexes or [0], data[position:]


def message_name(schema, indexes):
    """The message at the indexes of a .proto text, which protoc must be able to read by itself."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "schema.proto")
        path.write_text(schema, encoding="utf-8")
        out = pathlib.Path(folder, "set")
        subprocess.run(["protoc", f"--proto_path={folder}", f"--descriptor_set_out={out}", str(path)], check=True)
        file = FileDescriptorSet.FromString(out.read_bytes()).file[0]
    message = file.message_type[indexes[0]]
    for index in indexes[1:]:
        message = message.nested_type[index]
    return ".".join(part for part in (file.package, message.name) if part)


def read(arguments):
    cls = message_class(arguments.message)
    consumer = KafkaConsumer(bootstrap_servers=arguments.brokers.split(","), enable_auto_commit=False)
    names = {}
    for record in records(consumer, arguments.topic, arguments.count, time.monotonic() + 60):
        schema_id, indexes, payload = unframed(record.value)
        key = (schema_id, *indexes)
        if key not in names:
            names[key] = message_name(registry(f"/schemas/ids/{schema_id}")["schema"], indexes)
        message = cls.FromString(payload)
        fields = MessageToDict(message, including_default_value_fields=True, preserving_proto_field_name=True)
        print(
            json.dumps(
                {
                    "key": text(record.key),
                    "headers": {name: text(value) for name, value in record.headers},
                    "schema_id": schema_id,
                    "indexes": indexes,
                    "message": names[key],
                    "fields": fields,
                    "own": message.SerializeToString(deterministic=True).hex(),
                    "payload": payload.hex(),
                },
                ensure_ascii=False,
            )
        )


def write(arguments):
    cls = message_class(arguments.message)
    message = ParseDict(json.loads(arguments.fields), cls())
    schema = pathlib.Path(__file__).with_name("contract_d.proto").read_text(encoding="utf-8")
    subject = urllib.parse.quote(arguments.subject or f"{arguments.topic}-value", safe="")
    schema_id = registry(f"/subjects/{subject}/versions", {"schemaType": "PROTOBUF", "schema": schema})["id"]
    index = list(cls.DESCRIPTOR.file.message_types_by_name).index(cls.DESCRIPTOR.name)
    # Zigzag; the first message is a single 0, or written out when asked for.
    way = b"\x00" if index == 0 and not arguments.long else bytes([2, 2 * index])
    value = b"\x00" + schema_id.to_bytes(4, "big") + way + message.SerializeToString()
    producer = KafkaProducer(bootstrap_servers=arguments.brokers.split(","), acks="all")
    producer.send(arguments.topic, key=arguments.key.encode(), value=value).get(timeout=30)
    producer.close()
    print(json.dumps({"schema_id": schema_id, "value": value.hex()}))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=("read", "write"))
    parser.add_argument("topic")
    parser.add_argument("message", help="the class, such as Order")
    parser.add_argument("--count", type=int, help="read: wait for so many; without it, what is there")
    parser.add_argument("--fields", help="write: the message as JSON")
    parser.add_argument("--key", default="", help="write: the key")
    parser.add_argument("--subject", help="write: register under another subject than <topic>-value")
    parser.add_argument("--long", action="store_true", help="write: the first message's way written out")
    parser.add_argument("--brokers", default=os.environ.get("BOOTSTRAP_SERVERS"))
    arguments = parser.parse_args()
    (read if arguments.action == "read" else write)(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
