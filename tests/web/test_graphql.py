"""The endpoint: requests by POST and GET, and the status and bytes of their responses."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from httpx import AsyncClient

from service.planner.cost import VALUE_BYTES

Serving = Callable[..., AbstractAsyncContextManager[AsyncClient]]

JSON = "application/json; charset=utf-8"
GRAPHQL_JSON = "application/graphql-response+json; charset=utf-8"
ACCEPT_GRAPHQL = {"accept": "application/graphql-response+json"}
SENT_JSON = {"content-type": "application/json"}


def problem(code: str, message: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


async def test_a_query_by_post(client: AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{ __typename }"}, headers={"x-request-id": "seen-1"})
    assert response.status_code == 200
    assert response.json() == {"data": {"__typename": "Query"}}
    assert dict(response.headers) == {
        "content-type": JSON,
        "content-length": str(len(response.content)),
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Retry-After, X-Gipfelbuch-Revision, X-Request-Id",
        "vary": "Accept, Accept-Encoding, X-Gipfelbuch-Cost, X-Gipfelbuch-At-Least",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "x-request-id": "seen-1",
    }


async def test_an_answer_of_the_register(start_client: Serving, database: str) -> None:
    asked = {
        "query": "query ($slug: String!) { summit(slug: $slug) { slug status date { edtf } } }",
        "variables": {"slug": "vladivostok-2019"},
    }
    async with start_client(database) as client:
        response = await client.post("/graphql", json=asked, headers=ACCEPT_GRAPHQL)
    assert (response.status_code, response.headers["content-type"]) == (200, GRAPHQL_JSON)
    assert response.json() == {
        "data": {"summit": {"slug": "vladivostok-2019", "status": "HELD", "date": {"edtf": "2019-04-25"}}}
    }


async def test_a_query_by_get(client: AsyncClient) -> None:
    asked = {"query": "query A { __typename } query B { other: __typename }", "operationName": "B"}
    response = await client.get("/graphql", params=asked)
    assert (response.status_code, response.json()) == (200, {"data": {"other": "Query"}})


async def test_variables_by_get(client: AsyncClient) -> None:
    query = "query ($deep: Boolean!) { __typename @include(if: $deep) other: __typename @skip(if: $deep) }"
    response = await client.get("/graphql", params={"query": query, "variables": '{"deep":false}'})
    assert (response.status_code, response.json()) == (200, {"data": {"other": "Query"}})


async def test_empty_parameters_of_a_url_count_as_absent(client: AsyncClient) -> None:
    asked = {"query": "{ __typename }", "operationName": "", "variables": "", "extensions": ""}
    response = await client.get("/graphql", params=asked)
    assert (response.status_code, response.json()) == (200, {"data": {"__typename": "Query"}})


async def test_null_and_unknown_parameters_are_as_good_as_none(client: AsyncClient) -> None:
    asked = {"query": "{__typename}", "operationName": None, "variables": None, "extensions": None, "id": 7}
    response = await client.post("/graphql", json=asked)
    assert (response.status_code, response.json()) == (200, {"data": {"__typename": "Query"}})


async def test_a_body_in_parts(client: AsyncClient) -> None:
    async def parts() -> Any:
        yield b'{"query":'
        yield b'"{ __typename }"}'

    response = await client.post("/graphql", content=parts(), headers=SENT_JSON)
    assert (response.status_code, response.json()) == (200, {"data": {"__typename": "Query"}})


@pytest.mark.parametrize(
    ("accept", "status", "media"),
    [
        ("application/json", 200, JSON),
        ("application/graphql-response+json", 400, GRAPHQL_JSON),
        ("*/*", 200, JSON),
    ],
)
async def test_only_the_media_type_of_graphql_gives_a_refusal_a_status(
    client: AsyncClient, accept: str, status: int, media: str
) -> None:
    response = await client.post("/graphql", json={"query": "{"}, headers={"accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (status, media)
    assert response.json() == {
        "errors": [
            {
                "message": "Syntax Error: Expected Name, found <EOF>.",
                "locations": [{"line": 1, "column": 2}],
                "extensions": {"code": "GRAPHQL_PARSE_FAILED"},
            }
        ]
    }


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"query": ""}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ mountains }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query ($deep: Boolean!) { __typename @skip(if: $deep) }"}, "BAD_USER_INPUT"),
        ({"query": "query A { __typename } query B { __typename }"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A { __typename }", "operationName": "B"}, "OPERATION_RESOLUTION_FAILURE"),
    ],
)
async def test_a_refused_operation_has_no_data(client: AsyncClient, asked: dict[str, Any], code: str) -> None:
    response = await client.post("/graphql", json=asked, headers=ACCEPT_GRAPHQL)
    assert response.status_code == 400
    assert list(response.json()) == ["errors"]
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == [code]


@pytest.mark.parametrize("headers", [{}, ACCEPT_GRAPHQL])
async def test_a_refused_argument_leaves_null(client: AsyncClient, headers: dict[str, str]) -> None:
    asked = {"query": "{ all: summits(first: 101) { nodes { slug } } }"}
    response = await client.post("/graphql", json=asked, headers=headers)
    assert response.status_code == 200
    assert response.json() == {
        "errors": [
            {
                "message": "`first` is 101: it must be 0 to 100.",
                "path": ["all"],
                "extensions": {"code": "BAD_USER_INPUT", "argument": "first", "reason": "PAGE_TOO_LARGE"},
            }
        ],
        "data": None,
    }


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "The body is not JSON in UTF-8: Input is a zero-length, empty document."),
        (b'{"query', "The body is not JSON in UTF-8: unexpected end of data."),
        (b'{"query": "\xff"}', "The body is not JSON in UTF-8: str is not valid UTF-8: surrogates not allowed."),
        (b"[" * 100_000, "The body is not JSON in UTF-8: depth limit exceeded."),
        (
            b'{"variables": {"n": ' + b"9" * 5_000 + b"}}",
            "The body contains a number that is too large: the limit is 1.8e308.",
        ),
        (b'{"variables": {"n": -1e400}}', "The body contains a number that is too large: the limit is 1.8e308."),
        (
            b'[{"query": "{ __typename }"}]',
            "The body is a JSON list, but batches are not supported: select several fields in one operation, each with "
            "its own alias, as in `{ a: leader(slug: $a) { name } b: leader(slug: $b) { name } }`.",
        ),
        (b"1", "The body is not a JSON object."),
        (b"null", "The body is not a JSON object."),
        (b"{}", "`query` must be a string that contains the GraphQL document."),
        (b'{"query": 7}', "`query` must be a string that contains the GraphQL document."),
        (b'{"query": "{__typename}", "operationName": 7}', "`operationName` must be a string."),
        (b'{"query": "{__typename}", "variables": [7]}', "`variables` must be an object."),
        (b'{"query": "{__typename}", "extensions": "7"}', "`extensions` must be an object."),
    ],
)
async def test_a_body_that_is_no_request(client: AsyncClient, body: bytes, message: str) -> None:
    response = await client.post("/graphql", content=body, headers=SENT_JSON)
    assert (response.status_code, response.json()) == (400, problem("BAD_REQUEST", message))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "`query` must be a string that contains the GraphQL document."),
        ("query=%FF", "The query part of the URL is not form-encoded UTF-8."),
        ("query=%7B__typename%7D" + "&a=1" * 16, "The URL has 17 parameters, and the limit is 16."),
        ("a=1&" * 20, "The URL has 20 parameters, and the limit is 16."),
        (
            "query=%7B__typename%7D&variables=%7B%22n%22:" + "9" * 5_000 + "%7D",
            "`variables` contains a number that is too large: the limit is 1.8e308.",
        ),
        ("query=%7B__typename%7D&variables=%7B", "`variables` is not JSON: unexpected end of data."),
        ("query=%7B__typename%7D&variables=7", "`variables` must be an object."),
        ("query=%7B__typename%7D&extensions=7", "`extensions` must be an object."),
    ],
)
async def test_a_url_that_is_no_request(client: AsyncClient, query: str, message: str) -> None:
    response = await client.get(f"/graphql?{query}")
    assert (response.status_code, response.json()) == (400, problem("BAD_REQUEST", message))


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
async def test_a_body_of_another_type(client: AsyncClient, content_type: str) -> None:
    response = await client.post(
        "/graphql", content=b'{"query":"{__typename}"}', headers={"content-type": content_type}
    )
    message = "A POST request must have `Content-Type: application/json`, in UTF-8."
    assert (response.status_code, response.json()) == (415, problem("UNSUPPORTED_MEDIA_TYPE", message))
    assert response.headers["accept-post"] == "application/json"


async def test_a_compressed_body(client: AsyncClient) -> None:
    response = await client.post("/graphql", content=b"", headers={**SENT_JSON, "content-encoding": "gzip"})
    message = "Send the body without a Content-Encoding."
    assert (response.status_code, response.json()) == (415, problem("UNSUPPORTED_MEDIA_TYPE", message))
    assert response.headers["accept-encoding"] == "identity"


async def test_a_body_of_the_greatest_length_and_one_byte_more(client: AsyncClient) -> None:
    body = b'{"query":"{ __typename }"}'.ljust(262_144)
    response = await client.post("/graphql", content=body, headers=SENT_JSON)
    assert (response.status_code, response.json()) == (200, {"data": {"__typename": "Query"}})
    response = await client.post("/graphql", content=body + b" ", headers=SENT_JSON)
    message = "The body can have at most 262144 bytes."
    assert (response.status_code, response.json()) == (413, problem("PAYLOAD_TOO_LARGE", message))


async def test_nothing_acceptable(client: AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{__typename}"}, headers={"accept": "image/png"})
    message = "Responses are available as application/graphql-response+json or application/json."
    assert (response.status_code, response.json()) == (406, problem("NOT_ACCEPTABLE", message))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "QUERY"])
async def test_other_methods(client: AsyncClient, method: str) -> None:
    response = await client.request(method, "/graphql")
    assert (response.status_code, response.json()) == (
        405,
        problem("METHOD_NOT_ALLOWED", "Use GET or POST."),
    )
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize("headers", [{}, ACCEPT_GRAPHQL])
async def test_a_mutation_by_get(client: AsyncClient, headers: dict[str, str]) -> None:
    response = await client.get("/graphql", params={"query": "mutation { __typename }"}, headers=headers)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert [error["extensions"] for error in response.json()["errors"]] == [{"code": "METHOD_NOT_ALLOWED"}]


async def test_a_page_on_another_site_may_ask(client: AsyncClient) -> None:
    headers = {
        "origin": "https://example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    response = await client.options("/graphql", headers=headers)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-methods"] == "GET, POST"
    assert response.headers["access-control-allow-headers"] == "*"


async def test_who_asks_for_the_cost_is_told_it(start_client: Serving, database: str) -> None:
    query = {"query": "{ summits(first: 3) { nodes { slug } } }"}
    async with start_client(database) as client:
        plain = (await client.post("/graphql", json=query)).json()
        told = (await client.post("/graphql", json=query, headers={"X-Gipfelbuch-Cost": "1"})).json()
    assert "extensions" not in plain
    assert told["data"] == plain["data"]
    cost = told["extensions"]["cost"]
    assert cost["bytes"] == {
        "asked": 3 * (VALUE_BYTES + len("slug")),
        "allowed": 8 * 2**20,
        "heaviest": {"path": ["summits", "nodes", "slug"], "weighs": 3 * (VALUE_BYTES + len("slug"))},
    }
    assert 0 < cost["work"]["heaviest"]["weighs"] < cost["work"]["asked"] < cost["work"]["allowed"] == 1_000
