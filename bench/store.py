"""Fills a migrated database with the generated record: rows by the store's own rules, written with COPY.

python -m bench.store URL [QUOTES]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import orjson
import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import Table

from bench.facts import record
from service.planner.planner import pause_garbage_collection
from service.store import dates
from service.store.i18n.dates import date_labels
from service.store.kinds import METADATA
from service.store.loading.load import term_rows
from service.store.loading.projection import project
from service.store.record.record import Record
from service.store.rows import EntryRows, Key, Row

TABLES = METADATA.sorted_tables
"""What a row refers to stands before it."""
CHECKED = 5_000
"""Up to so many quotations the database checks every reference; more are made by the same code, in half the time."""
DATE = ("text", "earliest", "latest", "precision", "extent", "is_approximate", "is_uncertain")


def fill(url: str, quotes: int) -> dict[str, int]:
    """Write the record of so many quotations; how many rows each table has then."""
    # nothing made here is garbage before the end
    with pause_garbage_collection():
        given = record(quotes)
        everything = project(given)
        rows, numbers = _rows(given, everything), _numbers(everything)
        with psycopg.connect(url, autocommit=True) as connection:
            with connection.transaction():
                if quotes > CHECKED:
                    connection.execute("SET LOCAL session_replication_role = replica")
                for table in TABLES:
                    _copy(connection, table, rows.get(table.name, []), numbers)
            # as in a store that has rested: no row to be looked at twice, all of them counted
            connection.execute("VACUUM (FREEZE, ANALYZE)")
    return {table.name: len(rows.get(table.name, [])) for table in TABLES}


def _rows(given: Record, everything: Iterable[EntryRows]) -> dict[str, list[Row]]:
    """The rows by table; keys stand for numbers."""
    found: dict[str, list[Row]] = {}
    for entry in everything:
        for table, row in entry.rows:
            found.setdefault(table, []).append(row)
    found["edtf"] = [_edtf(text) for text in sorted(_dates(found))]
    found["term"] = term_rows(given)
    found["dataset"] = [{"id": 1, "revision": 1, "updated_at": "2019-12-31 00:00:00+00"}]
    return found


def _numbers(everything: Iterable[EntryRows]) -> dict[Key, int]:
    """The number of each row that has one: from 1, in each table."""
    numbers: dict[Key, int] = {}
    last: dict[str, int] = {}
    for entry in everything:
        for _, row in entry.rows:
            key = row.get("id")
            if isinstance(key, Key):
                numbers[key] = last[key.table] = last.get(key.table, 0) + 1
    return numbers


def _dates(rows: Mapping[str, Sequence[Row]]) -> set[str]:
    """Every date in EDTF that a column refers to."""
    found: set[str] = set()
    for table in TABLES:
        for column in table.columns:
            if any(reference.target_fullname == "edtf.text" for reference in column.foreign_keys):
                texts = (row.get(column.name) for row in rows.get(table.name, ()))
                found.update(text for text in texts if isinstance(text, str))
    return found


def _edtf(text: str) -> Row:
    edtf = dates.parse(text)
    return {**{name: getattr(edtf, name) for name in DATE}, "labels": date_labels(edtf)}


def _copy(connection: psycopg.Connection, table: Table, rows: Sequence[Row], numbers: Mapping[Key, int]) -> None:
    """Write the rows of one table; the numbers that the database gives go on behind them."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if not columns:
        return
    own = ["generated"] if "digest" in table.columns else []
    listed = SQL(", ").join(map(Identifier, [*columns, *(["digest"] if own else [])]))
    statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table.name), listed)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([*(_written(row.get(name), numbers) for name in columns), *own])
    if isinstance(rows[0].get("id"), Key):
        follow = SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), {})")
        connection.execute(follow.format(table.name, len(rows)))


def _written(value: object, numbers: Mapping[Key, int]) -> object:
    """A value as COPY takes it."""
    if isinstance(value, Key):
        return numbers[value]
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    if isinstance(value, date):
        return {date.max: "infinity", date.min: "-infinity"}.get(value, value)
    return value


if __name__ == "__main__":
    for name, count in fill(sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else 40_000).items():
        print(f"{count:>9,} {name}")
