"""A service on a standby, which follows a primary and is read-only."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from service.store.embedded.account import PROGRAMS, database_account
from service.store.embedded.database import embedded_database
from tests.processes import start_process
from tests.run.commands import (
    COMMAND,
    START_SECONDS,
    VLADIVOSTOK,
    refusal_of,
    run_command,
    run_curl,
    said_until_curl,
    variables,
)
from tests.run.seeds import QUESTION, RENAMED, with_another_name

pytestmark = pytest.mark.slow


@pytest.fixture
def primary(folder: Path) -> Iterator[str]:
    """Return a database without tables, whose socket the standby's account can reach."""
    folder.chmod(0o711)
    with embedded_database(folder / "primary") as url:
        (folder / "primary").chmod(0o711)
        yield url


def create_standby(primary: str, folder: Path) -> Path:
    """Return the folder of a standby of a database."""
    data, account = folder / "postgres", database_account()
    host = parse_qs(urlsplit(primary).query)["host"][0]
    command = [str(PROGRAMS / "pg_basebackup"), "-D", str(data), "-h", host, "-U", "gipfelbuch", "-R", "-c", "fast"]
    folder.mkdir()
    subprocess.run(command, check=True)
    if account:
        for path in (data, *data.rglob("*")):
            os.chown(path, account.uid, account.gid)
    return folder


def test_it_answers_what_is_there_and_what_the_primary_has_loaded(primary: str, folder: Path, port: int) -> None:
    changed = with_another_name(folder / "seeds")
    assert run_command("load", DATABASE_URL=primary).returncode == 0
    with embedded_database(create_standby(primary, folder / "standby")) as url:
        environment = variables(DATABASE_URL=url, GIPFELBUCH_PORT=port, GIPFELBUCH_SEEDS=changed)
        with start_process([*COMMAND, "serve"], env=environment, cwd="/", stderr=subprocess.PIPE) as run:
            try:
                *said, line = said_until_curl(run)
                assert (
                    "The changes are not loaded because the database is a standby, or this user may only read. "
                    "The service answers from the existing register."
                ) in said
                assert run_curl(line) == VLADIVOSTOK
                assert "a read-only standby" in run_command("doctor", DATABASE_URL=url).stdout
                assert run_command("load", DATABASE_URL=primary, GIPFELBUCH_SEEDS=changed).returncode == 0
                assert soon_answered(port, RENAMED)
            finally:
                run.send_signal(signal.SIGTERM)
                assert run.wait(START_SECONDS) == 0


def soon_answered(port: int, expected: object) -> bool:
    """Return whether the response is this one once the standby has caught up."""
    for _ in range(100):
        if httpx.get(f"http://127.0.0.1:{port}/graphql", params={"query": QUESTION}).json() == expected:
            return True
        time.sleep(0.1)
    return False


def test_one_without_tables(primary: str, folder: Path, port: int) -> None:
    with embedded_database(create_standby(primary, folder / "standby")) as url:
        assert refusal_of("serve", DATABASE_URL=url, GIPFELBUCH_PORT=port) == (
            "The database refused the operation: cannot execute CREATE TABLE in a read-only transaction; "
            "it is a standby, or this user may only read"
        )
