"""How the Dockerfile is followed where there is no container engine, and with which Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.containers.files import Instruction, run_copy

UNREACHABLE = ("NewConnectionError", "No matching distribution", "Could not find a version", "Max retries")
"""pip's messages if there is no network."""
INSTALL_SECONDS = 600
USER = 10_001


def python() -> Path:
    """Return the system's Python, which any user may run, or else the one that runs the tests."""
    system = Path("/usr/bin/python3")
    modules = "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))"
    if system.exists() and subprocess.run([system, "-c", modules], capture_output=True, check=False).returncode == 0:
        return system
    return Path(sys.base_prefix) / "bin" / "python3"


def user() -> int | None:
    """Return the image's user, if we may switch users and that user may run Python."""
    is_open = all(folder.stat().st_mode & 0o001 for folder in python().resolve().parents)
    return USER if os.geteuid() == 0 and is_open else None


def run_instruction(instruction: Instruction, folder: Path, path: str) -> None:
    if instruction.name == "COPY":
        run_copy(instruction.value, folder)
    elif instruction.name == "RUN":
        try:
            done = subprocess.run(
                ["/bin/sh", "-c", instruction.value],
                cwd=folder,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
                check=False,
                timeout=INSTALL_SECONDS,
            )
        except subprocess.TimeoutExpired:
            pytest.skip(f"needs packages from PyPI, which did not come within {INSTALL_SECONDS} seconds")
        if any(reason in done.stderr for reason in UNREACHABLE):
            pytest.skip("needs packages from PyPI, which cannot be reached")
        assert done.returncode == 0, done.stderr
    else:
        assert instruction.name in ("FROM", "WORKDIR")
