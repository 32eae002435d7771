"""What caches may keep: entity tags of responses to GET, and 304 without querying the database."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from httpx import AsyncClient, Response

from service.store import revision
from service.store.pool import ReadingPool
from tests.web.conftest import StartClient

QUERY = {"query": "{ dataset { revision } }"}


@pytest.fixture
def register(scratch: str) -> str:
    """Return a store at revision 1, which is otherwise empty."""
    with psycopg.connect(scratch) as connection:
        connection.execute("INSERT INTO dataset (id, revision, updated_at) VALUES (1, 1, '2026-11-28 12:00+00')")
    return scratch


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record every statement that is read from now on."""
    asked: list[str] = []
    row = ReadingPool.row

    async def record_statement(self: ReadingPool, statement: str, *values: Any, **options: Any) -> Any:
        asked.append(statement)
        return await row(self, statement, *values, **options)

    monkeypatch.setattr(ReadingPool, "row", record_statement)
    return asked


async def revalidate(client: AsyncClient, response: Response, **headers: str) -> Response:
    return await client.get("/graphql", params=QUERY, headers={"if-none-match": response.headers["etag"], **headers})


async def test_who_has_an_answer_is_told_so_without_the_database(
    start_client: StartClient, register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start_client(register) as client:
        first = await client.get("/graphql", params=QUERY)
        asked = count_reads(monkeypatch)
        second = await revalidate(client, first)
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
    assert (second.status_code, second.content, second.headers["etag"]) == (304, b"", first.headers["etag"])
    assert second.headers["cache-control"] == "no-cache"
    assert (
        first.headers["vary"]
        == second.headers["vary"]
        == "Accept, Accept-Encoding, X-Gipfelbuch-Cost, X-Gipfelbuch-At-Least"
    )
    assert asked == []


async def test_a_load_is_seen(start_client: StartClient, register: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision, "LEASE_SECONDS", 0.0)
    async with start_client(register) as client:
        first = await client.get("/graphql", params=QUERY)
        with psycopg.connect(register) as connection:
            connection.execute("UPDATE dataset SET revision = 2")
        second = await revalidate(client, first)
    assert (second.status_code, second.json()) == (200, {"data": {"dataset": {"revision": 2}}})
    assert second.headers["etag"] != first.headers["etag"]


async def test_a_store_that_is_made_anew_has_other_tags(
    start_client: StartClient, register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revision, "LEASE_SECONDS", 0.0)
    async with start_client(register) as client:
        first = await client.get("/graphql", params=QUERY)
        with psycopg.connect(register) as connection:
            connection.execute("UPDATE dataset SET updated_at = updated_at + interval '1 day'")
        assert (await revalidate(client, first)).status_code == 200


async def test_another_request_has_another_tag(start_client: StartClient, register: str) -> None:
    async with start_client(register) as client:
        first = await client.get("/graphql", params=QUERY)
        others = [
            await client.get("/graphql", params={"query": "{ dataset { name } }"}),
            await client.get("/graphql", params=QUERY, headers={"accept": "application/graphql-response+json"}),
            await client.get("/graphql", params=QUERY, headers={"x-gipfelbuch-cost": "1"}),
        ]
        tags = {each.headers["etag"] for each in (first, *others)}
        assert len(tags) == 4
        assert (await revalidate(client, others[0])).status_code == 200
        head = await client.head("/graphql", params=QUERY)
    assert head.headers["etag"] == first.headers["etag"]


async def test_what_says_how_the_service_is_now_is_not_kept(client: AsyncClient) -> None:
    for path in ("/health/live", "/health/ready", "/metrics"):
        assert (await client.get(path)).headers["cache-control"] == "no-store"
    assert (await client.get("/")).headers["cache-control"] == "no-cache"


LONG = {"query": f"{{ dataset {{ {' '.join(f'a{number}: licence' for number in range(99))} }} }}"}


async def test_each_coding_has_a_tag_of_its_own(start_client: StartClient, register: str) -> None:
    accepted = ["identity", "gzip", "zstd"]
    async with start_client(register) as client:
        tags = {}
        for coding in accepted:
            got = await client.get("/graphql", params=LONG, headers={"accept-encoding": coding})
            tags[coding] = got.headers["etag"]
        assert len(set(tags.values())) == len(accepted)
        # all clients accept plain unless they refuse it, so whoever has a plain copy may keep using it
        for header, named, status in [
            *((coding, tags[coding], 304) for coding in accepted),
            ("gzip, identity;q=0", tags["gzip"], 304),
            ("gzip", f"{tags['zstd']}, {tags['gzip']}", 304),
            ("gzip", tags["identity"], 304),
            ("gzip, identity;q=0", tags["identity"], 200),
            ("gzip", tags["zstd"], 200),
            ("identity", tags["gzip"], 200),
        ]:
            headers = {"accept-encoding": header, "if-none-match": named}
            response = await client.get("/graphql", params=LONG, headers=headers)
            assert response.status_code == status, (header, named)
            assert status == 200 or response.headers["etag"] in named
            assert status == 304 or response.headers["etag"] == tags[header.partition(",")[0]]


async def test_head_in_a_coding(start_client: StartClient, register: str) -> None:
    async with start_client(register) as client:
        headers = {"accept-encoding": "zstd", "x-request-id": "seen-1"}
        get, head = [await client.request(each, "/graphql", params=LONG, headers=headers) for each in ("GET", "HEAD")]
    assert (dict(head.headers), head.content) == (dict(get.headers), b"")
    assert head.headers["content-encoding"] == "zstd"


async def test_what_is_no_answer_is_not_kept(start_client: StartClient, register: str) -> None:
    async with start_client(register, cache_control="public, max-age=60") as client:
        posted = await client.post("/graphql", json=QUERY)
        refused = await client.get("/graphql", params={"query": "{"})
        kept = await client.get("/graphql", params=QUERY)
        nowhere = await client.get("/nowhere")
    assert [each.headers["cache-control"] for each in (posted, refused, nowhere)] == ["no-store"] * 3
    assert [name for each in (posted, refused) for name in each.headers if name == "etag"] == []
    assert kept.headers["cache-control"] == "public, max-age=60"


async def test_without_a_record_there_is_no_tag(client: AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": "{ __typename }"}, headers={"if-none-match": "*"})
    assert response.status_code == 200
    assert "etag" not in response.headers


@pytest.mark.parametrize(("path", "parameter"), [("/graphql", "query"), ("/summits", "as_of")])
async def test_what_is_asked_of_a_day_to_come_has_no_tag(
    start_client: StartClient, register: str, path: str, parameter: str
) -> None:
    """When the day has come, the response is different, and so are its warnings."""
    tags = []
    async with start_client(register) as client:
        for day in ("2026-01-01", "9998-01-01"):
            asked = f'{{ summits(asOf: "{day}") {{ totalCount }} }}' if parameter == "query" else day
            response = await client.get(path, params={parameter: asked})
            assert response.status_code == 200
            tags.append("etag" in response.headers)
    assert tags == [True, False]
