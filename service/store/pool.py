"""The connections that the service reads with; it runs statements that it is given and composes none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg

from service.errors import DatabaseUnreachable, ServiceError
from service.settings import Settings

APPLICATION = "gipfelbuch"
CONNECT_SECONDS = 5.0
CLOSE_SECONDS = 2.0
# a statement that the server should have given up, but about which it is silent
GRACE_SECONDS = 2.0
# measured: a kept statement takes some 80 bytes of the server's memory a character, on each connection
STATEMENTS_KEPT = 100
LONGEST_KEPT = 32_768
GONE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.DatabaseDroppedError,
    asyncpg.IdleSessionTimeoutError,
    # what asyncpg says of a connection on which the server has just taken its leave
    asyncpg.InternalClientError,
)
# what libpq heeds itself; asyncpg would send it to the server, which refuses what it does not know
ONLY_LIBPQ = {
    "channel_binding",
    "connect_timeout",
    "fallback_application_name",
    "gssdelegation",
    "gssencmode",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "load_balance_hosts",
    "require_auth",
    "requirepeer",
    "sslcertmode",
    "sslcompression",
    "sslcrldir",
    "sslsni",
    "tcp_user_timeout",
}


class ReadTimedOut(ServiceError):
    """A statement took longer than it may."""

    code = "TIMEOUT"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The operation took longer than {seconds:g} s and was given up; ask for less.")


class ReadersBusy(ServiceError):
    """Every connection was in use for as long as a request waits for one."""

    code = "OVERLOADED"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"No connection to the database came free within {seconds:g} s.")


class ReadingPool:
    """At most `size` connections, made when they are first needed and kept.

    Leaner than asyncpg's own pool, which resets each connection at release and undoes its settings:
    what only reads, one statement at a time, leaves nothing behind that would need it.
    """

    def __init__(self, url: str, *, size: int, seconds: float, public_url: str | None = None) -> None:
        """`seconds` is how long a statement may take, and how long a request waits for its turn.

        Statements find `public_url` in the setting gipfelbuch.public_url.
        """
        self._url = without_libpq_only(url)
        self._seconds = seconds
        self._public_url = public_url or ""
        self._turns = asyncio.Semaphore(size)
        self.in_use = 0
        """Connections on which a read is."""
        self._idle: list[asyncpg.Connection[asyncpg.Record]] = []

    async def value(self, statement: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row; None where there is no row."""
        row = await self.row(statement, values)
        return None if row is None else row[0]

    async def row(self, statement: str, values: Sequence[object] = ()) -> asyncpg.Record | None:
        """The first row; `values` fill $1, $2 and so on, days as texts.

        Raises `DatabaseUnreachable`, `ReadTimedOut`, `ReadersBusy`; other errors of the database as they are.
        """
        await self._turn()
        self.in_use += 1
        try:
            return await self._answer(statement, values)
        except asyncpg.QueryCanceledError as error:
            raise ReadTimedOut(self._seconds) from error
        finally:
            self.in_use -= 1
            self._turns.release()

    async def close(self) -> None:
        """Close the connections; a statement still under way ends with its own."""
        closing, self._idle = self._idle, []
        for connection in closing:
            try:
                await connection.close(timeout=CLOSE_SECONDS)
            except (*GONE, TimeoutError, asyncpg.InterfaceError):
                connection.terminate()

    async def _turn(self) -> None:
        if not self._turns.locked():
            await self._turns.acquire()
            return
        try:
            async with asyncio.timeout(self._seconds):
                await self._turns.acquire()
        except TimeoutError:
            raise ReadersBusy(self._seconds) from None

    async def _answer(self, statement: str, values: Sequence[object]) -> asyncpg.Record | None:
        """Ask on a kept connection; if it is dead, once more on a new one, since a read may be repeated."""
        connection = self._kept()
        if connection is not None:
            try:
                return await self._asked(connection, statement, values)
            except GONE:
                self._forget()
        try:
            return await self._asked(await self._opened(), statement, values)
        except GONE as error:
            raise DatabaseUnreachable(_first_line(error)) from error

    def _kept(self) -> asyncpg.Connection[asyncpg.Record] | None:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
            connection.terminate()
        return None

    def _forget(self) -> None:
        """Let go of all that is kept: what one connection has lost, the others have lost with it."""
        while self._idle:
            self._idle.pop().terminate()

    async def _opened(self) -> asyncpg.Connection[asyncpg.Record]:
        try:
            connection = await asyncpg.connect(
                self._url,
                timeout=CONNECT_SECONDS,
                statement_cache_size=STATEMENTS_KEPT,
                max_cached_statement_lifetime=0,
                max_cacheable_statement_size=LONGEST_KEPT,
                server_settings={
                    "application_name": APPLICATION,
                    "default_transaction_read_only": "on",
                    "statement_timeout": str(round(self._seconds * 1000)),
                    "timezone": "UTC",
                    "datestyle": "ISO, YMD",
                    # a plan for the values at hand can be far worse, and jit costs more than these reads
                    "plan_cache_mode": "force_generic_plan",
                    "jit": "off",
                    # what is read lies in memory: else a table of some thousand rows is read whole for twenty of them
                    "random_page_cost": "1.1",
                    "gipfelbuch.public_url": self._public_url,
                },
            )
            await set_codecs(connection)
            return connection
        except TimeoutError as error:
            raise DatabaseUnreachable(f"no connection within {CONNECT_SECONDS:g} s") from error
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise DatabaseUnreachable(_first_line(error)) from error

    async def _asked(
        self, connection: asyncpg.Connection[asyncpg.Record], statement: str, values: Sequence[object]
    ) -> asyncpg.Record | None:
        """The answer of one connection, which is kept afterwards if its state is known."""
        is_settled = False
        try:
            row = await connection.fetchrow(statement, *values, timeout=self._seconds + GRACE_SECONDS)
            is_settled = True
            return row
        except TimeoutError as error:
            self._forget()
            raise DatabaseUnreachable(f"no answer within {self._seconds + GRACE_SECONDS:g} s") from error
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            is_settled = not isinstance(error, GONE)
            raise
        finally:
            if is_settled and not connection.is_closed():
                self._idle.append(connection)
            else:
                connection.terminate()


def reading_pool(settings: Settings) -> ReadingPool:
    """The pool that the settings describe."""
    return ReadingPool(
        str(settings.database_url),
        size=settings.pool_size,
        seconds=settings.statement_timeout,
        public_url=settings.public_url,
    )


async def set_codecs(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    """Days go as texts: asyncpg's own codec takes the last one of the calendar for infinity."""
    await connection.set_type_codec("date", schema="pg_catalog", encoder=str, decoder=str)


def without_libpq_only(url: str) -> str:
    """The URL without the parameters that psycopg heeds and asyncpg does not know."""
    parts = urlsplit(url)
    # to libpq a plus is a plus, to Python's parsers a space
    pairs = parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True)
    kept = [pair for pair in pairs if pair[0] not in ONLY_LIBPQ]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
