"""The operations that are measured, with what they may cost beside the peer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Operation:
    """A query; `most` is the greatest part of the peer's CPU time that it may take."""

    name: str
    query: str
    most: float
    variables: Mapping[str, object] = field(default_factory=dict)


def operations(leader: str) -> list[Operation]:
    """One leader, a page of 20 summits, a leader with 20 quotes, a page of 100 quotes."""
    slug = {"slug": leader}
    return [
        Operation("one leader", LEADER, 0.12, slug),
        Operation("20 summits", SUMMITS, 0.08),
        Operation("leader, 20 quotes", LEADER_QUOTES, 0.08, slug),
        Operation("100 quotes", QUOTES, 0.05),
    ]


def leaves(value: object) -> int:
    """How many values an answer has: scalars and nulls, wherever they stand."""
    if isinstance(value, dict):
        return sum(map(leaves, value.values()))
    if isinstance(value, list):
        return sum(map(leaves, value))
    return 1


LEADER = """
query Leader($slug: String!) {
  leader(slug: $slug) { id slug name label isLeader wikidata country { code name } }
}
"""

SUMMITS = """
query Summits {
  summits(first: 20) {
    nodes {
      slug
      name
      status
      phase
      outcome
      date { edtf label }
      place { slug name }
      participants { role actor { slug name } }
    }
    pageInfo { hasNextPage }
  }
}
"""

LEADER_QUOTES = """
query LeaderQuotes($slug: String!) {
  leader(slug: $slug) {
    name
    quotes(first: 20) {
      nodes { slug text language form isHearsay date { edtf label } meeting { name } }
    }
  }
}
"""

QUOTES = """
query Quotes {
  quotes(first: 100) {
    nodes {
      id
      slug
      text
      form
      isHearsay
      date { edtf label }
      speaker { slug name }
      meeting { slug name status }
      claims(first: 1) { nodes { rank reportedOn source { slug title outlet { name } } } }
    }
    pageInfo { hasNextPage }
  }
}
"""
