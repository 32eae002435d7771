"""Indexes and foreign keys of a first load: they are made when all rows are there, which takes less time and room."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg

LARGE_BYTES = 1_000_000
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisunique
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
WHERE indrelid = ANY(%s::regclass[]) AND amname = 'btree' ORDER BY 1
"""
"""Of words there is none: built at the end, their index takes as much time and more room."""
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
    for name, _, is_unique in found:
        if not is_unique:
            connection.execute(f"DROP INDEX {name}".encode())
    yield
    for name, definition, is_unique in found:
        if not is_unique:
            connection.execute(definition.encode())
        elif _is_large(connection, name):
            connection.execute(f"REINDEX INDEX {name}".encode())
    for _, add in foreign_keys:
        connection.execute(add.encode())


def _is_large(connection: psycopg.Connection, index: str) -> bool:
    ((size,),) = connection.execute("SELECT pg_relation_size(%s::regclass)", (index,)).fetchall()
    return bool(size > LARGE_BYTES)
