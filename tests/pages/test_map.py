"""The map of meetings: the projection, the land, clusters that lose nothing, and what the page says about all this."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st

from service.pages.assets import MODULES
from service.pages.drawing.clusters import CLOSER, SPACING, Point, Site, cluster_sites, radius_of, scales, site_of
from service.pages.drawing.land import HEIGHT, WIDTH, Box, land_path, project
from service.pages.drawing.map import LARGEST_SCALE, Map, draw_locator, draw_map
from service.pages.drawing.names import Circle, place_names
from service.settings import REPOSITORY
from tests.pages.answers import view_of

HTML = {"accept": "text/html"}
LAND: dict[str, Any] = orjson.loads((MODULES / "land.json").read_bytes())
COORDINATES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
COUNTS = st.lists(st.tuples(COORDINATES, st.integers(1, 10_000)), min_size=1, max_size=60)


def place(slug: str, at: tuple[float, float] | None, **fields: object) -> dict[str, Any]:
    """Return a place as the map queries it. at: degrees east and north."""
    longitude, latitude = at or (None, None)
    named = {"__typename": "Place", "slug": slug, "label": slug.title(), "kind": "CITY", "country": None}
    return {**named, "partOf": None, "latitude": latitude, "longitude": longitude, **fields}


def state(slug: str, at: tuple[float, float] | None) -> dict[str, Any]:
    return {"__typename": "Country", "slug": slug, "label": slug.title(), "code": None, "place": place(slug, at)}


def draw_places(*counted: tuple[dict[str, Any] | None, int]) -> Map:
    places = [{"count": count, "entries": [entry]} for entry, count in counted]
    return draw_map(view_of("map", {"meetings": {"totalCount": 0, "places": places, "years": []}}))


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (0, 0, 480, 233.6241),
        (103.85, 1.29, 756.8998, 228.9899),
        (24.94, 60.17, 530.0185, 40.2177),
        (-74.01, 40.71, 305.8619, 94.0531),
        (174.78, -41.29, 889.7070, 374.9809),
        (180, 90, 764.3841, 0),
        (-180, 0, 0, 233.6241),
    ],
)
def test_places_lie_where_another_equal_earth_has_them(longitude: float, latitude: float, x: float, y: float) -> None:
    """As computed by geoEqualEarth of d3-geo 3.1.2, fitted to the same width."""
    assert project(longitude, latitude) == pytest.approx((x, y), abs=1e-4)


def test_the_land_is_drawn_in_that_projection_from_the_pinned_package() -> None:
    pinned = json.loads((REPOSITORY / "frontend/package.json").read_text())["devDependencies"]["world-atlas"]
    assert f"world-atlas {pinned} (ISC)" in LAND["source"]
    assert "Natural Earth 4.1 (public domain)" in LAND["source"]
    assert (LAND["projection"], LAND["width"]) == ("Equal Earth", WIDTH)
    assert LAND["height"] == pytest.approx(HEIGHT)


def ring_points(path: str) -> list[list[tuple[float, float]]]:
    """Return the points of each ring of a path of land.json."""
    found = []
    for ring in path.removesuffix("z").split("z"):
        start, steps = ring.removeprefix("M").split("l")
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", f"{start} {steps}")]
        x = y = 0.0
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(points)
    return found


def is_land(longitude: float, latitude: float, level: str) -> bool:
    """Return whether a place lies inside an odd number of rings."""
    x, y = project(longitude, latitude)
    cell = LAND[level].get(f"{int(x // LAND['cell'])},{int(y // LAND['cell'])}", "")
    inside = False
    for ring in ring_points(cell) if cell else ():
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
    return inside


@pytest.mark.parametrize("level", ["coarse", "fine"])
def test_land_is_land_and_sea_is_sea(level: str) -> None:
    on_land = {
        "Paris": (2.35, 48.86),
        "Beijing": (116.4, 39.91),
        "Brasilia": (-47.9, -15.8),
        "Canberra": (149.1, -35.3),
    }
    at_sea = {"Atlantic": (-40, 30), "Pacific": (-150, 0), "Gulf of Guinea": (0, 0), "Caspian Sea": (50.5, 42)}
    assert [name for name, at in on_land.items() if not is_land(*at, level)] == []
    assert [name for name, at in at_sea.items() if is_land(*at, level)] == []


@pytest.mark.parametrize("level", ["coarse", "fine"])
def test_each_cell_of_land_lies_in_its_place(level: str) -> None:
    size, reach = LAND["cell"], 1.0
    for name, path in LAND[level].items():
        column, row = map(int, name.split(","))
        for x, y in (point for ring in ring_points(path) for point in ring):
            assert column * size - reach < x < (column + 1) * size + reach
            assert row * size - reach < y < (row + 1) * size + reach


def test_only_the_land_that_is_seen_is_drawn() -> None:
    whole, closer = land_path(Box(0, 0, WIDTH, HEIGHT)), land_path(Box(760, 70, 40, 20))
    assert whole == "".join(LAND["coarse"][name] for name in sorted(LAND["coarse"], key=by_row))
    assert closer == LAND["fine"]["12,1"] + LAND["fine"]["13,1"]


def by_row(name: str) -> tuple[int, int]:
    column, row = map(int, name.split(","))
    return row, column


@settings(deadline=None, max_examples=100)
@given(COUNTS, st.sampled_from([1.0, 5.0, 60.0]))
def test_clusters_lose_nothing_and_stand_apart_at_each_scale(
    counted: list[tuple[tuple[float, float], int]], scale: float
) -> None:
    sites = [site_of(place(f"p{index}", at), count) for index, (at, count) in enumerate(counted)]
    points = cluster_sites(sites, scale, LARGEST_SCALE)
    assert sorted(slug_of(site) for point in points for site in point.sites) == sorted(map(slug_of, sites))
    levels = scales(scale, LARGEST_SCALE)
    for level, each in enumerate(levels):
        heads = heads_at(points, level)
        # a head is drawn at its own position
        assert {heads[head] for head in heads} == set(heads)
        firsts = [points[head].position for head in set(heads)]
        for index, one in enumerate(firsts):
            for other in firsts[:index]:
                assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (SPACING / each) ** 2 * (1 - 1e-9)
    assert heads_at(points, len(levels) - 1) == [*range(len(points))]


def heads_at(points: Sequence[Point], level: int) -> list[int]:
    return [point.head(level, number) for number, point in enumerate(points)]


def test_scales_lead_from_the_first_to_the_largest() -> None:
    assert scales(1, 6) == [1, CLOSER, 4, 6]
    assert scales(6, 6) == [6]


def slug_of(site: Site) -> str:
    slug: str = site.entry["slug"]
    return slug


@settings(deadline=None, max_examples=100)
@given(COUNTS)
def test_every_mark_lies_within_the_picture(counted: list[tuple[tuple[float, float], int]]) -> None:
    map_ = draw_places(*[(place(f"p{index}", at), count) for index, (at, count) in enumerate(counted)])
    assert sum(mark.count for mark in map_.marks) == sum(count for _, count in counted)
    for mark in map_.marks:
        reach = min(mark.radius, radius_of(10_000))
        assert reach <= mark.x <= map_.width - reach
        assert reach <= mark.y <= map_.height - reach


def test_a_name_stands_where_it_lies_upon_nothing() -> None:
    circles = [Circle(500, 100, 10, "Paris"), Circle(530, 100, 10, "Reims"), Circle(515, 104, 10, "Meaux")]
    assert place_names([*circles, Circle(990, 100, 5, "서울")], 1000) == [451, 544, None, 955]


def test_what_has_no_coordinates_is_marked_at_its_state_or_counted() -> None:
    japan = state("japan", (138.6, 36.2))
    map_ = draw_places(
        (place("tokyo", None, country=japan), 3),
        (place("japan", (138.6, 36.2), kind="COUNTRY", country=japan), 2),
        (place("atlantis", None), 5),
        (place("ussr-town", None, country=state("ussr", None)), 7),
        (None, 11),
    )
    [mark] = map_.marks
    assert (mark.kind, mark.count, mark.name, mark.url) == (
        "state", 5, "Japan",
        "https://register.example/talks?level=leaders%2Cministers%2Cenvoys%2Cofficials&exact_place=tokyo%2Cjapan",
    )  # fmt: skip
    assert [slug_of(site) for site in map_.in_states] == ["tokyo"]
    assert [(slug_of(site), site.count) for site in map_.sites_nowhere] == [("atlantis", 5), ("ussr-town", 7)]
    assert map_.nowhere == 11
    assert len(map_.rows) == 4


def test_a_cluster_leads_closer_in_until_its_places_stand_apart() -> None:
    paris, london, tokyo = place("paris", (2.35, 48.86)), place("london", (-0.13, 51.51)), place("tokyo", (139.7, 35.7))
    far = draw_places((paris, 3), (london, 2), (tokyo, 1))
    assert [(mark.kind, mark.count) for mark in far.marks] == [("cluster", 5), ("place", 1)]
    assert far.marks[0].url == "https://register.example/here?exact_place=paris%2Clondon"
    near = draw_places((paris, 3), (london, 2))
    assert [(mark.kind, mark.url.rpartition("/")[2]) for mark in near.marks] == [
        ("place", "paris"),
        ("place", "london"),
    ]
    assert near.scale > 10 * far.scale


def test_places_at_one_point_lead_to_the_meetings_of_both() -> None:
    [mark] = draw_places((place("geneva", (6.14, 46.2)), 3), (place("villa", (6.14, 46.2), kind="VENUE"), 1)).marks
    assert (mark.kind, mark.count) == ("place", 4)
    assert mark.url == (
        "https://register.example/talks?level=leaders%2Cministers%2Cenvoys%2Cofficials&exact_place=geneva%2Cvilla"
    )


def test_a_locator_shows_where_a_place_lies() -> None:
    view = view_of("place", {"place": place("seoul", (126.98, 37.57))})
    map_ = draw_locator(view)
    assert map_ is not None
    assert [(mark.x, mark.y) for mark in map_.marks] == [(500, 215)]
    assert draw_locator(view_of("place", {"place": place("nowhere", None)})) is None


async def test_the_page_tells_of_each_meeting_at_each_of_its_places(client: AsyncClient) -> None:
    answer = (await client.get("/map.json")).json()
    page = (await client.get("/map", headers=HTML)).text
    rows = re.findall(r'<tr data-point.*?/places/([^"?]+)".*?class="number">(?:<a [^>]*>)?(\d+)<', page)
    assert rows
    placed = [(row["entries"][0]["slug"], str(row["count"])) for row in answer["places"] if row["entries"][0]]
    lost = len(placed) - len(rows)
    assert set(rows) <= set(placed)
    told = re.search(r"Places that cannot be shown: (\d+)", page)
    assert lost == (int(told[1]) if told else 0)
    counted = sum(int(each) for each in re.findall(r'class="site \w+"><title>[^<]*\(meetings: (\d+)\)', page))
    assert counted == sum(int(count) for _, count in rows)


async def test_every_mark_leads_on(client: AsyncClient) -> None:
    page = (await client.get("/map", headers=HTML)).text
    links = re.findall(r'<a href="([^"]+)" class="site (\w+)"', page)
    assert {kind for _, kind in links} == {"place", "state", "cluster"}
    for url, kind in links:
        answer = await client.get(url.replace("&amp;", "&"), headers=HTML)
        assert (answer.status_code, url.startswith("http://book.test/map?")) == (200, kind == "cluster")


@pytest.mark.parametrize(
    "filters", ["", "?involving=kim-jong-un", "?involving=donald-trump&phase=held", "?place=russia"]
)
async def test_every_number_leads_to_as_many_meetings(filters: str, client: AsyncClient) -> None:
    page = (await client.get(f"/map{filters}", headers=HTML)).text
    numbers = re.findall(r'<a href="([^"]+)" class="site \w+"><title>[^<]*\(meetings: (\d+)\)', page)
    numbers += re.findall(r'<td class="number"><a href="([^"]+)">(\d+)</a>', page)
    assert len(numbers) > 3
    for url, number in numbers:
        answer = (await client.get(url.replace("&amp;", "&"))).json()
        if "/map?" in url:
            assert sum(row["count"] for row in answer["places"]) == int(number), url
        else:
            assert answer.get("meetings", answer)["totalCount"] == int(number), url


def test_a_place_that_contains_another_leads_to_a_list_without_the_meetings_there() -> None:
    inside = place("villa", (80, 0), kind="VENUE", partOf={"slug": "geneva"})
    marks = draw_places((place("geneva", (6.14, 46.2)), 3), (inside, 2), (place("bern", (-80, 46)), 1)).marks
    assert [mark.url.removeprefix("https://register.example") for mark in marks] == [
        "/talks?level=leaders%2Cministers%2Cenvoys%2Cofficials&exact_place=geneva",
        "/places/villa",
        "/places/bern",
    ]


async def test_the_years_lead_to_their_meetings(client: AsyncClient) -> None:
    page = (await client.get("/map", headers=HTML)).text
    drawn_bars = YEAR_BARS.findall(page)
    assert "2019" in {year for _, year, _ in drawn_bars}
    for path, _, count in drawn_bars:
        within = (await client.get(path.replace("&amp;", "&").replace("/map?", "/map.json?"))).json()
        assert within["totalCount"] == int(count)
    listed = re.findall(r'<li><a href="http://book.test([^"]+)">(\d{4})</a> <span class="number">(\d+)<', page)
    assert listed == drawn_bars


YEAR_BARS = re.compile(r'<a href="http://book.test(/[^"]+)"><title>(\d+) \(meetings: (\d+)\)</title><rect')


@pytest.mark.parametrize("path", ["/calendar?from=2018", "/map?from=2018-06-01&to=2019"])
async def test_a_year_leads_to_what_it_counts_where_only_some_days_are_asked_for(
    path: str, client: AsyncClient
) -> None:
    page = (await client.get(path, headers=HTML)).text
    bars = YEAR_BARS.findall(page)
    assert bars
    for url, _, count in bars:
        within = (await client.get(url.replace("&amp;", "&").replace("?", ".json?", 1))).json()
        assert within["totalCount"] == int(count)


async def test_a_year_leads_nowhere_where_no_address_has_just_what_it_counts(client: AsyncClient) -> None:
    page = (await client.get("/map?from=2018-06-12&date_match=overlaps", headers=HTML)).text
    assert re.search(r"<g><title>2018 \(meetings: \d+\)", page)
    assert "2019" in {year for _, year, _ in YEAR_BARS.findall(page)}


async def test_filters_and_the_day_hold_for_the_map(client: AsyncClient) -> None:
    path = "/map?country=VN&involving=kim-jong-un&phase=held"
    page = (await client.get(path, headers=HTML)).text
    assert "/talks?level=leaders%2Cministers%2Cenvoys%2Cofficials&amp;country=VN&amp;involving=kim-jong-un" in page
    early = (await client.get("/map.json?as_of=2018-05-31")).json()
    slugs = {row["entries"][0]["slug"] for row in early["places"] if row["entries"][0]}
    assert ("hanoi" in slugs, "singapore" in slugs) == (False, True)


async def test_nothing_to_show_is_shown_as_nothing(client: AsyncClient) -> None:
    page = await client.get("/map?country=IS&involving=kim-jong-un", headers=HTML)
    assert (page.status_code, "Meetings: 0" in page.text, 'class="site place"><title>' in page.text) == (
        200,
        True,
        False,
    )


async def test_the_table_for_programs_has_every_place(client: AsyncClient) -> None:
    answer = (await client.get("/map.json")).json()
    rows = list(csv.DictReader(io.StringIO((await client.get("/map.csv")).text)))
    assert [(row["count"], row["entries.slug"]) for row in rows] == [
        (str(each["count"]), each["entries"][0]["slug"] if each["entries"][0] else "") for each in answer["places"]
    ]


async def test_the_geojson_is_of_rfc_7946(client: AsyncClient) -> None:
    response = await client.get("/map.geojson")
    assert response.headers["content-type"] == "application/geo+json"
    collection = response.json()
    assert collection["type"] == "FeatureCollection"
    west, south, east, north = collection["bbox"]
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert feature["properties"]["count"] > 0
        assert feature["id"] == f"http://book.test/places/{feature['properties']['slug']}"
        if feature["geometry"] is not None:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point"
            assert west <= longitude <= east
            assert south <= latitude <= north
    hanoi = next(each for each in collection["features"] if each["properties"]["slug"] == "hanoi")
    assert hanoi["geometry"]["coordinates"] == [105.84, 21.02]


@pytest.mark.parametrize("path", ["/", "/places/hanoi", "/states/KP", "/summits/hanoi-2019", "/people/kim-jong-un"])
async def test_pages_lead_to_the_map(path: str, client: AsyncClient) -> None:
    page = (await client.get(path, headers=HTML)).text
    body = page[page.index('<main id="content"') :]
    [link, *_] = re.findall(r'href="http://book.test(/map[^"]*)"', body)
    assert (await client.get(link.replace("&amp;", "&"), headers=HTML)).status_code == 200


async def test_only_what_surely_lies_in_the_days_asked_for_is_on_the_map(client: AsyncClient) -> None:
    asked = "/map.json?from=2018-06-01&to=2018-06-11"
    sure, perhaps = [(await client.get(asked + more)).json() for more in ("", "&date_match=overlaps")]
    assert sure["totalCount"] < perhaps["totalCount"]
    page = (await client.get("/map?from=2018&to=2018", headers=HTML)).text
    assert "Only entries dated entirely within this period are counted." in page
    (listed,) = set(re.findall(r'href="http://book.test(/talks[?][^"]*exact_place=singapore)"', page))
    assert "date_match=within" in listed
