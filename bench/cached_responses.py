"""Measure cached responses next to a constant body of the same size from the same HTTP server.

    python -m bench.cached_responses URL [--seconds 2] [--rounds 9] [--connections 1 8] [--only NAME]

Each is requested in turn, round by round: the body with three headers, the body with the headers of the service, which
no response could do without, and the cached response. Requests per second are what one client in another process sees;
their ratios are those of each round on its own. CPU is what the server's process uses for all requests, independently
of the client. Exits with 1 if fewer than 0.85 of the bare body's requests per second are reached.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import product
from statistics import median

from bench.harness.client import Pace, send_at_pace
from bench.harness.cost import CheckedOperation, check_operation
from bench.harness.operations import CONSTANT, SERVICE, operations
from bench.harness.servers import Server, start_app
from bench.harness.stores import BUSIEST_SPEAKERS, fetch_column
from service.settings import Settings

LEAST = 0.85
CACHE_BYTES = Settings.model_fields["answer_cache_bytes"].default
HEADED = "constant response"
NAMES = (CONSTANT, HEADED, SERVICE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table in Markdown; return 1 if a ratio is too low."""
    parser = argparse.ArgumentParser(prog="python -m bench.cached_responses")
    parser.add_argument("url", help="A store that this machine serves.")
    parser.add_argument("--seconds", type=float, default=2.0, help="How long each is asked in a round.")
    parser.add_argument("--rounds", type=int, default=9, help="How many rounds; medians are shown.")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8], help="How many ask at once.")
    parser.add_argument("--only", nargs="+", default=[""], help="Operations with one of these texts in their names.")
    given = parser.parse_args(arguments)
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(start_app(name, given.url, cache_bytes=CACHE_BYTES))
            for name in (SERVICE, CONSTANT)
        }
        found = operations(*fetch_column(given.url, BUSIEST_SPEAKERS))
        asked = [check_operation(each, servers) for each in found if any(part in each.name for part in given.only)]
        paces = [Pace(given.seconds, connections) for connections in given.connections]
        rows = [_row(each, pace, servers, given.rounds) for each, pace in product(asked, paces)]
    print("| operation | bytes | connections | constant body: requests/s | constant response | kept answer |", end="")
    print(" of the body | of the response | CPU: of the body | of the response |")
    print("|---" * 10 + "|")
    for row, _ in rows:
        print(row)
    return 0 if all(ratio >= LEAST for _, ratio in rows) else 1


def _row(asked: CheckedOperation, pace: Pace, servers: dict[str, Server], rounds: int) -> tuple[str, float]:
    """Return the line of the table, and the ratio of requests per second to those of the bare body."""
    found = [dict(_round(asked, pace, servers, backwards=number % 2 == 0)) for number in range(rounds)]
    # of each round on its own, since other load on the machine changes from one to the next
    rates = [median(each[SERVICE][0] / each[peer][0] for each in found) for peer in NAMES[:-1]]
    costs = {name: sum(each[name][1] for each in found) / sum(each[name][2] for each in found) for name in NAMES}
    cells = [asked.operation.name, f"{len(asked.bodies[SERVICE]):,}", str(pace.connections)]
    cells += [f"{median(each[name][0] for each in found):,.0f}" for name in NAMES]
    cells += [f"{ratio:.2f}" for ratio in (*rates, *(costs[peer] / costs[SERVICE] for peer in NAMES[:-1]))]
    return f"| {' | '.join(cells)} |", rates[0]


def _round(
    asked: CheckedOperation, pace: Pace, servers: dict[str, Server], *, backwards: bool
) -> Iterator[tuple[str, tuple[float, float, int]]]:
    """Return requests per second by name, and the CPU seconds of this many requests."""
    request = asked.requests[CONSTANT]
    requests = {**asked.requests, HEADED: replace(request, path=f"{request.path}&head=1")}
    for name in NAMES[::-1] if backwards else NAMES:
        peer = CONSTANT if name == HEADED else name
        before = servers[peer].cpu_seconds()
        driven = send_at_pace(servers[peer], requests[name], pace, asked.bodies[peer])
        yield name, (driven.per_second, servers[peer].cpu_seconds() - before, len(driven.latencies))


if __name__ == "__main__":
    sys.exit(main())
