"""A connection for reads and the prepared statements that PostgreSQL keeps on it, bounded by their size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import count

import asyncpg

KEPT_BYTES = 128 * 2**20
"""Server memory that the kept prepared statements of all connections may use together."""
BYTES_A_CHARACTER = 135
"""Memory that a kept statement takes on each connection; 80 to 95 have been measured, about 110 on PostgreSQL 15."""
LARGEST_SHARE = 4
"""A statement that would take more than this fraction (1/4) of a connection's room is prepared each time."""


class Reader:
    """Connection that keeps statements of `characters` in total prepared; the least recently used is dropped first."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], characters: int) -> None:
        self.connection = connection
        self._characters = characters
        self._used = 0
        self._numbers = count()
        self._statements: OrderedDict[str, asyncpg.prepared_stmt.PreparedStatement[asyncpg.Record]] = OrderedDict()

    async def fetch_row(self, sql: str, values: Sequence[object], timeout: float) -> asyncpg.Record | None:
        """Return the first row."""
        statement = self._statements.get(sql)
        if statement is None:
            if len(sql) > self._characters // LARGEST_SHARE:
                return await self.connection.fetchrow(sql, *values, timeout=timeout)
            statement = await self._prepare(sql, timeout)
        else:
            self._statements.move_to_end(sql)
        try:
            return await statement.fetchrow(*values, timeout=timeout)
        except asyncpg.InvalidCachedStatementError:
            # a migration has changed the type of the result
            self._discard(sql)
            return await (await self._prepare(sql, timeout)).fetchrow(*values, timeout=timeout)

    async def _prepare(self, sql: str, timeout: float) -> asyncpg.prepared_stmt.PreparedStatement[asyncpg.Record]:
        while self._statements and self._used + len(sql) > self._characters:
            self._discard(next(iter(self._statements)))
        statement = await self.connection.prepare(sql, name=f"s{next(self._numbers)}", timeout=timeout)
        self._statements[sql] = statement
        self._used += len(sql)
        return statement

    def _discard(self, sql: str) -> None:
        """Forget a statement; asyncpg closes it on the server before preparing the next one."""
        del self._statements[sql]
        self._used -= len(sql)


class PooledReader(Reader):
    """Connection to a pooler that assigns a server connection to each transaction (PgBouncer's transaction mode).

    Neither settings nor prepared statements last from one transaction to the next, so each transaction sets up its own.
    """

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], settings: Mapping[str, str]) -> None:
        super().__init__(connection, 0)
        self._begin = transaction_begin(settings)

    async def fetch_row(self, sql: str, values: Sequence[object], timeout: float) -> asyncpg.Record | None:
        """Return the first row."""
        await self.connection.execute(self._begin, timeout=timeout)
        try:
            row = await self.connection.fetchrow(sql, *values, timeout=timeout)
        except asyncpg.PostgresError:
            await self.connection.execute("ROLLBACK", timeout=timeout)
            raise
        await self.connection.execute("COMMIT", timeout=timeout)
        return row


def transaction_begin(settings: Mapping[str, str]) -> str:
    """Return the SQL that begins a read-only transaction with its own settings."""
    texts = {name: value.replace("'", "''") for name, value in settings.items()}
    return "; ".join(["BEGIN READ ONLY", *(f"SET LOCAL {name} = '{text}'" for name, text in texts.items())])
