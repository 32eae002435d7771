"""Errors as responses: one format for all, a code in each, and an id if the log has the details."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.language.errors import OperationError
from service.store.failures import FAULT, Failure, ReadFailed
from service.web.caching import NO_STORE
from service.web.negotiation import COMMON_HEADERS, GRAPHQL_JSON, JSON

RETRY_SECONDS = "5"


def options_headers(methods: Iterable[str]) -> dict[str, str]:
    """Return the headers that list what these methods allow."""
    return {
        **COMMON_HEADERS,
        "allow": _allow(methods),
        "access-control-allow-methods": ", ".join(sorted({*methods} - {"HEAD"})),
        "access-control-allow-headers": "*",
        "access-control-max-age": "86400",
    }


class RequestError(Exception):
    """A request that cannot be answered as HTTP, before its operation is read."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None, **extensions: Any
    ) -> None:
        """Create the error. `extensions`: what it includes in addition to its code."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
        self.extensions = extensions


def response_to(error: Exception, request_id: str, media: str = JSON) -> Response:
    """Return the response to any exception; for a failure of the service, the body includes the request's id."""
    match error:
        case OperationError():
            return _refusal(error, media)
        case RequestError():
            return _problem(error.status, error.code, error.message, media, error.headers, **error.extensions)
        case ReadFailed():
            return _failure(error.failure, error.message, media, request_id)
        case _:
            return _failure(FAULT, FAULT.message, media, request_id)


def code_of(error: Exception) -> str:
    """Return the code that the response to an error has."""
    match error:
        case OperationError():
            return str((error.errors[0].extensions or {}).get("code"))
        case RequestError() | ReadFailed():
            return error.code
        case HTTPException():
            return HTTPStatus(error.status_code).name
        case _:
            return FAULT.code


def _refusal(error: OperationError, media: str) -> Response:
    """Return errors of the operation: without `data` if it could not begin, with `data: null` if a field refused it.

    Only the GraphQL media type allows a status that refers to the operation.
    """
    errors = [each.formatted for each in error.errors]
    if not error.is_request_error:
        return _response({"errors": errors, "data": None}, 200, media)
    if any(each.get("extensions", {}).get("code") == "METHOD_NOT_ALLOWED" for each in errors):
        return _response({"errors": errors}, 405, media, {"allow": "POST"})
    return _response({"errors": errors}, _operation_status(media), media)


def _operation_status(media: str) -> int:
    return 400 if media is GRAPHQL_JSON else 200


def routing_headers(error: HTTPException) -> dict[str, str]:
    """Return the headers of a refusal by the router; for a 405, which methods are allowed."""
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    return headers | ({"allow": _allow(headers["allow"].split(", "))} if "allow" in headers else {})


def _allow(methods: Iterable[str]) -> str:
    return ", ".join(sorted({*methods, "OPTIONS", *({"HEAD"} if "GET" in methods else ())}))


def _failure(failure: Failure, message: str, media: str, request_id: str) -> Response:
    """Return the response to a failed read, or to a failure of the service itself.

    It has a fixed sentence, and the request's id if the fault is ours.
    """
    if failure.status == 400:
        return _problem(_operation_status(media), failure.code, message, media)
    headers = {"retry-after": RETRY_SECONDS} if failure.status == 503 else None
    return _problem(failure.status, failure.code, message, media, headers, requestId=request_id)


def _problem(
    status: int,
    code: str,
    message: str,
    media: str,
    headers: Mapping[str, str] | None = None,
    **extensions: Any,
) -> Response:
    error = {"message": message, "extensions": {"code": code, **extensions}}
    return _response({"errors": [error]}, status, media, headers)


def _response(
    content: Mapping[str, Any], status: int, media: str, headers: Mapping[str, str] | None = None
) -> Response:
    own = {**COMMON_HEADERS, "cache-control": NO_STORE, **(headers or {})}
    return Response(orjson.dumps(content, default=str), status, own, media_type=media)
