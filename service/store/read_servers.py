"""Reads spread over several servers of one record: standbys, and the primary, which alone decides what is newest."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from time import monotonic
from typing import Any

import asyncpg

from service.errors import first_line
from service.settings import Settings
from service.store.database_urls import place_of
from service.store.failures import FAULT, LOCKED, OVERLOADED, UNREACHABLE, ReadFailed
from service.store.pool import Durations, ReadingPool
from service.store.revision import STATE, RevisionWatch, revision_of

ANSWERED, BEHIND = "answered", "behind"
ELSEWHERE = (UNREACHABLE, LOCKED, OVERLOADED)
"""Failures of one server that another may not have, such as replay on a standby cancelling a read."""
ATTEMPTS = 2
"""Number of standbys that are tried, one after another, before the primary."""
LOOK_SECONDS = 0.5
"""How often each server is checked."""
LOOK_AGAIN_SECONDS = 0.05
"""How soon a server that is left out is checked again; doubles each time, up to LOOK_SECONDS."""
SILENT_SECONDS = 1.0
"""A server that neither answers nor accepts a connection for this long is left out."""
LAG_SECONDS = 1.0
"""A server that is behind for longer than this is reported as left out; each is behind briefly after a commit."""

log = logging.getLogger("gipfelbuch.database")


class ReadServer:
    """One of the servers: the state of the record there, whether it is used for reads, and the outcomes of its reads.

    `reads` counts outcomes: ANSWERED, BEHIND if the answer was of another state and was discarded, else the error code.
    """

    def __init__(self, name: str, pool: ReadingPool, own: ReadingPool) -> None:
        """Set up the server; `own` is a pool for checking it, which does not queue behind reads."""
        self.name = name
        self.pool = pool
        self.reads: Counter[str] = Counter()
        self.state: str | None = None
        """State of the record on this server when it last reported."""
        self.lag = 0
        """Number of revisions that the server was behind the primary at that time."""
        self._own = own
        self._reason: str | None = "it has not been checked yet"
        self._behind_since: float | None = None
        self._is_said_to_be_out = False
        self._look = asyncio.Event()

    @property
    def is_used(self) -> bool:
        """Whether the server is used for reads: it answers and is not behind."""
        return self._reason is None and self._behind_since is None

    def has(self, state: str) -> bool:
        """Return whether the server can be read from and last reported this state; if not, it is checked again soon."""
        if self._reason is None and self.state == state:
            return True
        self._look.set()
        return False

    def leave_out(self, reason: str) -> None:
        """Stop reading from the server and abort its reads in progress, until it answers again."""
        if self._reason is None:
            self.pool.abandon(reason)
        self._reason = reason
        self._say_out(reason)
        self._look.set()

    async def follow(self, watch: RevisionWatch) -> None:
        """Keep checking the server: leave it out while it is silent, and take it back afterwards."""
        pause = LOOK_AGAIN_SECONDS
        while True:
            self._look.clear()
            await self._look_at(watch)
            if self.is_used:
                pause = LOOK_AGAIN_SECONDS
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._look.wait(), LOOK_SECONDS)
            else:
                await asyncio.sleep(pause)
                pause = min(2 * pause, LOOK_SECONDS)

    async def close(self) -> None:
        """Close the connections."""
        await self.pool.close()
        await self._own.close()

    async def _look_at(self, watch: RevisionWatch) -> None:
        asking = asyncio.ensure_future(self._own.value(STATE))
        try:
            await asyncio.wait([asking], timeout=SILENT_SECONDS)
            if not asking.done():
                # an event loop that was blocked receives the answer only now
                await asyncio.wait([asking], timeout=LOOK_AGAIN_SECONDS)
            if not asking.done():
                self.leave_out(f"no answer within {SILENT_SECONDS:g} s")
                # a late answer does not mean that the server has recovered
                await asyncio.wait([asking])
                return
            state = asking.result()
        except Exception as error:
            # whatever the error is, the server is checked again
            self.leave_out(error.reason if isinstance(error, ReadFailed) else first_line(error))
        else:
            self._take_back()
            self.compare(state, await watch.current())
        finally:
            asking.cancel()

    def _take_back(self) -> None:
        if self._reason is not None:
            self._reason = None
            self.pool.resume()

    def compare(self, state: str | None, newest: str | None) -> None:
        """Note the state that the server reports, and whether it is behind the primary's state, if that is known."""
        self.state = state
        if newest is None:
            return
        self.lag = max(0, revision_of(newest) - revision_of(state))
        if state == newest:
            self._behind_since = None
            self._say_in()
        elif self._behind_since is None:
            self._behind_since = monotonic()
        elif monotonic() - self._behind_since > LAG_SECONDS:
            self._say_out(f"it is at revision {revision_of(state)}, the primary at {revision_of(newest)}")

    def _say_out(self, reason: str) -> None:
        if not self._is_said_to_be_out:
            self._is_said_to_be_out = True
            log.warning("Reads no longer go to %s: %s", self.name, reason)

    def _say_in(self) -> None:
        if self._is_said_to_be_out:
            self._is_said_to_be_out = False
            log.warning("Reads go to %s again.", self.name)


class ReadServers:
    """The standbys that serve reads, and the primary for reads that none of them can serve.

    Each answer reflects a state of the record that the primary has reported since the request, or that is under its
    lease. A server that has not reached that state is skipped, and so is one that has changes the primary does not show
    yet.
    """

    def __init__(self, primary: ReadingPool, watch: RevisionWatch, servers: Sequence[ReadServer]) -> None:
        self.servers = servers
        self.primary_reads: Counter[str] = Counter()
        """Outcomes of the primary's reads, counted as for a server."""
        self._primary = primary
        self._watch = watch
        self._turns = count()
        self._following: list[asyncio.Task[None]] = []

    @property
    def in_use(self) -> int:
        """Number of connections that are running a read."""
        return sum(pool.in_use for pool in self._pools)

    @property
    def waiting(self) -> int:
        """Number of reads that are waiting for a connection."""
        return sum(pool.waiting for pool in self._pools)

    @property
    def _pools(self) -> list[ReadingPool]:
        return [self._primary, *(server.pool for server in self.servers)]

    async def start(self) -> None:
        """Start checking the servers; until one has answered, reads go to the primary."""
        self._following = [asyncio.create_task(server.follow(self._watch)) for server in self.servers]

    async def close(self) -> None:
        """Stop checking the servers, and close the connections to the standbys."""
        for task in self._following:
            task.cancel()
        await asyncio.gather(*self._following, return_exceptions=True)
        await asyncio.gather(*(server.close() for server in self.servers))

    async def row(
        self, statement: str, values: Sequence[object] = (), *, work: float = 0.0, durations: Durations | None = None
    ) -> asyncpg.Record | None:
        """Return the first row, as ReadingPool does.

        A statement about the record returns the record's state in the second column. Raises the same errors as
        ReadingPool.
        """
        state, tried = await self._watch.current(), list[ReadServer]()
        while state is not None and (server := self._choose(state, tried)):
            tried.append(server)
            try:
                row = await self._ask(server, statement, values, work, durations)
            except _FailedThere:
                continue
            told = row[1] if row is not None and len(row) > 1 else state
            if told != state:
                # either there has been a commit, or the server's state has changed
                self._watch.forget()
                state = await self._watch.current()
                server.compare(told, state)
            if told == state:
                server.reads[ANSWERED] += 1
                return row
            server.reads[BEHIND] += 1
        return await self._ask_primary(statement, values, work, durations)

    async def value(self, statement: str, values: Sequence[object]) -> Any:
        """Return the first column of the first row from any server, or from the primary if that server has none.

        For content that is the same on each server that has it, because it never changes under its name.
        """
        state = await self._watch.current()
        server = self._choose(state, []) if state else None
        if server is not None:
            try:
                row = await self._ask(server, statement, values, 0.0, None)
            except _FailedThere:
                row = None
            if row is not None and row[0] is not None:
                server.reads[ANSWERED] += 1
                return row[0]
        found = await self._ask_primary(statement, values, 0.0, None)
        return None if found is None else found[0]

    def _choose(self, state: str, tried: Sequence[ReadServer]) -> ReadServer | None:
        """Return the server with the least to do of those that have a state; servers with equal load take turns."""
        if len(tried) == ATTEMPTS:
            return None
        turn, number = next(self._turns), len(self.servers)
        able = [server for server in (self.servers[(turn + i) % number] for i in range(number)) if server.has(state)]
        return min(
            (server for server in able if server not in tried),
            key=lambda server: server.pool.in_use + server.pool.waiting,
            default=None,
        )

    async def _ask(
        self,
        server: ReadServer,
        statement: str,
        values: Sequence[object],
        work: float,
        durations: Durations | None,
    ) -> asyncpg.Record | None:
        """Run a read on one server. Raises _FailedThere for a failure that another server may not have."""
        try:
            return await server.pool.row(statement, values, work=work, durations=durations)
        except ReadFailed as error:
            server.reads[error.code] += 1
            if error.failure is UNREACHABLE:
                server.leave_out(error.reason)
            # a read that this queue has no room for had already been sent to the server with the least to do
            if error.failure not in ELSEWHERE or (error.failure is OVERLOADED and error.__cause__ is None):
                raise
            raise _FailedThere from error
        except asyncpg.PostgresError as error:
            server.reads[FAULT.code] += 1
            raise _FailedThere from error

    async def _ask_primary(
        self, statement: str, values: Sequence[object], work: float, durations: Durations | None
    ) -> asyncpg.Record | None:
        try:
            row = await self._primary.row(statement, values, work=work, durations=durations)
        except ReadFailed as error:
            self.primary_reads[error.code] += 1
            raise
        except asyncpg.PostgresError:
            self.primary_reads[FAULT.code] += 1
            raise
        self.primary_reads[ANSWERED] += 1
        return row


Reads = ReadingPool | ReadServers
"""Where statements are read from: one database, or several servers of it."""


class _FailedThere(Exception):
    """A read failed on one server."""


def read_servers(settings: Settings, primary: ReadingPool, watch: RevisionWatch) -> ReadServers | None:
    """Return the servers that the settings name in addition to the primary, or None if they name none."""
    urls = settings.database_read_urls
    if not urls:
        return None
    places = [place_of(url) for url in urls]
    # two databases may be on one server
    names = [place if places.count(place) == 1 else f"{place}#{i}" for i, place in enumerate(places, 1)]
    return ReadServers(primary, watch, [_server(settings, *each) for each in zip(names, urls, strict=True)])


def _server(settings: Settings, name: str, url: str) -> ReadServer:
    pool = ReadingPool(
        url,
        size=settings.pool_size,
        heavy=settings.heavy_statements,
        seconds=settings.statement_timeout,
        public_url=settings.public_url,
        connect_seconds=SILENT_SECONDS,
    )
    return ReadServer(name, pool, ReadingPool(url, size=1, seconds=SILENT_SECONDS, connect_seconds=SILENT_SECONDS))
