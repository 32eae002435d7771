"""Turn the text of an operation into one statement with its values; documents and plans are cached."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from hashlib import sha256
from itertools import chain
from operator import itemgetter
from typing import Any

import orjson
import strawberry
from graphql import GraphQLInputObjectType, GraphQLSchema, get_named_type, get_variable_values

from service.caches import ByteCache
from service.errors import BadInput
from service.language.documents import Document, Documents, Operation
from service.language.errors import MAX_ERRORS, ArgumentLocation, OperationError, argument_errors, with_code
from service.language.limits import Limits
from service.language.selection import SelectedField, Selection
from service.language.variables import variable_errors
from service.memory import pause_garbage_collection
from service.planner import introspection
from service.planner.arguments import Binding, Inputs, Leaf, shape_of
from service.planner.composer import Composer
from service.planner.cost import Cost
from service.planner.fields import parameter_of
from service.planner.parameters import Shape
from service.planner.ranges import Range
from service.planner.relations import Relation, Row
from service.sql import NULL, Expression, Table, aliases, json_object, number_placeholders, select, sql_literal
from service.store.revision import STATE

FUTURE_DAY = "FUTURE_DAY"
"""The code of a warning: a future day shows what is known today, and the answer may differ when that day comes."""
EASTERNMOST = timezone(timedelta(hours=14))
"""The time zone in which each day begins first."""
NOTHING = Cost()
ROOT = Relation(Table("root", {}))
RECORD_STATE = Expression(f"({STATE})", "text")
CACHE_BYTES = 64 * 1024 * 1024
"""Maximum size in bytes of cached documents, plans, refusals and introspection responses together."""


@dataclass(frozen=True, eq=False)
class Plan:
    """One statement and what fills its placeholders, or the reason why there is none.

    `bindings`: every binding checked at a request; `used_bindings`: those that the statement takes, from 0. `data`: the
    response if the database is not queried. `errors`: invalid arguments that shape the statement, each with the number
    of bindings before it. `ranges`: all ranges that are given.
    """

    sql: str | None = None
    bindings: tuple[Binding, ...] = ()
    used_bindings: tuple[int, ...] = ()
    data: str | None = None
    errors: tuple[tuple[int, BadInput], ...] = ()
    cost: Cost = NOTHING
    refusal: OperationError | None = None
    ranges: tuple[Range, ...] = ()

    @cached_property
    def size(self) -> int:
        """Approximate size in bytes."""
        return 1_000 + 700 * len(self.bindings) + len(self.data or "")

    @cached_property
    def days(self) -> tuple[tuple[int, ArgumentLocation], ...]:
        """The values of the statement that are `asOf` days, and where each is given."""
        given = [(place, self.bindings[index].leaf.at) for place, index in enumerate(self.used_bindings)]
        return tuple((place, at) for place, at in given if at.argument == "asOf")

    @cached_property
    def used_ranges(self) -> tuple[tuple[Range, Mapping[Leaf, int]], ...]:
        """The ranges that the statement takes, each once, with the values that are their ends."""
        places = {self.bindings[index].leaf: place for place, index in enumerate(self.used_bindings)}
        used = {each.at: each for each in self.ranges if all(leaf in places for leaf in each.ends.values())}
        return tuple((each, {leaf: places[leaf] for leaf in each.ends.values()}) for each in used.values())

    @cached_property
    def digest(self) -> bytes:
        """Digest that identifies the statement."""
        return sha256((self.sql or "").encode()).digest()

    def fill(self, inputs: Inputs) -> tuple[list[Any], dict[tuple[str, ...], float]]:
        """Return the values of the placeholders, and their cost in microseconds by the path of the field that takes
        them.

        Raises OperationError.
        """
        errors, values = list(self.errors), []
        work: dict[tuple[str, ...], float] = {}
        for place, binding in enumerate(self.bindings):
            try:
                value = binding.value(inputs)
                if more := binding.work(value):
                    work[binding.leaf.at.path] = work.get(binding.leaf.at.path, 0.0) + more
                values.append(value)
            except BadInput as error:
                if len(errors) < MAX_ERRORS and not any(_is_same_error(error, other) for _, other in errors):
                    errors.append((place, error))
        if errors:
            raise argument_errors(error for _, error in sorted(errors, key=itemgetter(0)))
        return [values[index] for index in self.used_bindings], work


def _is_same_error(one: BadInput, other: BadInput) -> bool:
    return (one.path, one.argument, one.reason) == (other.path, other.argument, other.reason)


@dataclass(frozen=True, eq=False)
class PreparedOperation:
    """Plan with the values of one request."""

    plan: Plan
    values: list[Any]
    cost: Cost
    document: Document
    operation_name: str | None

    @property
    def sql(self) -> str | None:
        return self.plan.sql

    @property
    def document_hash(self) -> str:
        """Hash that identifies the document, whatever strings and values it is sent with."""
        return sha256(self.document.text.encode()).hexdigest()[:16]

    @cached_property
    def key(self) -> tuple[bytes, str]:
        """Key of everything that the response depends on apart from the state of the record: the statement and its
        values.
        """
        # not the values themselves, since True equals 1, and 1 equals 1.0
        return self.plan.digest, repr((self.values, len(self.future_days)) if self.future_days else self.values)

    @cached_property
    def future_days(self) -> list[dict[str, Any]]:
        """Warnings about `asOf` days that have not yet begun anywhere on Earth."""
        if not self.plan.days:
            return []
        today = datetime.now(EASTERNMOST).date().isoformat()
        return [
            {"code": FUTURE_DAY, "path": at.path, "argument": at.argument, "value": day}
            for place, at in self.plan.days
            if self.values[place] is not None and (day := str(self.values[place])) > today
        ]

    @property
    def empty_ranges(self) -> list[dict[str, Any]]:
        """Warnings about ranges that are empty."""
        told = (
            range_.warning({leaf: self.values[place] for leaf, place in places.items()})
            for range_, places in self.plan.used_ranges
        )
        return [each for each in told if each]

    def body(self, row: Iterable[str | None] | None = None, *, cost: Mapping[str, Any] | None = None) -> bytes:
        """Return the whole response. `row`: what the statement returned, that is the data, the state of the record,
        warnings.
        """
        data, _, warnings = (*(row or (self.plan.data,)), None, None)[:3]
        extensions = []
        told = [orjson.dumps(each).decode() for each in (*self.future_days, *self.empty_ranges)]
        told += [warnings[1:-1]] if warnings else []
        if told:
            extensions.append(f'"warnings":[{",".join(told)}]')
        if cost:
            extensions.append(f'"cost":{orjson.dumps(cost).decode()}')
        rest = f',"extensions":{{{",".join(extensions)}}}' if extensions else ""
        return f'{{"data":{data}{rest}}}'.encode()


class Planner:
    """Planner of read operations on a schema, within limits. Several threads may use it.

    `cache_bytes`: maximum size of documents and plans together.
    """

    def __init__(
        self, schema: strawberry.Schema, limits: Limits | None = None, *, cache_bytes: int = CACHE_BYTES
    ) -> None:
        self.schema: GraphQLSchema = schema._schema
        self.limits = limits or Limits()
        self.cache: ByteCache[Any] = ByteCache(cache_bytes)
        self._documents = Documents(self.schema, self.limits, self.cache)
        self._shaping = _shaping_enums(self.schema)

    def find(
        self,
        query: str,
        operation_name: str | None = None,
        variables: Mapping[str, Any] | None = None,
        *,
        read_only: bool = False,
    ) -> PreparedOperation | None:
        """Return the operation with its plan if that is cached, else None; it composes nothing. Raises
        OperationError.
        """
        document, texts = self._documents.find(query)
        if document is None:
            return None
        operation = document.operation(operation_name, read_only=read_only)
        inputs = Inputs(self._coerce(query, operation, variables or {}), texts)
        return self._find_or_compose(document, operation, inputs, compose=False)

    def prepare(
        self,
        query: str,
        operation_name: str | None = None,
        variables: Mapping[str, Any] | None = None,
        *,
        read_only: bool = False,
    ) -> PreparedOperation:
        """Return what to query from the database for an operation. Raises OperationError."""
        with pause_garbage_collection():
            document, texts = self._documents.read(query)
            operation = document.operation(operation_name, read_only=read_only)
            inputs = Inputs(self._coerce(query, operation, variables or {}), texts)
            prepared = self._find_or_compose(document, operation, inputs, compose=True)
        assert prepared is not None
        return prepared

    def _find_or_compose(
        self, document: Document, operation: Operation, inputs: Inputs, *, compose: bool
    ) -> PreparedOperation | None:
        key = ("plan", document.text, operation.name, self._shape_variables(document, operation, inputs))
        plan: Plan | None = self.cache.get(key)
        if plan is None:
            if not compose:
                return None
            plan = self._make_plan(document, operation, inputs)
            self.cache.put(key, plan, plan.size)
        if plan.refusal:
            # a new error each time, since one that is raised again and again would grow by each traceback
            raise OperationError(plan.refusal.errors, is_request_error=plan.refusal.is_request_error)
        values, work = plan.fill(inputs)
        cost = plan.cost.add(work) if work else plan.cost
        cost.check(self.limits)
        return PreparedOperation(plan, values, cost, document, operation.name)

    def _coerce(self, query: str, operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
        if not operation.variables:
            return {}
        self.limits.check({"variables": count_values(given)})
        coerced = get_variable_values(self.schema, operation.definitions, dict(given), max_errors=MAX_ERRORS)
        if isinstance(coerced, list):
            # the cached definitions have no locations, but errors need them
            definitions = self._documents.definitions(query, operation)
            errors = coerced
            if coerced[0].original_error:
                errors = variable_errors(self.schema, definitions, operation.variables, given)
            raise OperationError(with_code(errors[:MAX_ERRORS], "BAD_USER_INPUT"))
        return coerced.coerced

    def _shape_variables(self, document: Document, operation: Operation, inputs: Inputs) -> object:
        """Return what the plan depends on in the variables' values; if the schema itself is queried, that is all of
        them.
        """
        values = inputs.variables
        if document.asks_schema:
            return repr(values)
        return tuple(
            (name, shape_of(type_, values[name], self._shaping))
            for name, type_ in operation.variables.items()
            if name in values
        )

    def _make_plan(self, document: Document, operation: Operation, inputs: Inputs) -> Plan:
        try:
            return self._compose(document, operation, inputs)
        except OperationError as error:
            # the traceback would keep every frame that the error was raised in
            return Plan(refusal=error.with_traceback(None))

    def _compose(self, document: Document, operation: Operation, inputs: Inputs) -> Plan:
        """Compose the statement in the only walk over the selection, which also adds up the cost of every field."""
        root: Any = self.schema.query_type
        tree = self._documents.tree(document)
        node = tree.operation(operation.name)
        selection = Selection(self.schema, tree.fragments, inputs.variables)
        composer = Composer(self.schema, selection, inputs, is_lifted=document.is_lifted, max_fields=self.limits.fields)
        selected = composer.select(root, [node.selection_set], ())
        of_schema = [item for item in selected if item.name in introspection.FIELDS]
        for item in of_schema:
            introspection.refuse_nulls(item, inputs.variables, composer.refuse)
        introspection.charge(self.schema, composer.select, of_schema, composer.bill)
        row = Row(ROOT, aliases())
        pairs = {
            item.key: composer.compose_field(root, item, row, (item.key,)) for item in selected if item not in of_schema
        }
        cost, errors = composer.bill.total(), tuple(composer.errors.values())
        cost.check(self.limits)
        schema_data: Mapping[str, Any] = {}
        if of_schema and not errors:
            schema_data = introspection.introspect(self.schema, tree, node, of_schema, inputs.variables)
        if not pairs:
            return Plan(data=orjson.dumps(schema_data).decode(), errors=errors, cost=cost)
        pairs |= {key: composer.bind_json(orjson.dumps(value).decode()) for key, value in schema_data.items()}
        answers = composer.slugs.answers
        looked_up = [pairs[key].label(name.partition(".")[2]) for key, name in answers.items()]
        pairs |= {key: sql_literal(name, pairs[key].type) for key, name in answers.items()}
        data = json_object([(item.key, pairs.get(item.key, NULL)) for item in selected])
        statement = select(data, *_beside_data(selected, composer))
        if looked_up:
            # fenced, since otherwise PostgreSQL would find each entry twice: for the response, and to check whether it
            # is null
            statement.select_from(select(*looked_up).with_fence().subquery("answer"))
        sql, used = number_placeholders(statement.sql)
        return Plan(
            self._share_statement(sql),
            tuple(composer.bindings),
            used,
            errors=errors,
            cost=cost,
            ranges=tuple(composer.ranges),
        )

    def _share_statement(self, sql: str) -> str:
        """Return the text of a statement as one object shared by all plans that have it."""
        shared: str = self.cache.get(("statement", sql)) or sql
        self.cache.put(("statement", shared), shared, 2 * len(shared))
        return shared


def _beside_data(selected: Iterable[SelectedField], composer: Composer) -> list[Expression]:
    """Return the state of the record that the data come from, and any warnings; without data of the record, nothing."""
    if all(item.name.startswith("__") for item in selected):
        return []
    warnings = composer.slugs.warnings()
    return [RECORD_STATE, *([] if warnings is None else [warnings])]


def _shaping_enums(schema: GraphQLSchema) -> frozenset[str]:
    """Return the enums whose lists shape a statement."""
    types: Iterable[Any] = (type_ for type_ in schema.type_map.values() if not type_.name.startswith("__"))
    arguments: Iterator[Any] = chain.from_iterable(
        (field,) if isinstance(type_, GraphQLInputObjectType) else field.args.values()
        for type_ in types
        for field in getattr(type_, "fields", {}).values()
    )
    return frozenset(
        get_named_type(argument.type).name for argument in arguments if isinstance(parameter_of(argument), Shape)
    )


def count_values(value: object) -> int:
    """Return how many values a JSON value contains, including itself."""
    count, left = 0, [value]
    while left:
        item = left.pop()
        count += 1
        if isinstance(item, dict):
            left.extend(item.values())
        elif isinstance(item, list):
            left.extend(item)
    return count
