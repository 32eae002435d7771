"""What a tool refuses, with a code and a correction; and what HTTP refuses before that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from service.app import create_app
from service.settings import Settings
from tests.mcp.conftest import BASE, Connecting, content_of, errors_of, text_of

CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search", "arguments": {"text": "Hanoi"}}}
CLAIMS = "claims(first: 100) { nodes { "
COSTLY = f"{{ {CLAIMS} fact {{ {CLAIMS} fact {{ {CLAIMS} value {'}' * 9}"
LONG = f"{{ {CLAIMS} slug label passage {{ exact sha256 }} source {{ label title document }} fact {{ label }} }} }} }}"


@pytest.mark.parametrize(
    ("tool", "arguments", "code", "words"),
    [
        ("search", {}, "BAD_USER_INPUT", "`text` is required. Words to search for."),
        ("search", {"text": None}, "BAD_USER_INPUT", "`text` is required."),
        ("search", {"text": ""}, "BAD_USER_INPUT", "`text` must not be empty."),
        ("search", {"text": "x" * 301}, "BAD_USER_INPUT", "has 301 characters, and the limit is 300."),
        ("search", {"text": True}, "BAD_USER_INPUT", "`text` must be a text, not true."),
        ("search", {"text": ["Hanoi"]}, "BAD_USER_INPUT", 'Send {"text": "Hanoi"}.'),
        ("search", {"query": "Hanoi"}, "BAD_USER_INPUT", '`search` has no argument `query`. Send {"text": "Hanoi"}.'),
        ("search", {"q": "x", "first": "5"}, "BAD_USER_INPUT", 'Send {"text": "x", "limit": 5}.'),
        ("search", {"text": "x", "lang": "de"}, "BAD_USER_INPUT", 'Send {"text": "x", "language": "de"}.'),
        (
            "search",
            {"text": "x", "wrong": 1},
            "BAD_USER_INPUT",
            "Its arguments are `text`, `kind`, `language`, `as_of`, ",
        ),
        ("search", {"text": "x", "limit": 31}, "BAD_USER_INPUT", 'it must be 1 to 30. Send {"limit": 30}.'),
        (
            "search",
            {"text": "x", "limit": "5"},
            "BAD_USER_INPUT",
            'must be a whole number, not "5". Send {"limit": 5}.',
        ),
        ("search", {"text": "x", "kind": "summit"}, "BAD_USER_INPUT", 'Send {"kind": ["SUMMIT"]}.'),
        ("search", {"text": "x", "kind": ["Summit"]}, "BAD_USER_INPUT", 'Send {"kind": ["SUMMIT"]}.'),
        ("search", {"text": "x", "kind": "people, quotes"}, "BAD_USER_INPUT", 'Send {"kind": ["PERSON", "QUOTE"]}.'),
        ("search", {"text": "x", "kind": ["meeting"]}, "BAD_USER_INPUT", 'Send {"kind": ["SUMMIT", "TALKS"]}.'),
        ("search", {"text": "x", "kind": ["OFFICE"]}, "BAD_USER_INPUT", '"OFFICE" is not one of PERSON, '),
        ("search", {"text": "x", "type": "summit"}, "BAD_USER_INPUT", 'Send {"text": "x", "kind": ["SUMMIT"]}.'),
        ("search", {"text": "x", "as_of": "2019"}, "BAD_USER_INPUT", '"2019" is not a date: write it like 2019-02-28.'),
        ("search", {"text": "x", "as_of": "2019-02-31"}, "BAD_USER_INPUT", "is not a date"),
        ("search", {"text": "x", "asOf": "2019-01-01"}, "BAD_USER_INPUT", 'Send {"text": "x", "as_of": "2019-01-01"}.'),
        ("search", {"text": "x", "language": "!"}, "BAD_USER_INPUT", "!"),
        ("entry", {}, "BAD_USER_INPUT", "`entry` is required. Permalink (`url` of a hit) or slug of the entry."),
        ("entry", {"slug": "kim-jong-un"}, "BAD_USER_INPUT", 'no argument `slug`. Send {"entry": "kim-jong-un"}.'),
        ("entry", {"url": "/people/kim-jong-un"}, "BAD_USER_INPUT", 'Send {"entry": "/people/kim-jong-un"}.'),
        ("entry", {"name": "Kim", "limit": 3}, "BAD_USER_INPUT", 'Send {"entry": "Kim", "limit": 3}.'),
        ("entry", {"entry": {"slug": "kim-jong-un"}}, "BAD_USER_INPUT", 'Send {"entry": "kim-jong-un"}.'),
        ("entry", {"entry": "nobody"}, "NOT_FOUND", "`search` finds"),
        ("entry", {"entry": "Kim Jong Un"}, "NOT_FOUND", "Did you mean `kim-jong-un`"),
        ("entry", {"entry": "/people/kim_jong_un"}, "NOT_FOUND", "Did you mean `kim-jong-un`"),
        ("entry", {"entry": "hanoi 2019"}, "NOT_FOUND", "`hanoi-2019`"),
        ("entry", {"entry": "/summits/kim-jong-un"}, "NOT_FOUND", f"Did you mean `{BASE}/people/kim-jong-un`?"),
        ("entry", {"entry": "hanoi-2019", "as_of": "2018-01-01"}, "NOT_FOUND", "the first source on it is of 20"),
        ("entry", {"entry": "north-korea"}, "AMBIGUOUS", f"{BASE}/states/KP, {BASE}/places/north-korea"),
        (
            "timeline",
            {"between": ["kim-jong-un"]},
            "BAD_USER_INPUT",
            "must have 2 values, not 1. Two permalinks or slugs.",
        ),
        ("timeline", {"between": "a, b"}, "BAD_USER_INPUT", 'Send {"between": ["a", "b"]}.'),
        ("timeline", {"slugs": ["a", "b"]}, "BAD_USER_INPUT", 'Send {"between": ["a", "b"]}.'),
        ("timeline", {"a": "a", "b": "b"}, "BAD_USER_INPUT", "`between` is required. Two permalinks or slugs."),
        ("timeline", {"between": ["a", "b"], "latest_first": "true"}, "BAD_USER_INPUT", 'Send {"latest_first": true}.'),
        ("timeline", {"between": ["a", "b"], "since": "2019-01-01"}, "BAD_USER_INPUT", '"from": "2019-01-01"}.'),
        (
            "timeline",
            {"between": ["a", "b"], "from": "2019-01-02", "to": "2019-01-01"},
            "BAD_USER_INPUT",
            "`from` is after `to`",
        ),
        ("timeline", {"between": ["kim-jong-un", "nobody"]}, "NOT_FOUND", "`nobody`"),
        ("timeline", {"between": ["Kim Jong Un", "donald-trump"]}, "NOT_FOUND", '["kim-jong-un","donald-trump"]?'),
        ("timeline", {"between": ["moon-jae-in", "mike-pompeo"]}, "NOT_FOUND", "no facts between"),
        (
            "timeline",
            {"between": ["kim-jong-un", "donald-trump"], "as_of": "1900-01-01"},
            "NOT_FOUND",
            "no person or state `kim-jong-un` and no `donald-trump` as of 1900-01-01",
        ),
        ("ask", {}, "BAD_USER_INPUT", "one of the two"),
        ("ask", {"graphql": "{ x }"}, "BAD_USER_INPUT", 'Send {"query": "{ x }"}.'),
        ("ask", {"type": "Summit"}, "BAD_USER_INPUT", 'Send {"noun": "Summit"}.'),
        ("ask", {"query": "{ x }", "variables": '{"a": 1}'}, "BAD_USER_INPUT", 'Send {"variables": {"a": 1}}.'),
        ("ask", {"query": "{ x }", "operationName": "A"}, "BAD_USER_INPUT", '"operation_name": "A"}.'),
        ("ask", {"noun": "Summits2"}, "BAD_USER_INPUT", "There is no noun"),
        ("ask", {"noun": "persons"}, "BAD_USER_INPUT", "Did you mean `Person`"),
        ("ask", {"query": "{ summits { nodes { nme } } }"}, "GRAPHQL_VALIDATION_FAILED", "Did you mean 'name'"),
        ("ask", {"query": "{ summits"}, "GRAPHQL_PARSE_FAILED", "Syntax Error"),
        ("ask", {"query": "mutation { x }"}, "METHOD_NOT_ALLOWED", "read-only"),
        ("ask", {"query": COSTLY}, "QUERY_TOO_COMPLEX", "asks for too much"),
        (
            "ask",
            {"query": LONG},
            "ANSWER_TOO_LARGE",
            "",
        ),
    ],
)
async def test_a_tool_tells_what_to_mend(
    connect: Connecting, tool: str, arguments: dict[str, Any], code: str, words: str
) -> None:
    async with connect() as client:
        result = await client.call_tool(tool, arguments)
    error = errors_of(result)[0]
    assert error["extensions"]["code"] == code
    assert words in error["message"]
    assert ("hint" in text_of(result)) == (code in ("GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"))


async def test_each_wrong_argument_is_told(connect: Connecting) -> None:
    async with connect() as client:
        result = await client.call_tool("search", {"text": "", "limit": 0, "as_of": "today", "wrong": 1})
    assert [each["extensions"]["argument"] for each in errors_of(result)] == ["wrong", "text", "limit", "as_of"]


async def test_null_counts_as_omitted(connect: Connecting) -> None:
    async with connect() as client:
        asked = {"entry": "kim-jong-un", "as_of": None, "limit": None, "language": None}
        assert content_of(await client.call_tool("entry", asked))["label"] == "Kim Jong Un"


async def test_a_failed_read_tells_no_more_than_the_endpoint() -> None:
    app = create_app(Settings(database_url="postgresql://nobody@127.0.0.1:1/none"))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=BASE) as http,
        Client(streamable_http_client(f"{BASE}/mcp", http_client=http)) as client,
    ):
        errors = errors_of(await client.call_tool("search", {"text": "Hanoi"}))
    assert [error["extensions"]["code"] for error in errors] == ["DATABASE_UNREACHABLE"]


async def test_an_unknown_tool_or_resource_is_an_error_of_the_protocol(connect: Connecting) -> None:
    async with connect() as client:
        with pytest.raises(MCPError, match="Available tools: search, entry, timeline, ask"):
            await client.call_tool("drop", {})
        with pytest.raises(MCPError, match="There is no noun"):
            await client.read_resource("gipfelbuch://schema/Nothing")


async def test_two_processes_need_nothing_of_each_other(database: str, connect: Connecting) -> None:
    """A client that has begun with one continues with another: there is no session."""
    other = create_app(Settings(database_url=database))
    async with connect("legacy") as client, other.router.lifespan_context(other):
        await client.list_tools()
        transport = httpx2.ASGITransport(other)
        async with httpx2.AsyncClient(transport=transport, base_url=BASE) as http:
            headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-11-25"}
            response = await http.post("/mcp", json=CALL, headers=headers)
        assert content_of(await client.call_tool("search", {"text": "Hanoi"}))["total"] > 1
    assert response.status_code == 200
    assert response.json()["result"]["structuredContent"]["total"] > 1
    assert "mcp-session-id" not in response.headers


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (CALL, {"host": "evil.example"}, 421, "MISDIRECTED_REQUEST"),
        (CALL, {"origin": "https://evil.example"}, 403, "ORIGIN_NOT_ALLOWED"),
        (CALL, {"origin": "null"}, 403, "ORIGIN_NOT_ALLOWED"),
        (CALL, {"content-type": "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b"[" + b" " * 300_000 + b"]", {}, 413, "PAYLOAD_TOO_LARGE"),
    ],
)
async def test_http_refuses(
    post: Callable[..., Any], body: object, headers: dict[str, str], status: int, code: str
) -> None:
    response = await post(body, **headers)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (status, code)
    assert response.headers["x-request-id"]


async def test_a_page_of_this_machine_may_ask(post: Callable[..., Any]) -> None:
    response = await post(CALL, origin="http://localhost:6274")
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cache-control"] == "no-store"


async def test_a_public_service_is_open_to_the_pages_of_all_sites(database: str) -> None:
    app = create_app(Settings(database_url=database, public_url="https://summits.example/register"))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="https://summits.example") as http,
    ):
        accept = {"accept": "application/json, text/event-stream", "origin": "https://elsewhere.example"}
        response = await http.post("/mcp", json=CALL, headers=accept)
    hits = response.json()["result"]["structuredContent"]["hits"]
    assert hits[0]["url"].startswith("https://summits.example/register/")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_there_is_no_stream_and_no_session(app: Any, method: str) -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=BASE) as http:
        response = await http.request(method, "/mcp", headers={"accept": "text/event-stream"})
        preflight = await http.options("/mcp", headers={"origin": "https://elsewhere.example"})
    assert (response.status_code, response.headers["allow"]) == (405, "OPTIONS, POST")
    assert (preflight.status_code, preflight.headers["access-control-allow-methods"]) == (204, "POST")


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b'{"jsonrpc":"2.0"}', b"[" * 5_000, b"\xff"])
async def test_what_is_no_message_is_refused_as_the_protocol_has_it(post: Callable[..., Any], body: bytes) -> None:
    response = await post(body, **{"mcp-protocol-version": "2026-07-28"})
    assert response.status_code == 400
    assert response.json()["error"]["code"] in (-32700, -32600)
