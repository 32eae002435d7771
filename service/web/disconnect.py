"""When a client disconnects, work on its response stops, including the statement in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import Receive

LOOK_AFTER_SECONDS = 0.05
"""Faster responses are not watched, which would cost more than it saves."""


class ClientGone(Exception):
    """The client has disconnected."""


@contextmanager
def cancel_on_disconnect(receive: Receive) -> Iterator[None]:
    """Cancel what the block waits for when the client disconnects. Raises `ClientGone`."""
    loop = asyncio.get_running_loop()
    watch = _DisconnectWatch(asyncio.current_task(), receive)
    timer = loop.call_later(LOOK_AFTER_SECONDS, watch.begin)
    try:
        yield
    except asyncio.CancelledError:
        if not watch.has_cancelled:
            raise
        raise ClientGone from None
    finally:
        timer.cancel()
        watch.end()


class _DisconnectWatch:
    def __init__(self, answering: asyncio.Task[object] | None, receive: Receive) -> None:
        self._answering = answering
        self._receive = receive
        self._task: asyncio.Task[None] | None = None
        self.has_cancelled = False

    def begin(self) -> None:
        """Start watching for the client to disconnect."""
        self._task = asyncio.ensure_future(self._wait())

    def end(self) -> None:
        """Stop watching."""
        if self._task is not None:
            self._task.cancel()

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if self._answering is not None:
            self.has_cancelled = True
            self._answering.cancel()
