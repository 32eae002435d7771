"""The ties of the network as what leads from one person to another: invitations and quotes have a direction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

DIRECTED = {"INVITATION": "invitationCount", "QUOTE": "quoteCount"}
"""The kinds of tie that lead from one to the other, and their counts."""


@dataclass(frozen=True)
class Direction:
    """One way of a tie, by the slugs of who it leads from and to.

    `counts`: of the kinds that have a direction. `directed`: how many these are of the kinds asked for; `weight`: with
    the meetings, if they are asked for.
    """

    source: str
    target: str
    counts: Mapping[str, int]
    directed: int
    weight: int


def directions(tie: Mapping[str, Any], kinds: Collection[str] | None) -> Iterator[Direction]:
    """The ways that a tie leads; meetings alone lead both ways. `kinds`: those asked for, of `TieKind`; None: all."""
    first, second = (person["slug"] for person in tie["people"])
    meetings = tie["meetingCount"] if kinds is None or "MEETING" in kinds else 0
    for source, target, counts in ((first, second, tie["fromFirst"]), (second, first, tie["fromSecond"])):
        directed = sum(counts[name] for kind, name in DIRECTED.items() if kinds is None or kind in kinds)
        if meetings or directed:
            yield Direction(source, target, counts, directed, meetings + directed)
