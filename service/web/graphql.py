"""The GraphQL endpoint: bytes in, one statement, bytes out. Bare ASGI, since it is the hot path."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from time import perf_counter

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.planner.planner import Planner, PreparedOperation
from service.store.pool import ReadingPool
from service.web.access_log import REQUEST_ID, Exchange, to_request_id
from service.web.disconnect import ClientGone, cancel_on_disconnect
from service.web.metrics import Metrics
from service.web.negotiation import COMMON_HEADERS, JSON, is_json, negotiate, wants_page
from service.web.page import page
from service.web.problems import RequestError, response_to
from service.web.request import GraphQLRequest, parse_body, parse_url, read_body

ALLOW_HEADERS = {"allow": "GET, HEAD, OPTIONS, POST"}
MAX_INLINE_BYTES = 4_096
"""Bytes of a request for which a kept plan is found and filled in at once, in less than 5 ms."""
COST_HEADER = b"x-gipfelbuch-cost"
"""With this header an answer tells what it cost."""
PREFLIGHT_HEADERS = {
    **COMMON_HEADERS,
    **ALLOW_HEADERS,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}


class Answer:
    """A response where all went well: nothing is encoded anew but the length of the body and the request's id."""

    status_code = 200

    def __init__(self, body: bytes, media: str) -> None:
        self.body = body
        self.raw_headers = [*_headers_of(media), (b"content-length", b"%d" % len(body))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body})


@lru_cache
def _headers_of(media: str) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in {**COMMON_HEADERS, "content-type": media}.items()]


class GraphQL:
    """Answers queries by GET and POST, by the GraphQL-over-HTTP specification."""

    def __init__(self, planner: Planner, pool: ReadingPool, metrics: Metrics, *, max_body_bytes: int) -> None:
        self._planner = planner
        # one at a time: more would only take turns
        self._planning = ThreadPoolExecutor(max_workers=1, thread_name_prefix="planning")
        self._pool = pool
        self._metrics = metrics
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        exchange = Exchange(scope, to_request_id(headers.get(REQUEST_ID)))
        media = negotiate(headers.get(b"accept", b""))
        response: Response | Answer
        try:
            if scope["method"] == "OPTIONS":
                response = Response(status_code=204, headers=PREFLIGHT_HEADERS)
            elif _is_from_browser(scope, headers):
                response = page()
            elif media is None:
                raise _not_acceptable()
            else:
                exchange.request = await self._parse_request(scope, receive, headers)
                response = await self._answer(exchange, receive, media, tells_cost=COST_HEADER in headers)
        except ClientGone:
            return
        except Exception as error:
            exchange.error = error
            response = response_to(error, exchange.request_id.decode(), media or JSON)
        response.raw_headers.append((REQUEST_ID, exchange.request_id))
        await response(scope, receive, send)
        self._metrics.observe(response.status_code, perf_counter() - exchange.begun)
        exchange.write(response.status_code, len(response.body))

    async def _parse_request(self, scope: Scope, receive: Receive, headers: dict[bytes, bytes]) -> GraphQLRequest:
        if scope["method"] == "POST":
            _require_json(headers)
            return parse_body(await read_body(receive, self._max_body_bytes))
        if scope["method"] in ("GET", "HEAD"):
            return parse_url(scope["query_string"])
        raise RequestError(405, "METHOD_NOT_ALLOWED", "Ask by GET or POST.", ALLOW_HEADERS)

    async def _answer(self, exchange: Exchange, receive: Receive, media: str, *, tells_cost: bool) -> Answer:
        request, read_only = exchange.request, exchange.scope["method"] != "POST"
        assert request is not None
        exchange.prepared = prepared = await self._prepare(request, read_only=read_only)
        row = None
        if prepared.sql:
            with cancel_on_disconnect(receive):
                row = await self._pool.row(
                    prepared.sql, prepared.values, work=prepared.cost.work, durations=exchange.durations
                )
        cost = prepared.cost.report(self._planner.limits) if tells_cost else None
        return Answer(prepared.body(row, cost=cost), media)

    async def _prepare(self, request: GraphQLRequest, *, read_only: bool) -> PreparedOperation:
        """A plan that is kept, at once; all else is prepared beside the loop, so that no other request waits for it."""
        operation = (request.query, request.operation_name, request.variables)
        if request.size <= MAX_INLINE_BYTES:
            prepared = self._planner.find(*operation, read_only=read_only)
            if prepared is not None:
                return prepared
        prepare = partial(self._planner.prepare, *operation, read_only=read_only)
        return await asyncio.get_running_loop().run_in_executor(self._planning, prepare)


def _headers(scope: Scope) -> dict[bytes, bytes]:
    """By name in lower case; what is sent twice is one list (RFC 9110, 5.3)."""
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        headers[name] = headers[name] + b"," + value if name in headers else value
    return headers


def _is_from_browser(scope: Scope, headers: dict[bytes, bytes]) -> bool:
    """Whether a browser comes; what its link holds is opened in the page, and asked only when somebody says so."""
    return scope["method"] in ("GET", "HEAD") and wants_page(headers.get(b"accept", b""))


def _require_json(headers: dict[bytes, bytes]) -> None:
    if not is_json(headers.get(b"content-type", b"")):
        message = "A POST carries `Content-Type: application/json`, in UTF-8."
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"accept-post": "application/json"})
    if headers.get(b"content-encoding", b"identity") != b"identity":
        message = "Send the body without a Content-Encoding."
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"accept-encoding": "identity"})


def _not_acceptable() -> RequestError:
    message = "Answers come as application/graphql-response+json or application/json."
    return RequestError(406, "NOT_ACCEPTABLE", message)
