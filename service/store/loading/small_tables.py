"""Rows of small tables with keys of their own: all of them are compared with what is stored."""

import json
from collections.abc import Collection, Iterable
from datetime import date

import psycopg

from service.store.rows import Row


def upsert(connection: psycopg.Connection, table: str, key: str, rows: Iterable[Row]) -> bool:
    """Write those rows of a small table that differ, by their natural key; return whether there were any."""
    stored = {row[key]: row for (row,) in connection.execute(f"SELECT to_json(one) FROM {table} AS one".encode())}
    differing = [row for row in rows if stored.get(row[key]) != json.loads(as_json(row))]
    if differing:
        insert(connection, table, differing, replacing=key)
    return bool(differing)


def delete_missing(connection: psycopg.Connection, table: str, key: str, rows: Iterable[Row]) -> bool:
    """Delete all rows of a small table except these; return whether there were any."""
    keys = [row[key] for row in rows]
    return connection.execute(f"DELETE FROM {table} WHERE {key} <> ALL(%s)".encode(), (keys,)).rowcount > 0


def insert(connection: psycopg.Connection, table: str, rows: Collection[Row], *, replacing: str | None = None) -> None:
    """Insert rows into a table; `replacing` is a column: rows with the same value in it are overwritten."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    column_list = ", ".join(f'"{column}"' for column in columns)
    update = ", ".join(f'"{column}" = excluded."{column}"' for column in columns)
    conflict = f" ON CONFLICT ({replacing}) DO UPDATE SET {update}" if replacing else ""
    # no cast, because `name` is also a type of PostgreSQL
    row_type = f"(SELECT one FROM {table} AS one LIMIT 0)"
    statement = (
        f"INSERT INTO {table} ({column_list}) SELECT {column_list}"
        f" FROM json_populate_recordset({row_type}, %s){conflict}"
    )
    connection.execute(statement.encode(), (as_json(list(rows)),))


def as_json(value: object) -> str:
    """Return JSON as PostgreSQL reads it."""
    return json.dumps(value, default=date.isoformat, ensure_ascii=False)
