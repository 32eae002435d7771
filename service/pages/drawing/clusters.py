"""Places on a map that stand too close to be told apart, put together by how many meetings they have.

frontend/pages/map.js does the same closer in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, log10
from typing import Any

from service.pages.drawing.land import Position, project

SPACING = 22.0
"""So far apart marks can be hit one by one, in the units of a drawing."""


@dataclass(frozen=True)
class Site:
    """A place and how many meetings it has. `is_state`: whether `position` is that of the state that it lies in.

    `position`: on the map of the world; None where neither has coordinates.
    """

    entry: Mapping[str, Any]
    count: int
    position: Position | None
    is_state: bool

    @property
    def drawn_place(self) -> Mapping[str, Any]:
        """The place that stands at `position`: it or its state."""
        if self.is_state and self.position and self.entry["kind"] != "COUNTRY":
            place: Mapping[str, Any] = self.entry["country"]["place"]
            return place
        return self.entry


def site_of(entry: Mapping[str, Any], count: int) -> Site:
    """The site of a place, at its own coordinates or, where it has none, at those of its state."""
    own = _position_of(entry)
    if own and entry["kind"] != "COUNTRY":
        return Site(entry, count, own, is_state=False)
    state = entry["country"]
    return Site(entry, count, own or (_position_of(state["place"]) if state else None), is_state=True)


def _position_of(place: Mapping[str, Any] | None) -> Position | None:
    return project(place["longitude"], place["latitude"]) if place and place["latitude"] is not None else None


def radius_of(count: int) -> float:
    """Of a mark for so many meetings: ten times as many are one step more."""
    return round(5 + 4.5 * log10(count), 1)


def cluster_sites(sites: Sequence[Site], scale: float) -> list[list[tuple[Site, Position]]]:
    """Sites that have a position in groups, each at its first member, which has most meetings.

    scale: units of the drawing for one of the map of the world. No site is lost, and none stands in two groups.
    """
    groups: list[list[tuple[Site, Position]]] = []
    for site in sorted(sites, key=lambda each: (-each.count, each.entry["slug"])):
        if site.position is None:
            continue
        near = (group for group in groups if _is_within_reach(group[0], site.position, scale))
        if group := min(near, key=lambda each: _distance(each[0][1], site.position), default=None):
            group.append((site, site.position))
        else:
            groups.append([(site, site.position)])
    return groups


def _is_within_reach(first: tuple[Site, Position], position: Position, scale: float) -> bool:
    reach = max(SPACING, radius_of(first[0].count) + SPACING / 4)
    return _distance(first[1], position) * scale < reach


def _distance(one: Position, other: Position | None) -> float:
    assert other is not None
    return hypot(one.x - other.x, one.y - other.y)
