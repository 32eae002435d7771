"""Network of people: a circle on which people with ties are next to each other, optionally around one person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import cos, degrees, hypot, pi, sin, sqrt
from typing import Any

from service.pages.drawing.labels import shorten_label
from service.pages.drawing.seriation import arrange_by_ties
from service.pages.ties import directions
from service.pages.view import View

RADIUS = 240.0
"""Minimum radius of the circle."""
SPACING = 15.0
"""Minimum distance between neighbours on the circle."""
MOST_LEVEL = 18
"""Up to this many people, there is room for horizontal labels. With more people, labels point outwards."""
MARGIN = 24.0
LABEL_GAP = 6.0
LONGEST_LABEL = 30
LETTER, WIDE_LETTER = 6.2, 12.5
LEAST_LINE, MOST_LINE = 1.0, 8.0
LEAST_NODE, LARGEST_NODE = 4.0, 12.0
HEAD = 5.0
"""Length of an arrowhead, in addition to the width of its line."""

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Node:
    """A person at `x`, `y`. The label starts at `label_x`, `label_y`, or ends there if `anchor` is "end".

    `turn`: rotation around that point, in degrees.
    """

    person: Entry
    weight: int
    x: float
    y: float
    radius: float
    label: str
    label_x: float
    label_y: float
    anchor: str
    turn: float


@dataclass(frozen=True)
class Line:
    """A tie from `x1`, `y1` to `x2`, `y2`, bent towards `bend_x`, `bend_y`.

    `kind`: "cooperation", "conflict" or "neutral", by mean tone. `heads`: arrowheads at the person whom the other
    invited, or spoke to or about, each as its tip and its two corners, x before y.
    """

    tie: Entry
    x1: float
    y1: float
    bend_x: float
    bend_y: float
    x2: float
    y2: float
    width: float
    kind: str
    heads: Sequence[tuple[float, ...]]


@dataclass(frozen=True)
class Network:
    """`lines`: weakest first, so that strong ties are drawn on top."""

    width: float
    height: float
    nodes: Sequence[Node]
    lines: Sequence[Line]


@dataclass(frozen=True)
class Circle:
    """Positions of people. `angles`: angles of those on the circle, by slug. Anyone else is in the middle."""

    x: float
    y: float
    radius: float
    angles: Mapping[str, float]
    is_level: bool

    def place(self, slug: str) -> tuple[float, float]:
        if slug not in self.angles:
            return self.x, self.y
        return self._at(slug, self.radius)

    def bend(self, one: str, other: str) -> tuple[float, float]:
        """Return the control point of a line, bent inwards, less for near people. Lines to the middle are straight."""
        (x1, y1), (x2, y2) = self.place(one), self.place(other)
        x, y = (x1 + x2) / 2 - self.x, (y1 + y2) / 2 - self.y
        is_straight = not {one, other} <= self.angles.keys()
        share = 1.0 if is_straight else 0.3 + 0.45 * hypot(x, y) / self.radius
        return self.x + share * x, self.y + share * y

    def label(self, slug: str, gap: float) -> tuple[float, float, str, float]:
        """Return the position of a person's label, its anchor and its rotation."""
        if slug not in self.angles:
            return self.x, self.y + gap + 10, "middle", 0.0
        x, y = self._at(slug, self.radius + gap)
        is_right = cos(self.angles[slug]) >= 0
        turn = 0.0 if self.is_level else degrees(self.angles[slug]) + (0 if is_right else 180)
        return x, y, "start" if is_right else "end", turn

    def _at(self, slug: str, distance: float) -> tuple[float, float]:
        return self.x + distance * cos(self.angles[slug]), self.y + distance * sin(self.angles[slug])


def draw_network(view: View) -> Network:
    """Return the shapes for the operation `network`."""
    people, ties, center = view.root["people"], view.root["ties"], view.root["around"]
    labels = {person["slug"]: shorten_label(person["label"], LONGEST_LABEL) for person in people}
    weights = _weights(ties)
    circle = _circle(list(labels), ties, center, max(map(_text_width, labels.values()), default=0.0))
    heaviest = max((tie["weight"] for tie in ties), default=1)
    nodes = {person["slug"]: _node(person, weights, labels[person["slug"]], circle) for person in people}
    kinds = view.variables.get("kind")
    return Network(
        width=round(2 * circle.x, 1),
        height=round(2 * circle.y, 1),
        nodes=list(nodes.values()),
        lines=[_line(tie, kinds, heaviest, circle, nodes) for tie in sorted(ties, key=lambda tie: int(tie["weight"]))],
    )


def _weights(ties: Sequence[Entry]) -> dict[str, int]:
    """Return how strongly each person is tied to the others that are drawn."""
    weights: dict[str, int] = {}
    for tie in ties:
        for slug in _ends(tie):
            weights[slug] = weights.get(slug, 0) + tie["weight"]
    return weights


def _ends(tie: Entry) -> tuple[str, str]:
    one, other = (person["slug"] for person in tie["people"])
    return one, other


def _circle(slugs: Sequence[str], ties: Sequence[Entry], center: Entry | None, label_width: float) -> Circle:
    middle = center and center["slug"]
    around = [slug for slug in slugs if slug != middle]
    pairs = [(*_ends(tie), tie["weight"]) for tie in ties if middle not in _ends(tie)]
    slots, count = arrange_by_ties(around, pairs)
    radius = max(RADIUS, count * SPACING / (2 * pi))
    outside = radius + LARGEST_NODE + LABEL_GAP + label_width + MARGIN
    is_level = count <= MOST_LEVEL
    return Circle(
        x=outside,
        y=radius + 2 * MARGIN if is_level else outside,
        radius=radius,
        angles={slug: 2 * pi * (slot + 0.5) / count - pi / 2 for slug, slot in slots.items()},
        is_level=is_level,
    )


def _node(person: Entry, weights: Mapping[str, int], label: str, circle: Circle) -> Node:
    largest = LARGEST_NODE if circle.is_level else SPACING / 2
    radius = LEAST_NODE + (largest - LEAST_NODE) * sqrt(weights[person["slug"]] / max(weights.values()))
    x, y = circle.place(person["slug"])
    label_x, label_y, anchor, turn = circle.label(person["slug"], radius + LABEL_GAP)
    return Node(
        person=person,
        weight=weights[person["slug"]],
        x=round(x, 1),
        y=round(y, 1),
        radius=round(radius, 1),
        label=label,
        label_x=round(label_x, 1),
        label_y=round(label_y, 1),
        anchor=anchor,
        turn=round(turn, 1),
    )


def _line(tie: Entry, kinds: Collection[str] | None, heaviest: int, circle: Circle, nodes: Mapping[str, Node]) -> Line:
    one, other = (nodes[slug] for slug in _ends(tie))
    bend = circle.bend(*_ends(tie))
    width = LEAST_LINE + (MOST_LINE - LEAST_LINE) * tie["weight"] / heaviest
    mean = tie["tone"]["mean"] or 0
    return Line(
        tie=tie,
        x1=one.x,
        y1=one.y,
        bend_x=round(bend[0], 1),
        bend_y=round(bend[1], 1),
        x2=other.x,
        y2=other.y,
        width=round(width, 1),
        kind="cooperation" if mean > 0 else "conflict" if mean < 0 else "neutral",
        heads=[_head(nodes[way.target], bend, width) for way in directions(tie, kinds) if way.directed],
    )


def _head(node: Node, bend: tuple[float, float], width: float) -> tuple[float, ...]:
    """Return an arrowhead with its tip at the edge of a node, on a line from its bend."""
    x, y = bend[0] - node.x, bend[1] - node.y
    along_x, along_y = x / hypot(x, y), y / hypot(x, y)
    length = HEAD + width
    tip_x, tip_y = node.x + node.radius * along_x, node.y + node.radius * along_y
    back_x, back_y = tip_x + length * along_x, tip_y + length * along_y
    half_x, half_y = -along_y * length / 2, along_x * length / 2
    corners = (tip_x, tip_y, back_x + half_x, back_y + half_y, back_x - half_x, back_y - half_y)
    return tuple(round(each, 1) for each in corners)


def _text_width(label: str) -> float:
    """Estimate the width of a label. In East Asian scripts, characters are as wide as high."""
    return sum(WIDE_LETTER if letter >= "\u1100" else LETTER for letter in label)
