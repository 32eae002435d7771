"""Answers in gzip for those who accept it, over a size."""

from __future__ import annotations

import gzip

import pytest
from httpx import AsyncClient

from schema import print_sdl
from service.web.compression import INLINE_BYTES, LEAST_BYTES

INTROSPECTION = "{ __schema { types { name description fields { name description } } } }"
PACKED = {"accept-encoding": "gzip"}


async def raw(client: AsyncClient, method: str, path: str, **options: object) -> tuple[dict[str, str], bytes]:
    """The headers of an answer and its body as it was sent."""
    async with client.stream(method, path, **options) as response:  # type: ignore[arg-type]
        assert response.status_code == 200
        return dict(response.headers), b"".join([part async for part in response.aiter_raw()])


async def test_a_long_answer(client: AsyncClient) -> None:
    asked = {"query": INTROSPECTION}
    headers, sent = await raw(client, "POST", "/graphql", json=asked, headers=PACKED)
    plain, whole = await raw(client, "POST", "/graphql", json=asked, headers={"accept-encoding": "identity"})
    assert gzip.decompress(sent) == whole
    assert len(whole) > INLINE_BYTES
    assert len(sent) < len(whole) / 4
    assert (headers["content-encoding"], headers["content-length"]) == ("gzip", str(len(sent)))
    assert "content-encoding" not in plain
    assert headers["vary"] == plain["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "deflate, zstd"])
async def test_who_does_not_accept_it_gets_it_plain(client: AsyncClient, accepted: str) -> None:
    headers, sent = await raw(
        client, "POST", "/graphql", json={"query": INTROSPECTION}, headers={"accept-encoding": accepted}
    )
    assert "content-encoding" not in headers
    assert sent.startswith(b'{"data":')


async def test_a_short_answer_stays_as_it_is(client: AsyncClient) -> None:
    headers, sent = await raw(client, "POST", "/graphql", json={"query": "{ __typename }"}, headers=PACKED)
    assert sent == b'{"data":{"__typename":"Query"}}'
    assert "content-encoding" not in headers


@pytest.mark.parametrize(("more", "is_packed"), [(-1, False), (0, True)])
async def test_from_which_size_on(client: AsyncClient, more: int, is_packed: bool) -> None:
    name = "a" * (LEAST_BYTES - len('{"data":{"":"Query"}}') + more)
    headers, _ = await raw(client, "POST", "/graphql", json={"query": f"{{ {name}: __typename }}"}, headers=PACKED)
    assert ("content-encoding" in headers) is is_packed


async def test_the_schema(client: AsyncClient) -> None:
    headers, sent = await raw(client, "GET", "/schema.graphql", headers=PACKED)
    assert gzip.decompress(sent).decode() == print_sdl()
    had = await client.get("/schema.graphql", headers={**PACKED, "if-none-match": headers["etag"]})
    assert (had.status_code, had.content) == (304, b"")
    plain = await client.get("/schema.graphql", headers={"accept-encoding": "identity"})
    assert plain.headers["etag"] != headers["etag"]
