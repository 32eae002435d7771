"""Measure what a request costs the service and its peers, on the same generated store in the same run.

    python -m bench [--quotes 40000] [--seconds 2] [--rounds 5] [--connections 1 4 8] [--url URL] [--only NAME]

It needs npm: the first run installs PostGraphile and the Node that it requires into bench/peers/postgraphile. All
servers run at once and are queried in turn, so that other load on the machine affects all of them. CPU time is that of
the server's process and of PostgreSQL; the client's is not counted. Exits with 1 if a bound is missed.

* PostGraphile 5 over its own views and functions (peers/postgraphile/api.sql), and an idiomatic Strawberry server with
  dataloaders (peers/strawberry_server.py): both read the same tables and must return the same.
* SQL alone: the service's own statement under pgbench.
* Constant body: as many bytes from the same HTTP server, without querying the database.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import product
from os import cpu_count

import orjson

from bench.harness.client import Pace
from bench.harness.cost import CheckedOperation, Cost, check_operation, cost_of, median_cost
from bench.harness.operations import (
    ALONE,
    POSTGRAPHILE,
    SERVICE,
    STRAWBERRY,
    Operation,
    count_leaves,
    operations,
)
from bench.harness.pgbench import run_pgbench
from bench.harness.servers import Database, Server, node_versions, start_all
from bench.harness.stores import BUSIEST_SPEAKERS, create_views, fetch_column, fill_store
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate

COLUMNS = (
    *("operation", "leaves", "connections", "server", "CPU: server", "PostgreSQL", "both"),
    *("p50 ms", "p99 ms", "requests/s", "bytes"),
)
PEERS = (POSTGRAPHILE, STRAWBERRY, ALONE)
PARTS = ("strawberry-graphql", "graphql-core", "uvicorn", "uvloop", "sqlalchemy", "asyncpg", "orjson")

WARM_SECONDS = 1.0
SETTLE_SECONDS = 0.3


@dataclass(frozen=True)
class Result:
    """Medians for one operation on this many connections; `bytes` and costs by the server's name."""

    operation: Operation
    connections: int
    leaves: int
    bytes: Mapping[str, int]
    costs: Mapping[str, Cost]

    def ratio(self, peer: str) -> float:
        """Return the ratio of the service's total CPU time per request to a peer's."""
        return self.costs[SERVICE].total / self.costs[peer].total


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if a bound is missed."""
    given = _parse_arguments(arguments)
    paces = [Pace(given.seconds, connections) for connections in given.connections]
    with _provide_store(given.url, given.quotes) as url:
        database = Database(url)
        quotes = int(fetch_column(url, "SELECT count(*) FROM quote")[0])
        _report("Measuring ...")
        with start_all(url) as found:
            chosen = [
                each
                for each in operations(*fetch_column(url, BUSIEST_SPEAKERS))
                if any(part in each.name for part in given.only)
            ]
            measured = measure_all(chosen, found, database, url, paces, given.rounds)
        about = _describe_environment(fetch_column(url, "SHOW server_version")[0])
    print("\n".join([f"{quotes:,} quotations", *about, "", *bounds_table(measured), "", *cost_table(measured)]))
    return 1 if misses_a_bound(measured) else 0


def _parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the service beside its peers.")
    parser.add_argument("--quotes", type=int, default=40_000, help="How many quotations the store holds.")
    parser.add_argument("--seconds", type=float, default=2.0, help="How long an operation is asked in each round.")
    parser.add_argument("--rounds", type=int, default=5, help="How many rounds; medians are shown.")
    parser.add_argument(
        "--connections", type=int, nargs="+", default=[1, 4, 8], help="How many connections ask at once."
    )
    parser.add_argument("--only", nargs="+", default=[""], help="Operations with one of these texts in their names.")
    parser.add_argument("--url", help="A store that bench.fill has filled; without it there is a new one.")
    return parser.parse_args(arguments)


@contextmanager
def _provide_store(url: str | None, quotes: int) -> Iterator[str]:
    """Return the URL of a filled store."""
    with ExitStack() as stack:
        if url is None:
            url = stack.enter_context(throwaway_database())
            _report(f"Filling a store with {quotes:,} quotations ...")
            migrate(url)
            fill_store(url, quotes)
        create_views(url)
        yield url


def _report(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _describe_environment(postgresql: str) -> Iterator[str]:
    yield f"{cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, PostgreSQL {postgresql}"
    yield ", ".join([*(f"{part} {version(part)}" for part in PARTS), *node_versions()])


def measure_all(
    operations: Sequence[Operation],
    servers: Mapping[str, Server],
    database: Database,
    url: str,
    paces: Sequence[Pace],
    rounds: int,
) -> list[Result]:
    """Load the servers in turn, each operation at each pace in each round; raises AnswersDiffer, WrongAnswer."""
    checked = [check_operation(operation, servers) for operation in operations]
    costs: dict[tuple[str, Pace, str], list[Cost]] = defaultdict(list)
    for number, each, pace in product(range(rounds + 1), checked, paces):
        lasting = pace if number else replace(pace, seconds=WARM_SECONDS)
        for name, cost in _round(each, servers, database, url, lasting, backwards=number % 2 == 0):
            if number:
                costs[each.operation.name, pace, name].append(cost)
    names = [*servers, ALONE]
    return [
        Result(
            each.operation,
            pace.connections,
            count_leaves(orjson.loads(each.bodies[SERVICE])["data"]),
            {name: len(body) for name, body in each.bodies.items()},
            {name: median_cost(costs[each.operation.name, pace, name]) for name in names},
        )
        for each, pace in product(checked, paces)
    ]


def _round(
    checked: CheckedOperation,
    servers: Mapping[str, Server],
    database: Database,
    url: str,
    pace: Pace,
    *,
    backwards: bool,
) -> Iterator[tuple[str, Cost]]:
    """Measure the cost of each, one after another, in the opposite order every other time."""
    names = [*servers, ALONE]
    for name in reversed(names) if backwards else names:
        if name == ALONE:
            yield name, _cost_in_pgbench(url, checked.operation, database, pace)
        else:
            yield name, cost_of(servers[name], checked.requests[name], database, pace, checked.bodies[name])


def _cost_in_pgbench(url: str, operation: Operation, database: Database, pace: Pace) -> Cost:
    """Return the cost of the statement alone, which is only PostgreSQL's CPU time."""
    before = database.cpu_seconds()
    count = run_pgbench(url, operation, pace)
    # PostgreSQL only counts the time of a connection that has just ended once it notices the end
    time.sleep(SETTLE_SECONDS)
    return Cost(0, 1000 * (database.cpu_seconds() - before) / count, 0, 0, 0)


def bounds_table(found: Iterable[Result]) -> Iterator[str]:
    """Return the service's CPU time relative to each peer's, and the bound if there is one."""
    yield f"| operation | connections | {' | '.join(f'service / {peer}' for peer in PEERS)} |"
    yield "|---|---|---|---|---|"
    for result in found:
        cells = [result.operation.name, str(result.connections), *(_bound_cell(result, peer) for peer in PEERS)]
        yield f"| {' | '.join(cells)} |"


def misses_a_bound(found: Iterable[Result]) -> bool:
    """Return whether any bound is missed."""
    return any(result.ratio(peer) > most for result in found for peer, most in result.operation.most.items())


def _bound_cell(result: Result, peer: str) -> str:
    ratio, most = result.ratio(peer), result.operation.most.get(peer)
    if most is None:
        return f"{ratio:.2f}"
    return f"{ratio:.3f} ({most:g}: {'met' if ratio <= most else '**missed**'})"


def cost_table(found: Iterable[Result]) -> Iterator[str]:
    """Return CPU milliseconds per request, and what a client saw."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield "|---" * len(COLUMNS) + "|"
    for result in found:
        for name, cost in result.costs.items():
            cells = [result.operation.name, f"{result.leaves:,}", str(result.connections), name]
            if name == ALONE:
                cells += ["", f"{cost.database:.3f}", f"{cost.total:.3f}", "", "", "", ""]
            else:
                cells += [f"{each:.3f}" for each in (cost.server, cost.database, cost.total)]
                cells += [f"{cost.p50:.2f}", f"{cost.p99:.2f}", f"{cost.per_second:,.0f}", f"{result.bytes[name]:,}"]
            yield f"| {' | '.join(cells)} |"
