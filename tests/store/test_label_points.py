"""The label points of states are those of Natural Earth's outlines. `--record` writes them again."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
import shapely
from babel.core import get_global
from shapely.affinity import scale
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polylabel

from service.settings import REPOSITORY
from service.store.label_points import POINTS, LabelPoints, label_points, locate_states
from service.store.record.record import Actor, Place
from service.store.seeds import read
from tests.npm import node_with

ATLAS = Path(__file__).with_name("atlas")
TOLERANCE, SPECK, NEAR = 0.01, 0.001, 0.05
"""In degrees."""
COLONIAL = {"algiers", "dakar-france", "nassau", "oran"}
"""Towns that rows place in the state that ruled there then."""
Ring = list[tuple[float, float]]


def read_atlas() -> dict[str, Any]:
    node_with(ATLAS)
    atlas: dict[str, Any] = json.loads((ATLAS / "node_modules" / "world-atlas" / "countries-10m.json").read_bytes())
    return atlas


def lands(atlas: dict[str, Any]) -> dict[str, list[Polygon]]:
    """Return the lands of each state with a code, which is given there in three digits."""
    found: defaultdict[str, list[Polygon]] = defaultdict(list)
    for state in atlas["objects"]["countries"]["geometries"]:
        for code in get_global("territory_aliases").get(state.get("id", ""), []):
            found[code] += polygons(atlas, state)
    return found


def read_points(atlas: dict[str, Any]) -> LabelPoints:
    """Return the label point of each state."""
    return {code: label_point(max(parts, key=area)) for code, parts in sorted(lands(atlas).items())}


def polygons(topology: dict[str, Any], state: dict[str, Any]) -> Iterator[Polygon]:
    """Return the lands of a state (TopoJSON, 2.2.4 and 2.2.5); one shrunk to a line, like the Vatican, is a speck."""
    for rings in [state["arcs"]] if state["type"] == "Polygon" else state["arcs"]:
        outline, *holes = ([point for each in ring for point in arc(topology, each)] for ring in rings)
        if len(set(outline)) > 2:
            land = Polygon(outline, [hole for hole in holes if len(set(hole)) > 2]).buffer(0)
        else:
            land = LineString(outline).buffer(SPECK)
        yield from (part for part in shapely.get_parts(land) if not part.is_empty)


def arc(topology: dict[str, Any], index: int) -> Ring:
    """Return the points of an arc, each written as its distance from the one before; ~index is the arc reversed."""
    (width, height), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    steps = topology["arcs"][index if index >= 0 else ~index]
    places = accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1]))
    points = [(x * width + west, y * height + south) for x, y in places]
    return points if index >= 0 else points[::-1]


def area(land: Polygon) -> float:
    return float(land.area * shrinkage(land))


def shrinkage(land: Polygon) -> float:
    """Return a degree of longitude there as a fraction of one of latitude."""
    return math.cos(math.radians(land.centroid.y))


def label_point(land: Polygon) -> tuple[float, float]:
    factor = shrinkage(land)
    point = polylabel(scale(land, factor, 1, origin=(0, 0)), TOLERANCE)
    return round(point.y, 1), round(point.x / factor, 1)


@pytest.mark.slow
def test_the_points_are_those_of_natural_earth(request: pytest.FixtureRequest) -> None:
    lines = [f"{json.dumps(code)}: {json.dumps(point)}" for code, point in read_points(read_atlas()).items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    if request.config.getoption("--record"):
        POINTS.write_text(text, encoding="utf-8")
    assert POINTS.read_text(encoding="utf-8") == text


@pytest.mark.slow
def test_towns_lie_in_their_states() -> None:
    record, found = read(REPOSITORY / "seeds", sets=("histstate",)), lands(read_atlas())
    towns = [each for each in record.places.values() if each.kind == "CITY" and each.latitude is not None]
    outside = {
        each.slug
        for each in towns
        if (code := record.actors[each.country or ""].code) and not lies_in(each, found[code])
    }
    assert len(towns) > 200
    assert outside == COLONIAL


def lies_in(town: Place, parts: Iterable[Polygon]) -> bool:
    """Return whether it is on the land, or off a roughly drawn coast."""
    assert town.longitude is not None
    assert town.latitude is not None
    at = Point(town.longitude, town.latitude)
    return any(part.distance(at) < NEAR for part in parts)


STATES = {
    "france": Actor(slug="france", typename="Country", names=(), code="FR"),
    "prussia": Actor(slug="prussia", typename="Country", names=()),
}


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (Place("france", "COUNTRY", (), country="france"), True),
        (Place("france", "COUNTRY", (), country="france", latitude=1.0, longitude=2.0), False),
        (Place("lyon", "CITY", (), country="france"), False),
        (Place("prussia", "COUNTRY", (), country="prussia"), False),
    ],
)
def test_a_state_without_coordinates_of_its_own_gets_its_label_point(place: Place, found: bool) -> None:
    (located,) = locate_states({place.slug: place}, STATES).values()
    expected = label_points()["FR"] if found else [place.latitude, place.longitude]
    assert [located.latitude, located.longitude] == expected


def test_every_state_of_the_record_is_on_the_map() -> None:
    states = [place for place in read(REPOSITORY / "seeds").places.values() if place.kind == "COUNTRY"]
    assert len(states) == 8
    assert [place.slug for place in states if place.latitude is None] == []
