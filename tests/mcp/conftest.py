"""The service on the seeds, queried by the clients of the package `mcp` in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx2
import orjson
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from service.app import Service, create_app
from service.settings import Settings

BASE = "http://localhost:8000"
Connecting = Callable[..., AbstractAsyncContextManager[Client]]


@pytest.fixture(scope="module")
async def app(database: str) -> AsyncIterator[Service]:
    app = create_app(Settings(database_url=database))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def connect(app: Service) -> Connecting:
    """Open a client, using the protocol's newest version or with `mode="legacy"` an earlier one."""

    @asynccontextmanager
    async def open_client(mode: str = "auto") -> AsyncIterator[Client]:
        async with (
            httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=BASE) as http,
            Client(streamable_http_client(f"{BASE}/mcp", http_client=http), mode=mode) as client,
        ):
            yield client

    return open_client


@pytest.fixture
async def post(app: Service) -> AsyncIterator[Callable[..., Any]]:
    """Post to the path directly, with headers."""
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=BASE) as http:

        async def send(body: object, path: str = "/mcp", **headers: str) -> httpx2.Response:
            named = {"accept": "application/json, text/event-stream", **headers}
            content = body if isinstance(body, bytes) else orjson.dumps(body)
            return await http.post(path, content=content, headers={"content-type": "application/json", **named})

        yield send


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def errors_of(result: CallToolResult) -> list[dict[str, Any]]:
    """Return the errors that a tool reports."""
    assert result.is_error
    assert result.structured_content is None
    errors: list[dict[str, Any]] = orjson.loads(text_of(result))["errors"]
    return errors


def content_of(result: CallToolResult) -> dict[str, Any]:
    """Return a tool's content, which its text repeats."""
    assert not result.is_error, text_of(result)
    content: dict[str, Any] = result.structured_content
    assert orjson.loads(text_of(result)) == content
    return content
