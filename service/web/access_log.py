"""The one line of each request in the log, which costs nothing if its level is off."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import ServiceError
from service.web.exchange import REQUEST_ID, Exchange, to_request_id
from service.web.problems import RequestError, code_of

HASH_DIGITS = 16

if TYPE_CHECKING:
    from service.web.tracing import Traces

log = structlog.stdlib.get_logger("gipfelbuch.request")
standard = logging.getLogger("gipfelbuch.request")


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
        log_request(exchange, status, length)
        if self._traces:
            # the scope in which the router has noted the route it found
            exchange.scope = within
            self._traces.record(exchange, status)


def log_request(exchange: Exchange, status: int, length: int) -> None:
    """Log the one line, at a level that depends on the status; `length` is that of the response in bytes."""
    error = exchange.error
    # some refusals have a status of 500 or above, but are still what the client asked for
    is_failure = error is not None and status >= 500 and not isinstance(error, RequestError)
    if not (is_failure or isinstance(error, ServiceError) or standard.isEnabledFor(logging.INFO)):
        return
    fields = {
        "request_id": exchange.request_id.decode(),
        **_request_fields(exchange),
        "status": status,
        "bytes": length,
    }
    fields |= _milliseconds(exchange)
    if error is not None:
        fields["code"] = code_of(error)
    if isinstance(error, ServiceError):
        log.warning(
            "request failed", **fields, reason=getattr(error, "reason", str(error)), **_document_fields(exchange)
        )
    elif is_failure:
        log.error("request failed", **fields, **_document_fields(exchange), exc_info=error)
    else:
        log.info("request", **fields)


def _request_fields(exchange: Exchange) -> dict[str, object]:
    fields: dict[str, object] = {"method": exchange.scope["method"], "path": exchange.scope["path"]}
    if exchange.request is not None:
        fields["operation_name"] = exchange.request.operation_name
        fields["document"] = sha256(exchange.request.query.encode()).hexdigest()[:HASH_DIGITS]
    if exchange.prepared is not None:
        fields["operation_name"] = exchange.prepared.operation_name
        fields["cost"] = round(exchange.prepared.cost.work, 2)
    return fields


def _document_fields(exchange: Exchange) -> dict[str, object]:
    """Return what is needed to investigate a failure."""
    if exchange.request is None:
        return {}
    return {"query": exchange.request.query, "variables": exchange.request.variables}


def _milliseconds(exchange: Exchange) -> dict[str, float]:
    durations = {
        "waiting_ms": exchange.durations.waiting,
        "database_ms": exchange.durations.database,
        "total_ms": perf_counter() - exchange.begun,
    }
    return {name: round(1000 * seconds, 2) for name, seconds in durations.items()}
