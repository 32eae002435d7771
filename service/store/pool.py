"""The connections that the service reads with; it runs statements that it is given and composes none."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from time import perf_counter
from typing import Any

import asyncpg

from service.settings import Settings
from service.store.database_urls import urls_of_hosts, without_libpq_only
from service.store.failures import (
    CONNECTION_LOST,
    FAULT,
    OVERLOADED,
    UNREACHABLE,
    Failure,
    ReadFailed,
    failure_of,
    first_line,
)
from service.store.read_queue import ReadQueue
from service.store.statements import BYTES_A_CHARACTER, KEPT_BYTES, PooledReader, Reader

APPLICATION = "gipfelbuch"
CONNECT_SECONDS = 5.0
CLOSE_SECONDS = 2.0
PLAN_CACHE_MODE = "force_generic_plan"
# a statement that the server should have given up, but about which it is silent
GRACE_SECONDS = 2.0
IS_STANDBY = "SELECT pg_is_in_recovery()"
LOCK_SECONDS = 2.0
"""How long a statement waits for a lock; never longer than half of what it may take."""


class Durations:
    """How long a read was planned, waited for a connection, and took the database, in seconds.

    `planning_begun` and `begun`: when that was, by perf_counter, of the first one; 0 where it was not.
    """

    __slots__ = ("begun", "database", "planning", "planning_begun", "waiting")

    def __init__(self) -> None:
        self.planning_begun = self.begun = 0.0
        self.planning = 0.0
        self.waiting = 0.0
        self.database = 0.0


class ReadingPool:
    """At most `size` connections, made when they are first needed and kept.

    Leaner than asyncpg's own pool, which resets each connection at release and undoes its settings:
    what only reads, one statement at a time, leaves nothing behind that would need it.
    """

    def __init__(
        self,
        url: str,
        *,
        size: int,
        seconds: float,
        heavy: int = 2,
        public_url: str | None = None,
        connect_seconds: float = CONNECT_SECONDS,
    ) -> None:
        """`seconds` is how long a statement may take, and how long a request waits for its turn.

        `heavy` is how many heavy statements may run at once. Statements find `public_url` in the setting
        gipfelbuch.public_url. `connect_seconds` is how long a connection may take to be made.
        """
        self._url = url
        self._seconds = seconds
        self._connect_seconds = connect_seconds
        self._public_url = public_url or ""
        self._queue = ReadQueue(size=size, heavy=heavy, seconds=seconds)
        self._characters = KEPT_BYTES // BYTES_A_CHARACTER // size
        self._open = 0
        self._idle: list[Reader] = []
        self._readers: set[Reader] = set()
        self._refusal = ""
        self._waiters: deque[asyncio.Future[Reader]] = deque()

    @property
    def in_use(self) -> int:
        """Connections on which a read is."""
        return self._queue.running

    @property
    def waiting(self) -> int:
        """Reads that wait for a connection."""
        return self._queue.waiting

    async def value(
        self, statement: str, values: Sequence[object] = (), *, work: float = 0.0, durations: Durations | None = None
    ) -> Any:
        """The first column of the first row; None where there is no row."""
        row = await self.row(statement, values, work=work, durations=durations)
        return None if row is None else row[0]

    async def row(
        self, statement: str, values: Sequence[object] = (), *, work: float = 0.0, durations: Durations | None = None
    ) -> asyncpg.Record | None:
        """The first row; `values` fill $1, $2 and so on, days as texts.

        `work` is what the statement is expected to take, in milliseconds of the database.
        Raises `ReadFailed`; what is a fault of ours, as it is.
        """
        begun = perf_counter()
        lane = await self._queue.acquire(work)
        run = perf_counter()
        try:
            return await self._fetch_row(statement, values)
        except (asyncpg.PostgresError, *CONNECTION_LOST) as error:
            failure = failure_of(error)
            if failure is FAULT:
                raise
            raise ReadFailed(failure, first_line(error), seconds=self._seconds) from error
        finally:
            self._queue.release(lane)
            if durations is not None:
                durations.begun = durations.begun or begun
                durations.waiting += run - begun
                durations.database += perf_counter() - run

    def abandon(self, reason: str) -> None:
        """Break off all that is read, and refuse what else is asked as UNREACHABLE, until `resume`."""
        self._refusal = reason
        self._discard_idle()
        self._refuse_waiters(UNREACHABLE, reason)
        for reader in tuple(self._readers):
            # whoever reads on it discards it
            reader.connection.terminate()

    def resume(self) -> None:
        """Read again."""
        self._refusal = ""

    async def close(self) -> None:
        """Close the connections; a statement still under way ends with its own."""
        closing, self._idle = self._idle, []
        self._open -= len(closing)
        await asyncio.gather(*(_close(reader) for reader in closing))

    async def _fetch_row(self, statement: str, values: Sequence[object]) -> asyncpg.Record | None:
        """Ask on a kept connection; if it is dead, once more on a new one, since a read may be repeated."""
        reader = self._take_idle()
        if reader is not None:
            try:
                return await self._fetch_on(reader, statement, values)
            except CONNECTION_LOST:
                self._discard_idle()
        return await self._fetch_on(await self._connect_or_wait(), statement, values)

    def _take_idle(self) -> Reader | None:
        while self._idle:
            reader = self._idle.pop()
            if not reader.connection.is_closed():
                return reader
            self._discard(reader)
        return None

    def _discard_idle(self) -> None:
        """Let go of all that is kept: what one connection has lost, the others have lost with it."""
        while self._idle:
            self._discard(self._idle.pop())

    def _discard(self, reader: Reader) -> None:
        self._open -= 1
        self._readers.discard(reader)
        reader.connection.terminate()

    def _release(self, reader: Reader) -> None:
        """Hand a connection to whoever waits for one, else keep it."""
        while self._waiters:
            future = self._waiters.popleft()
            if not future.done():
                return future.set_result(reader)
        self._idle.append(reader)

    async def _connect_or_wait(self) -> Reader:
        """A new connection; where the server has none left to give, one of ours that comes free."""
        if self._refusal:
            raise ReadFailed(UNREACHABLE, self._refusal)
        try:
            return await self._connect()
        except asyncpg.TooManyConnectionsError:
            if not self._open:
                self._refuse_waiters(OVERLOADED, "the server has no connection to give")
                raise
        future: asyncio.Future[Reader] = asyncio.get_running_loop().create_future()
        self._waiters.append(future)
        try:
            async with asyncio.timeout(self._seconds):
                return await future
        except (TimeoutError, asyncio.CancelledError) as error:
            if future.done() and not future.cancelled():
                self._release(future.result())
            if isinstance(error, TimeoutError):
                raise ReadFailed(OVERLOADED, "the server has no connection left to give") from None
            raise

    def _refuse_waiters(self, failure: Failure, reason: str) -> None:
        """Say to all who wait for a connection of ours that there is none to come free."""
        while self._waiters:
            future = self._waiters.popleft()
            if not future.done():
                future.set_exception(ReadFailed(failure, reason))

    async def _connect(self) -> Reader:
        # from the beginning, so that whoever is refused meanwhile may wait for this one
        self._open += 1
        try:
            async with asyncio.timeout(self._connect_seconds):
                reader = await self._open_reader()
        except BaseException as error:
            self._open -= 1
            if isinstance(error, TimeoutError):
                raise ReadFailed(UNREACHABLE, f"no connection within {self._connect_seconds:g} s") from None
            if isinstance(error, asyncpg.InterfaceError):
                # it was lost again before it was ready
                raise ReadFailed(UNREACHABLE, first_line(error)) from error
            raise
        self._readers.add(reader)
        return reader

    async def _open_reader(self) -> Reader:
        settings = {
            "application_name": APPLICATION,
            "default_transaction_read_only": "on",
            "statement_timeout": str(round(self._seconds * 1000)),
            # less, so that a statement which waits for a lock is told apart from one that takes long
            "lock_timeout": str(round(min(LOCK_SECONDS, self._seconds / 2) * 1000)),
            "timezone": "UTC",
            "datestyle": "ISO, YMD",
            # a plan for the values at hand can be far worse, and jit costs more than these reads
            "plan_cache_mode": PLAN_CACHE_MODE,
            "jit": "off",
            # what is read lies in memory: else a table of some thousand rows is read whole for twenty of them
            "random_page_cost": "1.1",
            "gipfelbuch.public_url": self._public_url,
        }
        try:
            connection = await self._open_connection(settings)
        except asyncpg.ProtocolViolationError as error:
            if "startup parameter" not in str(error):
                raise
        else:
            with _ended_on_failure(connection):
                # a pooler may have been told to pass over what it does not know
                if await _shows_plan_cache_mode(connection) == PLAN_CACHE_MODE:
                    await set_codecs(connection)
                    return Reader(connection, self._characters)
                await connection.close()
        connection = await self._open_connection({"application_name": APPLICATION})
        with _ended_on_failure(connection):
            async with connection.transaction():
                await set_codecs(connection)
        return PooledReader(connection, settings)

    async def _open_connection(self, settings: dict[str, str]) -> asyncpg.Connection[asyncpg.Record]:
        try:
            return await self._connect_to_host(settings)
        except TimeoutError:
            raise ReadFailed(UNREACHABLE, f"no connection within {self._connect_seconds:g} s") from None
        except (ValueError, asyncpg.ClientConfigurationError):
            # what it says would name parts of the URL, and with them the password
            raise ReadFailed(UNREACHABLE, "the URL of the database cannot be read") from None
        except asyncpg.InterfaceError as error:
            raise ReadFailed(UNREACHABLE, first_line(error)) from error
        except asyncpg.ProtocolViolationError as error:
            # how PgBouncer says so, where PostgreSQL has a code for it
            if "no more connections allowed" in str(error):
                raise asyncpg.TooManyConnectionsError(first_line(error)) from None
            raise

    async def _connect_to_host(self, settings: dict[str, str]) -> asyncpg.Connection[asyncpg.Record]:
        """A connection to the first host that will do; asyncpg itself would wait for a silent one all the time."""
        *others, last = urls_of_hosts(without_libpq_only(self._url))
        seconds = self._connect_seconds / (len(others) + 1)
        for url in others:
            with suppress(TimeoutError, *CONNECTION_LOST):
                return await asyncpg.connect(url, timeout=seconds, statement_cache_size=0, server_settings=settings)
        return await asyncpg.connect(last, timeout=seconds, statement_cache_size=0, server_settings=settings)

    async def _fetch_on(self, reader: Reader, statement: str, values: Sequence[object]) -> asyncpg.Record | None:
        """The answer of one connection, which is kept afterwards if its state is known."""
        is_settled = False
        limit = self._seconds + GRACE_SECONDS
        try:
            row = await reader.fetch_row(statement, values, limit)
            is_settled = True
            return row
        except TimeoutError:
            self._discard_idle()
            raise ReadFailed(UNREACHABLE, f"no answer within {limit:g} s") from None
        except asyncio.CancelledError:
            is_settled = await _has_stopped(reader)
            raise
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            is_settled = not isinstance(error, CONNECTION_LOST)
            raise
        finally:
            if is_settled and not reader.connection.is_closed():
                self._release(reader)
            else:
                self._discard(reader)


class PrimaryPool(ReadingPool):
    """Connections to a primary; a standby is refused, since what is newest is known to the primary alone."""

    async def _open_reader(self) -> Reader:
        reader = await super()._open_reader()
        with _ended_on_failure(reader.connection):
            row = await reader.fetch_row(IS_STANDBY, (), self._connect_seconds)
            if row is None or row[0]:
                raise ReadFailed(UNREACHABLE, "it is a standby, where the primary must be")
        return reader


@contextmanager
def _ended_on_failure(connection: asyncpg.Connection[asyncpg.Record]) -> Iterator[None]:
    """End a connection that has been made, if what is done with it in the block fails."""
    try:
        yield
    except BaseException:
        connection.terminate()
        raise


async def _shows_plan_cache_mode(connection: asyncpg.Connection[asyncpg.Record]) -> str:
    async with connection.transaction():
        return str(await connection.fetchval("SHOW plan_cache_mode"))


async def _close(reader: Reader) -> None:
    """Close a connection politely, if the server goes along with it."""
    try:
        await reader.connection.close(timeout=CLOSE_SECONDS)
    except (*CONNECTION_LOST, TimeoutError, asyncpg.InterfaceError):
        reader.connection.terminate()


async def _has_stopped(reader: Reader) -> bool:
    """Whether the server has given up a statement that asyncpg has asked it to cancel."""
    try:
        await reader.connection.fetchval("SELECT 1", timeout=CLOSE_SECONDS)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        return False
    return True


def reading_pool(settings: Settings, *, size: int | None = None, seconds: float | None = None) -> ReadingPool:
    """The pool that the settings describe; where they name standbys beside the primary, of the primary alone."""
    kind = PrimaryPool if settings.database_read_urls else ReadingPool
    return kind(
        settings.reader_url,
        size=size or settings.pool_size,
        heavy=settings.heavy_statements,
        seconds=seconds or settings.statement_timeout,
        public_url=settings.public_url,
    )


async def set_codecs(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    """Days go as texts: asyncpg's own codec takes the last one of the calendar for infinity."""
    await connection.set_type_codec("date", schema="pg_catalog", encoder=str, decoder=str)
