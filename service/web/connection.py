"""A client's connection: bounded in number, in the time that a request takes to come and an answer takes to be read."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, ClassVar

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from service.web.problems import RequestError, response_to

REQUEST_SECONDS = 10.0
"""How long a request takes to come at most, its body included, and a connection lies idle."""
READ_SECONDS = 10.0
LEAST_READ = 65_536
"""So many bytes of an answer a client reads in READ_SECONDS at least."""
WRITE = "gipfelbuch.write"
"""The extension of ASGI by which an answer whose head is known to be well-formed is written at once."""
LATE = RequestError(408, "REQUEST_TIMEOUT", f"A request comes whole within {REQUEST_SECONDS:g} s.")


def _as_bytes(response: Response) -> bytes:
    headers = b"".join(name + b": " + value + b"\r\n" for name, value in response.raw_headers)
    return STATUS_LINE[response.status_code] + headers + b"connection: close\r\n\r\n" + bytes(response.body)


TOO_SLOW = _as_bytes(response_to(LATE, ""))


def write_answer(cycle: RequestResponseCycle, head: bytes, body: bytes) -> bool:
    """Write a whole answer of status 200, whose head is as it goes out, Date apart; whether that can be done here.

    uvicorn looks at each header of an answer anew, which takes longer than finding an answer that is kept.
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
    """A connection of uvicorn's that notes times; the server has all of them checked, so a request costs no timer."""

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
        """Drop the connection if its client takes too long to send a request or to read an answer."""
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
        # where reading is paused, the client waits for us
        if self.waiting_since is None or self.flow.read_paused or now - self.waiting_since < REQUEST_SECONDS:
            return
        if self._is_receiving and (self.cycle is None or self.cycle.response_complete == self.cycle.response_started):
            self.transport.write(TOO_SLOW)
        self.transport.close()

    def _make_room(self) -> None:
        """Close the connection that has asked nothing for longest; where all are being answered, the new one."""
        others: Any = self.connections - {self}
        idle = [each for each in others if each.waiting_since is not None and not each.transport.is_closing()]
        victim: Connection = min(idle, key=lambda each: each.waiting_since or 0.0, default=self)
        self.connections.discard(victim)
        victim.transport.abort()
