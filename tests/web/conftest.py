"""The real service, queried over ASGI inside its lifespan.

`client` queries it on a PostgreSQL without tables, which is enough for HTTP; `start_client` makes others.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from service.app import create_app
from service.settings import Settings

StartClient = Callable[..., AbstractAsyncContextManager[AsyncClient]]


@asynccontextmanager
async def _start_client(url: str, **settings: Any) -> AsyncIterator[AsyncClient]:
    app = create_app(Settings(database_url=url, **settings))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://gipfelbuch.test") as client,
    ):
        del client.headers["accept"]
        yield client


@pytest.fixture
def start_client() -> StartClient:
    """Yield a client of the service on the database of a URL, with the settings given."""
    return _start_client


@pytest.fixture(scope="session")
async def client(server: str) -> AsyncIterator[AsyncClient]:
    """Yield a client of the service on a database without tables; it sends no Accept headers."""
    async with _start_client(server) as client:
        yield client
