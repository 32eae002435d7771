"""A copy of the code, to be changed: what commands report if a part of a change is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from service.settings import REPOSITORY


def copy_house(folder: Path) -> Path:
    """Return the folder, with a copy of the code and of the migrations in it."""
    for room in ("service", "schema", "alembic"):
        shutil.copytree(REPOSITORY / room, folder / room, ignore=shutil.ignore_patterns("__pycache__", "playground"))
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    (folder / "seeds").mkdir()
    return folder


def change(path: Path, before: str, after: str) -> None:
    """Replace text that occurs once in a file."""
    code = path.read_text(encoding="utf-8")
    assert code.count(before) == 1
    path.write_text(code.replace(before, after), encoding="utf-8")


def run_command(folder: Path, *arguments: str, module: str = "service.cli", **environment: str) -> tuple[int, str]:
    """Return the exit code of a command there, and its message on what has to be fixed."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr
