"""The command line as a user sees it: its messages, its exit codes, and what it leaves behind."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import typer

from service.cli import app
from service.settings import REPOSITORY
from service.store.embedded.database import embedded_database
from tests.processes import start_process
from tests.run.commands import (
    COMMAND,
    START_SECONDS,
    VLADIVOSTOK,
    refusal_of,
    run_command,
    run_curl,
    run_service,
    running_in,
    said_until_curl,
    variables,
)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("command", ["", *typer.main.get_group(app).commands])
def test_every_command_helps(command: str) -> None:
    done = run_command(*command.split(), "--help")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Usage: " in done.stdout


def test_the_printed_line_works_and_a_second_start_is_quick(folder: Path, port: int) -> None:
    settings = {"GIPFELBUCH_DATA_DIR": folder, "GIPFELBUCH_PORT": port}
    with run_service(**settings) as (run, line):
        assert f"http://127.0.0.1:{port}/graphql" in line
        assert run_curl(line) == VLADIVOSTOK
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
    assert running_in(folder) == []
    with run_service(**settings) as (run, line):
        assert run_curl(line) == VLADIVOSTOK
        assert processor_seconds(run) < 1.8 * importing_seconds()
        run.send_signal(signal.SIGINT)
        assert run.wait(START_SECONDS) == 0
    assert running_in(folder) == []


def processor_seconds(run: subprocess.Popen[str]) -> float:
    """Return the CPU time of a start so far: its duration if nothing else runs, and independent of other load."""
    return float(sum(psutil.Process(run.pid).cpu_times()[:4]))


def importing_seconds() -> float:
    """Return the cost of only importing the service: a start with nothing to do costs hardly more."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "import service.app"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_stopped_while_it_starts(folder: Path, port: int) -> None:
    settings = variables(GIPFELBUCH_DATA_DIR=folder, GIPFELBUCH_PORT=port)
    with start_process([*COMMAND, "serve"], env=settings, stderr=subprocess.PIPE) as run:
        assert run.stderr
        assert run.stderr.readline() == "Starting the database ...\n"
        run.send_signal(signal.SIGINT)
        assert run.wait(START_SECONDS) == 0
    assert running_in(folder) == []


def test_the_service_is_killed(filled_folder: Path, port: int) -> None:
    settings = {"GIPFELBUCH_DATA_DIR": filled_folder, "GIPFELBUCH_PORT": port}
    with run_service(**settings) as (run, line):
        run.kill()
    with run_service(**settings) as (run, line):
        assert run_curl(line) == VLADIVOSTOK
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
    assert running_in(filled_folder) == []


def test_a_database_of_the_users(folder: Path, port: int, scratch: str) -> None:
    settings = {"GIPFELBUCH_DATA_DIR": folder, "GIPFELBUCH_PORT": port, "DATABASE_URL": scratch}
    with run_service(**settings) as (run, line):
        assert run_curl(line) == VLADIVOSTOK
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
    assert list(folder.iterdir()) == []


def test_a_first_run_compares_the_store_with_the_seeds_once(folder: Path, port: int, scratch: str) -> None:
    settings = {"GIPFELBUCH_DATA_DIR": folder, "GIPFELBUCH_PORT": port, "DATABASE_URL": scratch}
    with start_process([*COMMAND, "serve"], env=variables(**settings), cwd="/", stderr=subprocess.PIPE) as run:
        said = [sentence.partition(" (")[0] for sentence in said_until_curl(run)]
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
    compared = ["Comparing the store with the seeds ...", "There are changes to load."]
    assert said[:3] == [*compared, "Bringing the tables up to date ..."]
    assert not {*compared} & {*said[2:]}


def test_a_load_whose_changes_have_been_loaded_meanwhile_says_so(scratch: str) -> None:
    assert run_command("load", DATABASE_URL=scratch).returncode == 0
    second = run_command("load", "--reported", DATABASE_URL=scratch)
    assert (second.returncode, second.stderr) == (0, "Nothing has changed since the last load.\n")


def test_a_second_load_changes_nothing(scratch: str) -> None:
    first = run_command("load", DATABASE_URL=scratch)
    assert first.returncode == 0
    # a parameter that only one of the two libraries knows is no reason to load again
    second = run_command("load", DATABASE_URL=f"{scratch}&connect_timeout=10")
    assert second.returncode == 0
    assert "Nothing has changed since the last load. " in second.stderr


def test_a_taken_port(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        said = refusal_of("serve", GIPFELBUCH_DATA_DIR=folder, GIPFELBUCH_PORT=port)
    assert said == (
        f"Cannot listen on 127.0.0.1, port {port}: address already in use. Set GIPFELBUCH_PORT to another port."
    )
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_used(folder: Path) -> None:
    (folder / "file").touch()
    said = refusal_of("migrate", GIPFELBUCH_DATA_DIR=folder / "file")
    assert said == f"The data folder {folder}/file cannot be used: File exists ({folder}/file)"


def test_a_folder_in_use(folder: Path) -> None:
    with embedded_database(folder):
        said = refusal_of("migrate", GIPFELBUCH_DATA_DIR=folder)
    assert said == (
        f"The data folder {folder} is in use by process {os.getpid()}. Set GIPFELBUCH_DATA_DIR to another folder."
    )


def test_a_second_run_on_a_folder_says_so_and_the_first_goes_on(filled_folder: Path, port: int) -> None:
    with run_service(GIPFELBUCH_DATA_DIR=filled_folder, GIPFELBUCH_PORT=port) as (run, line):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            other = listener.getsockname()[1]
        for command in ("serve", "load"):
            said = refusal_of(command, GIPFELBUCH_DATA_DIR=filled_folder, GIPFELBUCH_PORT=other)
            assert said == (
                f"The data folder {filled_folder} is in use by process {run.pid}."
                " Set GIPFELBUCH_DATA_DIR to another folder."
            )
        assert run_curl(line) == VLADIVOSTOK
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
    assert running_in(filled_folder) == []


def test_a_database_that_does_not_answer() -> None:
    assert refusal_of("migrate", DATABASE_URL="postgresql://reader@127.0.0.1:1/register") == (
        "The database cannot be reached: connection failed: "
        'connection to server at "127.0.0.1", port 1 failed: Connection refused'
    )


def test_a_setting_that_cannot_be_used() -> None:
    assert refusal_of("serve", GIPFELBUCH_PORT="http") == (
        "A setting is invalid. GIPFELBUCH_PORT: Input should be a valid integer, unable to parse string as an integer"
    )


def test_the_schema_is_the_one_written_down() -> None:
    done = run_command("schema")
    assert done.stdout == (REPOSITORY / "schema" / "schema.graphql").read_text(encoding="utf-8")
    assert run_command("schema", "--check").returncode == 0
