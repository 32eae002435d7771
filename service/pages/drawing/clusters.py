"""Clusters of places on a map that are too close to be told apart, by number of meetings.

Clusters are computed for each zoom level; frontend/pages/map.js only draws the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot, inf, log10
from typing import Any

from service.pages.drawing.land import Position, project

SPACING = 22.0
"""Minimum distance of marks that can be selected separately, in drawing units."""
LEAST_RADIUS, STEP = 5.0, 4.5
"""Radius of a mark for one meeting, and its increase for ten times as many."""
CLOSER = 2.0
"""Ratio of one zoom level to the previous one."""


@dataclass(frozen=True)
class Site:
    """A place with its number of meetings. `is_state`: whether `position` is that of the state in which it lies.

    `position`: on the world map; None if neither the place nor its state has coordinates.
    """

    entry: Mapping[str, Any]
    count: int
    position: Position | None
    is_state: bool

    @property
    def drawn_place(self) -> Mapping[str, Any]:
        """The place at `position`: this place or its state."""
        if self.is_state and self.position and self.entry["kind"] != "COUNTRY":
            place: Mapping[str, Any] = self.entry["country"]["place"]
            return place
        return self.entry

    @property
    def drawn_name(self) -> str:
        """Name of the place at `position`."""
        name: str = (self.entry if self.drawn_place is self.entry else self.entry["country"])["label"]
        return name


def site_of(entry: Mapping[str, Any], count: int) -> Site:
    """Return the site of a place, at its own coordinates or else at those of its state."""
    own = _position_of(entry)
    if own and entry["kind"] != "COUNTRY":
        return Site(entry, count, own, is_state=False)
    state = entry["country"]
    return Site(entry, count, own or (_position_of(state["place"]) if state else None), is_state=True)


def _position_of(place: Mapping[str, Any] | None) -> Position | None:
    return project(place["longitude"], place["latitude"]) if place and place["latitude"] is not None else None


def radius_of(count: int) -> float:
    """Return the radius of a mark: ten times as many meetings add one step."""
    return round(LEAST_RADIUS + STEP * log10(count), 1)


@dataclass(frozen=True)
class Point:
    """Sites that no zoom level separates, most meetings first. They are drawn at the position of the first.

    `heads`: for each zoom level from the outermost on, the number of the point at which this one is drawn. Levels at
    the end at which the point is drawn by itself are left out.
    """

    position: Position
    sites: Sequence[Site]
    heads: Sequence[int] = ()

    @property
    def count(self) -> int:
        return sum(site.count for site in self.sites)

    @property
    def is_state(self) -> bool:
        """Whether only the state is known for all its sites."""
        return all(site.is_state for site in self.sites)

    def head(self, level: int, number: int) -> int:
        """Return the number of the point at which the point with this number is drawn at a zoom level."""
        return self.heads[level] if level < len(self.heads) else number


def cluster_sites(sites: Sequence[Site], scale: float, largest: float) -> Sequence[Point]:
    """Return the points of all sites that have a position, with the point at which each is drawn at each zoom level.

    scale, largest: drawing units per unit of the world map, at the outermost and innermost level. No site is lost, and
    none belongs to two points.
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
    """Return the scales from the first on, each CLOSER times the previous one, up to the largest, which is the last."""
    levels = [first]
    while levels[-1] * CLOSER < largest:
        levels.append(levels[-1] * CLOSER)
    return [*levels, largest] if levels[-1] < largest else levels


def assign_heads(positions: Sequence[Position], counts: Sequence[int], scale: float) -> Sequence[int]:
    """For each position, in order of counts, return the number of the one that it is drawn at: the nearest in reach."""
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
    """Drop the levels at the end at which a point is its own head."""
    last = max((level for level, head in enumerate(heads) if head != number), default=-1)
    return heads[: last + 1]
