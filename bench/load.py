"""Measure the cost of a load next to a bare COPY of the same rows, and how it grows.

    python -m bench.load [FACTS ...]
    python -m bench.load --sets

Each size is loaded by its own process into an empty store, then once more unchanged and with one row changed. The
resulting rows are copied out and, table by table, into the same tables of another empty store: that is bare COPY, with
every index and constraint. CPU time is that of the process, including the one next to it that makes facts, and of its
PostgreSQL backend. Memory is the peak of both together, with shared memory counted once (PSS).

With `--sets` the record with all its sets is loaded instead, by a complete `gipfelbuch load`: first as it is, then
after one change and another. Time until the record is served and time until its files for download are ready are
reported separately; CPU time is that of the process and of all of PostgreSQL. The largest tables are listed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Thread
from typing import IO, Any

import orjson
import psutil
import psycopg

from bench.generated.dataset_record import generate_dataset_record
from bench.harness.cpu_time import cpu_seconds
from service.settings import REPOSITORY, variable
from service.store.embedded.database import throwaway_database
from service.store.layout import TABLES
from service.store.loading.load import load_record
from service.store.migrations import migrate
from service.store.transactions import write_transaction

SIZES = (10_000, 100_000, 1_000_000)
CHANGED_ROW = 1
SIZES_OF_TABLES = """
SELECT 'all', round(pg_database_size(current_database()) / 1e6), NULL::numeric
UNION ALL (
    SELECT relname, round(pg_table_size(relid) / 1e6, 1), round(pg_indexes_size(relid) / 1e6, 1)
    FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC LIMIT 12
)
"""
PART = 1 << 20
SAMPLE_SECONDS = 0.25


@dataclass(frozen=True)
class Cost:
    """Seconds of wall clock and of CPU, and the peak memory of the process and its own processes, in MB."""

    wall: float
    process: float
    database: float
    memory: int = 0

    @property
    def cpu(self) -> float:
        """CPU time of both."""
        return self.process + self.database


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description="Measure what a load takes.")
    parser.add_argument("facts", type=int, nargs="*", default=SIZES, help="How many facts, the derived among them.")
    parser.add_argument("--sets", action="store_true", help="Load the record with all its sets.")
    given = parser.parse_args(arguments)
    if given.sets:
        _measure_sets()
        return 0
    print(
        "| facts | rows | first load s | CPU: process | PostgreSQL | MB | rows/s | bare COPY rows/s | ratio | by CPU |"
    )
    print("|---" * 10 + "|")
    for facts in given.facts:
        _measure(facts)
    return 0


def _measure(facts: int) -> None:
    with throwaway_database() as url, TemporaryFile() as file:
        migrate(url)
        first = _in_process(_load, url, facts, 0)
        again, changed = _in_process(_load, url, facts, 0), _in_process(_load, url, facts, CHANGED_ROW)
        count, sizes = _copy_out(url, file)
        _truncate_tables(url)
        bare = _copy_in(url, file, sizes)
    cells = [
        f"{facts:,}",
        f"{count:,}",
        *(f"{each:.1f}" for each in (first.wall, first.process, first.database)),
        f"{first.memory:,}",
        *(f"{count / each.wall:,.0f}" for each in (first, bare)),
        *(f"{ratio:.2f}" for ratio in (bare.wall / first.wall, bare.cpu / first.cpu)),
    ]
    print(f"| {' | '.join(cells)} |", flush=True)
    for name, cost in (("unchanged", again), ("one row changed", changed)):
        print(f"{facts:,} {name}: {cost.wall:.1f} s, CPU {cost.cpu:.1f}, {cost.memory} MB", file=sys.stderr, flush=True)


def _measure_sets() -> None:
    with TemporaryDirectory() as folder, throwaway_database() as url:
        seeds = Path(folder) / "seeds"
        shutil.copytree(REPOSITORY / "seeds", seeds)
        migrate(url)
        for name, change in CHANGES.items():
            change(seeds)
            print(f"{name}:", flush=True)
            for until, cost in _run_load(url, seeds).items():
                cpu = f"CPU {cost.process:.1f} s and PostgreSQL {cost.database:.1f} s"
                print(f"    {until} {cost.wall:.1f} s, {cpu}, {cost.memory} MB", flush=True)
        with psycopg.connect(url) as connection:
            for table, rows_mb, indexes_mb in connection.execute(SIZES_OF_TABLES.encode()):
                print(f"{table}: {rows_mb} MB, its indexes {indexes_mb} MB")


def _run_load(url: str, seeds: Path) -> dict[str, Cost]:
    """Return what `gipfelbuch load` has used when it reports that it starts on the files, and in the end."""
    environment = {**os.environ, variable("database_url"): url, variable("seeds"): str(seeds)}
    # otherwise each load compiles the code
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with psycopg.connect(url) as connection:
        server = psutil.Process(connection.info.backend_pid).parent() or psutil.Process()
    started, before, memory = time.monotonic(), _seconds_of_all(server), 0
    costs: dict[str, Cost] = {}

    def note(until: str, process: float) -> None:
        costs[until] = Cost(time.monotonic() - started, process, _seconds_of_all(server) - before, memory // 1_000_000)

    def follow() -> None:
        for line in run.stderr or ():
            if line.startswith("Writing"):
                note("answered from", cpu_seconds(psutil.Process(run.pid)))

    others = _seconds_of_children()
    with subprocess.Popen(
        [sys.executable, REPOSITORY / "gipfelbuch.py", "load"], env=environment, stderr=subprocess.PIPE, text=True
    ) as run:
        following = Thread(target=follow)
        following.start()
        while run.poll() is None:
            with suppress(psutil.NoSuchProcess):
                memory = max(memory, _memory_of(psutil.Process(run.pid)))
            time.sleep(SAMPLE_SECONDS)
        following.join()
    note("with its files", _seconds_of_children() - others)
    return costs


def _seconds_of_children() -> float:
    """Return the CPU time of ended processes that this process started."""
    return sum(os.times()[2:4])


def _seconds_of_all(server: psutil.Process) -> float:
    """Return the CPU time of PostgreSQL, including its processes that have ended."""
    found = sum(server.cpu_times()[:4])
    for each in server.children():
        with suppress(psutil.NoSuchProcess):
            found += cpu_seconds(each)
    return found


def _change_row(file: str, beginning: str, change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """Return a change of the first row of a set's file whose slug begins like this."""

    def change_first(seeds: Path) -> None:
        path = seeds / "sets" / file
        lines = path.read_bytes().splitlines()
        number = next(n for n, line in enumerate(lines) if line.startswith(f'{{"slug":"{beginning}'.encode()))
        entry = orjson.loads(lines[number])
        change(entry)
        lines[number] = orjson.dumps(entry)
        path.write_bytes(b"\n".join(lines) + b"\n")

    return change_first


def _summarise(entry: dict[str, Any]) -> None:
    entry["summary"] = {"en": "In other words."}


def _change_exit(entry: dict[str, Any]) -> None:
    said, *_ = entry["exit"].values()
    entry["exit"] = {"Irregular" if "Regular" in entry["exit"] else "Regular": said}


def _doubt_a_claim(seeds: Path) -> None:
    """Make one claim merely probable: the first claim of a quote that has no further word."""
    path = seeds / "quotes.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'(: \["\w+ p\d+s\d+)"', r'\1 likely"', text, count=1), encoding="utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "first load": lambda seeds: None,
    "unchanged": lambda seeds: None,
    "a trip changed": _change_row("histstate/meetings.jsonl", "trip-", _summarise),
    "a visit changed": _change_row("histstate/meetings.jsonl", "visit-", _summarise),
    "a spell of Archigos changed": _change_row("archigos/offices.jsonl", "archigos-afg-1879-1", _change_exit),
    "a claim of a curated document changed": _doubt_a_claim,
}
"""What is loaded in turn, each after the previous one."""


def _in_process(work: Callable[..., Cost], *arguments: object) -> Cost:
    """Return what work costs in a process of its own."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_send_result, args=(there, work, arguments))
    process.start()
    there.close()
    memory = 0
    try:
        while not here.poll(SAMPLE_SECONDS):
            memory = max(memory, _memory_of(psutil.Process(process.pid)))
        cost: Cost = here.recv()
    finally:
        process.join()
    return replace(cost, memory=memory // 1_000_000)


def _memory_of(process: psutil.Process) -> int:
    """Return the bytes that a process and its children use, with each page divided among those that share it."""
    found = 0
    for each in (process, *process.children()):
        # it may have ended meanwhile
        with suppress(psutil.NoSuchProcess):
            found += each.memory_full_info().pss
    return found


def _send_result(pipe: Pipe, work: Callable[..., Cost], arguments: Sequence[object]) -> None:
    pipe.send(work(*arguments))


def _load(url: str, facts: int, later: int) -> Cost:
    given = generate_dataset_record(facts, later)
    with write_transaction(url) as connection:
        return _cost(connection, lambda: load_record(connection, given))


def _cost(connection: psycopg.Connection, work: Callable[[], object]) -> Cost:
    backend = connection.info.backend_pid
    wall, process, database = time.monotonic(), sum(os.times()[:4]), cpu_seconds(psutil.Process(backend))
    work()
    return Cost(
        time.monotonic() - wall,
        sum(os.times()[:4]) - process,
        cpu_seconds(psutil.Process(backend)) - database,
    )


# ------------------------------------------------------------------ bare COPY


def _copy_out(url: str, file: IO[bytes]) -> tuple[int, dict[str, int]]:
    """Copy all rows into a file, table by table; return how many there are, and the bytes of each table."""
    count, sizes = 0, {}
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for table in TABLES:
            before = file.tell()
            with cursor.copy(f"COPY {table} TO STDOUT".encode()) as copy:
                for part in copy:
                    file.write(part)
            count += cursor.rowcount
            sizes[table] = file.tell() - before
    return count, sizes


def _copy_in(url: str, file: IO[bytes], sizes: dict[str, int]) -> Cost:
    """Return the cost of copying the rows into the empty tables, in one transaction."""

    def copy_all() -> None:
        for table, size in sizes.items():
            with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
                for start in range(0, size, PART):
                    copy.write(file.read(min(PART, size - start)))
        connection.commit()

    file.seek(0)
    with psycopg.connect(url) as connection:
        return _cost(connection, copy_all)


def _truncate_tables(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(f"TRUNCATE {', '.join(TABLES)}".encode())


if __name__ == "__main__":
    sys.exit(main())
