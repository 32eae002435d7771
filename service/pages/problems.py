"""Error responses of addresses: problem details (RFC 9457) with the GraphQL error codes, or an HTML page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.language.errors import OperationError
from service.pages.forms.html import render_template
from service.pages.headers import CARD_HEADERS, FORM_HEADERS, PAGE_HEADERS
from service.pages.not_found import words_of
from service.pages.problem_types import PROBLEM_TYPES
from service.pages.words import ENGLISH, content_language
from service.store.failures import FAULT, ReadFailed
from service.web.caching import NO_STORE
from service.web.negotiation import HTML
from service.web.problems import RETRY_SECONDS, RequestError, code_of, routing_headers

PROBLEM_JSON = "application/problem+json"


def problem_type_url(site: str, code: str) -> str:
    """Return the URL that describes a type of problem."""
    return f"{site}/docs#{code}" if code in PROBLEM_TYPES else "about:blank"


def problem_of(error: Exception) -> dict[str, Any]:
    """Return the members of the problem document. `code` is the GraphQL code; `errors` lists several errors."""
    status, detail = HTTPStatus.INTERNAL_SERVER_ERROR, FAULT.message
    members: dict[str, Any] = {}
    match error:
        case OperationError():
            status, detail = HTTPStatus.BAD_REQUEST, error.errors[0].message
            members = {"errors": [each.formatted for each in error.errors]}
        case RequestError():
            status, detail, members = HTTPStatus(error.status), error.message, dict(error.extensions)
        case HTTPException():
            status = HTTPStatus(error.status_code)
            detail = (
                "There is nothing at this address. See / for an overview." if status == 404 else f"{status.phrase}."
            )
        case ReadFailed():
            status, detail = HTTPStatus(error.failure.status), error.message
    code = code_of(error)
    title = PROBLEM_TYPES[code].title if code in PROBLEM_TYPES else status.phrase
    return {"title": title, "status": int(status), "detail": detail, "code": code, **members}


def parameter_error(error: OperationError, parameters: Mapping[str, str]) -> RequestError:
    """Convert an error about the arguments of an operation into one about the URL parameters.

    `parameters`: parameter names by argument, as named in errors. If several are invalid, `errors` lists them all.
    """
    told = [(each.message, _members(each, parameters)) for each in error.errors]
    message, members = told[0]
    if len(told) > 1:
        members = {**members, "errors": [{"detail": detail, **own} for detail, own in told]}
    return RequestError(400, "BAD_USER_INPUT", message, None, **members)


def _members(error: GraphQLError, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return the parameter and the reason why it is invalid, as far as known."""
    given = error.extensions or {}
    members = {"parameter": parameters.get(given.get("argument", "")), "reason": given.get("reason")}
    return {name: value for name, value in members.items() if value is not None}


def problem_response(
    error: Exception,
    request_id: str,
    *,
    is_page: bool,
    language: str,
    site: str,
    asked: str = "",
    choices: Sequence[tuple[str, str]] = (),
    is_card: bool = False,
) -> Response:
    """Return the response to any exception. For a card, the message is shown in the card's frame.

    asked: absolute URL of the request without its language parameter; the page offers it in each language.
    choices: parameters of the request that the links of the page keep.
    """
    problem = {"type": problem_type_url(site, code_of(error)), **problem_of(error)}
    headers = routing_headers(error) if isinstance(error, HTTPException) else getattr(error, "headers", None)
    own = {**FORM_HEADERS, "cache-control": NO_STORE, **(headers or {})}
    if problem["status"] == HTTPStatus.SERVICE_UNAVAILABLE:
        own["retry-after"] = RETRY_SECONDS
    if problem["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
        problem["requestId"] = request_id
    if is_page:
        template, of_page = ("card_problem.html", CARD_HEADERS) if is_card else ("problem.html", PAGE_HEADERS)
        type_ = PROBLEM_TYPES.get(problem["code"])
        words = words_of(asked) if problem["status"] == HTTPStatus.NOT_FOUND else ""
        body = render_template(
            template, language, problem=problem, type_=type_, site=site, asked=asked, words=words, choices=choices
        )
        headers = {**of_page, **own, "content-language": content_language(language)}
        return Response(body, problem["status"], headers, media_type=HTML)
    # programs always get English, so that their logs do not depend on the language
    headers = {**own, "content-language": ENGLISH}
    return Response(orjson.dumps(problem), problem["status"], headers, media_type=PROBLEM_JSON)
