"""A service that watches its database: killed under load, the database is back without anybody's help."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, count, repeat
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from service.errors import DatabaseFailed
from service.store.embedded.database import embedded_database
from tests.run.commands import START_SECONDS, run_service, running_in
from tests.run.states import kill_postmaster

pytestmark = pytest.mark.slow

QUESTION = 'query Number%d { summit(slug: "vladivostok-2019") { status } }'
NUMBERS = count()
"""Each question has a different number, so that no response comes from memory."""
ANSWER = {"data": {"summit": {"status": "HELD"}}}
BACK_SECONDS = 30
ASKING, ASKED_SECONDS = 8, 1


def ask(endpoint: str) -> httpx.Response:
    return httpx.post(endpoint, json={"query": QUESTION % next(NUMBERS)}, timeout=30)


def until_answered(endpoint: str, folder: Path, before: int | None) -> list[httpx.Response]:
    """Return the responses to successive questions, up to a good one from another postmaster than before.

    If only the postmaster is killed, its child processes may respond for a moment longer.
    """
    found = []
    end = time.monotonic() + BACK_SECONDS
    while time.monotonic() < end:
        is_back = postmaster(folder) not in (None, before)
        found.append(ask(endpoint))
        if is_back and found[-1].status_code == 200:
            return found
        time.sleep(0.01)
    raise AssertionError(f"not away and back in {BACK_SECONDS} s")


def test_the_database_is_killed_under_load_and_comes_back(filled_folder: Path, port: int) -> None:
    endpoint = f"http://127.0.0.1:{port}/graphql"
    with run_service(GIPFELBUCH_DATA_DIR=filled_folder, GIPFELBUCH_PORT=port) as (run, _):
        for _ in range(2):
            assert ask(endpoint).json() == ANSWER
            with ThreadPoolExecutor(ASKING) as askers:
                # they are already sending requests when it is killed
                asking = askers.map(
                    until_answered, [endpoint] * ASKING, repeat(filled_folder), repeat(postmaster(filled_folder))
                )
                time.sleep(ASKED_SECONDS)
                assert kill_postmaster(filled_folder)
                asked = list(asking)
            # a read may wait until the database is back: tests/web/test_outage.py tests that its absence is reported
            for each in chain.from_iterable(asked):
                if each.status_code == 503:
                    assert (each.headers["retry-after"], code(each.json())) == ("5", "DATABASE_UNREACHABLE")
                else:
                    assert (each.status_code, each.json()) == (200, ANSWER)
        assert run.poll() is None
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
    assert running_in(filled_folder) == []


def code(answer: Any) -> str:
    (error,) = answer["errors"]
    return str(error["extensions"]["code"])


def test_what_was_committed_is_there_when_it_is_back(folder: Path) -> None:
    with embedded_database(folder) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE memory AS SELECT 'Singapore' AS place")
        before = postmaster(folder)
        assert kill_postmaster(folder)
        assert place(url) == "Singapore"
        assert postmaster(folder) != before
    assert running_in(folder) == []


def place(url: str) -> str:
    end = time.monotonic() + BACK_SECONDS
    while True:
        try:
            with psycopg.connect(url) as connection:
                row = connection.execute("SELECT place FROM memory").fetchone()
                assert row
                return str(row[0])
        except psycopg.OperationalError:
            assert time.monotonic() < end
            time.sleep(0.05)


def postmaster(folder: Path) -> int | None:
    """Return its process id; None while there is none."""
    try:
        return int((folder / "postgres" / "postmaster.pid").read_text().split("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


def test_a_single_connection_that_is_killed_costs_no_restart(folder: Path) -> None:
    with embedded_database(folder) as url:
        before = postmaster(folder)
        with psycopg.connect(url) as connection, pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        assert postmaster(folder) == before


def test_stopping_while_it_is_away(folder: Path) -> None:
    with embedded_database(folder):
        assert kill_postmaster(folder)
        time.sleep(0.3)
    assert running_in(folder) == []


def test_a_server_that_cannot_come_back_is_tried_again(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with embedded_database(folder) as url:
        hidden = folder / "postgres" / "global" / "pg_control"
        hidden.rename(hidden.with_suffix(".hidden"))
        assert kill_postmaster(folder)
        end = time.monotonic() + BACK_SECONDS
        while not any("could not be restarted" in record.message for record in caplog.records):
            assert time.monotonic() < end
            time.sleep(0.05)
        hidden.with_suffix(".hidden").rename(hidden)
        while "The database is running again." not in [record.message for record in caplog.records]:
            assert time.monotonic() < end
            time.sleep(0.05)
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_why_it_gave_up_is_in_the_log_of_the_service(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with embedded_database(folder):
        with (folder / "postgres.log").open("a") as log:
            log.write("2026-12-01 15:51:51.176 UTC [21951] PANIC:  could not write to file: No space left on device\n")
        assert kill_postmaster(folder)
        end = time.monotonic() + BACK_SECONDS
        while "The database is running again." not in caplog.messages:
            assert time.monotonic() < end
            time.sleep(0.05)
    reason = "PANIC:  could not write to file: No space left on device"
    assert caplog.messages[0] == f"The database stopped (-9); restarting it. {reason}"


def test_a_server_that_does_not_start_at_all_is_not_watched(folder: Path) -> None:
    with embedded_database(folder):
        pass
    (folder / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseFailed), embedded_database(folder):
        pass
    assert running_in(folder) == []
