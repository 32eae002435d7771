"""Whether a store is already what these migrations and seeds make of it, so that a second start is quick."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import asyncpg
from sqlalchemy import Connection, text

from service.settings import REPOSITORY, RESOURCES

# kept as a comment on it: no table has to exist before the first migration, and both change together
TABLE = "alembic_version"
DECIDING = ("schema", "service/downloads.py", "service/planner", "service/store")
"""The files for download are the schema's answers."""


def fingerprint(seeds: Path, corpus: Iterable[Path] | None, sets: Iterable[str] | None = ()) -> str:
    """SHA-256 over what decides what is in the store: libraries, migrations, loading, files, seeds and documents.

    `sets`: the names of those that are loaded; None means all.
    """
    digest = hashlib.sha256(repr(None if sets is None else sorted(sets)).encode())
    digest.update("\n".join(_libraries()).encode())
    code = [*(REPOSITORY / part for part in DECIDING), RESOURCES / "alembic"]
    for source in [*code, seeds, *(corpus or ())]:
        for path in _files(source):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(source)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _libraries() -> Iterator[str]:
    """The versions of what the program is said to need, as far as it is there."""
    for requirement in requires("gipfelbuch") or ():
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        with suppress(PackageNotFoundError):
            yield f"{name}=={version(name)}"


def _files(source: Path) -> Iterator[Path]:
    for path in [source, *sorted(source.rglob("*"))]:
        if path.is_file() and path.suffix != ".pyc":
            yield path


def is_current(url: str, expected: str) -> bool:
    """Whether the store bears the fingerprint; no where it cannot be asked, for migrating says why."""
    try:
        return asyncio.run(_stored_fingerprint(url)) == expected
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False


async def _stored_fingerprint(url: str) -> str | None:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        stored: str | None = await connection.fetchval(f"SELECT obj_description(to_regclass('{TABLE}'), 'pg_class')")
        return stored
    finally:
        await connection.close()


def mark_current(connection: Connection, expected: str) -> None:
    """Let the store bear the fingerprint, in the transaction that brought it there."""
    connection.execute(text(f"COMMENT ON TABLE {TABLE} IS '{expected}'"))
