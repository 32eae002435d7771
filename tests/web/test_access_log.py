"""The id of each request, and its line in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import orjson
import pytest
from httpx import AsyncClient

from service.web.logs import LONGEST_EXCEPTION, LONGEST_VALUE, set_up_logs
from tests.web.conftest import StartClient

Log = Callable[[], list[dict[str, Any]]]
QUERY = "query Ask { leaders(first: 20) { nodes { slug name } } }"


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Log:
    """Return what the service has written to stderr since the last call, line by line."""
    return lambda: [orjson.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize("path", ["/graphql?query={__typename}", "/health/live", "/nowhere", "/graphql", "/metrics"])
@pytest.mark.parametrize("given", ["0b7c2b9e-5b0a-4a3c-8d53-d0a1e9f0a7c1", "a", "z" * 64])
async def test_an_id_that_a_request_comes_with_is_kept(client: AsyncClient, path: str, given: str) -> None:
    assert (await client.get(path, headers={"x-request-id": given})).headers["x-request-id"] == given


@pytest.mark.parametrize("given", [None, "", "a b", "z" * 65, "\u00e4", 'a"}', "a,b"])
async def test_any_other_gets_a_new_one(client: AsyncClient, given: str | None) -> None:
    headers = {} if given is None else {"x-request-id": given.encode()}
    found = {(await client.get(path, headers=headers)).headers["x-request-id"] for path in ("/graphql", "/") * 2}  # type: ignore[arg-type]
    assert len(found) == 4
    assert all(len(each) == 32 and set(each) <= set("0123456789abcdef") for each in found)


async def test_one_line_for_each_request(start_client: StartClient, database: str, log: Log) -> None:
    async with start_client(database, log_level="info") as client:
        answer = await client.post("/graphql", json={"query": QUERY}, headers={"x-request-id": "seen-1"})
        refused = await client.post("/graphql", json={"query": "query Two { nothing }", "operationName": "Two"})
        malformed = await client.post("/graphql", content=b"{", headers={"content-type": "application/json"})
        beside = await client.get("/health/ready")
        nowhere = await client.get("/nowhere")
    lines = [line for line in log() if line["logger"] == "gipfelbuch.request"]
    assert [line["request_id"] for line in lines] == [
        each.headers["x-request-id"] for each in (answer, refused, malformed, beside, nowhere)
    ]
    first, *others = lines
    durations = [first.pop(name) for name in ("waiting_ms", "database_ms", "total_ms")]
    assert 0 <= durations[0] < durations[1] < durations[2]
    assert first.pop("cost") > 0
    del first["timestamp"]
    assert first == {
        "event": "request",
        "level": "info",
        "logger": "gipfelbuch.request",
        "request_id": "seen-1",
        "method": "POST",
        "path": "/graphql",
        "operation_name": "Ask",
        "document": sha256(QUERY.encode()).hexdigest()[:16],
        "status": 200,
        "bytes": len(answer.content),
    }
    assert [(line["path"], line["status"], line.get("code"), line.get("operation_name")) for line in others] == [
        ("/graphql", refused.status_code, "GRAPHQL_VALIDATION_FAILED", "Two"),
        ("/graphql", 400, "BAD_REQUEST", None),
        ("/health/ready", 200, None, None),
        ("/nowhere", 404, "NOT_FOUND", None),
    ]
    assert [line["bytes"] for line in others] == [len(each.content) for each in (refused, malformed, beside, nowhere)]


async def test_by_default_only_what_fails_has_a_line(start_client: StartClient, database: str, log: Log) -> None:
    async with start_client(database) as client:
        await client.post("/graphql", json={"query": QUERY})
        await client.get("/health/ready")
        refused = await client.get("/oembed?format=yaml&url=http://book.test/summits/hanoi-2019")
    assert refused.status_code == 501
    assert log() == []


def test_no_line_is_longer_than_it_may_be(log: Log) -> None:
    set_up_logs()
    logger = logging.getLogger("gipfelbuch.request")
    try:
        raise ValueError("word is too long in tsquery: " + "z" * 1_100_000)
    except ValueError:
        logger.exception("%s", "y" * 1_100_000)
    (line,) = log()
    assert len(line["event"]) < LONGEST_VALUE + 50
    assert len(line["exception"]) < LONGEST_EXCEPTION + 50
    assert "word is too long in tsquery" in line["exception"]
    assert len(orjson.dumps(line)) < LONGEST_VALUE + LONGEST_EXCEPTION + 500


async def test_a_long_document_does_not_make_a_long_line(client: AsyncClient, log: Log) -> None:
    set_up_logs()
    query = QUERY + "#" + "a" * 200_000
    response = await client.post("/graphql", json={"query": query, "variables": {"a": ["b" * 9] * 900}})
    (line,) = log()
    assert (line["status"], line["request_id"]) == (500, response.headers["x-request-id"])
    assert len(orjson.dumps(line)) < 2 * LONGEST_VALUE + LONGEST_EXCEPTION + 1_000
