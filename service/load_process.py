"""The load in a process of its own: its memory goes with it, and this process may answer requests meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from service.settings import Settings, variable


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
    process = subprocess.Popen([sys.executable, "-m", "service.cli", "load"], env=environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait()
