"""Measure what caching saves and takes: plans found despite strings in the document, and memory.

    python -m bench.caches URL [--requests 2000] [--documents 827]

The first table has CPU milliseconds per request, each with a slug and a day that were not requested together before, in
the document or in its variables; both are requested in turn, block by block. The second has the memory of the service
and of PostgreSQL's processes after this many documents, which differ in a name, each of some size and requested once.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count as count_from
from itertools import islice
from statistics import median

import orjson

from bench.harness.client import encode_request, open_connection
from bench.harness.documents import CLAIM, QUOTE, SUMMIT
from bench.harness.operations import SERVICE, GraphQLRequest
from bench.harness.servers import Database, Server, start_app
from bench.harness.stores import fetch_column

BLOCKS = 10
NAMES = {
    "a leader": (
        "query($s:String!,$d:Date!){leader(slug:$s,asOf:$d){slug name}}",
        '{leader(slug:"#",asOf:"@"){slug name}}',
    ),
    "a leader's quotes": (
        "query($s:String!,$d:Date!){leader(slug:$s,asOf:$d){slug name quotes(first:5){nodes{slug text}}}}",
        '{leader(slug:"#",asOf:"@"){slug name quotes(first:5){nodes{slug text}}}}',
    ),
}
"""By what is requested: with variables, and with # and @ in place of the slug and the day in the document."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both tables in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.caches")
    parser.add_argument("url", help="A store that this machine serves.")
    parser.add_argument("--requests", type=int, default=2_000, help="How many of each kind.")
    parser.add_argument("--documents", type=int, default=827, help="How many that differ.")
    given = parser.parse_args(arguments)
    slugs = fetch_column(given.url, "SELECT slug FROM actor WHERE is_leader ORDER BY slug LIMIT 500")
    database = Database(given.url)
    with start_app(SERVICE, given.url) as server:
        print("| asked | by variables | in the document | ratio |\n|---|---|---|---|")
        for name, (by_variable, inlined) in NAMES.items():
            print(f"| {name} | {' | '.join(_compare(server, database, by_variable, inlined, slugs, given.requests))} |")
        before = _memory(server, database)
        asyncio.run(
            _ask(server, [encode_request(GraphQLRequest(each, {})) for each in islice(_documents(), given.documents)])
        )
        after = _memory(server, database)
    print("\n| MB of | before | after so many documents |\n|---|---|---|")
    for name, first, last in zip(("the service", "PostgreSQL's processes"), before, after, strict=True):
        print(f"| {name} | {first:.0f} | {last:.0f} |")


def _compare(
    server: Server, database: Database, by_variable: str, inlined: str, slugs: list[str], count: int
) -> Iterator[str]:
    """Return the CPU milliseconds of both, service and PostgreSQL together, and the second divided by the first."""
    # no slug occurs twice with the same day
    days = count_from(date(2021, 1, 1).toordinal())
    costs: list[list[float]] = [[], []]
    for block in range(BLOCKS):
        for which in (0, 1) if block % 2 else (1, 0):
            day = date.fromordinal(next(days)).isoformat()
            wanted = [
                encode_request(GraphQLRequest(by_variable, {"s": slug, "d": day}))
                if which == 0
                else encode_request(GraphQLRequest(inlined.replace("#", slug).replace("@", day), {}))
                for slug in islice(slugs, count // BLOCKS)
            ]
            begun = server.cpu_seconds() + database.cpu_seconds()
            asyncio.run(_ask(server, wanted))
            costs[which].append(1000 * (server.cpu_seconds() + database.cpu_seconds() - begun) / len(wanted))
    first, last = map(median, costs)
    yield from (f"{first:.3f}", f"{last:.3f}", f"{last / first:.2f}")


async def _ask(server: Server, requests: Sequence[bytes]) -> None:
    """Send each once, on one connection; raises WrongAnswer."""
    async with open_connection(server) as ask:
        for request in requests:
            answer = orjson.loads(await ask(request))
            assert "errors" not in answer, answer["errors"]


def _documents() -> Iterator[str]:
    number = 0
    while True:
        for noun, fields in (("summits", SUMMIT), ("quotes", QUOTE), ("claims", CLAIM)):
            yield f"{{a{number}:{noun}(first:2){{totalCount nodes{{b{number}:slug {fields.replace('slug', '')}}}}}}}"
            number += 1


def _memory(server: Server, database: Database) -> tuple[float, float]:
    """Return the MB that the service holds, and those of PostgreSQL's processes beyond their shared memory."""
    return server.process.memory_info().rss / 1e6, database.memory_bytes() / 1e6


if __name__ == "__main__":
    main()
