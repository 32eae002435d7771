"""Fills a migrated database with the generated record: rows by the store's own rules, written with COPY.

python -m bench.store URL [QUOTES]
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import orjson
import psycopg
from psycopg.sql import SQL, Identifier

from bench.facts import record
from service.store import dates
from service.store.items import items
from service.store.names import by_tag
from service.store.record import Record
from service.store.rows import Item, Key, Row
from service.store.tables import Table

TABLES = Table.metadata.sorted_tables
"""What a row refers to stands before it."""
CHECKED = 5_000
"""Up to so many quotations the database checks every reference; more are made by the same code, in half the time."""


def fill(url: str, quotes: int) -> dict[str, int]:
    """Write the record of so many quotations; how many rows each table has then.

    Some 10 kB of memory for each quotation.
    """
    gc.disable()
    rows = rows_of(record(quotes))
    gc.enable()
    with psycopg.connect(url, autocommit=True) as connection:
        with connection.transaction():
            if quotes > CHECKED:
                connection.execute("SET LOCAL session_replication_role = replica")
            for table in TABLES:
                _copy(connection, table.name, rows.get(table.name, []))
        # a freshly restored database is the same: no row to be looked at twice, all counted
        connection.execute("VACUUM (FREEZE, ANALYZE)")
    return {table.name: len(rows.get(table.name, [])) for table in TABLES}


def rows_of(record: Record) -> dict[str, list[Row]]:
    """The rows of a record by table, numbered."""
    everything = items(record)
    numbers = _numbers(everything)
    found: dict[str, list[Row]] = {}
    for item in everything:
        for table, row in item.rows:
            own = {"digest": "generated"} if row.get("id") == item.key else {}
            found.setdefault(table, []).append({**_numbered(row, numbers), **own})
    found["edtf"] = [_edtf(text) for text in sorted(_dates(found))]
    found["term"] = [{"term": term, "descriptions": by_tag(t)} for term, t in record.properties.items()]
    found["dataset"] = [{"id": 1, "revision": 1, "updated_at": "2019-12-31 00:00:00+00"}]
    return found


def _numbers(everything: Iterable[Item]) -> dict[Key, int]:
    """The number of each row that has one: from 1, in each table."""
    numbers: dict[Key, int] = {}
    last: dict[str, int] = {}
    for item in everything:
        for _, row in item.rows:
            key = row.get("id")
            if isinstance(key, Key):
                numbers[key] = last[key.table] = last.get(key.table, 0) + 1
    return numbers


def _numbered(row: Row, numbers: Mapping[Key, int]) -> Row:
    return {name: numbers[value] if isinstance(value, Key) else value for name, value in row.items()}


def _dates(rows: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """Every date in EDTF that a column refers to."""
    found: set[str] = set()
    for table in TABLES:
        for column in table.columns:
            if any(reference.target_fullname == "edtf.text" for reference in column.foreign_keys):
                texts = (row.get(column.name) for row in rows.get(table.name, ()))
                found.update(text for text in texts if isinstance(text, str))
    return iter(found)


def _edtf(text: str) -> Row:
    edtf = dates.parse(text)
    names = ("text", "earliest", "latest", "precision", "extent", "is_approximate", "is_uncertain")
    return {**{name: getattr(edtf, name) for name in names}, "labels": dates.labels(edtf)}


def _copy(connection: psycopg.Connection, table: str, rows: Sequence[Row]) -> None:
    """Write the rows of one table; the numbers that the database gives go on behind them."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if not columns:
        return
    listed = SQL(", ").join(map(Identifier, columns))
    statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), listed)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([_written(row.get(name)) for name in columns])
    if "id" in columns and table != "dataset":
        follow = SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), {})")
        connection.execute(follow.format(table, len(rows)))


def _written(value: object) -> object:
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    if isinstance(value, date):
        return {date.max: "infinity", date.min: "-infinity"}.get(value, value)
    return value


if __name__ == "__main__":
    for name, count in fill(sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else 40_000).items():
        print(f"{count:>9,} {name}")
