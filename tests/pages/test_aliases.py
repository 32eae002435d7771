"""Addresses that redirect to the right one."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import AsyncClient, Response

from service.pages.aliases import alias_routes
from service.pages.operations import stored_operation

LEADING = [
    ("/feed.atom", "/changes.atom", {}),
    ("/summits.ics", "/calendar.ics", {"level": ["LEADERS"]}),
    ("/summits.geojson?from=2019", "/calendar.geojson", {"level": ["LEADERS"], "from": ["2019"]}),
    ("/talks.ics?level=LEADERS", "/calendar.ics", {"level": ["MINISTERS,ENVOYS,OFFICIALS"]}),
    ("/people/kim-jong-un.ics?lang=ko", "/calendar.ics", {"involving": ["kim-jong-un"], "lang": ["ko"]}),
    ("/people/kim-jong-un.atom", "/changes.atom", {"involving": ["kim-jong-un"]}),
    ("/quotes.atom", "/changes.atom", {"kind": ["QUOTE"]}),
    ("/summits/hanoi-2019.atom", "/changes.atom", {"slug": ["hanoi-2019"]}),
]


async def follow(client: AsyncClient, response: Response) -> Response:
    assert response.status_code == 301
    return await client.get(response.headers["location"])


@pytest.mark.parametrize(("alias", "path", "parameters"), LEADING)
async def test_an_alias_leads_on(client: AsyncClient, alias: str, path: str, parameters: dict[str, list[str]]) -> None:
    response = await client.get(alias)
    location = urlsplit(response.headers["location"])
    assert (location.path, parse_qs(location.query)) == (path, parameters)
    answer = await follow(client, response)
    assert answer.status_code == 200
    assert answer.content.count(b"BEGIN:VEVENT") + answer.content.count(b"<entry>") + answer.content.count(b'"Feature"')


@pytest.mark.parametrize("folder", ["quotes", "sources"])
async def test_the_language_of_texts_is_asked_for_as_in_graphql_too(client: AsyncClient, folder: str) -> None:
    answer = await follow(client, await client.get(f"/{folder}.json?language=de&first=100"))
    assert {each["language"] for each in answer.json()["nodes"]} == {"de"}


@pytest.mark.parametrize("listing", ["summits", "talks_list", "map"])
def test_the_calendar_takes_whatever_lists_of_meetings_take(listing: str) -> None:
    assert stored_operation(listing).variable_names <= stored_operation("calendar").variable_names


@pytest.mark.parametrize(
    "query",
    [
        "involving_all=kim-jong-un,donald-trump",
        "participant=kim-jong-un&outcome=no_agreement",
        "curation=curated&is_withdrawn=false",
        "slug=hanoi-2019",
        "known_since_from=2019",
        "order_by=date_asc&last=2",
    ],
)
async def test_the_calendar_of_a_list_has_what_the_list_has(client: AsyncClient, query: str) -> None:
    listed = [each["slug"] for each in (await client.get(f"/summits.json?{query}")).json()["nodes"]]
    calendar = await follow(client, await client.get(f"/summits.ics?{query}"))
    assert calendar.status_code == 200, calendar.text
    features = (await follow(client, await client.get(f"/summits.geojson?{query}"))).json()["features"]
    told = [each["id"].rpartition("/")[2] for each in features]
    assert listed
    assert set(told) == set(listed)


async def test_every_alias_leads_to_something(client: AsyncClient) -> None:
    routes = list(alias_routes(public_url=None, cache_control="no-store"))
    assert len(routes) > 60
    for route in routes:
        if "." in route.path or "{" not in route.path:
            path = route.path.format(slug="kim-jong-un")
            assert (await follow(client, await client.get(path))).status_code == 200, path


NAMED = {
    "/summit/hanoi-2019": "/summits/hanoi-2019",
    "/person/kim-jong-un.json": "/people/kim-jong-un.json",
    "/leaders/kim-jong-un?as_of=2019": "/people/kim-jong-un?as_of=2019",
    "/countries/KP": "/states/KP",
    "/country/kp": "/states/KP",
    "/meetings/hanoi-2019": "/summits/hanoi-2019",
    "/facts/hanoi-2019": "/summits/hanoi-2019",
}


@pytest.mark.parametrize(("asked", "path"), NAMED.items())
async def test_an_entry_is_found_by_what_its_kind_is_called_too(client: AsyncClient, asked: str, path: str) -> None:
    answer = await client.get(asked, follow_redirects=True)
    assert answer.status_code == 200
    url = urlsplit(str(answer.url))
    assert f"{url.path}{url.query and f'?{url.query}'}" == path


async def test_what_is_asked_for_writes_no_header(client: AsyncClient) -> None:
    location = (await client.get("/summit/x%0d%0aset-cookie: a=b")).headers["location"]
    assert location.endswith("/summits/x%0D%0Aset-cookie%3A%20a%3Db")


@pytest.mark.parametrize("alias", ["/summit/nobody", "/facts/nobody", "/country/XX"])
async def test_what_there_is_not_is_not_found_by_another_name(client: AsyncClient, alias: str) -> None:
    assert (await client.get(alias, follow_redirects=True)).status_code == 404


async def test_a_browser_finds_the_icon(client: AsyncClient) -> None:
    answer = await follow(client, await client.get("/favicon.ico"))
    assert answer.headers["content-type"].startswith("image/svg+xml")
