"""Answers, kept for as long as the record stays what it is, and computed once for all who ask the same at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from service.caches import ByteCache
from service.store.revision import RevisionWatch, revision_of
from service.web.compression import Coding, compress

OVERHEAD_BYTES = 500
"""About what keeping an answer takes beside its bytes."""

Key = tuple[bytes, str]
"""A statement's digest and its values."""
Ask = Callable[[], Awaitable["Answer"]]


class Answer:
    """The body of an answer as JSON, the state of the record that it is of, None where it is of none; and codings."""

    __slots__ = ("_coded", "body", "revision", "state")

    def __init__(self, body: bytes, state: str | None) -> None:
        self.body = body
        self.state = state
        self.revision = revision_of(state)
        """That of the record; 0 where it is of none."""
        self._coded: dict[Coding, bytes] = {}

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        # each coding takes less than the body, and most are asked for in one
        return 2 * len(self.body) + OVERHEAD_BYTES

    async def body_in(self, coding: Coding) -> bytes:
        """The body in a coding, which is made once."""
        if coding not in self._coded:
            self._coded[coding] = await compress(self.body, coding)
        return self._coded[coding]


class KeptAnswers:
    """The answers of the present state of the record, together at most `limit` bytes; with 0 none is kept.

    Nothing in an answer depends on who asks, so that one may be given to all: it is what a statement says with its
    values. Failures are not kept.
    """

    def __init__(self, watch: RevisionWatch, limit: int) -> None:
        self._watch = watch
        self._state: str | None = None
        self._under_way: dict[tuple[Key, str], asyncio.Future[Answer | Exception | None]] = {}
        self._kept: ByteCache[Answer] = ByteCache(limit)
        self.counts: Counter[str] = Counter()
        """How many were kept already (`hit`), computed for another (`shared`), computed (`miss`), dropped (`stale`)."""

    @property
    def size(self) -> int:
        """What is kept takes so much."""
        return self._kept.bytes

    def find(self, key: Key) -> Answer | None:
        """The answer of a key, if it is kept and can be told to be that of now without waiting."""
        found = self._kept.get(key) if self._watch.state_under_lease == self._state else None
        if found is not None:
            self.counts["hit"] += 1
        return found

    async def answer(self, key: Key, ask: Ask) -> Answer:
        """The answer of a key: the one kept, or else what `ask` gives, which is called once for all who wait for it.

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
        """Wait for who asks the same in the same state already; should that client go, ask instead."""
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
            # on a standby, where nobody waits for what is known to run out
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
