"""Formats for programs that follow no links contain the whole list, and say so if they do not."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

import pytest
from httpx import AsyncClient
from icalendar import Calendar
from lxml import etree  # type: ignore[import-untyped]

from service.pages.addresses import ADDRESSES, MOST_ENTRIES
from service.pages.operations import stored_operation
from service.pages.whole_list import Page, asks_for_whole, read_whole
from tests.pages.test_feeds import ATOM, execution  # noqa: F401

SITE = "http://book.test"
CLAIMS = next(each for each in ADDRESSES if each.path == "/claims")


def rows(text: str) -> list[str]:
    """Return the slugs of a CSV of claims."""
    return [row["slug"] for row in csv.DictReader(StringIO(text))]


async def slugs_page_by_page(client: AsyncClient) -> list[str]:
    slugs: list[str] = []
    url = "/claims.json?first=100"
    while url:
        response = await client.get(url)
        slugs += [node["slug"] for node in response.json()["nodes"]]
        url = response.links.get("next", {}).get("url", "")
    return slugs


async def test_csv_holds_the_whole_list(client: AsyncClient) -> None:
    response = await client.get("/claims.csv")
    slugs = rows(response.text)
    assert len(slugs) == (await client.get("/claims.json?first=0")).json()["totalCount"] > 100
    assert slugs == await slugs_page_by_page(client)
    assert "next" not in response.links


async def test_a_page_that_is_asked_for_is_a_page_and_leads_on_in_its_form(client: AsyncClient) -> None:
    first = await client.get("/claims.csv?first=3")
    assert first.links["next"]["url"].startswith(f"{SITE}/claims.csv?first=3&after=")
    second = await client.get(first.links["next"]["url"])
    assert (len(rows(first.text)), len(rows(second.text))) == (3, 3)
    assert rows((await client.get(second.links["prev"]["url"])).text) == rows(first.text)


async def test_the_page_before_is_that_before_also_where_no_size_is_given(client: AsyncClient) -> None:
    pages = [await client.get("/claims.json")]
    for _ in range(2):
        pages.append(await client.get(pages[-1].links["next"]["url"]))
    assert (await client.get(pages[2].links["prev"]["url"])).json()["nodes"] == pages[1].json()["nodes"]


async def test_a_list_that_is_cut_goes_on_where_the_header_says(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rows((await client.get("/claims.csv")).text)
    monkeypatch.setitem(MOST_ENTRIES, "csv", 150)
    response = await client.get("/claims.csv?lang=de")
    assert rows(response.text) == whole[:150]
    url = response.links["next"]["url"]
    assert url.startswith(f"{SITE}/claims.csv?lang=de&after=")
    assert rows((await client.get(url)).text) == whole[150:300]


async def test_a_calendar_says_where_it_goes_on(client: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole: Any = Calendar.from_ical((await client.get("/calendar.ics")).content)
    assert "description" not in whole
    monkeypatch.setitem(MOST_ENTRIES, "ics", 5)
    response = await client.get("/calendar.ics?lang=de")
    cut: Any = Calendar.from_ical(response.content)
    total = (await client.get("/calendar.json?first=0")).json()["totalCount"]
    url = response.links["next"]["url"]
    words = f"5 / {total}. Dieser Kalender enthält nicht alle Treffen. Fortsetzung unter {url}"
    assert (cut["description"], cut["x-wr-caldesc"]) == (words, words)
    assert url.startswith(f"{SITE}/calendar.ics?lang=de&after=")
    rest: Any = Calendar.from_ical((await client.get(url)).content)
    uids = [[str(event["uid"]) for event in each.walk("VEVENT")] for each in (cut, rest, whole)]
    assert uids[0] + uids[1] == uids[2][: len(uids[0] + uids[1])]


async def test_features_say_how_many_there_are_and_where_they_go_on(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (await client.get("/places.geojson")).json()
    assert whole["numberMatched"] == whole["numberReturned"] == len(whole["features"]) == 18
    own = {"rel": "self", "type": "application/geo+json", "href": f"{SITE}/places.geojson"}
    assert whole["links"] == [own]
    monkeypatch.setitem(MOST_ENTRIES, "geojson", 4)
    response = await client.get("/places.geojson")
    cut = response.json()
    assert (cut["numberMatched"], cut["numberReturned"]) == (whole["numberMatched"], 4)
    following = {"rel": "next", "type": "application/geo+json", "href": response.links["next"]["url"]}
    assert cut["links"] == [own, following]
    assert "links" not in (await client.get("/map.geojson")).json()


async def test_a_feed_holds_the_newest_hundred(client: AsyncClient) -> None:
    response = await client.get("/changes.atom")
    feed = etree.fromstring(response.content)
    assert len(feed.xpath("a:entry", namespaces=ATOM)) == 100
    assert feed.xpath("string(a:link[@rel='next']/@href)", namespaces=ATOM) == response.links["next"]["url"]


async def test_a_page_leads_to_the_whole_of_its_list(client: AsyncClient) -> None:
    headers = {"accept": "text/html"}
    following = (await client.get("/claims.json?first=2&rank=normal")).links["next"]["url"].replace(".json", "")
    response = await client.get(following, headers=headers)
    assert f'href="{SITE}/claims.csv?rank=normal"' in response.text
    assert [each["url"] for each in response.links.values() if each.get("title") == "csv"] == [
        f"{SITE}/claims.csv?rank=normal"
    ]
    # the strongest ties, limited by `first`, are not a list
    network = await client.get("/network?first=3", headers=headers)
    assert f'href="{SITE}/network.csv?first=3"' in network.text


async def test_a_list_is_of_one_revision(execution: Any) -> None:  # noqa: F811
    """If a load happens between two pages, everything is queried again."""
    revisions = iter([1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2])
    asked: list[Mapping[str, Any]] = []

    async def ask(text: str, variables: Mapping[str, Any]) -> Page:
        asked.append(variables)
        return Page(await execution.execute(text, variables), next(revisions), 1.0)

    operation, variables = stored_operation("claims"), {"language": "en"}
    answer = await read_whole(ask, CLAIMS, operation, variables, most=250, work=1_000.0)
    assert ["after" in each for each in asked] == [False, True, False, True, True]
    slugs = [node["slug"] for node in answer["data"]["claims"]["nodes"]]
    assert len(set(slugs)) == len(slugs) == 250
    assert answer["data"]["claims"]["pageInfo"]["hasNextPage"]


async def test_a_list_ends_where_it_would_cost_too_much(execution: Any) -> None:  # noqa: F811
    async def ask(text: str, variables: Mapping[str, Any]) -> Page:
        return Page(await execution.execute(text, variables), 1, 400.0)

    answer = await read_whole(ask, CLAIMS, stored_operation("claims"), {"language": "en"}, most=5_000, work=100.0)
    claims = answer["data"]["claims"]
    assert (len(claims["nodes"]), claims["pageInfo"]["hasNextPage"]) == (200, True)


def test_what_asks_for_a_page_is_no_whole_list() -> None:
    claims = stored_operation("claims")
    assert asks_for_whole(claims, {"after": "x"})
    for name in ("first", "last", "before"):
        assert not asks_for_whole(claims, {name: 1})
    assert not asks_for_whole(stored_operation("network"), {})


async def test_claims_are_counted_where_the_limits_allow_it(client: AsyncClient) -> None:
    plain, page = await client.get("/claims.json"), await client.get("/claims?lang=en", headers={"accept": "text/html"})
    assert f"<h1>Claims ({plain.json()['totalCount']:,})</h1>" in page.text
    assert "totalCount" not in (await client.get("/claims.json?counted=false")).json()
    many = {
        "fact": "hanoi-2019", "property": "date", "rank": "normal", "factuality": "certain", "source": "kremlin-60370",
        "outlet": "kremlin", "curation": "curated", "is_withdrawn": "false", "from": "2018", "involving": "kim-jong-un",
    }  # fmt: skip
    response = await client.get("/claims.json", params=many)
    assert (response.status_code, "totalCount" in response.json()) == (200, False)
    page = await client.get("/claims?lang=en", params=many, headers={"accept": "text/html"})
    assert "<h1>Claims</h1>" in page.text
