"""What lies beside the endpoint: what there is, and the schema as text."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import metadata

import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from service.version import VERSION
from service.web.negotiation import COMMON_HEADERS, JSON


async def directory(request: Request) -> Response:
    """What there is, for a program."""
    at = request.scope.get("root_path", "")
    links = {
        "graphql": f"{at}/graphql",
        "schema": f"{at}/schema.graphql",
        "documentation": f"{at}/graphql",
        "live": f"{at}/health/live",
        "ready": f"{at}/health/ready",
        "metrics": f"{at}/metrics",
    }
    content = {"name": "Gipfelbuch", "about": metadata("gipfelbuch")["Summary"], "version": VERSION, "links": links}
    return Response(orjson.dumps(content), headers=COMMON_HEADERS, media_type=JSON)


class SchemaText:
    """The schema as text; whoever has it already is told so."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tag = f'"{sha256(text.encode()).hexdigest()[:32]}"'

    async def text(self, request: Request) -> Response:
        """The text, or 304 for a client that names its tag in If-None-Match."""
        headers = {**COMMON_HEADERS, "etag": self._tag, "cache-control": "no-cache"}
        if is_not_modified(request, self._tag):
            return Response(status_code=304, headers=headers)
        return PlainTextResponse(self._text, headers=headers)


def is_not_modified(request: Request, tag: str) -> bool:
    """Whether the client says in If-None-Match that it has what bears this tag."""
    tags = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return tag in tags or tags == ["*"]
