"""A client that repeats one operation on a few connections, and checks that the response stays the same."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import orjson

from bench.operations import Question
from bench.servers import HOST, Server


class WrongAnswer(Exception):
    """A response differs from the earlier one to the same operation."""


@dataclass(frozen=True)
class Pace:
    """How long an operation is repeated, and on how many concurrent connections."""

    seconds: float
    connections: int


@dataclass(frozen=True)
class Driven:
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


def answer(server: Server, question: Question) -> bytes:
    """Return the body of one response."""
    return asyncio.run(_once(server, request_of(question)))


def drive(server: Server, question: Question, pace: Pace, expected: bytes) -> Driven:
    """Send requests at that pace; raises WrongAnswer."""
    return asyncio.run(_drive(server, request_of(question), pace, expected))


def request_of(question: Question) -> bytes:
    body = orjson.dumps({"query": question.query, "variables": question.variables})
    head = (
        f"POST {question.path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: application/json\r\n"
        f"Accept-Encoding: {question.accept_encoding}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@asynccontextmanager
async def connected(server: Server) -> AsyncIterator[Callable[[bytes], Awaitable[bytes]]]:
    """Yield one connection: a function from a request to the body of its response, which raises WrongAnswer."""
    reader, writer = await asyncio.open_connection(HOST, server.port, limit=2**22)
    try:
        yield partial(_asked, reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()


async def _once(server: Server, request: bytes) -> bytes:
    async with connected(server) as ask:
        return await ask(request)


async def _drive(server: Server, request: bytes, pace: Pace, expected: bytes) -> Driven:
    latencies: list[float] = []
    start = time.perf_counter()

    async def go() -> None:
        async with connected(server) as ask:
            while (begun := time.perf_counter()) < start + pace.seconds:
                body = await ask(request)
                latencies.append(time.perf_counter() - begun)
                if body != expected:
                    raise WrongAnswer(body[:200])

    await asyncio.gather(*(go() for _ in range(pace.connections)))
    return Driven(latencies, time.perf_counter() - start)


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    if not head.startswith(b"http/1.1 200 "):
        raise WrongAnswer(head, body[:500])
    return body
