"""Search hits come from the service; everything made from them does not.

The oracle has no full-text search of its own: it asks the service once for the whole ranking of a text on a day. It
determines pages, kinds and the contents of entries itself. Every filter by text finds exactly what a search finds with
all its words.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
import psycopg

from schema import schema
from service.planner.planner import Planner
from tests.oracle.things import SortKeys, Thing, View

RANKING = """query ($text: String!, $day: Date, $after: String) {
  search(text: $text, asOf: $day, first: 100, after: $after) {
    edges { score matchedWords hasAllWords isSimilar matched { text isHit } node { __typename ... on Entry { slug } } }
    pageInfo { hasNextPage endCursor }
  }
}"""
SUGGESTED = """query ($text: String!, $kind: [SearchKind!], $first: Int, $day: Date) {
  suggest(text: $text, kind: $kind, first: $first, asOf: $day) { name kind entry { __typename slug } }
}"""
UNRANKED = """query ($text: String!, $day: Date) {
  facts(filter: {text: $text, kind: [OFFICE, RELATIONSHIP]}, asOf: $day, first: 100) { nodes { __typename slug } }
}"""


class FoundEntry:
    """Entry that a search finds."""

    def __init__(self, view: View, edge: dict[str, Any]) -> None:
        self.score, self.matched = edge["score"], [Piece(part) for part in edge["matched"]]
        self.matched_words, self.has_all_words = edge["matchedWords"], edge["hasAllWords"]
        self.is_similar = edge["isSimilar"]
        self.node: Thing = view.entry(edge["node"]["__typename"], edge["node"]["slug"])

    def sort_keys(self, order: str) -> SortKeys:
        return [(self.score, True), (self.node.typename, False), (self.node.slug, False)]


class Piece:
    def __init__(self, part: dict[str, Any]) -> None:
        self.text, self.is_hit = part["text"], part["isHit"]


class SuggestedEntry:
    """Entry that is suggested."""

    def __init__(self, view: View, suggestion: dict[str, Any]) -> None:
        self.name, self.kind = suggestion["name"], suggestion["kind"]
        self.entry: Thing = view.entry(suggestion["entry"]["__typename"], suggestion["entry"]["slug"])


class Search:
    """Search of the service in the database of a URL."""

    def __init__(self, url: str) -> None:
        self._url, self._planner = url, Planner(schema)
        self.edges = lru_cache(maxsize=None)(self._edges)
        self.names = lru_cache(maxsize=None)(self._names)

    def _edges(self, text: str, day: date | None) -> list[dict[str, Any]]:
        """Return everything that is found, best first."""
        given = {"text": text, "day": day and day.isoformat()}
        page = self._run(RANKING, given)["search"]
        found = list(page["edges"])
        while page["pageInfo"]["hasNextPage"]:
            page = self._run(RANKING, given | {"after": page["pageInfo"]["endCursor"]})["search"]
            found += page["edges"]
        return found

    def _names(self, text: str, day: date | None) -> set[tuple[str, str]]:
        """Return the type and slug of everything with all the words; offices and relationships, unranked, by their
        filter.
        """
        unranked = self._run(UNRANKED, {"text": text, "day": day and day.isoformat()})["facts"]["nodes"]
        nodes = [*unranked, *(edge["node"] for edge in self.edges(text, day) if edge["hasAllWords"])]
        return {(node["__typename"], node["slug"]) for node in nodes}

    def suggest(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._run(SUGGESTED, given)["suggest"]
        return found

    def _run(self, query: str, variables: dict[str, Any]) -> Any:
        prepared = self._planner.prepare(query, variables=variables)
        with psycopg.connect(self._url) as connection, psycopg.RawCursor(connection) as cursor:
            found: Any = cursor.execute((prepared.sql or "").encode(), prepared.values).fetchone()
        return orjson.loads(prepared.body(found))["data"]


def find_entries(search: Search, view: View, text: str, kind: list[str] | None) -> Iterator[FoundEntry]:
    """Return what is found, of some kinds."""
    for edge in search.edges(text, view.day):
        if kind is None or edge["node"]["__typename"].upper() in kind:
            yield FoundEntry(view, edge)


def suggest_entries(
    search: Search, view: View, text: str, kind: list[str] | None, first: int | None
) -> list[SuggestedEntry]:
    """Return what is suggested, of some kinds, as far as requested."""
    given = {"text": text, "first": first, "day": view.day and view.day.isoformat()}
    found = search.suggest(given | ({} if kind is None else {"kind": kind}))
    return [SuggestedEntry(view, each) for each in found]
