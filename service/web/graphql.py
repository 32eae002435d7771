"""The GraphQL endpoint: bytes in, one statement, bytes out. Bare ASGI, since it is the hot path."""

from __future__ import annotations

from functools import lru_cache
from time import perf_counter

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.web.accept_encoding import coded_tag, negotiate_codings
from service.web.access_log import REQUEST_ID, Exchange, to_request_id
from service.web.caching import NO_STORE, AnswerTags, held_tag
from service.web.compression import compress
from service.web.disconnect import ClientGone
from service.web.execution import Execution
from service.web.metrics import Metrics
from service.web.negotiation import COMMON_HEADERS, JSON, is_json, negotiate, wants_page
from service.web.page import page
from service.web.persisted import PersistedQueries
from service.web.problems import RequestError, response_to
from service.web.request import GraphQLRequest, parse_body, parse_url, read_body

ALLOW_HEADERS = {"allow": "GET, HEAD, OPTIONS, POST"}
COST_HEADER = b"x-gipfelbuch-cost"
"""With this header an answer tells what it cost."""
ANSWER_HEADERS = {**COMMON_HEADERS, "vary": f"{COMMON_HEADERS['vary']}, X-Gipfelbuch-Cost"}
PREFLIGHT_HEADERS = {
    **COMMON_HEADERS,
    **ALLOW_HEADERS,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}


class Answer:
    """A response where all went well: nothing is encoded anew but what differs between answers."""

    status_code = 200

    def __init__(self, body: bytes, media: str, cache_control: str) -> None:
        self.body = body
        self.raw_headers = [*_headers_of(media, cache_control), (b"content-length", b"%d" % len(body))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body})


@lru_cache
def _headers_of(media: str, cache_control: str) -> list[tuple[bytes, bytes]]:
    headers = {**ANSWER_HEADERS, "content-type": media, "cache-control": cache_control}
    return [(name.encode(), value.encode()) for name, value in headers.items()]


class GraphQL:
    """Answers queries by GET and POST, by the GraphQL-over-HTTP specification."""

    def __init__(
        self,
        execution: Execution,
        metrics: Metrics,
        tags: AnswerTags,
        *,
        max_body_bytes: int,
        cache_control: str,
    ) -> None:
        """`cache_control` is what caches are told of answers to GET."""
        self._execution = execution
        self._persisted = PersistedQueries(execution.planner.cache)
        self._tags = tags
        self._cache_control = cache_control
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
                response = await self._answer(exchange, receive, headers, media)
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
            request = parse_body(await read_body(receive, self._max_body_bytes))
        elif scope["method"] in ("GET", "HEAD"):
            request = parse_url(scope["query_string"])
        else:
            raise RequestError(405, "METHOD_NOT_ALLOWED", "Ask by GET or POST.", ALLOW_HEADERS)
        return request if request.persisted is None else self._persisted.resolve(request)

    async def _answer(
        self, exchange: Exchange, receive: Receive, headers: dict[bytes, bytes], media: str
    ) -> Response | Answer:
        """The answer; to a GET that comes with the tag of it, 304 without asking the database."""
        scope, tag, cache_control = exchange.scope, None, NO_STORE
        accepted = negotiate_codings(headers.get(b"accept-encoding", b""))
        if scope["method"] in ("GET", "HEAD"):
            cache_control = self._cache_control
            tag = await self._tags.tag(scope["query_string"], media, tells_cost=COST_HEADER in headers)
            if tag and (held := held_tag(headers.get(b"if-none-match", b"").decode("latin-1"), accepted.tags(tag))):
                own = {**ANSWER_HEADERS, "cache-control": cache_control, "etag": held}
                return Response(status_code=304, headers=own)
        exchange.request = await self._parse_request(scope, receive, headers)
        body = await self._execution.body(
            exchange.request, exchange, receive, read_only=scope["method"] != "POST", tells_cost=COST_HEADER in headers
        )
        coding = accepted.coding_for(len(body))
        answer = Answer(await compress(body, coding) if coding else body, media, cache_control)
        if coding:
            answer.raw_headers.append((b"content-encoding", coding.name.encode()))
        if tag is not None:
            answer.raw_headers.append((b"etag", coded_tag(tag, coding).encode()))
        return answer


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
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        message = "Send the body without a Content-Encoding."
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"accept-encoding": "identity"})


def _not_acceptable() -> RequestError:
    message = "Answers come as application/graphql-response+json or application/json."
    return RequestError(406, "NOT_ACCEPTABLE", message)
