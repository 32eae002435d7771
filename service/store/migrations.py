"""Migrate a database to the tables of this version. Alembic is used only if they are not of this version yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

from service.settings import RESOURCES
from service.store.connection import scalar
from service.store.roles import grant_read_to
from service.store.transactions import transaction, write_transaction

VERSIONS = RESOURCES / "alembic" / "versions"
REVISION = re.compile(r'^(down_)?revision = "(\w+)"', re.MULTILINE)


@dataclass(frozen=True)
class MigrationResult:
    """The newest migration, and those that were applied to reach it, oldest first, each by its Alembic revision."""

    revision: str
    applied: tuple[str, ...]

    def __str__(self) -> str:
        if not self.applied:
            return f"The tables are up to date (revision {self.revision})."
        count = f"{len(self.applied)} migration" + ("" if len(self.applied) == 1 else "s")
        return f"Applied {count} (revision {self.revision})."


def migrate(url: str, reader_url: str | None = None, waiting: Callable[[], None] = lambda: None) -> MigrationResult:
    """Apply all migrations that are missing, or none; concurrent calls take turns, and call `waiting` first.

    The role of `reader_url` may read the tables afterwards. Raises the errors of `write_transaction`, and
    `DatabaseTooNew` for a migration that this version does not know.
    """
    with write_transaction(url, waiting) as connection:
        if not unapplied_migrations(connection):
            grant_read_to(connection, reader_url)
            return MigrationResult(newest_migration(), ())
    from service.store.upgrading import upgrade

    return MigrationResult(newest_migration(), upgrade(url, reader_url, waiting))


def is_migrated(url: str) -> bool:
    """Return whether the tables are those of this version, without waiting. Raises as `write_transaction` does."""
    with transaction(url) as connection:
        return not unapplied_migrations(connection)


def unapplied_migrations(connection: psycopg.Connection) -> tuple[str, ...]:
    """Return the migrations that a database has not applied, oldest first. Raises `DatabaseTooNew`."""
    applied = applied_migration(connection)
    if applied == newest_migration():
        return ()
    from service.store.upgrading import pending_migrations

    return pending_migrations(applied)


def newest_migration() -> str:
    """Return the migration that no other migration follows."""
    found = [pair for path in VERSIONS.glob("*.py") for pair in REVISION.findall(path.read_text(encoding="utf-8"))]
    (newest,) = {name for is_down, name in found if not is_down} - {name for is_down, name in found if is_down}
    return str(newest)


def applied_migration(connection: psycopg.Connection) -> str | None:
    """Return the migration that the database applied last, or None for a database without tables."""
    if scalar(connection, "SELECT to_regclass('alembic_version')") is None:
        return None
    found: str | None = scalar(connection, "SELECT version_num FROM alembic_version")
    return found
