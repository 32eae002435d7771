"""OpenAPI 3.1 document of the addresses: their parameters, formats and responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLSchema

from service.pages.addresses import ADDRESSES, Address
from service.pages.answer_schemas import AnswerSchemas, JsonSchema
from service.pages.forms import FORMS
from service.pages.openapi_parameters import LANGUAGE_PARAMETER, describe_parameters
from service.pages.openapi_responses import HEADERS, RESPONSES, describe_problem
from service.pages.openapi_service import SERVICE_PATHS, SERVICE_TAG
from service.pages.operations import stored_operation
from service.version import VERSION

DESCRIPTION = """\
Each address returns the result of a stored GraphQL operation in one format. A suffix selects the format; without a
suffix, the `Accept` header does. Lists are paginated: the `Link` header gives the address of the next page. Dates may
be given as years or months, and enum values in lower case with hyphens. Empty parameters are treated as absent.
"""
DIRECTORY = {"application/json": {"schema": {"type": "object", "description": "An index of all else, for programs."}}}
"""Response to a program at the address where a browser gets the start page."""
WARNINGS: JsonSchema = {
    "type": "array",
    "description": "Slugs that match nothing, with suggestions, or nothing that was known on the day of `as_of`; "
    "ranges that begin after they end; and an `as_of` day in the future.",
    "items": {
        "type": "object",
        "required": ["code", "parameter", "value", "suggestions"],
        "properties": {
            "code": {"type": "string"},
            "parameter": {"type": ["string", "null"], "description": "The parameter that the value was given in."},
            "value": {"type": "string"},
            "suggestions": {"type": "array", "items": {"type": "string"}},
            "knownSince": {
                "type": "string",
                "description": "Date on which the entry was first reported, if after `as_of`.",
            },
            "names": {
                "type": "object",
                "description": "The entry that the value names, if its kind is not one that the parameter accepts.",
            },
            "takes": {
                "type": "array",
                "items": {"type": "string"},
                "description": "The kinds of entries that the parameter accepts, if the value names another kind.",
            },
        },
    },
}

CSL: JsonSchema = {
    "type": "array",
    "description": "CSL-JSON, as read by Zotero and citeproc: an array with one item.",
    "minItems": 1,
    "maxItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "container-title", "version", "issued", "language", "URL"],
        "properties": {
            "id": {"type": "string"},
            "type": {"const": "entry"},
            "title": {"type": "string"},
            "container-title": {"type": "string"},
            "version": {"type": "string", "description": "Revision number of the record."},
            "issued": {
                "type": "object",
                "description": "Date of the last change to the record.",
                "required": ["date-parts"],
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 1,
                        "items": {
                            "type": "array",
                            "description": "Year, month and day.",
                            "minItems": 3,
                            "maxItems": 3,
                            "items": {"type": "integer"},
                        },
                    }
                },
            },
            "language": {"type": "string", "description": "A BCP 47 tag."},
            "URL": {"type": "string", "format": "uri"},
        },
    },
}


def describe_addresses(schema: GraphQLSchema, server_url: str | None) -> dict[str, Any]:
    """Return the document. `server_url`: base URL of the service, or None if it is the root of its host."""
    writer = _Writer(schema)
    paths = {path: item for address in ADDRESSES for path, item in writer.paths(address)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gipfelbuch",
            "summary": "The register of summits: who met, what was said, and how we know.",
            "description": DESCRIPTION,
            "version": VERSION,
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        **({"servers": [{"url": server_url}]} if server_url else {}),
        "tags": [*({"name": tag} for tag in dict.fromkeys(map(_tag, ADDRESSES))), {"name": SERVICE_TAG}],
        "paths": {**paths, **SERVICE_PATHS},
        "components": {
            "schemas": {**dict(sorted(writer.schemas.components.items())), "Problem": describe_problem()},
            "parameters": writer.parameters,
            "headers": HEADERS,
            "responses": RESPONSES,
        },
    }


class _Writer:
    """Describes addresses and collects their shared components."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self.schemas = AnswerSchemas(schema)
        self.parameters: dict[str, Any] = {"lang": LANGUAGE_PARAMETER}

    def paths(self, address: Address) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the path of an address and of each of its formats. The start page has no paths with a suffix."""
        parameters = [*self._parameters(address), {"$ref": "#/components/parameters/lang"}]
        content = {form: self._content(address, form) for form in address.forms}
        operation, is_start = stored_operation(address.operation), address.path == "/"
        told = {"summary": operation.summary, "tags": [_tag(address)], "parameters": parameters}
        media = {_media(form): content[form] for form in address.forms} | (DIRECTORY if is_start else {})
        whole = {"operationId": address.operation, **told, "responses": _responses(address, media, None)}
        yield address.path, {"get": {**whole, "x-graphql": operation.text}}
        for form in () if is_start else address.forms:
            responses = _responses(address, {_media(form): content[form]}, form)
            yield (
                f"{address.path}.{form}",
                {"get": {"operationId": f"{address.operation}_{form}", **told, "responses": responses}},
            )

    def _parameters(self, address: Address) -> Iterator[dict[str, str]]:
        """Yield references, because all formats of an address share the same parameters."""
        for each in describe_parameters(address, self._schema, self.schemas):
            name = f"{address.operation}.{each['name']}"
            self.parameters[name] = each
            yield {"$ref": f"#/components/parameters/{name}"}

    def _content(self, address: Address, form: str) -> dict[str, Any]:
        media = _media(form)
        if form == "json":
            name = f"{_pascal_case(address.operation)}Answer"
            self.schemas.components[name] = self._answer(address)
            return {"schema": {"$ref": f"#/components/schemas/{name}"}}
        if form == "csl":
            return {"schema": CSL}
        return {"schema": {"type": "object" if media.endswith("json") else "string"}}

    def _answer(self, address: Address) -> JsonSchema:
        """Return the schema of the JSON format, which also includes warnings."""
        answer = self.schemas.data(stored_operation(address.operation))
        if address.root is not None:
            answer = answer["properties"][address.root]
            # a null root means 404
            answer = {**answer, "type": "object"} if "properties" in answer else answer
        if "properties" in answer:
            return {**answer, "properties": {**answer["properties"], "warnings": WARNINGS}}
        return answer


def _responses(address: Address, content: dict[str, Any], form: str | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "200": {
            "description": "The response.",
            "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS},
            "content": content,
        }
    }
    statuses = ["304", "400", *(["406"] if form is None else []), "500", "503", "504"]
    if "{slug}" in address.path:
        statuses += ["301"]
    if "{" in address.path:
        statuses += ["404"]
    return told | {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)}


def _pascal_case(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _media(form: str) -> str:
    return FORMS[form].media.partition(";")[0]


def _tag(address: Address) -> str:
    return address.path.split("/")[1] or "start"
