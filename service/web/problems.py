"""What goes wrong, as responses: one shape for all, a code in each, an id where the log has the rest."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import orjson
import structlog
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.errors import DatabaseUnreachable
from service.planner.errors import OperationError
from service.store.pool import ReadersBusy, ReadTimedOut
from service.web.negotiation import ALWAYS, GRAPHQL_JSON, JSON

FAILED = "Something went wrong on our side. It is in the log under the request id."
AWAY = "The database cannot be reached at the moment; try again in a few seconds."
BUSY = "Too many requests are being answered at the moment; try again in a few seconds."
RETRY_SECONDS = "5"
LOGGED_CHARACTERS = 2_000

log = structlog.stdlib.get_logger("gipfelbuch")


class Mistake(Exception):
    """A request that cannot be answered as HTTP, before its operation is looked at."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


def response_to(error: Exception, media: str = JSON, **seen: object) -> Response:
    """The response to whatever was raised; `seen` goes into the log if it is our failure."""
    match error:
        case OperationError():
            return _refusal(error, media)
        case Mistake():
            return _problem(error.status, error.code, error.message, media, error.headers)
        case HTTPException():
            return _of_starlette(error)
        case DatabaseUnreachable():
            return _failure(error, 503, error.code, AWAY, media, seen)
        case ReadersBusy():
            return _failure(error, 503, error.code, BUSY, media, seen)
        case ReadTimedOut():
            return _failure(error, 504, error.code, error.message, media, seen)
        case _:
            return _failure(error, 500, "INTERNAL_SERVER_ERROR", FAILED, media, seen)


def _refusal(refused: OperationError, media: str) -> Response:
    """Errors of the operation: without `data` if it could not begin, with `data: null` if a field refused it.

    Only the GraphQL media type lets a status speak of the operation.
    """
    errors = [error.formatted for error in refused.errors]
    if not refused.is_request_error:
        return _response({"errors": errors, "data": None}, 200, media)
    if any(error.get("extensions", {}).get("code") == "METHOD_NOT_ALLOWED" for error in errors):
        return _response({"errors": errors}, 405, media, {"allow": "POST"})
    return _response({"errors": errors}, 400 if media is GRAPHQL_JSON else 200, media)


def _of_starlette(error: HTTPException) -> Response:
    """What the router refuses: a path that is not there, or a method."""
    status = HTTPStatus(error.status_code)
    message = "There is nothing here; / tells what there is." if status == 404 else f"{status.phrase}."
    return _problem(status, status.name, message, JSON, error.headers)


def _failure(
    error: Exception, status: int, code: str, message: str, media: str, seen: Mapping[str, object]
) -> Response:
    """A failure of ours: a fixed sentence with an id, and a log line; the stack if nobody expected it."""
    request_id = uuid4().hex
    about = {key: str(value)[:LOGGED_CHARACTERS] for key, value in seen.items() if value is not None}
    if status == 500:
        log.error("request failed", request_id=request_id, code=code, **about, exc_info=error)
    else:
        log.warning("request failed", request_id=request_id, code=code, reason=str(error), **about)
    headers = {"x-request-id": request_id, "access-control-expose-headers": "Retry-After, X-Request-Id"}
    if status == 503:
        headers["retry-after"] = RETRY_SECONDS
    return _problem(status, code, message, media, headers, requestId=request_id)


def _problem(
    status: int,
    code: str,
    message: str,
    media: str,
    headers: Mapping[str, str] | None = None,
    **extensions: str,
) -> Response:
    error = {"message": message, "extensions": {"code": code, **extensions}}
    return _response({"errors": [error]}, status, media, headers)


def _response(
    content: Mapping[str, Any], status: int, media: str, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(orjson.dumps(content, default=str), status, {**ALWAYS, **(headers or {})}, media_type=media)
