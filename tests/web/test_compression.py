"""Responses in the codings that a client accepts, above a size."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable

import pytest
from httpx import AsyncClient

from schema import print_sdl
from service.web.compression import CODINGS, LEAST_BYTES

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FIELDS = "fields { name description args { name description } }"
INTROSPECTION = f"{{ __schema {{ types {{ name description {FIELDS} again: {FIELDS} }} }} }}"
LONGEST_INLINE = max(each.inline_bytes for each in CODINGS)
UNPACK: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "zstd": zstd.decompress}
BOTH = pytest.mark.parametrize("coding", UNPACK)


async def raw(client: AsyncClient, method: str, path: str, **options: object) -> tuple[dict[str, str], bytes]:
    """Return the headers of a response and its body as sent."""
    async with client.stream(method, path, **options) as response:  # type: ignore[arg-type]
        assert response.status_code == 200
        return dict(response.headers), b"".join([part async for part in response.aiter_raw()])


async def fetch_coded(client: AsyncClient, query: str, accepted: str) -> tuple[dict[str, str], bytes]:
    return await raw(client, "POST", "/graphql", json={"query": query}, headers={"accept-encoding": accepted})


@BOTH
async def test_a_long_answer(client: AsyncClient, coding: str) -> None:
    headers, sent = await fetch_coded(client, INTROSPECTION, coding)
    plain, whole = await fetch_coded(client, INTROSPECTION, "identity")
    assert UNPACK[coding](sent) == whole
    assert len(whole) > LONGEST_INLINE
    assert len(sent) < len(whole) / 4
    assert (headers["content-encoding"], headers["content-length"]) == (coding, str(len(sent)))
    assert "content-encoding" not in plain
    assert headers["vary"] == plain["vary"] == "Accept, Accept-Encoding, X-Gipfelbuch-Cost, X-Gipfelbuch-At-Least"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("br", None),
        ("gzip;q=0", None),
        ("deflate, zstd;q=0", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP;q=0.001", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd, gzip", "zstd"),
        ("gzip;q=1.0, zstd;q=0.9", "gzip"),
        ("gzip;q=0.5, zstd;q=0.6", "zstd"),
        ("zstd;q=0, gzip;q=0.1", "gzip"),
        ("identity, gzip", "gzip"),
        ("identity;q=1, gzip;q=0.5", None),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("*", "gzip"),
        ("*;q=0, zstd", "zstd"),
        ("gzip;q=0, *", None),
        ("zstd;q=0.2, *;q=0.1", "zstd"),
        ("gzip;q=2", None),
    ],
)
async def test_which_coding_is_taken(client: AsyncClient, accepted: str, coding: str | None) -> None:
    headers, sent = await fetch_coded(client, INTROSPECTION, accepted)
    assert headers.get("content-encoding") == coding
    assert (UNPACK[coding](sent) if coding else sent).startswith(b'{"data":')


@pytest.mark.parametrize("accepted", ["identity;q=0", "*;q=0", "br, identity;q=0", "gzip;q=0, *;q=0"])
@pytest.mark.parametrize("path", ["/graphql?query={__typename}", "/schema.graphql", "/possible-types.json"])
async def test_who_accepts_nothing_that_is_offered(client: AsyncClient, accepted: str, path: str) -> None:
    response = await client.get(path, headers={"accept-encoding": accepted})
    assert (response.status_code, response.headers["vary"]) == (406, "Accept, Accept-Encoding")
    assert response.json()["errors"] == [
        {
            "message": "Responses are available uncompressed or in zstd or gzip.",
            "extensions": {"code": "NOT_ACCEPTABLE"},
        }
    ]


async def test_two_headers_are_one_list(client: AsyncClient) -> None:
    two = [("accept-encoding", "identity;q=0"), ("accept-encoding", "zstd")]
    for path in ("/schema.graphql", f"/graphql?query={INTROSPECTION}"):
        assert (await raw(client, "GET", path, headers=two))[0]["content-encoding"] == "zstd"


@BOTH
async def test_a_short_answer_stays_as_it_is(client: AsyncClient, coding: str) -> None:
    headers, sent = await fetch_coded(client, "{ __typename }", coding)
    assert sent == b'{"data":{"__typename":"Query"}}'
    assert "content-encoding" not in headers


@BOTH
async def test_a_short_answer_for_whom_plain_will_not_do(client: AsyncClient, coding: str) -> None:
    headers, sent = await fetch_coded(client, "{ __typename }", f"{coding}, identity;q=0")
    assert UNPACK[coding](sent) == b'{"data":{"__typename":"Query"}}'
    assert headers["content-encoding"] == coding


@BOTH
@pytest.mark.parametrize(("more", "is_packed"), [(-1, False), (0, True)])
async def test_from_which_size_on(client: AsyncClient, coding: str, more: int, is_packed: bool) -> None:
    name = "a" * (LEAST_BYTES - len('{"data":{"":"Query"}}') + more)
    headers, _ = await fetch_coded(client, f"{{ {name}: __typename }}", coding)
    assert ("content-encoding" in headers) is is_packed


@BOTH
async def test_the_schema(client: AsyncClient, coding: str) -> None:
    packed = {"accept-encoding": coding}
    headers, sent = await raw(client, "GET", "/schema.graphql", headers=packed)
    assert UNPACK[coding](sent).decode() == print_sdl()
    assert headers["etag"].endswith(f'-{coding}"')
    had = await client.get("/schema.graphql", headers={**packed, "if-none-match": headers["etag"]})
    assert (had.status_code, had.content, had.headers["etag"]) == (304, b"", headers["etag"])
    plain = await client.get("/schema.graphql", headers={"accept-encoding": "identity"})
    assert plain.headers["etag"] != headers["etag"]
    assert (await raw(client, "HEAD", "/schema.graphql", headers=packed))[0].keys() == headers.keys()
