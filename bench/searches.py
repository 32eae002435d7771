"""PostgreSQL's cost of a search on a generated store of 6,000 quotes: python -m bench.searches [URL].

With a URL that store is queried; without one, a throwaway store is filled. The words come from the generated record.
"""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack

import psutil
import psycopg

from bench.harness.cpu_time import cpu_seconds
from bench.harness.pgbench import planner_options
from bench.harness.stores import fill_store
from schema import schema
from service.planner.planner import Planner
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate

QUOTES, SECONDS = 6_000, 1.5
SEARCHES = {
    "a name": "Bina Voti",
    "three words that one quote has": "tozife ronofa zanriva",
    "a beginning that every third quote has": "kor",
    "five words that nothing has all of": "tozife hudasan mudan bafor borvage",
    "two names and a word too many": "Bina Voti Gevor Zike Banane",
    "a kind and a year": "summit 2019",
}
LIST_QUERY = (
    "query ($text: String!) { search(text: $text) { totalCount edges { score node { ... on Entry { slug } } } } }"
)
MARKED_QUERY = LIST_QUERY.replace("score", "score matched { text isHit }")


def main() -> None:
    with ExitStack() as stack:
        url = sys.argv[1] if len(sys.argv) > 1 else stack.enter_context(throwaway_database())
        if len(sys.argv) == 1:
            migrate(url)
            fill_store(url, QUOTES)
        print("| Search | twenty hits | with the text that was found |\n| --- | --- | --- |")
        with psycopg.connect(url, autocommit=True, options=planner_options(url)) as connection:
            for name, text in SEARCHES.items():
                listed, marked = (cost(connection, query, text) for query in (LIST_QUERY, MARKED_QUERY))
                print(f"| {name} | {listed:.2f} | {marked:.2f} |")


def cost(connection: psycopg.Connection, query: str, text: str) -> float:
    """Return the mean CPU milliseconds that the connection's own process takes for a search."""
    prepared = Planner(schema).prepare(query, None, {"text": text})
    cursor = psycopg.RawCursor(connection)
    (pid,) = cursor.execute("SELECT pg_backend_pid()").fetchone() or (0,)
    for _ in range(10):
        cursor.execute(str(prepared.sql), prepared.values, prepare=True)
    process = psutil.Process(pid)
    runs, before, end = 0, cpu_seconds(process), time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        cursor.execute(str(prepared.sql), prepared.values, prepare=True)
        runs += 1
    return 1000 * (cpu_seconds(process) - before) / runs


if __name__ == "__main__":
    main()
