"""Viewing from another day: every kind of page says what was not yet known."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from httpx import AsyncClient, QueryParams

from service.pages.addresses import ADDRESSES, EMBED
from service.pages.operations import stored_operation
from service.pages.words import day_name

BROWSER = {"accept": "text/html", "accept-language": "en"}
BEFORE_ALL = "1900-01-01"
VALUES = {
    "/people/{slug}": ["kim-jong-un"],
    "/states/{code}": ["KP"],
    "/organisations/{slug}": ["kcna"],
    "/places/{slug}": ["hanoi"],
    "/relationships/{slug}": ["donald-trump--kim-jong-un"],
    "/sources/{slug}": ["002-d8340137bfcf1340"],
    "/summits/{slug}": ["hanoi-2019"],
    "/charts/tone/{slug}/{other}": ["kim-jong-un", "donald-trump"],
    "/timeline/{slug}": ["kim-jong-un"],
    "/timeline/{slug}/{other}": ["kim-jong-un", "donald-trump"],
}
"""Values for addresses without a list to take one from, or with another name for it there."""


OF_WHAT_IS_SHOWN = ("/", "/claims/{slug}", "/sources/{slug}", "/invitations/{slug}")
"""Pages on which a day may belong to another entry that they show, which differs on an earlier one."""


async def entry_path(client: AsyncClient, path: str) -> str:
    """Return the path of an entry of an address; for a card, that of its page with the part in front."""
    if path.startswith(EMBED):
        return f"{EMBED}{await entry_path(client, path.removeprefix(EMBED))}"
    if path in VALUES:
        values = iter(VALUES[path])
        return "/".join(next(values) if part.startswith("{") else part for part in path.split("/"))
    folder = path.partition("/{")[0]
    return f"{folder}/{(await client.get(f'{folder}.json?first=1')).json()['nodes'][0]['slug']}"


@pytest.mark.parametrize("path", [each.path for each in ADDRESSES if "{" in each.path and "html" in each.forms])
async def test_an_entry_that_was_not_yet_known_is_said_to_be_known_today(path: str, client: AsyncClient) -> None:
    here = await entry_path(client, path)
    assert (await client.get(here)).status_code == 200
    then = await client.get(f"{here}?as_of={BEFORE_ALL}&lang=en")
    problem = then.json()
    assert (then.status_code, problem["code"], problem["asOf"]) == (404, "NOT_YET_KNOWN", BEFORE_ALL)
    # a card links to its page
    today = here.removeprefix(EMBED)
    assert problem["today"] == f"http://book.test{today}?lang=en"
    page = await client.get(f"{here}?as_of={BEFORE_ALL}&lang=de", headers=BROWSER)
    assert page.status_code == 404
    assert f'href="http://book.test{today}?lang=de"' in page.text
    assert "Heutigen Stand ansehen" in page.text


async def test_when_a_fact_was_first_reported_is_told(client: AsyncClient) -> None:
    problem = (await client.get("/summits/hanoi-2019?as_of=2018-12-31")).json()
    known = (await client.get("/summits/hanoi-2019")).json()["knownSince"]
    assert problem["knownSince"] == known > "2018-12-31"


async def test_a_filter_by_what_was_not_yet_known_says_so(client: AsyncClient) -> None:
    path = "/quotes{}?meeting=hanoi-2019&as_of=2018-12-31"
    known = (await client.get("/summits/hanoi-2019")).json()["knownSince"]
    page = (await client.get(path.format(""), headers=BROWSER)).text
    assert "Not yet known on that date" in page
    assert f'<time datetime="{known}">{day_name(known, "en")}</time>' in page
    assert "matches nothing here." not in page
    (warning,) = (await client.get(path.format(".json"))).json()["warnings"]
    assert warning == {
        "code": "NOT_YET_KNOWN",
        "parameter": "meeting",
        "value": "hanoi-2019",
        "suggestions": [],
        "knownSince": known,
    }


async def test_what_is_not_there_at_all_was_not_known_either(client: AsyncClient) -> None:
    problem = (await client.get(f"/summits/hanoi-2091?as_of={BEFORE_ALL}")).json()
    assert problem["code"] == "NOT_FOUND"


@pytest.mark.parametrize("path", [each.path for each in ADDRESSES if "{" not in each.path and "html" in each.forms])
async def test_a_page_that_is_no_entry_says_from_which_day_it_looks(path: str, client: AsyncClient) -> None:
    operation = stored_operation(next(each.operation for each in ADDRESSES if each.path == path))
    if "asOf" not in operation.variable_names:
        pytest.skip("it is of today alone")
    page = await client.get(path, params={"as_of": "2019-01-01"}, headers=BROWSER)
    assert page.status_code == 200
    assert "You are viewing the record as of" in page.text


@pytest.mark.parametrize("path", ["/summits/hanoi-2019", "/summits", "/search?text=kim"])
async def test_a_day_that_is_still_to_come_is_told(path: str, client: AsyncClient) -> None:
    page = await client.get(path, params={**QueryParams(urlsplit(path).query), "as_of": "9999"}, headers=BROWSER)
    assert page.status_code == 200
    assert "this date is in the future, so you see what is known today." in page.text
    assert "matches nothing here." not in page.text
    assert "still to come" not in (await client.get("/summits?as_of=2020", headers=BROWSER)).text


async def test_programs_are_told_of_a_day_that_is_still_to_come(client: AsyncClient) -> None:
    answer = (await client.get("/summits.json?as_of=9999-12-31&involving=kim-jong-n")).json()
    future, unknown = answer["warnings"]
    assert future == {"code": "FUTURE_DAY", "parameter": "as_of", "value": "9999-12-31", "suggestions": []}
    assert unknown["code"] == "UNKNOWN_SLUG"
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    for day, is_told in ((tomorrow - timedelta(days=1), False), (tomorrow + timedelta(days=1), True)):
        query = f'{{ summits(asOf: "{day}") {{ totalCount }} summit(slug: "hanoi-2019") {{ status }} }}'
        told = (await client.post("/graphql", json={"query": query})).json().get("extensions", {}).get("warnings", [])
        expected = {"code": "FUTURE_DAY", "path": ["summits"], "argument": "asOf", "value": str(day)}
        assert told == ([expected] if is_told else [])


CHOSEN = "as_of=2019-01-01&lang=de"


@pytest.mark.parametrize("path", ["/summits", "/dataset", "/changes", "/downloads", "/summits/nowhere", "/nowhere"])
async def test_links_keep_the_day_and_the_language(path: str, client: AsyncClient) -> None:
    page = unescape((await client.get(f"{path}?{CHOSEN}", headers=BROWSER)).text)
    for target in ("/", "/people", "/dataset", "/changes", "/downloads"):
        assert f'{target}?{CHOSEN}"' in page
    assert '<input type="hidden" name="as_of" value="2019-01-01">' in page


async def test_addresses_keep_the_language(client: AsyncClient) -> None:
    assert 'href="/people?lang=de"' in (await client.get("/docs?lang=de", headers=BROWSER)).text


@pytest.mark.parametrize("path", ["/dataset", "/changes"])
async def test_what_is_the_same_on_each_day_says_so_and_has_no_day_in_its_forms(path: str, client: AsyncClient) -> None:
    response = await client.get(path, params={"as_of": "2019-01-01", "lang": "en"}, headers=BROWSER)
    assert "This page is the same on every date" in response.text
    assert f'<link rel="canonical" href="http://book.test{path}">' in response.text
    for url in re.findall(r'<li><a href="(http://book.test[^"]+)">(?:json|csv|atom)</a>', response.text):
        assert (await client.get(unescape(url))).status_code == 200
    refused = await client.get(f"{path}.json", params={"as_of": "2019-01-01"})
    assert (refused.status_code, refused.json()["parameter"]) == (400, "as_of")
    assert (await client.get(path, params={"as_of": "yesterday"}, headers=BROWSER)).status_code == 400


@pytest.mark.parametrize("path", [each.path for each in ADDRESSES if "html" in each.forms and not each.frame])
async def test_later_days_can_be_chosen_from_an_earlier_one(path: str, client: AsyncClient) -> None:
    if "asOf" not in stored_operation(next(each.operation for each in ADDRESSES if each.path == path)).variable_names:
        pytest.skip("it is of today alone")
    here = await entry_path(client, path) if "{" in path else path
    (today, then) = [
        set(re.findall(r'<option value="([\d-]+)"', (await client.get(here, params=params, headers=BROWSER)).text))
        for params in ({}, {"as_of": "2020-01-01"})
    ]
    # a chain has no days before two people are named
    assert today or path == "/path"
    assert then == today or path in OF_WHAT_IS_SHOWN
