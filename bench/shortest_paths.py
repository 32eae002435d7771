"""Measure how long the shortest path between two people takes, on a generated store of who shares facts with whom.

    python -m bench.shortest_paths [--people 100000] [--facts 1000000] [--pairs 100]

There are two stores: in one, everybody is met equally often; in the other, Zipf's law applies, so that a few know
nearly everybody. Milliseconds are CPU time of PostgreSQL's process that runs the statement.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, islice
from random import Random
from statistics import mean, median, quantiles

import psycopg

from bench.harness.cpu_time import main_thread_milliseconds
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate

SEED = 20190425
KINDS = ("Quote",) * 12 + ("Event",) * 4 + ("Summit", "Talks", "Invitation", "Office")
PRESENT = (2,) * 12 + (3,) * 5 + (4,) * 2 + (12,)
"""How many people are in a fact."""
DERIVED = 0.1
FIRST_DAY, DAYS = date(2018, 1, 1), 730
LONGEST = 6

ACTOR = "COPY actor (id, slug, typename, name, name_key, names, is_leader, known_since, digest) FROM STDIN"
TIES = """
INSERT INTO tie (actor_id, other_id, typename, setting, known_until, known_from)
SELECT one.actor_id, other.actor_id, one.typename, '', 'infinity', min(one.known_from)
FROM presence AS one JOIN presence AS other USING (snapshot_id)
WHERE one.actor_id <> other.actor_id AND NOT one.is_coding GROUP BY 1, 2, 3 ORDER BY 1, 2
"""
"""As `tally_pairs` writes them from what each two share, which is missing here."""
PRESENCE = """COPY presence (actor_id, snapshot_id, fact_id, slug, typename, known_since, known_from, known_until,
is_withdrawn, is_dated, first_on, last_on, roles, is_coding) FROM STDIN"""


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parse_arguments(arguments)
    print("| met | pairs | longest | mean ms | median ms | 99th % | worst ms | steps | without a path |")
    print("|---|---|---|---|---|---|---|---|---|")
    with throwaway_database() as url:
        migrate(url)
        for name, weights in (("equally", [1.0] * given.people), ("by Zipf", _zipf(given.people))):
            fill(url, given.people, given.facts, weights)
            for longest in (LONGEST, 2):
                _report(name, url, given, longest)


def _parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.shortest_paths", description="Measure the shortest path.")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=100)
    return parser.parse_args(arguments)


def _zipf(people: int) -> list[float]:
    return [1 / rank for rank in range(1, people + 1)]


def fill(url: str, people: int, facts: int, weights: Sequence[float]) -> None:
    """Write this many people and which facts they are in; nothing else about the facts."""
    print(f"Filling a store with {people:,} people and {facts:,} facts ...", file=sys.stderr, flush=True)
    random = Random(SEED)
    with psycopg.connect(url, autocommit=True) as connection:
        with connection.transaction():
            # the facts themselves are missing
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute("TRUNCATE actor, presence, tie CASCADE")
            _copy(connection, ACTOR, (_person(number) for number in range(1, people + 1)))
            _copy(connection, PRESENCE, presences(random, facts, weights))
            connection.execute("SET LOCAL work_mem = '256MB'")
            connection.execute(TIES.encode())
        connection.execute("VACUUM (FREEZE, ANALYZE) actor, presence, tie")


def _copy(connection: psycopg.Connection, statement: str, rows: Iterator[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _person(number: int) -> tuple[object, ...]:
    return number, f"person-{number}", "Person", "A", "a", "{}", False, FIRST_DAY, ""


def presences(random: Random, facts: int, weights: Sequence[float]) -> Iterator[tuple[object, ...]]:
    """Yield each person of each fact."""
    drawn = _draw_people(random, weights)
    for fact in range(1, facts + 1):
        since = FIRST_DAY + timedelta(days=random.randrange(DAYS))
        kind, is_coding = random.choice(KINDS), random.random() < DERIVED
        own = (False, True, since, since, ["ACTOR"], is_coding)
        known = (fact, fact, f"fact-{fact}", kind, since, since, date.max)
        for person in set(islice(drawn, random.choice(PRESENT))):
            yield person, *(("infinity" if each is date.max else each) for each in known), *own


def _draw_people(random: Random, weights: Sequence[float]) -> Iterator[int]:
    """Return people by number, the first being the likeliest."""
    sums, people = list(accumulate(weights)), range(1, len(weights) + 1)
    while True:
        yield from random.choices(people, cum_weights=sums, k=10_000)


def _report(name: str, url: str, given: argparse.Namespace, longest: int) -> None:
    found = list(measure_pairs(url, given.people, given.pairs, longest))
    times, steps = [took for took, _ in found], [length for _, length in found if length is not None]
    centile = quantiles(times, n=100)[-1:]
    cells = [f"{each:,.1f}" for each in (mean(times), median(times), *centile, max(times))]
    cells += [f"{mean(steps or [0]):.1f}", str(len(found) - len(steps))]
    print(f"| {name} | {len(found)} | {longest} | {' | '.join(cells)} |", flush=True)


def measure_pairs(url: str, people: int, pairs: int, longest: int) -> Iterator[tuple[float, int | None]]:
    """Return the milliseconds for random pairs, and the number of steps."""
    random = Random(SEED)
    with psycopg.connect(url, autocommit=True) as connection:
        # as set on the service's connections
        connection.execute("SET plan_cache_mode = force_generic_plan")
        connection.execute("SET jit = off")
        backend = connection.info.backend_pid
        for _ in range(pairs):
            ends = random.sample(range(1, people + 1), 2)
            start = main_thread_milliseconds(backend)
            row = connection.execute(PATH_QUERY, [*ends, longest], prepare=True).fetchone()
            yield main_thread_milliseconds(backend) - start, row[0] if row else None


PATH_QUERY = """SELECT cardinality(shortest_path(%s::int, %s::int, '{Summit,Talks,Quote,Event,Invitation}', %s::int,
'infinity', NULL)) - 1"""


if __name__ == "__main__":
    main()
