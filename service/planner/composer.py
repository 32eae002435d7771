"""Composes the answer: each selected field asks its type for SQL, and the GraphQL type decides what becomes of it."""

from collections.abc import Callable, Mapping
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
    GraphQLString,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
)

from service.errors import BadInput
from service.language.errors import MOST_ERRORS, At, Path, complexity_error
from service.language.selection import Selected, Selection
from service.planner import cost, cursors
from service.planner.arguments import Binding, Inputs, Leaf, Reader
from service.planner.cost import Bill, Price
from service.planner.fields import ORDERS, RELATIONS, declaration, definition, parameter_of
from service.planner.filters import Filter, is_filter
from service.planner.pages import Page, cut
from service.planner.rows import Row, Rows
from service.planner.slugs import GivenSlugs
from service.sql import JSON, NULL, Expression, case, json_list, json_object, select, sql_literal, text_literal

Sets = list[SelectionSetNode]


class Composer:
    """Composes one statement; what it costs is added up in `bill`.

    `errors`: the arguments that shape it and cannot be used, each with the number of placeholders before it.

    `most`: how many fields it composes at most, each once for each type that is told apart. Raises OperationError.
    """

    def __init__(
        self, schema: GraphQLSchema, selection: Selection, inputs: Inputs, *, is_lifted: bool, most: int
    ) -> None:
        self._schema, self._selection, self._most = schema, selection, most
        self._reader = Reader(inputs, self.refuse, is_lifted=is_lifted)
        self._composed = 0
        self.bindings: list[Binding] = []
        self.errors: dict[tuple[object, ...], tuple[int, BadInput]] = {}
        self.slugs = GivenSlugs()
        self.bill = Bill()

    # -------------------------------------------------------------- objects

    def object(self, type_: GraphQLObjectType, sets: Sets, row: Row, path: Path) -> Expression:
        """The JSON object of a row of exactly this type."""
        wanted = self.select(type_, sets, path)
        return json_object([(item.key, self.field(type_, item, row, (*path, item.key))) for item in wanted])

    def select(self, type_: GraphQLNamedType, sets: Sets, path: Path) -> list[Selected]:
        return self._selection.of(type_, sets, path, self.refuse)

    def refuse(self, error: BadInput) -> None:
        """Notes an argument that cannot be used, each once, whatever number of types are told apart."""
        if len(self.errors) < MOST_ERRORS:
            key = tuple(error.path), error.argument, error.reason
            self.errors.setdefault(key, (len(self.bindings), error))

    def entry(self, type_: GraphQLNamedType, sets: Sets, row: Row, path: Path) -> Expression:
        """The JSON of a row of this type. Of an abstract one, each type that the selection tells apart has a branch."""
        if isinstance(type_, GraphQLObjectType):
            return self.object(type_, sets, row, path)
        possible = sorted(self._schema.get_possible_types(type_), key=lambda each: each.name)  # type: ignore[arg-type]
        apart = possible if row.relation.is_name else self._told_apart(type_, possible, sets, path)
        branches = [(row.typename == text_literal(each.name), self._branch(each, sets, row, path)) for each in apart]
        if len(apart) == len(possible):
            return case(*branches)
        common = self.object(type_, sets, row, path)  # type: ignore[arg-type]
        return case(*branches, else_=common) if branches else common

    def _told_apart(
        self, type_: GraphQLNamedType, possible: list[GraphQLObjectType], sets: Sets, path: Path
    ) -> list[GraphQLObjectType]:
        """The types whose answer differs from what the abstract type alone would give."""
        narrower = self._selection.narrower(type_, sets)
        names = [item.name for item in self.select(type_, sets, path) if item.name != "__typename"]
        common: Any = type_
        return [
            each
            for each in possible
            if any(self._selection.applies(name, each) for name in narrower)
            or any(_resolver(each.fields[name]) != _resolver(common.fields[name]) for name in names)
        ]

    def _branch(self, type_: GraphQLObjectType, sets: Sets, row: Row, path: Path) -> Expression:
        relation = RELATIONS[type_.name]
        if row.relation.is_name:
            return self.one(type_, sets, row.find(relation, lambda found: found.slug == row.slug), path)
        narrowed = row.narrow_to(relation)
        return _opened(self.object(type_, sets, narrowed, path), narrowed, row)

    def one(self, type_: GraphQLNamedType, sets: Sets, rows: Rows, path: Path) -> Expression:
        self.charge(path, cost.ENTRY, rows.row.times)
        rows.row.repeats = rows.row.times
        return rows.query(self.entry(type_, sets, rows.row, path)).scalar()

    def many(self, type_: GraphQLNamedType, sets: Sets, rows: Rows, path: Path) -> Expression:
        self.charge(path, cost.LIST, rows.row.times)
        rows.row.repeats = rows.row.times
        rows.row.times *= rows.usual
        self.charge(path, cost.ENTRY, rows.row.times)
        value = self.entry(type_, sets, rows.row, path)
        return rows.query(json_list(value, rows.sort_keys())).scalar()

    # -------------------------------------------------------------- fields

    def field(self, type_: GraphQLObjectType, item: Selected, row: Row, path: Path) -> Expression:
        """The JSON of one field of a row."""
        self._composed += 1
        if self._composed > self._most:
            raise complexity_error("fields", self._composed, self._most)
        if item.name == "__typename":
            self.charge(path, cost.VALUE, row.times, cost.VALUE_BYTES + len(item.key))
            return row.typename if isinstance(type_, GraphQLInterfaceType) else text_literal(type_.name)
        field = type_.fields[item.name]
        given = self._reader.read(field, item.arguments, path)
        if "asOf" in given:
            row = replace(row, as_of=self.leaf(given["asOf"], field.args["asOf"], row))
        return self.value(field, given, self.resolve(field, given, row), item, row, path)

    def resolve(self, field: GraphQLField, given: Mapping[str, Any], subject: Any) -> Any:
        """What the field says it is, for a row (or, for a field of a connection, for all its rows)."""
        declared = definition(field)
        said = declaration(declared)
        if said.resolve is None:
            return subject[declared.python_name]
        own = {}
        for name, value in given.items():
            python_name = definition(field.args[name]).python_name
            if python_name in said.own:
                own[python_name] = self.argument(field.args[name], value, subject)
        return said.resolve(subject, **own)

    def argument(self, declared: GraphQLArgument | GraphQLInputField, value: Any, row: Any) -> Any:
        """An argument as a resolver takes it: leaves as placeholders; what slugs it gives is noted."""
        if isinstance(value, dict):
            members: Any = get_named_type(declared.type)
            if is_filter(members):
                return Filter(members, value, self.argument)
            return {name: self.argument(members.fields[name], member, row) for name, member in value.items()}
        if not isinstance(value, Leaf):
            return value
        found = self.leaf(value, declared, row)
        entries = parameter_of(declared).names
        if entries and entries.warns:
            self.slugs.add(entries, found, value.at, row)
        return entries.present(found) if entries else found

    def leaf(self, leaf: Leaf, declared: GraphQLArgument | GraphQLInputField, row: Row | Rows) -> Expression:
        """The placeholder of a value."""
        parameter = parameter_of(declared)
        times = row.row.times if isinstance(row, Rows) else row.times
        is_list = isinstance(get_nullable_type(leaf.type), GraphQLList)
        sql_type = f"{parameter.sql_type}[]" if is_list else parameter.sql_type
        convert = parameter.to_list if is_list else parameter.to_value
        return self._placeholder(sql_type, Binding(leaf, convert, parameter.price * times, parameter.units))

    def key(self, sql_type: str, leaf: Leaf, convert: Callable[[Any, At], Any]) -> Expression:
        """The placeholder of one key of a cursor."""
        return self._placeholder(sql_type, Binding(leaf, convert))

    def json_constant(self, text: str) -> Expression:
        """The placeholder of JSON that is the same for every request."""
        leaf = Leaf(lambda inputs: text, GraphQLString, At((), ""))
        return self._placeholder("text", Binding(leaf, lambda value, at: value)).typed(JSON)

    def _placeholder(self, sql_type: str, binding: Binding) -> Expression:
        self.bindings.append(binding)
        return sql_literal(f"${len(self.bindings)}::{sql_type}", sql_type)

    def value(
        self,
        field: GraphQLField,
        given: Mapping[str, Any],
        value: Any,
        item: Selected,
        row: Row,
        path: Path,
        *,
        looked_at: float = 0.0,
    ) -> Expression:
        """What becomes of a field's SQL: the GraphQL type decides. `looked_at`: how many rows it is made of."""
        type_: Any = get_nullable_type(field.type)
        named, said = get_named_type(type_), declaration(definition(field))
        if isinstance(value, Row):
            return self.entry(named, item.selections, value, path)
        price = value.price if isinstance(value, Rows) and value.price else said.price
        self.charge(path, price, row.times, rows=looked_at)
        if not isinstance(value, Rows):
            length = (said.length or cost.VALUE_BYTES) + len(item.key)
            self.charge(path, cost.VALUE, row.times, length)
            return NULL if value is None else value
        value.usual = value.usual or said.rows or (value.row.relation.rows if said.is_page else cost.LIST_ROWS)
        if value.row.as_of is not row.as_of:
            self.slugs.add_days(value)
        if said.is_page:
            self.charge(path, Price(0.0, price.row), 0.0, rows=value.number())
            return self.page(field, named, item.selections, value, given, path)
        if isinstance(type_, GraphQLList):
            return self.many(named, item.selections, value, path)
        return self.one(named, item.selections, value, path)

    # -------------------------------------------------------------- pages

    def page(
        self,
        field: GraphQLField,
        type_: GraphQLObjectType,
        sets: Sets,
        rows: Rows,
        given: Mapping[str, Any],
        path: Path,
    ) -> Expression:
        """The JSON object of a connection."""
        prices: list[Price] = []
        if "filter" in given:
            wanted = self.argument(field.args["filter"], given["filter"], rows.row)
            rows.where(*wanted.conditions(rows.row))
            prices = list(wanted.prices())
            rows.usual = min([rows.usual, *(price.most for price in prices)])
        if given.get("orderBy") is not None:
            order = given["orderBy"]
            ordering = ORDERS[type(order)][order]
            rows.order, rows.order_name = ordering.keys(rows.row), f"{type_.name}.{order.value}"
            self.charge(path, ordering.price, rows.row.times, rows=rows.number())
        checked = cut(given, path, self.refuse)
        marks = [(checked.after, True), (checked.before, False)]
        bounds = {is_after: cursors.bind(self.key, leaf, rows) for leaf, is_after in marks if leaf is not None}
        selected = self.select(type_, sets, path)
        onward = "hasNextPage" if checked.forward else "hasPreviousPage"
        page = Page(rows, checked, bounds, fetches_one_more=self._asks(type_, selected, onward, path))
        page.row.times, page.row.repeats = rows.number(checked.size), rows.row.times
        self.charge(path, cost.LIST, rows.row.times)
        self.charge(path, cost.ENTRY, page.row.times)
        if rows.row.as_of is not None:
            # on an early day all may be looked through before one is found that was told
            prices.append(cost.FILTER)
        for price in prices * _looks(selected):
            self.charge(path, price, rows.row.times, rows=rows.number())
        pairs = [(each.key, self._member(page, type_, each, (*path, each.key))) for each in selected]
        return page.query(json_object(pairs)).scalar()

    def _asks(self, type_: GraphQLObjectType, selected: list[Selected], name: str, path: Path) -> bool:
        """Whether the page's information is asked for one of its fields."""
        return any(
            each.name == name
            for item in selected
            if item.name == "pageInfo"
            for each in self.select(get_named_type(type_.fields[item.name].type), item.selections, (*path, item.key))
        )

    def _member(self, page: Page, type_: GraphQLObjectType, item: Selected, path: Path) -> Expression:
        """What is asked of the connection itself."""
        times = page.rows.row.times
        if item.name == "__typename":
            return text_literal(type_.name)
        field = type_.fields[item.name]
        inner: Any = get_named_type(field.type)
        if item.name == "totalCount":
            self.charge(path, cost.COUNT, times, cost.VALUE_BYTES + len(item.key), rows=page.rows.number())
            return page.total()
        if item.name == "nodes":
            return page.list(self.entry(inner, item.selections, page.row, path))
        if item.name == "edges":
            return page.list(self._edge(page, inner, item.selections, path))
        if item.name == "pageInfo":
            members = self.select(inner, item.selections, path)
            return json_object([(each.key, self._page_info(page, each, (*path, each.key))) for each in members])
        all_ = page.all()
        given = self._reader.read(field, item.arguments, path)
        value = self.resolve(field, given, all_)
        return self.value(field, given, value, item, all_.row, path, looked_at=page.rows.number())

    def _edge(self, page: Page, type_: GraphQLObjectType, sets: Sets, path: Path) -> Expression:
        pairs = []
        for item in self.select(type_, sets, path):
            place = (*path, item.key)
            if item.name == "cursor":
                self.charge(place, cost.CURSOR, page.row.times, cost.CURSOR_BYTES)
                value = page.cursor()
            elif item.name == "node":
                value = self.entry(get_named_type(type_.fields["node"].type), item.selections, page.row, place)
            else:
                value = self.field(type_, item, page.row, place)
            pairs.append((item.key, value))
        return json_object(pairs)

    def _page_info(self, page: Page, item: Selected, path: Path) -> Expression:
        is_behind = item.name.startswith("has") and page.has_bounds
        price = cost.BEHIND if is_behind else cost.PAGE_INFO
        self.charge(path, price, page.rows.row.times, cost.CURSOR_BYTES, rows=page.rows.number())
        match item.name:
            case "hasNextPage":
                return page.has_more(forward=True)
            case "hasPreviousPage":
                return page.has_more(forward=False)
            case "startCursor":
                return page.cursor_at(end=False)
            case "endCursor":
                return page.cursor_at(end=True)
        return text_literal("PageInfo")

    def charge(self, path: Path, price: Price, times: float, length: float = 0.0, rows: float = 0.0) -> None:
        self.bill.charge(path, price.each * times + price.row * rows, length * times)


def _looks(selected: list[Selected]) -> int:
    """How often a list is looked through: once for all that is asked of its page, and for each count of it."""
    of_page = [item.name in ("nodes", "edges", "pageInfo") for item in selected]
    return any(of_page) + of_page.count(False)


def _resolver(field: GraphQLField) -> Any:
    return declaration(definition(field)).resolve


def _opened(value: Expression, narrowed: Row, row: Row) -> Expression:
    """The value of a narrowed row; the tables that only it has touched are opened inside."""
    joins = {joined: alias for joined, alias in narrowed.joins.items() if joined not in row.joins}
    if not joins:
        return value
    (first, alias), *others = joins.items()
    source = row.join(first.table.alias(alias), dict(others))
    return select(value).select_from(source).where(row.join_condition(first, alias)).scalar()
