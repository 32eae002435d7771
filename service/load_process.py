"""A load in a separate process: its memory is freed with it, and this process can answer requests meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from service.settings import REPOSITORY, Settings, variable
from service.stopping import GRACE_SECONDS, closed_in_any_case, end_process

TERM_SECONDS = GRACE_SECONDS + 1
"""The process ends by itself before that."""
KILL_SECONDS = 5.0


@contextmanager
def load_process(settings: Settings, *, is_beside: bool) -> Iterator[subprocess.Popen[bytes]]:
    """Run `gipfelbuch load` on the database of these settings; it is ended with the block, unless it has already ended.

    is_beside: whether others also write to the terminal, so that the process prints only lines.
    """
    own = {variable(name): getattr(settings, name) for name in ("database_url", "database_reader_url")}
    environment = {**os.environ, **{name: url for name, url in own.items() if url}}
    if settings.sets == ():
        environment[variable("sets")] = "none"
    if is_beside:
        environment["TTY_COMPATIBLE"] = "0"
    # by its file, and without the current folder, where a package may have the same name as ours
    command = [sys.executable, "-P", str(REPOSITORY / "gipfelbuch.py"), "load", "--reported"]
    process = subprocess.Popen(command, env=environment)
    # PostgreSQL rolls back whatever it was doing
    steps = (signal.SIGTERM, TERM_SECONDS), (signal.SIGKILL, KILL_SECONDS)
    with closed_in_any_case(lambda: end_process(process, *steps)):
        yield process
