"""What a request asks, read from its body or its query string; the GraphQL in it is not looked at."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import orjson
from starlette.types import Receive

from service.web.problems import Mistake

PARAMETERS_LIMIT = 16


class Asked(NamedTuple):
    """The parameters of a GraphQL-over-HTTP request."""

    query: str
    operation_name: str | None
    variables: dict[str, Any] | None
    size: int
    """Bytes of the body, or of the query part of the URL."""


async def body_of(receive: Receive, limit: int) -> bytes:
    """The whole body; raises a Mistake if it is longer than `limit` bytes or ends early."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Mistake(400, "BAD_REQUEST", "The body ended early.")
        part = message.get("body", b"")
        length += len(part)
        if length > limit:
            raise too_large(limit)
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def too_large(limit: int) -> Mistake:
    """What is said of a body that is longer than `limit` bytes."""
    return Mistake(413, "PAYLOAD_TOO_LARGE", f"A body has at most {limit} bytes.")


def asked_in_body(body: bytes) -> Asked:
    """The parameters in a JSON body; raises a Mistake if it does not hold them."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise bad(f"The body is not JSON in UTF-8: {error.msg}.") from None
    if not isinstance(found, dict):
        raise bad("The body is not a JSON object.")
    return _asked(found, len(body))


def asked_in_url(query_string: bytes) -> Asked:
    """The parameters in the query part of a URL, where an empty one counts as absent; raises a Mistake."""
    found: dict[str, Any] = _parameters(query_string)
    for name in ("variables", "extensions"):
        if name in found:
            try:
                found[name] = orjson.loads(found[name])
            except orjson.JSONDecodeError as error:
                raise bad(f"`{name}` is not JSON: {error.msg}.") from None
    return _asked(found, len(query_string))


def _parameters(query_string: bytes) -> dict[str, str]:
    """The parameters of a URL that are not empty; raises a Mistake if they are not UTF-8 or too many."""
    if query_string.count(b"&") >= PARAMETERS_LIMIT:
        raise bad(f"The query part of the URL has more than {PARAMETERS_LIMIT} parameters.")
    try:
        pairs = parse_qsl(query_string.decode("ascii"), errors="strict")
    except ValueError:
        raise bad("The query part of the URL is not form-encoded UTF-8.") from None
    return dict(pairs)


def bad(message: str) -> Mistake:
    """What is said of a request that is not well-formed."""
    return Mistake(400, "BAD_REQUEST", message)


def _asked(found: dict[str, Any], size: int) -> Asked:
    query = found.get("query")
    name = found.get("operationName")
    variables = found.get("variables")
    extensions = found.get("extensions")
    if not isinstance(query, str):
        raise bad("`query` is a string that holds the GraphQL document.")
    if name is not None and not isinstance(name, str):
        raise bad("`operationName` is a string.")
    if variables is not None and not isinstance(variables, dict):
        raise bad("`variables` is an object.")
    if extensions is not None and not isinstance(extensions, dict):
        raise bad("`extensions` is an object.")
    return Asked(query, name, variables, size)
