"""A load's counts for the network, against a count in plain Python.

The facts are random: of a few people who share many of them, and of many people around one.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import psycopg
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sql]

ASKED = 60
FIRST_DAY, FOREVER, DAYS = date(2019, 1, 1), "infinity", 20
KINDS = ("Summit", "Talks", "Quote", "Quote", "Invitation", "Event")
SETTINGS = ("BILATERAL", "MULTILATERAL", "UNKNOWN")
ROLES = {
    "Summit": (["PARTICIPANT"], ["HOST", "INVITEE"], ["DELEGATE"], ["ABSENT"]),
    "Quote": (["SPEAKER"], ["ADDRESSEE"], ["ABOUT"], ["SPEAKER", "ABOUT"]),
    "Invitation": (["ISSUER"], ["INVITEE"], ["ISSUER", "INVITEE"]),
    "Event": (["ACTOR"], ["RECIPIENT"], ["OBSERVER"]),
}
ROLES["Talks"] = ROLES["Summit"]
WAYS = {"Invitation": ({"ISSUER"}, {"INVITEE"}), "Quote": ({"SPEAKER"}, {"ADDRESSEE", "ABOUT"})}
SCORES = (-2.0, 0.1, 2.5, 4.0)

Pair = tuple[int, int]


class SharedFacts(NamedTuple):
    """What a pair shares from one day to another, by number; `until` None: for ever."""

    pair: Pair
    snapshot: int
    fact: int
    typename: str
    since: int
    until: int | None
    is_withdrawn: bool
    dated: tuple[date, date] | None
    setting: str | None
    roles: tuple[list[str], list[str]]
    phase: str
    within: tuple[int, str | None] | None
    score: float

    def ways(self) -> tuple[bool, bool]:
        """Return whether it leads from the one to the other, and back."""
        source, target = WAYS[self.typename]
        one, other = map(set, self.roles)
        return bool(one & source and other & target), bool(other & source and one & target)


class NetworkRequest(NamedTuple):
    """Request for a network; a day is a number, None the newest."""

    kinds: list[str] | None
    settings: list[str] | None
    dates: tuple[date, date] | None
    is_within: bool
    day: int | None

    def holds(self, fact: SharedFacts) -> bool:
        until = DAYS * 2 if fact.until is None else fact.until
        known = fact.until is None if self.day is None else fact.since <= self.day <= until
        return known and not fact.is_withdrawn and self.is_in_range(fact.dated)

    def is_in_range(self, dated: tuple[date, date] | None) -> bool:
        if self.dates is None:
            return True
        (begin, end), (first, last) = self.dates, dated or (date.max, date.min)
        if self.is_within:
            return dated is not None and begin <= first and last <= end
        return dated is not None and begin <= last and first <= end


def weights(facts: list[SharedFacts], wanted: NetworkRequest) -> dict[Pair, int]:
    """Return how strongly each two are tied."""
    known = [fact for fact in facts if wanted.holds(fact)]
    held = {
        (fact.pair, fact.fact): fact
        for fact in known
        if fact.typename in ("Summit", "Talks") and fact.phase == "HELD"
        if all({"PARTICIPANT", "HOST", "DELEGATE"} & {*roles} for roles in fact.roles)
        if wanted.settings is None or fact.setting in wanted.settings
    }
    apart = [
        fact.pair
        for fact in held.values()
        if not fact.within or fact.within[1] != "PROGRAMME" or (fact.pair, fact.within[0]) not in held
    ]
    found = {"MEETING": apart}
    for typename in WAYS:
        found[typename.upper()] = [fact.pair for fact in known if fact.typename == typename and any(fact.ways())]
    return Counter(pair for kind in wanted.kinds or found for pair in found[kind])


def strongest(tied: dict[Pair, int], size: int) -> list[Pair]:
    return sorted(tied, key=lambda pair: (-tied[pair], slug_of(pair)))[:size]


def ties_around(tied: dict[Pair, int], center: int, size: int) -> tuple[dict[Pair, int], list[Pair]]:
    """Return the ties among somebody and his neighbours, and those that are shown."""
    own = [pair for pair in strongest(tied, len(tied)) if center in pair]
    near = {center, *(one for pair in own for one in pair)}
    whole = {pair: weight for pair, weight in tied.items() if own and {*pair} <= near}
    shown = {center, *(one for pair in own[: (size + 1) // 2] for one in pair)}
    kept = {pair: weight for pair, weight in whole.items() if {*pair} <= shown}
    return whole, sorted(kept, key=lambda pair: (center not in pair, -kept[pair], slug_of(pair)))[:size]


def slug_of(pair: Pair) -> str:
    return "p{}--p{}".format(*pair)


def id_of(pair: Pair) -> int:
    return pair[0] * 1000 + pair[1]


def facts_of(random: Random, pair: Pair, count: int) -> Iterator[SharedFacts]:
    for number in range(1, count + 1):
        fact = id_of(pair) * 100 + number
        typename = random.choice(KINDS)
        setting = random.choice(SETTINGS) if typename in ("Summit", "Talks") else None
        cuts = sorted(random.sample(range(DAYS), random.choice([1, 1, 2])))
        ends = [*(cut - 1 for cut in cuts[1:]), random.choice([None, None, None, cuts[-1] + random.randrange(5)])]
        for nth, (since, until) in enumerate(zip(cuts, ends, strict=True)):
            begin = FIRST_DAY + timedelta(days=random.randrange(120))
            dated = random.choice([None, (begin, begin), (begin, begin + timedelta(days=random.randrange(40)))])
            within = id_of(pair) * 100 + random.randint(1, count), random.choice([None, "MARGINS", "PROGRAMME"])
            yield SharedFacts(
                pair,
                fact * 10 + nth,
                fact,
                typename,
                since,
                until,
                random.random() < 0.1,
                dated,
                setting,
                (random.choice(ROLES[typename]), random.choice(ROLES[typename])),
                random.choice(["HELD", "HELD", "HELD", "PLANNED"]),
                random.choice([None, within]),
                random.choice(SCORES),
            )


def few(random: Random) -> list[SharedFacts]:
    """Facts of a few people who share many of them."""
    pairs = [(one, other) for one in range(1, 8) for other in range(one + 1, 8) if random.random() < 0.8]
    return [fact for pair in pairs for fact in facts_of(random, pair, random.choice([1, 3, 20]))]


def many(random: Random) -> list[SharedFacts]:
    """Facts of many people around one."""
    pairs = {(1, other): random.choice([1, 1, 2, 5]) for other in range(2, 320)}
    for _ in range(300):
        one, other = sorted(random.sample(range(2, 330), 2))
        pairs[one, other] = random.choice([1, 1, 3])
    return [fact for pair, count in pairs.items() for fact in facts_of(random, pair, count)]


def wanted_of(random: Random) -> NetworkRequest:
    begin = date(2019, random.randint(1, 5), 1)
    month = min(12, begin.month + random.randrange(4))
    return NetworkRequest(
        random.choice([None, None, ["MEETING"], ["QUOTE"], ["INVITATION", "MEETING"]]),
        random.choice([None, None, ["BILATERAL"], ["MULTILATERAL", "UNKNOWN"]]),
        random.choice([None, (begin, date(2019, month, monthrange(2019, month)[1]))]),
        random.random() < 0.5,
        random.choice([None, None, random.randrange(DAYS)]),
    )


@pytest.mark.parametrize("made", [few, many])
def test_the_strongest_ties_are_those_of_each_fact(made: Any, scratch: str) -> None:
    random = Random(made.__name__)
    facts = made(random)
    with psycopg.connect(scratch) as connection:
        fill(connection, facts)
        looked, cut = 0, 0
        for _ in range(ASKED):
            wanted, size = wanted_of(random), random.choice([0, 1, 2, 5, 60])
            tied = weights(facts, wanted)
            assert answer(connection, wanted, size) == expected_answer(tied, strongest(tied, size)), (wanted, size)
            center = random.choice([1, 1, random.randint(1, 9)])
            whole, shown = ties_around(tied, center, size)
            assert answer(connection, wanted, size, center) == expected_answer(whole, shown), (wanted, size, center)
            looked, cut = looked + bool(tied), cut + (0 < size < len(tied))
        assert looked > ASKED / 2
        assert cut > ASKED / 4


def expected_answer(whole: dict[Pair, int], ties: list[Pair]) -> tuple[list[int], int, int]:
    return [id_of(pair) for pair in ties], len(whole), len({one for pair in whole for one in pair})


def test_the_tone_is_that_of_each_event(scratch: str) -> None:
    random = Random(scratch)
    facts = few(random)
    with psycopg.connect(scratch) as connection:
        fill(connection, facts)
        pairs = sorted({fact.pair for fact in facts})
        for _ in range(ASKED):
            wanted, pair = wanted_of(random)._replace(kinds=None, settings=None), random.choice(pairs)
            acted = [
                fact.score
                for fact in facts
                if fact.pair == pair and fact.typename == "Event" and wanted.holds(fact)
                if all({"ACTOR", "RECIPIENT"} & {*roles} for roles in fact.roles)
            ]
            first, last = wanted.dates or (None, None)
            given = {"id": id_of(pair), "first": first, "last": last, "day": day_of(wanted.day)}
            row = connection.execute(TONE[wanted.is_within].encode(), given).fetchone()
            assert row == (len(acted), pytest.approx(sum(acted)))


def day_of(number: int | None) -> date | str:
    return FOREVER if number is None else FIRST_DAY + timedelta(days=number)


def answer(
    connection: "psycopg.Connection[Any]", wanted: NetworkRequest, size: int, center: int | None = None
) -> tuple[list[int], int, int]:
    first, last = wanted.dates or (None, None)
    given = {
        "kinds": wanted.kinds,
        "settings": wanted.settings,
        "first": first,
        "last": last,
        "is_within": wanted.is_within,
        "day": day_of(wanted.day),
        "size": size,
        "center": center,
    }
    row = connection.execute(OF_ALL if center is None else AROUND, given).fetchone()
    assert row is not None
    ties, tie_count, people_count = row
    return ties, tie_count, people_count


def fill(connection: "psycopg.Connection[Any]", facts: list[SharedFacts]) -> None:
    # only what they share: the facts themselves are missing
    connection.execute("SET session_replication_role = replica")
    with connection.cursor() as cursor:
        for pair in sorted({fact.pair for fact in facts}):
            given: dict[str, Any] = {"id": id_of(pair), "one": pair[0], "other": pair[1], "slug": slug_of(pair)}
            for query in (FACT, SNAPSHOT, RELATIONSHIP):
                cursor.execute(query, given)
        cursor.execute(PEOPLE, {"last": max(fact.pair[1] for fact in facts)})
        for fact in facts:
            first, last = fact.dated or (FOREVER, FOREVER)
            within, kind = fact.within or (None, None)
            given = fact._asdict() | {
                "between": id_of(fact.pair),
                "from": day_of(fact.since),
                "until": day_of(fact.until),
                "one": fact.roles[0],
                "other": fact.roles[1],
                "first": first,
                "last": last,
                "is_dated": bool(fact.dated),
                "within": within,
                "kind": kind,
            }
            cursor.execute(SHARED, given)
            if fact.setting:
                cursor.execute(MEETING, given)
            if fact.typename == "Event":
                cursor.execute(EVENT, given)
        cursor.execute("SELECT tally_network(), tally_network_people(), tally_tones()")


PEOPLE = """INSERT INTO actor (id, slug, typename, name, name_key, names, is_leader, known_since, digest)
    SELECT id, 'p' || id, 'Person', 'A', 'a', '{}', false, '2019-01-01', '' FROM generate_series(1, %(last)s) AS id"""
FACT = """INSERT INTO fact (id, slug, typename, known_since, digest)
    VALUES (%(id)s, %(slug)s, 'Relationship', '2019-01-01', '')"""
SNAPSHOT = """INSERT INTO snapshot (id, fact_id, slug, typename, known_since, known_from, known_until, is_withdrawn,
        curation, is_dated, first_on, last_on, labels)
    VALUES (%(id)s, %(id)s, %(slug)s, 'Relationship', '2019-01-01', '2019-01-01', 'infinity', false, 'CURATED', false,
        'infinity', 'infinity', '{"en": "A"}')"""
RELATIONSHIP = """INSERT INTO relationship (snapshot_id, kind, one_id, other_id)
    VALUES (%(id)s, 'PEOPLE', %(one)s, %(other)s)"""
SHARED = """INSERT INTO shared (between_id, snapshot_id, fact_id, slug, typename, known_since, known_from, known_until,
        is_withdrawn, is_dated, first_on, last_on, is_coding, setting, is_on_one_side, roles_of_one, roles_of_other)
    VALUES (%(between)s, %(snapshot)s, %(fact)s, 'fact', %(typename)s, %(from)s, %(from)s, %(until)s,
        %(is_withdrawn)s, %(is_dated)s, %(first)s, %(last)s, false, %(setting)s, false, %(one)s, %(other)s)"""
MEETING = """INSERT INTO meeting (snapshot_id, level, format, status, phase, outcome, name, names, setting, within_id,
        within_kind)
    VALUES (%(snapshot)s, 'LEADERS', 'TALKS', 'HELD', %(phase)s, 'UNKNOWN', 'A', '{}', %(setting)s, %(within)s,
        %(kind)s)"""
EVENT = """INSERT INTO event (snapshot_id, event_type, quad_class, score, modality, medium)
    VALUES (%(snapshot)s, 'CONSULT', 'VERBAL_COOPERATION', %(score)s, 'ACTUAL', 'UNKNOWN')"""
CELLS = "network_cells(%(kinds)s, %(settings)s, %(first)s, %(last)s, %(is_within)s)"
OF_ALL = f"""SELECT ties, tie_count, people_count
    FROM strongest_ties({CELLS}, %(kinds)s, %(day)s, %(size)s)"""
AROUND = f"""SELECT ties, tie_count, people_count
    FROM strongest_ties_around(%(center)s, {CELLS}, %(kinds)s, %(day)s, %(size)s)"""
TONE = {
    is_within: f"""SELECT coalesce(sum(events), 0), coalesce(sum(score), 0)::float8 FROM tone_tally
    WHERE fact_id = %(id)s AND known_from <= %(day)s AND known_until >= %(day)s
        AND (%(first)s::date IS NULL OR is_dated AND {low} >= %(first)s AND {high} <= %(last)s)"""
    for is_within, low, high in ((True, "first_on", "last_on"), (False, "last_on", "first_on"))
}
