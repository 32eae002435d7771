"""Connections by libpq, to change a database or to look at it; it needs nothing but psycopg."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from service.errors import DatabaseTooOld, DatabaseUnreachable
from service.settings import UNREADABLE_URL, is_readable_url

Connection = psycopg.Connection
"""What is opened here, for who only names it."""
OLDEST = 15
CONNECT_SECONDS = 10


def connect(url: str) -> psycopg.Connection:
    """A connection to a database that is not too old. Raises `DatabaseUnreachable` or `DatabaseTooOld`."""
    if not is_readable_url(url):
        raise DatabaseUnreachable(f"its URL is unusable: {UNREADABLE_URL}")
    try:
        # a statement kept prepared would stay with a pooler's connection, for others to stumble over
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
    """The first value of the first row that a query gives; None of none."""
    row = connection.execute(query.encode(), values).fetchone()
    return row[0] if row else None


def first_line(error: BaseException | None) -> str:
    """The first line of what an error says."""
    return str(error).strip().partition("\n")[0]
