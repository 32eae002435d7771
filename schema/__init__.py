"""The schema: everything that clients can query. One noun per file; a field declares the SQL behind it.

Files import one another in one direction only, from entries to the query. Where a type refers to a type in a later
file, it names that type with `strawberry.lazy`.
"""

import orjson
import strawberry
from graphql import GraphQLEnumType, GraphQLInterfaceType, GraphQLObjectType, is_abstract_type
from strawberry.schema.config import StrawberryConfig

from schema.arguments import ARGUMENTS
from schema.guesses import GUESSES
from schema.kinds import require_kinds
from schema.query import Query
from schema.scalars import SCALARS

DESCRIPTION = """\
Gipfelbuch, the register of summits: who met, what was said, and by whose word we know it. Every fact has the claims
that report it, and every claim has the passage of the document that makes it. Start with `search` or `suggest`, which
find an entry by any of its names, with `summits` or with `leader(slug:)`. Pass `asOf` to base the answer on what had
been published by a given day. Lists are connections, with their entries in `nodes`."""


def _build() -> strawberry.Schema:
    """Build the schema, with the descriptions of arguments and enum values, for which Strawberry has no place."""
    built = strawberry.Schema(Query, config=StrawberryConfig(scalar_map=SCALARS))
    # sorted as a reader of the documentation looks for them
    built._schema.type_map = dict(sorted(built._schema.type_map.items()))
    built._schema.description = DESCRIPTION
    built._schema.extensions["guesses"] = GUESSES
    for type_ in built._schema.type_map.values():
        if type_.name.startswith("__"):
            continue
        if isinstance(type_, GraphQLEnumType):
            vocabulary = type_.extensions["strawberry-definition"].wrapped_cls
            for name, value in type_.values.items():
                value.description = vocabulary[name].description
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
            for owner, field in type_.fields.items():
                for name, argument in field.args.items():
                    meaning = ARGUMENTS.get(f"{owner}.{name}", ARGUMENTS.get(name))
                    argument.description = argument.description or meaning
    return built


schema = _build()
require_kinds(schema._schema)


def print_sdl() -> str:
    """The schema in SDL, as it is checked in and served."""
    return f'"""\n{DESCRIPTION}\n"""\nschema {{\n  query: Query\n}}\n\n{schema.as_str()}\n'


def print_possible_types() -> str:
    """The possible types of each interface and union, as JSON: what Apollo's cache takes as `possibleTypes`."""
    types = [type_ for type_ in schema._schema.type_map.values() if is_abstract_type(type_)]
    names = {type_.name: sorted(each.name for each in schema._schema.get_possible_types(type_)) for type_ in types}
    return orjson.dumps(names, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE).decode()
