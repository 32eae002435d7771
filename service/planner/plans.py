"""Plans: an operation composed into a statement once, kept by what shapes it, and filled in at each request."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,
    get_variable_values,
    parse,
    type_from_ast,
)
from sqlalchemy import func, select
from sqlalchemy.schema import MetaData, Table

from service.errors import BadInput
from service.planner.arguments import Getter, outline
from service.planner.cost import Cost, Measure, nodes, written
from service.planner.limits import Limits, Refused, refused, too_complex
from service.planner.objects import Composer
from service.planner.rows import Relation, Row
from service.planner.selection import Selected, Selection, operation_of
from service.planner.sql import Expression, aliases, compiled, json_object, numbered, text
from service.planner.validation import MOST_MISTAKES, mistakes

ROOT = Relation(Table("root", MetaData()))
NOTHING = DocumentNode(definitions=())
INTROSPECTION = ("__schema", "__type")
MS_A_VALUE = 0.002
LONGEST_KEPT = 16_384
"""Longest document that is kept, in characters; a longer one is prepared anew each time."""


def coded(errors: list[GraphQLError], code: str) -> list[GraphQLError]:
    for error in errors:
        error.extensions = {"code": code, **(error.extensions or {})}
    return errors


@dataclass(frozen=True)
class Price:
    """What a plan is expected to cost: `work` in milliseconds of PostgreSQL."""

    work: float


@dataclass(frozen=True)
class Plan:
    """One statement, what fills its placeholders, and where introspection stands among its keys."""

    sql: str | None
    getters: tuple[Getter, ...]
    used: tuple[int, ...]
    """Which of the values the statement takes: all are checked, but not all that is composed is needed."""
    introspection: OperationDefinitionNode | None
    keys: tuple[str, ...]
    operation_name: str | None
    cost: Price


@dataclass(frozen=True)
class Prepared:
    """A plan with the values of one request."""

    plan: Plan
    values: list[Any]
    introspected: dict[str, Any] | None

    @property
    def sql(self) -> str | None:
        return self.plan.sql

    @property
    def operation_name(self) -> str | None:
        return self.plan.operation_name

    @property
    def cost(self) -> Price:
        return self.plan.cost

    def body(self, data: str | None) -> bytes:
        """The whole answer; `data` is what the statement gave: the data and, it may be, warnings after it."""
        body = f'{{"data":{data or "{}"}}}'.encode()
        if self.introspected is None:
            return body
        answer = orjson.loads(body)
        found = {**answer["data"], **self.introspected}
        return orjson.dumps({**answer, "data": {key: found[key] for key in self.plan.keys}})


class Plans:
    """The plans used last, at most `size` of them."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._plans: OrderedDict[object, Plan] = OrderedDict()

    def get(self, key: object) -> Plan | None:
        plan = self._plans.get(key)
        if plan is not None:
            self._plans.move_to_end(key)
        return plan

    def keep(self, key: object, plan: Plan) -> None:
        self._plans[key] = plan
        if len(self._plans) > self._size:
            self._plans.popitem(last=False)


class Planner:
    """Prepares read operations on a schema. Documents and plans are kept, each in a bounded cache."""

    def __init__(self, schema: strawberry.Schema, limits: Limits | None = None, *, size: int = 512) -> None:
        self.schema: GraphQLSchema = schema._schema
        self._limits = limits or Limits()
        self._plans = Plans(size)
        self._kept = lru_cache(maxsize=size)(self._parsed)

    def prepare(
        self,
        query: str,
        operation_name: str | None = None,
        variables: Mapping[str, Any] | None = None,
        *,
        read_only: bool = False,
    ) -> Prepared:
        """What to ask of the database for an operation; raises Refused."""
        parsed = self._kept(query) if len(query) <= LONGEST_KEPT else self._parsed(query)
        document, errors = parsed
        operation = self._operation(document, operation_name, errors, read_only=read_only)
        values = self._coerced(operation, variables or {})
        try:
            plan = self._plan(query, document, operation, values)
            filled = [get(values) for get in plan.getters]
        except BadInput as error:
            raise Refused([located(error)], is_request_error=False) from None
        return Prepared(plan, [filled[index] for index in plan.used], self._introspected(document, plan, values))

    # -------------------------------------------------------------- the document

    def _parsed(self, query: str) -> tuple[DocumentNode, list[GraphQLError]]:
        """The document and what is wrong with it; mistakes are kept too, so that repeating one costs nothing."""
        try:
            self._limits.weigh(written(query))
            document = parse(query, max_tokens=self._limits.tokens)
            self._weigh_shape(document)
        except Refused as error:
            return NOTHING, error.errors
        except GraphQLError as error:
            return NOTHING, coded([error], "GRAPHQL_PARSE_FAILED")
        allowed = self._limits.comparisons
        errors = mistakes(self.schema, document, comparisons=allowed)
        if errors is None:
            return NOTHING, too_complex("comparisons", allowed + 1, allowed).errors
        return document, coded(errors, "GRAPHQL_VALIDATION_FAILED")

    def _weigh_shape(self, document: DocumentNode) -> None:
        """Refuses what is too much whatever the variables: all operations of the document count."""
        measure = Measure(self.schema, document, {})
        operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        cost = sum(map(measure.of, operations), Cost())
        self._limits.weigh({name: getattr(cost, name) for name in ("depth", "nesting", "aliases", "fields")})

    def _operation(
        self, document: DocumentNode, name: str | None, errors: list[GraphQLError], *, read_only: bool
    ) -> OperationDefinitionNode:
        operation = operation_of(document, name)
        if read_only and operation is not None and operation.operation is not OperationType.QUERY:
            raise refused("Only a query can be asked by GET.", "METHOD_NOT_ALLOWED")
        if errors:
            raise Refused(errors)
        if operation is None:
            message = (
                f"The document has no operation named {name!r:.80}."
                if name
                else "The document has several operations: name one in `operationName`."
            )
            raise refused(message, "OPERATION_RESOLUTION_FAILURE")
        return operation

    def _coerced(self, operation: OperationDefinitionNode, given: Mapping[str, Any]) -> dict[str, Any]:
        definitions = operation.variable_definitions or ()
        if not definitions:
            return {}
        self._limits.weigh({"variables": nodes(given)})
        found = get_variable_values(self.schema, definitions, dict(given), max_errors=MOST_MISTAKES)
        if isinstance(found, list):
            raise Refused(coded(found, "BAD_USER_INPUT"))
        return found.coerced

    # -------------------------------------------------------------- the plan

    def _plan(
        self, query: str, document: DocumentNode, operation: OperationDefinitionNode, values: dict[str, Any]
    ) -> Plan:
        key = (query, operation.name.value if operation.name else None, self._outline(operation, values))
        plan = self._plans.get(key)
        if plan is None:
            size = Measure(self.schema, document, values).of(operation).values
            self._limits.weigh({"values": size})
            plan = self._composed(document, operation, values, Price(size * MS_A_VALUE))
            if len(query) <= LONGEST_KEPT:
                self._plans.keep(key, plan)
        return plan

    def _outline(self, operation: OperationDefinitionNode, values: dict[str, Any]) -> object:
        found: list[object] = []
        for definition in operation.variable_definitions or ():
            name = definition.variable.name.value
            if name in values:
                type_: Any = type_from_ast(self.schema, definition.type)
                found.append((name, outline(type_, values[name])))
        return tuple(found)

    def _composed(
        self, document: DocumentNode, operation: OperationDefinitionNode, values: dict[str, Any], cost: Price
    ) -> Plan:
        root: Any = self.schema.query_type
        selection = Selection(self.schema, document, values)
        composer = Composer(self.schema, selection, values, most=self._limits.fields)
        wanted = selection.of(root, [operation.selection_set])
        row = Row(ROOT, aliases())
        asked = [item for item in wanted if item.name not in INTROSPECTION]
        pairs = [(item.key, composer.field(root, item, row, (item.key,))) for item in asked]
        sql, used = numbered(_statement(pairs, composer.slugs.warnings())) if pairs else (None, ())
        introspection = _introspection(operation, [item for item in wanted if item.name in INTROSPECTION])
        getters, keys = tuple(composer.placeholders.getters), tuple(item.key for item in wanted)
        name = operation.name.value if operation.name else None
        return Plan(sql, getters, used, introspection, keys, name, cost)

    def _introspected(self, document: DocumentNode, plan: Plan, values: dict[str, Any]) -> dict[str, Any] | None:
        """What the document asks of the schema itself: graphql-core answers it."""
        if plan.introspection is None:
            return None
        fragments = [node for node in document.definitions if not isinstance(node, OperationDefinitionNode)]
        asked = DocumentNode(definitions=(plan.introspection, *fragments))
        result = execute_sync(self.schema, asked, variable_values=values)
        if result.errors:
            raise Refused(coded(result.errors, "GRAPHQL_VALIDATION_FAILED"))
        return result.data


def located(error: BadInput) -> GraphQLError:
    """The GraphQL error of an argument that cannot be used."""
    extensions = {"code": error.code, "argument": error.argument, "reason": error.reason}
    return GraphQLError(error.message, path=list(error.path), extensions=extensions)


def _statement(pairs: list[tuple[str, Expression]], warnings: Expression | None) -> str:
    data = text(json_object(pairs))
    return compiled(select(data if warnings is None else func.concat(data, warnings)))


def _introspection(operation: OperationDefinitionNode, items: list[Selected]) -> OperationDefinitionNode | None:
    nodes: list[FieldNode] = [node for item in items for node in item.nodes]
    if not nodes:
        return None
    return OperationDefinitionNode(
        operation=operation.operation,
        variable_definitions=operation.variable_definitions,
        selection_set=SelectionSetNode(selections=tuple(nodes)),
        directives=(),
    )
