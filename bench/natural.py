"""Cost of each operation in natural.toml on stores of growing size, as one table in Markdown.

    python -m bench.natural URL [URL ...] [--rounds 3] [--only TEXT ...] [--plan]

Each URL names a store that bench.fill has filled, the smallest first. The operations go through the service's own
planner and connections, store by store in turn, round by round. Milliseconds are CPU time, as medians of the rounds:
those of PostgreSQL's process that runs the statement, and those of the service to find the plan, to bind, to send and
to build the response, without HTTP. `growth` is that of PostgreSQL from the first store to the last. With `--plan`, the
plan of each statement on the last store is printed instead.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from string import Template

import orjson
import psycopg

from bench.harness.cpu_time import main_thread_milliseconds
from schema import schema
from service.planner.planner import Planner
from service.settings import Settings
from service.store.pool import ReadingPool, reading_pool

LIST = Path(__file__).with_suffix(".toml")
BOUNDS = {"page": 10.0, "counts": 50.0}
"""Maximum milliseconds of PostgreSQL that an operation should take."""
SECONDS, MOST = 0.1, 20
"""In a round, each operation is repeated for this time or this many times, whichever is reached first."""


HUBS = (
    "SELECT actor.slug FROM presence JOIN actor ON actor.id = actor_id WHERE actor.typename = 'Person' AND is_leader"
    " GROUP BY actor.slug ORDER BY count(*) DESC, actor.slug OFFSET {} LIMIT 1"
)
RARE = (
    "SELECT actor.slug FROM presence JOIN actor ON actor.id = actor_id WHERE actor.typename = 'Person'"
    " GROUP BY actor.slug HAVING count(*) >= 5 AND bool_or(roles @> '{{SPEAKER}}') ORDER BY count(*), actor.slug"
    " OFFSET {} LIMIT 1"
)
SOURCES = (
    "SELECT source.slug FROM claim JOIN source ON source.id = source_id GROUP BY source.slug"
    " ORDER BY abs(count(*) - 200), source.slug OFFSET {} LIMIT 1"
)
STATES = (
    "SELECT actor.slug FROM participant_country JOIN actor ON actor.id = participant_country.country_id GROUP BY 1"
    " ORDER BY count(*) {}, 1 OFFSET {} LIMIT 1"
)
OUTLETS = "SELECT actor.slug FROM source JOIN actor ON actor.id = outlet_id GROUP BY 1 ORDER BY count(*) {}, 1"
DAYS = "SELECT percentile_disc({}) WITHIN GROUP (ORDER BY known_since) FROM fact"
NAME_QUERIES: Mapping[str, str] = {
    "hub": HUBS.format(0),
    "hub2": HUBS.format(1),
    "hub3": HUBS.format(2),
    "rare": RARE.format(0),
    "rare2": RARE.format(1),
    "state": "SELECT code FROM actor WHERE typename = 'Country' ORDER BY slug LIMIT 1",
    "land": "SELECT actor.slug FROM office JOIN actor ON actor.id = of_id GROUP BY 1 ORDER BY count(*) DESC, 1",
    "hubState": STATES.format("DESC", 0),
    "hubState2": STATES.format("DESC", 1),
    "rareState": STATES.format("ASC", 0),
    "source": SOURCES.format(0),
    "source2": SOURCES.format(1),
    "day": DAYS.format(0.5),
    "early": DAYS.format(0.001),
    "name": f"SELECT name FROM actor WHERE slug = ({HUBS.format(0)})",
    "place": (
        "SELECT place.slug FROM place JOIN meeting_place ON place_id = place.id GROUP BY 1 ORDER BY count(*) DESC, 1"
    ),
    "outlet": OUTLETS.format("ASC"),
    "hubOutlet": OUTLETS.format("DESC"),
    "meeting": (
        "SELECT fact.slug FROM quote JOIN fact ON fact.id = meeting_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    ),
    "word": "SELECT 'dor'",
    "words": "SELECT 'dor fan'",
}
"""Values for the names in the operations: the first value that each of these returns in a store."""


@dataclass(frozen=True)
class NaturalOperation:
    """Operation; `bound`: maximum milliseconds that it should take; `postgraphile`: the version for PostGraphile."""

    noun: str
    name: str
    about: str
    query: str
    bound: float
    postgraphile: str | None


@dataclass(frozen=True)
class Store:
    """Store with the values of the names in it, and the process that runs its statements."""

    url: str
    pool: ReadingPool
    names: Mapping[str, str]
    quotes: int
    backend: int


def natural_operations() -> list[NaturalOperation]:
    """Return all operations of the list, in its order."""
    nouns = tomllib.loads(LIST.read_text())
    return [
        NaturalOperation(noun, name, each["about"], each[kind], bound, each.get("postgraphile"))
        for noun, named in nouns.items()
        for name, each in named.items()
        for kind, bound in BOUNDS.items()
        if kind in each
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if an operation exceeds its bound on the last store."""
    parser = argparse.ArgumentParser(prog="python -m bench.natural", description="Measure what users would ask.")
    parser.add_argument("urls", nargs="+", help="Stores, the smallest first.")
    parser.add_argument("--rounds", type=int, default=3, help="How many rounds; medians are shown.")
    parser.add_argument("--only", nargs="+", default=[""], help="Operations with one of these texts in their names.")
    parser.add_argument("--plan", action="store_true", help="Print the plans on the last store instead.")
    given = parser.parse_args(arguments)
    asked = [each for each in natural_operations() if any(part in f"{each.noun}: {each.name}" for part in given.only)]
    if given.plan:
        for each in asked:
            print(f"{each.noun}: {each.name}\n{fetch_plan(given.urls[-1], each)}\n")
        return 0
    return asyncio.run(_measure(given.urls, asked, given.rounds))


def fetch_names(url: str) -> dict[str, str]:
    """Return the values of the operations' names in a store."""
    with psycopg.connect(url) as connection:
        rows = {name: connection.execute(query.encode()).fetchone() for name, query in NAME_QUERIES.items()}
    return {name: str(row[0]) for name, row in rows.items() if row}


def fetch_plan(url: str, operation: NaturalOperation, options: str = "ANALYZE, BUFFERS OFF, TIMING OFF") -> str:
    """Return the plan of its statement, planned as in the service, as JSON."""
    prepared = Planner(schema).prepare(to_document(operation.query, fetch_names(url)))

    async def explain() -> str:
        pool = reading_pool(Settings(database_url=url, pool_size=1))
        try:
            found = await pool.value(f"EXPLAIN (FORMAT JSON, {options}) {prepared.sql}", prepared.values)
            return orjson.dumps(orjson.loads(found), option=orjson.OPT_INDENT_2).decode()
        finally:
            await pool.close()

    return asyncio.run(explain())


def to_document(query: str, names: Mapping[str, str]) -> str:
    """Return the document of an operation, with the values of its names."""
    return "{" + Template(query).substitute(names) + "}"


# ------------------------------------------------------------------ measuring


async def _measure(urls: Sequence[str], asked: Sequence[NaturalOperation], rounds: int) -> int:
    planner = Planner(schema)
    found: dict[tuple[str, str, int], list[tuple[float, float]]] = defaultdict(list)
    async with AsyncExitStack() as stack:
        stores = [await stack.enter_async_context(_open_store(url)) for url in urls]
        for number in range(rounds):
            for each in asked:
                for store in stores if number % 2 == 0 else reversed(stores):
                    found[each.noun, each.name, stores.index(store)].append(await _cost(planner, store, each))
            print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    medians = {
        key: (median(one for one, _ in costs), median(other for _, other in costs)) for key, costs in found.items()
    }
    missed = 0
    for line in _table_head([store.quotes for store in stores]):
        print(line)
    for each in asked:
        costs = [medians[each.noun, each.name, index] for index in range(len(stores))]
        missed += costs[-1][0] > each.bound
        print(_line(each, costs))
    print(f"\n{missed} of {len(asked)} take more than they are to.")
    return 1 if missed else 0


def _table_head(sizes: Sequence[int]) -> Iterator[str]:
    columns = [*(f"PostgreSQL, {size:,}" for size in sizes), "growth", f"service, {sizes[-1]:,}", "at most", ""]
    yield f"| asked | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"


def _line(operation: NaturalOperation, costs: Sequence[tuple[float, float]]) -> str:
    growth = costs[-1][0] / max(costs[0][0], 0.001)
    cells = [
        *(f"{database:,.2f}" for database, _ in costs),
        f"{growth:.1f}",
        f"{costs[-1][1]:.2f}",
        f"{operation.bound:.0f}",
        "**missed**" if costs[-1][0] > operation.bound else "",
    ]
    return f"| {operation.noun}: {operation.name} | {' | '.join(cells)} |"


@asynccontextmanager
async def _open_store(url: str) -> AsyncIterator[Store]:
    """Open a store with one connection, as the service reads with."""
    pool = reading_pool(Settings(database_url=url, pool_size=1, statement_timeout=60))
    try:
        quotes = int(await pool.value("SELECT count(*) FROM fact WHERE typename = 'Quote'"))
        backend = int(await pool.value("SELECT pg_backend_pid()"))
        yield Store(url, pool, fetch_names(url), quotes, backend)
    finally:
        await pool.close()


async def _cost(planner: Planner, store: Store, operation: NaturalOperation) -> tuple[float, float]:
    """Return the CPU milliseconds of one operation: of PostgreSQL and of the service."""
    query = to_document(operation.query, store.names)
    # the first run plans it, and reads its data into memory
    await _ask(planner, store, query)
    count, begun = 0, time.perf_counter()
    database, service = main_thread_milliseconds(store.backend), time.process_time()
    while count == 0 or (count < MOST and time.perf_counter() - begun < SECONDS):
        await _ask(planner, store, query)
        count += 1
    own = 1000 * (time.process_time() - service)
    return (main_thread_milliseconds(store.backend) - database) / count, own / count


async def _ask(planner: Planner, store: Store, query: str) -> bytes:
    prepared = planner.prepare(query)
    return prepared.body(await store.pool.row(prepared.sql or "", prepared.values, work=prepared.cost.work))


if __name__ == "__main__":
    sys.exit(main())
