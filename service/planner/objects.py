"""Composes the answer: each selected field asks its type for SQL, and the GraphQL type decides what becomes of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_object_type,
)
from sqlalchemy import case, func, null, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from service.errors import BadInput
from service.planner import arguments, connections
from service.planner.arguments import Leaf, Placeholders
from service.planner.fields import RELATIONS, SQL, TAKES
from service.planner.filters import Filter
from service.planner.limits import too_complex
from service.planner.rows import Row, Rows
from service.planner.selection import Selected, Selection
from service.planner.slugs import NAMES, Slugs
from service.planner.sql import Expression, json_array, json_object, word, written

Path = tuple[str, ...]
DEFINITION = "strawberry-definition"


class Composer:
    """Composes one statement. `variables` are the coerced ones; those that shape the SQL are in the plan's key.

    `most`: how many fields it composes at most, each once for each type that is told apart. Raises Refused.
    """

    def __init__(self, schema: GraphQLSchema, selection: Selection, variables: Mapping[str, Any], *, most: int) -> None:
        self.schema = schema
        self.most = most
        self.composed = 0
        self.selection = selection
        self.variables = variables
        self.placeholders = Placeholders()
        self.slugs = Slugs()

    # -------------------------------------------------------------- objects

    def object(self, type_: GraphQLObjectType, sets: list[SelectionSetNode], row: Row, path: Path) -> Expression:
        """The JSON object of a row of exactly this type."""
        wanted = self.selection.of(type_, sets)
        return json_object([(item.key, self.field(type_, item, row, (*path, item.key))) for item in wanted])

    def entry(self, type_: GraphQLNamedType, sets: list[SelectionSetNode], row: Row, path: Path) -> Expression:
        """The JSON of a row of this type. Of an abstract one, each type that the selection tells apart has a branch."""
        if isinstance(type_, GraphQLObjectType):
            return self.object(type_, sets, row, path)
        possible = sorted(self.schema.get_possible_types(type_), key=lambda each: each.name)  # type: ignore[arg-type]
        apart = possible if row.relation.is_name else self._told_apart(type_, possible, sets)
        branches = [(row.typename == word(each.name), self._branch(each, sets, row, path)) for each in apart]
        if len(apart) == len(possible):
            return case(*branches)
        common = self.object(type_, sets, row, path)  # type: ignore[arg-type]
        return case(*branches, else_=common) if branches else common

    def _told_apart(
        self, type_: GraphQLNamedType, possible: list[GraphQLObjectType], sets: list[SelectionSetNode]
    ) -> list[GraphQLObjectType]:
        """The types whose answer differs from what the abstract type alone would give."""
        narrower = self.selection.narrower(type_, sets)
        names = [item.name for item in self.selection.of(type_, sets) if item.name != "__typename"]
        common: Any = type_
        return [
            each
            for each in possible
            if any(self.selection.applies(name, each) for name in narrower)
            or any(_resolver(each.fields[name]) != _resolver(common.fields[name]) for name in names)
        ]

    def _branch(self, type_: GraphQLObjectType, sets: list[SelectionSetNode], row: Row, path: Path) -> Expression:
        relation = RELATIONS[type_.name]
        if row.relation.is_name:
            return self.one(type_, sets, row.find(relation, lambda found: found.slug == row.slug), path)
        narrowed = row.narrowed(relation)
        value = self.object(type_, sets, narrowed, path)
        return within(value, narrowed, row)

    def one(self, type_: GraphQLNamedType, sets: list[SelectionSetNode], rows: Rows, path: Path) -> Expression:
        value = self.entry(type_, sets, rows.row, path)
        conditions = rows.all_conditions()
        return select(value).select_from(rows.row.source()).where(*conditions).scalar_subquery()

    def list(self, type_: GraphQLNamedType, sets: list[SelectionSetNode], rows: Rows, path: Path) -> Expression:
        value = self.entry(type_, sets, rows.row, path)
        conditions, order = rows.all_conditions(), ordering(rows)
        return (
            select(json_array(aggregated(value, order)))
            .select_from(rows.row.source())
            .where(*conditions)
            .scalar_subquery()
        )

    # -------------------------------------------------------------- fields

    def field(self, type_: GraphQLObjectType, item: Selected, row: Row, path: Path) -> Expression:
        self.composed += 1
        if self.composed > self.most:
            raise too_complex("fields", self.composed, self.most)
        if item.name == "__typename":
            return row.typename if isinstance(type_, GraphQLInterfaceType) else word(type_.name)
        field = type_.fields[item.name]
        given = arguments.read(field, item.nodes[0], self.variables, path)
        if "asOf" in given:
            row = replace(row, as_of=self.placeholders.leaf(given["asOf"]))
        return self.value(field, given, self.resolved(field, given, row, path), item, path)

    def resolved(self, field: GraphQLField, given: Mapping[str, Any], subject: Any, path: Path) -> Any:
        """What the field says it is, for a row (or, for a field of a connection, for all its rows)."""
        definition: Any = field.extensions[DEFINITION]
        resolve = _resolver(field)
        if resolve is None:
            return subject[definition.python_name]
        names = {name: argument.extensions[DEFINITION].python_name for name, argument in field.args.items()}
        taken = {name: value for name, value in given.items() if names[name] in definition.metadata[TAKES]}
        try:
            return resolve(
                subject, **{names[name]: self.taken(field.args[name], value, subject) for name, value in taken.items()}
            )
        except BadInput as error:
            raise error.at(path) from None

    def taken(self, declared: GraphQLArgument | GraphQLInputField, value: Any, row: Any) -> Any:
        """An argument of a row as a resolver takes it; what slugs it gives is noted."""
        found = self.argument(value)
        if NAMES in declared.extensions and isinstance(value, Leaf):
            self.slugs.note(declared.extensions[NAMES], found, value.at, row)
        return found

    def argument(self, value: Any) -> Any:
        """An argument as a resolver takes it: a language written in the document as a text, a leaf as a placeholder."""
        if isinstance(value, Leaf):
            if get_named_type(value.type).name == "LanguageTag" and isinstance(value.constant, str):
                return arguments.to_tag(value.constant, value.at)
            return self.placeholders.leaf(value)
        return {name: self.argument(member) for name, member in value.items()} if isinstance(value, dict) else value

    def value(
        self, field: GraphQLField, given: Mapping[str, Any], value: Any, item: Selected, path: Path
    ) -> Expression:
        """What becomes of a field's SQL: the GraphQL type decides."""
        type_: Any = get_nullable_type(field.type)
        named = get_named_type(type_)
        if isinstance(value, Row):
            return self.entry(named, item.selections, value, path)
        if not isinstance(value, Rows):
            return null() if value is None else value
        if value.row.relation.is_name:
            self.slugs.see(value)
        if "filter" in given:
            filter_type: Any = get_named_type(field.args["filter"].type)
            value.where(*Filter(filter_type, given["filter"], self).conditions(value.row))
        if isinstance(type_, GraphQLList):
            return self.list(named, item.selections, value, path)
        if is_object_type(named) and named.name.endswith("Connection"):
            return connections.page(self, named, item.selections, value, given, path)
        return self.one(named, item.selections, value, path)


def _resolver(field: GraphQLField) -> Any:
    return field.extensions[DEFINITION].metadata.get(SQL)


def within(value: Expression, narrowed: Row, row: Row) -> Expression:
    """The value of a narrowed row; the parts that only it has touched are opened inside."""
    parts = {part: alias for part, alias in narrowed.joined.items() if part not in row.joined}
    if not parts:
        return value
    (first, alias), *others = parts.items()
    source = row.joining(first.table.alias(alias), dict(others))
    return select(value).select_from(source).where(row.joins(first, alias)).scalar_subquery()


def ordering(rows: Rows, *, forward: bool = True) -> list[Expression]:
    return [key.desc() if descends == forward else key.asc() for key, descends in rows.order]


def aggregated(value: Expression, order: list[Expression]) -> Any:
    """The values of rows in an order, joined by commas."""
    comma = word(",")
    return func.string_agg(written(value), aggregate_order_by(comma, *order) if order else comma)
