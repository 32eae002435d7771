"""The map of the world in the Equal Earth projection: where a place lies on it, and the land of Natural Earth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, cos, floor, radians, sin, sqrt
from typing import Any, NamedTuple

import orjson

from service.pages.assets import MODULES

COEFFICIENTS = (1.340264, -0.081106, 0.000893, 0.003796)
"""Of the polynomial by Šavrič, Patterson and Jenny (2018), https://doi.org/10.1080/13658816.2018.1504949."""
STRETCH = sqrt(3) / 2
WIDTH = 960.0
"""From 180° west to 180° east on the equator, in the units of land.json."""
FINE_BELOW = 200.0
"""A part of the world that is less wide shows the finer outlines."""


class Position(NamedTuple):
    """A point of the map, from its north-western corner."""

    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A part of the map."""

    left: float
    top: float
    width: float
    height: float


def _raw(longitude: float, latitude: float) -> tuple[float, float]:
    """The projection on a sphere of radius 1, northwards."""
    theta = asin(STRETCH * sin(radians(latitude)))
    a1, a2, a3, a4 = COEFFICIENTS
    square = theta * theta
    sixth = square * square * square
    stretched = STRETCH * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square))
    return radians(longitude) * cos(theta) / stretched, theta * (a1 + a2 * square + sixth * (a3 + a4 * square))


SCALE = WIDTH / 2 / _raw(180, 0)[0]
HEIGHT = 2 * SCALE * _raw(0, 90)[1]


def project(longitude: float, latitude: float) -> Position:
    """Where a place lies on the map. longitude, latitude: degrees east and north, WGS 84."""
    x, y = _raw(longitude, latitude)
    return Position(WIDTH / 2 + SCALE * x, HEIGHT / 2 - SCALE * y)


def land_path(box: Box) -> str:
    """The land within a box, and some around it, as the data of an SVG path."""
    land = _land()
    cells: Mapping[str, str] = land["fine" if box.width < FINE_BELOW else "coarse"]
    size = land["cell"]
    columns = range(floor(box.left / size), floor((box.left + box.width) / size) + 1)
    rows = range(floor(box.top / size), floor((box.top + box.height) / size) + 1)
    return "".join(cells.get(f"{column},{row}", "") for row in rows for column in columns)


@cache
def _land() -> Mapping[str, Any]:
    """What frontend/land.mjs made."""
    land: Mapping[str, Any] = orjson.loads((MODULES / "land.json").read_bytes())
    return land
