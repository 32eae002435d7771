"""Programs that a test starts: none outlives it, and none is waited for once it has failed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def started(command: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A program until the block ends; what then still runs is killed. `options` are those of `Popen`."""
    with subprocess.Popen(command, text=True, **options) as run:
        try:
            yield run
        finally:
            # leaving the outer block waits for it, however it was that the inner one ended
            run.kill()
