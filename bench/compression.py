"""What compression costs the service and saves its clients.

    python -m bench.compression [--quotes 4000] [--rounds 7] [--seconds 1] [--before FOLDER]

The first table has the CPU milliseconds of the service's process per request, for a plain response and for each coding,
requested in turn, as medians. `--before` names another working copy, whose service is asked for plain responses in the
same turns. The second table has the size of the same bodies in each coding at some levels, including brotli if it is
installed.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from bench.harness.client import Pace, fetch, send_at_pace
from bench.harness.documents import introspection_document
from bench.harness.operations import SERVICE, GraphQLRequest, operations
from bench.harness.servers import Server, start_app
from bench.harness.stores import BUSIEST_SPEAKERS, fetch_column, fill_store
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate
from service.web.compression import CODINGS, GZIP_BITS, ZSTD

PLAIN, BEFORE = "plain", "plain, before"
WARM_SECONDS = 0.3
LEVELS = {"gzip": (4, 6, 9), "br": (4, 5, 11), "zstd": (1, 3, 5, 12, 19)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both tables in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.compression")
    parser.add_argument("--quotes", type=int, default=4_000, help="How many quotations the store holds.")
    parser.add_argument("--rounds", type=int, default=7, help="How many rounds; medians are shown.")
    parser.add_argument("--seconds", type=float, default=1.0, help="How long a question is asked in each round.")
    parser.add_argument("--before", type=Path, help="Another working copy.")
    given = parser.parse_args(arguments)
    with throwaway_database() as url, ExitStack() as stack:
        migrate(url)
        fill_store(url, given.quotes)
        server = stack.enter_context(start_app(SERVICE, url))
        asked: dict[str, tuple[Server, str]] = {PLAIN: (server, "identity")}
        if given.before:
            asked[BEFORE] = stack.enter_context(start_app(SERVICE, url, given.before.resolve())), "identity"
        asked |= {each.name: (server, each.name) for each in CODINGS}
        requests = dict(_requests(url))
        _print_requests(asked, requests, given.rounds, given.seconds)
        _print_codings({name: fetch(server, request) for name, request in requests.items()})


def _requests(url: str) -> Iterator[tuple[str, GraphQLRequest]]:
    for operation in operations(*fetch_column(url, BUSIEST_SPEAKERS)):
        if operation.name in ("one leader", "20 summits", "100 quotes"):
            yield operation.name, operation.request()
    document = introspection_document()
    yield document.name, GraphQLRequest(document.query, document.variables)


def _print_requests(
    asked: Mapping[str, tuple[Server, str]], requests: Mapping[str, GraphQLRequest], rounds: int, seconds: float
) -> None:
    costs: dict[tuple[str, str], list[float]] = defaultdict(list)
    bodies = {
        (name, way): fetch(server, replace(request, accept_encoding=accepted))
        for name, request in requests.items()
        for way, (server, accepted) in asked.items()
    }
    for number in range(rounds + 1):
        for name, way in list(bodies)[:: 1 if number % 2 else -1]:
            server, accepted = asked[way]
            pace = Pace(seconds if number else WARM_SECONDS, 1)
            before = server.cpu_seconds()
            driven = send_at_pace(server, replace(requests[name], accept_encoding=accepted), pace, bodies[name, way])
            if number:
                costs[name, way].append(1000 * (server.cpu_seconds() - before) / len(driven.latencies))
    print("| asked | answered | bytes | CPU ms | / plain |\n|---|---|---|---|---|")
    for (name, way), each in costs.items():
        cost, plain = median(each), median(costs[name, PLAIN])
        print(f"| {name} | {way} | {len(bodies[name, way]):,} | {cost:.3f} | {cost / plain:.2f} |")


def _print_codings(bodies: Mapping[str, bytes]) -> None:
    print("\n| asked | coding | bytes | ms |\n|---|---|---|---|")
    for name, body in bodies.items():
        print(f"| {name} | none | {len(body):,} | |")
        for coding, pack in _packers():
            print(f"| {name} | {coding} | {len(pack(body)):,} | {_milliseconds(pack, body):.2f} |")


def _packers() -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    """Return the compressors by name and level."""
    ways: dict[str, Callable[..., Callable[[bytes], bytes]]] = {
        "gzip": lambda level: partial(zlib.compress, level=level, wbits=GZIP_BITS),
        "zstd": lambda level: lambda body: ZSTD.compress(body, level),
    }
    if find_spec("brotli"):
        ways["br"] = lambda level: partial(import_module("brotli").compress, quality=level)
    for name, way in ways.items():
        yield from ((f"{name} {level}", way(level)) for level in LEVELS[name])


def _milliseconds(pack: Callable[[bytes], bytes], body: bytes) -> float:
    """Return the lowest CPU time of many."""
    least, end = float("inf"), time.perf_counter() + WARM_SECONDS
    while time.perf_counter() < end:
        begun = time.thread_time()
        pack(body)
        least = min(least, time.thread_time() - begun)
    return 1000 * least


if __name__ == "__main__":
    main()
