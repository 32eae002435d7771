"""The complete state of a store, so that anything half done shows; and how its processes are killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psycopg

from service.store.embedded.database import embedded_database
from tests.processes import start_process
from tests.run.commands import COMMAND, START_SECONDS, variables

VICTIMS = ("service", "database", "both")
NEWEST = "WHERE download.revision = (SELECT max(revision) FROM download)"
COMPARED = {
    "download": NEWEST,
    # each part that one of the files has, by the columns that the two tables share in their version
    "download_part": f"NATURAL JOIN download {NEWEST}",
}


@dataclass(frozen=True)
class State:
    """The revision of the tables, the fingerprint, and the rows of each table; all empty if nothing exists."""

    revision: str | None
    fingerprint: str | None
    rows: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Whether there are no facts; the tables may or may not exist."""
        return not any(count for table, count in self.rows.items() if table != "alembic_version")


def state(url: str) -> State:
    """Return the state of a database."""
    with psycopg.connect(url) as connection:
        tables = [
            str(row[0])
            for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            # what each load has changed depends on how the store got into its state
            if row[0] != "entry_change"
        ]
        rows = {table: count(connection, table) for table in tables}
        if "alembic_version" not in tables:
            return State(None, None, rows)
        found = connection.execute(
            "SELECT version_num, obj_description('alembic_version'::regclass, 'pg_class') FROM alembic_version"
        ).fetchone()
        return State(found[0], found[1], rows) if found else State(None, None, rows)


def count(connection: psycopg.Connection, table: str) -> int:
    """Return the number of rows of a table; for download files those of the newest revision, since earlier
    ones stay.
    """
    among = COMPARED.get(table, "")
    row = connection.execute(f'SELECT count(*) FROM "{table}" {among}'.encode()).fetchone()
    assert row
    return int(row[0])


def state_in(folder: Path) -> State:
    """Return the state of a folder's database, which nobody is running."""
    with embedded_database(folder) as url:
        return state(url)


def copy_folder(source: Path, target: Path) -> Path:
    """Return a folder with the contents of another, including owners."""
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-a", source, target], check=True)
    return target


def kill_load(random: Random, victim: str, seconds: float, **settings: object) -> str:
    """Run a load and kill it halfway; return what the command printed on stderr."""
    with start_process(
        [*COMMAND, "load"], env=variables(**settings), cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as run:
        time.sleep(random.uniform(0, seconds))
        if victim != "service":
            kill_postmaster(Path(str(settings["GIPFELBUCH_DATA_DIR"])))
        if victim != "database":
            run.kill()
        return run.communicate(timeout=START_SECONDS)[1]


def kill_postmaster(folder: Path) -> bool:
    """Kill the server; return whether there was one."""
    try:
        os.kill(int((folder / "postgres" / "postmaster.pid").read_text().split("\n")[0]), signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    return True
