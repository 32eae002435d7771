"""The register as of each day on which a source was published or withdrawn.

Each day has its own store, which knows nothing of later days.
"""

from bisect import bisect
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from graphql import build_schema, get_named_type

import tests.oracle.oracle  # noqa: F401  its types name themselves
from schema import print_sdl, schema
from service.language.limits import Limits
from service.planner.planner import Planner
from service.settings import REPOSITORY
from service.store.loading.load import load_record
from service.store.pool import ReadingPool
from service.store.record.record import Record
from service.store.seeds.published import limit_to_published
from service.store.transactions import write_transaction
from tests.asof.whole import lists
from tests.conftest import copy_database
from tests.oracle.operations import Operation, Operations
from tests.oracle.register import read as register_in
from tests.oracle.values import Values
from tests.withdrawn import withdrawn

SEEDS = REPOSITORY / "seeds"
SECONDS = 60.0
SCHEMA = build_schema(print_sdl())
UNLIMITED = Limits(tokens=10**6, depth=10**3, aliases=10**6, fields=10**6, work=10**12, bytes=10**12)
"""Queries made only for comparison are not limited like a client's."""


class Store:
    """Database that is queried as by the service."""

    def __init__(self, planner: Planner, url: str) -> None:
        self._planner, self._pool = planner, ReadingPool(url, size=1, seconds=SECONDS)

    async def answer(self, operation: Operation) -> Any:
        prepared = self._planner.prepare(operation.query, variables=operation.variables)
        row = await self._pool.row(prepared.sql, prepared.values) if prepared.sql else None
        return orjson.loads(prepared.body(row))["data"]

    async def close(self) -> None:
        await self._pool.close()


class Stores:
    """`whole`: with all sources; the others by the day up to which they know what was published."""

    def __init__(self, whole: Store, by_day: dict[date, Store]) -> None:
        self.whole, self._by_day = whole, by_day
        self.days = sorted(by_day)

    def on(self, day: date) -> Store:
        """Return the store that knows what had been published by a day."""
        return self._by_day[self.days[max(bisect(self.days, day) - 1, 0)]]

    @property
    def last(self) -> date:
        return self.days[-1]


@pytest.fixture(scope="session")
async def stores(server: str, template: str, full_register: str) -> AsyncIterator[Stores]:
    record = withdrawn(SEEDS)
    changes = {day for each in record.sources.values() for day in (each.reported_on, each.withdrawn_on) if day}
    days = [min(changes) - timedelta(days=1), *sorted(changes)]
    planner = Planner(schema, UNLIMITED)
    by_day = {day: load_copy(server, f"by_{day:%Y_%m_%d}", limit_to_published(record, day)) for day in days}
    found = Stores(Store(planner, full_register), {day: Store(planner, url) for day, url in by_day.items()})
    yield found
    for each in (found.whole, *map(found.on, days)):
        await each.close()


@pytest.fixture(scope="session")
def full_register(server: str, template: str) -> str:
    """Return a database with all sources, some of which are withdrawn."""
    return load_copy(server, "by_all", withdrawn(SEEDS))


def load_copy(server: str, name: str, record: Record) -> str:
    url = copy_database(server, name)
    with write_transaction(url) as connection:
        load_record(connection, record)
    return url


@pytest.fixture(scope="session")
async def operations(full_register: str, stores: Stores) -> Operations:
    """Return random operations, with the slugs, ids and cursors of the register."""
    cursors: dict[str, list[str]] = {}
    for name in lists(SCHEMA):
        cursors.update(await cursors_of(stores.whole, name))
    searchless: Any = build_schema(print_sdl())
    # search texts are words, not slugs: searches have their own test
    searchless.query_type.fields.pop("search")
    return Operations(searchless, Values(await register_in(full_register)), cursors, careless=0)


async def cursors_of(store: Store, name: str) -> dict[str, list[str]]:
    """Return the cursors of a root list by type and order."""
    field: Any = SCHEMA.query_type.fields[name]  # type: ignore[union-attr]
    orders = list(get_named_type(field.args["orderBy"].type).values) if "orderBy" in field.args else ["NONE"]
    found = {}
    for order in orders:
        by = "" if order == "NONE" else f", orderBy: {order}"
        data = await store.answer(Operation(f"{{ {name}(first: 100{by}) {{ edges {{ cursor }} }} }}", {}))
        found[f"{get_named_type(field.type)}.{order}"] = [edge["cursor"] for edge in data[name]["edges"]]
    return found
