"""OpenAPI descriptions of the service endpoints other than the addresses that have a simple response."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SERVICE_TAG = "service"


def _get(name: str, summary: str, responses: Mapping[str, Any], *parameters: Mapping[str, Any]) -> dict[str, Any]:
    told = {"operationId": name, "summary": summary, "tags": [SERVICE_TAG], "responses": responses}
    return {"get": {**told, **({"parameters": list(parameters)} if parameters else {})}}


def _answer(description: str, media: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {media: {"schema": schema}}}


def _status(word: str) -> dict[str, Any]:
    return {"type": "object", "required": ["status"], "properties": {"status": {"const": word}}}


ERRORS: Mapping[str, Any] = {
    "type": "object",
    "description": "Errors, in the format of GraphQL errors.",
    "required": ["errors"],
    "properties": {"errors": {"type": "array", "items": {"type": "object"}}},
}
REVISION: Mapping[str, Any] = {
    "name": "revision",
    "in": "path",
    "required": True,
    "description": "Revision number of the record.",
    "schema": {"type": "string"},
}
NAME: Mapping[str, Any] = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "Name of the file, such as summits.csv.",
    "schema": {"type": "string"},
}
BYTES: Mapping[str, Any] = {"type": "string"}
FILE = {
    "description": "The file.",
    "content": {"application/jsonl": {"schema": BYTES}, "text/csv": {"schema": BYTES}},
}


def _query(name: str, description: str, schema: Mapping[str, Any], *, required: bool = False) -> dict[str, Any]:
    needed = {"required": True} if required else {}
    return {"name": name, "in": "query", **needed, "description": description, "schema": schema}


PIXELS: Mapping[str, Any] = {"type": "integer", "minimum": 1}
OEMBED: Mapping[str, Any] = {
    "type": "object",
    "required": ["type", "version", "html", "width", "height"],
    "properties": {
        "type": {"const": "rich"},
        "version": {"const": "1.0"},
        "title": {"type": "string"},
        "provider_name": {"type": "string"},
        "provider_url": {"type": "string"},
        "html": {"type": "string", "description": "The iframe of the card."},
        "width": PIXELS,
        "height": PIXELS,
        "thumbnail_url": {"type": "string"},
        "thumbnail_width": PIXELS,
        "thumbnail_height": PIXELS,
    },
}

SERVICE_PATHS: Mapping[str, Any] = {
    "/health/live": _get(
        "live", "Whether the process responds.", {"200": _answer("It does.", "application/json", _status("live"))}
    ),
    "/health/ready": _get(
        "ready",
        "Whether the database responds within two seconds.",
        {
            "200": _answer("It does.", "application/json", _status("ready")),
            "503": _answer("It does not.", "application/json", ERRORS),
        },
    ),
    "/oembed": _get(
        "oembed",
        "Card of a page, in oEmbed 1.0 format.",
        {
            "200": {
                "description": "The embed code of the card.",
                "content": {"application/json": {"schema": OEMBED}, "text/xml": {"schema": {"type": "string"}}},
            },
            "400": {"$ref": "#/components/responses/400"},
            "404": {"$ref": "#/components/responses/404"},
            "500": {"$ref": "#/components/responses/500"},
            "501": {"$ref": "#/components/responses/501"},
            "503": {"$ref": "#/components/responses/503"},
            "504": {"$ref": "#/components/responses/504"},
        },
        _query("url", "Absolute URL of the page.", {"type": "string"}, required=True),
        _query("maxwidth", "Maximum width of the frame in pixels.", PIXELS),
        _query("maxheight", "Maximum height of the frame in pixels.", PIXELS),
        _query("format", "Response format. Defaults to json.", {"type": "string", "enum": ["json", "xml"]}),
    ),
    "/schema.graphql": _get(
        "schema",
        "The schema of the GraphQL endpoint.",
        {"200": _answer("The schema as text.", "text/plain", {"type": "string"})},
    ),
    "/downloads/{revision}/{name}": _get(
        "download",
        "A file of the whole register, named as in `dataset.downloads`.",
        {
            "200": FILE,
            "206": {**FILE, "description": "A range of the file."},
            "404": {"$ref": "#/components/responses/404"},
            "410": _answer("The file is no longer available.", "application/json", ERRORS),
            "416": _answer("The range starts after the end of the file.", "application/json", ERRORS),
        },
        REVISION,
        NAME,
    ),
}
