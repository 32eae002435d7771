"""Rows of small tables, which have their own keys: all are compared with what is stored."""

import json
from collections.abc import Collection, Iterable
from datetime import date

import psycopg

from service.store.rows import Row


def upsert(connection: psycopg.Connection, table: str, key: str, rows: Iterable[Row]) -> bool:
    """Writes those rows of a small table that differ, by their natural key; whether there were any."""
    stored = {row[key]: row for (row,) in connection.execute(f"SELECT to_json(one) FROM {table} AS one".encode())}
    differing = [row for row in rows if stored.get(row[key]) != json.loads(as_json(row))]
    if differing:
        insert(connection, table, differing, replacing=key)
    return bool(differing)


def delete_missing(connection: psycopg.Connection, table: str, key: str, rows: Iterable[Row]) -> bool:
    """Deletes all rows of a small table but these; whether there were any."""
    keys = [row[key] for row in rows]
    return connection.execute(f"DELETE FROM {table} WHERE {key} <> ALL(%s)".encode(), (keys,)).rowcount > 0


def insert(connection: psycopg.Connection, table: str, rows: Collection[Row], *, replacing: str | None = None) -> None:
    """Rows into a table; `replacing` is a column: rows with the same value in it are overwritten."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    column_list = ", ".join(f'"{column}"' for column in columns)
    update = ", ".join(f'"{column}" = excluded."{column}"' for column in columns)
    conflict = f" ON CONFLICT ({replacing}) DO UPDATE SET {update}" if replacing else ""
    # no cast: `name` is a type of PostgreSQL's own too
    row_type = f"(SELECT one FROM {table} AS one LIMIT 0)"
    statement = (
        f"INSERT INTO {table} ({column_list}) SELECT {column_list}"
        f" FROM json_populate_recordset({row_type}, %s){conflict}"
    )
    connection.execute(statement.encode(), (as_json(list(rows)),))


def as_json(value: object) -> str:
    """JSON as PostgreSQL reads it."""
    return json.dumps(value, default=date.isoformat, ensure_ascii=False)
