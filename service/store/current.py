"""Whether a store is already what these migrations and seeds would make of it, so that a second start is quick."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

from service.store.database_urls import without_libpq_only
from service.store.fingerprints import add_files, fingerprint_of_code
from service.store.folders import require_folders

if TYPE_CHECKING:
    import psycopg

# the fingerprint is kept as a comment on this table: no table has to exist before the first migration, and both change
# together
TABLE = "alembic_version"
CONNECT_SECONDS = 5


def fingerprint(
    seeds: Path,
    corpus: Collection[Path] | None,
    sets: Collection[str] | None = (),
    shown: str = "whole",
) -> str:
    """Return a SHA-256 of what decides the store's content.

    That is the libraries, migrations, loading code, files, seeds and documents. `sets` names the sets that are loaded;
    None means all. `shown` is the most that is shown of a document. Raises SeedsMissing, SetUnknown or CorpusUnusable
    if one of these is missing.
    """
    require_folders(seeds, corpus, sets)
    digest = hashlib.sha256(repr(None if sets is None else sorted(sets)).encode())
    digest.update(shown.encode())
    digest.update(fingerprint_of_code().encode())
    add_files(digest, [seeds, *(corpus or ())])
    return digest.hexdigest()


def is_current(url: str, expected: str) -> bool | None:
    """Return whether the store has the fingerprint; None if it cannot be queried, since migrating then says why."""
    try:
        return asyncio.run(_fetch(url, f"SELECT obj_description(to_regclass('{TABLE}'), 'pg_class')")) == expected
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return None


async def _fetch(url: str, query: str) -> object:
    """Return the one value of a query, or None if there is none."""
    # a pooler keeps no prepared statement from one transaction to the next
    connection = await asyncpg.connect(without_libpq_only(url), timeout=CONNECT_SECONDS, statement_cache_size=0)
    try:
        async with connection.transaction():
            return await connection.fetchval(query)
    finally:
        await connection.close()


def holds_register(url: str) -> bool:
    """Return whether anything has been loaded; False if the store cannot be queried, since migrating then says why."""
    try:
        return asyncio.run(_fetch(url, "SELECT revision FROM dataset")) is not None
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False


def is_read_only(url: str) -> bool:
    """Return whether the database cannot be changed, because it is a standby or this user may only read."""
    try:
        return asyncio.run(_fetch(url, "SELECT current_setting('transaction_read_only')")) == "on"
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False


def available_connections(url: str) -> int | None:
    """Return how many connections the server offers to users who are not superusers; None if it cannot be queried."""
    query = "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
    try:
        return int(str(asyncio.run(_fetch(url, query))))
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return None


def mark_current(connection: psycopg.Connection, expected: str) -> None:
    """Set the store's fingerprint, in the transaction that brings the store to that state."""
    connection.execute(f"COMMENT ON TABLE {TABLE} IS '{expected}'".encode())
