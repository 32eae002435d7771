"""A client that repeats one operation on a few connections, and checks that the response stays the same."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import orjson

from bench.harness.operations import GraphQLRequest
from bench.harness.servers import HOST, Server


class WrongAnswer(Exception):
    """A response differs from the earlier one to the same operation."""


@dataclass(frozen=True)
class Pace:
    """How long an operation is repeated, and on how many concurrent connections."""

    seconds: float
    connections: int


@dataclass(frozen=True)
class Responses:
    """What a client saw: the time of each request, in seconds, and the total time."""

    latencies: list[float]
    seconds: float

    def percentile(self, share: float) -> float:
        """Return the latency that this share of the requests does not exceed, in milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds


def fetch(server: Server, request: GraphQLRequest) -> bytes:
    """Return the body of one response."""
    return asyncio.run(_fetch(server, encode_request(request)))


def send_at_pace(server: Server, request: GraphQLRequest, pace: Pace, expected: bytes) -> Responses:
    """Send requests at that pace; raises WrongAnswer."""
    return asyncio.run(_send_at_pace(server, encode_request(request), pace, expected))


def encode_request(request: GraphQLRequest) -> bytes:
    body = orjson.dumps({"query": request.query, "variables": request.variables})
    head = (
        f"POST {request.path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: application/json\r\n"
        f"Accept-Encoding: {request.accept_encoding}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@asynccontextmanager
async def open_connection(server: Server) -> AsyncIterator[Callable[[bytes], Awaitable[bytes]]]:
    """Yield one connection: a function from a request to the body of its response, which raises WrongAnswer."""
    reader, writer = await asyncio.open_connection(HOST, server.port, limit=2**22)
    try:
        yield partial(_exchange, reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()


async def _fetch(server: Server, request: bytes) -> bytes:
    async with open_connection(server) as ask:
        return await ask(request)


async def _send_at_pace(server: Server, request: bytes, pace: Pace, expected: bytes) -> Responses:
    latencies: list[float] = []
    start = time.perf_counter()

    async def go() -> None:
        async with open_connection(server) as ask:
            while (begun := time.perf_counter()) < start + pace.seconds:
                body = await ask(request)
                latencies.append(time.perf_counter() - begun)
                if body != expected:
                    raise WrongAnswer(body[:200])

    await asyncio.gather(*(go() for _ in range(pace.connections)))
    return Responses(latencies, time.perf_counter() - start)


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    if not head.startswith(b"http/1.1 200 "):
        raise WrongAnswer(head, body[:500])
    return body
