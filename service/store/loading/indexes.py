"""Indexes and foreign keys of a first load: creating them after all rows takes less time and space."""

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
"""Settings with little memory, for building an index of words (GIN).

Built in one go, such an index has half-empty pages, since each page is split in the middle and then left behind. Built
in many small parts, its pages are filled again and again. The index is half as large and takes the same time to build.
"""
FOREIGN_KEYS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY conrelid::regclass::text, conname
"""


@contextmanager
def build_indexes_afterwards(connection: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Drop the indexes of these tables for the block, and rebuild them afterwards; nobody else can read meanwhile.

    Unique indexes stay; large ones are rebuilt densely. Foreign keys are checked for each key as a whole, not row by
    row.
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
