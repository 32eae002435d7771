"""One operation sent twice: with an `asOf` day, and without; both also query the days and ids of everything
they find.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import date
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    NameNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_variable_values,
    is_abstract_type,
    is_union_type,
    parse,
    print_ast,
    value_from_ast,
    visit,
)

from tests.oracle.operations import Operation

OPAQUE, TIMELESS = "_opaque_", "_timeless_"
"""Beginnings of the keys of values that may differ from day to day, and of values that do not depend on the day."""
ASIDE = {
    **dict.fromkeys(("id", "cursor", "startCursor", "endCursor", "changes"), OPAQUE),
    **dict.fromkeys(("summary", "names", "dataset"), TIMELESS),
}
DAY, ID = "day", "_id"
TOLD = {
    "Claim": "_reportedOn: reportedOn",
    "StatusChange": "_reportedOn: reportedOn",
    "RelationshipState": "_reportedOn: reportedOn",
    "Fact": "_knownSince: knownSince",
    "Source": "_publishedOn: publishedOn { latest }",
    "Node": f"{ID}: id",
}
"""By type: the fields that identify the entry, and those that say since when it has been known."""
DATED = re.compile(r"([^@]+)(?:@(.+))?", re.ASCII)


def rewrite_as_of(schema: GraphQLSchema, operation: Operation, day: date | None) -> Operation:
    """Return the operation with every root field seen from a day, or from none, and with keys that mark possible
    differences.
    """
    document = parse(operation.query)
    operation_node: Any = document.definitions[0]
    inputs = operation_node.variable_definitions or ()
    found: Any = get_variable_values(schema, inputs, operation.variables)
    info = TypeInfo(schema)
    rewritten = visit(document, TypeInfoVisitor(info, DocumentRewriter(schema, info, found.coerced, day)))
    return _with_used(rewritten, {**operation.variables, **({DAY: day.isoformat()} if day else {})})


def as_of(operation: Operation, day: date) -> Operation:
    """Return a response from one day as if it were from another."""
    return Operation(operation.query, {**operation.variables, DAY: day.isoformat()})


class DocumentRewriter(Visitor):
    """Rewriter of a document."""

    def __init__(self, schema: GraphQLSchema, info: TypeInfo, values: Any, day: date | None) -> None:
        super().__init__()
        self._schema, self._info, self._values, self._day = schema, info, values, day

    def leave_field(self, node: FieldNode, *_: Any) -> FieldNode | None:
        changes: dict[str, Any] = {}
        if self._info.get_parent_type() is self._schema.query_type:
            changes["arguments"] = self._arguments(node)
        if node.name.value in ASIDE:
            changes["alias"] = NameNode(value=ASIDE[node.name.value] + (node.alias or node.name).value)
        return _copy_node(node, **changes) if changes else None

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode | None:
        added = " ".join(self._key_fields(self._info.get_parent_type()))
        return SelectionSetNode(selections=(*node.selections, *_selections(added))) if added else None

    def _arguments(self, node: FieldNode) -> Any:
        """Return the arguments of a root field, seen from the day."""
        field: Any = self._schema.query_type.fields.get(node.name.value)  # type: ignore[union-attr]
        if node.name.value in ("node", "nodes"):
            (argument,) = node.arguments or ()
            given = value_from_ast(argument.value, field.args[argument.name.value].type, self._values)
            dated = [on_day(each, self._day) for each in given] if isinstance(given, list) else on_day(given, self._day)
            arguments = [f"{argument.name.value}: {json.dumps(dated, ensure_ascii=False)}"]
        else:
            arguments = [print_ast(each) for each in node.arguments or () if each.name.value != "asOf"]
            if self._day and field is not None and "asOf" in field.args:
                arguments.append(f"asOf: ${DAY}")
        return _selections(f"x({', '.join(arguments)})")[0].arguments if arguments else ()

    def _key_fields(self, type_: Any) -> Iterator[str]:
        """Return the fields that identify the objects of a selection and say since when they have been known."""
        if type_ is None or type_ is self._schema.query_type or type_.name.startswith("__"):
            return
        possible = self._possible(type_)
        for name, text in TOLD.items():
            wanted = self._possible(self._schema.get_type(name))
            if possible <= wanted and not is_union_type(type_):
                yield text
            elif possible & wanted:
                yield f"... on {name} {{ {text} }}"

    def _possible(self, type_: Any) -> set[str]:
        types = self._schema.get_possible_types(type_) if is_abstract_type(type_) else [type_]
        return {each.name for each in types}


def _with_used(document: DocumentNode, variables: dict[str, Any]) -> Operation:
    """Return the operation with the variables that it uses, including the day."""
    operation: Any = document.definitions[0]
    (day,) = _operation(f"query (${DAY}: Date) {{ x }}").variable_definitions
    defined = (*(operation.variable_definitions or ()), day)
    bare = DocumentNode(definitions=(_copy_node(operation, variable_definitions=()), *document.definitions[1:]))
    used = set(re.findall(r"\$(\w+)", print_ast(bare)))
    kept = tuple(each for each in defined if each.variable.name.value in used)
    head = _copy_node(operation, variable_definitions=kept)
    query = print_ast(DocumentNode(definitions=(head, *document.definitions[1:])))
    return Operation(query, {name: value for name, value in variables.items() if name in used})


def _copy_node(node: Any, **changes: Any) -> Any:
    kept = {name: getattr(node, name, None) for name in node.keys if name != "loc"}
    return type(node)(**{**kept, **changes})


def _selections(text: str) -> Any:
    return _operation(f"{{ {text} }}").selection_set.selections


def _operation(text: str) -> Any:
    return parse(text).definitions[0]


def on_day(id_: str, day: date | None) -> str:
    """Return the same id, seen from a day or from none; anything that is not an id is unchanged."""
    named = decode_id(id_)[0]
    if not named:
        return id_
    text = f"{named}@{day}" if day else named
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_id(id_: str) -> tuple[str | None, str | None]:
    """Return what an id names and the day that it includes; nothing for anything that is not an id."""
    try:
        text = urlsafe_b64decode(id_ + "=" * (-len(id_) % 4)).decode("ascii")
    except ValueError:
        return None, None
    found = DATED.fullmatch(text)
    return (found[1], found[2]) if found else (None, None)
