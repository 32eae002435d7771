"""Where a map labels a state: the point of its largest land area farthest from its outline, to a tenth of a degree.

The points are stored in `label_points.json`, one line for each code, and are derived from Natural Earth, 1:10m, which
is in the public domain. `pytest tests/store/test_label_points.py --record` regenerates the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import orjson

from service.store.record.record import Actor, Place

POINTS = Path(__file__).with_name("label_points.json")

LabelPoints = Mapping[str, Sequence[float]]
"""Degrees north and degrees east, by ISO 3166-1 alpha-2 code."""


@cache
def label_points() -> LabelPoints:
    """Return the points of all states in Natural Earth."""
    points: LabelPoints = orjson.loads(POINTS.read_bytes())
    return points


def locate_states(places: Mapping[str, Place], actors: Mapping[str, Actor]) -> dict[str, Place]:
    """Return the places; states without coordinates of their own get those of their label points."""
    return {slug: _locate(place, actors) for slug, place in places.items()}


def _locate(place: Place, actors: Mapping[str, Actor]) -> Place:
    if place.kind != "COUNTRY" or place.latitude is not None:
        return place
    state = actors.get(place.country or "")
    code = state.code if state else None
    latitude, longitude = label_points().get(code or "", (None, None))
    return replace(place, latitude=latitude, longitude=longitude)
