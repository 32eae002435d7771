"""An operator's database that crashes while the service runs, on whatever PostgreSQL the tests use."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import psutil
import psycopg
import pytest
from httpx import AsyncClient

from service.store.embedded.database import throwaway_database
from tests.conftest import SYSTEM_LOCALE

pytestmark = pytest.mark.slow

Serving = Callable[..., AbstractAsyncContextManager[AsyncClient]]
QUESTION = {"query": "{ __typename }"}
SECONDS = 30


@pytest.fixture
def crashing_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield a PostgreSQL for one test, which somebody restarts when it crashes."""
    programs = request.config.getoption("--postgres")
    with throwaway_database(Path(programs), SYSTEM_LOCALE) if programs else throwaway_database() as url:
        yield url


def server_process(url: str) -> int:
    with psycopg.connect(url) as connection:
        return psutil.Process(connection.info.backend_pid).ppid()


async def test_the_server_is_killed_and_comes_back(start_client: Serving, crashing_server: str) -> None:
    async with start_client(crashing_server) as client:
        asked = [client.post("/graphql", json=QUESTION) for _ in range(4)]
        assert [response.status_code for response in await asyncio.gather(*asked)] == [200] * 4
        before = server_process(crashing_server)
        os.kill(before, signal.SIGKILL)
        statuses: list[int] = []
        async with asyncio.timeout(SECONDS):
            # a connection may outlive its server for a moment
            while 503 not in statuses or statuses[-1] != 200:
                response = await client.post("/graphql", json=QUESTION)
                statuses.append(response.status_code)
                if response.status_code == 503:
                    assert response.headers["retry-after"] == "5"
                    assert response.json()["errors"][0]["extensions"]["code"] == "DATABASE_UNREACHABLE"
                assert (await client.get("/health/live")).status_code == 200
        assert set(statuses) == {200, 503}
        assert server_process(crashing_server) != before
        # all earlier connections are gone, and no request notices
        asked = [client.post("/graphql", json=QUESTION) for _ in range(8)]
        assert [response.status_code for response in await asyncio.gather(*asked)] == [200] * 8
        assert (await client.get("/health/ready")).status_code == 200


async def test_one_connection_is_killed_and_the_server_recovers(start_client: Serving, crashing_server: str) -> None:
    async with start_client(crashing_server) as client:
        assert (await client.post("/graphql", json=QUESTION)).status_code == 200
        with psycopg.connect(crashing_server) as connection:
            row = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'gipfelbuch'"
            ).fetchone()
        assert row
        os.kill(int(row[0]), signal.SIGKILL)
        statuses: list[int] = []
        async with asyncio.timeout(SECONDS):
            while statuses[-1:] != [200]:
                statuses.append((await client.post("/graphql", json=QUESTION)).status_code)
        assert set(statuses) <= {200, 503}
