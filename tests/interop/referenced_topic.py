# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a framed event whose schema refers to another, as a service with several .proto files does.

Registers shop/money.proto under one subject and shop/basket.proto, which refers to it, under another, and writes
one Basket.Line with the classes protoc makes of them. Prints what it wrote.
"""

import argparse
import importlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

from google.protobuf.json_format import ParseDict
from kafka import KafkaProducer

from framed_topic import registry

FILES = pathlib.Path(__file__).parent / "referenced"


def register(subject, name, references=()):
    body = {
        "schemaType": "PROTOBUF",
        "schema": (FILES / name).read_text(encoding="utf-8"),
        "references": list(references),
    }
    path = f"/subjects/{urllib.parse.quote(subject, safe='')}/versions"
    return registry(path, body)["id"]


def classes():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["protoc", f"--proto_path={FILES}", f"--python_out={folder}", "shop/money.proto", "shop/basket.proto"],
            check=True,
        )
        sys.path.insert(0, folder)
        try:
            return importlib.import_module("shop.basket_pb2"), importlib.import_module("shop.money_pb2")
        finally:
            sys.path.remove(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topic")
    parser.add_argument("fields", help="the line as JSON, without its extra")
    parser.add_argument("--brokers", default=os.environ.get("BOOTSTRAP_SERVERS"))
    arguments = parser.parse_args()
    basket, money = classes()
    line = ParseDict(json.loads(arguments.fields), basket.Basket.Line())
    line.extra.Pack(money.Money(units=7, currency="BRL"))
    register(f"{arguments.topic}-money", "shop/money.proto")
    schema_id = register(
        f"{arguments.topic}-value",
        "shop/basket.proto",
        [{"name": "shop/money.proto", "subject": f"{arguments.topic}-money", "version": 1}],
    )
    # Two indexes, zigzag: the second message of the file, the second one nested in it.
    value = b"\x00" + schema_id.to_bytes(4, "big") + bytes([4, 2, 2]) + line.SerializeToString()
    producer = KafkaProducer(bootstrap_servers=arguments.brokers.split(","), acks="all")
    producer.send(arguments.topic, key=(24).to_bytes(8, "big"), value=value).get(timeout=30)
    producer.close()
    print(json.dumps({"schema_id": schema_id, "value": value.hex()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
