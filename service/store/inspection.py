"""What a database is and in which state, for whoever looks after it; nothing in it is changed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, text

from service.store.migrations import unapplied_revisions
from service.store.transactions import transaction

QUESTION = """
SELECT split_part(version(), ' ', 2), current_user, pg_is_in_recovery(),
    pg_size_pretty(pg_database_size(current_database())),
    (SELECT string_agg(extname || ' ' || extversion, ', ' ORDER BY extname) FROM pg_extension)
"""


class DatabaseState(NamedTuple):
    """What was found; `unapplied`: the migrations that it has not taken; `revision`: that of its record, if any."""

    version: str
    user: str
    is_standby: bool
    size: str
    extensions: str
    unapplied: tuple[str, ...]
    revision: int | None


def database_state(url: str) -> DatabaseState:
    """The state of a database. Raises as `transaction`, and `DatabaseTooNew`."""
    with transaction(url) as connection:
        version, user, is_standby, size, extensions = connection.execute(text(QUESTION)).one()
        unapplied = unapplied_revisions(connection)
        return DatabaseState(version, user, is_standby, size, extensions, unapplied, _revision(connection))


def _revision(connection: Connection) -> int | None:
    if connection.execute(text("SELECT to_regclass('dataset')")).scalar() is None:
        return None
    found: int | None = connection.execute(text("SELECT revision FROM dataset")).scalar()
    return found
