"""Back up the whole store to one file in pg_dump's custom format, and restore a store from such a file."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from service.errors import BackupFailed
from service.store.connection import connect
from service.store.embedded.account import DISTRIBUTION, PROGRAMS

PLAIN = ("--no-owner", "--no-privileges")
"""Leave ownership and read permissions to the database that the tables are restored to."""
IS_EMPTY = "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)"


def back_up(url: str, file: Path) -> None:
    """Write a snapshot of the store to a new file; loads and reads can continue meanwhile.

    Raises `BackupFailed`, and `OSError` if the file cannot be written.
    """
    if file.exists():
        raise BackupFailed(f"{file} already exists")
    unfinished = file.with_name(f".unfinished-{file.name}")
    try:
        _run("pg_dump", url, "--format=custom", f"--file={unfinished}", *PLAIN)
        _run("pg_restore", None, "--list", str(unfinished))
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(url: str, file: Path) -> None:
    """Restore the store from a file into an empty database, all or nothing. Raises `BackupFailed`."""
    if not file.is_file():
        raise BackupFailed(f"there is no file {file}")
    with connect(url) as connection:
        row = connection.execute(IS_EMPTY).fetchone()
    if not (row and row[0]):
        raise BackupFailed("the database is not empty, and a restore replaces nothing; use an empty database")
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", *PLAIN, str(file))


def _run(name: str, url: str | None, *arguments: str) -> None:
    """Run a PostgreSQL program on a database. Raises `BackupFailed` with the program's error message."""
    environment, database = dict(os.environ), []
    if url is not None:
        parts: dict[str, Any] = dict(conninfo_to_dict(url))
        # everybody on the machine can read a command line
        if password := parts.pop("password", None):
            environment["PGPASSWORD"] = str(password)
        database = [f"--dbname={make_conninfo(**parts)}"]
    command: Sequence[str] = [str(_program(name)), *database, *arguments]
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise BackupFailed(f"{name} failed: {said[0].removeprefix(f'{name}: ').removeprefix('error: ')}")


def _program(name: str) -> Path:
    """Return the program of the embedded PostgreSQL, or else the one on the path. Raises `BackupFailed`."""
    found = shutil.which(name, path=str(PROGRAMS)) or shutil.which(name)
    if found is None:
        raise BackupFailed(f"{name} was not found; install {DISTRIBUTION} or the client programs of PostgreSQL")
    return Path(found)
