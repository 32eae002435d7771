"""The metrics of the service."""

import asyncio
import re
import socket
import time

import httpx
import pytest
from httpx import ASGITransport, AsyncClient
from psutil import Process
from starlette.applications import Starlette
from starlette.routing import Route

from service.app import create_app, template_of
from service.errors import HostUnusable, PortUnusable
from service.settings import Settings
from service.store.pool import ReadingPool
from service.web.metrics import Metrics
from tests.web.conftest import StartClient


async def fetch_samples(client: AsyncClient) -> dict[str, float]:
    """Return the samples of the endpoint by name and labels."""
    response = await client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    lines = re.findall(r"^(gipfelbuch_\S+) (\S+)$", response.text, re.M)
    return {name: float(value) for name, value in lines}


async def test_answers_are_counted_by_status(client: AsyncClient) -> None:
    before, began = await fetch_samples(client), time.perf_counter()
    for query in ("{ __typename }", "{ __typename }", "{ nothing }"):
        await client.post("/graphql", json={"query": query}, headers={"accept": "application/graphql-response+json"})
    after, passed = await fetch_samples(client), time.perf_counter() - began
    names = [f'gipfelbuch_request_seconds_count{{status="{status}"}}' for status in (200, 400)]
    assert [after[name] - before.get(name, 0) for name in names] == [2, 1]
    sum_ = 'gipfelbuch_request_seconds_sum{status="200"}'
    assert 0 < after[sum_] - before.get(sum_, 0) < passed


async def test_what_is_asked_beside_the_endpoint_is_counted_by_the_template_of_its_path(
    client: AsyncClient, server: str
) -> None:
    before = await fetch_samples(client)
    for path in ("/summits/a?peak=1", "/summits/b.json?peak=1", "/summits/c.csv", "/nowhere/1", "/nowhere/2"):
        await client.get(path)
    await client.options("/sitemaps/people-1.xml")
    after = await fetch_samples(client)

    def more(path: str, status: int) -> float:
        name = f'gipfelbuch_address_seconds_count{{path="{path}",status="{status}"}}'
        return after.get(name, 0) - before.get(name, 0)

    assert (more("/summits/{slug}", 400), more("/summits/{slug}", 404)) == (2, 1)
    assert more("none", 404) == 2
    assert more("/sitemaps/{list}-{number}.xml", 204) == 1
    # whatever is requested, there are no more labels than routes
    paths = {path for name in after for path in re.findall(r'path="([^"]+)"', name)}
    known = {template_of(str(getattr(each, "path", ""))) for each in create_app(Settings(database_url=server)).routes}
    assert paths <= {*known, "none"}


async def test_connections_are_counted_while_a_read_is_on_them(server: str) -> None:
    pool = ReadingPool(server, size=2, seconds=5)
    service = Starlette(routes=[Route("/metrics", Metrics(pool).text)])
    async with AsyncClient(transport=ASGITransport(service), base_url="http://gipfelbuch.test") as client:
        reads = [asyncio.create_task(pool.value("SELECT pg_sleep(0.5)")) for _ in range(3)]
        await asyncio.sleep(0.2)
        during = await fetch_samples(client)
        await asyncio.gather(*reads)
        after = await fetch_samples(client)
    await pool.close()
    assert [each["gipfelbuch_connections_in_use"] for each in (during, after)] == [2, 0]


async def test_the_process_tells_what_it_uses(client: AsyncClient) -> None:
    process = Process()
    before = sum(process.cpu_times()[:2])
    text = (await client.get("/metrics")).text
    after = sum(process.cpu_times()[:2])
    found = {name: float(value) for name, value in re.findall(r"^(process_\S+) (\S+)$", text, re.M)}
    # the kernel counts in hundredths of a second
    assert before - 0.02 <= found["process_cpu_seconds_total"] <= after + 0.02
    assert abs(found["process_start_time_seconds"] - process.create_time()) < 2


async def test_on_a_port_of_their_own_they_are_there_alone(start_client: StartClient, server: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    apart = f"http://127.0.0.1:{port}/metrics"
    async with start_client(server, metrics_port=port) as client:
        await client.post("/graphql", json={"query": "{ __typename }"})
        assert (await client.get("/metrics")).status_code == 404
        assert "metrics" not in (await client.get("/")).json()["links"]
        async with AsyncClient() as other:
            assert 'gipfelbuch_request_seconds_count{status="200"} 1.0' in (await other.get(apart)).text
    with pytest.raises(httpx.ConnectError):
        httpx.get(apart)


async def test_a_port_that_is_taken_is_named_by_its_setting(start_client: StartClient, server: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortUnusable, match="Set GIPFELBUCH_METRICS_PORT to another port"):
            async with start_client(server, metrics_port=port):
                pass


@pytest.mark.parametrize("host", ["192.0.2.1", "a" * 64])
async def test_a_host_that_is_not_ours_is_named_by_its_setting(
    start_client: StartClient, server: str, host: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(HostUnusable, match="Set GIPFELBUCH_METRICS_HOST to an address of this machine"):
        async with start_client(server, metrics_host=host, metrics_port=port):
            pass
