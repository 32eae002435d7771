"""Which state of the record is served, known without asking the database for each request."""

from __future__ import annotations

import asyncio
from time import monotonic

import asyncpg

from service.store.commits import IS_NOT_ANNOUNCED, LEASE_SECONDS
from service.store.failures import ReadFailed
from service.store.pool import ReadingPool

# a database that is made anew counts from 1 again
STATE = "SELECT revision || ' ' || updated_at::text || ' ' || xmin::text FROM dataset"
"""The state of the record as a text that differs for each: the revision, when it was made, and by which transaction its
row was written last, since the files for download of a revision come after it.
"""
REACH_SECONDS = 5.0
"""How long a request waits for the revision that it asks for."""
LOOK_AGAIN_SECONDS = 0.05
ASK_SECONDS = 0.5
"""How long a request waits to be told the state; it is answered without, by the database."""


class RevisionWatch:
    """The state of the record as it is now, though the database is asked for it at most some times a second.

    What is known holds until `LEASE_SECONDS` after it was asked for, since whoever changes the record waits so long.
    On a standby, where nobody can wait, what is known may be so much older than what the standby has taken over.
    """

    def __init__(self, pool: ReadingPool) -> None:
        self._pool = pool
        self._known: str | None = None
        self._until = 0.0
        self._asking: asyncio.Task[bool] | None = None

    @property
    def state_under_lease(self) -> str | None:
        """The state, if it is known without waiting; what is soon to be asked for again is asked for meanwhile."""
        left = self._until - monotonic()
        if left <= 0:
            return None
        if left < LEASE_SECONDS / 2:
            self._begin_asking()
        return self._known

    async def current(self) -> str | None:
        """The state at some moment since the call; None where there is no record, or the database is away."""
        if state := self.state_under_lease:
            return state
        asking = self._begin_asking()
        await asyncio.wait([asking], timeout=ASK_SECONDS)
        if monotonic() < self._until:
            return self._known
        # what others have begun to ask says nothing of now, unless it holds until later
        return await self._ask_state() if asking.done() and asking.result() else None

    def forget(self) -> None:
        """Trust nothing that is known: something else has been seen."""
        self._until = 0.0

    async def reach(self, revision: int) -> bool:
        """Wait for up to `REACH_SECONDS` until the record has a revision, or a later one; whether it has."""
        end = monotonic() + REACH_SECONDS
        while revision_of(await self.current()) < revision:
            if monotonic() >= end:
                return False
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        return True

    async def close(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()

    def _begin_asking(self) -> asyncio.Task[bool]:
        if self._asking is None:
            self._asking = asyncio.ensure_future(self._ask())
        return self._asking

    async def _ask(self) -> bool:
        """Ask whether the state will last, and which it is, in this order: a commit between is not missed.

        Whether there is anybody to ask.
        """
        asked_at = monotonic()
        try:
            is_lasting = await self._pool.value(IS_NOT_ANNOUNCED)
            self._known = await self._ask_state()
        except (ReadFailed, asyncpg.PostgresError):
            self._known, is_lasting = None, False
        self._until = asked_at + LEASE_SECONDS if is_lasting and self._known else 0.0
        self._asking = None
        return self._known is not None

    async def _ask_state(self) -> str | None:
        try:
            state: str | None = await self._pool.value(STATE)
        except (ReadFailed, asyncpg.PostgresError):
            return None
        return state


def revision_of(state: str | None) -> int:
    """The revision in a state of the record; 0 where there is none."""
    return int(state.partition(" ")[0]) if state else 0
