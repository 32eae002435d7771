"""A load's counts of each two, day by day, against a count in plain Python, on random facts of a few pairs."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import psycopg
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sql]

STORES, PAIRS, FACTS, DAYS = 40, 3, 12, 20
FIRST_DAY, FOREVER = date(2019, 1, 1), "infinity"
KINDS = ("Summit", "Talks", "Talks", "Quote", "Event", "Relationship")
SETTINGS = ("BILATERAL", "BILATERAL", "MULTILATERAL", "UNKNOWN")
ROLES = (["PARTICIPANT"], ["HOST", "INVITEE"], ["DELEGATE"], ["ABSENT"], ["INTERPRETER"])
NEVER = "-infinity"

Span = tuple[int, int | None]
"""The first and the last day, by number; None: for ever."""


class SharedFacts(NamedTuple):
    """What a pair shares from one day to another."""

    between_id: int
    snapshot_id: int
    fact_id: int
    typename: str
    span: Span
    is_coding: bool
    is_withdrawn: bool
    dated: tuple[int, int] | None
    setting: str | None
    roles: tuple[list[str], list[str]]
    phase: str
    within: tuple[int, str | None] | None

    def holds_on(self, day: int) -> bool:
        start, end = self.span
        return start <= day and (end is None or day <= end)

    def is_attended(self) -> bool:
        together = all({"PARTICIPANT", "HOST", "DELEGATE"} & {*roles} for roles in self.roles)
        return self.setting is not None and self.phase == "HELD" and not self.is_withdrawn and together


def tally(shared: list[SharedFacts], between: int, day: int) -> tuple[int, int, int, tuple[int, int] | None]:
    """Return the number of facts, meetings and two-sided meetings on a day, and the date of the last."""
    known = [each for each in shared if each.between_id == between and each.holds_on(day)]
    facts = sum(not each.is_coding and each.typename != "Relationship" for each in known)
    held = _without_parts([each for each in known if each.is_attended()])
    bilateral = _without_parts([each for each in known if each.is_attended() and each.setting == "BILATERAL"])
    return facts, len(held), len(bilateral), max((each.dated for each in held if each.dated), default=None)


def _without_parts(held: list[SharedFacts]) -> list[SharedFacts]:
    """Leave out those that are part of the programme of another of them."""
    there = {each.fact_id for each in held}
    return [each for each in held if not each.within or each.within[1] != "PROGRAMME" or each.within[0] not in there]


def facts_of(random: Random, between: int) -> Iterator[SharedFacts]:
    for number in range(1, FACTS + 1):
        fact = between * 100 + number
        typename = random.choice(KINDS)
        is_coding, setting = typename != "Relationship" and random.random() < 0.2, None
        if typename in ("Summit", "Talks"):
            is_coding, setting = False, random.choice(SETTINGS)
        cuts = sorted(random.sample(range(DAYS), random.choice([1, 1, 2, 3])))
        ends = [*(cut - 1 for cut in cuts[1:]), random.choice([None, None, cuts[-1] + random.randrange(5)])]
        for index, span in enumerate(zip(cuts, ends, strict=True)):
            begin = random.randrange(6)
            dated = random.choice([None, (begin, begin + random.randrange(3)), (begin, begin)])
            roles = random.choice(ROLES), random.choice([*ROLES, ["PARTICIPANT"], ["HOST"]])
            within = random.choice([None, (between * 100 + random.randint(1, FACTS), random.choice([None, "MARGINS"]))])
            if random.random() < 0.4:
                within = between * 100 + random.randint(1, FACTS), "PROGRAMME"
            phase = random.choice(["HELD", "HELD", "HELD", "PLANNED"])
            own = is_coding, random.random() < 0.1, dated, setting, roles, phase, within
            yield SharedFacts(between, fact * 10 + index, fact, typename, span, *own)


def day_of(number: int | None) -> date | str:
    return FOREVER if number is None else FIRST_DAY + timedelta(days=number)


@pytest.fixture
def connection(scratch: str) -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(scratch) as connection:
        # only what they share: the facts themselves are missing
        connection.execute("SET session_replication_role = replica")
        yield connection


def fill(connection: "psycopg.Connection[Any]", shared: list[SharedFacts], cuts: dict[int, int]) -> None:
    """Fill the database. `cuts`: the day from which each pair has its second snapshot."""
    connection.execute("TRUNCATE snapshot, shared, meeting, relationship CASCADE")
    with connection.cursor() as cursor:
        for between, cut in cuts.items():
            for nth, (start, end) in enumerate([(0, cut - 1), (cut, None)]):
                known: dict[str, Any] = {
                    "between": between,
                    "id": between * 10 + nth,
                    "from": day_of(start),
                    "until": day_of(end),
                }
                cursor.execute(SNAPSHOT, known)
                cursor.execute(RELATIONSHIP, known)
        for each in shared:
            first, last = map(day_of, each.dated or (None, None))
            one, other = each.roles
            given: dict[str, Any] = each._asdict() | {
                "from": day_of(each.span[0]),
                "until": day_of(each.span[1]),
                "one": one,
            }
            within, kind = each.within or (None, None)
            given |= {
                "other": other,
                "first": first,
                "last": last,
                "is_dated": bool(each.dated),
                "within": within,
                "kind": kind,
            }
            cursor.execute(SHARED, given)
            if each.setting:
                cursor.execute(MEETING, given)
        cursor.execute("SELECT tally_pairs()")


SNAPSHOT = """INSERT INTO snapshot (id, fact_id, slug, typename, known_since, known_from, known_until, is_withdrawn,
        curation, is_dated, first_on, last_on, labels)
    VALUES (%(id)s, %(between)s, 'a--b', 'Relationship', '2019-01-01', %(from)s, %(until)s, false, 'CURATED', false,
        'infinity', 'infinity', '{"en": "A"}')"""
RELATIONSHIP = "INSERT INTO relationship (snapshot_id, kind, one_id, other_id) VALUES (%(id)s, 'STATES', 1, 2)"
SHARED = """INSERT INTO shared (between_id, snapshot_id, fact_id, slug, typename, known_since, known_from, known_until,
        is_withdrawn, is_dated, first_on, last_on, is_coding, setting, is_on_one_side, roles_of_one, roles_of_other)
    VALUES (%(between_id)s, %(snapshot_id)s, %(fact_id)s, 'fact', %(typename)s, %(from)s, %(from)s, %(until)s,
        %(is_withdrawn)s, %(is_dated)s, %(first)s, %(last)s, %(is_coding)s, %(setting)s, false, %(one)s, %(other)s)"""
MEETING = """INSERT INTO meeting (snapshot_id, level, format, status, phase, outcome, name, names, setting, within_id,
        within_kind)
    VALUES (%(snapshot_id)s, 'LEADERS', 'TALKS', 'HELD', %(phase)s, 'UNKNOWN', 'A', '{}', %(setting)s, %(within)s,
        %(kind)s)"""
ASKED = """SELECT facts, meetings, bilateral_meetings, last_met_from::text, last_met_to::text, snapshot_id
    FROM pair_tally WHERE fact_id = %s AND known_from <= %s AND known_until >= %s"""


@pytest.mark.parametrize("number", range(STORES))
def test_each_day_is_counted(number: int, connection: "psycopg.Connection[Any]") -> None:
    random = Random(number)
    cuts = {between: random.randrange(1, DAYS) for between in range(1, PAIRS + 1)}
    shared = [each for between in cuts for each in facts_of(random, between)]
    fill(connection, shared, cuts)
    for between, cut in cuts.items():
        for day in range(DAYS + 6):
            (found,) = connection.execute(ASKED, [between, day_of(day), day_of(day)]).fetchall()
            facts, meetings, bilateral, last = tally(shared, between, day)
            dated = [str(day_of(each)) for each in last] if last else [NEVER, NEVER]
            told = f"store {number}, pair {between}, day {day}"
            assert found == (facts, meetings, bilateral, *dated, between * 10 + (day >= cut)), told
