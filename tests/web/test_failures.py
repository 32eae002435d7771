"""Responses and log lines when something fails that the client did not cause."""

from __future__ import annotations

import asyncio
import logging
import re
import tempfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, ExitStack
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from httpx import AsyncClient, Response

from service.store.embedded.database import embedded_database
from service.web.logs import set_up_logs

pytestmark = pytest.mark.slow

Serving = Callable[..., AbstractAsyncContextManager[AsyncClient]]
Log = Callable[[], list[dict[str, Any]]]

QUESTION = {"query": "query Ask { leaders(first: 1) { nodes { slug } } }", "operationName": "Ask"}
REQUEST_ID = re.compile(r"[0-9a-f]{32}")


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Log:
    """Return what the service has written to stderr since the last call, line by line."""
    set_up_logs()
    return lambda: [orjson.loads(line) for line in capsys.readouterr().err.splitlines()]


def request_id(response: Response) -> str:
    """Return the id of a failure, which is the same in its header and its body."""
    (error,) = response.json()["errors"]
    found = error["extensions"]["requestId"]
    assert isinstance(found, str)
    assert REQUEST_ID.fullmatch(found)
    assert response.headers["x-request-id"] == found
    return found


def body(message: str, code: str, request_id: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code, "requestId": request_id}}]}


async def test_an_unexpected_failure_is_one_sentence_and_the_log_has_the_rest(client: AsyncClient, log: Log) -> None:
    response = await client.post("/graphql", json=QUESTION)
    found = request_id(response)
    assert response.status_code == 500
    assert response.json() == body(
        "Something went wrong on our side. It is in the log under the request id.",
        "INTERNAL_SERVER_ERROR",
        found,
    )
    (line,) = log()
    assert (line["level"], line["event"], line["request_id"]) == ("error", "request failed", found)
    assert (line["query"], line["operation_name"]) == (QUESTION["query"], "Ask")
    assert "UndefinedTableError" in line["exception"]


async def test_a_mistake_of_the_client_is_not_logged(client: AsyncClient, log: Log) -> None:
    await client.post("/graphql", json={"query": "{"})
    await client.post("/graphql", json={"query": "{ nothing }"})
    await client.post("/graphql", json={"query": "{ leaders(first: 101) { nodes { slug } } }"})
    await client.post("/graphql", content=b"{", headers={"content-type": "application/json"})
    await client.get("/nowhere")
    assert log() == []


async def test_the_database_goes_and_comes_back(start_client: Serving, log: Log) -> None:
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name, ExitStack() as first:
        folder = Path(name).resolve()
        url = await asyncio.to_thread(first.enter_context, embedded_database(folder))
        async with start_client(url) as client:
            asked = [client.post("/graphql", json={"query": "{ __typename }"}) for _ in range(4)]
            assert [response.status_code for response in await asyncio.gather(*asked)] == [200] * 4

            await asyncio.to_thread(first.close)
            away = await client.post("/graphql", json={"query": "{ __typename }"})
            not_ready = await client.get("/health/ready")
            for response in (away, not_ready):
                assert (response.status_code, response.headers["retry-after"]) == (503, "5")
                assert response.json() == body(
                    "The database cannot be reached at the moment; try again in a few seconds.",
                    "DATABASE_UNREACHABLE",
                    request_id(response),
                )
            assert [(line["level"], line["request_id"]) for line in log()] == [
                ("warning", request_id(away)),
                ("warning", request_id(not_ready)),
            ]
            assert (await client.get("/health/live")).status_code == 200

            with ExitStack() as second:
                assert await asyncio.to_thread(second.enter_context, embedded_database(folder)) == url
                back = await client.post("/graphql", json={"query": "{ __typename }"})
                assert (back.status_code, back.json()) == (200, {"data": {"__typename": "Query"}})


async def test_a_statement_that_waits_for_a_lock(start_client: Serving, scratch: str, log: Log) -> None:
    async with start_client(scratch, statement_timeout=0.2) as client:
        with psycopg.connect(scratch) as other:
            other.execute("LOCK actor IN ACCESS EXCLUSIVE MODE")
            response = await client.post("/graphql", json=QUESTION)
            found = request_id(response)
            assert (response.status_code, response.headers["retry-after"]) == (503, "5")
            assert response.json() == body(
                "The tables are being changed at the moment, by a migration or a load; try again soon.",
                "DATABASE_BUSY",
                found,
            )
            assert [(line["code"], line["request_id"]) for line in log()] == [("DATABASE_BUSY", found)]
        after = await client.post("/graphql", json=QUESTION)
        assert (after.status_code, after.json()) == (200, {"data": {"leaders": {"nodes": []}}})


async def test_more_requests_than_can_wait(start_client: Serving, scratch: str) -> None:
    async with start_client(scratch, statement_timeout=1, pool_size=1) as client:
        with psycopg.connect(scratch) as other:
            other.execute("LOCK actor IN ACCESS EXCLUSIVE MODE")
            # each waits half a second for the lock, and those behind it for their turn
            before = [asyncio.ensure_future(client.post("/graphql", json=QUESTION)) for _ in range(2)]
            await asyncio.sleep(0.2)
            before.append(asyncio.ensure_future(client.post("/graphql", json=QUESTION)))
            await asyncio.sleep(0.1)
            late = await client.post("/graphql", json=QUESTION)
            codes = [(await each).json()["errors"][0]["extensions"]["code"] for each in before]
            assert codes == ["DATABASE_BUSY"] * 3
        assert (late.status_code, late.headers["retry-after"]) == (503, "5")
        assert late.json() == body(
            "Too many requests are being answered at the moment; try again in a few seconds.",
            "OVERLOADED",
            request_id(late),
        )


def test_what_a_library_logs_has_the_same_form(log: Log) -> None:
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    (line,) = log()
    assert (line["level"], line["logger"], line["event"]) == (
        "warning",
        "uvicorn.error",
        "Invalid HTTP request received.",
    )
