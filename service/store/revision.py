"""The state of the record that is served, known without querying the database for each request."""

from __future__ import annotations

import asyncio
from time import monotonic

import asyncpg

from service.store.commits import IS_NOT_ANNOUNCED, LEASE_SECONDS
from service.store.failures import ReadFailed
from service.store.pool import ReadingPool

# a database that is created again starts counting from 1
STATE = "SELECT revision || ' ' || updated_at::text || ' ' || xmin::text FROM dataset"
"""Query for the state of the record, as a text that is different for each state.

It consists of the revision, when that was made, and the transaction that last wrote its row. The transaction is
included because a revision's files for download are added after the revision.
"""
REACH_SECONDS = 5.0
"""Longest time that a request waits for the revision it asks for."""
LOOK_AGAIN_SECONDS = 0.05
ASK_SECONDS = 0.5
"""Longest time that a request waits for the state; after that the database answers the request without it."""


class RevisionWatch:
    """The current state of the record, although the database is queried for it only a few times a second.

    A known state is valid until `LEASE_SECONDS` after it was queried, since anyone who changes the record waits that
    long. On a standby, where nobody can wait, the known state may be that much older than what the standby has
    replayed.
    """

    def __init__(self, pool: ReadingPool) -> None:
        self._pool = pool
        self._known: str | None = None
        self._until = 0.0
        self._asking: asyncio.Task[bool] | None = None

    @property
    def state_under_lease(self) -> str | None:
        """The state if it is known without waiting; a state that expires soon is queried again in the background."""
        left = self._until - monotonic()
        if left <= 0:
            return None
        if left < LEASE_SECONDS / 2:
            self._begin_asking()
        return self._known

    async def current(self) -> str | None:
        """Return the state at some moment since the call; None if there is no record or the database is unavailable."""
        if state := self.state_under_lease:
            return state
        asking = self._begin_asking()
        await asyncio.wait([asking], timeout=ASK_SECONDS)
        if monotonic() < self._until:
            return self._known
        # a query that others started before this call says nothing about the present, unless its lease still runs
        return await self._ask_state() if asking.done() and asking.result() else None

    def forget(self) -> None:
        """Discard the known state, because another one has been seen."""
        self._until = 0.0

    async def reach(self, revision: int) -> bool:
        """Wait up to `REACH_SECONDS` for a revision of the record or a later one; return whether it was reached."""
        end = monotonic() + REACH_SECONDS
        while revision_of(await self.current()) < revision:
            if monotonic() >= end:
                return False
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        return True

    async def close(self) -> None:
        """Stop querying."""
        if self._asking is not None:
            self._asking.cancel()

    def _begin_asking(self) -> asyncio.Task[bool]:
        if self._asking is None:
            self._asking = asyncio.ensure_future(self._ask())
        return self._asking

    async def _ask(self) -> bool:
        """Ask first whether the state will last, then for the state, so that a commit in between is not missed.

        Return whether there is a state.
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
    """Return the revision in a state of the record, or 0 if there is none."""
    return int(state.partition(" ")[0]) if state else 0
