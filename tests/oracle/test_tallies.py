"""A count is the same whether a load has counted or each row is scanned: for any list, filter, grouping and day."""

import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from random import Random
from typing import Any

import asyncpg
import pytest
from graphql import get_named_type

from service.store.database_urls import without_libpq_only
from service.store.loading.tallies import LISTED, TALLIES
from service.store.pool import set_codecs
from tests.oracle.operations import Operation
from tests.oracle.test_generated import Bench, open_bench, sort_of
from tests.oracle.values import Values

pytestmark = [pytest.mark.slow, pytest.mark.sql]

COUNTED = (*TALLIES, *LISTED)
HOW_MANY = 420
BLOCK = 60
LISTS = {
    **{"facts": 4, "quotes": 4, "meetings": 4, "summits": 1, "claims": 5, "events": 3, "invitations": 2, "offices": 2},
    **{"agreements": 1, "sources": 2, "people": 1, "leaders": 1, "conflicts": 1, "places": 1},
}
"""The root lists that are counted, and how often each is selected."""
OWN = {"facts": 3, "quotes": 3, "meetings": 1}
"""The same for a person."""
TOLD = (
    *("involving", "involvingAll", "kind", "date", "speaker", "form", "medium", "language", "isHearsay", "participant"),
    *("level", "status", "phase", "outcome", "setting", "property", "source", "outlet", "reportedOn", "addressee"),
    *(
        "eventType",
        "quadClass",
        "modality",
        "score",
        "isWithdrawn",
        "response",
        "leads",
        "isLeader",
        "curation",
        "country",
        "participantCountry",
        "participantCountryAll",
    ),
)
"""Fields of filters that tallies have, and one that they do not."""
MATCHES = ("OVERLAPS", "WITHIN")
TONE = "tone { events cooperation conflict sum mean }"


class CountGenerator:
    """Generator of random counts, each from its number."""

    def __init__(self, bench: Bench) -> None:
        self._query: Any = bench.oracle.schema.query_type
        self._person: Any = bench.oracle.schema.type_map["Person"]
        register = bench.oracle.view.register
        self._values = Values(register)
        # on either side of each change
        days = {day for row in register.tables["snapshot"] for day in (row.known_from, row.known_until)} - {date.max}
        self._days = [*[None] * (len(days) // 3), *sorted(day.isoformat() for day in days)]
        self._people = sorted(row.slug for row in register.tables["actor"] if row.typename == "Person")
        slugs, together = {row.id: row.slug for row in register.tables["actor"]}, defaultdict(list)
        for row in register.tables["presence"]:
            together[row.snapshot_id].append(slugs[row.actor_id])
        self._together = [each for each in together.values() if len(each) > 1]

    def make(self, number: int) -> Operation:
        random = Random(number)
        is_own = random.random() < 0.3
        nouns = OWN if is_own else LISTS
        (noun,) = random.choices(list(nouns), list(nouns.values()))
        field = (self._person if is_own else self._query).fields[noun]
        filter_, words = get_named_type(field.args["filter"].type), _groupings(field)
        tone = TONE if noun == "events" else ""
        found = f"totalCount {tone}"
        if words:
            by = ", ".join(random.sample(words, random.choice((1, 1, 1, 2))))
            first = random.choice((1, 3, 1000))
            found += f" counts(by: [{by}], first: {first}) {{ keys count {tone} }}"
        given = self._filter(random, filter_, noun)
        variables = {"day": random.choice(self._days), "filter": given}
        head = f"$day: Date, $filter: {filter_.name}"
        if not is_own:
            return Operation(f"query ({head}) {{ {noun}(asOf: $day, filter: $filter) {{ {found} }} }}", variables)
        own = f"person(slug: $slug, asOf: $day) {{ {noun}(filter: $filter) {{ {found} }} }}"
        return Operation(
            f"query ({head}, $slug: String!) {{ {own} }}", {**variables, "slug": random.choice(self._people)}
        )

    def on_each_day(self, noun: str) -> Iterator[Operation]:
        """Yield a whole list by each of its groupings, plain and on either side of each change."""
        words = _groupings(self._query.fields[noun])
        asked = " ".join(f"{word}: counts(by: [{word}], first: 1000) {{ keys count }}" for word in words)
        for day in dict.fromkeys(self._days):
            query = f"query ($day: Date) {{ {noun}(asOf: $day) {{ totalCount {asked} }} }}"
            yield Operation(query, {"day": day})

    def by_each_grouping(self, noun: str) -> Iterator[Operation]:
        """Yield a whole list by each of its groupings, filtered by each field alone, by a single value and by
        others.
        """
        field, random = self._query.fields[noun], Random(noun)
        filter_, words = get_named_type(field.args["filter"].type), _groupings(field)
        asked = " ".join(f"{word}: counts(by: [{word}], first: 1000) {{ keys count }}" for word in words)
        query = f"query ($filter: {filter_.name}) {{ {noun}(filter: $filter) {{ totalCount {asked} }} }}"
        for name in sorted({*TOLD} & {*filter_.fields}):
            values = [self._value(random, filter_, name) for _ in range(3)]
            for value in (*[each[:1] for each in values if isinstance(each, list)], *values):
                yield Operation(query, {"filter": {name: value}})

    def _filter(self, random: Random, filter_: Any, noun: str) -> dict[str, Any]:
        names = sorted({*TOLD} & {*filter_.fields})
        chosen = random.sample(names, random.choice((0, 1, 1, 1, 2)))
        return {name: self._value(random, filter_, name) for name in chosen}

    def _value(self, random: Random, filter_: Any, name: str) -> Any:
        if name in ("date", "reportedOn"):
            first, last = sorted(random.choices(self._values.pools["day"], k=2))
            ends = random.choice(({"from": first}, {"to": last}, {"from": first, "to": last}, {"year": 2018}))
            return {**ends, "match": random.choice(MATCHES)}
        if name == "involvingAll" and random.random() < 0.7:
            several = random.choice(self._together)
            return random.sample(several, min(len(several), random.choice((2, 2, 3, 3, 4))))
        if name in ("involving", "involvingAll", "participant"):
            return random.choices(self._values.pools["actor"][:12] + self._people, k=random.choice((1, 1, 2, 2, 3)))
        return random.choice(self._values.some(filter_.fields[name].type, name, filter_.name, 6))


def _groupings(field: Any) -> list[str]:
    """Return what a list can be counted by."""
    counts = get_named_type(field.type).fields.get("counts")
    return list(get_named_type(counts.args["by"].type).values) if counts else []


@pytest.fixture(scope="module")
async def bench(database: str) -> AsyncIterator[Bench]:
    async for found in open_bench(database):
        yield found


@pytest.fixture(scope="module")
def count_generator(bench: Bench) -> CountGenerator:
    return CountGenerator(bench)


@pytest.mark.parametrize("first", range(0, HOW_MANY, BLOCK))
async def test_counts_are_what_the_oracle_answers(bench: Bench, count_generator: CountGenerator, first: int) -> None:
    asked = [count_generator.make(number) for number in range(first, first + BLOCK)]
    assert await bench.faults(asked) == []


@pytest.mark.parametrize("noun", LISTS)
async def test_whole_lists_on_each_day_are_what_the_oracle_answers(
    bench: Bench, count_generator: CountGenerator, noun: str
) -> None:
    assert await bench.faults(count_generator.on_each_day(noun)) == []


@pytest.mark.parametrize("noun", LISTS)
async def test_a_filter_leaves_each_grouping_what_the_oracle_answers(
    bench: Bench, count_generator: CountGenerator, noun: str
) -> None:
    """A filter may use the same column as the grouping: actors involved in facts that involve somebody."""
    assert await bench.faults(count_generator.by_each_grouping(noun)) == []


@pytest.fixture(scope="module")
def read(bench: Bench, count_generator: CountGenerator) -> dict[str, list[int]]:
    """Return the numbers of the operations that read a tally, by tally."""
    asked = [count_generator.make(number) for number in range(HOW_MANY)]
    statements = [bench.planner.prepare(each.query, variables=each.variables).sql or "" for each in asked]
    return {tally: [n for n, each in enumerate(statements) if f"FROM {tally} AS" in each] for tally in COUNTED}


def test_most_counts_are_known(read: dict[str, list[int]]) -> None:
    """Among the random operations, every tally is used."""
    assert min(map(len, read.values())) >= 10, read
    assert len({*itertools.chain(*read.values())}) > HOW_MANY / 2


@pytest.mark.parametrize("tally", COUNTED)
async def test_what_a_tally_says_is_what_is_answered(
    database: str, bench: Bench, count_generator: CountGenerator, read: dict[str, list[int]], tally: str
) -> None:
    """A tally that counts one too many shows in the response."""
    async with with_others(database, tally, filled=True) as pool:
        await pool.connection.execute(f"UPDATE {tally} SET count = count + 1")
        faults = await Bench(pool, bench.oracle).faults(count_generator.make(number) for number in read[tally][:BLOCK])
        assert len(faults) > 3
        assert {sort_of(fault) for fault in faults} == {""}


async def test_a_store_that_no_load_has_counted_says_the_same(
    database: str, bench: Bench, count_generator: CountGenerator
) -> None:
    """As between a migration and the next load."""
    async with with_others(database, *COUNTED, "actor_rank") as pool:
        asked = [count_generator.make(number) for number in range(BLOCK)]
        assert await Bench(pool, bench.oracle).faults(asked) == []


class Other:
    """Connection on which some tables are replaced."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection

    async def row(self, statement: str, values: Sequence[object]) -> Any:
        return await self.connection.fetchrow(statement, *values)


@asynccontextmanager
async def with_others(database: str, *tables: str, filled: bool = False) -> AsyncIterator[Any]:
    """Return a connection on which these tables are replaced: empty, or filled with the same rows."""
    connection = await asyncpg.connect(without_libpq_only(database))
    try:
        await set_codecs(connection)
        await connection.execute("SET default_transaction_read_only = off")
        for table in tables:
            # temporary tables come before permanent ones
            await connection.execute(f"CREATE TEMP TABLE {table} AS TABLE {table} WITH {'' if filled else 'NO '}DATA")
        yield Other(connection)
    finally:
        await connection.close()
