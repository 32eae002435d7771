"""Programs that a test starts: none outlives the test, and none is waited for once the test has failed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def start_process(command: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """Yield a program until the block ends; if it is still running then, it is killed. `options` are those of
    `Popen`.
    """
    with subprocess.Popen(command, text=True, **options) as run:
        try:
            yield run
        finally:
            # leaving the outer block waits for it, however the inner one ended
            run.kill()
