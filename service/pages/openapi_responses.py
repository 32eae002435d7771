"""OpenAPI descriptions of the headers, redirects and problems that all addresses share."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from service.pages.problem_types import PROBLEM_TYPES
from service.web.negotiation import HTML

PROBLEM_JSON = "application/problem+json"


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


HEADERS: Mapping[str, Any] = {
    "Cache-Control": _header("How caches may use the response."),
    "Content-Language": _header("Language of the text."),
    "ETag": _header("Entity tag of the response, for If-None-Match. It changes when the record changes."),
    "Link": _header("The canonical address, the other formats and, for lists, the adjacent pages (RFC 8288)."),
    "Vary": _header("The request headers that the response depends on."),
    "X-Request-Id": _header("The ID of the request in the log."),
}
"""Headers of a successful response."""


def describe_problem() -> dict[str, Any]:
    """Return the schema of problem details."""
    codes = "\n".join(f"* `{code}` ({kind.status}): {kind.title}." for code, kind in PROBLEM_TYPES.items())
    return {
        "type": "object",
        "description": "Problem details of a failed request (RFC 9457).",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string", "format": "uri", "description": "URI that describes this type of problem."},
            "title": {"type": "string", "description": "Title of this type of problem."},
            "status": {"type": "integer", "description": "HTTP status code of the response."},
            "detail": {"type": "string", "description": "What is wrong with this request, in one sentence."},
            "code": {"type": "string", "enum": list(PROBLEM_TYPES), "description": f"Error code.\n\n{codes}"},
            "parameter": {"type": "string", "description": "The invalid parameter."},
            "reason": {"type": "string", "description": "Why the parameter is invalid, as a code."},
            "suggestions": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Suggested slugs.",
            },
            "addresses": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Paths of the suggested entries.",
            },
            "states": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Slugs of the two states that the path names, if no fact involves both. People from "
                "both may have met: `/talks?participant_country_all=...` lists such meetings.",
            },
            "errors": {
                "type": "array",
                "items": {"type": "object"},
                "description": "All errors of the underlying operation, in the format of GraphQL errors.",
            },
            "requestId": {"type": "string", "description": "The ID of the error in the log."},
        },
    }


def _problem(status: int, description: str) -> dict[str, Any]:
    codes = ", ".join(f"`{code}`" for code, kind in PROBLEM_TYPES.items() if kind.status == status)
    headers = {"X-Request-Id": HEADERS["X-Request-Id"]}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = _header("Number of seconds to wait before retrying.")
    return {
        "description": f"{description} ({codes})",
        "headers": headers,
        "content": {
            PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}},
            HTML.partition(";")[0]: {"schema": {"type": "string"}},
        },
    }


RESPONSES: Mapping[str, Any] = {
    "301": {
        "description": "The slug of the entry has changed.",
        "headers": {"Location": _header("The current address of the entry.")},
    },
    "304": {
        "description": "Not modified: the entity tag in If-None-Match is still current.",
        "headers": {"ETag": HEADERS["ETag"]},
    },
    "400": _problem(400, "A parameter is unknown or invalid, or the request is too complex."),
    "404": _problem(404, "There is nothing at this address."),
    "406": _problem(406, "None of the formats available here is acceptable to the client."),
    "500": _problem(500, "Something went wrong on our side."),
    "501": _problem(501, "Unknown format."),
    "503": _problem(503, "The database cannot respond at the moment. Try again."),
    "504": _problem(504, "The request took too long and was cancelled."),
}
"""Responses, by status code."""
