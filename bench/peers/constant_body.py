"""A body of any size from the service's HTTP server, and nothing else: the cost that cannot be saved."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qs

from starlette.types import Receive, Scope, Send

from service.web.caching import NO_STORE
from service.web.exchange import REQUEST_ID, REVISION
from service.web.graphql import common_headers
from service.web.negotiation import JSON

OF_SERVICE = [
    *common_headers(JSON, NO_STORE).pairs,
    (REQUEST_ID, b"0" * 32),
    (REVISION, b"1"),
]
"""What the service sends with each response, except its length."""
HEADERS = [(b"content-type", b"application/json"), (b"vary", b"Accept")]


def app() -> object:
    """Answer /graphql?bytes=N with N bytes, whatever is requested; with head=1, using the headers of the service."""
    return answer


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    asked = parse_qs(scope["query_string"])
    body = json_of_length(int(asked.get(b"bytes", [b"2"])[0]))
    length = (b"content-length", str(len(body)).encode())
    headers = OF_SERVICE if b"head" in asked else HEADERS
    await send({"type": "http.response.start", "status": 200, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=64)
def json_of_length(length: int) -> bytes:
    """Return a JSON text of this many bytes."""
    return b'"' + b" " * (length - 2) + b'"'
