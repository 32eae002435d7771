"""Digests of files and of the code, to tell whether the stored content is still what would be made now."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from service.settings import REPOSITORY, RESOURCES

DECIDING = ("schema", "service/downloads", "service/planner", "service/store")
"""Folders of the code that decides; the files for download are answers of the schema."""


@lru_cache(maxsize=1)
def fingerprint_of_code() -> str:
    """Return a SHA-256 of the libraries, migrations and code that decide what is made of the seeds."""
    digest = hashlib.sha256("\n".join(_libraries()).encode())
    add_files(digest, [*(REPOSITORY / part for part in DECIDING), RESOURCES / "alembic"])
    return digest.hexdigest()


def add_files(digest: hashlib._Hash, sources: Iterable[Path]) -> None:
    """Add the names and contents of the files in some folders to a digest."""
    for source in sources:
        for path in _files(source):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(source)}\0{len(content)}\0".encode() + content)


def _libraries() -> Iterator[str]:
    """Yield the versions of the declared dependencies that are installed, without extras, which decide nothing."""
    needed = [each for each in requires("gipfelbuch") or () if "extra ==" not in each]
    for requirement in needed:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        with suppress(PackageNotFoundError):
            yield f"{name}=={version(name)}"


def _files(source: Path) -> Iterator[Path]:
    for path in [source, *sorted(source.rglob("*"))]:
        if path.is_file() and path.suffix != ".pyc":
            yield path
