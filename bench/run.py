"""Measures what a request costs the service and its peer, on the same generated store in the same run.

    python -m bench [--quotes 40000] [--seconds 2] [--rounds 5] [--connections 8]

Both servers are up at once and driven in turn, so that whatever else the machine does touches both. CPU time is that
of the server's process and of PostgreSQL; the client's is not counted. Exits with 1 where a bound is missed.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from os import cpu_count

import psycopg

from bench.client import Pace
from bench.measure import Result, results
from bench.operations import operations
from bench.servers import Database, serving
from bench.store import fill
from service.store.migrations import migrate
from service.store.server.embedded import throwaway_database

BUSIEST = """
SELECT actor.slug FROM actor JOIN presence ON actor_id = actor.id
WHERE is_leader AND presence.typename = 'Quote' GROUP BY actor.slug ORDER BY count(*) DESC, actor.slug LIMIT 1
"""
SERVERS = {"service": "bench.servers:service", "peer": "bench.peer_strawberry:app"}
PARTS = ("strawberry-graphql", "graphql-core", "uvicorn", "uvloop", "sqlalchemy", "asyncpg", "orjson")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where a bound is missed."""
    given = _given(arguments)
    with throwaway_database() as url:
        database = Database()
        print(f"Filling a store with {given.quotes:,} quotations ...", file=sys.stderr, flush=True)
        migrate(url)
        fill(url, given.quotes)
        print("Measuring ...", file=sys.stderr, flush=True)
        with serving("service", SERVERS["service"], url) as service, serving("peer", SERVERS["peer"], url) as peer:
            asked = operations(_value(url, BUSIEST))
            found = results(asked, (service, peer), database, url, Pace(given.seconds, given.connections), given.rounds)
        about = _about(_value(url, "SHOW server_version"))
    print("\n".join([*about, "", *_table(found), "", *_ratios(found)]))
    return 0 if all(_ratio(result) <= result.operation.most for result in found) else 1


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the service beside its peer.")
    parser.add_argument("--quotes", type=int, default=40_000, help="How many quotations the store holds.")
    parser.add_argument("--seconds", type=float, default=2.0, help="How long an operation is asked in each round.")
    parser.add_argument("--rounds", type=int, default=5, help="How many rounds; medians are shown.")
    parser.add_argument("--connections", type=int, default=8, help="How many connections ask at once.")
    return parser.parse_args(arguments)


def _value(url: str, statement: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return str(row[0]) if row else ""


def _about(postgresql: str) -> Iterator[str]:
    yield f"{cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, PostgreSQL {postgresql}"
    yield ", ".join(f"{part} {version(part)}" for part in PARTS)


def _table(found: Iterable[Result]) -> Iterator[str]:
    """In Markdown: CPU milliseconds a request, and what a client saw."""
    yield "| operation | leaves | server | CPU: server | PostgreSQL | both | p50 ms | p99 ms | requests/s | bytes |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for result in found:
        for name, cost in result.costs.items():
            cells = [result.operation.name, f"{result.leaves:,}", name]
            cells += [f"{each:.3f}" for each in (cost.server, cost.database, cost.total)]
            cells += [f"{cost.p50:.2f}", f"{cost.p99:.2f}", f"{cost.per_second:,.0f}", f"{result.bytes[name]:,}"]
            yield f"| {' | '.join(cells)} |"
        yield f"| {result.operation.name} | | SQL alone | | {result.alone:.3f} | {result.alone:.3f} | | | | |"


def _ratios(found: Iterable[Result]) -> Iterator[str]:
    yield "| operation | service / peer | at most | | service / SQL alone |"
    yield "|---|---|---|---|---|"
    for result in found:
        ratio, most = _ratio(result), result.operation.most
        met = "met" if ratio <= most else "MISSED"
        over = result.costs["service"].total / result.alone
        yield f"| {result.operation.name} | {ratio:.3f} | {most:.2f} | {met} | {over:.2f} |"


def _ratio(result: Result) -> float:
    return result.costs["service"].total / result.costs["peer"].total
