"""The GraphQL endpoint: bytes in, one statement, bytes out. Bare ASGI, since this is the hot path."""

from __future__ import annotations

from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.planner.planner import PreparedOperation
from service.store.revision import RevisionWatch
from service.web.accept_encoding import coded_tag, negotiate_codings
from service.web.access_log import log_request
from service.web.at_least import AT_LEAST, wait_for_revision
from service.web.caching import NO_STORE, AnswerTags, held_tag
from service.web.connection import WRITE
from service.web.disconnect import ClientGone
from service.web.exchange import REQUEST_ID, Exchange, to_request_id
from service.web.execution import Execution
from service.web.metrics import Metrics
from service.web.negotiation import COMMON_HEADERS, JSON, is_json, negotiate, wants_page
from service.web.persisted import PersistedQueries
from service.web.playground_page import page
from service.web.problems import RequestError, response_to
from service.web.request import ReceivedRequest, parse_body, parse_url, read_body

if TYPE_CHECKING:
    from service.web.tracing import Traces

ALLOW_HEADERS = {"allow": "GET, HEAD, OPTIONS, POST"}
COST_HEADER = b"x-gipfelbuch-cost"
"""Requests with this header get the cost of their operation."""
ANSWER_HEADERS = {**COMMON_HEADERS, "vary": f"{COMMON_HEADERS['vary']}, X-Gipfelbuch-Cost, X-Gipfelbuch-At-Least"}
PREFLIGHT_HEADERS = {
    **COMMON_HEADERS,
    **ALLOW_HEADERS,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}


class AnswerResponse:
    """Successful response: only what differs between responses is encoded again."""

    status_code = 200

    def __init__(self, body: bytes, media: str, cache_control: str) -> None:
        self.body = body
        self._common = common_headers(media, cache_control)
        self.raw_headers = [(b"content-length", b"%d" % len(body))]
        """Headers in addition to those that all responses of this kind share."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        write = scope.get("extensions", {}).get(WRITE) if scope["method"] != "HEAD" else None
        head = self._common.text + _to_text(self.raw_headers) + b"\r\n"
        if not write or not write["answer"](head, self.body):
            headers = [*self._common.pairs, *self.raw_headers]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": self.body})


class Headers(NamedTuple):
    """Headers in ASGI's form, and as sent over the wire."""

    pairs: list[tuple[bytes, bytes]]
    text: bytes


@lru_cache
def common_headers(media: str, cache_control: str) -> Headers:
    """Return the headers that all responses of a media type share."""
    headers = {**ANSWER_HEADERS, "content-type": media, "cache-control": cache_control}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Headers(pairs, _to_text(pairs))


def _to_text(pairs: list[tuple[bytes, bytes]]) -> bytes:
    return b"".join([b"%s: %s\r\n" % each for each in pairs])


class GraphQL:
    """Endpoint for queries by GET and POST, following the GraphQL-over-HTTP specification."""

    def __init__(
        self,
        execution: Execution,
        metrics: Metrics,
        tags: AnswerTags,
        watch: RevisionWatch,
        traces: Traces | None = None,
        *,
        max_body_bytes: int,
        cache_control: str,
    ) -> None:
        """Create the endpoint. `cache_control`: the Cache-Control header of responses to GET."""
        self._execution = execution
        self._persisted = PersistedQueries(execution.planner.cache)
        self._tags = tags
        self._watch = watch
        self._traces = traces
        self._cache_control = cache_control
        self._metrics = metrics
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        exchange = Exchange(scope, to_request_id(headers.get(REQUEST_ID)))
        media = negotiate(headers.get(b"accept", b""))
        response: Response | AnswerResponse
        try:
            if scope["method"] == "OPTIONS":
                response = Response(status_code=204, headers=PREFLIGHT_HEADERS)
            elif _is_from_browser(scope, headers):
                response = page()
            elif media is None:
                raise _not_acceptable()
            else:
                response = await self._answer(exchange, receive, headers, media)
        except ClientGone:
            return
        except Exception as error:
            exchange.error = error
            response = response_to(error, exchange.request_id.decode(), media or JSON)
        response.raw_headers += exchange.headers
        await response(scope, receive, send)
        self._metrics.observe(response.status_code, perf_counter() - exchange.begun)
        log_request(exchange, response.status_code, len(response.body))
        if self._traces:
            self._traces.record(exchange, response.status_code)

    async def _answer(
        self, exchange: Exchange, receive: Receive, headers: dict[bytes, bytes], media: str
    ) -> Response | AnswerResponse:
        """Return the response; for a GET with a current tag, return 304 without querying the database."""
        scope, tag, cache_control = exchange.scope, None, NO_STORE
        if AT_LEAST in headers:
            exchange.at_least = await wait_for_revision(self._watch, headers[AT_LEAST])
        accepted = negotiate_codings(headers.get(b"accept-encoding", b""))
        tells_cost = COST_HEADER in headers
        if scope["method"] in ("GET", "HEAD"):
            cache_control = self._cache_control
            tag = await self._tags.tag(scope["query_string"], media, tells_cost=tells_cost)
            if tag and (held := held_tag(headers.get(b"if-none-match", b"").decode("latin-1"), accepted.tags(tag))):
                own = {**ANSWER_HEADERS, "cache-control": cache_control, "etag": held}
                return Response(status_code=304, headers=own)
        prepared = await self._prepare(exchange, receive, headers)
        found = await self._execution.answer_prepared(prepared, exchange, receive, tells_cost=tells_cost)
        coding = accepted.coding_for(len(found.body))
        answer = AnswerResponse(await found.body_in(coding) if coding else found.body, media, cache_control)
        if coding:
            answer.raw_headers.append((b"content-encoding", coding.name.encode()))
        # on a day that has not yet come, the response may be different
        if tag is not None and not prepared.future_days:
            answer.raw_headers.append((b"etag", coded_tag(tag, coding).encode()))
        return answer

    async def _prepare(self, exchange: Exchange, receive: Receive, headers: dict[bytes, bytes]) -> PreparedOperation:
        """Return the operation of a request in any form; an identical earlier request is not parsed again."""
        method, execution = exchange.scope["method"], self._execution
        if method == "POST":
            _require_json(headers)
            received = ReceivedRequest(await read_body(receive, self._max_body_bytes), read_only=False)
        elif method in ("GET", "HEAD"):
            received = ReceivedRequest(exchange.scope["query_string"], read_only=True)
        else:
            raise RequestError(405, "METHOD_NOT_ALLOWED", "Use GET or POST.", ALLOW_HEADERS)
        if (recalled := execution.recall(received)) is not None:
            exchange.request, prepared = recalled
            return prepared
        request = parse_url(received.text) if received.read_only else parse_body(received.text)
        if request.persisted is not None:
            request = self._persisted.resolve(request)
        prepared = await execution.prepare(request, exchange, read_only=received.read_only)
        execution.remember(received, request, prepared)
        return prepared


def _headers(scope: Scope) -> dict[bytes, bytes]:
    """Return the headers by lower-case name; repeated headers are joined into one list (RFC 9110, 5.3)."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    if len(headers) == len(scope["headers"]):
        return headers
    headers = {}
    for name, value in scope["headers"]:
        headers[name] = headers[name] + b"," + value if name in headers else value
    return headers


def _is_from_browser(scope: Scope, headers: dict[bytes, bytes]) -> bool:
    """Return whether a browser is asking: a query in its link opens in the page, and runs only when the user
    says so.
    """
    return scope["method"] in ("GET", "HEAD") and wants_page(headers.get(b"accept", b""))


def _require_json(headers: dict[bytes, bytes]) -> None:
    if not is_json(headers.get(b"content-type", b"")):
        message = "A POST request must have `Content-Type: application/json`, in UTF-8."
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"accept-post": "application/json"})
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        message = "Send the body without a Content-Encoding."
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"accept-encoding": "identity"})


def _not_acceptable() -> RequestError:
    message = "Responses are available as application/graphql-response+json or application/json."
    return RequestError(406, "NOT_ACCEPTABLE", message)
