"""Where a map labels a state: the point of its largest land that is farthest from its outline, to a tenth of a degree.

They stand in `label_points.json`, a line for each code, which is made from Natural Earth, 1:10m, in the public domain:
`pytest tests/store/test_label_points.py --record` writes it anew.
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
    """Those of all states that Natural Earth has."""
    points: LabelPoints = orjson.loads(POINTS.read_bytes())
    return points


def locate_states(places: Mapping[str, Place], actors: Mapping[str, Actor]) -> dict[str, Place]:
    """The places; those that are states, and have no coordinates of their own, with their label points."""
    return {slug: _locate(place, actors) for slug, place in places.items()}


def _locate(place: Place, actors: Mapping[str, Actor]) -> Place:
    if place.kind != "COUNTRY" or place.latitude is not None:
        return place
    state = actors.get(place.country or "")
    code = state.code if state else None
    latitude, longitude = label_points().get(code or "", (None, None))
    return replace(place, latitude=latitude, longitude=longitude)
