"""Places on a map that stand too close to be told apart, put together by how many meetings they have.

frontend/pages/map.js does the same closer in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, inf, log10
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
    return round(5 + 4.5 * log10(count), 1)


@dataclass(frozen=True)
class Cluster:
    """Sites that are drawn as one, at the first of them; `reach`: how near to it another one is taken in."""

    position: Position
    reach: float
    sites: list[Site]

    @property
    def count(self) -> int:
        return sum(site.count for site in self.sites)

    @property
    def spread(self) -> float:
        """How far its sites lie apart, along the wider of the two axes."""
        xs = [site.position.x for site in self.sites if site.position]
        ys = [site.position.y for site in self.sites if site.position]
        return max(max(xs) - min(xs), max(ys) - min(ys))


def cluster_sites(sites: Sequence[Site], scale: float) -> list[Cluster]:
    """Sites that have a position in clusters, each at the one of them that has most meetings.

    scale: units of the drawing for one of the map of the world. No site is lost, and none stands in two clusters.
    """
    clusters: list[Cluster] = []
    for site in sorted(sites, key=lambda each: (-each.count, each.entry["slug"])):
        if site.position is None:
            continue
        if (cluster := _nearest(clusters, site.position)) is not None:
            cluster.sites.append(site)
        else:
            reach = max(SPACING, radius_of(site.count) + SPACING / 4) / scale
            clusters.append(Cluster(site.position, reach, [site]))
    return clusters


def _nearest(clusters: Sequence[Cluster], position: Position) -> Cluster | None:
    """The nearest one within whose reach a position lies."""
    x, y = position
    nearest, least = None, inf
    for cluster in clusters:
        distance = hypot(cluster.position.x - x, cluster.position.y - y)
        if distance < cluster.reach and distance < least:
            nearest, least = cluster, distance
    return nearest
