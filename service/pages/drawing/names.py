"""Names next to the marks of a map, where there is room. frontend/pages/map.js does the same at closer zoom levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

HALF_HEIGHT = 8.0
GAP = 4.0
NARROW, WIDE = 7.0, 13.0
"""Maximum width of a letter, for alphabetic and for East Asian scripts."""
FIRST_WIDE = "\u1100"


class Circle(NamedTuple):
    """A mark to be labelled, in drawing units."""

    x: float
    y: float
    radius: float
    name: str


class Frame(NamedTuple):
    """An occupied area of a drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Frame) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def place_names(circles: Sequence[Circle], width: float) -> list[float | None]:
    """Return where each name starts: after its mark, else before it; None if it would cover a mark or another name."""
    taken = [Frame(x - radius, y - radius, x + radius, y + radius) for x, y, radius, _ in circles]
    starts: list[float | None] = []
    for x, y, radius, name in circles:
        length = sum(WIDE if letter >= FIRST_WIDE else NARROW for letter in name)
        frames = (
            Frame(left, y - HALF_HEIGHT, left + length, y + HALF_HEIGHT)
            for left in (x + radius + GAP, x - radius - GAP - length)
        )
        free = (each for each in frames if _is_free(each, taken, width))
        if frame := next(free, None):
            taken.append(frame)
        starts.append(round(frame.left, 1) if frame else None)
    return starts


def _is_free(frame: Frame, taken: Sequence[Frame], width: float) -> bool:
    return frame.left >= 0 and frame.right <= width and not any(frame.overlaps(other) for other in taken)
