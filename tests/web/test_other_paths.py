"""Paths other than the endpoint."""

from __future__ import annotations

from importlib.metadata import version

import pytest
from httpx import AsyncClient

from schema import print_sdl
from tests.web.conftest import StartClient


async def test_the_root_tells_what_there_is(client: AsyncClient) -> None:
    response = await client.get("/")
    assert response.status_code == 200
    assert response.json() == {
        "name": "Gipfelbuch",
        "about": "The register of summits: who met, what was said, by whose word we know it",
        "version": version("gipfelbuch"),
        "links": {
            "graphql": "/graphql",
            "schema": "/schema.graphql",
            "possibleTypes": "/possible-types.json",
            "downloads": "/downloads",
            "documentation": "/graphql",
            "openapi": "/openapi.json",
            "addresses": "/docs",
            "live": "/health/live",
            "ready": "/health/ready",
            "metrics": "/metrics",
        },
    }


async def test_every_link_leads_somewhere(start_client: StartClient, database: str) -> None:
    async with start_client(database) as client:
        links = (await client.get("/")).json()["links"]
        found = {name: (await client.get(link, headers={"accept": "*/*"})).status_code for name, link in links.items()}
        page = await client.get(links["documentation"], headers={"accept": "text/html"})
    assert found == {
        "graphql": 400,
        "schema": 200,
        "possibleTypes": 200,
        "downloads": 200,
        "documentation": 400,
        "openapi": 200,
        "addresses": 200,
        "live": 200,
        "ready": 200,
        "metrics": 200,
    }
    assert page.status_code == 200


async def test_the_schema_as_text(client: AsyncClient) -> None:
    response = await client.get("/schema.graphql")
    assert (response.status_code, response.text) == (200, print_sdl())
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"


async def test_the_types_that_an_interface_may_be(client: AsyncClient) -> None:
    response = await client.get("/possible-types.json")
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    types = response.json()
    assert types["Meeting"] == ["Summit", "Talks"]
    assert set(types) == {"Actor", "Entry", "Fact", "Meeting", "Node", "SearchResult"}


async def test_who_has_the_schema_is_told_so(client: AsyncClient) -> None:
    tag = (await client.get("/schema.graphql")).headers["etag"]
    for had, status in ((tag, 304), (f'"old", W/{tag}', 304), ("*", 304), ('"old"', 200)):
        response = await client.get("/schema.graphql", headers={"if-none-match": had})
        assert (had, response.status_code, response.headers["etag"]) == (had, status, tag)
        assert bool(response.content) is (status == 200)


@pytest.mark.parametrize(
    ("path", "body"), [("/health/live", b'{"status":"live"}'), ("/health/ready", b'{"status":"ready"}')]
)
async def test_health(client: AsyncClient, path: str, body: bytes) -> None:
    response = await client.get(path)
    assert (response.status_code, response.content) == (200, body)


@pytest.mark.parametrize("path", ["/graphql", "/schema.graphql"])
async def test_a_slash_at_the_end_is_one_too_many(client: AsyncClient, path: str) -> None:
    response = await client.get(f"http://gipfelbuch.test{path}/?a=1")
    assert (response.status_code, response.headers["location"]) == (301, f"http://gipfelbuch.test{path}?a=1")


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/", "//graphql", "/summits.xml"])
async def test_there_is_nothing_elsewhere(client: AsyncClient, path: str) -> None:
    response = await client.get(f"http://gipfelbuch.test{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "http://gipfelbuch.test/docs#NOT_FOUND",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing at this address. See / for an overview.",
        "code": "NOT_FOUND",
    }
    assert response.headers["access-control-allow-origin"] == "*"


async def test_what_can_only_be_read(client: AsyncClient) -> None:
    response = await client.post("/schema.graphql")
    assert (response.status_code, set(response.headers["allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.json()["code"], response.json()["detail"]) == ("METHOD_NOT_ALLOWED", "Method Not Allowed.")
