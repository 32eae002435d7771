"""Cost of a request: CPU time of a server's process and of PostgreSQL, latency and throughput."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from statistics import median

import orjson

from bench.harness.client import Pace, fetch, send_at_pace
from bench.harness.operations import CONSTANT, SERVICE, GraphQLRequest, Operation, leaf_values
from bench.harness.servers import Database, Server


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


class AnswersDiffer(Exception):
    """Two servers do not return the same response."""


@dataclass(frozen=True)
class CheckedOperation:
    """Operation as it is sent to each server, and the body that it must return."""

    operation: Operation
    requests: Mapping[str, GraphQLRequest]
    bodies: Mapping[str, bytes]


def check_operation(operation: Operation, servers: Mapping[str, Server]) -> CheckedOperation:
    """Query each server once: all but the constant one must return the same. Raises AnswersDiffer."""
    requests = {name: operation.request(name) for name in servers}
    bodies = {name: fetch(server, requests[name]) for name, server in servers.items() if name != CONSTANT}
    first, *others = bodies.values()
    for other in others:
        if answer_values(other) != answer_values(first):
            raise AnswersDiffer(operation.name, first[:500], other[:500])
    if CONSTANT in servers:
        requests[CONSTANT] = replace(requests[CONSTANT], path=f"/graphql?bytes={len(bodies[SERVICE])}")
        bodies[CONSTANT] = fetch(servers[CONSTANT], requests[CONSTANT])
    return CheckedOperation(operation, requests, bodies)


def answer_values(body: bytes) -> list[object]:
    """Return the values of a response in their order. Raises AnswersDiffer if it has errors."""
    found = orjson.loads(body)
    if "errors" in found:
        raise AnswersDiffer(body[:500])
    return list(leaf_values(found["data"]))


def cost_of(server: Server, request: GraphQLRequest, database: Database, pace: Pace, expected: bytes) -> Cost:
    """Return the cost of a request at that pace. Raises WrongAnswer."""
    before = server.cpu_seconds(), database.cpu_seconds()
    responses = send_at_pace(server, request, pace, expected)
    after = server.cpu_seconds(), database.cpu_seconds()
    own, its = (1000 * (end - start) / len(responses.latencies) for start, end in zip(before, after, strict=True))
    return Cost(own, its, responses.percentile(0.5), responses.percentile(0.99), responses.per_second)


def median_cost(costs: Iterable[Cost]) -> Cost:
    """Return the median of each figure."""
    found = list(costs)
    return Cost(*(median(getattr(cost, each.name) for cost in found) for each in fields(Cost)))
