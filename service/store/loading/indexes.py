"""Indexes of a first load: they are built when all rows are there, which takes less time and less room."""

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


@contextmanager
def build_indexes_afterwards(connection: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Drop the indexes of these tables for the block, and build them anew behind it; nobody else can read meanwhile.

    Those that hold rows to be unique stay; where they are large they are made dense.
    """
    found = connection.execute(INDEXES, ([*tables],)).fetchall()
    for name, _, is_unique in found:
        if not is_unique:
            connection.execute(f"DROP INDEX {name}".encode())
    yield
    for name, definition, is_unique in found:
        if not is_unique:
            connection.execute(definition.encode())
        elif _is_large(connection, name):
            connection.execute(f"REINDEX INDEX {name}".encode())


def _is_large(connection: psycopg.Connection, index: str) -> bool:
    ((size,),) = connection.execute("SELECT pg_relation_size(%s::regclass)", (index,)).fetchall()
    return bool(size > LARGE_BYTES)
