"""The operations that are measured, how each server is sent them, and what they may cost relative to its peers.

The queries are in queries/; those that need a peer's own syntax are in the folder with its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from service.store.search.query import parse_search

QUERIES = Path(__file__).parent / "queries"
SERVICE, STRAWBERRY, POSTGRAPHILE, CONSTANT, ALONE = (
    "service",
    "Strawberry",
    "PostGraphile",
    "constant body",
    "SQL alone",
)
OF_POSTGRAPHILE, OF_ALONE = 0.5, 1.25
DAY = "2018-06-30"
"""The day of the page with `asOf`: by then, a quarter of the generated record had been reported."""
WORDS = "dor fan"
"""Search words: in one of every fourteen quotes, and at the beginning of a word in every fifth."""


@dataclass(frozen=True)
class GraphQLRequest:
    """What is sent to a server."""

    query: str
    variables: Mapping[str, object]
    path: str = "/graphql"
    accept_encoding: str = "identity"


@dataclass(frozen=True)
class Operation:
    """Query with its variables; `most` is the largest share of a peer's CPU time that the service may take."""

    name: str
    file: str
    most: Mapping[str, float]
    variables: Mapping[str, object] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """The variables of a peer that takes different ones."""

    def request(self, server: str = SERVICE) -> GraphQLRequest:
        """Return the request as sent to a server of this name."""
        own = QUERIES / server.lower() / f"{self.file}.graphql"
        path = own if own.exists() else QUERIES / f"{self.file}.graphql"
        return GraphQLRequest(path.read_text(), self.own.get(server, self.variables))


def operations(leader: str, other: str) -> list[Operation]:
    """Return the operations about a leader, by slug, and about that leader and another."""
    slug, between = {"slug": leader}, sorted((leader, other))
    pair = {POSTGRAPHILE: {"pair": "--".join(between)}}
    # it receives the query that the service makes from the words
    queries = {POSTGRAPHILE: {"queries": parse_search(WORDS).as_marks()}}
    return [
        Operation("one leader", "leader", _bounds(0.12), slug),
        Operation("20 summits", "summits", _bounds(0.08, OF_ALONE)),
        Operation("leader, 20 quotes", "leader_quotes", _bounds(0.08), slug),
        Operation("100 quotes", "quotes", _bounds(0.05, OF_ALONE)),
        Operation("timeline of two, 50 facts", "timeline", _bounds(), {"between": between}, pair),
        Operation("search, 20 hits", "search", _bounds(), {"text": WORDS}, queries),
        Operation("20 summits as of a day", "summits_as_of", _bounds(), {"day": DAY}),
    ]


def _bounds(of_strawberry: float | None = None, of_alone: float | None = None) -> dict[str, float]:
    bounds = {STRAWBERRY: of_strawberry, POSTGRAPHILE: OF_POSTGRAPHILE, ALONE: of_alone}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def leaf_values(value: object) -> Iterator[object]:
    """Return the values of a response: scalars and nulls, without ids, which each server makes itself."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from () if key == "id" else leaf_values(member)
    elif isinstance(value, list):
        for member in value:
            yield from leaf_values(member)
    else:
        yield value


def count_leaves(value: object) -> int:
    """Return how many values a response has: scalars and nulls, at any depth."""
    if isinstance(value, dict):
        return sum(map(count_leaves, value.values()))
    if isinstance(value, list):
        return sum(map(count_leaves, value))
    return 1
