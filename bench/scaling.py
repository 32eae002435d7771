"""What one machine stores and serves: stores of growing size next to each other, as two tables in Markdown.

    python -m bench.scaling URL [URL ...] [--seconds 1] [--rounds 3]

Each URL names a store that this machine serves by TCP, the smallest first. A service that caches no responses and one
that caches them are queried in turn, on one connection, round by round. Milliseconds are CPU time, over all rounds: of
the service's process, and of the PostgreSQL processes that serve it. Requests per second are those that one processor
has time for if it does nothing else: PostgreSQL's part may be a standby's, and each worker's is its own. Others may use
the machine and the server meanwhile: they increase a figure, since they take up the caches.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import psutil
import psycopg

from bench.harness.client import Pace, send_at_pace
from bench.harness.cost import CheckedOperation, check_operation
from bench.harness.operations import SERVICE, operations
from bench.harness.servers import Server, start_app
from bench.harness.stores import BUSIEST_SPEAKERS, fetch_column
from service.settings import Settings

CACHE_BYTES = {"from the database": 0, "kept": Settings.model_fields["answer_cache_bytes"].default}
SIZES = """
SELECT (SELECT count(*) FROM fact), (SELECT count(*) FROM claim), (SELECT count(*) FROM source),
    pg_database_size(current_database()), pg_total_relation_size('download_part')
"""
OF_THE_SERVICE = "SELECT pid FROM pg_stat_activity WHERE client_port = ANY (%s)"


@dataclass(frozen=True)
class Store:
    """Store, and the two services on it, by how they respond."""

    url: str
    servers: dict[str, Server]
    asked: list[CheckedOperation]

    @property
    def facts(self) -> str:
        return f"{int(fetch_column(self.url, 'SELECT count(*) FROM fact')[0]):,}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.scaling")
    parser.add_argument("url", nargs="+", help="Stores that this machine serves, the smallest first.")
    parser.add_argument("--seconds", type=float, default=1.0, help="How long each is asked in a round.")
    parser.add_argument("--rounds", type=int, default=3, help="How many rounds, after one to warm.")
    parser.add_argument("--only", nargs="+", default=[""], help="Operations with one of these texts in their names.")
    given = parser.parse_args(arguments)
    pace = Pace(given.seconds, 1)
    with ExitStack() as stack:
        stores = [_store(url, given.only, stack) for url in given.url]
        print("| operation | facts | bytes | service | PostgreSQL | requests/s of a processor | kept | requests/s |")
        print("|---" * 8 + "|")
        for number in range(len(stores[0].asked)):
            for store in stores:
                print(_row(store, store.asked[number], pace, given.rounds), flush=True)
        print(
            "\n| facts | claims | sources | MB of tables and indexes | of files | of the service | of its connections |"
        )
        print("|---" * 7 + "|")
        for store in stores:
            print(f"| {' | '.join(_sizes(store))} |")


def _store(url: str, only: Sequence[str], stack: ExitStack) -> Store:
    servers = {how: stack.enter_context(start_app(SERVICE, url, cache_bytes=size)) for how, size in CACHE_BYTES.items()}
    chosen = [
        each for each in operations(*fetch_column(url, BUSIEST_SPEAKERS)) if any(part in each.name for part in only)
    ]
    asked = [check_operation(each, {SERVICE: servers["kept"]}) for each in chosen]
    return Store(url, servers, asked)


def _row(store: Store, asked: CheckedOperation, pace: Pace, rounds: int) -> str:
    spent = {how: [0.0, 0.0, 0.0] for how in CACHE_BYTES}
    for number in range(rounds + 1):
        for how in CACHE_BYTES:
            found = _ask(store, how, asked, pace)
            # the first round is a warm-up
            if number:
                spent[how] = [before + now for before, now in zip(spent[how], found, strict=True)]
    (service, database), (kept, _) = ((1000 * own / count, 1000 * its / count) for own, its, count in spent.values())
    cells = [asked.operation.name, store.facts, f"{len(asked.bodies[SERVICE]):,}", f"{service:.2f}", f"{database:.2f}"]
    cells += [f"{1000 / (service + database):,.0f}", f"{kept:.2f}", f"{1000 / kept:,.0f}"]
    return f"| {' | '.join(cells)} |"


def _ask(store: Store, how: str, asked: CheckedOperation, pace: Pace) -> tuple[float, float, int]:
    """Return the CPU seconds of the service and of PostgreSQL, and for how many requests."""
    server = store.servers[how]
    before = server.cpu_seconds(), _database_seconds(store, how)
    driven = send_at_pace(server, asked.requests[SERVICE], pace, asked.bodies[SERVICE])
    own, its = server.cpu_seconds() - before[0], _database_seconds(store, how) - before[1]
    return own, its, len(driven.latencies)


def _backends(store: Store, how: str) -> list[psutil.Process]:
    """Return the PostgreSQL processes that serve a service; they last as long as its connections."""
    ports = [each.laddr.port for each in store.servers[how].process.net_connections("tcp") if each.raddr]
    with psycopg.connect(store.url) as connection:
        found = connection.execute(OF_THE_SERVICE, [ports]).fetchall()
    return [psutil.Process(pid) for (pid,) in found]


def _database_seconds(store: Store, how: str) -> float:
    return sum(sum(each.cpu_times()[:2]) for each in _backends(store, how))


def _sizes(store: Store) -> Iterator[str]:
    with psycopg.connect(store.url) as connection:
        row = connection.execute(SIZES).fetchone()
    assert row
    facts, claims, sources, whole, files = row
    yield from (f"{each:,}" for each in (facts, claims, sources))
    yield from (f"{each / 1e6:,.0f}" for each in (whole - files, files))
    yield f"{store.servers['kept'].process.memory_info().rss / 1e6:,.0f}"
    yield f"{sum(each.memory_full_info().uss for each in _backends(store, 'from the database')) / 1e6:,.0f}"


if __name__ == "__main__":
    main()
