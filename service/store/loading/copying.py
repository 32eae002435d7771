"""Copy rows into tables: directly, or through a staging table if rows with the same key may exist."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import Any

import orjson
import psycopg

from service.store.rows import Key, Row

LINES = 500
"""Number of lines that are sent at a time."""
NumberOf = Callable[[Key], int]
Writers = Mapping[type, Callable[[Any], str]]
"""Functions that write a value, by its type."""
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
"""The backslash comes first, because the other escapes add one."""


def _none(key: Key) -> int:
    raise KeyError(key)


def copy_rows(connection: psycopg.Connection, table: str, rows: Collection[Row], number: NumberOf = _none) -> None:
    """Copy rows into a table that has none with the same keys; columns that no row has keep their defaults.

    `number` returns the number of the row that a key names.
    """
    columns = _columns(rows)
    writers = {**_WRITERS, Key: lambda key: str(number(key))}
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({_list(columns)}) FROM STDIN".encode()) as copy,
    ):
        remaining = iter(rows)
        while some := [*islice(remaining, LINES)]:
            copy.write(_lines(some, columns, writers))


def upsert_rows(
    connection: psycopg.Connection, table: str, key: Sequence[str], rows: Collection[Row], number: NumberOf = _none
) -> None:
    """Copy rows into a table; existing rows with the same key are overwritten if they differ."""
    stage(connection, table, rows, number)
    columns = _columns(rows)
    update = ", ".join(f'"{column}" = excluded."{column}"' for column in columns)
    stored, given = (", ".join(f'{row}."{column}"' for column in columns) for row in (table, "excluded"))
    connection.execute(
        f"INSERT INTO {table} ({_list(columns)}) SELECT {_list(columns)} FROM {staging(table)}"
        f" ON CONFLICT ({_list(key)}) DO UPDATE SET {update} WHERE ({stored}) IS DISTINCT FROM ({given})".encode()
    )


def stage(connection: psycopg.Connection, table: str, rows: Collection[Row], number: NumberOf = _none) -> None:
    """Replace the content of a table's staging table with these rows."""
    connection.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {staging(table)} ON COMMIT DROP AS TABLE {table} WITH NO DATA".encode()
    )
    connection.execute(f"TRUNCATE {staging(table)}".encode())
    copy_rows(connection, staging(table), rows, number)


def staging(table: str) -> str:
    """Return the name of a table's staging table."""
    return f"staged_{table}"


def _columns(rows: Iterable[Row]) -> list[str]:
    shapes = dict.fromkeys(tuple(row) for row in rows)
    return list(dict.fromkeys(column for shape in shapes for column in shape))


def _list(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _lines(rows: Sequence[Row], columns: Sequence[str], writers: Writers) -> str:
    """Return rows as lines of COPY's text format."""
    texts = [_write_column([row.get(column) for row in rows], writers) for column in columns]
    return "\n".join(map("\t".join, zip(*texts, strict=True))) + "\n"


def _write_column(values: Sequence[Any], writers: Writers) -> Iterable[str]:
    """Return the values of a column as text.

    Most columns have values of one type and nothing to escape, so that few values are examined one at a time.
    """
    types = {*map(type, values)}
    if types == {str}:
        together = "".join(values)
        return map(_escape, values) if any(each in together for each in ESCAPES) else values
    if len(types) == 1:
        (type_,) = types
        return map(writers.get(type_, _other), values)
    return [writers.get(type(value), _other)(value) for value in values]


def _other(value: object) -> str:
    return _escape(str(value.value if isinstance(value, Enum) else value))


def _escape(text: str) -> str:
    for each, escaped in ESCAPES.items():
        text = text.replace(each, escaped)
    return text


@lru_cache(maxsize=16_384)
def _day(value: date) -> str:
    """Return a day as PostgreSQL reads it: the first and the last possible day are infinite."""
    return {date.max: "infinity", date.min: "-infinity"}.get(value) or value.isoformat()


def _json(value: object) -> str:
    return orjson.dumps(value).decode().replace("\\", "\\\\")


def _array(values: list[str]) -> str:
    """Return an array of words that contain no quotation marks and commas."""
    return "{" + ",".join(values) + "}"


_WRITERS: Writers = {
    type(None): lambda _: "\\N",
    str: _escape,
    int: str,
    date: _day,
    dict: _json,
    list: _array,
}
