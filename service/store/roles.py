"""The role for the service's reads, which may only SELECT and may not write large temporary files."""

from __future__ import annotations

from contextlib import suppress

import psycopg
from psycopg.sql import SQL, Identifier

from service.errors import DatabaseRefuses
from service.store.connection import scalar
from service.store.embedded.database import READER

TEMP_FILES = "256MB"


def role_of(url: str) -> str:
    """Return the name of the role in a URL, or libpq's default if the URL names none."""
    user = psycopg.conninfo.conninfo_to_dict(url).get("user")
    defaults = {each.keyword: each.val for each in psycopg.pq.Conninfo.get_defaults()}
    return str(user or (defaults.get(b"user") or b"").decode())


def grant_read_to(connection: psycopg.Connection, reader_url: str | None) -> None:
    """Let the role of a URL read all present and future tables; the embedded database's role is created if missing.

    Raises `DatabaseRefuses` if any other role does not exist.
    """
    role = role_of(reader_url) if reader_url else None
    if role is None or role == scalar(connection, "SELECT current_user"):
        return
    name = Identifier(role)
    if not scalar(connection, "SELECT true FROM pg_roles WHERE rolname = %s", (role,)):
        if role != READER:
            raise DatabaseRefuses(f"the role {role} in DATABASE_READER_URL does not exist")
        connection.execute(SQL("CREATE ROLE {} LOGIN").format(name))
    for grant in (
        SQL("GRANT USAGE ON SCHEMA public TO {}"),
        SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}"),
        SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {}"),
    ):
        connection.execute(grant.format(name))
    _limit_temp_files(connection, role)


def _limit_temp_files(connection: psycopg.Connection, role: str) -> None:
    """Limit the role's temporary files, which requires a superuser; otherwise this is left to the operator."""
    settings = scalar(connection, "SELECT rolconfig FROM pg_roles WHERE rolname = %s", (role,))
    if any(each.startswith("temp_file_limit=") for each in settings or ()):
        return
    with suppress(psycopg.errors.InsufficientPrivilege), connection.transaction():
        connection.execute(SQL("ALTER ROLE {} SET temp_file_limit = {}").format(Identifier(role), TEMP_FILES))
        connection.execute(SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(Identifier(role)))
