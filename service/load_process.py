"""The load in a process of its own: its memory goes with it, and this process may answer requests meanwhile."""

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
"""It ends by itself before."""
KILL_SECONDS = 5.0


@contextmanager
def load_process(settings: Settings, *, is_beside: bool) -> Iterator[subprocess.Popen[bytes]]:
    """`gipfelbuch load` on the database of these settings; ended with the block, if it has not ended before.

    is_beside: whether others write on the terminal too, so that it writes lines alone.
    """
    own = {variable(name): getattr(settings, name) for name in ("database_url", "database_reader_url")}
    environment = {**os.environ, **{name: url for name, url in own.items() if url}}
    if settings.sets == ():
        environment[variable("sets")] = "none"
    if is_beside:
        environment["TTY_COMPATIBLE"] = "0"
    # by its file, and without the folder that we are in: a package there may have the name of ours
    process = subprocess.Popen([sys.executable, "-P", str(REPOSITORY / "gipfelbuch.py"), "load"], env=environment)
    # whatever it was about, PostgreSQL takes back
    steps = (signal.SIGTERM, TERM_SECONDS), (signal.SIGKILL, KILL_SECONDS)
    with closed_in_any_case(lambda: end_process(process, *steps)):
        yield process
