"""Queue of reads: light statements never wait for heavy ones, and the lighter a statement, the shorter its wait."""

from __future__ import annotations

import asyncio
import heapq
from itertools import count

from service.store.failures import OVERLOADED, ReadFailed

HEAVY_MS = 50.0
"""A statement with more estimated work than this is heavy."""
PATIENCE = 4.0
"""A statement lets lighter ones that came later go first for up to this many times its own work."""
LIGHT_WAITING = 256
HEAVY_WAITING = 8
"""Number of heavy statements that may wait for each heavy statement that may run at once."""

Waiting = tuple[float, int, "asyncio.Future[None]"]


class Lane:
    """The statements of one weight: how many are running, and a heap of those waiting, ordered by when they are due."""

    def __init__(self, limit: int, max_waiting: int) -> None:
        self.limit = limit
        self.max_waiting = max_waiting
        self.running = 0
        self.waiting: list[Waiting] = []


class ReadQueue:
    """Queue that runs at most `size` statements, of which at most `heavy` are heavy; others wait for up to `seconds`.

    A statement is refused with OVERLOADED if the queue for its weight is full or its wait times out. Heavy statements
    are refused first, since their queue is short.
    """

    def __init__(self, *, size: int, heavy: int, seconds: float) -> None:
        self._size = size
        self._seconds = seconds
        # leave one connection to light statements, if there are several
        most = max(1, min(heavy, size - 1))
        self._light = Lane(size, LIGHT_WAITING)
        self._heavy = Lane(most, most * HEAVY_WAITING)
        self._numbers = count()

    @property
    def running(self) -> int:
        """Number of statements that are running."""
        return self._light.running + self._heavy.running

    @property
    def waiting(self) -> int:
        """Number of statements that are waiting."""
        return len(self._light.waiting) + len(self._heavy.waiting)

    async def acquire(self, work: float) -> Lane:
        """Wait until a statement of `work` milliseconds may run; the caller must release the lane that is returned."""
        lane = self._heavy if work > HEAVY_MS else self._light
        if self._may_run(lane):
            lane.running += 1
        else:
            await self._wait(lane, work)
        return lane

    def release(self, lane: Lane) -> None:
        """Mark a statement as ended, and let the next ones run."""
        lane.running -= 1
        while lanes := [each for each in (self._light, self._heavy) if each.waiting and self._may_run(each)]:
            following = min(lanes, key=lambda each: each.waiting[0])
            _, _, future = heapq.heappop(following.waiting)
            if not future.done():
                following.running += 1
                future.set_result(None)

    def _may_run(self, lane: Lane) -> bool:
        return lane.running < lane.limit and self.running < self._size

    async def _wait(self, lane: Lane, work: float) -> None:
        if len(lane.waiting) >= lane.max_waiting:
            raise ReadFailed(OVERLOADED, f"{len(lane.waiting)} statements of this weight are already waiting")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        waiting = (loop.time() + PATIENCE * work / 1000, next(self._numbers), future)
        heapq.heappush(lane.waiting, waiting)
        try:
            async with asyncio.timeout(self._seconds):
                await future
        except (TimeoutError, asyncio.CancelledError) as error:
            self._leave(lane, waiting)
            if isinstance(error, TimeoutError):
                raise ReadFailed(OVERLOADED, f"no connection became free within {self._seconds:g} s") from None
            raise

    def _leave(self, lane: Lane, waiting: Waiting) -> None:
        """Remove a statement that has stopped waiting, although its turn may have come at this very moment."""
        _, _, future = waiting
        if waiting in lane.waiting:
            lane.waiting.remove(waiting)
            heapq.heapify(lane.waiting)
        elif not future.cancelled():
            self.release(lane)
