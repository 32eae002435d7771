"""Cost of a search by /mcp next to the same operation by /graphql: CPU of the service, medians of interleaved rounds.

python -m bench.mcp PID URL measures a running service, by the id of its process.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from typing import Any

import httpx
import psutil

from bench.harness.cpu_time import cpu_seconds
from service.mcp.reading import stored_operation

ROUNDS, REQUESTS = 9, 40
TEXT = "Hanoi"
NEWEST = "2026-07-28"
META = {
    "io.modelcontextprotocol/protocolVersion": NEWEST,
    "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}


def search_by_tool(client: httpx.Client, version: str) -> None:
    """Return a search by a tool, in a version of the protocol."""
    parameters: dict[str, Any] = {"name": "search", "arguments": {"text": TEXT}}
    headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": version}
    if version == NEWEST:
        parameters["_meta"] = META
        headers |= {"mcp-method": "tools/call", "mcp-name": "search"}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": parameters}
    response = client.post("/mcp", json=body, headers=headers)
    assert response.json()["result"]["structuredContent"]["hits"], response.text


def search_by_graphql(client: httpx.Client) -> None:
    """Return the operation of that tool, by the endpoint."""
    variables = {"text": TEXT, "language": "en", "first": 10}
    response = client.post("/graphql", json={"query": stored_operation("search"), "variables": variables})
    assert response.json()["data"]["search"]["hits"], response.text


def main() -> None:
    """Print the milliseconds of each and their ratios to the endpoint."""
    process = psutil.Process(int(sys.argv[1]))
    with httpx.Client(base_url=sys.argv[2], timeout=60) as client:
        ways: dict[str, Callable[[], None]] = {
            "graphql": lambda: search_by_graphql(client),
            "mcp 2025-11-25": lambda: search_by_tool(client, "2025-11-25"),
            f"mcp {NEWEST}": lambda: search_by_tool(client, NEWEST),
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                way()
                before = cpu_seconds(process)
                for _ in range(REQUESTS):
                    way()
                taken[name].append(1000 * (cpu_seconds(process) - before) / REQUESTS)
    medians = {name: statistics.median(each) for name, each in taken.items()}
    for name, median in medians.items():
        print(f"{name}: {median:.2f} ms, {median / medians['graphql']:.2f}")


if __name__ == "__main__":
    main()
