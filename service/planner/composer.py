"""Compose the response: each selected field gets its SQL from its type, and the GraphQL type decides how to use it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
)

from service.errors import BadInput
from service.language.errors import MAX_ERRORS, ArgumentLocation, Path, complexity_error
from service.language.selection import SelectedField, Selection
from service.planner import cost, cursors
from service.planner.arguments import ArgumentReader, Binding, Inputs, Leaf
from service.planner.cost import Bill, Price
from service.planner.fields import ORDERS, RELATIONS, declaration, definition, parameter_of
from service.planner.filters import Filter, is_filter
from service.planner.pages import Page, read_paging
from service.planner.ranges import Range
from service.planner.relations import Row, Rows
from service.planner.slugs import GivenSlugs
from service.sql import (
    JSON,
    NULL,
    WORD,
    WORD_OR_NULL,
    Expression,
    case,
    json_list,
    json_object,
    json_word,
    select,
    sql_literal,
    text_literal,
)

Sets = list[SelectionSetNode]


class Composer:
    """Composer of one statement from the selection of one operation: each method returns the SQL of a part of the
    response.

    Methods take types and selections of graphql-core, the Row that they apply to, and the path down to them. They
    return an Expression whose value is JSON as text: `{"key":value,...}` for an object, `[...]` for a list.

    `bindings`: what fills the placeholders, in their order. `bill`: what the statement costs. `slugs`, `ranges`: the
    slugs and ranges that the operation gives. `errors`: invalid arguments that shape the statement, each with the
    number of placeholders before it. `max_fields`: how many fields to compose at most; a field counts once for each
    type that differs in it. Raises OperationError.
    """

    def __init__(
        self, schema: GraphQLSchema, selection: Selection, inputs: Inputs, *, is_lifted: bool, max_fields: int
    ) -> None:
        self._schema, self._selection, self._max_fields = schema, selection, max_fields
        self._reader = ArgumentReader(inputs, self.refuse, is_lifted=is_lifted)
        self._field_count = 0
        self.bindings: list[Binding] = []
        self.errors: dict[tuple[object, ...], tuple[int, BadInput]] = {}
        self.slugs = GivenSlugs()
        self.ranges: list[Range] = []
        self.bill = Bill()

    # -------------------------------------------------------------- objects

    def compose_object(self, type_: GraphQLObjectType, sets: Sets, row: Row, path: Path) -> Expression:
        """Return the JSON object of a row of exactly this type."""
        selected = self.select(type_, sets, path)
        return json_object([(item.key, self.compose_field(type_, item, row, (*path, item.key))) for item in selected])

    def select(self, type_: GraphQLNamedType, sets: Sets, path: Path) -> list[SelectedField]:
        return self._selection.fields_of(type_, sets, path, self.refuse)

    def refuse(self, error: BadInput) -> None:
        """Record an invalid argument, only once however many types differ in it."""
        if len(self.errors) < MAX_ERRORS:
            key = tuple(error.path), error.argument, error.reason
            self.errors.setdefault(key, (len(self.bindings), error))

    def compose_entry(self, type_: GraphQLNamedType, sets: Sets, row: Row, path: Path) -> Expression:
        """Return the JSON of a row of this type. For an abstract type, each type whose response differs gets
        a branch.
        """
        if isinstance(type_, GraphQLObjectType):
            return self.compose_object(type_, sets, row, path)
        possible = sorted(self._schema.get_possible_types(type_), key=lambda each: each.name)  # type: ignore[arg-type]
        distinct = possible if row.relation.is_reference else self._distinct_types(type_, possible, sets, path)
        branches = [
            (row.typename == text_literal(each.name), self._compose_branch(each, sets, row, path)) for each in distinct
        ]
        if len(distinct) == len(possible):
            return case(*branches)
        common = self.compose_object(type_, sets, row, path)  # type: ignore[arg-type]
        return case(*branches, else_=common) if branches else common

    def _distinct_types(
        self, type_: GraphQLNamedType, possible: list[GraphQLObjectType], sets: Sets, path: Path
    ) -> list[GraphQLObjectType]:
        """Return the types whose response differs from that of the abstract type alone."""
        narrower = self._selection.narrower_types(type_, sets)
        names = [item.name for item in self.select(type_, sets, path) if item.name != "__typename"]
        common: Any = type_
        return [
            each
            for each in possible
            if any(self._selection.applies(name, each) for name in narrower)
            or any(_resolver(each.fields[name]) != _resolver(common.fields[name]) for name in names)
        ]

    def _compose_branch(self, type_: GraphQLObjectType, sets: Sets, row: Row, path: Path) -> Expression:
        relation = RELATIONS[type_.name]
        if row.relation.is_reference:
            named = row.find(relation, lambda entry: entry.slug == row.slug)
            if row.relation.typenames and type_.name not in row.relation.typenames:
                # such rows are never looked up, but the arguments are still checked
                named.row.times = 0.0
            return self.compose_one(type_, sets, named, path)
        narrowed = row.narrow_to(relation)
        return _join_subtype(self.compose_object(type_, sets, narrowed, path), narrowed, row)

    def compose_one(self, type_: GraphQLNamedType, sets: Sets, rows: Rows, path: Path) -> Expression:
        self.charge(path, cost.ENTRY, rows.row.times)
        rows.row.repeats = rows.row.times
        return rows.query(self.compose_entry(type_, sets, rows.row, path)).scalar()

    def compose_list(self, type_: GraphQLNamedType, sets: Sets, rows: Rows, path: Path) -> Expression:
        self.charge(path, cost.LIST, rows.row.times)
        rows.row.repeats = rows.row.times
        rows.row.times *= rows.typical_count
        self.charge(path, cost.ENTRY, rows.row.times)
        value = self.compose_entry(type_, sets, rows.row, path)
        return rows.query(json_list(value, rows.sort_keys())).scalar()

    # -------------------------------------------------------------- fields

    def compose_field(self, type_: GraphQLObjectType, item: SelectedField, row: Row, path: Path) -> Expression:
        """Return the JSON of one field of a row."""
        self._field_count += 1
        if self._field_count > self._max_fields:
            raise complexity_error("fields", self._field_count, self._max_fields)
        if item.name == "__typename":
            self.charge(path, cost.VALUE, row.times, cost.VALUE_BYTES + len(item.key))
            return row.typename.with_type(WORD) if isinstance(type_, GraphQLInterfaceType) else json_word(type_.name)
        field = type_.fields[item.name]
        given = self._reader.read(field, item.arguments, path)
        if "asOf" in given:
            row = replace(row, as_of=self.bind_leaf(given["asOf"], field.args["asOf"], row))
        return self.compose_value(field, given, self.resolve(field, given, row), item, row, path)

    def resolve(self, field: GraphQLField, given: Mapping[str, Any], subject: Any) -> Any:
        """Return what a field's resolver returns, or its column, for a row or for all rows of a connection."""
        declared = declaration(definition(field))
        if declared.resolve is None:
            return subject[definition(field).python_name]
        arguments = {}
        for name, value in given.items():
            python_name = definition(field.args[name]).python_name
            if python_name in declared.resolver_arguments:
                arguments[python_name] = self.bind_argument(field.args[name], value, subject)
        return declared.resolve(subject, **arguments)

    def bind_argument(self, declared: GraphQLArgument | GraphQLInputField, value: Any, row: Any) -> Any:
        """Return an argument as a resolver takes it, with leaves as placeholders, and record the slugs that
        it gives.
        """
        if isinstance(value, dict):
            members: Any = get_named_type(declared.type)
            if is_filter(members):
                return Filter(members, value, self.bind_argument)
            if range_ := Range.of(value):
                self.ranges.append(range_)
            return {name: self.bind_argument(members.fields[name], member, row) for name, member in value.items()}
        if not isinstance(value, Leaf):
            return value
        placeholder = self.bind_leaf(value, declared, row)
        entries = parameter_of(declared).entries
        if entries:
            self.slugs.add(entries, placeholder, value.at, row)
        return entries.replace_former(placeholder) if entries else placeholder

    def bind_leaf(self, leaf: Leaf, declared: GraphQLArgument | GraphQLInputField, row: Row | Rows) -> Expression:
        """Return the placeholder of a value."""
        parameter = parameter_of(declared)
        times = row.row.times if isinstance(row, Rows) else row.times
        is_list = isinstance(get_nullable_type(leaf.type), GraphQLList)
        sql_type = f"{parameter.sql_type}[]" if is_list else parameter.sql_type
        convert = parameter.to_list if is_list else parameter.to_value
        return self._placeholder(sql_type, Binding(leaf, convert, parameter.price * times, parameter.units))

    def bind_key(self, sql_type: str, leaf: Leaf, convert: Callable[[Any, ArgumentLocation], Any]) -> Expression:
        """Return the placeholder of one key of a cursor."""
        return self._placeholder(sql_type, Binding(leaf, convert))

    def bind_json(self, text: str) -> Expression:
        """Return the placeholder of JSON that is the same for every request."""
        leaf = Leaf(lambda inputs: text, GraphQLString, ArgumentLocation((), ""))
        return self._placeholder("text", Binding(leaf, lambda value, at: value)).with_type(JSON)

    def _placeholder(self, sql_type: str, binding: Binding) -> Expression:
        self.bindings.append(binding)
        return sql_literal(f"${len(self.bindings)}::{sql_type}", sql_type)

    def compose_value(
        self,
        field: GraphQLField,
        given: Mapping[str, Any],
        value: Any,
        item: SelectedField,
        row: Row,
        path: Path,
        *,
        rows_read: float = 0.0,
    ) -> Expression:
        """Turn a field's SQL into JSON, as the GraphQL type requires. `rows_read`: how many rows the value is made
        from.
        """
        type_: Any = get_nullable_type(field.type)
        named, declared = get_named_type(type_), declaration(definition(field))
        if isinstance(value, Row):
            return self.compose_entry(named, item.selections, value, path)
        price = value.price if isinstance(value, Rows) and value.price else declared.price
        self.charge(path, price, row.times, rows=rows_read)
        if not isinstance(value, Rows):
            length = (declared.length or cost.VALUE_BYTES) + len(item.key)
            self.charge(path, cost.VALUE, row.times, length)
            found: Expression = NULL if value is None else value
            if found is not NULL and (declared.is_word or isinstance(type_, GraphQLEnumType)):
                found = found.with_type(WORD if isinstance(field.type, GraphQLNonNull) else WORD_OR_NULL)
            return found
        default_count = value.row.relation.rows if declared.is_page else cost.LIST_ROWS
        value.typical_count = value.typical_count or declared.rows or default_count
        if value.row.as_of is not row.as_of:
            self.slugs.add_days(value)
        if declared.is_page:
            self.charge(path, Price(0.0, price.per_row), 0.0, rows=value.estimate_count())
            return self.compose_page(field, named, item.selections, value, given, path)
        if isinstance(type_, GraphQLList):
            return self.compose_list(named, item.selections, value, path)
        return self.compose_one(named, item.selections, value, path)

    # -------------------------------------------------------------- pages

    def compose_page(
        self,
        field: GraphQLField,
        type_: GraphQLObjectType,
        sets: Sets,
        rows: Rows,
        given: Mapping[str, Any],
        path: Path,
    ) -> Expression:
        """Return the JSON object of a connection."""
        prices: list[Price] = []
        if "filter" in given:
            filter_ = self.bind_argument(field.args["filter"], given["filter"], rows.row)
            filter_.put_on(rows)
            prices = list(filter_.prices())
            rows.typical_count = min([rows.typical_count, *(price.max_rows for price in prices)])
        if given.get("orderBy") is not None:
            order = given["orderBy"]
            ordering = ORDERS[type(order)][order]
            rows.order, rows.order_name = ordering.keys(rows.row), f"{type_.name}.{order.value}"
            self.charge(path, ordering.price, rows.row.times, rows=rows.estimate_count())
        paging = read_paging(given, path, self.refuse)
        marks = [(paging.after, True), (paging.before, False)]
        bounds = {is_after: cursors.bind(self.bind_key, leaf, rows) for leaf, is_after in marks if leaf is not None}
        selected = self.select(type_, sets, path)
        onward = "hasNextPage" if paging.forward else "hasPreviousPage"
        page = Page(rows, paging, bounds, fetches_one_more=self._selects_page_info(type_, selected, onward, path))
        page.row.times, page.row.repeats = rows.estimate_count(paging.size), rows.row.times
        self.charge(path, cost.LIST, rows.row.times)
        self.charge(path, cost.ENTRY, page.row.times)
        if rows.row.as_of is not None:
            # with an early day, all rows may be scanned before one is found that was known by then
            prices.append(cost.FILTER)
        for price in prices * _count_scans(selected):
            self.charge(path, price, rows.row.times, rows=rows.estimate_count())
        pairs = [(each.key, self._compose_connection_field(page, type_, each, (*path, each.key))) for each in selected]
        return page.query(json_object(pairs)).scalar()

    def _selects_page_info(
        self, type_: GraphQLObjectType, selected: list[SelectedField], name: str, path: Path
    ) -> bool:
        """Return whether this field of the page info is selected."""
        return any(
            each.name == name
            for item in selected
            if item.name == "pageInfo"
            for each in self.select(get_named_type(type_.fields[item.name].type), item.selections, (*path, item.key))
        )

    def _compose_connection_field(
        self, page: Page, type_: GraphQLObjectType, item: SelectedField, path: Path
    ) -> Expression:
        """Return the JSON of a field of the connection itself."""
        times = page.rows.row.times
        if item.name == "__typename":
            return json_word(type_.name)
        field = type_.fields[item.name]
        inner: Any = get_named_type(field.type)
        if item.name == "totalCount":
            self.charge(path, cost.COUNT, times, cost.VALUE_BYTES + len(item.key), rows=page.rows.estimate_count())
            return page.total_count()
        if item.name == "nodes":
            return page.json_list(self.compose_entry(inner, item.selections, page.row, path))
        if item.name == "edges":
            return page.json_list(self._compose_edge(page, inner, item.selections, path))
        if item.name == "pageInfo":
            members = self.select(inner, item.selections, path)
            return json_object([(each.key, self._compose_page_info(page, each, (*path, each.key))) for each in members])
        rows = page.copy_all_rows()
        given = self._reader.read(field, item.arguments, path)
        value = self.resolve(field, given, rows)
        return self.compose_value(field, given, value, item, rows.row, path, rows_read=page.rows.estimate_count())

    def _compose_edge(self, page: Page, type_: GraphQLObjectType, sets: Sets, path: Path) -> Expression:
        pairs = []
        for item in self.select(type_, sets, path):
            place = (*path, item.key)
            if item.name == "cursor":
                self.charge(place, cost.CURSOR, page.row.times, cost.CURSOR_BYTES)
                value = page.cursor()
            elif item.name == "node":
                value = self.compose_entry(get_named_type(type_.fields["node"].type), item.selections, page.row, place)
            else:
                value = self.compose_field(type_, item, page.row, place)
            pairs.append((item.key, value))
        return json_object(pairs)

    def _compose_page_info(self, page: Page, item: SelectedField, path: Path) -> Expression:
        is_beyond_cursor = item.name.startswith("has") and page.has_bounds
        price = cost.BEYOND_CURSOR if is_beyond_cursor else cost.PAGE_INFO
        self.charge(path, price, page.rows.row.times, cost.CURSOR_BYTES, rows=page.rows.estimate_count())
        match item.name:
            case "hasNextPage":
                return page.has_more(forward=True)
            case "hasPreviousPage":
                return page.has_more(forward=False)
            case "startCursor":
                return page.cursor_at(end=False)
            case "endCursor":
                return page.cursor_at(end=True)
        return json_word("PageInfo")

    def charge(self, path: Path, price: Price, times: float, length: float = 0.0, rows: float = 0.0) -> None:
        self.bill.charge(path, price.each_time * times + price.per_row * rows, length * times)


def _count_scans(selected: list[SelectedField]) -> int:
    """Return how often a list is scanned: once for everything selected of its page, and once for each count."""
    of_page = [item.name in ("nodes", "edges", "pageInfo") for item in selected]
    return any(of_page) + of_page.count(False)


def _resolver(field: GraphQLField) -> Any:
    return declaration(definition(field)).resolve


def _join_subtype(value: Expression, narrowed: Row, row: Row) -> Expression:
    """Return the value of a narrowed row; tables that only this row reads are joined inside it."""
    joins = {joined: alias for joined, alias in narrowed.joins.items() if joined not in row.joins}
    if not joins:
        return value
    (first, alias), *others = joins.items()
    source = row.join(first.table.alias(alias), dict(others))
    return select(value).select_from(source).where(row.join_condition(first, alias)).scalar()
