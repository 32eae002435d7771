"""Connection pool for the service's reads. It runs the statements it is given and composes none."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from time import perf_counter
from typing import Any

import asyncpg

from service.errors import first_line
from service.settings import Settings
from service.store.database_urls import name_of_host, urls_of_hosts, without_libpq_only
from service.store.failures import (
    CONNECTION_LOST,
    FAULT,
    OVERLOADED,
    UNREACHABLE,
    Failure,
    ReadFailed,
    failure_of,
)
from service.store.host_names import wait_until_known
from service.store.read_queue import ReadQueue
from service.store.statements import BYTES_A_CHARACTER, KEPT_BYTES, PooledReader, Reader

APPLICATION = "gipfelbuch"
CONNECT_SECONDS = 5.0
CLOSE_SECONDS = 2.0
PLAN_CACHE_MODE = "force_generic_plan"
# grace period for a statement that the server should have cancelled but has not reported on
GRACE_SECONDS = 2.0
IS_STANDBY = "SELECT pg_is_in_recovery()"
LOCK_SECONDS = 2.0
"""Longest time a statement waits for a lock; never more than half of its own timeout."""


class Durations:
    """Time that a read spent on planning, on waiting for a connection and in the database, in seconds.

    `planning_begun` and `begun` are the perf_counter values at which the first planning and the first read began, or 0
    if there was none.
    """

    __slots__ = ("begun", "database", "planning", "planning_begun", "waiting")

    def __init__(self) -> None:
        self.planning_begun = self.begun = 0.0
        self.planning = 0.0
        self.waiting = 0.0
        self.database = 0.0


class ReadingPool:
    """Pool of at most `size` connections, which are opened on first use and kept open.

    Leaner than asyncpg's own pool, which resets each connection on release and so undoes its settings. Reads that run
    one statement at a time leave nothing behind that needs a reset.
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
        """Configure the pool without opening a connection.

        `seconds` limits how long a statement may run, and also how long a request waits for its turn. `heavy` is the
        number of heavy statements that may run at once. Statements can read `public_url` from the setting
        gipfelbuch.public_url. `connect_seconds` is the timeout for opening a connection.
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
        self._is_closed = False
        self._waiters: deque[asyncio.Future[Reader]] = deque()

    @property
    def in_use(self) -> int:
        """Number of connections that are running a read."""
        return self._queue.running

    @property
    def waiting(self) -> int:
        """Number of reads that are waiting for a connection."""
        return self._queue.waiting

    async def value(
        self, statement: str, values: Sequence[object] = (), *, work: float = 0.0, durations: Durations | None = None
    ) -> Any:
        """Return the first column of the first row, or None if there is no row."""
        row = await self.row(statement, values, work=work, durations=durations)
        return None if row is None else row[0]

    async def row(
        self, statement: str, values: Sequence[object] = (), *, work: float = 0.0, durations: Durations | None = None
    ) -> asyncpg.Record | None:
        """Return the first row; `values` fill $1, $2 and so on, with days passed as text.

        `work` is the expected database time of the statement, in milliseconds. Raises `ReadFailed`; errors that are our
        own fault are raised unchanged.
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
        """Abort all reads in progress and refuse new ones as UNREACHABLE, until `resume` is called."""
        self._refusal = reason
        self._discard_idle()
        self._refuse_waiters(UNREACHABLE, reason)
        for reader in tuple(self._readers):
            # the read that is using this connection discards it
            reader.connection.terminate()

    def resume(self) -> None:
        """Allow reads again."""
        self._refusal = ""

    async def close(self) -> None:
        """Close the idle connections, and each of the others as soon as its statement has ended."""
        self._is_closed = True
        closing, self._idle = self._idle, []
        self._open -= len(closing)
        await asyncio.gather(*(_close(reader) for reader in closing))

    async def _fetch_row(self, statement: str, values: Sequence[object]) -> asyncpg.Record | None:
        """Run the statement on a pooled connection; if that is dead, retry once on a new one: reads can be repeated."""
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
        """Discard all idle connections: if one has lost the server, the others have too."""
        while self._idle:
            self._discard(self._idle.pop())

    def _discard(self, reader: Reader) -> None:
        self._open -= 1
        self._readers.discard(reader)
        reader.connection.terminate()

    def _release(self, reader: Reader) -> None:
        """Hand the connection to the first waiter; if there is none, keep it, unless the pool is closed."""
        while self._waiters:
            future = self._waiters.popleft()
            if not future.done():
                return future.set_result(reader)
        if self._is_closed:
            self._discard(reader)
        else:
            self._idle.append(reader)

    async def _connect_or_wait(self) -> Reader:
        """Return a new connection, or wait for one of our own to come free if the server has none left."""
        if self._refusal:
            raise ReadFailed(UNREACHABLE, self._refusal)
        try:
            return await self._connect()
        except asyncpg.TooManyConnectionsError:
            if not self._open:
                self._refuse_waiters(OVERLOADED, "the server has no free connection")
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
                raise ReadFailed(OVERLOADED, "the server has no free connection left") from None
            raise

    def _refuse_waiters(self, failure: Failure, reason: str) -> None:
        """Fail all reads that are waiting for one of our connections, because none will come free."""
        while self._waiters:
            future = self._waiters.popleft()
            if not future.done():
                future.set_exception(ReadFailed(failure, reason))

    async def _connect(self) -> Reader:
        # counted before it is open, so that a read that is refused meanwhile can wait for this connection
        self._open += 1
        try:
            async with asyncio.timeout(self._connect_seconds):
                reader = await self._open_reader()
        except BaseException as error:
            self._open -= 1
            if isinstance(error, TimeoutError):
                raise ReadFailed(UNREACHABLE, f"no connection within {self._connect_seconds:g} s") from None
            if isinstance(error, asyncpg.InterfaceError):
                # the connection was lost before it was ready
                raise ReadFailed(UNREACHABLE, first_line(error)) from error
            raise
        self._readers.add(reader)
        return reader

    async def _open_reader(self) -> Reader:
        settings = {
            "application_name": APPLICATION,
            "default_transaction_read_only": "on",
            "statement_timeout": str(round(self._seconds * 1000)),
            # shorter than statement_timeout, so that waiting for a lock can be told apart from taking too long
            "lock_timeout": str(round(min(LOCK_SECONDS, self._seconds / 2) * 1000)),
            "timezone": "UTC",
            "datestyle": "ISO, YMD",
            # a plan for the actual values can be far worse, and jit costs more than these reads
            "plan_cache_mode": PLAN_CACHE_MODE,
            "jit": "off",
            # the data are in memory; with the default, PostgreSQL scans a table of a few thousand rows to find twenty
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
                # a pooler may be configured to ignore parameters that it does not know
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
            # the error message would contain parts of the URL, including the password
            raise ReadFailed(UNREACHABLE, "the URL of the database cannot be read") from None
        except asyncpg.InterfaceError as error:
            raise ReadFailed(UNREACHABLE, first_line(error)) from error
        except asyncpg.ProtocolViolationError as error:
            # PgBouncer's wording of an error for which PostgreSQL has a code
            if "no more connections allowed" in str(error):
                raise asyncpg.TooManyConnectionsError(first_line(error)) from None
            raise

    async def _connect_to_host(self, settings: dict[str, str]) -> asyncpg.Connection[asyncpg.Record]:
        """Connect to the first host that accepts; asyncpg itself would spend the whole timeout on a silent host."""
        *others, last = urls_of_hosts(without_libpq_only(self._url))
        seconds = self._connect_seconds / (len(others) + 1)
        for url in others:
            with suppress(TimeoutError, *CONNECTION_LOST):
                return await _connect_to(url, seconds, settings)
        return await _connect_to(last, seconds, settings)

    async def _fetch_on(self, reader: Reader, statement: str, values: Sequence[object]) -> asyncpg.Record | None:
        """Run a statement on one connection, which is kept afterwards if its state is known."""
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
    """Pool of connections to a primary. A standby is refused, since only the primary knows the newest state."""

    async def _open_reader(self) -> Reader:
        reader = await super()._open_reader()
        with _ended_on_failure(reader.connection):
            row = await reader.fetch_row(IS_STANDBY, (), self._connect_seconds)
            if row is None or row[0]:
                raise ReadFailed(UNREACHABLE, "it is a standby, but must be the primary")
        return reader


async def _connect_to(url: str, seconds: float, settings: dict[str, str]) -> asyncpg.Connection[asyncpg.Record]:
    async with asyncio.timeout(seconds):
        if host := name_of_host(url):
            await wait_until_known(host)
        return await asyncpg.connect(url, timeout=seconds, statement_cache_size=0, server_settings=settings)


@contextmanager
def _ended_on_failure(connection: asyncpg.Connection[asyncpg.Record]) -> Iterator[None]:
    """Terminate a new connection if the block fails."""
    try:
        yield
    except BaseException:
        connection.terminate()
        raise


async def _shows_plan_cache_mode(connection: asyncpg.Connection[asyncpg.Record]) -> str:
    async with connection.transaction():
        return str(await connection.fetchval("SHOW plan_cache_mode"))


async def _close(reader: Reader) -> None:
    """Close a connection cleanly if the server cooperates, otherwise terminate it."""
    try:
        await reader.connection.close(timeout=CLOSE_SECONDS)
    except (*CONNECTION_LOST, TimeoutError, asyncpg.InterfaceError):
        reader.connection.terminate()


async def _has_stopped(reader: Reader) -> bool:
    """Return whether the server has stopped a statement that asyncpg asked it to cancel."""
    try:
        await reader.connection.fetchval("SELECT 1", timeout=CLOSE_SECONDS)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        return False
    return True


def reading_pool(settings: Settings, *, size: int | None = None, seconds: float | None = None) -> ReadingPool:
    """Return the pool that the settings describe; if they name standbys as well, the pool of the primary only."""
    kind = PrimaryPool if settings.database_read_urls else ReadingPool
    return kind(
        settings.reader_url,
        size=size or settings.pool_size,
        heavy=settings.heavy_statements,
        seconds=seconds or settings.statement_timeout,
        public_url=settings.public_url,
    )


async def set_codecs(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    """Pass days as text, because asyncpg's own codec takes the last day of the calendar for infinity."""
    await connection.set_type_codec("date", schema="pg_catalog", encoder=str, decoder=str)
