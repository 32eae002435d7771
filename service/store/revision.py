"""Which state of the record is served, known without asking the database for each request."""

from __future__ import annotations

import asyncio
from time import monotonic

import asyncpg

from service.store.failures import ReadFailed
from service.store.pool import ReadingPool

SECONDS = 1.0
"""How long what was read is taken for true: a load is seen that much later."""
# a database that is made anew counts from 1 again
QUERY = "SELECT revision || ' ' || updated_at::text FROM dataset"


class RevisionWatch:
    """The state of the record as it was at most `SECONDS` ago, and never later than now."""

    def __init__(self, pool: ReadingPool) -> None:
        self._pool = pool
        self._known: str | None = None
        self._asked_at = -SECONDS
        self._asking: asyncio.Task[None] | None = None

    async def current(self) -> str | None:
        """A text that differs for each state of the record; None where there is none, or the database is away."""
        if monotonic() - self._asked_at >= SECONDS:
            self._asking = self._asking or asyncio.ensure_future(self._ask())
            await asyncio.shield(self._asking)
        return self._known

    async def _ask(self) -> None:
        asked_at = monotonic()
        try:
            self._known = await self._pool.value(QUERY)
        except (ReadFailed, asyncpg.PostgresError):
            self._known = None
        finally:
            self._asked_at, self._asking = asked_at, None
