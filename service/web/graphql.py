"""The GraphQL endpoint: bytes in, one statement, bytes out. Bare ASGI, since it is the hot path."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from time import perf_counter

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.planner.planner import Planner, Prepared
from service.store.pool import ReadingPool
from service.web.asked import Asked, asked_in_body, asked_in_url, body_of
from service.web.metrics import Metrics
from service.web.negotiation import ALWAYS, JSON, is_json, wanted, wants_page
from service.web.page import page
from service.web.problems import Mistake, response_to

ALLOW = {"allow": "GET, HEAD, OPTIONS, POST"}
SHORT = 4_096
"""Bytes of a request for which a kept plan is found and filled in at once, in less than 5 ms."""
PREFLIGHT = {
    **ALWAYS,
    **ALLOW,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}


class Answer:
    """A response where all went well: nothing is encoded anew but the length of the body."""

    status_code = 200

    def __init__(self, body: bytes, media: str) -> None:
        self.body = body
        self._headers = [*_headers_of(media), (b"content-length", b"%d" % len(body))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await send({"type": "http.response.body", "body": self.body})


@lru_cache
def _headers_of(media: str) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in {**ALWAYS, "content-type": media}.items()]


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
        begun = perf_counter()
        headers = _headers(scope)
        media = wanted(headers.get(b"accept", b""))
        asked = None
        response: Response | Answer
        try:
            if scope["method"] == "OPTIONS":
                response = Response(status_code=204, headers=PREFLIGHT)
            elif _is_for_people(scope, headers):
                response = page()
            elif media is None:
                raise _not_acceptable()
            else:
                asked = await self._asked(scope, receive, headers)
                response = await self._answer(asked, media, read_only=scope["method"] != "POST")
        except Exception as error:
            response = response_to(error, media or JSON, **(asked._asdict() if asked else {}))
        await response(scope, receive, send)
        self._metrics.answered(response.status_code, perf_counter() - begun)

    async def _asked(self, scope: Scope, receive: Receive, headers: dict[bytes, bytes]) -> Asked:
        if scope["method"] == "POST":
            _require_json(headers)
            return asked_in_body(await body_of(receive, self._max_body_bytes))
        if scope["method"] in ("GET", "HEAD"):
            return asked_in_url(scope["query_string"])
        raise Mistake(405, "METHOD_NOT_ALLOWED", "Ask by GET or POST.", ALLOW)

    async def _answer(self, asked: Asked, media: str, *, read_only: bool) -> Answer:
        prepared = await self._prepared(asked, read_only=read_only)
        row = await self._pool.row(prepared.sql, prepared.values) if prepared.sql else None
        return Answer(prepared.body(row), media)

    async def _prepared(self, asked: Asked, *, read_only: bool) -> Prepared:
        """A plan that is kept, at once; all else is prepared beside the loop, so that no other request waits for it."""
        given = (asked.query, asked.operation_name, asked.variables)
        if asked.size <= SHORT:
            found = self._planner.find(*given, read_only=read_only)
            if found is not None:
                return found
        prepare = partial(self._planner.prepare, *given, read_only=read_only)
        return await asyncio.get_running_loop().run_in_executor(self._planning, prepare)


def _headers(scope: Scope) -> dict[bytes, bytes]:
    """By name in lower case; what is sent twice is one list (RFC 9110, 5.3)."""
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        found[name] = found[name] + b"," + value if name in found else value
    return found


def _is_for_people(scope: Scope, headers: dict[bytes, bytes]) -> bool:
    """Whether a browser comes; what its link holds is opened in the page, and asked only when somebody says so."""
    return scope["method"] in ("GET", "HEAD") and wants_page(headers.get(b"accept", b""))


def _require_json(headers: dict[bytes, bytes]) -> None:
    if not is_json(headers.get(b"content-type", b"")):
        message = "A POST carries `Content-Type: application/json`, in UTF-8."
        raise Mistake(415, "UNSUPPORTED_MEDIA_TYPE", message, {"accept-post": "application/json"})
    if headers.get(b"content-encoding", b"identity") != b"identity":
        message = "Send the body without a Content-Encoding."
        raise Mistake(415, "UNSUPPORTED_MEDIA_TYPE", message, {"accept-encoding": "identity"})


def _not_acceptable() -> Mistake:
    message = "Answers come as application/graphql-response+json or application/json."
    return Mistake(406, "NOT_ACCEPTABLE", message)
