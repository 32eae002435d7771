"""The same comparison over a record with sources of every kind, some of them retracted or superseded."""

from collections.abc import AsyncIterator

import pytest

from service.settings import REPOSITORY
from service.store.loading.load import load_record
from service.store.transactions import write_transaction
from tests.conftest import copy_database
from tests.oracle.operations import Operation, Operations
from tests.oracle.systematic import Systematic
from tests.oracle.test_generated import BLOCK, HOW_MANY, Bench, open_bench
from tests.oracle.values import Values
from tests.withdrawn import withdrawn

pytestmark = pytest.mark.slow

DAYS = ("2018-05-31", "2018-06-01", "2019-04-24", "2019-04-25", "2019-09-17", "2021-02-28", "2021-03-01")
"""Next to each day on which a source is withdrawn."""


@pytest.fixture(scope="module")
async def bench(server: str, template: str) -> AsyncIterator[Bench]:
    url = copy_database(server, "withdrawn")
    with write_transaction(url) as connection:
        load_record(connection, withdrawn(REPOSITORY / "seeds"))
    async for found in open_bench(url):
        yield found


@pytest.fixture(scope="module")
async def systematic(bench: Bench) -> Systematic:
    return Systematic(bench.oracle.schema, Values(bench.oracle.view.register))


@pytest.fixture(scope="module")
async def faults(bench: Bench, systematic: Systematic) -> list[str]:
    return await bench.faults(systematic.orders())


@pytest.fixture(scope="module")
async def operations(bench: Bench, faults: list[str]) -> Operations:
    cursors: dict[str, list[str]] = {}
    for text, cursor in bench.oracle.cursors.items():
        cursors.setdefault(cursor.order, []).append(text)
    return Operations(bench.oracle.schema, Values(bench.oracle.view.register), cursors, careless=0)


async def test_each_list_in_each_order(faults: list[str]) -> None:
    assert faults == []


@pytest.mark.parametrize("kind", ["fields", "filters", "counts"])
async def test_each_field_filter_and_grouping(bench: Bench, systematic: Systematic, kind: str) -> None:
    assert await bench.faults(getattr(systematic, kind)()) == []


@pytest.mark.parametrize("day", DAYS)
async def test_what_is_counted_on_each_day(bench: Bench, day: str) -> None:
    query = """query ($day: Date) {
        relationships(asOf: $day, first: 100) {
            nodes { slug meetingCount firstMet { edtf } lastMet { edtf } tone { events sum }
                toneOverTime(by: YEAR) { from tone { events } } timeline { totalCount } }
        }
        events(asOf: $day) { totalCount tone { events sum } }
        conflicts(asOf: $day, first: 100) { nodes { slug isWithdrawn independentOrigins } }
        datasets(asOf: $day) {
            slug counts { kind count } sources { totalCount } facts(filter: {curation: [IMPORTED]}) { totalCount }
        }
        countries(asOf: $day, first: 100) {
            nodes { slug leaders { totalCount } on: leaders(on: "2019-04-25") { nodes { slug } } }
        }
        path(asOf: $day, from: "mike-pompeo", to: "sergey-lavrov") { people { slug } steps { facts { totalCount } } }
    }"""
    assert await bench.fault(Operation(query, {"day": day})) is None


@pytest.mark.parametrize("first", range(0, HOW_MANY, BLOCK))
async def test_random_operations(bench: Bench, operations: Operations, first: int) -> None:
    for number in range(first, min(first + BLOCK, HOW_MANY)):
        operation = operations.make(number)
        if await bench.fault(operation):
            smallest = await bench.smallest(operation)
            pytest.fail(f"operation {number}: {await bench.fault(smallest)}\n{smallest}")
