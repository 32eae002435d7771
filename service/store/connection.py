"""Connections through libpq, to change or inspect a database. It needs nothing but psycopg."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from service.errors import DatabaseTooOld, DatabaseUnreachable, first_line
from service.settings import UNREADABLE_URL, is_readable_url

Connection = psycopg.Connection
"""Type of the connections opened here, for modules that only need its name."""
OLDEST = 15
CONNECT_SECONDS = 10


def connect(url: str) -> psycopg.Connection:
    """Connect to a database that is not too old. Raises `DatabaseUnreachable` or `DatabaseTooOld`."""
    if not is_readable_url(url):
        raise DatabaseUnreachable(f"its URL is invalid: {UNREADABLE_URL}")
    try:
        # a prepared statement would stay on a pooler's connection and disturb its other users
        connection = psycopg.connect(url, connect_timeout=CONNECT_SECONDS, prepare_threshold=None)
    except psycopg.Error as error:
        raise DatabaseUnreachable(first_line(error)) from None
    version = connection.info.server_version
    if version < OLDEST * 10_000:
        connection.close()
        raise DatabaseTooOld(f"{version // 10_000}.{version % 10_000}", OLDEST)
    return connection


def scalar(
    connection: psycopg.Connection, query: str, values: Sequence[object] | Mapping[str, object] | None = None
) -> Any:
    """Return the first value of the first row of a query, or None if there is no row."""
    row = connection.execute(query.encode(), values).fetchone()
    return row[0] if row else None
