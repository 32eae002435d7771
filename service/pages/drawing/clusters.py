"""Places on a map that stand too close to be told apart, put together by how many meetings they have.

This is done for each scale that a reader comes to: frontend/pages/map.js only draws what is worked out here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot, inf, log10
from typing import Any

from service.pages.drawing.land import Position, project

SPACING = 22.0
"""So far apart marks can be hit one by one, in the units of a drawing."""
LEAST_RADIUS, STEP = 5.0, 4.5
"""Of a mark for one meeting, and how much more ten times as many make."""
CLOSER = 2.0
"""From one scale to the next."""


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

    @property
    def drawn_name(self) -> str:
        """What the place at `position` is called."""
        name: str = (self.entry if self.drawn_place is self.entry else self.entry["country"])["label"]
        return name


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
    return round(LEAST_RADIUS + STEP * log10(count), 1)


@dataclass(frozen=True)
class Point:
    """Sites that no scale tells apart, those with most meetings first; they are drawn where the first of them stands.

    `heads`: of the farthest scale and those after it, each CLOSER, the number of the point at which this one is drawn,
    without those at the end at which it stands by itself.
    """

    position: Position
    sites: Sequence[Site]
    heads: Sequence[int] = ()

    @property
    def count(self) -> int:
        return sum(site.count for site in self.sites)

    @property
    def is_state(self) -> bool:
        """Whether no more than the state is known of any of its sites."""
        return all(site.is_state for site in self.sites)

    def head(self, level: int, number: int) -> int:
        """The number of the point at which this one, which has a number itself, is drawn at a level of scale."""
        return self.heads[level] if level < len(self.heads) else number


def cluster_sites(sites: Sequence[Site], scale: float, largest: float) -> Sequence[Point]:
    """The points at which sites that have a position stand, each with where it is drawn at each scale.

    scale, largest: units of the drawing for one of the map of the world, farthest off and closest in. No site is lost,
    and none stands at two points.
    """
    placed = [(site.position, site) for site in sites if site.position]
    order = sorted(placed, key=lambda each: (-each[1].count, each[1].entry["slug"]))
    heads = assign_heads([position for position, _ in order], [site.count for _, site in order], largest)
    members: dict[int, list[Site]] = {}
    for head, (_, site) in zip(heads, order, strict=True):
        members.setdefault(head, []).append(site)
    points = sorted((Point(order[head][0], told) for head, told in members.items()), key=lambda each: -each.count)
    positions, counts = [point.position for point in points], [point.count for point in points]
    levels = [assign_heads(positions, counts, each) for each in scales(scale, largest)[:-1]]
    return [
        replace(point, heads=_shorten([level[number] for level in levels], number))
        for number, point in enumerate(points)
    ]


def scales(first: float, largest: float) -> Sequence[float]:
    """From the first scale on, each CLOSER than the one before, up to the largest, which is the last one."""
    levels = [first]
    while levels[-1] * CLOSER < largest:
        levels.append(levels[-1] * CLOSER)
    return [*levels, largest] if levels[-1] < largest else levels


def assign_heads(positions: Sequence[Position], counts: Sequence[int], scale: float) -> Sequence[int]:
    """For each position, in the order of counts, the number of the one at which it is drawn: the nearest in reach."""
    heads: list[int] = []
    found: list[tuple[int, Position, float]] = []
    for number, (position, count) in enumerate(zip(positions, counts, strict=True)):
        head = _nearest(found, position)
        if head is None:
            head = number
            found.append((number, position, max(SPACING, radius_of(count) + SPACING / 4) / scale))
        heads.append(head)
    return heads


def _nearest(found: Sequence[tuple[int, Position, float]], position: Position) -> int | None:
    nearest, least = None, inf
    for number, (x, y), reach in found:
        distance = hypot(x - position.x, y - position.y)
        if distance < reach and distance < least:
            nearest, least = number, distance
    return nearest


def _shorten(heads: Sequence[int], number: int) -> Sequence[int]:
    """Without the end in which a point is its own head."""
    last = max((level for level, head in enumerate(heads) if head != number), default=-1)
    return heads[: last + 1]
