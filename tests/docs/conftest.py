"""The service on the seeds, for the questions in the pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from httpx import ASGITransport, AsyncClient

from service.app import create_app
from service.settings import Settings


@asynccontextmanager
async def start_client(url: str) -> AsyncIterator[AsyncClient]:
    """Yield a client of the service on a database."""
    app = create_app(Settings(database_url=url))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://gipfelbuch.test") as client,
    ):
        yield client


@pytest.fixture(scope="session")
async def client(database: str) -> AsyncIterator[AsyncClient]:
    """Yield a client of the service on the seeds."""
    async with start_client(database) as client:
        yield client
