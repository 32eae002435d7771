"""Directory of the paths other than the endpoint."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.metadata import metadata

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service.version import VERSION
from service.web.negotiation import COMMON_HEADERS, JSON

NO_CACHE_HEADERS = {**COMMON_HEADERS, "cache-control": "no-cache"}
"""Headers of content that changes only with the version."""


def directory(*, has_metrics: bool) -> Callable[[Request], Awaitable[Response]]:
    """Return what the service offers, for programs."""

    async def answer(request: Request) -> Response:
        at = request.scope.get("root_path", "")
        links = {
            "graphql": f"{at}/graphql",
            "schema": f"{at}/schema.graphql",
            "possibleTypes": f"{at}/possible-types.json",
            "downloads": f"{at}/downloads",
            "documentation": f"{at}/graphql",
            "openapi": f"{at}/openapi.json",
            "addresses": f"{at}/docs",
            "live": f"{at}/health/live",
            "ready": f"{at}/health/ready",
            **({"metrics": f"{at}/metrics"} if has_metrics else {}),
        }
        content = {"name": "Gipfelbuch", "about": metadata("gipfelbuch")["Summary"], "version": VERSION, "links": links}
        return Response(orjson.dumps(content), headers=NO_CACHE_HEADERS, media_type=JSON)

    return answer
