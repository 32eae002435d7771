"""The order of reads, and the statements that stay prepared."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from time import perf_counter

import psycopg
import pytest

from service.store.failures import OVERLOADED, ReadFailed
from service.store.pool import Durations, ReadingPool
from service.store.read_queue import HEAVY_MS, HEAVY_WAITING, LIGHT_WAITING, ReadQueue
from service.store.statements import BYTES_A_CHARACTER, KEPT_BYTES

pytestmark = pytest.mark.slow

HEAVY = HEAVY_MS + 1


async def run_pending_tasks() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class Turns:
    """Statements that report when they run, and run until they are told to end."""

    def __init__(self, queue: ReadQueue) -> None:
        self.queue = queue
        self.ran: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def begin(self, name: str, work: float) -> None:
        self._ends[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._run(name, work))
        await run_pending_tasks()

    async def end(self, name: str) -> None:
        self._ends[name].set()
        await run_pending_tasks()

    async def _run(self, name: str, work: float) -> None:
        lane = await self.queue.acquire(work)
        self.ran.append(name)
        await self._ends[name].wait()
        self.queue.release(lane)


MakeTurns = Callable[..., Turns]


@pytest.fixture
async def make_queue() -> AsyncIterator[MakeTurns]:
    """Yield a maker of queues, in which nothing runs or waits any more after the test."""
    made: list[Turns] = []

    def make(*, size: int, heavy: int = 2, seconds: float = 5) -> Turns:
        made.append(Turns(ReadQueue(size=size, heavy=heavy, seconds=seconds)))
        return made[-1]

    yield make
    tasks = [task for each in made for task in each.tasks.values()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_the_light_pass_the_heavy_that_wait(make_queue: MakeTurns) -> None:
    found = make_queue(size=4)
    for name in ("h1", "h2", "h3"):
        await found.begin(name, HEAVY)
    for name in ("l1", "l2", "l3"):
        await found.begin(name, 1)
    assert found.ran == ["h1", "h2", "l1", "l2"]
    await found.end("h1")
    # both have waited, and the light one is due sooner
    assert found.ran[4:] == ["l3"]
    await found.end("l1")
    assert found.ran[5:] == ["h3"]
    assert (found.queue.running, found.queue.waiting) == (4, 0)


@pytest.mark.parametrize(("size", "heavy", "at_once"), [(1, 2, 1), (2, 2, 1), (3, 2, 2), (8, 2, 2), (8, 20, 7)])
async def test_so_many_heavy_ones_at_once(make_queue: MakeTurns, size: int, heavy: int, at_once: int) -> None:
    found = make_queue(size=size, heavy=heavy)
    for number in range(at_once + 1):
        await found.begin(str(number), HEAVY)
    assert len(found.ran) == at_once


async def test_of_two_that_wait_the_lighter_goes_first_unless_the_other_has_waited_long(make_queue: MakeTurns) -> None:
    found = make_queue(size=3, heavy=1)
    for name, work in (("running", 60), ("of 900", 900), ("of 300", 300), ("of 60", 60)):
        await found.begin(name, work)
    await asyncio.sleep(0.3)
    await found.begin("late, of 350", 350)
    for name in ("running", "of 60", "of 300", "late, of 350"):
        await found.end(name)
    assert found.ran == ["running", "of 60", "of 300", "late, of 350", "of 900"]
    found = make_queue(size=3, heavy=1)
    for name, work in (("running", 60), ("of 80", 80)):
        await found.begin(name, work)
    await asyncio.sleep(0.3)
    await found.begin("late, of 60", 60)
    await found.end("running")
    assert found.ran == ["running", "of 80"]


async def test_past_a_number_the_heavy_are_refused_and_the_light_are_not(make_queue: MakeTurns) -> None:
    found = make_queue(size=3, heavy=1)
    for number in range(1 + HEAVY_WAITING):
        await found.begin(f"h{number}", HEAVY)
    began = perf_counter()
    with pytest.raises(ReadFailed) as raised:
        await found.queue.acquire(HEAVY)
    assert perf_counter() - began < 0.1
    assert raised.value.failure is OVERLOADED
    for number in range(2 + LIGHT_WAITING):
        await found.begin(f"l{number}", 0)
    assert found.ran == ["h0", "l0", "l1"]
    with pytest.raises(ReadFailed) as raised:
        await found.queue.acquire(0)
    assert raised.value.failure is OVERLOADED


async def test_who_waits_no_longer_holds_nobody_up(make_queue: MakeTurns) -> None:
    found = make_queue(size=1, seconds=0.2)
    await found.begin("first", 0)
    await found.begin("given up", 0)
    found.tasks["given up"].cancel()
    await run_pending_tasks()
    assert found.queue.waiting == 0
    with pytest.raises(ReadFailed):
        await found.queue.acquire(0)
    assert found.queue.waiting == 0
    await found.begin("last", 0)
    # cancelled at the very moment when its turn comes
    found._ends["first"].set()
    await asyncio.sleep(0)
    found.tasks["last"].cancel()
    await run_pending_tasks()
    assert (found.queue.running, found.queue.waiting) == (0, 0)


@pytest.fixture
async def pool(scratch: str) -> AsyncIterator[ReadingPool]:
    pool = ReadingPool(scratch, size=8, seconds=10)
    yield pool
    await pool.close()


async def test_cheap_reads_beside_twenty_dear_ones(pool: ReadingPool) -> None:
    """The expensive reads keep the processor busy; some are refused. No cheap read is refused, and none waits."""
    busy = "SELECT count(*) FROM generate_series(1, 2000000) n WHERE sqrt(n) > 2"
    is_over = False
    refused = 0
    dear_seconds = []

    async def dear() -> None:
        nonlocal refused
        while not is_over:
            began = perf_counter()
            try:
                await pool.value(busy, work=1000)
                dear_seconds.append(perf_counter() - began)
            except ReadFailed as error:
                refused += error.failure is OVERLOADED
                await asyncio.sleep(0.05)

    others = [asyncio.create_task(dear()) for _ in range(20)]
    seconds = []
    for _ in range(100):
        began = perf_counter()
        assert await pool.value("SELECT 1") == 1
        seconds.append(perf_counter() - began)
        await asyncio.sleep(0.02)
    is_over = True
    await asyncio.gather(*others)
    assert refused
    assert sorted(seconds)[-2] < min(dear_seconds)


@pytest.fixture
async def single_connection_pool(scratch: str) -> AsyncIterator[ReadingPool]:
    pool = ReadingPool(scratch, size=1, seconds=30)
    yield pool
    await pool.close()


async def test_a_read_that_is_given_up_is_cancelled_and_its_connection_kept(
    scratch: str, single_connection_pool: ReadingPool
) -> None:
    pool = single_connection_pool
    before = await pool.value("SELECT pg_backend_pid()")
    reads = [asyncio.ensure_future(pool.value("SELECT pg_sleep(20)", work=1000)) for _ in range(4)]
    await asyncio.sleep(0.2)
    began = perf_counter()
    for each in reads:
        each.cancel()
    assert await pool.value("SELECT pg_backend_pid()") == before
    assert perf_counter() - began < 1
    with psycopg.connect(scratch) as connection:
        query = "SELECT state, query FROM pg_stat_activity WHERE pid = %s"
        assert connection.execute(query, [before]).fetchone() == ("idle", "SELECT pg_backend_pid()")


async def test_durations(pool: ReadingPool) -> None:
    durations = Durations()
    await pool.value("SELECT pg_sleep(0.1)", durations=durations)
    assert durations.waiting < 0.05
    assert 0.1 <= durations.database < 0.5


KEPT = "SELECT count(*) FROM pg_prepared_statements"


@pytest.fixture
async def small_pool(scratch: str) -> AsyncIterator[ReadingPool]:
    """Yield a pool with little room on each of its connections."""
    pool = ReadingPool(scratch, size=64, seconds=10)
    yield pool
    await pool.close()


async def test_what_is_kept_is_bounded_together(small_pool: ReadingPool) -> None:
    """By size: the least recently used statement is dropped, and a very large one is never kept."""
    room = KEPT_BYTES // BYTES_A_CHARACTER // 64
    statements = [f"SELECT {number} -- {'x' * 2_000}" for number in range(40)]
    for number, statement in enumerate(statements):
        assert await small_pool.value(statement) == number
        await small_pool.value(statements[0])
    text = "SELECT string_agg(statement, '' ORDER BY prepare_time) FROM pg_prepared_statements"
    kept = await small_pool.value(text)
    assert room - 3 * 2_100 < len(kept) <= room
    assert statements[0] in kept
    assert statements[1] not in kept
    assert statements[-1] in kept
    before = await small_pool.value(KEPT)
    assert await small_pool.value(f"SELECT 7 -- {'x' * (room // 4 + 1)}") == 7
    assert await small_pool.value(KEPT) == before


async def test_what_is_kept_takes_no_more_memory_than_is_said(small_pool: ReadingPool) -> None:
    columns = ", ".join(f"({number} + x)::text || 'of {number}' AS c{number}" for number in range(60))
    for number in range(60):
        await small_pool.value(
            f"SELECT row_to_json(r)::text FROM (SELECT {columns} FROM generate_series({number}, 99) x) r"
        )
    used = await small_pool.value(
        "SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts WHERE name LIKE 'CachedPlan%'"
    )
    assert KEPT_BYTES / 64 / 8 < used < KEPT_BYTES / 64
