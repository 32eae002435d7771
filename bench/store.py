"""Fill a migrated database with the generated record, using the store's own load.

python -m bench.store URL [QUOTES]
"""

from __future__ import annotations

import sys

import psycopg

from bench.facts import record
from service.store.layout import TABLES
from service.store.loading.load import load_record
from service.store.transactions import write_transaction


def fill(url: str, quotes: int) -> dict[str, int]:
    """Write the record of this many quotes; return how many rows each table has then."""
    with write_transaction(url) as connection:
        load_record(connection, record(quotes))
    with psycopg.connect(url, autocommit=True) as connection:
        # as in a store at rest: no row needs a second look, and all are counted
        connection.execute("VACUUM (FREEZE, ANALYZE)")
        return {table: _count(connection, table) for table in TABLES}


def _count(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    return int(row[0]) if row else 0


if __name__ == "__main__":
    for name, count in fill(sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else 40_000).items():
        print(f"{count:>9,} {name}")
