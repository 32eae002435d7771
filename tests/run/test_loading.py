"""A load alongside others: the service serves the revision before, and anyone else who changes the store waits."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import psutil
import psycopg
import pytest
from alembic import command
from rich.console import Console

from service.progress import progress_of
from service.settings import SEEDS
from service.store.current import TABLE
from service.store.loading.load import load
from service.store.transactions import write_transaction
from service.store.upgrading import _config, alembic_transaction, driver_of
from tests.processes import start_process
from tests.run.commands import COMMAND, START_SECONDS, VLADIVOSTOK, run_curl, run_service, variables
from tests.run.seeds import with_another_name

pytestmark = [pytest.mark.slow, pytest.mark.sql]

WAITING = "Another process is changing the database: waiting until it has finished ...\n"


def fingerprint(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute(f"SELECT obj_description('{TABLE}'::regclass, 'pg_class')".encode()).fetchone()
    return str(row[0]) if row else ""


def test_whoever_comes_second_waits_and_says_so(scratch: str) -> None:
    with write_transaction(scratch):
        run = subprocess.Popen(
            [*COMMAND, "migrate"], env=variables(DATABASE_URL=scratch), stderr=subprocess.PIPE, text=True
        )
        assert run.stderr
        assert WAITING in iter(run.stderr.readline, "")
        assert run.poll() is None
    assert run.wait(START_SECONDS) == 0
    run.stderr.close()


def test_the_service_answers_from_the_revision_before_while_it_loads(folder: Path, port: int, scratch: str) -> None:
    with write_transaction(scratch) as connection:
        load(connection, SEEDS)
    settings = {
        "GIPFELBUCH_DATA_DIR": folder,
        "GIPFELBUCH_PORT": port,
        "DATABASE_URL": scratch,
        "GIPFELBUCH_SETS": "none",
    }
    with write_transaction(scratch), run_service(**settings) as (run, line):
        # the load waits for the transaction of this test
        assert run_curl(line) == VLADIVOSTOK
        (loading,) = psutil.Process(run.pid).children()
        assert fingerprint(scratch) == "None"
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
        assert not loading.is_running()
    with run_service(**settings) as (run, line):
        end = time.monotonic() + START_SECONDS
        while fingerprint(scratch) == "None":
            assert time.monotonic() < end
            time.sleep(0.1)
        assert run_curl(line) == VLADIVOSTOK
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0


def test_a_load_that_fails_is_an_error_in_the_log(folder: Path, port: int, scratch: str) -> None:
    with write_transaction(scratch) as connection:
        load(connection, SEEDS)
    changed = with_another_name(folder / "seeds")
    (changed / "people.yaml").write_text("kim-jong-un: {}\n", encoding="utf-8")
    settings = variables(DATABASE_URL=scratch, GIPFELBUCH_PORT=port, GIPFELBUCH_SEEDS=changed)
    with start_process([*COMMAND, "serve"], env=settings, cwd="/", stderr=subprocess.PIPE) as run:
        assert run.stderr
        said = next(line for line in run.stderr if "The load has failed" in line)
        event = json.loads(said)
        assert (event["level"], event["logger"]) == ("error", "gipfelbuch.load")
        run.send_signal(signal.SIGTERM)
        run.stderr.read()
        assert run.wait(START_SECONDS) == 0


def test_an_upgrade_of_the_tables_does_not_remove_the_sets_for_a_while(folder: Path, port: int, scratch: str) -> None:
    with write_transaction(scratch) as connection:
        load(connection, SEEDS, sets=("world-leaders",))
    with alembic_transaction(scratch) as older:
        command.downgrade(_config(older), "-1")
        # another version's digests are not comparable
        driver_of(older).execute("DELETE FROM load_digest")
    settings = {
        "GIPFELBUCH_DATA_DIR": folder,
        "GIPFELBUCH_PORT": port,
        "DATABASE_URL": scratch,
        "GIPFELBUCH_SETS": "world-leaders",
    }
    with run_service(**settings) as (run, line):
        assert run_curl(line) == VLADIVOSTOK
        with psycopg.connect(scratch) as connection:
            (covered,) = connection.execute("SELECT array_agg(covers ORDER BY slug) FROM source_dataset").fetchall()
            (removed,) = connection.execute("SELECT count(*) FROM entry_change WHERE change = 'REMOVED'").fetchall()
        assert covered == (["1840-07-23/2015-12-31", "2026-08-22"],)
        assert removed == (0,)
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0


def test_how_far_it_is_is_said_every_few_seconds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter([0.0, 2.0, 5.0, 6.0, 10.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    with progress_of("Entries", Console(force_terminal=False)) as begin:
        advance = begin(1_200)
        for _ in range(4):
            advance(200)
    assert capsys.readouterr().out == (
        "Entries: 400 of 1,200, 80 per second, about 10 s left ...\n"
        "Entries: 800 of 1,200, 80 per second, about 5 s left ...\n"
    )
