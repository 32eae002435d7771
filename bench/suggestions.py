"""PostgreSQL's cost of a suggestion with 100,000 people: python -m bench.suggestions.

The store is a throwaway one: each person has a name in two spellings, and few have many facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import psutil
import psycopg

from bench.harness.cpu_time import cpu_seconds
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate
from service.store.search.prominence import level
from service.store.search.suggestions import beginnings, typed_keys

PEOPLE, REPEATS = 100_000, 1_000
TYPED = ("k", "ki", "kim", "kim jo", "kim jong u", "putin", "пут", "김", "x", "xqz")
GIVEN = ("Jong", "Min", "Seo", "Ivan", "Anna", "Sergej", "Maria", "Chol", "Hui", "Hyon", "Kwang", "Xenia")
FAMILY = ("Kim", "Lee", "Pak", "Choe", "Ivanov", "Putin", "Smith", "Müller", "Lavrov", "Moon", "Novak", "Tanaka")
KINDS = "{Person,Organisation,Country,Place,Summit,Talks}"
SUGGEST = f"SELECT count(*) FROM suggestions(%s, '{KINDS}', 'infinity', 10)"
COLUMNS = "typename, slug, known_from, known_until, level, key, name, preference, actor_id"


def main() -> None:
    with throwaway_database() as url:
        migrate(url)
        with psycopg.connect(url, autocommit=True) as connection:
            rows = fill(connection)
            print(f"{PEOPLE:,} people, {rows:,} rows; CPU milliseconds of PostgreSQL for a suggestion:")
            for text in TYPED:
                print(f"| {text} | {cost(connection, text):.2f} |")


def fill(connection: psycopg.Connection) -> int:
    """Add people with their names; return how many rows they are suggested by."""
    connection.execute(
        "INSERT INTO actor (slug, typename, name, name_key, names, is_leader, known_since, digest)"
        " SELECT 'p-' || n, 'Person', 'x', 'x', '{}', false, '2019-01-01', '' FROM generate_series(1, %s) AS n",
        [PEOPLE],
    )
    rows = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY suggestion ({COLUMNS}) FROM STDIN") as copy:
        for row in people(Random(1)):
            copy.write_row(row)
            rows += 1
    connection.execute("VACUUM ANALYZE suggestion")
    return rows


def people(random: Random) -> Iterator[tuple[object, ...]]:
    """Yield the rows of each person; the facts decrease according to Zipf's law."""
    for number in range(1, PEOPLE + 1):
        given = f"{random.choice(GIVEN)} {random.choice(GIVEN)}{number % 977}"
        family = random.choice(FAMILY)
        reached = level(5 + PEOPLE // number)
        for each in beginnings((f"{family} {given}", f"{given} {family}")):
            days = ("2019-01-01", "infinity")
            yield "Person", f"p-{number}", *days, reached, each.key, each.name, each.preference, number


def cost(connection: psycopg.Connection, text: str) -> float:
    """Return the mean CPU milliseconds that the connection's own process takes for a suggestion."""
    (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
    for _ in range(20):
        connection.execute(SUGGEST, [typed_keys(text)])
    process = psutil.Process(pid)
    before = cpu_seconds(process)
    for _ in range(REPEATS):
        connection.execute(SUGGEST, [typed_keys(text)])
    return 1000 * (cpu_seconds(process) - before) / REPEATS


if __name__ == "__main__":
    main()
