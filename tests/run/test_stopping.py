"""A command that a signal asks to end does so in time, and quietly, even if the signal's exception is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from service import load_process
from service.settings import Settings
from service.store.transactions import write_transaction
from tests.run.commands import running_in, variables

pytestmark = pytest.mark.slow

BOUND_SECONDS = 60
"""Far less than what the programs below wait for."""
TOLD = """
import os, signal, sys, time
from service import cli, startup, stopping

stopping.GRACE_SECONDS = {grace}

def tell():
    os.kill(os.getpid(), signal.SIGTERM)

class Drops:
    def __del__(self):
        tell()
        time.sleep(0.1)

"""
IN_A_CALLBACK = """
from service.store import rows

plain = rows._plain

def told(value):
    {told}
    rows._plain = plain
    return plain(value)

rows._plain = told
sys.argv[1:] = ["load"]
cli.main()
"""
BESIDE_A_DATABASE = """
from pathlib import Path
from service.store.embedded.database import embedded_database

cli.unwind_on_signals()
with embedded_database(Path(sys.argv[1])):
    print("open", flush=True)
    Drops()
    time.sleep(600)
"""
A_POOL_THAT_STAYS_OPEN = """
import asyncio
from service.store.pool import ReadingPool

async def close(self):
    await asyncio.to_thread(time.sleep, 600)

ReadingPool.close = close
announce = startup.announce

def announce_and_stop(settings):
    announce(settings)
    tell()

startup.announce = announce_and_stop
sys.argv[1:] = ["serve"]
cli.main()
"""


def run_program(program: str, *arguments: str, grace: float = 60, **settings: object) -> tuple[int, str]:
    """Return the exit code and the output of a separate program."""
    done = subprocess.run(
        [sys.executable, "-c", TOLD.format(grace=grace) + program, *arguments],
        env=variables(**settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=BOUND_SECONDS,
    )
    return done.returncode, done.stderr


def entries(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT (SELECT count(*) FROM actor) + (SELECT count(*) FROM dataset)").fetchone()
    return int(row[0]) if row else -1


def wait_for_one_who_waits(url: str) -> None:
    end = time.monotonic() + BOUND_SECONDS
    with psycopg.connect(url, autocommit=True) as connection:
        while not connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            assert time.monotonic() < end
            time.sleep(0.05)


@pytest.mark.parametrize(
    ("told", "grace"),
    [("tell(); time.sleep(0.1)", 60), ("Drops()", 60), ("Drops(); time.sleep(600)", 1)],
    ids=["turned into another", "dropped", "dropped, and it takes long"],
)
def test_a_load_leaves_quietly_and_changes_nothing(told: str, grace: float, scratch: str) -> None:
    code, said = run_program(IN_A_CALLBACK.format(told=told), grace=grace, DATABASE_URL=scratch)
    assert code == 128 + signal.SIGTERM
    assert said.endswith("Loading the seeds ...\n")
    assert entries(scratch) == 0


def test_the_embedded_database_ends_too(folder: Path) -> None:
    assert run_program(BESIDE_A_DATABASE, str(folder), grace=1) == (128 + signal.SIGTERM, "")
    assert running_in(folder) == []


def test_the_service_waits_for_nothing_for_ever(database: str, port: int) -> None:
    code, said = run_program(A_POOL_THAT_STAYS_OPEN, grace=1, DATABASE_URL=database, GIPFELBUCH_PORT=port)
    assert code == 0
    assert "Traceback" not in said


def test_a_load_that_does_not_listen_is_killed(scratch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_process, "TERM_SECONDS", 0.5)
    settings = Settings(database_url=scratch, sets=())
    with write_transaction(scratch), load_process.load_process(settings, is_beside=True) as loading:
        wait_for_one_who_waits(scratch)
        os.kill(loading.pid, signal.SIGSTOP)
        began = time.monotonic()
    assert loading.returncode == -signal.SIGKILL
    assert time.monotonic() - began < BOUND_SECONDS
