"""Ties of the network as directions between two people: invitations and quotes have a direction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

DIRECTED = {"INVITATION": "invitationCount", "QUOTE": "quoteCount"}
"""Kinds of tie that have a direction, and their counts."""


@dataclass(frozen=True)
class Direction:
    """One direction of a tie, with the slugs of its source and target.

    `counts`: counts of the kinds that have a direction. `directed`: their sum for the requested kinds. `weight`: that
    sum plus the meetings, if they are requested.
    """

    source: str
    target: str
    counts: Mapping[str, int]
    directed: int
    weight: int


def directions(tie: Mapping[str, Any], kinds: Collection[str] | None) -> Iterator[Direction]:
    """Yield the directions of a tie. Meetings alone lead both ways. `kinds`: requested `TieKind` keys; None for all."""
    first, second = (person["slug"] for person in tie["people"])
    meetings = tie["meetingCount"] if kinds is None or "MEETING" in kinds else 0
    for source, target, counts in ((first, second, tie["fromFirst"]), (second, first, tie["fromSecond"])):
        directed = sum(counts[name] for kind, name in DIRECTED.items() if kinds is None or kind in kinds)
        if meetings or directed:
            yield Direction(source, target, counts, directed, meetings + directed)
