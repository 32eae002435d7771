"""Connections by libpq, to change a database or to look at it; it needs nothing but psycopg."""

from __future__ import annotations

import psycopg

from service.errors import DatabaseTooOld, DatabaseUnreachable
from service.settings import UNREADABLE_URL, is_readable_url

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


def first_line(error: BaseException | None) -> str:
    """The first line of what an error says."""
    return str(error).strip().partition("\n")[0]
