"""Clients that query a service on a cluster while commits happen, and the service's metrics of its servers."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import choice, uniform
from threading import Event, Lock

import httpx

from tests.cluster.nodes import Node, wait_until
from tests.cluster.register import QUESTIONS, commit, revision_in

CLIENTS = 4


class Load:
    """Clients that send random queries to several services during commits, with their results.

    `answers` counts responses and, by their code, errors; `stale` has responses older than what had been seen, with
    that.
    """

    def __init__(self, addresses: list[str]) -> None:
        self.answers: Counter[str] = Counter()
        self.stale: list[tuple[int, int]] = []
        self.slowest = 0.0
        self.seen = 0
        self._addresses = addresses
        self._over = Event()
        self._lock = Lock()

    def see(self, revision: int) -> None:
        """Record that somebody has seen a revision."""
        with self._lock:
            self.seen = max(self.seen, revision)

    @contextmanager
    def run_clients(self, url: str, *, commits: bool = True) -> Iterator[None]:
        """Run clients until the block ends, and a loader on the database of a URL."""
        with ThreadPoolExecutor(CLIENTS + 1) as beside:
            asking = [beside.submit(self._ask) for _ in range(CLIENTS)]
            loading = [beside.submit(self._commit, url)] if commits else []
            try:
                yield
            finally:
                self._over.set()
                for each in (*asking, *loading):
                    each.result()

    def errors(self) -> int:
        return sum(count for code, count in self.answers.items() if code != "answered")

    def _commit(self, url: str) -> None:
        while not self._over.wait(uniform(0, 0.6)):
            try:
                self.see(commit(url))
            except Exception as error:
                self.answers[f"load: {type(error).__name__}"] += 1

    def _ask(self) -> None:
        while not self._over.is_set():
            # a new connection, which may reach any worker
            with httpx.Client(base_url=choice(self._addresses), timeout=30) as client:
                for _ in range(10):
                    self._ask_once(client)

    def _ask_once(self, client: httpx.Client) -> None:
        floor, began = self.seen, time.monotonic()
        response = client.post("/graphql", json={"query": choice(QUESTIONS)})
        self.slowest = max(self.slowest, time.monotonic() - began)
        if response.status_code != 200:
            self.answers[response.json()["errors"][0]["extensions"]["code"]] += 1
            time.sleep(0.05)
            return
        revision = revision_in(response.json())
        assert response.headers["x-gipfelbuch-revision"] == str(revision)
        if revision < floor:
            self.stale.append((revision, floor))
        self.see(revision)
        self.answers["answered"] += 1


def fetch_read_metrics(address: str) -> dict[tuple[str, ...], float]:
    """Return the figures about servers in /metrics, by name, server and result; with several workers, their sums."""
    metrics = httpx.get(f"{address}/metrics", timeout=30).text
    pattern = r'^gipfelbuch_(\w+)\{(?:result="([^"]+)",)?server="([^"]+)"(?:,worker="\d")?\} (\S+)$'
    found: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for name, result, server, value in re.findall(pattern, metrics, re.M):
        found[name, server, *([result] if result else [])] += float(value)
    return found


def is_used(address: str, node: Node) -> bool:
    return fetch_read_metrics(address)["read_server_used", node.label] > 0


def count_reads(address: str, server: str, result: str = "answered") -> float:
    return fetch_read_metrics(address).get(("server_reads_total", server, result), 0.0)


def comes_back_behind(address: str, node: Node, load: Load) -> None:
    """Wait until a standby that is behind responds again, and somebody has seen one more commit since."""
    wait_until(lambda: fetch_read_metrics(address)["read_server_lag_revisions", node.label] >= 1)
    before = load.seen
    wait_until(lambda: load.seen > before)


def told_in_turns(said: str, label: str) -> bool:
    """Return whether one service's log says alternately that a standby is left out and taken back."""
    lines = [line for line in said.splitlines() if f"go to {label}: " in line or f"go to {label} again" in line]
    return ["no longer" in line for line in lines] == [number % 2 == 0 for number in range(len(lines))]
