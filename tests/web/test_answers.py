"""Cached responses: returned again without the database, for matching requests, and never after a commit."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest
from httpx import AsyncClient, Response

from service.store import revision as watching
from service.store.commits import IS_NOT_ANNOUNCED, LEASE_SECONDS, announce_commit
from service.store.pool import ReadingPool
from service.store.transactions import write_transaction
from tests.web.conftest import StartClient
from tests.web.test_metrics import fetch_samples

QUERY = "{ dataset { revision } }"
NAMED = "query ($l: String!) { dataset { revision licence(language: $l) } }"


@pytest.fixture
def register(scratch: str) -> str:
    """Return a store at revision 1, which is otherwise empty."""
    with psycopg.connect(scratch) as connection:
        connection.execute("INSERT INTO dataset (id, revision, updated_at) VALUES (1, 1, '2026-11-28 12:00+00')")
    return scratch


def commit(register: str) -> None:
    """Raise the revision, as a load does."""
    with write_transaction(register) as connection:
        connection.execute("UPDATE dataset SET revision = revision + 1, updated_at = now()")
        announce_commit(connection)


@pytest.fixture
def recorded_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record every statement of an operation that is read."""
    statements: list[str] = []
    row = ReadingPool.row

    async def record_statement(self: ReadingPool, statement: str, *values: Any, **options: Any) -> Any:
        if statement not in (watching.STATE, IS_NOT_ANNOUNCED):
            statements.append(statement)
        return await row(self, statement, *values, **options)

    monkeypatch.setattr(ReadingPool, "row", record_statement)
    return statements


async def ask(client: AsyncClient, query: str = QUERY, **headers: str) -> Response:
    response = await client.post("/graphql", json={"query": query}, headers=headers)
    assert response.status_code == 200, response.text
    return response


async def results(client: AsyncClient) -> dict[str, float]:
    names = ("hit", "shared", "miss", "stale")
    samples = await fetch_samples(client)
    return {name: samples[f'gipfelbuch_kept_answers_total{{result="{name}"}}'] for name in names}


async def test_what_was_asked_before_is_not_asked_of_the_database(
    start_client: StartClient, register: str, recorded_statements: list[str]
) -> None:
    async with start_client(register) as client:
        answers = [await ask(client) for _ in range(3)]
        # in other words, and by the other method
        answers.append(await ask(client, "query Q { dataset { revision } }"))
        answers.append(await client.get("/graphql", params={"query": QUERY}))
        assert await results(client) == {"hit": 4, "shared": 0, "miss": 1, "stale": 0}
        assert (await fetch_samples(client))["gipfelbuch_kept_answers_bytes"] > 0
    assert [each.json() for each in answers] == [{"data": {"dataset": {"revision": 1}}}] * 5
    assert {each.headers["x-gipfelbuch-revision"] for each in answers} == {"1"}
    assert len({each.headers["x-request-id"] for each in answers}) == 5
    assert len(recorded_statements) == 1


async def test_what_differs_in_anything_is_asked_anew(
    start_client: StartClient, register: str, recorded_statements: list[str]
) -> None:
    async with start_client(register) as client:
        await ask(client)
        await ask(client, "{ d: dataset { revision } }")
        await ask(client, '{ dataset { revision } summit(slug: "a") { slug } }')
        warned = [await ask(client, f'{{ summit(slug: "{slug}") {{ slug }} }}') for slug in ("b", "c", "b")]
        days = [
            (await ask(client, f'{{ summits(asOf: "{day}") {{ totalCount }} }}')).json()
            for day in ("2019-01-01", "2020-01-01")
        ]
    assert len(recorded_statements) == 7
    assert len({str(each) for each in days}) == 1
    values = [each.json()["extensions"]["warnings"][0]["value"] for each in warned]
    assert values == ["b", "c", "b"]


async def test_what_it_costs_is_told_to_who_asks_alone(
    start_client: StartClient, register: str, recorded_statements: list[str]
) -> None:
    async with start_client(register) as client:
        costs = [
            "cost" in (await ask(client, **headers)).json().get("extensions", {})
            for headers in ({"x-gipfelbuch-cost": "1"}, {}, {"x-gipfelbuch-cost": "1"}, {})
        ]
    assert costs == [True, False, True, False]
    assert len(recorded_statements) == 3


async def test_a_get_must_be_a_query_whatever_is_kept(start_client: StartClient, register: str) -> None:
    async with start_client(register) as client:
        await client.get("/graphql", params={"query": QUERY})
        form = await client.post("/graphql", content=f"query={QUERY}", headers={"content-type": "application/json"})
    assert (form.status_code, form.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


async def test_equal_requests_under_way_are_computed_once(
    start_client: StartClient, register: str, recorded_statements: list[str]
) -> None:
    async with start_client(register) as client:
        answers = await asyncio.gather(*(ask(client) for _ in range(8)))
        after = await results(client)
    assert len({each.content for each in answers}) == len(recorded_statements) == 1
    assert (after["miss"], after["shared"] + after["hit"]) == (1, 7)


async def test_a_failure_is_not_kept(start_client: StartClient, register: str) -> None:
    lock = "LOCK TABLE dataset IN ACCESS EXCLUSIVE MODE"
    async with start_client(register, statement_timeout=0.4) as client:
        with psycopg.connect(register) as connection:
            await ask(client)
            connection.execute(lock)
            query = {"query": "{ dataset { name revision } }"}
            failed = await asyncio.gather(*(client.post("/graphql", json=query) for _ in range(3)))
        assert {each.json()["errors"][0]["extensions"]["code"] for each in failed} == {"DATABASE_BUSY"}
        assert (await client.post("/graphql", json=query)).json()["data"]["dataset"]["revision"] == 1


async def test_nothing_is_kept_where_nothing_may_be(
    start_client: StartClient, register: str, recorded_statements: list[str]
) -> None:
    async with start_client(register, answer_cache_bytes=0) as client:
        for _ in range(2):
            assert (await ask(client)).headers["x-gipfelbuch-revision"] == "1"
        assert sum((await results(client)).values()) == 0
    assert len(recorded_statements) == 2


async def test_after_a_commit_nothing_of_before_is_answered(start_client: StartClient, register: str) -> None:
    async with start_client(register) as client:
        for expected in (1, 2, 3):
            for _ in range(2):
                response = await ask(client)
                assert response.json()["data"]["dataset"]["revision"] == expected
                assert response.headers["x-gipfelbuch-revision"] == str(expected)
            committing = asyncio.create_task(asyncio.to_thread(commit, register))
            while not committing.done():
                assert (await ask(client)).json()["data"]["dataset"]["revision"] in (expected, expected + 1)
            await committing
        assert (await results(client))["stale"] > 0


async def test_a_revision_is_waited_for(start_client: StartClient, register: str) -> None:
    async with start_client(register) as client:
        await ask(client)
        waiting = asyncio.create_task(ask(client, **{"x-gipfelbuch-at-least": "2"}))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await asyncio.to_thread(commit, register)
        assert (await waiting).headers["x-gipfelbuch-revision"] == "2"
        assert (await ask(client, **{"x-gipfelbuch-at-least": "1"})).headers["x-gipfelbuch-revision"] == "2"


async def test_a_revision_that_does_not_come_is_refused(
    start_client: StartClient, register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "REACH_SECONDS", 0.2)
    async with start_client(register) as client:
        for path in ("/graphql", "/summits.json"):
            headers = {"x-gipfelbuch-at-least": "2"}
            late = await client.get(path, params={"query": QUERY} if path == "/graphql" else {}, headers=headers)
            assert (late.status_code, late.headers["retry-after"]) == (503, "5")
            assert late.json()["errors"][0]["extensions"]["code"] == "REVISION_NOT_REACHED"
        wrong = await client.get("/graphql", params={"query": QUERY}, headers={"x-gipfelbuch-at-least": "two"})
    assert (wrong.status_code, wrong.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("path", ["/graphql", "/dataset.json"])
async def test_an_answer_that_is_older_all_the_same_is_refused(
    start_client: StartClient, register: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record was reported to have the revision, but a server that is behind has responded."""

    async def has_it(*_: object) -> bool:
        return True

    monkeypatch.setattr(watching.RevisionWatch, "reach", has_it)
    async with start_client(register) as client:
        asked = {"query": QUERY} if path == "/graphql" else {}
        for least, status in (("1", 200), ("2", 503)):
            answer = await client.get(path, params=asked, headers={"x-gipfelbuch-at-least": least})
            assert answer.status_code == status
        assert "REVISION_NOT_REACHED" in answer.text


async def test_pages_tell_their_revision_and_are_made_of_what_is_kept(
    start_client: StartClient, register: str, recorded_statements: list[str]
) -> None:
    async with start_client(register) as client:
        pages = [await client.get("/summits.json") for _ in range(2)]
    assert [each.headers["x-gipfelbuch-revision"] for each in pages] == ["1", "1"]
    assert len(recorded_statements) == 1


async def test_a_commit_that_is_unannounced_is_seen_soon(start_client: StartClient, register: str) -> None:
    async with start_client(register) as client:
        await ask(client)
        with psycopg.connect(register) as connection:
            connection.execute("UPDATE dataset SET revision = 2")
        await asyncio.sleep(LEASE_SECONDS)
        assert (await ask(client)).headers["x-gipfelbuch-revision"] == "2"
