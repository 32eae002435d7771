"""Addresses that lead to where something stands."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import AsyncClient, Response

from service.pages.aliases import alias_routes

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


async def test_every_alias_leads_to_something(client: AsyncClient) -> None:
    routes = list(alias_routes(public_url=None, cache_control="no-store"))
    assert len(routes) > 30
    for route in routes:
        path = route.path.format(slug="kim-jong-un")
        assert (await follow(client, await client.get(path))).status_code == 200, path


async def test_a_browser_finds_the_icon(client: AsyncClient) -> None:
    answer = await follow(client, await client.get("/favicon.ico"))
    assert answer.headers["content-type"].startswith("image/svg+xml")
