"""Hints next to errors that are natural guesses: the correct spelling here, and the page that shows it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    ListValueNode,
    Node,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    VariableDefinitionNode,
    Visitor,
    get_named_type,
    get_nullable_type,
    is_list_type,
    visit,
)
from graphql.pyutils import suggestion_list

from service.language.printing import Word, json_value, print_value

MOST_VALUES = 16
"""Maximum number of an enum's values named in a hint."""
MOST_CHARACTERS = 60
"""Longer values are not repeated in a hint."""
YEAR = re.compile("[0-9]{4}")
UNKNOWN_FIELD = re.compile("unknown field '([^']*)'")
TOPICS = {
    **dict.fromkeys(("first", "last", "after", "before"), "connections"),
    **dict.fromkeys(("slug", "code", "id"), "slugs"),
    "orderBy": "orders",
    "asOf": "days",
    "language": "languages",
}
"""Topics of the arguments whose values are explained elsewhere than filters."""


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
    page of each topic (connections, days, fields, filters, languages, orders, slugs).
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


def _text_of(value: Any) -> str:
    """Return a value in GraphQL syntax, unless it is an object or long."""
    text = "..." if isinstance(value, dict) else print_value(value)
    return text if len(text) <= MOST_CHARACTERS else "..."


def _is_one_of(enum: GraphQLEnumType, value: Any) -> bool:
    """Return whether a value, or each item of a list, is a value of the enum."""
    return all(str(each) in enum.values for each in (value if isinstance(value, list) else [value]))


class Hints:
    """Hints of a schema; None if nothing is known that would help. Values that were given are JSON, or words."""

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

    def of_argument(self, field: GraphQLField, name: str, value: Any) -> Hint | None:
        """Return the hint for an argument that a field does not take."""
        meant = _match(name, field.args, self._guesses.arguments)
        if meant == "orderBy":
            return self._values(get_named_type(field.args[meant].type), meant)
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

    def of_condition(self, type_: Any, name: str, value: Any) -> Hint | None:
        """Return the hint for a field that an input does not have."""
        if combined := self._guesses.combinations.get(fold_name(name)):
            return self._hint(combined, "filters")
        if not isinstance(type_, GraphQLInputObjectType):
            return None
        if condition := self._condition(type_, name, value):
            return self._hint(f"Write `{condition}`.", "filters")
        fields = list(type_.fields)
        if suggestion_list(name, fields):
            return None
        return self._hint(f"{self._elsewhere(name)}Its fields are {', '.join(fields)}.", "filters")

    def _elsewhere(self, name: str) -> str:
        """Return a sentence on the lists of the query whose filters have the field; empty if there are none."""
        fields = self._schema.query_type.fields if self._schema.query_type else {}
        filters = {
            each: get_named_type(field.args["filter"].type) for each, field in fields.items() if "filter" in field.args
        }
        having = [each for each, filter_ in filters.items() if name in getattr(filter_, "fields", ())]
        return f"Lists that filter by `{name}`: {', '.join(having)}. " if having else ""

    def of_value(self, type_: Any, name: str, value: Any) -> Hint | None:
        """Return the hint for a value that is not of the type of the argument or the member with this name."""
        named, takes_list = get_named_type(type_), is_list_type(get_nullable_type(type_))
        if value is None:
            return self._of_given(name, f"Give a value for `{name}`.")
        if isinstance(named, GraphQLInputObjectType):
            return self._of_object(named, name, value)
        if isinstance(value, dict):
            given = next(iter(value.values()), None)
            if isinstance(named, GraphQLEnumType) and not _is_one_of(named, given):
                return self._values(named, name)
            text = _text_of(given) if value else "..."
            wanted = f"[{text}]" if takes_list and not text.startswith("[") else text
            return self._hint(f"Conditions take values, not operators: write `{name}: {wanted}`.", "filters")
        if isinstance(value, list):
            item = _text_of(value[0]) if value else "..."
            return self._of_given(name, f"A list is not accepted here: write `{name}: {item}`.")
        if isinstance(named, GraphQLEnumType):
            is_like_one = isinstance(value, str | Word) and suggestion_list(str(value), list(named.values))
            return None if is_like_one else self._values(named, name)
        return self._of_scalar(named, name, value) if isinstance(named, GraphQLScalarType) else None

    def _of_object(self, type_: GraphQLInputObjectType, name: str, value: Any) -> Hint | None:
        """Return the hint for a value where an object is expected."""
        if isinstance(value, dict):
            return None
        if "from" in type_.fields:
            return self._hint(f"Write `{name}: {{{_range_of(type_, value)}}}`.", "filters")
        if isinstance(value, list):
            return self._hint(f"A list is not accepted here: write all conditions in one `{name}: {{...}}`.", "filters")
        if isinstance(value, str) and "text" in type_.fields:
            return self._hint(f"Write `{name}: {{text: {_text_of(value)}}}`.", "filters")
        return None

    def _of_scalar(self, type_: GraphQLScalarType, name: str, value: Any) -> Hint | None:
        """Return the hint for a number, a truth value or a word where a text is expected, or the other way round."""
        is_quoted = isinstance(value, str)
        match type_.name:
            case "Int" | "Float" if is_quoted and value.removeprefix("-").isdecimal():
                return self._of_given(name, f"A number has no quotation marks: write `{name}: {value:.20}`.")
            case "Boolean" if str(value).lower() in ("true", "false"):
                return self._of_given(name, f"Write `{name}: {str(value).lower()}`.")
            case "Int" | "Float" | "Boolean":
                return None
            case "Date" if not is_quoted:
                return self._of_given(name, f'A day is a text: write it like `{name}: "2019-02-28"`.')
        if is_quoted:
            return None
        return self._of_given(name, f'A text has quotation marks: write `{name}: "{_text_of(value)}"`.')

    def _of_given(self, name: str, sentence: str) -> Hint:
        return self._hint(sentence, TOPICS.get(name, "filters"))

    def _values(self, enum: Any, name: str) -> Hint:
        """Return the hint that names the values of an enum."""
        values = list(enum.values)
        told = ", ".join([*values[:MOST_VALUES], *(["..."] if len(values) > MOST_VALUES else [])])
        topic = "orders" if enum.name.endswith("Order") else TOPICS.get(name, "filters")
        return self._hint(f"Write `{name}:` with one of {told}.", topic)

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

    def _condition(self, type_: GraphQLInputObjectType, name: str, value: Any) -> str | None:
        meant = _match(name, type_.fields, self._guesses.conditions)
        return meant and (meant if ":" in meant else f"{meant}: $").replace("$", _text_of(value))

    def _hint(self, sentence: str, topic: str) -> Hint:
        return Hint(sentence, self._guesses.pages[topic])


def _range_of(type_: GraphQLInputObjectType, value: Any) -> str:
    """Return the members of a range: its year, its beginning, or both ends."""
    if isinstance(value, list) and len(value) == 2:
        return f"from: {_text_of(value[0])}, to: {_text_of(value[1])}"
    if "year" in type_.fields and YEAR.fullmatch(str(value)):
        return f"year: {value}"
    return f"from: {'...' if isinstance(value, list) else _text_of(value)}"


def add_hint(error: GraphQLError, hint: Hint | None) -> None:
    """Add a hint to the message of an error.

    The names that graphql-core suggests are left out then: they only resemble the given one, and would be misleading.
    """
    if hint is not None:
        message = error.message.partition(" Did you mean")[0].removesuffix(".")
        error.message = f"{message}. {hint.sentence}"
        error.extensions = {**(error.extensions or {}), "see": hint.page}


def add_variable_hint(
    hints: Hints, error: GraphQLError, variable: str, type_: Any, value: Any, path: Iterable[str | int]
) -> None:
    """Add a hint to an error in the value of a variable of this type. `path`: where in the value the error is.

    A value that is not below a field has the name of the variable, which is its name in the JSON of the variables.
    """
    name = variable
    for step in path:
        if isinstance(step, str):
            name, type_ = step, get_named_type(type_).fields[step].type
        value = value[step]
    unknown = UNKNOWN_FIELD.search(error.message)
    if unknown and isinstance(value, dict) and unknown[1] in value:
        add_hint(error, hints.of_condition(get_named_type(type_), unknown[1], value[unknown[1]]))
    else:
        add_hint(error, hints.of_value(type_, name, value))


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
        elif isinstance(node, VariableDefinitionNode):
            self._name = node.variable.name.value
        error = self._errors.get(_place(node))
        if error:
            add_hint(error, self._hint(node))

    def _hint(self, node: Node) -> Hint | None:
        types = self._types
        match node:
            case FieldNode() if not types.get_field_def():
                return self._hints.of_field(types.get_parent_type(), node.name.value)
            case ArgumentNode() if not types.get_directive() and not types.get_argument():
                field = types.get_field_def()
                return self._hints.of_argument(field, node.name.value, json_value(node.value)) if field else None
            case ObjectFieldNode():
                input_ = get_named_type(types.get_parent_input_type())
                return self._hints.of_condition(input_, node.name.value, json_value(node.value))
            case ListValueNode():
                # within a list, the input type is that of its items
                return self._hints.of_value(types.get_parent_input_type(), self._name, json_value(node))
            case ValueNode():
                return self._hints.of_value(types.get_input_type(), self._name, json_value(node))
        return None


def add_hints(schema: GraphQLSchema, document: DocumentNode, errors: list[GraphQLError]) -> None:
    """Add to each error of a document a hint at what does what the client meant, if known."""
    if errors:
        types = TypeInfo(schema)
        visit(document, TypeInfoVisitor(types, _Finder(schema, types, errors)))
