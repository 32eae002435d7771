"""The register as each day of publication left it: one store for each, loaded once, that knows nothing of later days."""

import asyncio
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
import uvloop
from graphql import build_schema

from schema import printed, schema
from service.planner.plans import Limits, Planner
from service.settings import REPOSITORY
from service.store.load import load
from service.store.migrations import writing
from service.store.pool import ReadingPool
from service.store.seeds import read
from tests.conftest import copied
from tests.oracle.operations import Operation, Operations
from tests.oracle.register import read as register_in
from tests.oracle.values import Values

SEEDS = REPOSITORY / "seeds"
SECONDS = 60.0
SCHEMA = build_schema(printed())
PLANNER = Planner(schema, Limits(*[10**9] * 5))
"""Without limits: what is asked only to compare is no client's question."""


class Store:
    """A database that is asked as the service asks it."""

    def __init__(self, loop: "asyncio.Runner", url: str) -> None:
        self._loop, self.url = loop, url
        self._pool = ReadingPool(url, size=1, seconds=SECONDS)

    def answer(self, operation: Operation) -> Any:
        prepared = PLANNER.prepare(operation.query, None, operation.variables)
        data = self._loop.run(self._pool.value(prepared.sql, prepared.values)) if prepared.sql else None
        return orjson.loads(prepared.body(data))["data"]

    def close(self) -> None:
        self._loop.run(self._pool.close())


class Stores:
    """`whole`: with all sources; the others by the last day of publication that they know."""

    def __init__(self, whole: Store, by_day: dict[date, Store]) -> None:
        self.whole, self._by_day = whole, by_day
        self.days = sorted(by_day)

    def on(self, day: date) -> Store:
        """The store that knows what had been published by a day."""
        return self._by_day[self.days[max(bisect(self.days, day) - 1, 0)]]

    @property
    def last(self) -> date:
        return self.days[-1]


@pytest.fixture(scope="session")
def loop() -> Iterator["asyncio.Runner"]:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        yield runner


@pytest.fixture(scope="session")
def stores(server: str, template: str, database: str, loop: "asyncio.Runner") -> Iterator[Stores]:
    published = sorted({source.reported_on for source in read(SEEDS).sources.values()})
    days = [published[0] - timedelta(days=1), *published]
    by_day = {day: Store(loop, loaded(server, day)) for day in days}
    whole = Store(loop, database)
    yield Stores(whole, by_day)
    for store in (whole, *by_day.values()):
        store.close()


def loaded(server: str, day: date) -> str:
    """A database with the sources published by a day."""
    url = copied(server, f"published_by_{day:%Y_%m_%d}")
    with writing(url) as connection:
        load(connection, SEEDS, published_by=day)
    return url


@pytest.fixture(scope="session")
def operations(loop: "asyncio.Runner", database: str, stores: Stores) -> Operations:
    """Random operations, whose slugs, ids and cursors are those of the register."""
    register = loop.run(register_in(database))
    return Operations(SCHEMA, Values(register), {})
