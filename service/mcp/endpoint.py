"""The path of the protocol: the HTTP part is checked here; the rest is loaded on the first request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from service.web.caching import NO_STORE
from service.web.execution import Execution
from service.web.negotiation import COMMON_HEADERS, is_json
from service.web.problems import RequestError
from service.web.request import read_body

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

LOOPBACK = ("localhost", "127.0.0.1", "::1")
CORS_HEADERS = [(name.encode(), COMMON_HEADERS[name].encode()) for name in COMMON_HEADERS if name != "vary"]


class Mcp:
    """Endpoint for POST requests of the Model Context Protocol, without sessions."""

    def __init__(self, execution: Execution, *, host: str, public_url: str | None, max_body_bytes: int) -> None:
        """Create the endpoint. `host` is what the service listens on, `public_url` where others reach it."""
        self._execution, self._public_url, self._max_body_bytes = execution, public_url, max_body_bytes
        self._hosts = {*LOOPBACK, host, *([_host_in(public_url)] if public_url else [])}
        self._starting, self._stop = asyncio.Lock(), asyncio.Event()
        self._manager: StreamableHTTPSessionManager | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        self._check_sender(request)
        if not is_json(request.headers.get("content-type", "").encode()):
            message = "A POST request must have `Content-Type: application/json`, in UTF-8."
            raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"accept-post": "application/json"})
        body = await read_body(receive, self._max_body_bytes)
        manager = self._manager or await self._start()
        await manager.handle_request(scope, _replay(body, receive), _with_cors(send))

    async def refuse_reading(self, _: Request) -> Response:
        """Tell people who open the path in a browser what it is for."""
        message = "This is the address of an MCP server, for use by an assistant. Programs send requests by POST."
        raise RequestError(405, "METHOD_NOT_ALLOWED", message, {"allow": "OPTIONS, POST"})

    async def close(self) -> None:
        """Stop whatever has been started."""
        self._stop.set()
        if self._running is not None:
            await self._running

    def _check_sender(self, request: Request) -> None:
        """Refuse a host name that is not ours, by which a page could pass this service off as part of its own site.

        A service that others can reach is open to pages of all sites, like /graphql; otherwise only to those of this
        machine.
        """
        if _host_in(f"//{request.headers.get('host', '')}") not in self._hosts:
            raise host_refusal()
        origin = request.headers.get("origin")
        is_open = self._public_url is not None
        if origin is not None and not is_open and _host_in(origin) not in self._hosts:
            raise origin_refusal()

    async def _start(self) -> StreamableHTTPSessionManager:
        """Return the manager, loaded outside the event loop; it runs in its own task, as its tasks must end where they
        began.
        """
        async with self._starting:
            if self._manager is None:
                manager = await asyncio.to_thread(self._load)
                started = asyncio.get_running_loop().create_future()
                self._running = asyncio.create_task(self._run(manager, started))
                await started
                self._manager = manager
        return self._manager

    def _load(self) -> StreamableHTTPSessionManager:
        from service.mcp.server import session_manager

        return session_manager(self._execution, self._public_url)

    async def _run(self, manager: StreamableHTTPSessionManager, started: asyncio.Future[None]) -> None:
        async with manager.run():
            started.set_result(None)
            await self._stop.wait()


def host_refusal() -> RequestError:
    """Return the error for a request with a host name that is not the service's own."""
    message = (
        "The service does not serve this host name; its operator can set GIPFELBUCH_PUBLIC_URL to the address that "
        "clients use."
    )
    return RequestError(421, "MISDIRECTED_REQUEST", message)


def origin_refusal() -> RequestError:
    """Return the error for a page of another site if the service is for this machine only."""
    message = "Requests from pages of other sites are allowed only if GIPFELBUCH_PUBLIC_URL is set."
    return RequestError(403, "ORIGIN_NOT_ALLOWED", message)


def _host_in(url: str) -> str | None:
    """Return the host in a URL, in lower case; None if it has none."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a receive function that yields the body that has been read, and then what follows."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay


def _with_cors(send: Send) -> Send:
    async def send_with_cors(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *CORS_HEADERS, (b"cache-control", NO_STORE.encode())]
        await send(message)

    return send_with_cors
