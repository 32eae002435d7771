"""A body of any size from the HTTP server that the service runs on, and nothing else: what cannot be saved."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qs

from starlette.types import Receive, Scope, Send

HEADERS = [(b"content-type", b"application/json"), (b"vary", b"Accept")]


def app() -> object:
    """Answers /graphql?bytes=N with N bytes, whatever is asked, after reading it."""
    return answer


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    body = of_length(int(parse_qs(scope["query_string"]).get(b"bytes", [b"2"])[0]))
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, length]})
    await send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=64)
def of_length(length: int) -> bytes:
    """A text in JSON of so many bytes."""
    return b'"' + b" " * (length - 2) + b'"'
