"""Automatic persisted queries, as Apollo's link sends them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson
import pytest
from httpx import AsyncClient, Response

from tests.web.conftest import StartClient

DOCUMENT = "{ persisted: __typename }"
ANSWER = {"data": {"persisted": "Query"}}


def extension(document: str, **changed: Any) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256(document.encode()).hexdigest(), **changed}}


async def get(client: AsyncClient, extensions: object, **parameters: str) -> Response:
    return await client.get("/graphql", params={"extensions": orjson.dumps(extensions).decode(), **parameters})


def code(response: Response) -> str:
    (error,) = response.json()["errors"]
    found: str = error["extensions"]["code"]
    return found


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_document_is_sent_once(start_client: StartClient, server: str, method: str) -> None:
    async def ask(**parameters: str) -> Response:
        if method == "POST":
            return await client.post("/graphql", json={"extensions": extension(DOCUMENT), **parameters})
        return await get(client, extension(DOCUMENT), **parameters)

    async with start_client(server) as client:
        unknown = await ask()
        assert (unknown.status_code, code(unknown)) == (200, "PERSISTED_QUERY_NOT_FOUND")
        assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
        assert unknown.headers["cache-control"] == "no-store"
        assert (await ask(query=DOCUMENT)).json() == ANSWER
        assert (await ask()).json() == ANSWER


async def test_variables_and_the_operation_come_along(client: AsyncClient) -> None:
    document = "query A { __typename } query B($no: Boolean!) { b: __typename @skip(if: $no) c: __typename }"
    given = {"operationName": "B", "variables": '{"no":true}'}
    assert (await get(client, extension(document), query=document, **given)).json() == {"data": {"c": "Query"}}
    assert (await get(client, extension(document), **given)).json() == {"data": {"c": "Query"}}


async def test_a_document_that_is_another_one(client: AsyncClient) -> None:
    response = await get(client, extension("{ other: __typename }"), query=DOCUMENT)
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
    assert code(await get(client, extension("{ other: __typename }"))) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize("changed", [{"version": 2}, {"version": None}, {"sha256Hash": None}, {"sha256Hash": 7}])
async def test_another_protocol(client: AsyncClient, changed: dict[str, Any]) -> None:
    response = await get(client, extension(DOCUMENT, **changed))
    assert (response.status_code, code(response)) == (200, "PERSISTED_QUERY_NOT_SUPPORTED")


@pytest.mark.parametrize("persisted", ["x", 1, None, []])
async def test_what_is_no_protocol(client: AsyncClient, persisted: object) -> None:
    response = await get(client, {"persistedQuery": persisted})
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


async def test_what_is_kept_is_bounded_by_the_bytes_of_the_plans(start_client: StartClient, server: str) -> None:
    def document(number: int) -> str:
        return f"{{ a{number}: __typename }} # {'long ' * 1_000}"

    async with start_client(server, plan_cache_bytes=200_000) as client:
        for number in range(40):
            sent = document(number)
            body = {"query": sent, "extensions": extension(sent)}
            assert (await client.post("/graphql", json=body)).status_code == 200
        assert code(await get(client, extension(document(0)))) == "PERSISTED_QUERY_NOT_FOUND"
        assert (await get(client, extension(document(39)))).json() == {"data": {"a39": "Query"}}
