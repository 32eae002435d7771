"""PostgreSQL's cost of finding former slugs and of reporting unknown ones: python -m bench.former_slugs.

Each operation is composed with and without one of the two; both versions run in turns on one store of the seeds.
"""

from __future__ import annotations

import asyncio
from statistics import median
from typing import Any
from unittest.mock import patch

import asyncpg

from bench.harness.cpu_time import main_thread_milliseconds
from bench.harness.stores import load_seeds
from schema import schema
from service.planner.planner import Planner
from service.planner.slugs import Entries, GivenSlugs
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate
from service.store.pool import set_codecs

CLAIM = "kremlin-60319-vladivostok-2019-status-scheduled"
ROUNDS, REQUESTS = 31, 200
SETTINGS = {"plan_cache_mode": "force_generic_plan", "jit": "off"}
OPERATIONS = {
    "a claim": ("query ($slug: String!) { claim(slug: $slug) { id value label } }", CLAIM),
    "a summit": ("query ($slug: String!) { summit(slug: $slug) { id name status place { name } } }", "hanoi-2019"),
    "a person": ("query ($slug: String!) { person(slug: $slug) { id name } }", "kim-jong-un"),
    "a state": ("query ($slug: String!) { country(code: $slug) { id name } }", "KP"),
    "people": ("query ($slug: [String!]) { people(filter: {slug: $slug}) { nodes { id name } } }", ["kim-jong-un"]),
    "summits of two": (
        "query ($slug: [String!]) { summits(filter: {involvingAll: $slug}) { totalCount nodes { id name status } } }",
        ["kim-jong-un", "donald-trump"],
    ),
}
LEFT_OUT: dict[str, tuple[type, str, Any]] = {
    "former ones found too": (Entries, "replace_former", lambda self, slugs: slugs),
    "unknown ones told of": (GivenSlugs, "add", lambda *_: None),
}
"""What is measured: the method that does it, and one that leaves it out."""


def prepare(query: str, slug: object) -> tuple[str, list[object]]:
    """Return the statement of an operation and its values."""
    found = Planner(schema).prepare(query, variables={"slug": slug})
    return str(found.sql), found.values


def microseconds(pid: int) -> float:
    """Return the CPU time that a process has used."""
    return 1_000 * main_thread_milliseconds(pid)


async def measure(url: str, what: str) -> None:
    """Print what each operation costs without it, with it, and the ratio of both."""
    connection = await asyncpg.connect(url, server_settings=SETTINGS)
    await set_codecs(connection)
    for name, operation in OPERATIONS.items():
        with patch.object(*LEFT_OUT[what]):
            without = prepare(*operation)
        ways = [(await connection.prepare(sql), values) for sql, values in (without, prepare(*operation))]
        costs: list[list[float]] = [[], []]
        for number in range(ROUNDS):
            for way in (0, 1) if number % 2 else (1, 0):
                statement, values = ways[way]
                before = microseconds(connection.get_server_pid())
                for _ in range(REQUESTS):
                    await statement.fetchrow(*values)
                # the first round is only a warm-up
                costs[way] += [(microseconds(connection.get_server_pid()) - before) / REQUESTS] if number else []
        plain, found = map(median, costs)
        print(f"| {name} | {plain:.1f} | {found:.1f} | {found / plain:.2f} |")
    await connection.close()


def main() -> None:
    with throwaway_database() as url:
        migrate(url)
        load_seeds(url)
        for what in LEFT_OUT:
            print(f"CPU microseconds of PostgreSQL: without, {what}, ratio")
            asyncio.run(measure(url, what))


if __name__ == "__main__":
    main()
