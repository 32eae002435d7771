"""Parameters of a request, read from its body or its query string; the GraphQL in it is not parsed here."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import orjson
from starlette.types import Receive

from service.web.problems import RequestError

MAX_PARAMETERS = 16
NO_BATCHES = (
    "The body is a JSON list, but batches are not supported: select several fields in one operation, each with its own "
    "alias, as in `{ a: leader(slug: $a) { name } b: leader(slug: $b) { name } }`."
)


class GraphQLRequest(NamedTuple):
    """Parameters of a GraphQL-over-HTTP request."""

    query: str
    operation_name: str | None
    variables: dict[str, Any] | None
    size: int
    """Bytes of the body, or of the query part of the URL."""
    persisted: dict[str, Any] | None = None
    """The parameters of a persisted document, which `query` may then omit."""


class ReceivedRequest(NamedTuple):
    """Request as received, used to recognise an identical one."""

    text: bytes
    """The body, or the query part of the URL."""
    read_only: bool
    """Whether only queries are allowed."""


async def read_body(receive: Receive, limit: int) -> bytes:
    """Return the whole body; raises a RequestError if it is longer than `limit` bytes or ends early."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RequestError(400, "BAD_REQUEST", "The body ended early.")
        part = message.get("body", b"")
        length += len(part)
        if length > limit:
            raise RequestError(413, "PAYLOAD_TOO_LARGE", f"The body can have at most {limit} bytes.")
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def parse_body(body: bytes) -> GraphQLRequest:
    """Return the parameters in a JSON body; raises a RequestError if it does not contain them."""
    parameters = _parse_json(body, "The body")
    if isinstance(parameters, list):
        raise bad_request(NO_BATCHES)
    if not isinstance(parameters, dict):
        raise bad_request("The body is not a JSON object.")
    return _to_request(parameters, len(body))


def parse_url(query_string: bytes) -> GraphQLRequest:
    """Return the parameters in the query part of a URL, ignoring empty ones; raises a RequestError."""
    parameters: dict[str, Any] = _parse_query_string(query_string)
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _parse_json(parameters[name], f"`{name}`")
    return _to_request(parameters, len(query_string))


def bad_request(message: str) -> RequestError:
    """Return the error for a request that is not well-formed."""
    return RequestError(400, "BAD_REQUEST", message)


def _parse_json(text: bytes | str, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        # the parser mentions infinity if somebody has sent many digits
        if "infinity" in error.msg:
            raise bad_request(f"{what} contains a number that is too large: the limit is 1.8e308.") from None
        form = "JSON in UTF-8" if isinstance(text, bytes) else "JSON"
        raise bad_request(f"{what} is not {form}: {error.msg}.") from None


def _parse_query_string(query_string: bytes) -> dict[str, str]:
    """Return the non-empty parameters of a URL; raises a RequestError if they are not UTF-8 or too many."""
    count = sum(map(bool, query_string.split(b"&")))
    if count > MAX_PARAMETERS:
        raise bad_request(f"The URL has {count} parameters, and the limit is {MAX_PARAMETERS}.")
    try:
        return dict(parse_qsl(query_string.decode("ascii"), errors="strict"))
    except ValueError:
        raise bad_request("The query part of the URL is not form-encoded UTF-8.") from None


def _to_request(parameters: dict[str, Any], size: int) -> GraphQLRequest:
    query = parameters.get("query")
    persisted = None
    name = parameters.get("operationName")
    variables = parameters.get("variables")
    extensions = parameters.get("extensions")
    if isinstance(extensions, dict) and "persistedQuery" in extensions:
        persisted = extensions["persistedQuery"]
        if not isinstance(persisted, dict):
            raise bad_request("`extensions.persistedQuery` must be an object.")
        query = "" if query is None else query
    if not isinstance(query, str):
        raise bad_request("`query` must be a string that contains the GraphQL document.")
    if name is not None and not isinstance(name, str):
        raise bad_request("`operationName` must be a string.")
    if variables is not None and not isinstance(variables, dict):
        raise bad_request("`variables` must be an object.")
    if extensions is not None and not isinstance(extensions, dict):
        raise bad_request("`extensions` must be an object.")
    return GraphQLRequest(query, name, variables, size, persisted)
