"""What the schema must have for each kind of entry and of fact; this module queries nothing."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLField, GraphQLSchema, get_named_type, is_abstract_type

from schema.sql import slugs
from service.errors import VocabularyIncomplete
from service.planner.parameters import Parameter
from service.store.enums import EntryKind, FactKind, SearchKind, require_each
from service.store.kinds import KINDS

UNCOUNTED = ("Office", "Relationship")
"""Kinds whose lists cannot be counted by their values."""


def require_kinds(schema: GraphQLSchema) -> None:
    """Raise VocabularyIncomplete unless the schema has everything that each kind of entry and each kind of fact must
    have.
    """
    types: Any = schema.type_map
    entries = {type_.name.upper() for type_ in schema.get_possible_types(types["Entry"])}
    require_each(entries, "the GraphQL types of schema/", EntryKind)
    results = {type_.name.upper() for type_ in types["SearchResult"].types}
    require_each(results, "SearchResult of schema/search.py", SearchKind)
    require_each(_types_with_slugs() & set(FactKind.__members__), "the parameters of schema/sql/slugs.py", FactKind)
    if faults := [*_missing_lists(schema)]:
        raise VocabularyIncomplete("\n".join(faults))


def _types_with_slugs() -> set[str]:
    parameters = [each.entries for each in vars(slugs).values() if isinstance(each, Parameter) and each.entries]
    return {typename.upper() for entries in parameters for typename in entries.typenames}


def _missing_lists(schema: GraphQLSchema) -> Iterator[str]:
    """Kinds that no field of Query lists, or lists without counts."""
    query: Any = schema.query_type
    lists = {_typenames_in(schema, field): get_named_type(field.type) for field in query.fields.values()}
    for kind in KINDS:
        connection, names = lists.get(frozenset(kind.typenames)), " and ".join(kind.typenames)
        if connection is None:
            yield f"{names} is in KINDS of service/store/kinds/__init__.py, but not in a list of schema/query.py."
        elif "counts" not in connection.fields and not set(kind.typenames) <= set(UNCOUNTED):
            yield f"{connection.name} has no counts, and {names} is not in UNCOUNTED of schema/kinds.py."


def _typenames_in(schema: GraphQLSchema, field: GraphQLField) -> frozenset[str]:
    """Types of the entries of a list; empty for a field that is not a list."""
    connection: Any = get_named_type(field.type)
    if "nodes" not in getattr(connection, "fields", {}):
        return frozenset()
    node: Any = get_named_type(connection.fields["nodes"].type)
    return frozenset(type_.name for type_ in (schema.get_possible_types(node) if is_abstract_type(node) else [node]))
