"""What every address answers beside its answer: headers, redirects and problems, as OpenAPI describes them."""

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
    "Cache-Control": _header("What caches may do with the answer."),
    "Content-Language": _header("The language that the words are in."),
    "ETag": _header("The tag of this answer, for If-None-Match; it changes with the record."),
    "Link": _header("The canonical address, the other forms, and of a list the pages before and after (RFC 8288)."),
    "Vary": _header("The headers of the request that the answer depends on."),
    "X-Request-Id": _header("The id by which the log knows the request."),
}
"""Of an answer."""


def describe_problem() -> dict[str, Any]:
    """The schema of problem details."""
    codes = "\n".join(f"* `{code}` ({kind.status}): {kind.title}." for code, kind in PROBLEM_TYPES.items())
    return {
        "type": "object",
        "description": "What is wrong with a request, as problem details (RFC 9457).",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string", "format": "uri", "description": "Where the kind of problem is described."},
            "title": {"type": "string", "description": "What the kind of problem is called."},
            "status": {"type": "integer", "description": "The status of the response."},
            "detail": {"type": "string", "description": "What is wrong with this request, in a sentence."},
            "code": {"type": "string", "enum": list(PROBLEM_TYPES), "description": f"The code.\n\n{codes}"},
            "parameter": {"type": "string", "description": "The parameter that cannot be used."},
            "reason": {"type": "string", "description": "Why it cannot be used, as a code."},
            "suggestions": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Slugs that may be meant.",
            },
            "addresses": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Paths of what may be meant.",
            },
            "errors": {
                "type": "array",
                "items": {"type": "object"},
                "description": "All that is wrong with the operation behind the address, as GraphQL tells it.",
            },
            "requestId": {"type": "string", "description": "The id by which the log knows what went wrong."},
        },
    }


def _problem(status: int, description: str) -> dict[str, Any]:
    codes = ", ".join(f"`{code}`" for code, kind in PROBLEM_TYPES.items() if kind.status == status)
    headers = {"X-Request-Id": HEADERS["X-Request-Id"]}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = _header("After how many seconds to try again.")
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
        "description": "The entry has another slug now.",
        "headers": {"Location": _header("Its address.")},
    },
    "304": {
        "description": "The client has the answer already: it named its tag in If-None-Match.",
        "headers": {"ETag": HEADERS["ETag"]},
    },
    "400": _problem(400, "A parameter is unknown or cannot be used, or too much is asked for."),
    "404": _problem(404, "There is nothing at this address."),
    "406": _problem(406, "None of its forms is acceptable to the client."),
    "500": _problem(500, "Something went wrong on our side."),
    "501": _problem(501, "There is no such format."),
    "503": _problem(503, "The database cannot answer at the moment; try again."),
    "504": _problem(504, "The answer took too long and was given up."),
}
"""By status."""
