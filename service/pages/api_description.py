"""Documentation of the addresses: an OpenAPI document, and an HTML page generated from it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson
from graphql import GraphQLSchema
from starlette.requests import Request
from starlette.responses import Response

from service.pages.forms.html import render_template
from service.pages.headers import FORM_HEADERS, PAGE_HEADERS
from service.pages.negotiation import header, negotiate_page, requested_language
from service.pages.openapi import describe_addresses
from service.pages.parameters import LANGUAGE
from service.pages.problem_types import PROBLEM_TYPES
from service.pages.view import kept_parameters
from service.pages.words import spoken_language
from service.web.directory import NO_CACHE_HEADERS
from service.web.fixed import FixedBody
from service.web.negotiation import HTML, JSON

KEPT = 16
"""Number of cached pages: one per base URL of the service and language."""


class ApiDescription:
    """Serves `/openapi.json` and `/docs`. Both are generated on first request."""

    def __init__(self, schema: GraphQLSchema, public_url: str | None) -> None:
        self._schema = schema
        self._public_url = public_url

    async def document(self, request: Request) -> Response:
        """Respond with the OpenAPI document."""
        body = await asyncio.to_thread(_document_body, self._schema, self._server(request))
        return await body.answer(request)

    async def page(self, request: Request) -> Response:
        """Respond with the HTML page, in the language that the request prefers."""
        negotiate_page("/docs", header(request, "accept"), has_json=False)
        language = spoken_language(requested_language(request))
        # the `as_of` day is ignored: otherwise a page would be cached per day
        is_chosen = any(name == LANGUAGE for name, _ in kept_parameters(request.query_params.multi_items()))
        body = await asyncio.to_thread(_page_body, self._schema, self._server(request), language, is_chosen)
        return await body.answer(request)

    def _server(self, request: Request) -> str:
        """Return the base URL of the service: the configured one, or else a path on the requested host."""
        return self._public_url or str(request.scope.get("root_path", ""))


@lru_cache(KEPT)
def _document_body(schema: GraphQLSchema, server: str) -> FixedBody:
    return FixedBody(orjson.dumps(describe_addresses(schema, server or None)), JSON, NO_CACHE_HEADERS)


@lru_cache(KEPT)
def _page_body(schema: GraphQLSchema, server: str, language: str, is_chosen: bool) -> FixedBody:
    api = describe_addresses(schema, server or None)
    choices = [(LANGUAGE, language)] if is_chosen else []
    body = render_template(
        "docs.html", language, api=api, addresses=_addresses(api), problems=PROBLEM_TYPES, site=server, choices=choices
    )
    headers = {**FORM_HEADERS, **PAGE_HEADERS, "cache-control": "no-cache", "content-language": language}
    return FixedBody(body, HTML, headers)


def _addresses(api: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """List the paths without a suffix, each with its operation, its parameters and the media types of its formats."""
    parameters = api["components"]["parameters"]
    return [
        {
            "path": path,
            "operation": item["get"],
            "parameters": [
                parameters[each["$ref"].rpartition("/")[2]] if "$ref" in each else each
                for each in item["get"].get("parameters", ())
            ],
            "content": item["get"]["responses"]["200"].get("content", {}),
        }
        for path, item in api["paths"].items()
        if not _is_form(path, api["paths"])
    ]


def _is_form(path: str, paths: Mapping[str, Any]) -> bool:
    """Whether the path is another path with a format suffix."""
    return path.rpartition(".")[0] in paths
