"""Client connections: limited in number, in the time to send a request, and in the time to read a response."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, ClassVar

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from service.web.problems import RequestError, response_to

REQUEST_SECONDS = 10.0
"""Maximum time to receive a request including its body, and maximum idle time of a connection."""
READ_SECONDS = 10.0
LEAST_READ = 65_536
"""Minimum number of bytes of a response that a client must read in READ_SECONDS."""
WRITE = "gipfelbuch.write"
"""The ASGI extension that writes a response at once if its head is known to be well-formed."""
LATE = RequestError(408, "REQUEST_TIMEOUT", f"A request must be complete within {REQUEST_SECONDS:g} s.")


def _as_bytes(response: Response) -> bytes:
    headers = b"".join(name + b": " + value + b"\r\n" for name, value in response.raw_headers)
    return STATUS_LINE[response.status_code] + headers + b"connection: close\r\n\r\n" + bytes(response.body)


TOO_SLOW = _as_bytes(response_to(LATE, ""))


def write_answer(cycle: RequestResponseCycle, head: bytes, body: bytes) -> bool:
    """Write a whole response of status 200 with its final headers except Date; return whether that is possible here.

    uvicorn checks every header of a response again, which takes longer than finding a cached response.
    """
    if cycle.response_started or cycle.disconnected or not cycle.keep_alive or cycle.flow.write_paused:
        return False
    cycle.response_started = cycle.response_complete = True
    cycle.waiting_for_100_continue = False
    dated = b"".join([b"%s: %s\r\n" % each for each in cycle.default_headers])
    cycle.transport.writelines((STATUS_LINE[200], dated, head, body))
    cycle.message_event.set()
    cycle.on_response()
    return True


class Connection(HttpToolsProtocol):
    """uvicorn connection that records times; the server checks all connections, so that no request needs a timer."""

    limit: ClassVar[int] = 512

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.waiting_since: float | None = self.loop.time()
        self._is_receiving = False
        self._checked_at = self.waiting_since
        self._unread = 0
        super().connection_made(transport)
        if len(self.connections) > self.limit:
            self._make_room()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        cycle.scope["extensions"] = {WRITE: {"answer": partial(write_answer, cycle)}}
        super()._start_asgi_task(cycle, app)

    def on_message_begin(self) -> None:
        self.waiting_since, self._is_receiving = self.loop.time(), True
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self.waiting_since, self._is_receiving = None, False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        if self.waiting_since is None and not self.pipeline:
            self.waiting_since = self.loop.time()
        super().on_response_complete()

    def check(self, now: float) -> None:
        """Drop the connection if its client takes too long to send a request or to read a response."""
        unread = self.transport.get_write_buffer_size()
        if not unread:
            self._unread, self._checked_at = 0, now
            self._drop_if_late(now)
        elif unread > self._unread:
            self._unread, self._checked_at = unread, now
        elif now - self._checked_at >= READ_SECONDS:
            if self._unread - unread < LEAST_READ:
                return self.transport.abort()
            self._unread, self._checked_at = unread, now

    def _drop_if_late(self, now: float) -> None:
        # while reading is paused, the client is waiting for us
        if self.waiting_since is None or self.flow.read_paused or now - self.waiting_since < REQUEST_SECONDS:
            return
        if self._is_receiving and (self.cycle is None or self.cycle.response_complete == self.cycle.response_started):
            self.transport.write(TOO_SLOW)
        self.transport.close()

    def _make_room(self) -> None:
        """Close the connection that has been waiting longest without a request; if all are in use, the new one."""
        others: Any = self.connections - {self}
        idle = [each for each in others if each.waiting_since is not None and not each.transport.is_closing()]
        victim: Connection = min(idle, key=lambda each: each.waiting_since or 0.0, default=self)
        self.connections.discard(victim)
        victim.transport.abort()
