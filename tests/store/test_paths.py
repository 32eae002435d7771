"""The shortest path in the database against a search in plain Python, on random graphs of a few people."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any, NamedTuple

import psycopg
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sql]

PEOPLE, OTHERS, FACTS, GRAPHS = 10, 2, 12, 16
KINDS = ("Summit", "Talks", "Quote", "Event", "Invitation", "Office", "Relationship")
ROLES = [["PARTICIPANT"], ["PARTICIPANT"], ["HOST"], ["INTERPRETER"], ["DELEGATE", "INTERPRETER"]]
SETTINGS = ("BILATERAL", "MULTILATERAL", "UNKNOWN")
FIRST_DAY = date(2019, 1, 1)
FOREVER = "infinity"


class Presence(NamedTuple):
    """An actor in what was known of a fact from one day to another."""

    actor_id: int
    snapshot_id: int
    typename: str
    known_from: date
    known_until: date | str
    is_coding: bool
    is_withdrawn: bool
    roles: list[str]
    setting: str | None


class PathArguments(NamedTuple):
    """Arguments of a path."""

    kinds: list[str] | None
    longest: int
    day: date | None
    settings: list[str] | None


class Graph:
    """Actors by number with their slugs, whose order is independent of the numbers; who is in what."""

    def __init__(self, number: int) -> None:
        random = Random(number)
        slugs = [f"{random.randrange(10**6):06}-{index}" for index in range(PEOPLE + OTHERS)]
        self.slugs = dict(enumerate(slugs, 1))
        self.people = set(range(1, PEOPLE + 1))
        self.presences = [each for fact in range(1, FACTS + 1) for each in _presences(random, fact)]

    def path(self, start: int, goal: int, asked: PathArguments) -> list[int] | None:
        """Return the shortest path, the first by its slugs if there are several."""
        beside = self._beside(asked)
        steps = _steps_to(goal, beside)
        if steps.get(start, asked.longest + 1) > asked.longest:
            return None
        path = [start]
        while path[-1] != goal:
            nearer = [each for each in beside[path[-1]] if steps.get(each) == steps[path[-1]] - 1]
            path.append(min(nearer, key=self.slugs.__getitem__))
        return path

    def _beside(self, asked: PathArguments) -> dict[int, set[int]]:
        wanted, day = KINDS[:5] if asked.kinds is None else asked.kinds, asked.day
        present = defaultdict(set)
        for each in self.presences:
            is_last = each.known_until == FOREVER
            is_known = is_last if day is None else each.known_from <= day and (is_last or each.known_until >= day)  # type: ignore[operator]
            counts = not each.is_coding and not each.is_withdrawn
            joins = counts and each.roles != ["INTERPRETER"] and each.typename in wanted
            is_chosen = asked.settings is None or each.setting is None or each.setting in asked.settings
            if is_known and joins and is_chosen and each.actor_id in self.people:
                present[each.snapshot_id].add(each.actor_id)
        beside: dict[int, set[int]] = defaultdict(set)
        for together in present.values():
            for person in together:
                beside[person] |= together
        return beside


def _presences(random: Random, fact: int) -> Iterator[Presence]:
    """Return a fact with one or two snapshots, the second with other actors in it."""
    kind, is_coding, is_withdrawn = random.choice(KINDS), random.random() < 0.2, random.random() < 0.1
    start = FIRST_DAY + timedelta(days=random.randrange(20))
    change = start + timedelta(days=random.randint(1, 20))
    spans: list[tuple[date, date | str]] = [(start, FOREVER)]
    if random.random() < 0.4:
        spans = [(start, change - timedelta(days=1)), (change, FOREVER)]
    for index, (known_from, known_until) in enumerate(spans):
        setting = random.choice(SETTINGS) if kind in ("Summit", "Talks") else None
        for actor in random.sample(range(1, PEOPLE + OTHERS + 1), random.choice([1, 2, 2, 2, 3, 4])):
            own = is_coding, is_withdrawn, random.choice(ROLES), setting
            yield Presence(actor, fact * 10 + index, kind, known_from, known_until, *own)


def _steps_to(goal: int, beside: dict[int, set[int]]) -> dict[int, int]:
    steps, edge = {goal: 0}, [goal]
    while edge:
        edge = [other for person in edge for other in beside.get(person, ()) if steps.setdefault(other, -1) == -1]
        distance = max(steps.values()) + 1
        steps.update((person, distance) for person in edge)
    return steps


@pytest.fixture
def connection(scratch: str) -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(scratch) as connection:
        # presences, and what each two share by them: the facts themselves are missing
        connection.execute("SET session_replication_role = replica")
        yield connection


def fill(connection: "psycopg.Connection[Any]", graph: Graph) -> None:
    connection.execute("TRUNCATE actor, presence, snapshot, shared, relationship CASCADE")
    with connection.cursor() as cursor:
        cursor.executemany(ACTOR, [(id_, slug, _typename(graph, id_)) for id_, slug in graph.slugs.items()])
        cursor.executemany(PRESENCE, [each._asdict() for each in graph.presences])
        for statement in (PAIRS, RELATIONSHIPS, SHARED):
            cursor.execute(statement)
        cursor.execute("SELECT tally_pairs()")


def _typename(graph: Graph, number: int) -> str:
    return "Person" if number in graph.people else "Organisation"


ACTOR = """INSERT INTO actor
        (id, slug, typename, name, name_key, names, is_leader, known_since, organisation_kind, digest)
    SELECT %s, %s, kind, 'A', 'a', '{}', false, '2019-01-01', CASE kind WHEN 'Organisation' THEN 'NEWSPAPER' END, ''
    FROM (SELECT %s::text) AS given (kind)"""
PRESENCE = """INSERT INTO presence (actor_id, snapshot_id, fact_id, slug, typename, known_since, known_from,
        known_until, is_dated, first_on, last_on, roles, is_coding, is_withdrawn, setting)
    VALUES (%(actor_id)s, %(snapshot_id)s, %(snapshot_id)s / 10, 'fact', %(typename)s, %(known_from)s, %(known_from)s,
        %(known_until)s, false, 'infinity', 'infinity', %(roles)s, %(is_coding)s, %(is_withdrawn)s, %(setting)s)"""
PAIRS = """INSERT INTO snapshot (id, fact_id, slug, typename, known_since, known_from, known_until, is_withdrawn,
        curation, is_dated, first_on, last_on, labels)
    SELECT one.id * 1000 + other.id, one.id * 1000 + other.id, one.slug || '--' || other.slug, 'Relationship',
        '2019-01-01', '2019-01-01', 'infinity', false, 'CURATED', false, 'infinity', 'infinity', '{"en": "A"}'
    FROM actor AS one JOIN actor AS other ON one.id < other.id AND one.typename = other.typename"""
RELATIONSHIPS = """INSERT INTO relationship (snapshot_id, kind, one_id, other_id)
    SELECT snapshot.id, CASE actor.typename WHEN 'Person' THEN 'PEOPLE' ELSE 'STATES' END, actor.id, fact_id % 1000
    FROM snapshot JOIN actor ON actor.id = fact_id / 1000"""
SHARED = """INSERT INTO shared (between_id, snapshot_id, fact_id, slug, typename, known_since, known_from, known_until,
        is_withdrawn, is_dated, first_on, last_on, is_coding, setting, is_on_one_side, roles_of_one, roles_of_other)
    SELECT relationship.snapshot_id, one.snapshot_id, one.fact_id, one.slug, one.typename, one.known_since,
        one.known_from, one.known_until, one.is_withdrawn, one.is_dated, one.first_on, one.last_on, one.is_coding,
        one.setting, false, one.roles, other.roles
    FROM relationship
        JOIN presence AS one ON one.actor_id = one_id
        JOIN presence AS other ON other.actor_id = other_id AND other.snapshot_id = one.snapshot_id"""
ASKED = "SELECT shortest_path(%s, %s, %s::text[], %s, %s::date, %s::text[])"


@pytest.mark.parametrize("block", range(0, GRAPHS, 4))
def test_the_shortest_path_whose_slugs_come_first(block: int, connection: "psycopg.Connection[Any]") -> None:
    for number in range(block, block + 4):
        graph, random = Graph(number), Random(number)
        fill(connection, graph)
        for start, goal in product(graph.people, repeat=2):
            kinds = random.choice([None, None, random.sample(KINDS, 4)])
            longest = random.choice([1, 2, 3, 6])
            day = random.choice([None, FIRST_DAY + timedelta(days=random.randrange(-1, 45))])
            settings = random.choice([None, None, random.sample(SETTINGS, random.choice([1, 2]))])
            asked = PathArguments(kinds, longest, day, settings)
            found = connection.execute(ASKED, [start, goal, kinds, longest, day or FOREVER, settings]).fetchone()
            assert found == (graph.path(start, goal, asked),), f"graph {number}: {start} to {goal}, {asked}"


def test_a_path_without_an_end(connection: "psycopg.Connection[Any]") -> None:
    fill(connection, Graph(0))
    for start, goal in ((None, 1), (1, None), (None, None)):
        assert connection.execute(ASKED, [start, goal, None, 6, FOREVER, None]).fetchone() == (None,)
