# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads players as a service of contract C would: JSON, keyed by the position in lower case.

The client is kafka-python, so nothing here shares code with Catalog Desk. Prints one JSON object per message (key,
partition, value), and refuses what is not as the contract says, field by field.
"""

import argparse
import json
import os
import sys
import time
import uuid

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

POSITIONS = ("Forward", "Midfielder", "Defender", "Goalkeeper")
SKILLS = ("speed", "stamina", "strength", "technique")


def checked(record):
    """The player; ValueError with the field that is not as the contract says."""
    player = json.loads(record.value.decode("utf-8"))
    if list(player) != ["id", "name", "position", *SKILLS]:
        raise ValueError(f"The fields are {list(player)}.")
    if str(uuid.UUID(player["id"])) != player["id"]:
        raise ValueError(f"The id is {player['id']}.")
    if not isinstance(player["name"], str) or not player["name"].strip():
        raise ValueError(f"The name is {player['name']!r}.")
    if player["position"] not in POSITIONS:
        raise ValueError(f"The position is {player['position']!r}.")
    for skill in SKILLS:
        if type(player[skill]) is not int or not 0 <= player[skill] <= 10:
            raise ValueError(f"{skill} is {player[skill]!r}.")
    if record.key != player["position"].lower().encode("utf-8"):
        raise ValueError(f"The key is {record.key!r} for {player['position']}.")
    return player


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topic")
    parser.add_argument("count", type=int)
    parser.add_argument("--timeout", type=float, default=60, help="seconds (default: %(default)s)")
    parser.add_argument("--brokers", default=os.environ.get("BOOTSTRAP_SERVERS"))
    arguments = parser.parse_args()
    try:
        consumer = KafkaConsumer(bootstrap_servers=arguments.brokers.split(","), enable_auto_commit=False)
        partitions = consumer.partitions_for_topic(arguments.topic) or ()
        assigned = [TopicPartition(arguments.topic, partition) for partition in sorted(partitions)]
        consumer.assign(assigned)
        consumer.seek_to_beginning(*assigned)
        deadline = time.monotonic() + arguments.timeout
        read = 0
        while read < arguments.count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{arguments.topic} gave {read} messages in time, not {arguments.count}.")
            for batch in consumer.poll(timeout_ms=200).values():
                for record in batch:
                    read += 1
                    message = {"key": record.key.decode(), "partition": record.partition, "value": checked(record)}
                    print(json.dumps(message, ensure_ascii=False))
    except (LookupError, TimeoutError, KafkaError, ValueError) as error:
        print(f"read_players: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
