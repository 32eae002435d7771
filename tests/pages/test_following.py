"""What the register learnt and the calendar of meetings, as pages, and the feeds that they link to."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient

from service.pages.addresses import Address
from service.pages.drawing.calendar import draw_calendar
from service.pages.operations import stored_operation
from service.pages.view import View
from service.pages.words import unbroken

BROWSER = {"accept": "text/html", "accept-language": "en"}
ATOM = "{http://www.w3.org/2005/Atom}"


async def page(client: AsyncClient, path: str) -> str:
    answer = await client.get(path, headers=BROWSER)
    assert answer.status_code == 200, answer.text
    return answer.text


async def fetch_feed_paths(client: AsyncClient, path: str) -> set[str]:
    """Return the entries in a feed, as paths."""
    feed = ElementTree.fromstring((await client.get(path)).text)
    return {(each.text or "").partition("#")[0] for each in feed.findall(f"{ATOM}entry/{ATOM}id")}


async def entries(client: AsyncClient, folder: str, query: str) -> set[str]:
    nodes = (await client.get(f"/{folder}.json?first=100&{query}")).json()["nodes"]
    return {f"http://book.test/{folder}/{node['slug']}" for node in nodes}


# ------------------------------------------------------------------ changes


async def test_changes_stand_under_their_revision(client: AsyncClient) -> None:
    text = await page(client, "/changes?first=100")
    told = (await client.get("/changes.json?first=100")).json()["nodes"]
    assert re.findall(r'<h2 id="revision-(\d+)">', text) == ["1"]
    lines = re.findall(r'<li><span class="kind">[^<]+</span> Added: <a href="[^"]+">(.*?)</a></li>', text)
    assert [unescape(line) for line in lines] == [unbroken(each["label"], "en") for each in told]
    assert len(lines) == 100


async def test_the_feed_of_a_page_of_changes_has_what_is_chosen_and_begins_at_the_newest(client: AsyncClient) -> None:
    first = await page(client, "/changes?kind=summit&involving=kim-jong-un&first=2")
    [further] = re.findall(r'rel="next" href="([^"]+)"', first)
    for text in (first, await page(client, further.replace("&amp;", "&"))):
        [feed] = re.findall(r'type="application/atom\+xml" href="([^"]+)">Follow', text)
        assert feed == "http://book.test/changes.atom?kind=summit&amp;involving=kim-jong-un"


@pytest.mark.parametrize(
    ("kind", "folder"), [("SUMMIT", "summits"), ("QUOTE", "quotes"), ("INVITATION", "invitations")]
)
async def test_a_feed_is_of_one_noun(client: AsyncClient, kind: str, folder: str) -> None:
    assert await fetch_feed_paths(client, f"/changes.atom?kind={kind}&first=100") == await entries(client, folder, "")


async def test_a_feed_is_of_one_person(client: AsyncClient) -> None:
    told = await fetch_feed_paths(client, "/changes.atom?involving=sergey-lavrov&first=100")
    assert "http://book.test/people/sergey-lavrov" in told
    assert "http://book.test/summits/helsinki-2018" not in told
    for folder in ("summits", "talks", "quotes", "invitations", "events"):
        assert {path for path in told if f"/{folder}/" in path} >= await entries(
            client, folder, "involving=sergey-lavrov"
        )


# ------------------------------------------------------------------ the calendar


async def test_the_calendar_has_each_meeting_once_under_its_month(client: AsyncClient) -> None:
    text = await page(client, "/calendar")
    meetings = (await client.get("/calendar.json")).json()["nodes"]
    listed = re.findall(r'<span class="day">.*?<a href="http://book.test(/[^"]+)"', text, re.DOTALL)
    assert len(listed) == len(set(listed)) == len(meetings)
    [june] = re.findall(r'<h3 id="y2019m6">June 2019</h3>\s*<ul.*?</ul>', text, re.DOTALL)
    assert "Demilitarised Zone 2019" in june
    assert "date uncertain" in text
    assert '<h3 id="y2019m6">Juni 2019</h3>' in await page(client, "/calendar?lang=de")


async def test_the_calendar_can_be_subscribed_to(client: AsyncClient) -> None:
    text = await page(client, "/calendar?involving=kim-jong-un&first=3")
    [address] = re.findall(r'href="webcal:([^"]+)"', text)
    answer = await client.get(f"http:{address}".replace("&amp;", "&"))
    assert answer.headers["content-type"].startswith("text/calendar")
    everything = len((await client.get("/calendar.json?involving=kim-jong-un")).json()["nodes"])
    assert 3 < answer.text.count("BEGIN:VEVENT") <= everything


def meeting(earliest: str | None, latest: str | None, edtf: str) -> dict[str, Any]:
    day = {"earliest": earliest, "latest": latest, "edtf": edtf, "isUncertain": False, "isApproximate": False}
    return {"date": day, "plannedDate": None, "slug": edtf}


def test_a_meeting_stands_where_its_day_is_known_to_lie() -> None:
    told = [
        meeting("2019-02-27", "2019-02-28", "2019-02-27/2019-02-28"),
        meeting("2019-01-31", "2019-02-01", "2019-01-31/2019-02-01"),
        meeting(None, "2018-05-31", "../2018-05-31"),
        meeting("2018-05-01", "2018-05-31", "2018-05"),
        meeting("2018-01-01", "2018-12-31", "2018"),
        meeting("2017-01-01", "2018-12-31", "[2017..2018]"),
    ]
    view = View(
        address=Address("/calendar", "calendar", "meetings"),
        operation=stored_operation("calendar"),
        path="/calendar",
        parameters=(),
        variables={},
        language="en",
        site="http://book.test",
        data={"meetings": {"nodes": told, "years": []}},
    )
    drawn = {
        (year.number, month.number): [day.meeting["slug"] for day in month.days]
        for year in draw_calendar(view).years
        for month in year.months
    }
    assert drawn == {
        (2019, 2): ["2019-02-27/2019-02-28"],
        (2019, 1): ["2019-01-31/2019-02-01"],
        (2018, 5): ["2018-05"],
        (2018, 0): ["2018"],
        (0, 0): ["../2018-05-31", "[2017..2018]"],
    }
