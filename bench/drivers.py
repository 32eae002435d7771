"""Cost of a read with each driver and pool, for one client and for sixteen: python -m bench.drivers.

The store is a throwaway one with the seeds. Figures are milliseconds of CPU time per read, as the median of interleaved
rounds: of this process, and of PostgreSQL.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from statistics import median
from typing import Any

import asyncpg
import psutil
import psycopg
import uvloop

from bench.harness.cpu_time import cpu_seconds
from bench.harness.stores import load_seeds
from schema import schema
from service.app import limits
from service.planner.planner import Planner
from service.settings import Settings
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate
from service.store.pool import ReadingPool, set_codecs

CONNECTIONS, READS, ROUNDS = 8, 1_500, 7
QUESTIONS = {
    "one leader": '{ person(slug: "kim-jong-un") { name } }',
    "20 quotes": "{ quotes(first: 20) { nodes { text form claims(first: 3) { nodes { value source { label } } } } } }",
}
SETTINGS = {
    "default_transaction_read_only": "on",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
    "random_page_cost": "1.1",
    "timezone": "UTC",
}
Read = Callable[[str, Sequence[object]], Awaitable[object]]


def main() -> None:
    with throwaway_database() as url:
        migrate(url)
        load_seeds(url)
        uvloop.run(compare(url))


async def compare(url: str) -> None:
    planner = Planner(schema, limits(Settings(database_url=url)))
    async with AsyncExitStack() as stack:
        readers = await open_readers(url, stack)
        print("| question | clients | way | service ms | PostgreSQL ms | reads a second |\n|---|---|---|---|---|---|")
        for question, document in QUESTIONS.items():
            prepared = planner.prepare(document)
            for clients in (1, 16):
                rounds: dict[str, list[tuple[float, float, float]]] = {way: [] for way in readers}
                for _ in range(ROUNDS):
                    for way, read in readers.items():
                        rounds[way].append(await measure(read, str(prepared.sql), prepared.values, clients))
                for way, figures in rounds.items():
                    service, database, seconds = (median(column) for column in zip(*figures, strict=True))
                    rate = READS / seconds
                    print(f"| {question} | {clients} | {way} | {service:.3f} | {database:.3f} | {rate:,.0f} |")


async def open_readers(url: str, stack: AsyncExitStack) -> dict[str, Read]:
    """Return what is compared, by name: functions that run a statement with its values on one of CONNECTIONS."""
    ours = ReadingPool(url, size=CONNECTIONS, seconds=30)
    stack.push_async_callback(ours.close)

    async def leave_alone(connection: object) -> None: ...

    size: dict[str, Any] = {"min_size": CONNECTIONS, "max_size": CONNECTIONS, "server_settings": SETTINGS}
    pool = await stack.enter_async_context(asyncpg.create_pool(url, **size, init=set_codecs))
    unreset = await stack.enter_async_context(asyncpg.create_pool(url, **size, init=set_codecs, reset=leave_alone))
    idle: asyncio.LifoQueue[psycopg.AsyncConnection] = asyncio.LifoQueue()
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    for _ in range(CONNECTIONS):
        connection = await psycopg.AsyncConnection.connect(
            url, autocommit=True, prepare_threshold=0, options=options, cursor_factory=psycopg.AsyncRawCursor
        )
        stack.push_async_callback(connection.close)
        idle.put_nowait(connection)

    async def read_by_psycopg(sql: str, values: Sequence[object]) -> object:
        connection = await idle.get()
        try:
            cursor = await connection.execute(sql.encode(), values, binary=True)
            return await cursor.fetchone()
        finally:
            idle.put_nowait(connection)

    async def read_by_asyncpg(sql: str, values: Sequence[object]) -> object:
        return await pool.fetchrow(sql, *values)

    async def read_unreset(sql: str, values: Sequence[object]) -> object:
        return await unreset.fetchrow(sql, *values)

    return {
        "asyncpg, our pool": ours.row,
        "asyncpg, its pool": read_by_asyncpg,
        "asyncpg, its pool without a reset": read_unreset,
        "psycopg, a queue": read_by_psycopg,
    }


async def measure(read: Read, sql: str, values: Sequence[object], clients: int) -> tuple[float, float, float]:
    """Return the CPU milliseconds of this process and of PostgreSQL per read, and the seconds that all reads took."""

    async def ask(times: int) -> None:
        for _ in range(times):
            await read(sql, values)

    await asyncio.gather(*(ask(20) for _ in range(clients)))
    # not PostgreSQL's background work, which varies
    servers = [each for each in psutil.Process().children(recursive=True) if "[local]" in " ".join(each.cmdline())]
    before, service, began = sum(map(cpu_seconds, servers)), time.process_time(), time.perf_counter()
    await asyncio.gather(*(ask(READS // clients) for _ in range(clients)))
    seconds = time.perf_counter() - began
    service = time.process_time() - service
    database = sum(map(cpu_seconds, servers)) - before
    return service * 1000 / READS, database * 1000 / READS, seconds


if __name__ == "__main__":
    main()
