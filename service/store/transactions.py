"""Open the transactions that change the store, and report why one cannot be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from service.errors import (
    DatabaseBusy,
    DatabaseFailed,
    DatabaseRefuses,
    DatabaseUnreachable,
    DiskFull,
    ServiceError,
    first_line,
)
from service.store.connection import connect, scalar

# any number, the same in every version: the holder changes the store, others wait
WRITE_LOCK = 20190425
TAKE_LOCK = f"SELECT pg_advisory_xact_lock({WRITE_LOCK})".encode()
LOCK_TIMEOUT = "60s"


@contextmanager
def write_transaction(url: str, waiting: Callable[[], None] = lambda: None) -> Iterator[psycopg.Connection]:
    """Open a transaction on a new connection as the only one that changes the store.

    If another transaction is changing the store, wait for as long as that takes; `waiting` is called first. Raises
    `DatabaseUnreachable`, `DatabaseTooOld`, `DatabaseBusy`, `DatabaseRefuses`, `DiskFull` or `DatabaseFailed`.
    """
    with transaction(url) as connection:
        take_lock(connection, waiting)
        yield connection


@contextmanager
def transaction(url: str) -> Iterator[psycopg.Connection]:
    """Open a transaction on a new connection. Raises the same errors as `write_transaction`."""
    with told_errors(), connect(url) as connection:
        yield connection


def take_lock(connection: psycopg.Connection, waiting: Callable[[], None]) -> None:
    """Take the lock for changing the store in this transaction; call `waiting` before waiting for the lock."""
    if not scalar(connection, f"SELECT pg_try_advisory_xact_lock({WRITE_LOCK})"):
        waiting()
        connection.execute("SET LOCAL lock_timeout = 0")
        connection.execute(TAKE_LOCK)
    connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'".encode())


@contextmanager
def told_errors() -> Iterator[None]:
    """Convert database errors in the block to those that `write_transaction` raises."""
    try:
        yield
    except psycopg.Error as error:
        service_error = _to_service_error(error)
        if service_error is None:
            raise
        raise service_error from error


def _to_service_error(error: psycopg.Error) -> ServiceError | None:
    """Return the error for a database that does not let us work, or None if a statement of ours is at fault."""
    match error:
        case psycopg.errors.LockNotAvailable():
            return DatabaseBusy()
        case psycopg.errors.ReadOnlySqlTransaction():
            return DatabaseRefuses(f"{first_line(error)}; it is a standby, or this user may only read")
        case psycopg.errors.InsufficientPrivilege():
            return DatabaseRefuses(first_line(error))
        case psycopg.errors.DiskFull():
            return DiskFull(f"the database could not write ({first_line(error)})")
        case psycopg.OperationalError() if error.sqlstate in (None, "57P01", "57P02", "57P03"):
            return DatabaseUnreachable(first_line(error))
        case psycopg.OperationalError() | psycopg.InternalError():
            return DatabaseFailed(f"The database failed: {first_line(error)}")
        case _:
            return None
