# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays an older service on the shop's database, through the tables' names that service knows.

Each command prints one JSON object per row it got. Values are NAME=VALUE; an empty VALUE is NULL.
"""

import argparse
import decimal
import json
import os
import sys

import psycopg2
from psycopg2 import sql

TABLES = {
    "productcreate": ("id", "name", "description", "price", "stock_quantity", "category_id", "image_id"),
    "categorycreate": ("id", "name", "description"),
    "imagecreate": ("id", "image_url", "product_id"),
    "todocreate": ("id", "title", "description", "completed"),
}

# As the product service's documentation gives it; only the two values are parameters.
JOIN = """
SELECT p.*, c.id AS category_id, c.name AS category_name, c.description AS category_description,
       i.id AS image_id, i.image_url AS image_url, i.product_id AS image_product_id
FROM productcreate p
LEFT JOIN categorycreate c ON p.category_id = c.id
LEFT JOIN imagecreate i ON p.id = i.product_id
WHERE p.id = %(product_id)s OR i.image_url = %(image_url)s
"""


def plain(value):
    """JSON's own types; a price that cannot become a float is an error here, as it is in the service."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def show(cursor):
    names = [column.name for column in cursor.description]
    for row in cursor.fetchall():
        print(json.dumps(dict(zip(names, map(plain, row))), ensure_ascii=False), flush=True)


def columns(table):
    return sql.SQL(", ").join(map(sql.Identifier, TABLES[table]))


def insert(cursor, table, values):
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(sql.Placeholder() * len(values)),
        ),
        list(values.values()),
    )
    get(cursor, table, cursor.fetchone()[0])


def update(cursor, table, record, values):
    cursor.execute(
        sql.SQL("UPDATE {} SET {} WHERE id = %s").format(
            sql.Identifier(table),
            sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values),
        ),
        [*values.values(), record],
    )
    if cursor.rowcount != 1:
        raise LookupError(f"The update of {table} {record} met {cursor.rowcount} rows.")
    get(cursor, table, record)


def delete(cursor, table, record):
    cursor.execute(sql.SQL("DELETE FROM {} WHERE id = %s").format(sql.Identifier(table)), [record])
    if cursor.rowcount != 1:
        raise LookupError(f"The delete of {table} {record} met {cursor.rowcount} rows.")
    print(json.dumps({"deleted": record}))


def get(cursor, table, record):
    cursor.execute(
        sql.SQL("SELECT {} FROM {} WHERE id = %s").format(columns(table), sql.Identifier(table)), [record]
    )
    show(cursor)


def everything(cursor, table):
    cursor.execute(sql.SQL("SELECT {} FROM {} ORDER BY id").format(columns(table), sql.Identifier(table)))
    show(cursor)


def join(cursor, product, url):
    """Names occur twice in this query's result, so it prints columns and rows apart."""
    cursor.execute(JOIN, {"product_id": product, "image_url": url})
    names = [column.name for column in cursor.description]
    rows = [list(map(plain, row)) for row in cursor.fetchall()]
    print(json.dumps({"columns": names, "rows": rows}, ensure_ascii=False))


def pairs(arguments):
    values = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not equals:
            raise ValueError(f"{argument!r} is not NAME=VALUE.")
        values[name] = value or None
    return values


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default=os.environ.get("DATABASE_URL"), help="default: DATABASE_URL")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, needs in {
        "insert": ("table", "values"),
        "update": ("table", "record", "values"),
        "delete": ("table", "record"),
        "get": ("table", "record"),
        "list": ("table",),
        "join": ("record", "url"),
    }.items():
        command = commands.add_parser(name)
        for need in needs:
            if need == "table":
                command.add_argument(need, choices=TABLES)
            elif need == "record":
                command.add_argument(need, type=int)
            else:
                command.add_argument(need, nargs="+" if need == "values" else None)
    arguments = parser.parse_args()
    if not arguments.database:
        parser.error("say which database: --database or DATABASE_URL")
    try:
        connection = psycopg2.connect(arguments.database)
        with connection, connection.cursor() as cursor:
            match arguments.command:
                case "insert":
                    insert(cursor, arguments.table, pairs(arguments.values))
                case "update":
                    update(cursor, arguments.table, arguments.record, pairs(arguments.values))
                case "delete":
                    delete(cursor, arguments.table, arguments.record)
                case "get":
                    get(cursor, arguments.table, arguments.record)
                case "list":
                    everything(cursor, arguments.table)
                case "join":
                    join(cursor, arguments.record, arguments.url)
    except (psycopg2.Error, LookupError, ValueError) as error:
        print(f"service_database: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
