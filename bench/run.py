"""Measure what a request costs the service and its peers, on the same generated store in the same run.

    python -m bench [--quotes 40000] [--seconds 2] [--rounds 5] [--connections 1 4 8] [--url URL] [--only NAME]

It needs npm: the first run installs PostGraphile and the Node that it requires into bench/postgraphile. All servers run
at once and are queried in turn, so that other load on the machine affects all of them. CPU time is that of the server's
process and of PostgreSQL; the client's is not counted. Exits with 1 if a bound is missed.

* PostGraphile 5 over its own views and functions (postgraphile/api.sql), and an idiomatic Strawberry server with
  dataloaders (peer_strawberry.py): both read the same tables and must return the same.
* SQL alone: the service's own statement under pgbench.
* Constant body: as many bytes from the same HTTP server, without querying the database.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from os import cpu_count

import psycopg

from bench.client import Pace
from bench.measure import results
from bench.operations import operations
from bench.report import bounds, missed, table
from bench.servers import FOLDER, Database, node_parts, servers
from bench.store import fill
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate

BUSIEST = """
SELECT actor.slug FROM actor JOIN presence ON actor_id = actor.id
WHERE is_leader AND presence.typename = 'Quote' GROUP BY actor.slug ORDER BY count(*) DESC, actor.slug LIMIT 2
"""
PARTS = ("strawberry-graphql", "graphql-core", "uvicorn", "uvloop", "sqlalchemy", "asyncpg", "orjson")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if a bound is missed."""
    given = _given(arguments)
    paces = [Pace(given.seconds, connections) for connections in given.connections]
    with _store(given.url, given.quotes) as url:
        database = Database(url)
        quotes = int(column(url, "SELECT count(*) FROM quote")[0])
        _say("Measuring ...")
        with servers(url) as found:
            asked = [
                each for each in operations(*column(url, BUSIEST)) if any(part in each.name for part in given.only)
            ]
            measured = results(asked, found, database, url, paces, given.rounds)
        about = _about(column(url, "SHOW server_version")[0])
    print("\n".join([f"{quotes:,} quotations", *about, "", *bounds(measured), "", *table(measured)]))
    return 1 if missed(measured) else 0


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the service beside its peers.")
    parser.add_argument("--quotes", type=int, default=40_000, help="How many quotations the store holds.")
    parser.add_argument("--seconds", type=float, default=2.0, help="How long an operation is asked in each round.")
    parser.add_argument("--rounds", type=int, default=5, help="How many rounds; medians are shown.")
    parser.add_argument(
        "--connections", type=int, nargs="+", default=[1, 4, 8], help="How many connections ask at once."
    )
    parser.add_argument("--only", nargs="+", default=[""], help="Operations with one of these texts in their names.")
    parser.add_argument("--url", help="A store that bench.store has filled; without it there is a new one.")
    return parser.parse_args(arguments)


@contextmanager
def _store(url: str | None, quotes: int) -> Iterator[str]:
    """Return the URL of a filled store."""
    with ExitStack() as stack:
        if url is None:
            url = stack.enter_context(throwaway_database())
            _say(f"Filling a store with {quotes:,} quotations ...")
            migrate(url)
            fill(url, quotes)
        add_views(url)
        yield url


def add_views(url: str) -> None:
    """Create PostGraphile's schema next to the tables again."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET client_min_messages = warning")
        connection.execute("DROP SCHEMA IF EXISTS api CASCADE")
        connection.execute((FOLDER / "api.sql").read_bytes())


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def column(url: str, statement: str) -> list[str]:
    """Return the first column of a statement's result."""
    with psycopg.connect(url) as connection:
        return [str(row[0]) for row in connection.execute(statement.encode()).fetchall()]


def _about(postgresql: str) -> Iterator[str]:
    yield f"{cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, PostgreSQL {postgresql}"
    yield ", ".join([*(f"{part} {version(part)}" for part in PARTS), *node_parts()])
