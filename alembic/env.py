"""What Alembic runs around a migration: on the connection that it is handed, else on that of DATABASE_URL."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlmodel import AutoString

from service.errors import SettingsInvalid
from service.settings import read_settings
from service.store import comparison  # noqa: F401 (it tells Alembic how to compare)
from service.store.tables import METADATA
from service.store.upgrading import alembic_transaction


def plain(kind: str, item: Any, _: object) -> str | Literal[False]:
    """How a migration writes a type: SQLModel's text as SQLAlchemy's, so that it imports no model."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        compare_type=True,
        compare_server_default=True,
        render_item=plain,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        return run(connection)
    url = read_settings().database_url
    if url is None:
        raise SettingsInvalid("Alembic by itself needs DATABASE_URL; `gipfelbuch migrate` does not.")
    with alembic_transaction(url) as connection:
        return run(connection)


main()
