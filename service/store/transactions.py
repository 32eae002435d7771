"""Opens the transaction for all that changes the store, and says what stands in the way of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from service.errors import DatabaseBusy, DatabaseFailed, DatabaseRefuses, DatabaseUnreachable, DiskFull, ServiceError
from service.store.connection import connect, first_line, scalar

# any number, the same in every version: who holds it changes the store, others wait
WRITE_LOCK = 20190425
TAKE_LOCK = f"SELECT pg_advisory_xact_lock({WRITE_LOCK})".encode()
LOCK_TIMEOUT = "60s"


@contextmanager
def write_transaction(url: str, waiting: Callable[[], None] = lambda: None) -> Iterator[psycopg.Connection]:
    """One transaction that alone changes the store, on a connection of its own.

    While another one changes it, this waits, as long as that takes; `waiting` is called before.
    Raises `DatabaseUnreachable`, `DatabaseTooOld`, `DatabaseBusy`, `DatabaseRefuses`, `DiskFull` or `DatabaseFailed`.
    """
    with transaction(url) as connection:
        take_lock(connection, waiting)
        yield connection


@contextmanager
def transaction(url: str) -> Iterator[psycopg.Connection]:
    """One transaction on a connection of its own. Raises as `write_transaction`."""
    with told_errors(), connect(url) as connection:
        yield connection


def take_lock(connection: psycopg.Connection, waiting: Callable[[], None]) -> None:
    """Take the lock of those who change the store, for this transaction; `waiting` is called before it waits for it."""
    if not scalar(connection, f"SELECT pg_try_advisory_xact_lock({WRITE_LOCK})"):
        waiting()
        connection.execute("SET LOCAL lock_timeout = 0")
        connection.execute(TAKE_LOCK)
    connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'".encode())


@contextmanager
def told_errors() -> Iterator[None]:
    """Raise what `write_transaction` raises, where the block fails by the database."""
    try:
        yield
    except psycopg.Error as error:
        service_error = _to_service_error(error)
        if service_error is None:
            raise
        raise service_error from error


def _to_service_error(error: psycopg.Error) -> ServiceError | None:
    """What is said of a database that does not let us; nothing where a statement of ours is at fault."""
    match error:
        case psycopg.errors.LockNotAvailable():
            return DatabaseBusy()
        case psycopg.errors.ReadOnlySqlTransaction():
            return DatabaseRefuses(f"{first_line(error)}; it is a standby, or lets this user only read")
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
