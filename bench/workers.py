"""Measure two workers next to one: requests per second from the database, and of cached responses.

    python -m bench.workers URL [--workers 1 2] [--connections 16] [--rounds 9] [--clients 2] [--part 0.25]

All run at once and are queried in turn, by clients in separate processes. Clients, workers and PostgreSQL share the
machine's processors: what a second worker can add depends on how many are left. `--part` gives each worker at most that
share of a processor, so that two processors have room for a second worker, as on a larger machine. It needs root and
the cpu controller of control groups (version 1).
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from statistics import median

import httpx
import psutil

from bench.harness.client import Pace, fetch, send_at_pace
from bench.harness.operations import GraphQLRequest, operations
from bench.harness.servers import HOST, Server
from bench.harness.stores import BUSIEST_SPEAKERS, fetch_column
from service.settings import PREFIX, REPOSITORY

START_SECONDS = 60
GROUPS = Path("/sys/fs/cgroup/cpu")
PERIOD_MICROSECONDS = 20_000
CACHE_BYTES = {"from the database": 0, "kept": 2**26}
SERVE = """
import socket, sys
from service import workers
from service.settings import read_settings
from service.stopping import leaving_as_told, unwind_on_signals

unwind_on_signals(code=0)
with leaving_as_told(), socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listener:
    workers.serve(read_settings(), listener, None, lambda: None)
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.workers")
    parser.add_argument("url", help="A store that this machine serves.")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="How many there are.")
    parser.add_argument("--connections", type=int, default=16, help="How many ask at once.")
    parser.add_argument("--seconds", type=float, default=2.0, help="How long each is asked in a round.")
    parser.add_argument("--rounds", type=int, default=9, help="How many rounds; medians are shown.")
    parser.add_argument("--clients", type=int, default=2, help="Processes that ask.")
    parser.add_argument("--part", type=float, help="The part of a processor that each worker has at most.")
    given = parser.parse_args(arguments)
    pace = Pace(given.seconds, given.connections // given.clients)
    asked = operations(*fetch_column(given.url, BUSIEST_SPEAKERS))[:3]
    print(f"| operation | answers | {' | '.join(f'{each} workers: requests/s' for each in given.workers)} | ratio |")
    print("|---" * (3 + len(given.workers)) + "|")
    with ProcessPoolExecutor(given.clients) as clients:
        for how, size in CACHE_BYTES.items():
            with ExitStack() as stack:
                servers = [stack.enter_context(_start_workers(given.url, each, size)) for each in given.workers]
                if given.part:
                    stack.enter_context(
                        _limit_cpu([each for server in servers for each in server.process.children()], given.part)
                    )
                for operation in asked:
                    request = operation.request()
                    rates = [
                        [_rate(clients, given.clients, server, request, pace) for server in servers]
                        for _ in range(given.rounds)
                    ]
                    cells = [f"{median(each):,.0f}" for each in zip(*rates, strict=True)]
                    ratio = median(each[-1] / each[0] for each in rates)
                    print(f"| {operation.name} | {how} | {' | '.join(cells)} | {ratio:.2f} |", flush=True)


def _rate(clients: ProcessPoolExecutor, count: int, server: Server, request: GraphQLRequest, pace: Pace) -> float:
    """Return the requests per second of all clients together."""
    expected = fetch(server, request)
    target = Server(server.name, server.port, None)  # type: ignore[arg-type]
    asked = [clients.submit(_drive, target, request, pace, expected) for _ in range(count)]
    return sum(each.result() for each in asked)


def _drive(server: Server, request: GraphQLRequest, pace: Pace, expected: bytes) -> float:
    return send_at_pace(server, request, pace, expected).per_second


@contextmanager
def _start_workers(url: str, workers: int, cache_bytes: int) -> Iterator[Server]:
    """Yield this many workers on a free port, until the block ends."""
    with socket.create_server((HOST, 0)) as probe:
        port = int(probe.getsockname()[1])
    own = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    settings = {"workers": workers, "answer_cache_bytes": cache_bytes, "pool_size": 8 * workers}
    own |= {f"{PREFIX}{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)], cwd=REPOSITORY, env={**own, "DATABASE_URL": url}
    )
    try:
        _wait(f"http://{HOST}:{port}/metrics", workers)
        yield Server(f"{workers} workers", port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(START_SECONDS)


@contextmanager
def _limit_cpu(processes: Sequence[psutil.Process], part: float) -> Iterator[None]:
    """Limit each process to this share of a processor, until the block ends."""
    groups = [GROUPS / f"gipfelbuch-bench-{process.pid}" for process in processes]
    try:
        for group, process in zip(groups, processes, strict=True):
            group.mkdir()
            (group / "cpu.cfs_quota_us").write_text(str(round(part * PERIOD_MICROSECONDS)))
            (group / "cpu.cfs_period_us").write_text(str(PERIOD_MICROSECONDS))
            (group / "cgroup.procs").write_text(str(process.pid))
        yield
    finally:
        for group, process in zip(groups, processes, strict=True):
            with suppress(psutil.NoSuchProcess):
                (GROUPS / "cgroup.procs").write_text(str(process.pid))
            with suppress(FileNotFoundError):
                group.rmdir()


def _wait(metrics: str, workers: int) -> None:
    """Wait until each worker publishes its metrics."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(httpx.TransportError):
            if httpx.get(metrics, timeout=5).text.count("process_start_time_seconds{") == workers:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{metrics} does not tell of {workers} workers")


if __name__ == "__main__":
    main()
