"""HEAD and OPTIONS on every path, and the methods that are not allowed there."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from service.web.playground_page import MEDIA_TYPES

BESIDE = ["/", "/schema.graphql", "/possible-types.json", "/health/live", "/health/ready", "/metrics"]


@pytest.mark.parametrize("path", [*BESIDE, "/playground/LICENSES.txt", "/downloads/1/talks.csv"])
async def test_options(client: AsyncClient, path: str) -> None:
    response = await client.options(path, headers={"origin": "https://a.example", "x-request-id": "seen-1"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-methods"] == "GET"
    assert response.headers["x-request-id"] == "seen-1"


async def test_options_where_nothing_is(client: AsyncClient) -> None:
    assert (await client.options("/nowhere")).status_code == 404


@pytest.mark.parametrize("path", [*BESIDE, "/playground/LICENSES.txt"])
async def test_head_says_what_get_says(client: AsyncClient, path: str) -> None:
    assert "LICENSES.txt" in MEDIA_TYPES
    varying = {"x-request-id", "content-length"} if path == "/metrics" else {"x-request-id"}
    found = [(await client.request(method, path)).headers for method in ("GET", "HEAD")]
    get, head = ({name: value for name, value in each.items() if name not in varying} for each in found)
    assert get == head


@pytest.mark.parametrize("path", BESIDE)
async def test_what_is_not_done(client: AsyncClient, path: str) -> None:
    response = await client.delete(path)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("name", ["Identity", "IDENTITY", "identity"])
async def test_names_of_encodings_are_written_as_one_likes(client: AsyncClient, name: str) -> None:
    response = await client.post("/graphql", json={"query": "{ __typename }"}, headers={"content-encoding": name})
    assert response.status_code == 200
