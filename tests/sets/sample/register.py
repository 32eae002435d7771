"""What the register says based on one row, queried by GraphQL."""

from __future__ import annotations

from typing import Any, NamedTuple

import asyncpg
import orjson

from schema import schema
from service.language.limits import Limits
from service.planner.planner import Planner
from service.store.pool import set_codecs

QUERY = """
query RowOfTheSample($row: [String!]!, $after: String) {
  facts(filter: { source: $row }, first: 20, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      __typename slug label
      date { edtf earliest latest }
      involvements {
        role
        actor {
          __typename slug
          names { text }
          ... on Person { country { names { text } } }
        }
        claims(filter: { source: $row }, first: 3) { nodes { factuality basis } }
      }
      claims(filter: { source: $row, property: ["date"] }, first: 20) { nodes { value } }
      ... on Event { place { kind names { text } } }
      ... on Summit { setting unnamed { description } names { text } places { kind names { text } } }
      ... on Talks { setting unnamed { description } names { text } places { kind names { text } } }
    }
  }
}
"""
LIMITS = Limits(work=float("inf"), bytes=1024**3)
PLANNER = Planner(schema, LIMITS)
MEETINGS = {"Summit", "Talks"}


class Actor(NamedTuple):
    """Person, or state (`is_person` false). `states`: the names of the person's state."""

    slug: str
    is_person: bool
    names: frozenset[str]
    states: frozenset[str]


class Part(NamedTuple):
    """Person in a fact based on the row: `is_printed` there, or `is_likely` and not vouched for."""

    actor: Actor
    is_printed: bool
    is_likely: bool


class Place(NamedTuple):
    is_country: bool
    names: frozenset[str]


class Fact(NamedTuple):
    """`days`: the dates in the row (EDTF); `earliest`, `latest`: bounds of the date that the register shows."""

    slug: str
    is_meeting: bool
    setting: str
    words: str
    days: frozenset[str]
    earliest: str | None
    latest: str | None
    places: tuple[Place, ...]
    parts: tuple[Part, ...]
    is_with_unnamed: bool = False

    @property
    def people(self) -> list[Part]:
        return [part for part in self.parts if part.actor.is_person]


async def facts_of(connection: asyncpg.Connection[asyncpg.Record], document: str) -> list[Fact]:
    """Return all facts that the document reports."""
    found: list[Fact] = []
    after = None
    while True:
        prepared = PLANNER.prepare(QUERY, variables={"row": [document], "after": after})
        assert prepared.sql
        answer = orjson.loads(prepared.body(await connection.fetchrow(prepared.sql, *prepared.values)))
        page = answer["data"]["facts"]
        found += [fact(node) for node in page["nodes"] if node["__typename"] != "Relationship"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def facts_by_document(url: str, documents: list[str]) -> dict[str, list[Fact]]:
    """Return, by document, all facts that it reports."""
    connection = await asyncpg.connect(url)
    try:
        await set_codecs(connection)
        return {document: await facts_of(connection, document) for document in documents}
    finally:
        await connection.close()


def places_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the places of a meeting, or the place of an event."""
    return node.get("places") or [place for place in [node.get("place")] if place]


def fact(node: dict[str, Any]) -> Fact:
    date = node["date"] or {"earliest": None, "latest": None}
    texts = (node["slug"], node["label"], *(name["text"] for name in node.get("names", ())))
    return Fact(
        slug=node["slug"],
        is_meeting=node["__typename"] in MEETINGS,
        setting=node.get("setting", ""),
        words=" ".join(texts),
        days=frozenset(claim["value"] for claim in node["claims"]["nodes"] if claim["value"]),
        earliest=date["earliest"],
        latest=date["latest"],
        places=tuple(Place(place["kind"] == "COUNTRY", names(place)) for place in places_of(node)),
        parts=tuple(part(each) for each in node["involvements"] if each["claims"]["nodes"]),
        is_with_unnamed=bool(node.get("unnamed")),
    )


def part(node: dict[str, Any]) -> Part:
    claims = node["claims"]["nodes"]
    return Part(
        actor=actor(node["actor"]),
        is_printed=any((claim["factuality"], claim["basis"]) == ("CERTAIN", "STATED") for claim in claims),
        is_likely=all(claim["factuality"] != "CERTAIN" for claim in claims),
    )


def actor(node: dict[str, Any]) -> Actor:
    country = node.get("country")
    return Actor(node["slug"], node["__typename"] == "Person", names(node), names(country) if country else frozenset())


def names(node: dict[str, Any]) -> frozenset[str]:
    return frozenset(name["text"] for name in node["names"])
