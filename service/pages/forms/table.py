"""CSV (RFC 4180): one page of a list, a line each; what is nested has a column of its own, named with dots."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from service.pages.operations import StoredOperation
from service.pages.view import View

SEPARATOR = "; "
"""Between the values of a list."""
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""


def render_csv(view: View) -> bytes:
    """The rows of the address, with a column for each field that the operation selects."""
    assert view.address.root is not None
    columns = list(dict.fromkeys(_columns_of(view.operation, (view.address.root, view.address.rows))))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([".".join(column) for column in columns])
    for node in view.root[view.address.rows]:
        writer.writerow([_cell(node, column) for column in columns])
    return text.getvalue().encode()


def _columns_of(operation: StoredOperation, rows: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    """The paths of the leaves below the field of the rows, in the order in which the operation names them."""
    fragments = {
        each.name.value: each.selection_set
        for each in operation.document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
    for path in _leaves(operation.definition.selection_set, (), fragments):
        if path[:2] == rows:
            yield path[2:]


def _leaves(
    selected: SelectionSetNode, at: tuple[str, ...], fragments: Mapping[str, SelectionSetNode]
) -> Iterator[tuple[str, ...]]:
    for item in selected.selections:
        match item:
            case FieldNode(selection_set=None):
                if item.name.value != "__typename":
                    yield (*at, _key(item))
            case FieldNode(selection_set=SelectionSetNode() as inner):
                yield from _leaves(inner, (*at, _key(item)), fragments)
            case FragmentSpreadNode():
                yield from _leaves(fragments[item.name.value], at, fragments)
            case InlineFragmentNode():
                yield from _leaves(item.selection_set, at, fragments)


def _key(field: FieldNode) -> str:
    return field.alias.value if field.alias else field.name.value


def _cell(value: Any, path: Sequence[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return SEPARATOR.join(_cell(item, path) for item in value)
    if path:
        return _cell(value.get(path[0]), path[1:])
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_MARKS) else str(value)
