"""Measures kept answers beside a constant body of as many bytes from the same HTTP server.

    python -m bench.answers URL [--seconds 2] [--rounds 9] [--connections 1 8]

Each is asked in turn, round by round. Requests a second are what one client in another process sees; CPU is what the
server's process uses for a request, which no client hides. Exits with 1 where less than 0.85 is reached.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import product
from statistics import median

from bench.client import Pace, drive
from bench.measure import Asked, ask_all
from bench.operations import CONSTANT, SERVICE, operations
from bench.run import BUSIEST, column
from bench.servers import Server, uvicorn

LEAST = 0.85
NAMES = (CONSTANT, SERVICE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table in Markdown; 1 where a ratio is too low."""
    parser = argparse.ArgumentParser(prog="python -m bench.answers")
    parser.add_argument("url", help="A store that this machine serves.")
    parser.add_argument("--seconds", type=float, default=2.0, help="How long each is asked in a round.")
    parser.add_argument("--rounds", type=int, default=9, help="How many rounds; medians are shown.")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8], help="How many ask at once.")
    given = parser.parse_args(arguments)
    with ExitStack() as stack:
        servers = {name: stack.enter_context(uvicorn(name, given.url)) for name in (SERVICE, CONSTANT)}
        asked = [ask_all(each, servers) for each in operations(*column(given.url, BUSIEST))]
        paces = [Pace(given.seconds, connections) for connections in given.connections]
        rows = [_row(each, pace, servers, given.rounds) for each, pace in product(asked, paces)]
    print("| operation | bytes | connections | constant body: requests/s | kept answer | ratio | CPU ratio |")
    print("|---|---|---|---|---|---|---|")
    for row, _ in rows:
        print(row)
    return 0 if all(ratio >= LEAST for _, ratio in rows) else 1


def _row(asked: Asked, pace: Pace, servers: dict[str, Server], rounds: int) -> tuple[str, float]:
    """The line of the table, and the ratio of requests a second."""
    found = [list(_round(asked, pace, servers, backwards=number % 2 == 0)) for number in range(rounds)]
    rates = {name: median(rate for each in found for one, rate, _ in each if one == name) for name in NAMES}
    costs = {name: median(cost for each in found for one, _, cost in each if one == name) for name in NAMES}
    # of each round by itself, since what else the machine does changes from one to the next
    ratios = [rate[SERVICE] / rate[CONSTANT] for rate in ({one: rate for one, rate, _ in each} for each in found)]
    cells = [asked.operation.name, f"{len(asked.bodies[SERVICE]):,}", str(pace.connections)]
    cells += [f"{rates[name]:,.0f}" for name in NAMES]
    cells += [f"{median(ratios):.2f}", f"{costs[CONSTANT] / costs[SERVICE]:.2f}"]
    return f"| {' | '.join(cells)} |", median(ratios)


def _round(
    asked: Asked, pace: Pace, servers: dict[str, Server], *, backwards: bool
) -> Iterator[tuple[str, float, float]]:
    """Of each server its name, requests a second and CPU seconds of a request."""
    for name in NAMES[::-1] if backwards else NAMES:
        before = servers[name].cpu_seconds()
        driven = drive(servers[name], asked.questions[name], pace, asked.bodies[name])
        yield name, driven.per_second, (servers[name].cpu_seconds() - before) / len(driven.latencies)


if __name__ == "__main__":
    sys.exit(main())
