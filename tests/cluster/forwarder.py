"""A local port that forwards to another one, until a test cuts it or makes it hang."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

HOST = "127.0.0.1"
BYTES = 65_536
Result = TypeVar("Result")


class Forwarder:
    """Forwarder of TCP connections from a loopback port, in its own thread."""

    def __init__(self, target: int, host: str = HOST) -> None:
        """Create the forwarder. `target`: the loopback port that new connections go to; it may be changed.

        `host`: where it listens.
        """
        self.target = target
        self._host = host
        self._is_cut = False
        self._transports: set[asyncio.WriteTransport] = set()
        self._pairs: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="forwarder", daemon=True)
        self._thread.start()
        self._flow, self._server = self._run(self._listen)
        self.port: int = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """Close all connections, and each new one at once."""

        async def cut() -> None:
            self._is_cut = True
            self._abort_all()

        self._run(cut)

    def hang(self) -> None:
        """Accept connections but forward nothing more, like an unplugged cable."""

        async def hang() -> None:
            self._flow.clear()

        self._run(hang)

    def mend(self, *, target: int | None = None) -> None:
        """Forward again, including what has waited; with a new target, everybody must reconnect."""

        async def mend() -> None:
            if target is not None and target != self.target:
                self.target = target
                self._abort_all()
            self._is_cut = False
            self._flow.set()

        self._run(mend)

    def close(self) -> None:
        """Release the port."""

        async def close() -> None:
            self._server.close()
            self._abort_all()
            self._flow.set()
            for pair in list(self._pairs):
                pair.cancel()
            await asyncio.gather(*self._pairs, return_exceptions=True)

        self._run(close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Callable[[], Awaitable[Result]]) -> Result:
        async def run() -> Result:
            return await work()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(10)

    async def _listen(self) -> tuple[asyncio.Event, asyncio.Server]:
        flow = asyncio.Event()
        flow.set()
        return flow, await asyncio.start_server(self._connect, self._host, 0)

    def _abort_all(self) -> None:
        for transport in self._transports:
            transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._pairs.add(task)
        self._transports.add(writer.transport)
        try:
            if not self._is_cut:
                await self._join(reader, writer)
        except asyncio.CancelledError:
            pass
        finally:
            writer.transport.abort()
            self._transports.discard(writer.transport)
            self._pairs.discard(task)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forward in both directions until one end closes."""
        await self._flow.wait()
        with suppress(OSError):
            target = self.target
            there, thither = await asyncio.open_connection(HOST, target)
            self._transports.add(thither.transport)
            if self._is_cut or target != self.target:
                thither.transport.abort()
            ways = [asyncio.ensure_future(self._hand_on(*way)) for way in ((reader, thither), (there, writer))]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
                thither.transport.abort()
                self._transports.discard(thither.transport)

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(BYTES):
                await self._flow.wait()
                writer.write(data)
                await writer.drain()
