"""uvicorn, as this service runs it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from service.stopping import begin_stop
from service.web.connection import Connection

DRAIN_SECONDS = 5
CHECK_SECONDS = 1.0


class Server(uvicorn.Server):
    """Server that checks once a second what its connections do. It calls `begin` when it is ready."""

    def __init__(self, config: uvicorn.Config, begin: Callable[[], None]) -> None:
        super().__init__(config)
        self._begin = begin

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._checking = asyncio.create_task(self._check())
        self._begin()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to shut down; the process ends soon even if something here does not."""
        begin_stop(0)
        super().handle_exit(sig, frame)

    async def _check(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            for connection in list(self.server_state.connections):
                if isinstance(connection, Connection):
                    connection.check(loop.time())


def create_server(app: ASGIApp, max_connections: int, begin: Callable[[], None] = lambda: None) -> Server:
    """Return the server of an app, with at most this many client connections."""
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=type("Connection", (Connection,), {"limit": max_connections}),
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        # nothing here reads the client's address
        proxy_headers=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    return Server(config, begin)
