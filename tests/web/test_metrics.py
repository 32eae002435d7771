"""What the service counts of itself."""

import re

from httpx import AsyncClient


async def counted(client: AsyncClient) -> dict[str, float]:
    """The samples of the endpoint by name and labels."""
    response = await client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    lines = re.findall(r"^(gipfelbuch_\S+) (\S+)$", response.text, re.M)
    return {name: float(value) for name, value in lines}


async def test_answers_are_counted_by_status(client: AsyncClient) -> None:
    before = await counted(client)
    for query in ("{ __typename }", "{ __typename }", "{ nothing }"):
        await client.post("/graphql", json={"query": query}, headers={"accept": "application/graphql-response+json"})
    after = await counted(client)
    names = [f'gipfelbuch_request_seconds_count{{status="{status}"}}' for status in (200, 400)]
    assert [after[name] - before.get(name, 0) for name in names] == [2, 1]
    took = after['gipfelbuch_request_seconds_sum{status="200"}'] - before.get(
        'gipfelbuch_request_seconds_sum{status="200"}', 0
    )
    assert 0 < took < 10
    assert after["gipfelbuch_connections_in_use"] == 0


async def test_the_process_tells_what_it_uses(client: AsyncClient) -> None:
    text = (await client.get("/metrics")).text
    assert float(re.findall(r"^process_resident_memory_bytes (\S+)$", text, re.M)[0]) > 10_000_000
    assert float(re.findall(r"^process_cpu_seconds_total (\S+)$", text, re.M)[0]) > 0
