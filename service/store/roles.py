"""The role that the service reads with: it may only SELECT, and writes no large temporary files."""

from __future__ import annotations

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from service.errors import DatabaseRefuses
from service.store.server.embedded import READER

TEMP_FILES = "256MB"


def role_of(url: str) -> str:
    """The name of the role in a URL; where it has none, what libpq takes instead."""
    user = psycopg.conninfo.conninfo_to_dict(url).get("user")
    defaults = {each.keyword: each.val for each in psycopg.pq.Conninfo.get_defaults()}
    return str(user or (defaults.get(b"user") or b"").decode())


def grant_read(connection: Connection, role: str) -> None:
    """Let a role read all tables that there are and will be; the embedded one is made if it is missing.

    Raises `DatabaseRefuses` where there is no such role.
    """
    if role == connection.execute(text("SELECT current_user")).scalar():
        return
    name = connection.dialect.identifier_preparer.quote(role)
    if not connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).first():
        if role != READER:
            raise DatabaseRefuses(f"there is no role {role}, which DATABASE_READER_URL names")
        connection.execute(text(f"CREATE ROLE {name} LOGIN"))
    for grant in (
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {name}",
    ):
        connection.execute(text(grant))
    _limit_temp_files(connection, role, name)


def _limit_temp_files(connection: Connection, role: str, name: str) -> None:
    """Bound the role's temporary files, which takes a superuser; without one it is the operator's to do."""
    settings = connection.execute(text("SELECT rolconfig FROM pg_roles WHERE rolname = :role"), {"role": role}).scalar()
    if any(each.startswith("temp_file_limit=") for each in settings or ()):
        return
    try:
        with connection.begin_nested():
            connection.execute(text(f"ALTER ROLE {name} SET temp_file_limit = '{TEMP_FILES}'"))
            connection.execute(text(f"ALTER ROLE {name} SET default_transaction_read_only = on"))
    except ProgrammingError as error:
        if not isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            raise
