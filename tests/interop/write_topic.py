# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes messages as an older service does: its own class (contracts A and B) or its own JSON (C and E).

The client is kafka-python, so nothing here shares code with Catalog Desk. Each argument after the topic is a
message: fields as JSON. Without --key there is no key, and there are never headers.
"""

import argparse
import json
import os
import sys

from google.protobuf.json_format import ParseDict
from kafka import KafkaProducer

from contracts import message_class


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topic")
    parser.add_argument("fields", nargs="+", help="a message as JSON")
    parser.add_argument("--message", help="the class, such as ProductCreate; without it the JSON goes out as it is")
    parser.add_argument("--key", help="the field whose value, in lower case, is the key")
    parser.add_argument("--brokers", default=os.environ.get("BOOTSTRAP_SERVERS"))
    arguments = parser.parse_args()
    cls = message_class(arguments.message) if arguments.message else None
    producer = KafkaProducer(bootstrap_servers=arguments.brokers.split(","), acks="all")
    for fields in map(json.loads, arguments.fields):
        value = (
            ParseDict(fields, cls()).SerializeToString()
            if cls
            else json.dumps(fields, ensure_ascii=False).encode("utf-8")
        )
        key = str(fields[arguments.key]).lower().encode() if arguments.key else None
        producer.send(arguments.topic, key=key, value=value).get(timeout=30)
    producer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
