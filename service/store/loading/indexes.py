"""Indexes and foreign keys of a first load: they are made when all rows are there, which takes less time and room."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg

LARGE_BYTES = 1_000_000
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisunique, amname
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
WHERE indrelid = ANY(%s::regclass[]) ORDER BY 1
"""
SET_MEMORY = "SELECT set_config(name, value, true) FROM unnest(%s::text[], %s::text[]) AS setting (name, value)"
LITTLE_MEMORY = {"maintenance_work_mem": "1MB", "max_parallel_maintenance_workers": "0"}
"""Built at once, an index of words (GIN) has its pages half empty, since each is split in the middle and then left
behind; built in many small parts its pages are filled again and again. It is half as large, in as much time.
"""
FOREIGN_KEYS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY conrelid::regclass::text, conname
"""


@contextmanager
def build_indexes_afterwards(connection: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Drop the indexes of these tables for the block, and build them anew behind it; nobody else can read meanwhile.

    Those that hold rows to be unique stay; where they are large they are made dense. That what rows refer to is there
    is looked at for each foreign key as a whole, not row by row.
    """
    found = connection.execute(INDEXES, ([*tables],)).fetchall()
    foreign_keys = connection.execute(FOREIGN_KEYS, ([*tables],)).fetchall()
    for drop, _ in foreign_keys:
        connection.execute(drop.encode())
    for name, _, is_unique, _ in found:
        if not is_unique:
            connection.execute(f"DROP INDEX {name}".encode())
    yield
    for name, definition, is_unique, method in found:
        if is_unique and _is_large(connection, name):
            connection.execute(f"REINDEX INDEX {name}".encode())
        elif method == "gin":
            with _little_memory(connection):
                connection.execute(definition.encode())
        elif not is_unique:
            connection.execute(definition.encode())
    for _, add in foreign_keys:
        connection.execute(add.encode())


@contextmanager
def _little_memory(connection: psycopg.Connection) -> Iterator[None]:
    query = "SELECT name, setting || coalesce(nullif(unit, ''), '') FROM pg_settings WHERE name = ANY(%s)"
    before: dict[str, str] = dict(connection.execute(query, ([*LITTLE_MEMORY],)).fetchall())
    connection.execute(SET_MEMORY, ([*LITTLE_MEMORY], [*LITTLE_MEMORY.values()]))
    yield
    connection.execute(SET_MEMORY, ([*before], [*before.values()]))


def _is_large(connection: psycopg.Connection, index: str) -> bool:
    ((size,),) = connection.execute("SELECT pg_relation_size(%s::regclass)", (index,)).fetchall()
    return bool(size > LARGE_BYTES)
