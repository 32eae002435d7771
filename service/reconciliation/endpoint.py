"""The paths of the reconciliation service."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.pages.headers import VARY
from service.pages.negotiation import chosen_language, requested_language
from service.pages.words import content_language
from service.reconciliation.entities import MAX_ENTITIES, TYPES, Entities, Entity, entity_id, parse_id
from service.reconciliation.manifest import manifest
from service.reconciliation.parameters import parse_object, parse_queries, parse_types, read_parameters
from service.reconciliation.properties import PROPERTIES, values_of
from service.reconciliation.queries import MAX_CHARACTERS, Beginning, reconcile, suggest
from service.web.caching import NO_STORE
from service.web.execution import Execution
from service.web.negotiation import COMMON_HEADERS, HTML, JSON
from service.web.request import bad_request

HEADERS = {**COMMON_HEADERS, "vary": VARY, "cache-control": NO_STORE}
# this page is meant to be framed by others, and does nothing there
PREVIEW_HEADERS = {**HEADERS, "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'"}
MAX_NAMES_SHOWN = 8


class Reconciliation:
    """Endpoint for clients such as OpenRefine."""

    def __init__(self, execution: Execution, *, public_url: str | None, max_body_bytes: int) -> None:
        """Create the endpoint. `public_url`: where others reach the service; by default the URL of the request."""
        self._execution, self._public_url, self._max_body_bytes = execution, public_url, max_body_bytes

    @property
    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/reconcile", self.service, methods=["GET", "POST"]),
            Route("/reconcile/suggest/entity", self.suggest_entity),
            Route("/reconcile/suggest/property", self.suggest_property),
            Route("/reconcile/suggest/type", self.suggest_type),
            Route("/reconcile/properties", self.propose_properties),
            Route("/reconcile/preview", self.preview),
        ]

    async def service(self, request: Request) -> Response:
        """Return the manifest, the candidates for a batch of names, or values of properties."""
        parameters = await read_parameters(request, self._max_body_bytes)
        if "queries" in parameters:
            return _json(await reconcile(self._entities(request), parse_queries(parameters["queries"])))
        if "extend" in parameters:
            return _json(await self._extend(request, parse_object(parameters["extend"], "extend")))
        return _json(manifest(self._public_url or str(request.base_url).rstrip("/"), chosen_language(request)))

    async def suggest_entity(self, request: Request) -> Response:
        """Return entities whose name begins like this."""
        prefix = request.query_params.get("prefix", "").replace("\0", "").strip()[:MAX_CHARACTERS]
        kinds = tuple(type_.kind for type_ in parse_types(request.query_params.get("type")))
        entities = self._entities(request)
        wanted = [each for found in (await suggest(entities, [Beginning(prefix, kinds)])).values() for each in found]
        ids = [entity_id(*each) for each in wanted]
        found = await entities.read(wanted)
        return _json({"result": [_suggestion(found[each]) for each in ids if each in found]})

    async def suggest_property(self, request: Request) -> Response:
        """Return properties whose name or id begins like this."""
        return _json(
            {"result": _beginning(request, ({"id": each.id, "name": each.name} for each in PROPERTIES.values()))}
        )

    async def suggest_type(self, request: Request) -> Response:
        """Return types whose name or id begins like this."""
        return _json({"result": _beginning(request, (each.reference for each in TYPES.values()))})

    async def propose_properties(self, request: Request) -> Response:
        """Return the properties that a column of a type can be extended with."""
        name = request.query_params.get("type", "")
        limit = request.query_params.get("limit", "")
        fitting = [each for each in PROPERTIES.values() if name not in TYPES or name in each.types]
        offered = fitting[: int(limit)] if limit.isdecimal() and len(limit) < 4 else fitting
        return _json({"type": name, "properties": [{"id": each.id, "name": each.name} for each in offered]})

    async def preview(self, request: Request) -> Response:
        """Return a small page about an entity."""
        named = parse_id(request.query_params.get("id", ""))
        found = await self._entities(request).read([named] if named else [])
        if not found:
            raise HTTPException(404)
        (entity,) = found.values()
        headers = {**PREVIEW_HEADERS, "content-language": content_language(entity.language)}
        return Response(_preview(entity), headers=headers, media_type=HTML)

    async def _extend(self, request: Request, extension: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of properties of entities that have been matched."""
        ids, asked = extension.get("ids"), extension.get("properties")
        if not isinstance(ids, list) or not isinstance(asked, list) or len(ids) > MAX_ENTITIES:
            raise bad_request(f"`extend` must have `ids`, at most {MAX_ENTITIES}, and `properties`.")
        names = [each.get("id") for each in asked if isinstance(each, dict)]
        known = [PROPERTIES[name] for name in names if name in PROPERTIES]
        if len(known) < len(asked):
            raise bad_request(f"Available properties: {', '.join(PROPERTIES)}.")
        named = {each: parse_id(each) for each in ids if isinstance(each, str)}
        found = await self._entities(request).read(each for each in named.values() if each)
        rows = {each: _row(found.get(each), [name.id for name in known]) for each in named}
        return {"meta": [each.meta for each in known], "rows": rows}

    def _entities(self, request: Request) -> Entities:
        return Entities(self._execution, request.scope.get("exchange"), requested_language(request))


def _row(entity: Entity | None, properties: list[str]) -> dict[str, Any]:
    return {name: values_of(entity, name) if entity else [] for name in properties}


def _suggestion(entity: Entity) -> dict[str, Any]:
    told = {"id": entity.id, "name": entity.label, "description": entity.description}
    return {**told, "notable": [entity.type.reference]}


def _beginning(request: Request, offered: Any) -> list[dict[str, str]]:
    prefix = request.query_params.get("prefix", "").strip().lower()
    return [each for each in offered if any(text.lower().startswith(prefix) for text in each.values())]


def _preview(entity: Entity) -> str:
    others = [name for name in entity.names if name != entity.label][:MAX_NAMES_SHOWN]
    lines = [f"<strong>{escape(entity.label)}</strong>", escape(entity.description), escape("; ".join(others))]
    paragraphs = "".join(f"<p>{line}</p>" for line in lines if line)
    head = f'<meta charset="utf-8"><title>{escape(entity.label)}</title>'
    return f'<!doctype html><html lang="{entity.language}">{head}{paragraphs}</html>'


def _json(content: Mapping[str, Any]) -> Response:
    return Response(orjson.dumps(content), headers=HEADERS, media_type=JSON)
