"""Pages with drawings: each responds, its SVG is well-formed and lies within its box, and its links work."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient

from service.pages.words import catalogues

SVG = "{http://www.w3.org/2000/svg}"
PAGES = (
    "/timeline/kim-jong-un",
    "/timeline/kim-jong-un?from=2018&to=2018-12",
    "/timeline/kim-jong-un?as_of=2018-06-01",
    "/timeline/kim-jong-un/donald-trump",
    "/timeline/north-korea/united-states",
)
MAPS = ("/map", "/map?from=2018&to=2019", "/map?country=KR,KP", "/places/singapore")

HTML = {"accept": "text/html"}


async def drawing_of(client: AsyncClient, path: str) -> ElementTree.Element:
    """Return the first drawing of a page, parsed as XML."""
    page = await client.get(path, headers=HTML)
    assert page.status_code == 200, page.text
    text = page.text[page.text.index('<figure class="drawing') :]
    [text, *_] = re.findall(r"<svg .*?</svg>", text, re.DOTALL)
    return ElementTree.fromstring(text)


@pytest.mark.parametrize("path", [*PAGES, *MAPS])
async def test_a_drawing_is_well_formed_and_within_its_box(path: str, client: AsyncClient) -> None:
    svg = await drawing_of(client, path)
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    shapes = [*svg.iter(f"{SVG}rect"), *svg.iter(f"{SVG}circle")]
    assert shapes
    for shape in shapes:
        given = {name: float(shape.attrib.get(name, 0)) for name in ("x", "y", "cx", "cy", "r", "width", "height")}
        assert given["x"] + given["cx"] - given["r"] >= 0
        assert given["y"] + given["cy"] - given["r"] >= 0
        assert given["x"] + given["width"] + given["cx"] + given["r"] <= width
        assert given["y"] + given["height"] + given["cy"] + given["r"] <= height


@pytest.mark.parametrize("path", [*PAGES, *MAPS[:-1]])
async def test_each_link_of_a_drawing_is_named(path: str, client: AsyncClient) -> None:
    links = list((await drawing_of(client, path)).iter(f"{SVG}a"))
    assert links
    for link in links:
        title = link.find(f"{SVG}title")
        assert title is not None
        assert title.text
        assert link.attrib["href"].startswith("http://book.test/")


@pytest.mark.parametrize("path", [*PAGES, *MAPS])
async def test_a_drawing_has_no_style_or_script_of_its_own(path: str, client: AsyncClient) -> None:
    page = (await client.get(path, headers=HTML)).text
    assert not re.search(r"<script(?! type=\"(module\" src=|application/ld\+json))|<style|\s(style|on\w+)=[\"']", page)


@pytest.mark.parametrize("path", PAGES)
async def test_what_a_drawing_leaves_out_of_the_words_is_in_the_table(path: str, client: AsyncClient) -> None:
    page = (await client.get(path, headers=HTML)).text
    drawn = set(re.findall(r'<a href="([^"]+)" data-start="[^"]+" data-end="[^"]+" class="mark', page))
    [_, table] = page.split('<details class="values">')[:2]
    assert drawn
    assert drawn <= set(re.findall(r'<a href="([^"]+)"', table))


@pytest.mark.parametrize("language", sorted(catalogues()))
async def test_a_timeline_speaks_each_language(language: str, client: AsyncClient) -> None:
    page = (await client.get(f"/timeline/kim-jong-un?lang={language}", headers=HTML)).text
    words = catalogues()[language]
    for english in ("Timeline", "exact date", "Show as a table"):
        assert words[english] in page


async def test_a_timeline_as_of_a_day_shows_only_what_was_known_then(client: AsyncClient) -> None:
    page = (await client.get("/timeline/kim-jong-un?as_of=2018-06-01", headers=HTML)).text
    assert "/summits/singapore-2018?as_of=2018-06-01" in page
    assert "hanoi-2019" not in page


async def test_who_is_not_there_has_no_timeline(client: AsyncClient) -> None:
    page = await client.get("/timeline/nobody", headers=HTML)
    assert (page.status_code, "There is nothing at /timeline/nobody." in page.text) == (404, True)
    page = await client.get("/timeline/kim-jong-un/nobody")
    assert page.status_code == 404
