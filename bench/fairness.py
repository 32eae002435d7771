"""What a client of cheap requests experiences next to clients that request much, disconnect or do not read.

python -m bench.fairness DATABASE_URL [SECONDS]

It uses plain HTTP and starts the service of the working copy on a store that bench.fill has filled, as `gipfelbuch
serve` runs it. PYTHONPATH names another working copy, to measure another commit with the same program.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from statistics import median

import orjson
import psutil

HOST = "127.0.0.1"
START_SECONDS = 60
CLIENTS = 16
ABANDONED = 8
UNREAD = 16
CHEAP = '{ leader(slug: "kim-jong-un") { name } }'
EXPENSIVE = {
    "counts of all quotes": "{ quotes { counts(by: [SPEAKER, ABOUT, OUTLET], first: 100) { count } } }",
    "an order by a count": (
        "{ relationships(orderBy: LAST_MET_DESC, first: 100) { pageInfo { hasNextPage } nodes { slug } } }"
    ),
    "counts under each person": (
        "{ people(first: 100) { nodes { facts { totalCount counts(by: [KIND], first: 1) { count } } } } }"
    ),
}
"""Accepted operations; the first is among the most expensive that bench.expensive_operations finds."""
LARGE = "{ people(first: 100) { nodes { id slug name facts(first: 40) { nodes { id slug label knownSince } } } } }"


@dataclass
class ClientStatistics:
    """What one kind of client experienced: seconds of each response, and how many had which status."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def row(self) -> str:
        found = sorted(self.seconds) or [0.0]
        p50, p99 = median(found), found[min(len(found) - 1, int(len(found) * 0.99))]
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return f"{len(self.seconds)} | {1000 * p50:.0f} | {1000 * p99:.0f} | {1000 * found[-1]:.0f} | {statuses}"


class Client:
    """One connection, reused for one request after another."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, query: str, statistics: ClientStatistics) -> bytes:
        body = orjson.dumps({"query": query})
        began = time.perf_counter()
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection(HOST, self._port)
            reader, writer = self._streams
            writer.write(_request(body))
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            answer = await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            self._streams = None
            statistics.statuses[0] += 1
            await asyncio.sleep(0.05)
            return b""
        statistics.seconds.append(time.perf_counter() - began)
        statistics.statuses[int(head.split(b" ")[1])] += 1
        return answer

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()


def _request(body: bytes) -> bytes:
    head = f"POST /graphql HTTP/1.1\r\nhost: {HOST}\r\ncontent-type: application/json\r\n"
    return head.encode() + b"content-length: %d\r\n\r\n" % len(body) + body


async def ask_until(port: int, query: str, end: float, statistics: ClientStatistics, pause: float = 0.0) -> None:
    client = Client(port)
    while time.monotonic() < end:
        await client.ask(query, statistics)
        await asyncio.sleep(pause)
    client.close()


async def measure_next_to(
    port: int, expensive: str | None, seconds: float
) -> tuple[ClientStatistics, ClientStatistics]:
    """Return what a cheap client and sixteen expensive ones experience at the same time."""
    cheap, others = ClientStatistics(), ClientStatistics()
    end = time.monotonic() + seconds
    clients = [ask_until(port, expensive, end, others) for _ in range(CLIENTS)] if expensive else []
    await asyncio.gather(ask_until(port, CHEAP, end, cheap, 0.01), *clients)
    return cheap, others


async def measure_after_abandoned(port: int, expensive: str) -> ClientStatistics:
    """Return what the cheap client experiences in the two seconds after eight expensive requests were abandoned."""
    for _ in range(ABANDONED):
        _, writer = await asyncio.open_connection(HOST, port)
        writer.write(_request(orjson.dumps({"query": expensive})))
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()
    statistics = ClientStatistics()
    await ask_until(port, CHEAP, time.monotonic() + 2, statistics, 0.01)
    return statistics


def measure_unread(port: int, process: psutil.Process) -> tuple[float, float]:
    """Return how many more MB the process holds while responses are not read, and 15 seconds later."""
    before = process.memory_info().rss
    held = []
    for _ in range(UNREAD):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.connect((HOST, port))
        # several responses that nobody reads, one after another on a connection
        client.sendall(_request(orjson.dumps({"query": LARGE})) * 8)
        held.append(client)
    time.sleep(6)
    during = process.memory_info().rss
    # nobody wants the bytes that are still sent
    time.sleep(15)
    connections = sum(1 for each in process.net_connections() if each.status == psutil.CONN_ESTABLISHED)
    for client in held:
        client.close()
    return (during - before) / 1e6, float(connections)


@contextmanager
def start_service(url: str) -> Iterator[tuple[int, psutil.Process]]:
    with socket.create_server((HOST, 0)) as listener:
        port = int(listener.getsockname()[1])
    environment = {**os.environ, "DATABASE_URL": url, "GIPFELBUCH_PORT": str(port)}
    code = (
        "from service import serving; from service.settings import read_settings; settings = read_settings()\n"
        "with serving.bound_socket(settings) as listener:\n"
        "    serving.serve(serving.create_server(settings, lambda: None), listener, settings)"
    )
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.DEVNULL) as run:
        try:
            _wait(port)
            yield port, psutil.Process(run.pid)
        finally:
            run.terminate()
            with suppress(subprocess.TimeoutExpired):
                run.wait(15)
            run.kill()


def _wait(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/health/ready", timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The service did not answer within {START_SECONDS} s.")


def main(url: str, seconds: float) -> None:
    with start_service(url) as (port, process):
        print("| Beside | Client | Answers | p50 ms | p99 ms | Longest ms | By status |")
        print("| --- | --- | ---: | ---: | ---: | ---: | --- |")
        alone, _ = asyncio.run(measure_next_to(port, None, 3))
        print(f"| nobody | cheap | {alone.row()} |", flush=True)
        for name, expensive in EXPENSIVE.items():
            cheap, others = asyncio.run(measure_next_to(port, expensive, seconds))
            print(f"| {CLIENTS} x {name} | cheap | {cheap.row()} |")
            print(f"| | dear | {others.row()} |", flush=True)
            after = asyncio.run(measure_after_abandoned(port, expensive))
            print(f"| {ABANDONED} of them given up | cheap | {after.row()} |", flush=True)
        held, connections = measure_unread(port, process)
        print(f"\n{UNREAD} clients that do not read: {held:.0f} MB more after 6 s, {connections:.0f} there after 21 s.")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if sys.argv[2:] else 30.0)
