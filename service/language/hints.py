"""Hints next to errors that are natural guesses: the correct spelling here, and the page that shows it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql import (
    ArgumentNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    GraphQLUnionType,
    IntValueNode,
    ListValueNode,
    Node,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    VariableNode,
    Visitor,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_list_type,
    parse_value,
    print_ast,
    visit,
)

from service.language.printing import print_value

MOST_VALUES = 6
"""Maximum number of an order's values named in a hint."""
MOST_CHARACTERS = 60
"""Longer values are not repeated in a hint."""
YEAR = re.compile("[0-9]{4}")
UNKNOWN_MEMBER = re.compile(r"not to include unknown field '(\w+)'")


class Hint(NamedTuple):
    """One sentence, and the page of the documentation that explains it."""

    sentence: str
    page: str


@dataclass(frozen=True)
class Guesses:
    """Names that a client may guess, in lower case without underscores, and the equivalents here, the first match
    first.

    `fields`: selections by a guessed field; `root_fields`: the same for the query only. `arguments`: arguments by a
    guessed one. `conditions`: members of a filter by a guessed one, in which `$` stands for the given value.
    `combinations`: by a member that combines filters elsewhere, a sentence on what does the same here. `pages`: the
    page of each topic (connections, fields, filters, orders, slugs).
    """

    root_fields: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, tuple[str, ...]]
    arguments: Mapping[str, tuple[str, ...]]
    conditions: Mapping[str, tuple[str, ...]]
    combinations: Mapping[str, str]
    pages: Mapping[str, str]


def fold_name(name: str) -> str:
    return name.replace("_", "").lower()


def first_word(written: str) -> str:
    """Return the name with which a selection, an argument or a member of an input begins."""
    return written.partition(" ")[0].partition("(")[0].rstrip(":")


def _match(name: str, known: Iterable[str], guesses: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the existing name that is meant: the same name in another spelling, or its equivalent."""
    names = {fold_name(each): each for each in known}
    if fold_name(name) in names:
        return names[fold_name(name)]
    return next((each for each in guesses.get(fold_name(name), ()) if first_word(each) in names.values()), None)


def _text_of(value: ValueNode) -> str:
    """Return a value as written, unless it is long."""
    if not isinstance(value, StringValueNode | ListValueNode | VariableNode | IntValueNode | EnumValueNode):
        return "..."
    text = print_ast(value)
    return text if len(text) <= MOST_CHARACTERS else "..."


class Hints:
    """Hints of a schema; empty if nothing is known that would help."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._guesses: Guesses = schema.extensions.get("guesses") or Guesses({}, {}, {}, {}, {}, {})

    def of_field(self, parent: Any, name: str) -> Hint | None:
        """Return the hint for a field that a type does not have."""
        if isinstance(parent, GraphQLUnionType):
            meant = self._selection(parent, name)
            return self._hint(f"The entries are of several types: write `{meant}`.", "fields") if meant else None
        if not hasattr(parent, "fields"):
            return None
        if "nodes" in parent.fields and (inner := self._selection(parent.fields["nodes"].type, name)):
            return self._hint(f"A connection has its entries in `nodes`: write `nodes {{ {inner} }}`.", "connections")
        meant = self._selection(parent, name)
        return self._hint(f"Write `{meant}`.", "fields") if meant else None

    def of_argument(self, field: GraphQLField, name: str, value: ValueNode) -> Hint | None:
        """Return the hint for an argument that a field does not take."""
        meant = _match(name, field.args, self._guesses.arguments)
        if meant == "orderBy":
            return self._of_order(field)
        if meant:
            return self._hint(f"Write `{meant}:`.", "fields")
        filter_ = get_named_type(field.args["filter"].type) if "filter" in field.args else None
        if isinstance(filter_, GraphQLInputObjectType) and (condition := self._condition(filter_, name, value)):
            return self._hint(f"This condition belongs in the filter: write `filter: {{{condition}}}`.", "filters")
        key = next((each for each in ("slug", "code") if each in field.args), None)
        if key and fold_name(name) in self._guesses.conditions:
            sentence = (
                f"An entry is identified by its `{key}`; `suggest(text: ...)` and `search(text: ...)` find it by name."
            )
            return self._hint(sentence, "slugs")
        return None

    def of_condition(self, type_: Any, name: str, value: ValueNode) -> Hint | None:
        """Return the hint for a field that an input does not have."""
        if combined := self._guesses.combinations.get(fold_name(name)):
            return self._hint(combined, "filters")
        condition = self._condition(type_, name, value) if isinstance(type_, GraphQLInputObjectType) else None
        return self._hint(f"Write `{condition}`.", "filters") if condition else None

    def of_value(self, type_: Any, name: str, value: ValueNode) -> Hint | None:
        """Return the hint for an object where values are expected, a text where a range is expected, or an order that
        does not exist.
        """
        named, nullable = get_named_type(type_), get_nullable_type(type_)
        if is_enum_type(named) and named.name.endswith("Order"):
            return self._orders(named)
        if isinstance(value, ObjectValueNode) and not isinstance(named, GraphQLInputObjectType):
            given = _text_of(value.fields[0].value) if value.fields else "..."
            wanted = f"[{given}]" if is_list_type(nullable) and not given.startswith("[") else given
            return self._hint(f"Conditions take values, not operators: write `{name}: {wanted}`.", "filters")
        if isinstance(value, StringValueNode) and getattr(named, "name", "") == "DateRange":
            range_ = f"year: {value.value}" if YEAR.fullmatch(value.value) else f"from: {_text_of(value)}"
            return self._hint(f"Write `{name}: {{{range_}}}`.", "filters")
        return None

    def _of_order(self, field: GraphQLField) -> Hint:
        return self._orders(get_named_type(field.args["orderBy"].type))

    def _orders(self, enum: Any) -> Hint:
        values = ", ".join(list(enum.values)[:MOST_VALUES]) if is_enum_type(enum) else ""
        return self._hint(f"Write `orderBy:` with one of {values}.", "orders")

    def _selection(self, type_: Any, name: str) -> str | None:
        """Return what selects the guessed field on a type: a field, or a longer selection."""
        named = get_named_type(type_)
        if isinstance(named, GraphQLUnionType):
            return self._selection_of_member(named, name)
        fields = getattr(named, "fields", None)
        guesses = self._guesses.fields
        if named is self._schema.query_type:
            guesses = {**guesses, **self._guesses.root_fields}
        return _match(name, fields, guesses) if fields else None

    def _selection_of_member(self, union: GraphQLUnionType, name: str) -> str | None:
        """Look the name up in the interfaces that the members share, then in each member."""
        members = self._schema.get_possible_types(union)
        shared = [each for each in members[0].interfaces if all(each in member.interfaces for member in members)]
        for type_ in [*shared, *members]:
            if meant := self._selection(type_, name):
                return f"... on {type_.name} {{ {meant} }}"
        return None

    def _condition(self, type_: GraphQLInputObjectType, name: str, value: ValueNode) -> str | None:
        meant = _match(name, type_.fields, self._guesses.conditions)
        return meant and (meant if ":" in meant else f"{meant}: $").replace("$", _text_of(value))

    def _hint(self, sentence: str, topic: str) -> Hint:
        return Hint(sentence, self._guesses.pages[topic])


def _place(node: Node) -> tuple[str, object]:
    """Return the location of a node."""
    return node.kind, node.loc and node.loc.start


class _Finder(Visitor):
    """Visitor that finds the hint for each error, from the type at its location."""

    def __init__(self, schema: GraphQLSchema, types: TypeInfo, errors: Iterable[GraphQLError]) -> None:
        super().__init__()
        self._hints, self._types = Hints(schema), types
        self._errors = {_place(error.nodes[0]): error for error in errors if error.nodes}
        self._name = ""

    def enter(self, node: Node, *_: Any) -> None:
        if isinstance(node, ArgumentNode | ObjectFieldNode):
            self._name = node.name.value
        if error := self._errors.get(_place(node)):
            _add(self._hint(node), error)

    def _hint(self, node: Node) -> Hint | None:
        types = self._types
        match node:
            case FieldNode() if not types.get_field_def():
                return self._hints.of_field(types.get_parent_type(), node.name.value)
            case ArgumentNode() if not types.get_directive() and not types.get_argument():
                field = types.get_field_def()
                return self._hints.of_argument(field, node.name.value, node.value) if field else None
            case ObjectFieldNode():
                input_ = get_named_type(types.get_parent_input_type())
                return self._hints.of_condition(input_, node.name.value, node.value)
            case ValueNode():
                return self._hints.of_value(types.get_input_type(), self._name, node)
        return None


def _add(hint: Hint | None, error: GraphQLError) -> None:
    if hint:
        # suggestions that only resemble the name would be misleading
        error.message = f"{error.message.partition(' Did you mean')[0]} {hint.sentence}"
        error.extensions = {**(error.extensions or {}), "see": hint.page}


def add_hints(schema: GraphQLSchema, document: DocumentNode, errors: list[GraphQLError]) -> None:
    """Add to each error of a document a hint at what does what the client meant, if known."""
    if errors:
        types = TypeInfo(schema)
        visit(document, TypeInfoVisitor(types, _Finder(schema, types, errors)))


def add_variable_hint(
    schema: GraphQLSchema, error: GraphQLError, type_: Any, value: Any, path: Iterable[str | int]
) -> None:
    """Add a hint to an error in the value of a variable of this type. `path`: where in the value the error is."""
    name = ""
    for step in path:
        if isinstance(step, str):
            name, type_ = step, get_named_type(type_).fields[step].type
        value = value[step]
    hints, named = Hints(schema), get_named_type(type_)
    if not isinstance(named, GraphQLInputObjectType) or not isinstance(value, dict):
        node = _to_node(value)
        _add(hints.of_value(type_, name, node) if node else None, error)
    elif unknown := UNKNOWN_MEMBER.search(error.message):
        node = _to_node(value[unknown[1]])
        _add(hints.of_condition(named, unknown[1], node) if node else None, error)


def _to_node(value: Any) -> ValueNode | None:
    """Return the value as a document would write it; None if it is too long, or no document could."""
    text = print_value(value)
    try:
        return parse_value(text, no_location=True)
    except GraphQLSyntaxError:
        return None
