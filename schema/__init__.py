"""The schema: what the world may ask. One noun per file; a field declares the SQL behind it."""

from importlib import import_module
from types import ModuleType
from typing import Any

import strawberry
from graphql import GraphQLEnumType, GraphQLInterfaceType, GraphQLObjectType
from strawberry.schema.config import StrawberryConfig
from strawberry.types.base import has_object_definition

from schema import enums
from schema.arguments import ARGUMENTS
from schema.scalars import SCALARS, Date
from service.planner.fields import ORDERS, TYPES
from service.store.enums import require_each

NOUNS = (
    "orders",
    "entries",
    "actors",
    "places",
    "facts",
    "meetings",
    "quotes",
    "events",
    "invitations",
    "offices",
    "relationships",
    "paths",
    "source_datasets",
    "sources",
    "claims",
    "conflicts",
    "downloads",
    "dataset",
    "search",
    "suggest",
    "query",
)


def _rooms() -> list[ModuleType]:
    """The files of the schema. Their types refer to each other in a circle, so each is shown all of them."""
    rooms = [import_module(f"schema.{noun}") for noun in NOUNS]
    types = {name: found for room in rooms for name, found in vars(room).items() if has_object_definition(found)}
    TYPES.update(types, Date=Date)
    for room in rooms:
        vars(room).update({name: found for name, found in types.items() if name not in vars(room)})
    return rooms


def _vocabularies() -> None:
    for vocabulary in enums.VOCABULARIES:
        strawberry.enum(vocabulary, description=vocabulary.__doc__)


def _check_orders() -> None:
    """Raises VocabularyIncomplete for an order that is not declared."""
    for vocabulary in enums.VOCABULARIES:
        if vocabulary.__name__.endswith("Order"):
            require_each(ORDERS.get(vocabulary, ()), f"ORDERS[{vocabulary.__name__}]", vocabulary)


def _described(built: strawberry.Schema) -> strawberry.Schema:
    """Gives arguments and enum values their descriptions, which Strawberry has no place for."""
    for type_ in built._schema.type_map.values():
        if isinstance(type_, GraphQLEnumType) and not type_.name.startswith("__"):
            words = type_.extensions["strawberry-definition"].wrapped_cls
            for name, value in type_.values.items():
                value.description = words[name].description
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)) and not type_.name.startswith("__"):
            for field in type_.fields.values():
                for name, argument in field.args.items():
                    argument.description = argument.description or ARGUMENTS.get(name)
    return built


def build() -> strawberry.Schema:
    _vocabularies()
    rooms = {room.__name__.rpartition(".")[2]: room for room in _rooms()}
    _check_orders()
    query: Any = rooms["query"]
    extra = [rooms["meetings"].Talks]
    built = strawberry.Schema(query.Query, types=extra, config=StrawberryConfig(scalar_map=SCALARS))
    return _described(built)


schema = build()


def printed() -> str:
    """The schema in SDL, as it is checked in and served."""
    return schema.as_str() + "\n"
