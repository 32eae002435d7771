"""What a request costs: CPU time of a server's process and of PostgreSQL, latency and throughput, round by round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from statistics import median

import orjson

from bench.client import Pace, answer, drive
from bench.operations import Operation, leaves
from bench.servers import Database, Server
from bench.statements import run_alone

WARM_SECONDS = 1.0


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds a request, latency in milliseconds, requests a second."""

    server: float
    database: float
    p50: float
    p99: float
    per_second: float

    @property
    def total(self) -> float:
        return self.server + self.database


@dataclass(frozen=True)
class Result:
    """The medians for one operation; `bytes` and costs by the server's name."""

    operation: Operation
    leaves: int
    bytes: dict[str, int]
    costs: dict[str, Cost]
    alone: float
    """CPU milliseconds of PostgreSQL for the statement alone."""


class Different(Exception):
    """Two servers do not give the same answer."""


def results(
    operations: Sequence[Operation],
    servers: Sequence[Server],
    database: Database,
    url: str,
    pace: Pace,
    rounds: int,
) -> list[Result]:
    """Drive the servers in turn, each operation in each round; raises Different, WrongAnswer."""
    answers = {operation.name: _answers(operation, servers) for operation in operations}
    costs: dict[tuple[str, str], list[Cost]] = defaultdict(list)
    alone: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        lasting = pace if number else replace(pace, seconds=WARM_SECONDS)
        for operation in operations:
            for server in servers if number % 2 else reversed(servers):
                expected = answers[operation.name][server.name]
                cost = _cost(server, operation, database, lasting, expected)
                costs[operation.name, server.name].append(cost)
            alone[operation.name].append(_alone(url, operation, database, lasting.seconds))
    return [
        Result(
            operation,
            leaves(orjson.loads(answers[operation.name][servers[0].name])["data"]),
            {name: len(body) for name, body in answers[operation.name].items()},
            {server.name: _median(costs[operation.name, server.name][1:]) for server in servers},
            median(alone[operation.name][1:]),
        )
        for operation in operations
    ]


def _answers(operation: Operation, servers: Iterable[Server]) -> dict[str, bytes]:
    """The body that each server gives; all say the same."""
    found = {server.name: answer(server, operation) for server in servers}
    first, *others = (orjson.loads(body) for body in found.values())
    if "errors" in first or any(other != first for other in others):
        raise Different(operation.name)
    return found


def _cost(server: Server, operation: Operation, database: Database, pace: Pace, expected: bytes) -> Cost:
    before = server.cpu_seconds(), database.cpu_seconds()
    driven = drive(server, operation, pace, expected)
    after = server.cpu_seconds(), database.cpu_seconds()
    own, its = (1000 * (end - start) / len(driven.latencies) for start, end in zip(before, after, strict=True))
    return Cost(own, its, driven.percentile(0.5), driven.percentile(0.99), driven.per_second)


def _alone(url: str, operation: Operation, database: Database, seconds: float) -> float:
    before = database.cpu_seconds()
    count = run_alone(url, operation, max(1, round(seconds)))
    return 1000 * (database.cpu_seconds() - before) / count


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(getattr(cost, each.name) for cost in costs) for each in fields(Cost)))
