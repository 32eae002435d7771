"""Arguments of a tool, checked against its schema; what is refused says what to send instead."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import jsonschema
import orjson
from graphql import GraphQLError

from service.language.errors import MAX_ERRORS, OperationError
from service.language.hints import fold_name
from service.mcp.tools import JsonSchema, Tool

OTHER_NAMES = {
    "as_of": "date day knownby",
    "between": "entries people persons states slugs actors parties",
    "from": "since start startdate begin",
    "kind": "kinds type types category",
    "language": "lang locale",
    "latest_first": "descending reverse latest",
    "limit": "first count size top max maxresults pagesize",
    "noun": "type name",
    "query": "graphql document",
    "text": "query q term name keywords",
    "to": "until end enddate",
}
"""Names of arguments elsewhere, in lower case without underscores, by the name here."""
KINDS = {
    **{name: ["SUMMIT", "TALKS"] for name in ("MEETING", "MEETINGS")},
    **{name: ["PERSON"] for name in ("LEADER", "LEADERS", "PEOPLE")},
    **{name: ["COUNTRY"] for name in ("COUNTRIES", "STATE", "STATES")},
}
"""Kinds of entries by names that are not kinds."""
TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "object": "an object",
    "string": "a text",
}
MOST_CHARACTERS = 300
"""Longer values are not repeated in a message."""


def check_arguments(tool: Tool, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments; null counts as omitted.

    Raises an OperationError that names each argument that the tool does not accept as given, up to ten.
    """
    arguments = {name: value for name, value in given.items() if value is not None}
    errors = [*_name_errors(tool, arguments), *_value_errors(tool.input["properties"], arguments)]
    if errors:
        raise OperationError(errors[:MAX_ERRORS])
    return arguments


def _name_errors(tool: Tool, arguments: Mapping[str, Any]) -> Iterator[GraphQLError]:
    """Yield an error for all arguments that the tool does not have, or one for each that is missing."""
    properties, required = tool.input["properties"], tool.input.get("required", [])
    unknown = [name for name in arguments if name not in properties]
    missing = [name for name in required if name not in arguments]
    if not unknown:
        for name in missing:
            yield _error(name, f"`{name}` is required.{_explain(properties[name])}")
        return
    several = "s" if len(unknown) > 1 else ""
    message = f"`{tool.name}` has no argument{several} {_list_names(unknown)}."
    renamed = _rename(properties, missing, unknown, arguments)
    if renamed is None:
        message += f" Its arguments are {_list_names(properties)}."
        message += "".join(f" `{name}` is required.{_explain(properties[name])}" for name in missing)
    else:
        message += f" Send {_json(renamed)}."
    yield _error(unknown[0], message)


def _rename(
    properties: JsonSchema, missing: Sequence[str], unknown: Sequence[str], arguments: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return the arguments with the names that are meant, and values that fit; None if a name means nothing.

    A single unknown argument stands for the single missing one.
    """
    free = [name for name in properties if name not in arguments]
    meant: dict[str, str] = {}
    for name in unknown:
        like = [each for each in free if fold_name(each) == fold_name(name)]
        like += [each for each in free if fold_name(name) in OTHER_NAMES.get(each, "").split()]
        if len(missing) == len(unknown) == 1 and not like:
            like = [*missing]
        if not like or like[0] in meant.values():
            return None
        meant[name] = like[0]
    renamed = {meant.get(name, name): value for name, value in arguments.items()}
    if any(name not in renamed for name in missing):
        return None
    fitted = {name: _fit(value, properties[name]) for name, value in renamed.items()}
    return {name: renamed[name] if value is None else value for name, value in fitted.items()}


def _value_errors(properties: JsonSchema, arguments: Mapping[str, Any]) -> Iterator[GraphQLError]:
    for name, value in arguments.items():
        schema = properties.get(name)
        if schema is None:
            continue
        if "pattern" in schema and isinstance(value, str):
            if not _is_day(value):
                yield _error(name, f"{_json(value)} is not a date: write it like 2019-02-28.", reason="INVALID_DATE")
            continue
        wrong = next(jsonschema.Draft202012Validator(schema).iter_errors(value), None)
        if wrong is not None:
            fitted = _fit(value, schema)
            instead = f" Send {_json({name: fitted})}." if fitted is not None else _explain(schema)
            yield _error(name, f"{_message_of(wrong, name, schema)}.{instead}")


def _message_of(error: jsonschema.ValidationError, name: str, schema: JsonSchema) -> str:
    """Return what is wrong with a value, or with an item of a list."""
    value: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "type":
            return f"`{name}` must be {TYPES[limit]}, not {_json(value)}"
        case "enum":
            return f"{_json(value)} is not one of {', '.join(limit)}"
        case "minLength":
            return f"`{name}` must not be empty"
        case "maxLength":
            return f"`{name}` has {len(value)} characters, and the limit is {limit}"
        case "minimum" | "maximum":
            return f"`{name}` is {_json(value)}: it must be {schema['minimum']} to {schema['maximum']}"
        case "minItems" | "maxItems":
            return f"`{name}` must have {limit} values, not {len(value)}"
    return f"`{name}`: {str(error.message)[:MOST_CHARACTERS]}"


def _fit(value: Any, schema: JsonSchema) -> Any:
    """Return a value that was meant and that the schema allows; None if there is none."""
    fitted = _convert(value, schema)
    return fitted if fitted is not None and jsonschema.Draft202012Validator(schema).is_valid(fitted) else None


def _convert(value: Any, schema: JsonSchema) -> Any:
    if "enum" in schema:
        return next((each for each in schema["enum"] if _word(value) in (each, f"{each}S")), None)
    match schema.get("type"), value:
        case "array", str():
            return _convert([each.strip() for each in value.split(",")], schema)
        case "array", list():
            several = [KINDS.get(_word(each), [each]) if "enum" in schema["items"] else [each] for each in value]
            return [_convert(each, schema["items"]) for items in several for each in items]
        case "string", [one] if isinstance(one, str):
            return one
        case "string", dict() if len(value) == 1:
            return next(iter(value.values()))
        case "integer", str() if value.isdecimal() and len(value) < 10:
            return min(max(int(value), schema["minimum"]), schema["maximum"])
        case "integer", int():
            return min(max(value, schema["minimum"]), schema["maximum"])
        case "boolean", str() if value.lower() in ("true", "false"):
            return value.lower() == "true"
        case "object", str():
            return _parse(value)
    return value


def _word(value: Any) -> str:
    """Return a value as an enum would write it."""
    return str(value).strip().upper().replace("-", "_").replace(" ", "_")


def _parse(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _explain(schema: JsonSchema) -> str:
    """Return the description of an argument, after a sentence; empty if it has none."""
    return f" {schema['description']}" if "description" in schema else ""


def _list_names(names: Any) -> str:
    return ", ".join(f"`{name:.60}`" for name in names)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}..."


def _error(argument: str, message: str, **extensions: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "BAD_USER_INPUT", "argument": argument, **extensions})
