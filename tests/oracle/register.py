"""Every row of every table as a plain object, read once, with no knowledge of what the rows mean."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import asyncpg
import orjson

from service.store.database_urls import without_libpq_only
from service.store.kinds import KINDS
from service.store.layout import TABLES

Row = Any
"""Row: an attribute for each column."""


class Register:
    """The tables by name, and their rows by the value of a column."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self.tables = tables
        self._indexes: dict[tuple[str, str], dict[object, list[Row]]] = {}

    def where(self, table: str, column: str, value: object) -> list[Row]:
        """Return the rows of a table that have a value in a column."""
        if (table, column) not in self._indexes:
            self._indexes[table, column] = index_rows(self.tables[table], column)
        return self._indexes[table, column].get(value, [])

    @cached_property
    def present_slugs(self) -> dict[str, str]:
        """Return the present slug by former slug; no noun has a former slug that is another entry's slug."""
        return {row.former: row.slug for row in self.tables["alias"]}

    @cached_property
    def snapshots(self) -> dict[int, list[Row]]:
        """Return by fact what was known of it, from when until when, with the columns of its kind."""
        kinds = {row.snapshot_id: vars(row) for kind in KINDS for row in self.tables[kind.table]}
        merged = [
            SimpleNamespace(**{**kinds[row.id], **vars(row), "id": row.fact_id, "snapshot_id": row.id})
            for row in self.tables["snapshot"]
        ]
        return index_rows(merged, "fact_id")


def index_rows(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return dict(found)


async def read(url: str) -> Register:
    """Return the register in the database of a URL."""
    connection = await asyncpg.connect(without_libpq_only(url))
    try:
        await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=orjson.dumps, decoder=orjson.loads)
        return Register({table: await _rows(connection, table) for table in TABLES})
    finally:
        await connection.close()


async def _rows(connection: "asyncpg.Connection[asyncpg.Record]", table: str) -> list[Row]:
    return [SimpleNamespace(**row) for row in await connection.fetch(f'SELECT * FROM "{table}"')]
