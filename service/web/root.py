"""What lies beside the endpoint: what there is, and what is made from the schema."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import sha256
from importlib.metadata import metadata

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service.version import VERSION
from service.web.caching import gzip_tag, names_tag
from service.web.compression import compress
from service.web.negotiation import COMMON_HEADERS, JSON, accepts_gzip


def directory(*, has_metrics: bool) -> Callable[[Request], Awaitable[Response]]:
    """Answers what there is, for a program."""

    async def answer(request: Request) -> Response:
        at = request.scope.get("root_path", "")
        links = {
            "graphql": f"{at}/graphql",
            "schema": f"{at}/schema.graphql",
            "possibleTypes": f"{at}/possible-types.json",
            "documentation": f"{at}/graphql",
            "live": f"{at}/health/live",
            "ready": f"{at}/health/ready",
            **({"metrics": f"{at}/metrics"} if has_metrics else {}),
        }
        content = {"name": "Gipfelbuch", "about": metadata("gipfelbuch")["Summary"], "version": VERSION, "links": links}
        return Response(orjson.dumps(content), headers=COMMON_HEADERS, media_type=JSON)

    return answer


class FixedText:
    """A text that stays as long as the process runs; whoever has it already is told so."""

    def __init__(self, text: str, media_type: str) -> None:
        self._text, self._media_type = text.encode(), media_type
        self._packed: bytes | None = None
        self._tag = f'"{sha256(self._text).hexdigest()[:32]}"'

    async def text(self, request: Request) -> Response:
        """The text, or 304 for a client that names its tag in If-None-Match."""
        is_gzip = accepts_gzip(request.headers.get("accept-encoding", "").encode("latin-1"))
        tag = gzip_tag(self._tag) if is_gzip else self._tag
        headers = {**COMMON_HEADERS, "etag": tag, "cache-control": "no-cache"}
        if is_not_modified(request, tag):
            return Response(status_code=304, headers=headers)
        if not is_gzip:
            return Response(self._text, headers=headers, media_type=self._media_type)
        self._packed = self._packed or await compress(self._text)
        packed_headers = {**headers, "content-encoding": "gzip"}
        return Response(self._packed, headers=packed_headers, media_type=self._media_type)


def is_not_modified(request: Request, tag: str) -> bool:
    """Whether the client says in If-None-Match that it has what bears this tag."""
    return names_tag(request.headers.get("if-none-match", ""), tag)
