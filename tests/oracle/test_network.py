"""The network and the tone of two are the same whether a load has counted or each fact is scanned.

This holds in any years, for any kinds and settings, around anybody and on any day.
"""

from calendar import monthrange
from collections.abc import AsyncIterator
from datetime import date
from random import Random
from typing import Any

import pytest

from tests.oracle.operations import Operation
from tests.oracle.test_generated import Bench, open_bench
from tests.oracle.test_tallies import with_others

pytestmark = [pytest.mark.slow, pytest.mark.sql]

HOW_MANY = 120
KINDS, SETTINGS = ("MEETING", "INVITATION", "QUOTE"), ("BILATERAL", "MULTILATERAL", "UNKNOWN")
COUNTS = "weight meetingCount invitationCount quoteCount tone { events cooperation conflict sum mean }"
TIE = f"""{COUNTS} people {{ slug }} relationship {{ slug tone(date: $date) {{ events sum }} }}
    relationship {{ toneOverTime(date: $date, by: QUARTER) {{ from to tone {{ events conflict sum mean }} }} }}
    fromFirst {{ invitationCount quoteCount }} fromSecond {{ invitationCount quoteCount }}"""
NETWORK = f"""query (
  $around: String, $kind: [TieKind!], $setting: [MeetingSetting!], $date: DateRange, $first: Int, $day: Date
) {{
  network(around: $around, kind: $kind, setting: $setting, date: $date, first: $first, asOf: $day) {{
    around {{ slug }} peopleCount tieCount people {{ slug }} ties {{ {TIE} }}
  }}
}}"""


class NetworkGenerator:
    """Generator of random networks, each from its number."""

    def __init__(self, bench: Bench) -> None:
        tables = bench.oracle.view.register.tables
        # on either side of each change
        days = {day for row in tables["snapshot"] for day in (row.known_from, row.known_until)} - {date.max}
        self._days = sorted(day.isoformat() for day in days)
        self._dates = sorted(
            row.first_on for row in tables["snapshot"] if row.is_dated and row.first_on > date(2017, 1, 1)
        )
        people = {row.id: row.slug for row in tables["actor"] if row.typename == "Person"}
        self._people = [people[row.actor_id] for row in tables["presence"] if row.actor_id in people]
        self.people = sorted(people.values())

    def make(self, number: int, *, by_months: bool) -> Operation:
        random = Random(number)
        given: dict[str, Any] = {"first": random.choice((0, 1, 2, 3, 10, 60))}
        if random.random() < 0.4:
            given["around"] = random.choice(self._people)
        if random.random() < 0.4:
            given["kind"] = random.sample(KINDS, random.choice((1, 2)))
        if random.random() < 0.3:
            given["setting"] = random.sample(SETTINGS, random.choice((1, 2)))
        if random.random() < 0.4:
            given["day"] = random.choice(self._days)
        if not by_months or random.random() < 0.6:
            given["date"] = self._range(random, by_months)
        # values that are not given are not written either
        types = {"around": "String", "kind": "[TieKind!]", "setting": "[MeetingSetting!]", "day": "Date"}
        query = NETWORK
        for name in types.keys() - given.keys():
            query = query.replace(f"{'asOf' if name == 'day' else name}: ${name}, ", "").replace(f", asOf: ${name}", "")
            query = query.replace(f"${name}: {types[name]}, ", "").replace(f", ${name}: {types[name]}", "")
        if "date" not in given:
            query = query.replace("date: $date, ", "").replace("$date: DateRange, ", "").replace("(date: $date)", "")
        return Operation(query, given)

    def _range(self, random: Random, by_months: bool) -> dict[str, Any]:
        first, last = sorted(random.choices(self._dates, k=2))
        if by_months:
            first, last = first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
        ends = {"from": first.isoformat(), "to": last.isoformat()}
        given = random.choice((ends, {"from": ends["from"]}, {"to": ends["to"]}, {"year": first.year}, {}))
        return {**given, "match": random.choice(("OVERLAPS", "WITHIN"))}


@pytest.fixture(scope="module")
async def bench(database: str) -> AsyncIterator[Bench]:
    async for found in open_bench(database):
        yield found


@pytest.fixture(scope="module")
def network_generator(bench: Bench) -> NetworkGenerator:
    return NetworkGenerator(bench)


@pytest.mark.parametrize("by_months", [True, False])
async def test_networks_are_what_the_oracle_answers(
    bench: Bench, network_generator: NetworkGenerator, by_months: bool
) -> None:
    asked = [network_generator.make(number, by_months=by_months) for number in range(HOW_MANY)]
    assert await bench.faults(asked) == []


@pytest.mark.parametrize("tables", [("network_cell", "tone_tally"), ("network_person",)])
async def test_a_store_that_no_load_has_counted_says_the_same(
    database: str, bench: Bench, network_generator: NetworkGenerator, tables: tuple[str, ...]
) -> None:
    """As between a migration and the next load."""
    async with with_others(database, *tables) as pool:
        asked = [network_generator.make(number, by_months=True) for number in range(HOW_MANY // 2)]
        assert await Bench(pool, bench.oracle).faults(asked) == []


async def test_what_a_load_has_counted_is_what_is_answered(
    database: str, bench: Bench, network_generator: NetworkGenerator
) -> None:
    """A count that is one too high shows in the response."""
    async with with_others(database, "network_tally", "tone_tally", filled=True) as pool:
        await pool.connection.execute("UPDATE network_tally SET count = count + 1")
        asked = [network_generator.make(number, by_months=True) for number in range(HOW_MANY // 2)]
        assert len(await Bench(pool, bench.oracle).faults(asked)) > HOW_MANY // 6


async def test_the_network_around_each_person_is_what_the_oracle_answers(
    database: str, bench: Bench, network_generator: NetworkGenerator
) -> None:
    """The current network has been counted: a count that is one too high shows."""
    query = "query ($around: String) { network(around: $around, first: 1) { peopleCount tieCount ties { weight } } }"
    asked = [Operation(query, {"around": slug}) for slug in network_generator.people]
    assert await bench.faults(asked) == []
    async with with_others(database, "network_person", filled=True) as pool:
        await pool.connection.execute("UPDATE network_person SET ties = ties + 1")
        assert len(await Bench(pool, bench.oracle).faults(asked)) > len(asked) / 4
