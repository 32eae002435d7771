"""SIGKILL at any moment of a first run, a load or a migration: nothing is half done, and the next run recovers.

FAULTS says how many moments are tried for each; they are the same each time, as fractions of the undisturbed duration.
It also says how many older versions' folders are migrated: the first, the last, and others between them. The three
begin with a different victim in turn, so that each is killed whatever FAULTS is.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import psutil
import psycopg
import pytest
from alembic import command

from service.settings import REPOSITORY
from service.store.current import mark_current
from service.store.embedded.database import embedded_database
from service.store.upgrading import _config, alembic_transaction, driver_of
from tests.run.commands import START_SECONDS, VLADIVOSTOK, run_command, run_curl, run_service, running_in
from tests.run.conftest import LoadedFolder
from tests.run.states import VICTIMS, State, copy_folder, kill_load, state_in
from tests.run.test_migrations import revisions

pytestmark = pytest.mark.slow

FAULTS = int(os.environ.get("FAULTS", "2"))
RENAMED = {"reading": "snapshot"}
"""Tables by the names that they had in the first version."""
DIGESTS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name IN ('digest', 'inputs')
"""
"""The columns by which an entry is found to be unchanged."""
OLDER = revisions()[:-1]
SOME_OLDER = sorted({OLDER[part * (len(OLDER) - 1) // FAULTS] for part in range(FAULTS + 1)}, key=OLDER.index)


def kill_moments(begin: int) -> list[tuple[str, int]]:
    return [(VICTIMS[(begin + number) % len(VICTIMS)], number) for number in range(FAULTS)]


class UndisturbedLoad(NamedTuple):
    """Folder that was loaded once and stopped, its contents, and how long that took."""

    folder: Path
    state: State
    seconds: float


@pytest.fixture(scope="module")
def undisturbed_load(loaded_folder: LoadedFolder) -> UndisturbedLoad:
    return UndisturbedLoad(loaded_folder.folder, state_in(loaded_folder.folder), loaded_folder.seconds)


@pytest.fixture(scope="module")
def changed_seeds() -> Iterator[Path]:
    """Return the seeds with another name for a meeting and one quote less."""
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        folder = Path(name).resolve() / "seeds"
        shutil.copytree(REPOSITORY / "seeds", folder)
        meetings = folder / "meetings.yaml"
        text = meetings.read_text(encoding="utf-8")
        assert text.count("en: Vladivostok 2019,") == 1
        meetings.write_text(text.replace("en: Vladivostok 2019,", "en: Vladivostok - 2019,"), encoding="utf-8")
        yield folder


def recover(folder: Path, port: int, **settings: object) -> State:
    """Return the state after the next start, which responds, and the load alongside it."""
    with run_service(GIPFELBUCH_DATA_DIR=folder, GIPFELBUCH_PORT=port, **settings) as (run, line):
        answer = run_curl(line)
        if not settings:
            assert answer == VLADIVOSTOK
        # that load writes the files for download after the service responds
        loads = [child for child in psutil.Process(run.pid).children() if "load" in child.cmdline()]
        assert psutil.wait_procs(loads, START_SECONDS)[1] == []
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
    assert running_in(folder) == []
    return state_in(folder)


def without_files(complete: State) -> State:
    """Return the record as a whole, without the files for download and the fingerprint that comes with them."""
    return replace(complete, fingerprint=None, rows={**complete.rows, "download": 0, "download_part": 0})


def is_migrated_and_empty(found: State, complete: State) -> bool:
    return found.is_empty and found.fingerprint is None and found.revision == complete.revision


@pytest.mark.parametrize(("victim", "number"), kill_moments(0))
def test_a_first_run_is_killed(
    folder: Path, port: int, undisturbed_load: UndisturbedLoad, victim: str, number: int
) -> None:
    data = folder / "data"
    said = kill_load(Random(f"first {number}"), victim, undisturbed_load.seconds, GIPFELBUCH_DATA_DIR=data)
    assert "Traceback" not in said
    if (data / "postgres").exists():
        found = state_in(data)
        is_untouched = found == State(None, None, {})
        is_whole = found in (undisturbed_load.state, without_files(undisturbed_load.state))
        assert is_untouched or is_migrated_and_empty(found, undisturbed_load.state) or is_whole
    assert recover(data, port) == undisturbed_load.state


@pytest.mark.parametrize(("victim", "number"), kill_moments(2))
def test_a_load_of_changed_seeds_is_killed(
    folder: Path, undisturbed_load: UndisturbedLoad, changed_seeds: Path, victim: str, number: int
) -> None:
    data = copy_folder(undisturbed_load.folder, folder / "data")
    settings = {"GIPFELBUCH_DATA_DIR": data, "GIPFELBUCH_SEEDS": changed_seeds}
    said = kill_load(Random(f"load {number}"), victim, undisturbed_load.seconds, **settings)
    assert "Traceback" not in said
    found = state_in(data)
    new = replace(undisturbed_load.state, fingerprint=found.fingerprint)
    assert found == new
    # the fingerprint comes with the files for download, after the record
    names = {"Vladivostok 2019", "Vladivostok - 2019"}
    assert name_in(data) in (
        names if found.fingerprint == undisturbed_load.state.fingerprint else {"Vladivostok - 2019"}
    )
    done = run_command("load", **settings)
    assert done.returncode == 0, done.stderr
    assert name_in(data) == "Vladivostok - 2019"
    assert state_in(data).rows == undisturbed_load.state.rows


def name_in(folder: Path) -> str:
    with embedded_database(folder) as url, psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT text FROM name WHERE text LIKE 'Vladivostok%2019' AND language = 'en'"
        ).fetchall()
    (found,) = {str(each[0]) for each in row}
    return found


@pytest.fixture(scope="module")
def oldest_folder(undisturbed_load: UndisturbedLoad) -> Iterator[Path]:
    """Return the folder as the first version left it: its tables only, with their contents."""
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        yield downgrade(copy_folder(undisturbed_load.folder, Path(name).resolve() / "older"), OLDER[0])


def downgrade(folder: Path, revision: str) -> Path:
    """Return the folder as an older version left it.

    It has that version's tables and fingerprint, and digests of different rows, which other code made.
    """
    with embedded_database(folder) as url, alembic_transaction(url) as connection:
        command.downgrade(_config(connection), revision)
        driver = driver_of(connection)
        mark_current(driver, "of an older version")
        for table, column in driver.execute(DIGESTS).fetchall():
            driver.execute(f"UPDATE {table} SET {column} = reverse({column})".encode())
    return folder


@pytest.mark.parametrize(("victim", "number"), kill_moments(1))
def test_a_migration_is_killed(
    folder: Path, oldest_folder: Path, undisturbed_load: UndisturbedLoad, victim: str, number: int
) -> None:
    data = copy_folder(oldest_folder, folder / "data")
    before = state_in(data)
    said = kill_load(Random(f"migration {number}"), victim, undisturbed_load.seconds / 2, GIPFELBUCH_DATA_DIR=data)
    assert "Traceback" not in said
    found = state_in(data)
    # if the machine has become faster meanwhile, the kill may come after the whole load, or before its files
    without = replace(without_files(undisturbed_load.state), fingerprint=before.fingerprint)
    if found not in (undisturbed_load.state, without):
        # the tables that existed then, by their present names
        kept = {table: found.rows.get(table, found.rows.get(RENAMED.get(table, ""))) for table in before.rows}
        assert kept == before.rows
        assert found.revision in (before.revision, undisturbed_load.state.revision)
    done = run_command("load", GIPFELBUCH_DATA_DIR=data)
    assert done.returncode == 0, done.stderr
    assert state_in(data) == undisturbed_load.state


@pytest.mark.parametrize("revision", SOME_OLDER)
def test_a_folder_of_an_older_version_is_brought_up_to_date(
    folder: Path, port: int, undisturbed_load: UndisturbedLoad, revision: str
) -> None:
    data = downgrade(copy_folder(undisturbed_load.folder, folder / "data"), revision)
    before = state_in(data)
    assert before.revision == revision
    assert before.rows["quote"] == undisturbed_load.state.rows["quote"]
    assert recover(data, port) == undisturbed_load.state
