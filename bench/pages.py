"""What a page costs beside the GraphQL answer of the same operation: python -m bench.pages [URL] [--sets].

CPU milliseconds of the service, in a process of its own under uvicorn, and of PostgreSQL together; medians of rounds in
which the two take turns, and the median of the rounds' ratios. No answer is kept, only plans and templates. With a URL
the store there is asked, without one the seeds are loaded into a throwaway one, with `--sets` all imported sets too. It
exits 1 where a page costs more than MOST times its answer.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

import orjson
import psycopg

from bench.harness.client import open_connection
from bench.harness.cpu_time import all_threads_milliseconds
from bench.harness.operations import SERVICE
from bench.harness.servers import HOST, Server, start_app
from bench.harness.stores import load_seeds
from schema import schema
from service.pages.addresses import ADDRESSES, Address
from service.pages.operations import stored_operation
from service.pages.parameters import parse_parameters
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate

MOST = 3.0
ROUNDS, WARMING = 5, 8
TURN, LEAST_REQUESTS = 40.0, 3
"""A turn takes this many CPU milliseconds, unless the minimum number of requests takes more."""
LANGUAGE = "en"
ENTRIES: Mapping[str, Mapping[str, str]] = {
    "/people": {"slug": "donald-trump"},
    "/states": {"code": "KP"},
    "/organisations": {"slug": "kcna"},
    "/places": {"slug": "hanoi"},
    "/relationships": {"slug": "donald-trump--kim-jong-un"},
    "/sources": {"slug": "004-330859f3abdfc3e6"},
    "/summits": {"slug": "hanoi-2019"},
    "/talks": {"slug": "pyongyang-2018"},
    "/events": {"slug": "donald-trump-revives-singapore-summit"},
    "/invitations": {"slug": "putin-invites-kim-to-russia"},
    "/agreements": {"slug": "korean-armistice-1953"},
    "/quotes": {"slug": "donald-trump-home-in-two-hours"},
    "/offices": {"slug": "donald-trump-president"},
    "/claims": {"slug": "004-330859f3abdfc3e6-donald-trump-president-attested-2018-05-31"},
    "/conflicts": {"slug": "hanoi-2019-date"},
    "/charts/tone": {"slug": "donald-trump", "other": "kim-jong-un"},
    "/timeline": {"slug": "donald-trump", "other": "kim-jong-un"},
}
"""Values for the parameters in the path of an address, by what comes before them."""
PARAMETERS: Mapping[str, Mapping[str, str]] = {
    "/search": {"text": "hanoi"},
    "/path": {"from": "moon-jae-in", "to": "vladimir-putin"},
}
"""Parameters that an address requires."""

Ask = Callable[[bytes], Awaitable[bytes]]


class Cost(NamedTuple):
    """CPU milliseconds of the response and of the page."""

    graphql: float
    page: float

    @property
    def ratio(self) -> float:
        return self.page / self.graphql


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--sets", action="store_true", help="load the imported sets too, where no store is named")
    parser.add_argument("--only", default="", help="part of the addresses that are asked")
    arguments = parser.parse_args()
    asked = [each for each in ADDRESSES if "html" in each.forms and arguments.only in each.path]
    with provide_store(arguments.url, has_sets=arguments.sets) as url, start_app(SERVICE, url) as server:
        highest = asyncio.run(measure(server, url, asked))
    if highest > MOST:
        sys.exit(f"a page costs more than {MOST:g} times its answer")


@contextmanager
def provide_store(url: str | None, *, has_sets: bool) -> Iterator[str]:
    """Yield the store of the URL, or a throwaway one with the seeds."""
    if url is not None:
        yield url
        return
    with throwaway_database() as own:
        migrate(own)
        load_seeds(own, sets=None if has_sets else ())
        with psycopg.connect(own, autocommit=True) as database:
            database.execute("VACUUM ANALYZE")
        yield own


async def measure(server: Server, url: str, asked: list[Address]) -> float:
    """Print a line for each address; return the highest ratio of all."""
    print("| Address | GraphQL | page | page to GraphQL |\n| --- | --- | --- | --- |")
    highest = 0.0
    async with open_connection(server) as ask:
        for address in asked:
            rounds = [each async for each in costs(ask, requests_for(address), server, url)]
            graphql, page, ratio = (
                median(each.graphql for each in rounds),
                median(each.page for each in rounds),
                median(each.ratio for each in rounds),
            )
            highest = max(highest, ratio)
            print(f"| {address.path} | {graphql:.2f} | {page:.2f} | {ratio:.2f} |", flush=True)
    print(f"\nThe highest: {highest:.2f}")
    return highest


def requests_for(address: Address) -> tuple[bytes, bytes]:
    """Return the requests for the response of an address's operation and for its page."""
    before = address.path.partition("/{")[0].removeprefix("/embed")
    values, given = ENTRIES.get(before, {}), PARAMETERS.get(address.path, {})
    operation = stored_operation(address.operation)
    types = operation.variables(schema._schema)
    variables = {name: value for name, value in values.items() if f"{{{name}}}" in address.path}
    variables |= {"language": LANGUAGE, **parse_parameters([*given.items()], types)}
    body = orjson.dumps({"query": operation.text_for(variables), "variables": variables})
    where = address.path.format(**values) + (f"?{urlencode(given)}" if given else "")
    common = f"Host: {HOST}\r\nAccept-Encoding: gzip, zstd\r\nAccept-Language: {LANGUAGE}\r\n"
    post = f"POST /graphql HTTP/1.1\r\n{common}Accept: application/json\r\nContent-Type: application/json\r\n"
    get = f"GET {where} HTTP/1.1\r\n{common}Accept: text/html\r\n\r\n"
    return f"{post}Content-Length: {len(body)}\r\n\r\n".encode() + body, get.encode()


async def costs(ask: Ask, asked: tuple[bytes, bytes], server: Server, url: str) -> AsyncIterator[Cost]:
    """Return the cost of both, round by round, in the opposite order every other time."""
    before = cpu_milliseconds(server, url)
    for request in asked * WARMING:
        await ask(request)
    dear = (cpu_milliseconds(server, url) - before) / len(asked * WARMING)
    requests = max(LEAST_REQUESTS, int(TURN / dear))
    for number in range(ROUNDS):
        spent = {}
        for request in asked if number % 2 else reversed(asked):
            before = cpu_milliseconds(server, url)
            for _ in range(requests):
                await ask(request)
            spent[request] = (cpu_milliseconds(server, url) - before) / requests
        yield Cost(*(spent[request] for request in asked))


def cpu_milliseconds(server: Server, url: str) -> float:
    """Return the CPU milliseconds used so far by the service and its connections to PostgreSQL."""
    with psycopg.connect(url) as connection:
        others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        backends = [pid for (pid,) in connection.execute(others)]
    return sum(map(all_threads_milliseconds, [server.process.pid, *backends]))


if __name__ == "__main__":
    main()
