"""The commands as a user runs them, with what they receive and leave behind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Thread

import psutil

from service.settings import PREFIX
from tests.processes import start_process

COMMAND = [sys.executable, "-m", "service.cli"]
START_SECONDS = 60
STEP = re.compile(r".* (\.\.\.|\(\d+\.\d s\))")
"""Beginning or end of a step in a command's output."""


def variables(**settings: object) -> Mapping[str, str]:
    """Return the environment of a command: no settings except these, and no sets."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | {"GIPFELBUCH_SETS": "none"} | {name: str(value) for name, value in settings.items()}


def run_command(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        env=variables(**settings),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=START_SECONDS,
    )


def export_digests(folder: Path, **settings: object) -> dict[str, str]:
    """Return the digests of all files of a loaded register, by name; they are written into a new folder."""
    done = run_command("export", "--to", str(folder), **settings)
    assert done.returncode == 0, done.stderr
    assert "Loading" not in done.stderr
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def refusal_of(*arguments: str, **settings: object) -> str:
    """Return the one sentence with which a command exits, after its messages about steps."""
    done = run_command(*arguments, **settings)
    assert done.returncode == 2
    assert done.stdout == ""
    *steps, said = done.stderr.splitlines()
    assert [step for step in steps if not STEP.fullmatch(step)] == []
    return said


@contextmanager
def run_service(**settings: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a service and the curl line that it printed."""
    with start_process([*COMMAND, "serve"], env=variables(**settings), cwd="/", stderr=subprocess.PIPE) as run:
        yield run, curl_line(run)


def curl_line(run: subprocess.Popen[str]) -> str:
    return said_until_curl(run)[-1]


def said_until_curl(run: subprocess.Popen[str]) -> list[str]:
    """Return the messages of a service until it responds; the last one is the curl line."""
    assert run.stderr
    said = []
    for line in run.stderr:
        said.append(line.strip())
        if said[-1].startswith("curl "):
            # the log continues there: a pipe that nobody reads would block the service once it is full
            Thread(target=run.stderr.read, daemon=True).start()
            return said
    raise AssertionError("it ended without a curl line:\n" + "\n".join(said))


def run_curl(line: str) -> object:
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def running_in(folder: Path) -> list[int]:
    data = str(folder / "postgres")
    return [process.pid for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == data]


VLADIVOSTOK = {
    "data": {
        "summit": {
            "name": "Vladivostok 2019",
            "status": "HELD",
            "date": {"edtf": "2019-04-25"},
        }
    }
}
