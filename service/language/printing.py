"""Values in messages, in GraphQL syntax; graphql-core prints those of variables in Python syntax."""

import json
from dataclasses import dataclass
from typing import Any

from graphql import (
    BooleanValueNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    Undefined,
    ValueNode,
    print_ast,
)
from graphql.pyutils import inspect

MOST_CHARACTERS = 120
"""Longer values are cut."""
MOST_LEVELS = 3
"""Values that are nested more deeply are not shown."""


@dataclass(frozen=True)
class Word:
    """Value of a document that JSON does not have: a value of an enum, a variable, or a number as it was written."""

    text: str

    def __str__(self) -> str:
        return self.text


def json_value(node: ValueNode) -> Any:
    """Return a value of a document as JSON, with words for what JSON does not have."""
    match node:
        case StringValueNode():
            return node.value
        case IntValueNode():
            return int(node.value)
        case BooleanValueNode():
            return node.value
        case NullValueNode():
            return None
        case ListValueNode():
            return [json_value(item) for item in node.values]
        case ObjectValueNode():
            return {member.name.value: json_value(member.value) for member in node.fields}
    return Word(print_ast(node))


def print_value(value: Any) -> str:
    """Return a JSON value in GraphQL syntax, on one line."""
    text = _print(value, MOST_LEVELS)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}..."


def _print(value: Any, levels: int) -> str:
    if isinstance(value, dict) and value:
        members = (f"{name}: {_print(member, levels - 1)}" for name, member in value.items())
        return f"{{ {', '.join(members) if levels else '...'} }}"
    if isinstance(value, list) and value:
        return f"[{', '.join(_print(item, levels - 1) for item in value) if levels else '...'}]"
    return str(value) if isinstance(value, Word) else json.dumps(value, ensure_ascii=False)


def without_python(message: str, value: Any = Undefined) -> str:
    """Return a message of graphql-core about a value, with nothing in Python syntax."""
    shown = message.replace("not to be None.", "not to be null.")
    before, found, after = shown.rpartition(f": {inspect(value)}")
    return f"{before}: {print_value(value)}{after}" if found else shown
