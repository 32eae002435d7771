"""The schema in parts, since it is too long for a model as a whole: for each noun, what can be queried about it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)

from service.language.errors import OperationError, operation_error

ROOT = "Query"
PAGING = ("first", "after", "last", "before")
"""Arguments that every list has, described once instead of for each list."""
LEGEND = f"""# Each list of a ...Connection also takes {", ".join(PAGING)}, and has nodes and totalCount.
# Filters, orders and enums that are not written out here are nouns of their own."""
GroupType = GraphQLObjectType | GraphQLInterfaceType


class SchemaParts:
    """Texts in GraphQL's schema language, each from about a hundred tokens to two thousand."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._types = {name: type_ for name, type_ in schema.type_map.items() if not name.startswith("__")}
        self._root = schema.query_type.fields if schema.query_type else {}

    @property
    def names(self) -> list[str]:
        """All types, in alphabetical order."""
        return sorted(self._types)

    @property
    def nouns(self) -> list[str]:
        """The types of the root's lists and entries, where a model should begin."""
        found = {self._noun_of(field) for field in self._root.values()}
        return [ROOT, *sorted(name for name in found if isinstance(self._types.get(name), GroupType))]

    def part(self, noun: str) -> str:
        """Return what can be queried about a noun: a type, or a root field; raises an OperationError for
        anything else.
        """
        name = self._find(noun)
        type_ = self._types[name]
        if name == ROOT:
            return "\n".join([LEGEND, *_lines(type_)])
        fields = [f"  {_signature(key, field)}" for key, field in self._root.items() if self._noun_of(field) == name]
        asked_by = [f"# asked by, in {ROOT}:", *(f"# {line}" for line in fields)] if fields else []
        filters = [self._types[each] for each in self._inputs_of(name)]
        return "\n".join([LEGEND, *asked_by, *_lines(type_), *(line for each in filters for line in _lines(each))])

    def _find(self, noun: str) -> str:
        """Return the name of the type that is meant, ignoring case and plural."""
        if noun in self._types:
            return noun
        by_word = {name.lower(): name for name in self._types}
        by_word |= {key.lower(): self._noun_of(field) for key, field in self._root.items()}
        found = by_word.get(noun.lower())
        if found in self._types:
            return found
        raise _unknown_noun(noun, [by_word[each] for each in get_close_matches(noun.lower(), by_word, n=3)], self.nouns)

    def _noun_of(self, field: GraphQLField) -> str:
        """Return the type of the entries that a field returns, for a list that of its nodes."""
        type_ = get_named_type(field.type)
        if isinstance(type_, GraphQLObjectType) and "nodes" in type_.fields:
            return str(get_named_type(type_.fields["nodes"].type).name)
        return str(type_.name)

    def _inputs_of(self, name: str) -> list[str]:
        """Return the filter and the order of the lists of a noun."""
        arguments = [
            get_named_type(argument.type).name
            for field in self._root.values()
            if self._noun_of(field) == name
            for key, argument in field.args.items()
            if key in ("filter", "orderBy")
        ]
        return list(dict.fromkeys(arguments))


def _unknown_noun(noun: str, suggestions: list[str], nouns: list[str]) -> OperationError:
    meant = list(dict.fromkeys(suggestions))
    hint = f" Did you mean {', '.join(f'`{each}`' for each in meant)}?" if meant else ""
    message = (
        f"There is no noun `{noun}` in the schema.{hint} "
        f"Nouns are {', '.join(nouns)}, and each type that these refer to."
    )
    return operation_error(message, "BAD_USER_INPUT", argument="noun", suggestions=meant)


def _lines(type_: GraphQLNamedType) -> Iterator[str]:
    """Return the lines of a type in schema language, a field on each line followed by its description."""
    if isinstance(type_, GraphQLEnumType):
        yield f"enum {type_.name} {{ {' '.join(type_.values)} }}{_comment(type_.description)}"
    elif isinstance(type_, GraphQLInputObjectType):
        yield f"input {type_.name} {{{_comment(type_.description)}"
        yield from (f"  {name}: {field.type}{_comment(field.description)}" for name, field in type_.fields.items())
        yield "}"
    elif isinstance(type_, GroupType):
        keyword = "interface" if isinstance(type_, GraphQLInterfaceType) else "type"
        yield f"{keyword} {type_.name} {{{_comment(type_.description)}"
        yield from (f"  {_signature(name, field)}{_comment(field.description)}" for name, field in type_.fields.items())
        yield "}"
    elif isinstance(type_, GraphQLUnionType):
        yield f"union {type_.name} = {' | '.join(each.name for each in type_.types)}{_comment(type_.description)}"
    else:
        yield f"scalar {type_.name}{_comment(type_.description)}"


def _signature(name: str, field: GraphQLField) -> str:
    arguments = ", ".join(f"{key}: {each.type}" for key, each in field.args.items() if key not in PAGING)
    return f"{name}({arguments}): {field.type}" if arguments else f"{name}: {field.type}"


def _comment(description: str | None) -> str:
    """Return the first sentence, as a comment."""
    if not description:
        return ""
    sentence = " ".join(description.split()).partition(". ")[0].rstrip(".")
    return f"  # {sentence}"
