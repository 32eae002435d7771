"""What a database is and which state it is in, for its operator. Nothing in the database is changed."""

from __future__ import annotations

from typing import NamedTuple

import psycopg

from service.store.connection import scalar
from service.store.migrations import unapplied_migrations
from service.store.transactions import transaction

QUESTION = """
SELECT split_part(version(), ' ', 2), current_user, pg_is_in_recovery(),
    pg_size_pretty(pg_database_size(current_database())),
    (SELECT string_agg(extname || ' ' || extversion, ', ' ORDER BY extname) FROM pg_extension)
"""


class DatabaseState(NamedTuple):
    """State of a database. `unapplied`: migrations not yet applied; `revision`: that of its record, if there is one."""

    version: str
    user: str
    is_standby: bool
    size: str
    extensions: str
    unapplied: tuple[str, ...]
    revision: int | None


def database_state(url: str) -> DatabaseState:
    """Return the state of a database. Raises the same errors as `transaction`, and `DatabaseTooNew`."""
    with transaction(url) as connection:
        version, user, is_standby, size, extensions = connection.execute(QUESTION).fetchall()[0]
        unapplied = unapplied_migrations(connection)
        return DatabaseState(version, user, is_standby, size, extensions, unapplied, _revision(connection))


def _revision(connection: psycopg.Connection) -> int | None:
    if scalar(connection, "SELECT to_regclass('dataset')") is None:
        return None
    found: int | None = scalar(connection, "SELECT revision FROM dataset")
    return found
