"""The service agrees with graphql-core's own executor over plain objects.

This covers everything systematically, at random, and in the cases of tests/queries. GENERATED_OPERATIONS says how many
operations are random; each has a number, and is always the same.
"""

import os
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest
from graphql import parse, validate

from schema import schema
from service.language.errors import OperationError
from service.language.limits import Limits
from service.planner.planner import Planner
from service.store.pool import ReadingPool
from tests.oracle.mistakes import Place, Refusal
from tests.oracle.operations import Operation, Operations
from tests.oracle.oracle import Oracle
from tests.oracle.register import read
from tests.oracle.search import Search
from tests.oracle.shrinking import shrink
from tests.oracle.systematic import Systematic
from tests.oracle.twins import extract_variables, inline_variables
from tests.oracle.values import Values
from tests.schema.joins import missing_joins

pytestmark = [pytest.mark.slow, pytest.mark.sql]

MOST_TOLD = 10
"""Maximum number of errors reported for one operation."""
SHAPING = ("by", "maxLength", "first", "since")
FAILURES = (LookupError, AttributeError, TypeError, ValueError, OverflowError, AssertionError)
HOW_MANY = int(os.environ.get("GENERATED_OPERATIONS", "100"))
BLOCK = 25
VARIABLES = re.compile(r"^# variables: (.*)$", re.MULTILINE)
UNLIMITED = Limits(tokens=10**6, depth=10**3, aliases=10**6, fields=10**6, work=10**12, bytes=10**12)


class Bench:
    """The service and the oracle, side by side on one database."""

    def __init__(self, pool: ReadingPool, oracle: Oracle) -> None:
        self.pool, self.oracle = pool, oracle
        self.planner = Planner(schema, UNLIMITED)

    async def fault(self, operation: Operation) -> str | None:
        """Return what is wrong with the service's response to an operation, or with its refusal."""
        expected = self.oracle.refusal(operation.query, operation.variables)
        try:
            answer = await self._answer(operation)
        except OperationError as error:
            return fault_of_refusal(error, expected)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, *FAILURES) as error:
            return f"{type(error).__name__}: {error}"
        if expected is not None:
            return f"Answered: {sorted(expected.told)} cannot be used"
        differences = self.oracle.differences(answer, self.oracle.answer(operation.query, operation.variables))
        return "; ".join(differences[:3]) or None

    async def faults(self, operations: Iterable[Operation]) -> list[str]:
        found = [(operation, await self.fault(operation)) for operation in operations]
        return [f"{fault}\n{operation}" for operation, fault in found if fault]

    async def _answer(self, operation: Operation) -> Any:
        prepared = self.planner.prepare(operation.query, variables=operation.variables)
        assert missing_joins(prepared.sql or "") == [], operation
        row = await self.pool.row(prepared.sql, prepared.values) if prepared.sql else None
        return orjson.loads(prepared.body(row))["data"]

    def twins(self, operation: Operation) -> list[Operation]:
        """Return those that can be written: null is not allowed where it is refused, and JSON cannot hold an infinite
        number.
        """
        expected, schema = self.oracle.refusal(operation.query, operation.variables), self.oracle.schema
        if expected is not None and expected.is_request_error:
            return []
        twins = [inline_variables(schema, operation), extract_variables(schema, operation)]
        return [
            twin
            for twin in twins
            if not validate(schema, parse(twin.query)) and self.oracle.refusal(twin.query, twin.variables) == expected
        ]

    async def outcome(self, operation: Operation) -> Any:
        """Return the response, or the arguments that are refused."""
        try:
            return await self._answer(operation)
        except OperationError as error:
            return sorted((each.formatted for each in error.errors), key=str)

    async def smallest(self, operation: Operation) -> Operation:
        """Return an operation with the same sort of fault, as short as possible."""
        kind = sort_of(await self.fault(operation))

        async def is_wrong(smaller: Operation) -> bool:
            return sort_of(await self.fault(smaller)) == kind

        return await shrink(self.oracle.schema, operation, is_wrong)


def fault_of_refusal(error: OperationError, expected: Refusal | None) -> str | None:
    """Return what is wrong with a refusal: each invalid argument is reported once, up to the maximum."""
    told = [(tuple(map(str, each.path or ())), str((each.extensions or {}).get("argument"))) for each in error.errors]
    if expected is None:
        return f"Refused: {error}"
    if error.is_request_error is not expected.is_request_error:
        return f"RequestError: {error}"
    if {(each.extensions or {}).get("code") for each in error.errors} != {"BAD_USER_INPUT"}:
        return f"Code: {error.errors}"
    if expected.is_request_error:
        return None
    seen = [place for place in expected.told if not is_hidden(place, told)]
    if not min(len(seen), MOST_TOLD) <= len(told) == len(set(told)) <= MOST_TOLD or not set(told) <= expected.told:
        return f"Told: {told} instead of {sorted(expected.told)}"
    return None


def is_hidden(place: Place, told: list[Place]) -> bool:
    """Return whether it is only reported once another is valid: one that shapes a field at or above it."""
    path, argument = place
    return place not in told and any(
        other in SHAPING and (path, argument) != (above, other) and path[: len(above)] == above for above, other in told
    )


def cases() -> Iterator[Operation]:
    """Return the questions of tests/queries that are not refused."""
    for path in sorted((Path(__file__).parents[1] / "queries").glob("*/*.graphql")):
        if "errors" not in orjson.loads(path.with_suffix(".json").read_bytes()):
            query = path.read_text(encoding="utf-8")
            given = VARIABLES.search(query)
            yield Operation(query, orjson.loads(given[1]) if given else {})


def sort_of(fault: str | None) -> str | None:
    """Return the kind of an exception; empty for a wrong response."""
    return fault and (fault.partition(":")[0] if fault[0] != "." else "")


async def open_bench(database: str) -> AsyncIterator[Bench]:
    oracle = Oracle(await read(database), Search(database))
    pool = ReadingPool(database, size=1, seconds=30)
    yield Bench(pool, oracle)
    await pool.close()


@pytest.fixture(scope="session")
async def bench(database: str) -> AsyncIterator[Bench]:
    async for found in open_bench(database):
        yield found


@pytest.fixture(scope="session")
async def systematic(bench: Bench) -> Systematic:
    return Systematic(bench.oracle.schema, Values(bench.oracle.view.register))


@pytest.fixture(scope="session")
async def faults(bench: Bench, systematic: Systematic) -> list[str]:
    """Return what is wrong with whole lists, whose cursors are learnt."""
    return await bench.faults(systematic.orders())


@pytest.fixture(scope="session")
async def operations(bench: Bench, faults: list[str]) -> Operations:
    """Return generated operations, with the service's cursors of every list in every order and on several days."""
    cursors: dict[str, list[str]] = {}
    for text, cursor in bench.oracle.cursors.items():
        cursors.setdefault(cursor.order, []).append(text)
    return Operations(bench.oracle.schema, Values(bench.oracle.view.register), cursors)


async def test_each_list_in_each_order_is_what_the_oracle_answers(faults: list[str]) -> None:
    assert faults == []


@pytest.mark.parametrize("kind", ["fields", "arguments", "filters", "counts", "networks", "shapes"])
async def test_each_field_argument_filter_grouping_and_shape_is_what_the_oracle_answers(
    bench: Bench, systematic: Systematic, kind: str
) -> None:
    assert await bench.faults(getattr(systematic, kind)()) == []


@pytest.mark.usefixtures("faults")
async def test_each_case_is_what_the_oracle_answers(bench: Bench) -> None:
    assert await bench.faults(cases()) == []


@pytest.mark.parametrize("first", range(0, HOW_MANY, BLOCK))
async def test_the_service_answers_what_the_oracle_answers(bench: Bench, operations: Operations, first: int) -> None:
    for number in range(first, min(first + BLOCK, HOW_MANY)):
        operation = operations.make(number)
        if await bench.fault(operation):
            smallest = await bench.smallest(operation)
            pytest.fail(f"operation {number}: {await bench.fault(smallest)}\n{smallest}")


async def test_the_operations_hold_mistakes_of_each_kind_and_most_hold_none(
    bench: Bench, operations: Operations
) -> None:
    made = [operations.make(number) for number in range(180)]
    refusals = [found for each in made if (found := bench.oracle.refusal(each.query, each.variables))]
    assert 15 < len(refusals) < 50
    arguments = {argument.partition(".")[0] for refusal in refusals for _, argument in refusal.told}
    assert arguments >= {"if", "filter", "first"}
    assert len(arguments) > 7
    assert any(refusal.is_request_error for refusal in refusals)
    assert any(len(refusal.told) > 2 for refusal in refusals)
    assert sum(len(bench.twins(each)) for each in made) > 225


@pytest.mark.parametrize("first", range(0, HOW_MANY, BLOCK))
async def test_literals_and_variables_give_the_same(bench: Bench, operations: Operations, first: int) -> None:
    """In either order, so that neither gets the other's cached response."""
    for number in range(first, min(first + BLOCK, HOW_MANY)):
        operation = operations.make(number)
        twins = [operation, *bench.twins(operation)]
        outcomes = [await bench.outcome(twin) for twin in (twins if number % 2 else reversed(twins))]
        assert outcomes == outcomes[:1] * len(twins), "\n".join(map(str, twins))
