"""The id of each request, and its one line in the log, which costs nothing if its level is off."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from hashlib import sha256
from random import getrandbits
from time import perf_counter
from typing import TYPE_CHECKING

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import ServiceError
from service.planner.planner import PreparedOperation
from service.store.pool import Durations
from service.web.problems import RequestError, code_of
from service.web.request import GraphQLRequest

REQUEST_ID = b"x-request-id"
REVISION = b"x-gipfelbuch-revision"
# ids that proxies and clients generate: UUIDs, ULIDs, traces; nothing that a log could mistake for something else
USABLE_ID = re.compile(rb"[A-Za-z0-9._~+/=-]{1,64}")
HASH_DIGITS = 16

if TYPE_CHECKING:
    from service.web.tracing import Traces

log = structlog.stdlib.get_logger("gipfelbuch.request")
standard = logging.getLogger("gipfelbuch.request")


def to_request_id(header: bytes | None) -> bytes:
    """Return the id that a request was sent with, if it is valid; else a new one of 32 hexadecimal digits."""
    if header is not None and USABLE_ID.fullmatch(header):
        return header
    # not a secret, so it need not be unpredictable
    return b"%032x" % getrandbits(128)


class AccessLog:
    """Middleware that gives paths other than the endpoint ids and log lines too; handlers find `exchange` in
    the scope.
    """

    def __init__(
        self, app: ASGIApp, observe: Callable[[Scope, int, float], None], traces: Traces | None = None
    ) -> None:
        """Create the middleware. `observe`: called for each response with the scope as routed, the status and the
        seconds.
        """
        self._app = app
        self._observe = observe
        self._traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange(scope, to_request_id(dict(scope["headers"]).get(REQUEST_ID)))
        status = length = 0

        async def observe(message: Message) -> None:
            nonlocal status, length
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *exchange.headers]
            else:
                length += len(message.get("body", b""))
            await send(message)

        within = {**scope, "exchange": exchange}
        await self._app(within, receive, observe)
        self._observe(within, status, perf_counter() - exchange.begun)
        exchange.write(status, length)
        if self._traces:
            # the scope in which the router has noted the route it found
            exchange.scope = within
            self._traces.record(exchange, status)


class Exchange:
    """A request and its response, for the log."""

    __slots__ = ("at_least", "begun", "durations", "error", "prepared", "request", "request_id", "revision", "scope")

    def __init__(self, scope: Scope, request_id: bytes) -> None:
        self.scope = scope
        self.request_id = request_id
        self.begun = perf_counter()
        self.durations = Durations()
        self.request: GraphQLRequest | None = None
        self.prepared: PreparedOperation | None = None
        self.error: Exception | None = None
        self.at_least = 0
        """The lowest revision that the client accepts a response from."""
        self.revision = 0
        """The revision of the record that the response comes from; 0 if it comes from none."""

    @property
    def route(self) -> str:
        """The path of the route, with the names of its parameters; empty if there is none."""
        route = self.scope.get("route")
        return str(getattr(route, "path", "")) if route else "/graphql" if self.scope["path"] == "/graphql" else ""

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """Headers of every response: the id of its request and the revision that it comes from."""
        own = [(REQUEST_ID, self.request_id)]
        return [*own, (REVISION, b"%d" % self.revision)] if self.revision else own

    def write(self, status: int, length: int | None) -> None:
        """Log the one line, at a level that depends on the status; `length` is that of the response in bytes."""
        error = self.error
        # some refusals have a status of 500 or above, but are still what the client asked for
        is_failure = error is not None and status >= 500 and not isinstance(error, RequestError)
        if not (is_failure or isinstance(error, ServiceError) or standard.isEnabledFor(logging.INFO)):
            return
        fields = {"request_id": self.request_id.decode(), **self._request_fields(), "status": status, "bytes": length}
        fields |= self._milliseconds()
        if error is not None:
            fields["code"] = code_of(error)
        if isinstance(error, ServiceError):
            log.warning(
                "request failed", **fields, reason=getattr(error, "reason", str(error)), **self._document_fields()
            )
        elif is_failure:
            log.error("request failed", **fields, **self._document_fields(), exc_info=error)
        else:
            log.info("request", **fields)

    def _request_fields(self) -> dict[str, object]:
        fields: dict[str, object] = {"method": self.scope["method"], "path": self.scope["path"]}
        if self.request is not None:
            fields["operation_name"] = self.request.operation_name
            fields["document"] = sha256(self.request.query.encode()).hexdigest()[:HASH_DIGITS]
        if self.prepared is not None:
            fields["operation_name"] = self.prepared.operation_name
            fields["cost"] = round(self.prepared.cost.work, 2)
        return fields

    def _document_fields(self) -> dict[str, object]:
        """Return what is needed to investigate a failure."""
        if self.request is None:
            return {}
        return {"query": self.request.query, "variables": self.request.variables}

    def _milliseconds(self) -> dict[str, float]:
        durations = {
            "waiting_ms": self.durations.waiting,
            "database_ms": self.durations.database,
            "total_ms": perf_counter() - self.begun,
        }
        return {name: round(1000 * seconds, 2) for name, seconds in durations.items()}
