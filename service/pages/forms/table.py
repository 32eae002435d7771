"""CSV (RFC 4180): a list with one row per entry. Nested values have their own columns, named with dots."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import (
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    NamedTypeNode,
    SelectionSetNode,
    do_types_overlap,
    get_named_type,
)

from schema import schema
from service.pages.operations import StoredOperation
from service.pages.view import View

Column = tuple[str | int, ...]
"""Path to a value: field names, and positions in lists whose elements each have their own meaning."""
GRAPHQL: GraphQLSchema = schema._schema
SEPARATOR = "; "
"""Separator of the values of a list."""
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
"""Characters that a spreadsheet would read as the start of a formula."""


def render_csv(view: View) -> bytes:
    """Return the items of the list, with a column for each field that the operation selects."""
    assert view.address.root is not None
    items = (view.address.root, view.address.items)
    columns: dict[str, Column] = {".".join(path): path for path in _columns_of(view.operation, items)}
    columns |= _columns_of_groupings(view.operation, view.address.items)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for item in view.root[view.address.items]:
        writer.writerow([_cell(item, column) for column in columns.values()])
    return text.getvalue().encode()


def _columns_of_groupings(operation: StoredOperation, items: str) -> dict[str, Column]:
    """For counts by several groupings at once, return the key and label of each: `kind` and `kind.label`."""
    fields = (each for each in operation.definition.selection_set.selections if isinstance(each, FieldNode))
    groupings = [
        name.value.lower()
        for field in fields
        for inner in (field.selection_set.selections if field.selection_set else ())
        if isinstance(inner, FieldNode) and _key(inner) == items
        for argument in inner.arguments or ()
        if argument.name.value == "by" and isinstance(argument.value, ListValueNode)
        for name in argument.value.values
        if isinstance(name, EnumValueNode)
    ]
    several = groupings if len(groupings) > 1 else []
    keys: dict[str, Column] = {name: ("keys", place) for place, name in enumerate(several)}
    return keys | {f"{name}.label": ("labels", place) for place, name in enumerate(several)}


def _columns_of(operation: StoredOperation, items: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the paths of the leaves below the items, in the order of the operation."""
    fragments = {
        each.name.value: each.selection_set
        for each in operation.document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
    for path in _leaves(operation.definition.selection_set, GRAPHQL.query_type, (), fragments):
        if path[:2] == items:
            yield path[2:]


def _leaves(
    selected: SelectionSetNode, type_: Any, at: tuple[str, ...], fragments: Mapping[str, SelectionSetNode]
) -> Iterator[tuple[str, ...]]:
    """`type_`: type that is selected from."""
    for item in selected.selections:
        match item:
            case FieldNode(selection_set=None):
                if item.name.value != "__typename":
                    yield (*at, _key(item))
            case FieldNode(selection_set=SelectionSetNode() as inner):
                of_field = get_named_type(type_.fields[item.name.value].type)
                yield from _leaves(inner, of_field, (*at, _key(item)), fragments)
            case FragmentSpreadNode():
                yield from _leaves(fragments[item.name.value], type_, at, fragments)
            case InlineFragmentNode(type_condition=NamedTypeNode() as condition):
                # fields of states only are left out where the value cannot be a state
                narrowed: Any = GRAPHQL.type_map[condition.name.value]
                if do_types_overlap(GRAPHQL, type_, narrowed):
                    yield from _leaves(item.selection_set, narrowed, at, fragments)


def _key(field: FieldNode) -> str:
    return field.alias.value if field.alias else field.name.value


def _cell(value: Any, path: Sequence[str | int]) -> str:
    if value is None:
        return ""
    if path and isinstance(path[0], int):
        return _cell(value[path[0]], path[1:])
    if isinstance(value, list):
        return SEPARATOR.join(_cell(item, path) for item in value)
    if path:
        return _cell(value.get(path[0]), path[1:])
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_MARKS) else str(value)
