"""Node, and npm packages as pinned by the lock file of a folder; a test that cannot have them is skipped."""

import fcntl
import shutil
import subprocess
from pathlib import Path

import pytest

OLDEST = 20
UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ENETUNREACH", "ETIMEDOUT", "ENOTCACHED")
"""npm's messages if there is no network."""
INSTALL_SECONDS = 240
"""npm itself waits about a quarter of an hour per package for a registry that does not respond."""


def node_with(folder: Path) -> str:
    """Return the path of Node, once the packages pinned by the lock file in `folder` are installed there."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("needs Node and npm")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version[1:].partition(".")[0]) < OLDEST:
        pytest.skip(f"needs Node {OLDEST} or later, this is {version}")
    # otherwise the processes of one run would empty the folder while others use it
    with (folder / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_installed(folder):
            _install(npm, folder)
    return node


def _is_installed(folder: Path) -> bool:
    installed, lock = folder / "node_modules" / ".package-lock.json", folder / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime


def _install(npm: str, folder: Path) -> None:
    command = [npm, "ci", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except subprocess.TimeoutExpired:
        pytest.skip(f"needs packages from npm, which did not come within {INSTALL_SECONDS} seconds")
    if any(reason in done.stderr for reason in UNREACHABLE):
        pytest.skip("needs packages from npm, which cannot be reached")
    assert done.returncode == 0, done.stderr
