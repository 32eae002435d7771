"""The addresses, requested from the real service on the seeds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from httpx import ASGITransport, AsyncClient

from service.app import create_app
from service.settings import Settings
from tests.http_server import serve_app


@pytest.fixture(scope="session")
async def client(database: str) -> AsyncIterator[AsyncClient]:
    """Yield a client that sends no Accept headers, and does not follow redirects."""
    app = create_app(Settings(database_url=database))
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=transport, base_url="http://book.test") as client,
    ):
        del client.headers["accept"], client.headers["accept-encoding"]
        yield client


@pytest.fixture(scope="session")
def site(database: str) -> Iterator[str]:
    """Yield the URL of the service, for clients outside the tests' process."""
    with serve_app(create_app(Settings(database_url=database))) as address:
        yield address
