"""The files of the register over HTTP."""

from __future__ import annotations

import hashlib
import re
from asyncio import Future
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.types import Message

from service.app import create_app
from service.downloads import publish
from service.settings import Settings
from service.store.download_parts import PART_BYTES
from service.store.downloads import File, remove_old_contents, store_files
from service.store.enums import EntryKind
from service.store.loading.load import revision
from service.store.transactions import write_transaction
from tests.web.conftest import StartClient
from tests.web.test_compression import UNPACK

pytestmark = pytest.mark.slow

EXPOSED = "Accept-Ranges, Content-Encoding, Content-Length, Content-Range, ETag, Link, Location, X-Request-Id"
QUERY = "{ dataset { downloads { kind format url bytes sha256 } } }"


async def test_every_file_that_is_listed_is_there(start_client: StartClient, published_database: str) -> None:
    async with start_client(published_database) as client:
        listed = (await client.post("/graphql", json={"query": QUERY})).json()["data"]["dataset"]["downloads"]
        for file in listed:
            response = await client.get(file["url"])
            assert (response.status_code, len(response.content)) == (200, file["bytes"])
            assert hashlib.sha256(response.content).hexdigest() == file["sha256"]
            assert response.headers["content-type"].partition(";")[0] == file["format"]
    assert len(listed) == 2 * len(EntryKind)


async def test_what_is_said_of_a_file(start_client: StartClient, published_database: str) -> None:
    async with start_client(published_database) as client:
        headers = {"x-request-id": "seen-1"}
        headers["accept-encoding"] = "identity"
        response = await client.get("/downloads/1/talks.csv", headers=headers)
        head = await client.head("/downloads/1/talks.csv", headers=headers)
        has_it = {"if-none-match": response.headers["etag"], "accept-encoding": "identity"}
        had = await client.get("/downloads/1/talks.csv", headers=has_it)
        lines = await client.get("/downloads/1/talks.jsonl")
    assert dict(response.headers) == {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-length": str(len(response.content)),
        "etag": f'"{hashlib.sha256(response.content).hexdigest()}"',
        "cache-control": "public, max-age=31536000, immutable",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": EXPOSED,
        "accept-ranges": "bytes",
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
        "x-request-id": "seen-1",
    }
    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(response.headers))
    assert (had.status_code, had.content, had.headers["etag"]) == (304, b"", response.headers["etag"])
    assert lines.headers["content-type"] == "application/x-ndjson"


@pytest.mark.parametrize(
    "path",
    [
        "2/talks.csv",
        "0/talks.csv",
        "-1/talks.csv",
        "99999999999/talks.csv",
        "2147483648/talks.csv",
        "9223372036854775807/talks.csv",
        "9223372036854775808/talks.csv",
        "9" * 5_000 + "/talks.csv",
        "0" * 5_000 + "1/talks.csv",
        "1" + "0" * 5_000 + "/talks.csv",
        "+1/talks.csv",
        " 1/talks.csv",
        "1_0/talks.csv",
        "1.0/talks.csv",
        "\u0661/talks.csv",
        "1/" + "t" * 5_000 + ".csv",
        "one/talks.csv",
        "1/TALKS.csv",
        "1/talks.xml",
        "1/talks",
        "1/.csv",
        "1/meeting.csv",
        "1/..%2Ftalks.csv",
        "1/talks%00.csv",
        "1",
    ],
)
async def test_there_is_nothing_else(start_client: StartClient, published_database: str, path: str) -> None:
    async with start_client(published_database) as client:
        response = await client.get(f"/downloads/{path}")
    assert (response.status_code, response.json()["code"]) == (404, "NOT_FOUND")


async def test_links_are_absolute_where_the_public_address_is_set(
    start_client: StartClient, published_database: str
) -> None:
    async with start_client(published_database, public_url="https://example.org/register/") as client:
        listed = (await client.post("/graphql", json={"query": QUERY})).json()["data"]["dataset"]["downloads"]
    assert listed[-1]["url"] == "https://example.org/register/downloads/1/talks.csv"


def store_claims(url: str, path: Path, content: bytes) -> None:
    """Store a file of claims as the only one of a new revision, and no other content."""
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    file = File(path, "application/x-ndjson", len(content), digest, EntryKind.CLAIM)
    with write_transaction(url) as connection:
        store_files(connection, [file], revision(connection, raised=True))
        remove_old_contents(connection, kept=1)


@pytest.fixture
def store_without_content(scratch: str, tmp_path: Path) -> str:
    """Return a store without the content of the first of three revisions, where the other two are equal."""
    for content in (b"first", b"second", b"second"):
        store_claims(scratch, tmp_path / "claims.jsonl", content)
    return scratch


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-1"}, {"if-none-match": "*"}, {"accept-encoding": "gzip"}])
async def test_a_file_that_is_no_longer_kept(
    start_client: StartClient, store_without_content: str, method: str, headers: dict[str, str]
) -> None:
    async with start_client(store_without_content) as client:
        response = await client.request(method, "/downloads/1/claims.jsonl", headers=headers)
    assert (response.status_code, response.headers["cache-control"]) == (410, "no-store")
    assert response.headers["link"] == '</downloads/3/claims.jsonl>; rel="latest-version"'
    error = {
        "message": "The files of revision 1 are no longer kept; the newest is /downloads/3/claims.jsonl.",
        "extensions": {"code": "GONE", "newest": "/downloads/3/claims.jsonl"},
    }
    assert response.content == (orjson.dumps({"errors": [error]}) if method == "GET" else b"")


async def test_where_the_newest_is_under_the_public_address(
    start_client: StartClient, store_without_content: str
) -> None:
    async with start_client(store_without_content, public_url="https://example.org/register/") as client:
        response = await client.get("/downloads/1/claims.jsonl")
        options = await client.options("/downloads/1/claims.jsonl")
    newest = "https://example.org/register/downloads/3/claims.jsonl"
    assert response.json()["errors"][0]["extensions"]["newest"] == newest
    assert options.status_code == 204


async def test_a_file_of_an_earlier_revision_stays(start_client: StartClient, store_without_content: str) -> None:
    async with start_client(store_without_content) as client:
        found = [await client.get(f"/downloads/{number}/claims.jsonl") for number in (2, 3)]
        never = [await client.get(f"/downloads/{name}") for name in ("1/claims.csv", "1/talks.jsonl", "4/claims.jsonl")]
    assert [(each.status_code, each.content) for each in found] == [(200, b"second")] * 2
    assert [each.status_code for each in never] == [404] * 3


@pytest.fixture
def store_with_long_file(scratch: str, tmp_path: Path) -> tuple[str, bytes]:
    """Return a store whose only file has three parts, and its contents."""
    content = bytes(range(256)) * (PART_BYTES // 128) + b"end"
    store_claims(scratch, tmp_path / "claims.jsonl", content)
    return scratch, content


async def test_a_long_file_comes_whole(start_client: StartClient, store_with_long_file: tuple[str, bytes]) -> None:
    url, content = store_with_long_file
    async with start_client(url) as client:
        assert (await client.get("/downloads/1/claims.jsonl")).content == content


async def test_a_file_of_nothing(start_client: StartClient, scratch: str) -> None:
    with write_transaction(scratch) as connection:
        revision(connection, raised=True)
        publish(connection, kept=1)
    async with start_client(scratch) as client:
        response = await client.get("/downloads/1/claims.jsonl")
    assert (response.status_code, response.content, response.headers["content-length"]) == (200, b"", "0")


async def test_a_file_that_a_load_takes_away_breaks_off(
    store_with_long_file: tuple[str, bytes], tmp_path: Path
) -> None:
    url, content = store_with_long_file
    app = create_app(Settings(database_url=url))
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> Message:
        return await Future()

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and message["body"]:
            store_claims(url, tmp_path / "other.jsonl", b"other")

    scope = {"type": "http", "method": "GET", "path": "/downloads/1/claims.jsonl", "query_string": b"", "headers": []}
    async with app.router.lifespan_context(app):
        with pytest.raises(RuntimeError, match="response already started"):
            await app(scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[1]["body"] == content[:PART_BYTES]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=-3", -3, None),
        ("bytes=5-", 5, None),
        (f"bytes={PART_BYTES - 2}-{PART_BYTES + 1}", PART_BYTES - 2, PART_BYTES + 1),
        ("bytes=0-99999999", 0, None),
        ("bytes=-99999999", 0, None),
    ],
)
async def test_a_range(
    start_client: StartClient, store_with_long_file: tuple[str, bytes], asked: str, first: int, last: int | None
) -> None:
    url, content = store_with_long_file
    async with start_client(url) as client:
        response = await client.get("/downloads/1/claims.jsonl", headers={"range": asked})
    expected = content[first:] if last is None else content[first : last + 1]
    begin = first % len(content)
    assert (response.status_code, response.content) == (206, expected)
    assert response.headers["content-range"] == f"bytes {begin}-{begin + len(expected) - 1}/{len(content)}"
    assert response.headers["content-length"] == str(len(expected))
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=5-2", "bytes=-", "lines=0-1", "bytes=a-b"])
async def test_what_is_no_single_range_gives_the_whole(
    start_client: StartClient, store_with_long_file: tuple[str, bytes], asked: str
) -> None:
    url, content = store_with_long_file
    async with start_client(url) as client:
        response = await client.get("/downloads/1/claims.jsonl", headers={"range": asked})
    assert (response.status_code, response.content) == (200, content)


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
async def test_a_range_behind_the_end(
    start_client: StartClient, store_with_long_file: tuple[str, bytes], asked: str
) -> None:
    url, content = store_with_long_file
    async with start_client(url) as client:
        response = await client.get("/downloads/1/claims.jsonl", headers={"range": asked})
    assert (response.status_code, response.headers["content-range"]) == (416, f"bytes */{len(content)}")
    assert response.json()["errors"][0]["extensions"] == {"code": "RANGE_NOT_SATISFIABLE"}


async def test_a_range_of_another_file_is_none(
    start_client: StartClient, store_with_long_file: tuple[str, bytes]
) -> None:
    url, _ = store_with_long_file
    async with start_client(url) as client:
        tag = (await client.head("/downloads/1/claims.jsonl", headers={"accept-encoding": "identity"})).headers["etag"]
        for condition, status in ((tag, 206), ('"other"', 200)):
            headers = {"range": "bytes=0-1", "if-range": condition}
            assert (await client.get("/downloads/1/claims.jsonl", headers=headers)).status_code == status


@pytest.mark.parametrize("coding", UNPACK)
async def test_a_file_in_a_coding(
    start_client: StartClient, store_with_long_file: tuple[str, bytes], coding: str
) -> None:
    url, content = store_with_long_file
    packed = {"accept-encoding": coding, "x-request-id": "seen-1"}
    async with start_client(url) as client:
        async with client.stream("GET", "/downloads/1/claims.jsonl", headers=packed) as response:
            sent = b"".join([part async for part in response.aiter_raw()])
        head = await client.head("/downloads/1/claims.jsonl", headers=packed)
        had = await client.get(
            "/downloads/1/claims.jsonl", headers={**packed, "if-none-match": response.headers["etag"]}
        )
    assert UNPACK[coding](sent) == content
    assert len(sent) < len(content) / 10
    assert response.headers["etag"] == f'"{hashlib.sha256(content).hexdigest()}-{coding}"'
    assert response.headers["vary"] == "Accept-Encoding"
    assert not {"accept-ranges", "content-length"} & response.headers.keys()
    assert (head.status_code, dict(head.headers)) == (200, dict(response.headers))
    assert (had.status_code, had.headers["etag"]) == (304, response.headers["etag"])


@pytest.mark.parametrize(
    ("headers", "status", "coding", "sent"),
    [
        # a range belongs to the plain file, as long as that is acceptable
        ({"accept-encoding": "gzip"}, 206, None, slice(0, 10)),
        ({"accept-encoding": "gzip, identity;q=0"}, 200, "gzip", slice(None)),
        ({"accept-encoding": "zstd", "if-range": "TAG-zstd"}, 200, "zstd", slice(None)),
        ({"accept-encoding": "zstd", "if-range": "TAG"}, 206, None, slice(0, 10)),
        ({"accept-encoding": "zstd", "if-none-match": "TAG-zstd"}, 304, None, slice(0)),
        ({"if-none-match": "TAG"}, 304, None, slice(0)),
    ],
)
async def test_a_range_beside_codings(
    start_client: StartClient,
    store_with_long_file: tuple[str, bytes],
    headers: dict[str, str],
    status: int,
    coding: str | None,
    sent: slice,
) -> None:
    url, content = store_with_long_file
    digest = hashlib.sha256(content).hexdigest()
    headers = {name: re.sub("TAG(.*)", rf'"{digest}\1"', value) for name, value in headers.items()}
    headers = {"accept-encoding": "identity", "range": "bytes=0-9"} | headers
    async with (
        start_client(url) as client,
        client.stream("GET", "/downloads/1/claims.jsonl", headers=headers) as response,
    ):
        body = b"".join([part async for part in response.aiter_raw()])
    assert (response.status_code, response.headers.get("content-encoding")) == (status, coding)
    assert (UNPACK[coding](body) if coding else body) == content[sent]


async def test_a_range_is_asked_for_by_get_alone(
    start_client: StartClient, store_with_long_file: tuple[str, bytes]
) -> None:
    url, content = store_with_long_file
    async with start_client(url) as client:
        headers = {"accept-encoding": "identity", "range": "bytes=0-9"}
        response = await client.head("/downloads/1/claims.jsonl", headers=headers)
    assert (response.status_code, response.headers["content-length"]) == (200, str(len(content)))


async def test_who_has_it_is_told_so_whatever_range_is_asked_for(
    start_client: StartClient, store_with_long_file: tuple[str, bytes]
) -> None:
    url, _ = store_with_long_file
    async with start_client(url) as client:
        headers = {"range": "bytes=99999999-", "if-none-match": "*"}
        assert (await client.get("/downloads/1/claims.jsonl", headers=headers)).status_code == 304


@pytest.mark.parametrize("name", ["claims.jsonl", "talks.jsonl"])
async def test_who_accepts_no_coding_of_it(start_client: StartClient, published_database: str, name: str) -> None:
    async with start_client(published_database) as client:
        response = await client.get(f"/downloads/1/{name}", headers={"accept-encoding": "br, identity;q=0"})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (406, "NOT_ACCEPTABLE")
