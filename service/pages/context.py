"""JSON-LD context document: the meaning of the terms in the register's JSON-LD, wherever it is embedded."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from service.web.negotiation import COMMON_HEADERS

DOCUMENT = Path(__file__).with_name("context.jsonld").read_bytes()
HEADERS = {**COMMON_HEADERS, "cache-control": "public, max-age=86400"}


async def context_document(_: Request) -> Response:
    """Respond with the context, which other hosts may read too."""
    return Response(DOCUMENT, headers=HEADERS, media_type="application/ld+json")
