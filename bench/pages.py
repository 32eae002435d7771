"""What a page costs beside its JSON and the GraphQL answer of the same operation: python -m bench.pages [URL].

CPU milliseconds of the service and of PostgreSQL together, in this process and without a network; medians of rounds in
which the three take turns. Nothing is held in a cache but plans and templates. With a URL the store there is asked,
without one the seeds are loaded into a throwaway one.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from statistics import median

import psycopg
from httpx import ASGITransport, AsyncClient, Response

from bench.suggest import ticks
from service.app import create_app
from service.pages.addresses import ADDRESSES
from service.pages.operations import stored_operation
from service.settings import REPOSITORY, Settings
from service.store.loading.load import load
from service.store.migrations import migrate, write_transaction
from service.store.server.embedded import throwaway_database

ENTRIES = {
    "/summits": "",
    "/summits/{slug}": "hanoi-2019",
    "/quotes/{slug}": "donald-trump-home-in-two-hours",
    "/conflicts/{slug}": "hanoi-2019-date",
    "/map": "",
    "/places/{slug}": "hanoi",
    "/sources/{slug}": "004-330859f3abdfc3e6",
    "/calendar": "",
    "/changes": "",
    "/network": "",
}
ROUNDS, REQUESTS = 7, 40
TICK = 1000 / os.sysconf("SC_CLK_TCK")

Ask = Callable[[], Awaitable[Response]]


def main() -> None:
    with ExitStack() as stack:
        url = sys.argv[1] if len(sys.argv) > 1 else stack.enter_context(throwaway_database())
        if len(sys.argv) == 1:
            migrate(url)
            with write_transaction(url) as connection:
                load(connection, REPOSITORY / "seeds")
        asyncio.run(measure(url))


async def measure(url: str) -> None:
    app = create_app(Settings(database_url=url, log_level="error", answer_cache_bytes=0))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://bench.test", timeout=60) as client,
    ):
        print("| Address | GraphQL | JSON | page | page to GraphQL |\n| --- | --- | --- | --- | --- |")
        for path, slug in ENTRIES.items():
            asks = ways(client, path, slug)
            for ask in [*asks] * 3:
                await ask()
            graphql, json, page = await costs(url, asks)
            print(f"| {path} | {graphql:.2f} | {json:.2f} | {page:.2f} | {page / graphql:.2f} |")


def ways(client: AsyncClient, path: str, slug: str) -> Sequence[Ask]:
    """The same operation asked of the endpoint, as JSON and as a page."""
    address = next(each for each in ADDRESSES if each.path == path)
    variables = {"language": "en"} | ({"slug": slug} if slug else {})
    body = {"query": stored_operation(address.operation).text_for(variables), "variables": variables}
    where = path.format(slug=slug)
    return (
        lambda: client.post("/graphql", json=body),
        lambda: client.get(f"{where}.json"),
        lambda: client.get(f"{where}.html"),
    )


async def costs(url: str, asks: Sequence[Ask]) -> list[float]:
    """CPU milliseconds of a request, by each way."""
    spent: list[list[float]] = [[] for _ in asks]
    for _ in range(ROUNDS):
        for ask, rounds in zip(asks, spent, strict=True):
            before = backend_ticks(url), time.process_time()
            for _ in range(REQUESTS):
                assert (await ask()).status_code == 200
            own, database = time.process_time() - before[1], backend_ticks(url) - before[0]
            rounds.append((own * 1000 + database * TICK) / REQUESTS)
    return [median(each) for each in spent]


def backend_ticks(url: str) -> int:
    """User and system time of the connections that are open, but for the one that asks."""
    with psycopg.connect(url) as connection:
        own = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        return sum(ticks(pid) for (pid,) in connection.execute(own))


if __name__ == "__main__":
    main()
