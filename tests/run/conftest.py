"""A data folder and a port for each test. For tests that need no load, `filled_folder` is one with a loaded record."""

from __future__ import annotations

import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.run.commands import run_command
from tests.run.states import copy_folder


class LoadedFolder(NamedTuple):
    """Data folder that was loaded once and stopped, only to be copied, and how long that took."""

    folder: Path
    seconds: float


@pytest.fixture(scope="session")
def loaded_folder() -> Iterator[LoadedFolder]:
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        folder = Path(name).resolve() / "loaded"
        began = time.monotonic()
        done = run_command("load", GIPFELBUCH_DATA_DIR=folder)
        assert done.returncode == 0, done.stderr
        yield LoadedFolder(folder, time.monotonic() - began)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        yield Path(name).resolve()


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def filled_folder(loaded_folder: LoadedFolder, folder: Path) -> Path:
    """Return a loaded data folder for one test."""
    return copy_folder(loaded_folder.folder, folder / "data")
