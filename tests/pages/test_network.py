"""The network: where people and ties are drawn, that labels do not overlap, and the content of each format."""

from __future__ import annotations

import csv
import io
import itertools
import re
from math import cos, hypot, radians, sin
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st

from service.pages.drawing.network import LEAST_LINE, LETTER, MOST_LINE, Network, Node, draw_network
from service.pages.drawing.seriation import arrange_by_ties
from tests.pages.answers import Entry, view_of
from tests.pages.test_drawings import HTML, SVG, drawing_of

HEIGHT = 11.0
"""Height of a label's letters."""
PATHS = ("", "?from=2018&to=2018", "?around=kim-jong-un", "?kind=quote&as_of=2018-06-01")


def person(slug: str) -> Entry:
    return {"__typename": "Person", "slug": slug, "label": slug.title()}


def tie(one: str, other: str, weight: int = 1, mean: float | None = None, quotes: tuple[int, int] = (0, 0)) -> Entry:
    """`quotes`: of the one about the other, and of the other about the one."""
    between = {"__typename": "Relationship", "slug": f"{one}--{other}", "label": f"{one} and {other}"}
    counts: Entry = {
        "weight": weight,
        "meetingCount": weight - sum(quotes),
        "invitationCount": 0,
        "quoteCount": sum(quotes),
    }
    for name, count in zip(("fromFirst", "fromSecond"), quotes, strict=True):
        counts[name] = {"invitationCount": 0, "quoteCount": count}
    tone = {"events": 1, "cooperation": 1, "conflict": 0, "mean": mean}
    return {"people": [person(one), person(other)], "relationship": between, **counts, "tone": tone}


def draw_ties(*ties: Entry, around: str | None = None, **variables: object) -> Network:
    slugs = dict.fromkeys(each["slug"] for tie in ties for each in tie["people"])
    answer = {"around": around and person(around), "people": [*map(person, slugs)], "ties": list(ties)}
    return draw_network(view_of("network", {"network": answer}, **variables))


def label_corners(node: Node) -> list[tuple[float, float]]:
    """Return the corners of a label."""
    width = len(node.label) * LETTER
    start = {"start": 0.0, "middle": -width / 2, "end": -width}[node.anchor]
    turn = radians(node.turn)
    return [
        (node.label_x + x * cos(turn) - y * sin(turn), node.label_y + x * sin(turn) + y * cos(turn))
        for x, y in itertools.product((start, start + width), (-HEIGHT / 2, HEIGHT / 2))
    ]


def overlap(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Return whether two boxes share a point: no side of either separates the two."""
    for (x1, y1), _, (x3, y3), _ in (one[:2] + one[2:], other[:2] + other[2:]):
        along = (x3 - x1, y3 - y1)
        for ax, ay in (along, (-along[1], along[0])):
            of_one, of_other = ([ax * x + ay * y for x, y in corners] for corners in (one, other))
            if max(of_one) <= min(of_other) or max(of_other) <= min(of_one):
                return False
    return True


SLUGS = [f"person-{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(200)]
TIES = st.lists(st.tuples(st.sampled_from(SLUGS), st.sampled_from(SLUGS), st.integers(1, 50)), min_size=1, max_size=100)


@settings(deadline=None, max_examples=60)
@given(TIES, st.booleans())
def test_labels_keep_apart_and_all_is_within_the_drawing(pairs: list[tuple[str, str, int]], is_around: bool) -> None:
    ties = [tie(one, other, weight) for one, other, weight in pairs if one < other]
    if not ties:
        return
    network = draw_ties(*ties, around=ties[0]["people"][0]["slug"] if is_around else None)
    boxes = [label_corners(node) for node in network.nodes]
    for one, other in itertools.combinations(boxes, 2):
        assert not overlap(one, other)
    for node, corners in zip(network.nodes, boxes, strict=True):
        for x, y in [*corners, (node.x - node.radius, node.y - node.radius), (node.x + node.radius, node.y)]:
            assert 0 <= x <= network.width
            assert 0 <= y <= network.height


def test_boxes_that_share_a_point_overlap() -> None:
    """The check itself: level, rotated, and apart."""
    node = draw_ties(tie("a", "b")).nodes[0]
    level = label_corners(node)
    assert overlap(level, [(x + 3, y + 3) for x, y in level])
    assert not overlap(level, [(x, y + HEIGHT + 1) for x, y in level])


def test_the_same_answer_gives_the_same_picture() -> None:
    ties = [tie("a", "b", 3), tie("b", "c", 2), tie("d", "e", 1)]
    assert draw_ties(*ties) == draw_ties(*ties)


def test_lines_lead_from_one_to_the_other_and_are_as_thick_as_they_weigh() -> None:
    network = draw_ties(tie("a", "b", 10, 2.5), tie("a", "c", 1, -1.0), tie("b", "d", 5))
    places = {node.person["slug"]: (node.x, node.y) for node in network.nodes}
    for line in network.lines:
        one, other = (each["slug"] for each in line.tie["people"])
        assert ((line.x1, line.y1), (line.x2, line.y2)) == (places[one], places[other])
    assert [(line.tie["weight"], line.kind) for line in network.lines] == [
        (1, "conflict"), (5, "neutral"), (10, "cooperation")
    ]  # fmt: skip
    assert [line.width for line in network.lines] == [
        round(LEAST_LINE + (MOST_LINE - LEAST_LINE) * share, 1) for share in (0.1, 0.5, 1)
    ]
    assert {node.person["slug"]: node.weight for node in network.nodes} == {"a": 11, "b": 15, "c": 1, "d": 5}
    assert max(network.nodes, key=lambda node: node.radius).person["slug"] == "b"


def test_an_arrow_leads_to_whom_somebody_spoke_of_and_none_where_two_only_met() -> None:
    ties = (
        tie("a", "b", 3, quotes=(2, 0)),
        tie("a", "c", 3, quotes=(1, 1)),
        tie("b", "d", 3),
        tie("c", "d", 2, quotes=(0, 2)),
    )
    network = draw_ties(*ties)
    nodes = {node.person["slug"]: node for node in network.nodes}
    led_to = {}
    for line in network.lines:
        ends = [each["slug"] for each in line.tie["people"]]
        tips = [head[:2] for head in line.heads]
        led_to["".join(ends)] = [slug for slug in ends if any(_is_at_rim(nodes[slug], *tip) for tip in tips)]
        assert len(led_to["".join(ends)]) == len(tips)
    assert led_to == {"ab": ["b"], "ac": ["a", "c"], "bd": [], "cd": ["c"]}
    assert not any(line.heads for line in draw_ties(*ties, kind=["MEETING", "INVITATION"]).lines)


def _is_at_rim(node: Node, x: float, y: float) -> bool:
    return hypot(x - node.x, y - node.y) == pytest.approx(node.radius, abs=0.2)


def test_around_a_person_the_others_stand_in_a_circle() -> None:
    network = draw_ties(tie("a", "b"), tie("a", "c"), tie("b", "c"), around="a")
    (middle, *others) = network.nodes
    assert (middle.x, middle.y) == (network.width / 2, network.height / 2)
    distances = {round(((node.x - middle.x) ** 2 + (node.y - middle.y) ** 2) ** 0.5) for node in others}
    assert len(distances) == 1
    straight = [line for line in network.lines if "a" in line.tie["relationship"]["slug"].split("--")]
    assert len(straight) == 2
    for line in straight:
        assert line.bend_x == pytest.approx((line.x1 + line.x2) / 2, abs=0.1)
        assert line.bend_y == pytest.approx((line.y1 + line.y2) / 2, abs=0.1)


def test_those_who_are_tied_most_strongly_stand_beside_each_other() -> None:
    places, length = arrange_by_ties(["a", "b", "c", "d"], [("a", "d", 9), ("b", "c", 5), ("a", "b", 1)])
    assert sorted(places, key=places.__getitem__) in (["d", "a", "b", "c"], ["c", "b", "a", "d"])
    assert length == 4
    places, length = arrange_by_ties(["a", "b", "c", "d"], [("a", "c", 2), ("b", "d", 1)])
    assert abs(places["a"] - places["c"]) == abs(places["b"] - places["d"]) == 1
    assert length > 4
    assert arrange_by_ties([], []) == ({}, 0.0)


# ---------------------------------------------------------------- the page

WAYS = ("fromFirst", "fromSecond")


def counts_of(tie: Any) -> list[int]:
    return [tie["meetingCount"], *(tie[way][name] for name in ("invitationCount", "quoteCount") for way in WAYS)]


async def answer_of(client: AsyncClient, parameters: str) -> Any:
    answer = await client.get(f"/network.json{parameters}")
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize("parameters", PATHS)
async def test_each_tie_and_person_is_drawn_once_and_listed(parameters: str, client: AsyncClient) -> None:
    network = await answer_of(client, parameters)
    assert network["ties"]
    svg = await drawing_of(client, f"/network{parameters}")
    ends = sorted(each.attrib["data-ends"].split() for each in svg.iter(f"{SVG}a") if "data-ends" in each.attrib)
    assert ends == sorted([each["slug"] for each in tie["people"]] for tie in network["ties"])
    nodes = [each.attrib["data-slug"] for each in svg.iter(f"{SVG}g") if "data-slug" in each.attrib]
    assert nodes == [each["slug"] for each in network["people"]]
    page = (await client.get(f"/network{parameters}", headers=HTML)).text
    table = page.split('<details class="values">')[1]
    rows = re.findall(r'<td class="number">(\d+)</td>' * 5, table)
    assert rows == [tuple(map(str, counts_of(tie))) for tie in network["ties"]]
    arrows = {
        link.attrib["data-ends"]: len(list(link)) - 2 for link in svg.iter(f"{SVG}a") if "data-ends" in link.attrib
    }
    names = {"?kind=quote&as_of=2018-06-01": ["quoteCount"]}.get(parameters, ["invitationCount", "quoteCount"])
    assert arrows == {
        " ".join(each["slug"] for each in tie["people"]): sum(any(tie[way][name] for name in names) for way in WAYS)
        for tie in network["ties"]
    }


async def test_a_click_leads_to_the_relationship_the_person_and_the_network_around(client: AsyncClient) -> None:
    svg = await drawing_of(client, "/network?from=2018&as_of=2019-04-30")
    links = {link.attrib["href"] for link in svg.iter(f"{SVG}a")}
    assert {
        "http://book.test/relationships/donald-trump--kim-jong-un?as_of=2019-04-30",
        "http://book.test/people/kim-jong-un?as_of=2019-04-30",
        "http://book.test/network?from=2018&as_of=2019-04-30&around=kim-jong-un",
    } <= links
    for link in links:
        assert (await client.get(link, headers=HTML)).status_code == 200


async def test_what_is_cut_is_told(client: AsyncClient) -> None:
    whole = await answer_of(client, "")
    page = (await client.get("/network?first=20", headers=HTML)).text
    assert "The strongest ties are shown" not in page
    page = (await client.get("/network?first=3", headers=HTML)).text
    assert f"Ties: 3 / {whole['tieCount']}" in page
    assert f" / {whole['peopleCount']}. Only the strongest ties are shown." in page


async def test_around_nobody_who_is_known_there_is_nothing_and_a_name_is_suggested(client: AsyncClient) -> None:
    page = (await client.get("/network?around=kim-jong-unn", headers=HTML)).text
    assert "No ties found." in page
    assert "http://book.test/network?around=kim-jong-un" in page


@pytest.mark.parametrize("parameters", PATHS)
async def test_csv_and_graphml_have_the_weights_of_the_answer(parameters: str, client: AsyncClient) -> None:
    network = await answer_of(client, parameters)
    rows = list(csv.DictReader(io.StringIO((await client.get(f"/network.csv{parameters}")).text)))
    assert [(row["relationship.slug"], int(row["weight"])) for row in rows] == [
        (tie["relationship"]["slug"], tie["weight"]) for tie in network["ties"]
    ]
    answer = await client.get(f"/network.graphml{parameters}")
    assert answer.headers["content-type"] == "application/graphml+xml"
    graph = networkx.parse_graphml(answer.text)
    assert graph.is_directed()
    assert set(graph.nodes) == {each["slug"] for each in network["people"]}
    is_met = "kind=quote" not in parameters
    found = {
        (one, other): (data["weight"], data["meetings"], data["quotes"]) for one, other, data in graph.edges(data=True)
    }
    expected = {}
    for tie in network["ties"]:
        one, other = (each["slug"] for each in tie["people"])
        for ends, way in zip(((one, other), (other, one)), WAYS, strict=True):
            invitations, quotes = tie[way]["invitationCount"], tie[way]["quoteCount"]
            meetings = tie["meetingCount"]
            if weight := meetings + invitations + quotes if is_met else quotes:
                expected[ends] = (weight, meetings, quotes)
    assert found == expected
    ElementTree.fromstring(answer.content)


async def test_only_what_surely_lies_in_the_days_asked_for_ties(client: AsyncClient) -> None:
    asked = "/network.json?from=2018-06-01&to=2018-06-11"
    sure, perhaps = [(await client.get(asked + more)).json() for more in ("", "&date_match=overlaps")]
    assert sure["tieCount"] < perhaps["tieCount"]
    assert (await client.get("/network.json?from=1900&to=1901")).json()["tieCount"] == 0
    page = (await client.get("/network?from=1900&to=1901", headers=HTML)).text
    assert "Only entries dated entirely within this period are counted." in page
    assert "/network?from=1900&amp;to=1901&amp;date_match=overlaps" in page
