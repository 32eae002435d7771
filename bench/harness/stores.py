"""The stores that are measured: filled with the generated record or with the seeds, and queried for what they hold."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from bench.generated.record import generate_record
from bench.harness.servers import FOLDER
from service.settings import REPOSITORY
from service.store.layout import TABLES
from service.store.loading.load import load, load_record
from service.store.transactions import write_transaction

BUSIEST_SPEAKERS = """
SELECT actor.slug FROM actor JOIN presence ON actor_id = actor.id
WHERE is_leader AND presence.typename = 'Quote' GROUP BY actor.slug ORDER BY count(*) DESC, actor.slug LIMIT 2
"""


def fill_store(url: str, quotes: int) -> dict[str, int]:
    """Write the record of this many quotes to a migrated database; return how many rows each table has then."""
    with write_transaction(url) as connection:
        load_record(connection, generate_record(quotes))
    with psycopg.connect(url, autocommit=True) as connection:
        # as in a store at rest: no row needs a second look, and all are counted
        connection.execute("VACUUM (FREEZE, ANALYZE)")
        return {table: _count(connection, table) for table in TABLES}


def load_seeds(url: str, sets: Sequence[str] | None = ()) -> None:
    """Load the seeds with these sets into a migrated database; None means all sets."""
    with write_transaction(url) as connection:
        load(connection, REPOSITORY / "seeds", sets=sets)


def create_views(url: str) -> None:
    """Create PostGraphile's schema next to the tables again."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET client_min_messages = warning")
        connection.execute("DROP SCHEMA IF EXISTS api CASCADE")
        connection.execute((FOLDER / "api.sql").read_bytes())


def fetch_column(url: str, statement: str) -> list[str]:
    """Return the first column of a statement's result."""
    with psycopg.connect(url) as connection:
        return [str(row[0]) for row in connection.execute(statement.encode()).fetchall()]


def _count(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    return int(row[0]) if row else 0
