"""Cost of a request: CPU time of a server's process and of PostgreSQL, latency and throughput, round by round."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product
from statistics import median

import orjson

from bench.client import Driven, Pace, answer, drive
from bench.operations import ALONE, CONSTANT, SERVICE, Operation, Question, contents, leaves
from bench.servers import Database, Server
from bench.statements import run_alone

WARM_SECONDS = 1.0
SETTLE_SECONDS = 0.3


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds per request, latency in milliseconds, requests per second."""

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
    """Medians for one operation on this many connections; `bytes` and costs by the server's name."""

    operation: Operation
    connections: int
    leaves: int
    bytes: Mapping[str, int]
    costs: Mapping[str, Cost]

    def ratio(self, peer: str) -> float:
        """Return the ratio of the service's total CPU time per request to a peer's."""
        return self.costs[SERVICE].total / self.costs[peer].total


class Different(Exception):
    """Two servers do not return the same response."""


@dataclass(frozen=True)
class Asked:
    """Operation as it is sent to each server, and the body that it must return."""

    operation: Operation
    questions: Mapping[str, Question]
    bodies: Mapping[str, bytes]


def results(
    operations: Sequence[Operation],
    servers: Mapping[str, Server],
    database: Database,
    url: str,
    paces: Sequence[Pace],
    rounds: int,
) -> list[Result]:
    """Load the servers in turn, each operation at each pace in each round; raises Different, WrongAnswer."""
    asked = [ask_all(operation, servers) for operation in operations]
    costs: dict[tuple[str, Pace, str], list[Cost]] = defaultdict(list)
    for number, each, pace in product(range(rounds + 1), asked, paces):
        lasting = pace if number else replace(pace, seconds=WARM_SECONDS)
        for name, cost in _round(each, servers, database, url, lasting, backwards=number % 2 == 0):
            if number:
                costs[each.operation.name, pace, name].append(cost)
    names = [*servers, ALONE]
    return [
        Result(
            each.operation,
            pace.connections,
            leaves(orjson.loads(each.bodies[SERVICE])["data"]),
            {name: len(body) for name, body in each.bodies.items()},
            {name: median_cost(costs[each.operation.name, pace, name]) for name in names},
        )
        for each, pace in product(asked, paces)
    ]


def ask_all(operation: Operation, servers: Mapping[str, Server]) -> Asked:
    """Query each server once: all but the constant one must return the same. Raises Different."""
    questions = {name: operation.question(name) for name in servers}
    bodies = {name: answer(server, questions[name]) for name, server in servers.items() if name != CONSTANT}
    first, *others = bodies.values()
    for other in others:
        if said(other) != said(first):
            raise Different(operation.name, first[:500], other[:500])
    if CONSTANT in servers:
        questions[CONSTANT] = replace(questions[CONSTANT], path=f"/graphql?bytes={len(bodies[SERVICE])}")
        bodies[CONSTANT] = answer(servers[CONSTANT], questions[CONSTANT])
    return Asked(operation, questions, bodies)


def said(body: bytes) -> list[object]:
    """Return the values of a response in their order. Raises Different if it has errors."""
    found = orjson.loads(body)
    if "errors" in found:
        raise Different(body[:500])
    return list(contents(found["data"]))


def _round(
    asked: Asked, servers: Mapping[str, Server], database: Database, url: str, pace: Pace, *, backwards: bool
) -> Iterator[tuple[str, Cost]]:
    """Measure the cost of each, one after another, in the opposite order every other time."""
    names = [*servers, ALONE]
    for name in reversed(names) if backwards else names:
        if name == ALONE:
            yield name, _alone(url, asked.operation, database, pace)
        else:
            yield name, cost_of(servers[name], asked.questions[name], database, pace, asked.bodies[name])


def cost_of(server: Server, question: Question, database: Database, pace: Pace, expected: bytes) -> Cost:
    """Return the cost of a request at that pace. Raises WrongAnswer."""
    before = server.cpu_seconds(), database.cpu_seconds()
    driven: Driven = drive(server, question, pace, expected)
    after = server.cpu_seconds(), database.cpu_seconds()
    own, its = (1000 * (end - start) / len(driven.latencies) for start, end in zip(before, after, strict=True))
    return Cost(own, its, driven.percentile(0.5), driven.percentile(0.99), driven.per_second)


def _alone(url: str, operation: Operation, database: Database, pace: Pace) -> Cost:
    """Return the cost of the statement alone, which is only PostgreSQL's CPU time."""
    before = database.cpu_seconds()
    count = run_alone(url, operation, pace)
    # PostgreSQL only counts the time of a connection that has just ended once it notices the end
    time.sleep(SETTLE_SECONDS)
    return Cost(0, 1000 * (database.cpu_seconds() - before) / count, 0, 0, 0)


def median_cost(costs: Iterable[Cost]) -> Cost:
    """Return the median of each figure."""
    found = list(costs)
    return Cost(*(median(getattr(cost, each.name) for cost in found) for each in fields(Cost)))
