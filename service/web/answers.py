"""Responses, cached until the record changes, and computed once for all concurrent identical requests."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from service.caches import ByteCache
from service.store.revision import RevisionWatch, revision_of
from service.web.compression import Coding, compress

OVERHEAD_BYTES = 500
"""Approximate size of a cached response in addition to its bytes."""

Key = tuple[bytes, str]
"""A statement's digest and its values."""
Ask = Callable[[], Awaitable["Answer"]]


class Answer:
    """Body of a response as JSON and in codings, and the state of the record that it comes from, None if from none."""

    __slots__ = ("_coded", "body", "revision", "state")

    def __init__(self, body: bytes, state: str | None) -> None:
        self.body = body
        self.state = state
        self.revision = revision_of(state)
        """The revision of the record; 0 if the response does not come from it."""
        self._coded: dict[Coding, bytes] = {}

    @property
    def size(self) -> int:
        """Approximate size in bytes."""
        # each coding takes less than the body, and most responses are requested in only one
        return 2 * len(self.body) + OVERHEAD_BYTES

    async def body_in(self, coding: Coding) -> bytes:
        """Return the body in a coding, which is encoded once."""
        if coding not in self._coded:
            self._coded[coding] = await compress(self.body, coding)
        return self._coded[coding]


class KeptAnswers:
    """Cached responses of the current state of the record, together at most `limit` bytes; 0 turns the cache off.

    Nothing in a response depends on the client, so one response may serve everybody: it is the result of a statement
    with its values. Failures are not cached.
    """

    def __init__(self, watch: RevisionWatch, limit: int) -> None:
        self._watch = watch
        self._state: str | None = None
        self._under_way: dict[tuple[Key, str], asyncio.Future[Answer | Exception | None]] = {}
        self._kept: ByteCache[Answer] = ByteCache(limit)
        self.counts: Counter[str] = Counter()
        """How many were cached already (`hit`), computed for another request (`shared`), computed (`miss`), dropped
        (`stale`).
        """

    @property
    def size(self) -> int:
        """Size of the cached responses."""
        return self._kept.bytes

    def find(self, key: Key) -> Answer | None:
        """Return the response for a key if it is cached and known, without waiting, to be current."""
        found = self._kept.get(key) if self._watch.state_under_lease == self._state else None
        if found is not None:
            self.counts["hit"] += 1
        return found

    async def answer(self, key: Key, ask: Ask) -> Answer:
        """Return the response for a key: the cached one, or else what `ask` returns, called once for all concurrent
        waiters.

        Raises what `ask` raises.
        """
        state = await self._watch.current() if self._kept.limit else None
        if state is None:
            return await ask()
        self._move_to(state)
        return self.find(key) or await self._share(key, state, ask)

    def _move_to(self, state: str) -> None:
        if state != self._state:
            self._state = state
            self.counts["stale"] += self._kept.clear()

    async def _share(self, key: Key, state: str, ask: Ask) -> Answer:
        """Wait for an identical request in the same state that is already running; if its client disconnects, ask
        instead.
        """
        while (other := self._under_way.get((key, state))) is not None:
            outcome = await asyncio.shield(other)
            if isinstance(outcome, Exception):
                raise outcome
            if outcome is not None:
                self.counts["shared"] += 1
                return outcome
        self.counts["miss"] += 1
        answer = await self._ask(key, state, ask)
        if answer.state != state:
            # on a standby, where nobody waits for a known state to expire
            self._watch.forget()
        if answer.state == self._state:
            self._kept.put(key, answer, answer.size + len(key[1]))
        return answer

    async def _ask(self, key: Key, state: str, ask: Ask) -> Answer:
        under_way = self._under_way[key, state] = asyncio.get_running_loop().create_future()
        outcome: Answer | Exception | None = None
        try:
            outcome = await ask()
            return outcome
        except Exception as error:
            outcome = error
            raise
        finally:
            del self._under_way[key, state]
            under_way.set_result(outcome)
