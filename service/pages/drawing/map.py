"""Map of meetings: a mark for each place or cluster of places, land outlines, and years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.pages.drawing.clusters import CLOSER, LEAST_RADIUS, STEP, Point, Site, cluster_sites, radius_of, site_of
from service.pages.drawing.land import HEIGHT, WIDTH, Box, Position, land_path, project
from service.pages.drawing.map_links import MapLinks
from service.pages.drawing.names import Circle, place_names
from service.pages.drawing.years import YearBars, draw_years
from service.pages.view import View

DRAWN_WIDTH = 1000.0
MARGIN = 24.0
"""Margin around the world for marks at its edge: larger than any radius."""
NORTHERNMOST, SOUTHERNMOST = -8.0, 410.0
"""Below this line is only Antarctica, which is shown if somebody met there."""
RATIO = 0.43
LEAST_WIDTH = 16.0
"""Minimum width of the section shown: coordinates and outlines are not more precise than this."""
MOST_WIDTH = 500.0
"""If places are further apart, the whole world is shown."""
LARGEST_SCALE = DRAWN_WIDTH / LEAST_WIDTH
LOCATOR_WIDTH = 240.0
MOST_NAMES = 40


@dataclass(frozen=True)
class Mark:
    """Meetings at a point. `kind`: "place", "state" for some place within the state, or "cluster" of several points.

    `sites`: the places, most meetings first. `url`: address of the meetings, or of the map zoomed in. `name_x`: where
    its `name` starts; None if there is no room for it.
    """

    x: float
    y: float
    radius: float
    count: int
    kind: str
    sites: Sequence[Site]
    url: str
    name: str
    name_x: float | None = None


@dataclass(frozen=True)
class Row:
    """A row of the table. `url`: address of the meetings of the place, if that is not its own page.

    `point`: number of the point where it is drawn; None if it cannot be. `drawn`: that point, in the row of its first
    site, with the data for its mark at closer zoom levels. `drawn_url`: address of all meetings there.
    """

    site: Site
    url: str | None
    point: int | None = None
    drawn: Point | None = None
    drawn_url: str | None = None


@dataclass(frozen=True)
class Map:
    """`scale`, `left`, `top`: convert from the world map to the drawing, `scale * x + left`.

    `marks`: largest first, so that they are at the bottom. `rows`: all places, most meetings first. `nowhere`: number
    of meetings without a reported place. `is_filtered`: whether only some of all meetings are shown. `largest`:
    innermost scale. `closer`: ratio of one zoom level to the previous one. `radii`: LEAST_RADIUS and STEP of marks.
    """

    width: float
    height: float
    scale: float
    left: float
    top: float
    land: str
    marks: Sequence[Mark]
    rows: Sequence[Row] = ()
    nowhere: int = 0
    years: YearBars | None = None
    is_filtered: bool = False
    largest: float = LARGEST_SCALE
    closer: float = CLOSER
    radii: tuple[float, float] = (LEAST_RADIUS, STEP)

    @property
    def in_states(self) -> Sequence[Site]:
        """Places drawn at the position of their state."""
        return [row.site for row in self.rows if row.site.drawn_place is not row.site.entry]

    @property
    def sites_nowhere(self) -> Sequence[Site]:
        """Places that cannot be drawn."""
        return [row.site for row in self.rows if row.site.position is None]


def draw_map(view: View) -> Map:
    """Return the shapes for the operation `map`."""
    places = [(row["entries"][0], row["count"]) for row in view.root["places"]]
    sites = [site_of(entry, count) for entry, count in places if entry]
    box = box_around([site.position for site in sites if site.position])
    points = cluster_sites(sites, DRAWN_WIDTH / box.width, LARGEST_SCALE)
    containers = {entry["partOf"]["slug"] for entry, _ in places if entry and entry["partOf"]}
    links = MapLinks(view, containers)
    return replace(
        _draw(box, points, links),
        rows=_rows(sites, points, links),
        nowhere=sum(count for entry, count in places if entry is None),
        years=draw_years(view),
        is_filtered=bool(links.filters),
    )


def draw_locator(view: View) -> Map | None:
    """Return the position of a place of the answer; None if it has no coordinates."""
    place = view.root
    if place["latitude"] is None:
        return None
    position = project(place["longitude"], place["latitude"])
    site = Site(place, 1, position, is_state=place["kind"] == "COUNTRY")
    box = _within_the_world(position, LOCATOR_WIDTH)
    return _draw(box, [Point(position, [site])], MapLinks(view))


def box_around(positions: Sequence[Position]) -> Box:
    """Return the section of the world with all positions: the whole world if they are far apart or there are none."""
    xs, ys = [each.x for each in positions], [each.y for each in positions]
    width = max(max(xs) - min(xs), (max(ys) - min(ys)) / RATIO) * 1.3 if positions else WIDTH
    if width > MOST_WIDTH:
        top, bottom = min([NORTHERNMOST, *(y - MARGIN for y in ys)]), max([SOUTHERNMOST, *(y + MARGIN for y in ys)])
        return Box(-MARGIN, top, WIDTH + 2 * MARGIN, bottom - top)
    middle = Position((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return _within_the_world(middle, max(LEAST_WIDTH, width))


def _within_the_world(middle: Position, width: float) -> Box:
    height = width * RATIO
    left = min(max(middle.x - width / 2, -MARGIN), WIDTH + MARGIN - width)
    top = min(max(middle.y - height / 2, -MARGIN), HEIGHT + MARGIN - height)
    return Box(left, top, width, height)


def _draw(box: Box, points: Sequence[Point], links: MapLinks) -> Map:
    scale = DRAWN_WIDTH / box.width
    together: dict[int, list[Point]] = {}
    for number, point in enumerate(points):
        together.setdefault(point.head(0, number), []).append(point)
    return Map(
        width=DRAWN_WIDTH,
        height=round(box.height * scale, 1),
        scale=round(scale, 4),
        left=round(-box.left * scale, 2),
        top=round(-box.top * scale, 2),
        land=land_path(box),
        marks=_add_names(sorted((_mark(each, box, links) for each in together.values()), key=lambda each: -each.count)),
    )


def _add_names(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return marks with positions for their names. If there are many marks, no names are shown."""
    if len(marks) > MOST_NAMES:
        return marks
    starts = place_names([Circle(mark.x, mark.y, mark.radius, mark.name) for mark in marks], DRAWN_WIDTH)
    return [replace(mark, name_x=start) for mark, start in zip(marks, starts, strict=True)]


def _rows(sites: Sequence[Site], points: Sequence[Point], links: MapLinks) -> Sequence[Row]:
    numbers = {site.entry["slug"]: number for number, point in enumerate(points) for site in point.sites}
    rows: list[Row] = []
    for site in sites:
        number = numbers.get(site.entry["slug"])
        row = Row(site, None if links.has_page(site) else links.to_meetings([site]), number)
        if number is not None and (point := points[number]).sites[0] is site:
            row = replace(row, drawn=point, drawn_url=links.to_meetings(point.sites))
        rows.append(row)
    return rows


def _mark(points: Sequence[Point], box: Box, links: MapLinks) -> Mark:
    """Return the mark of points that are drawn at the first of them."""
    scale, first = DRAWN_WIDTH / box.width, points[0]
    is_cluster = len(points) > 1
    sites = sorted((site for point in points for site in point.sites), key=lambda site: -site.count)
    count = sum(site.count for site in sites)
    name = first.sites[0].drawn_name
    return Mark(
        x=round((first.position.x - box.left) * scale, 1),
        y=round((first.position.y - box.top) * scale, 1),
        radius=radius_of(count),
        count=count,
        kind="cluster" if is_cluster else "state" if first.is_state else "place",
        sites=sites,
        name=f"{name} + {len(sites) - 1}" if is_cluster else name,
        url=links.to_places(sites) if is_cluster else links.to_meetings(sites),
    )
