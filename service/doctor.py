"""Report on the program's environment, for troubleshooting; nothing is changed."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from service.errors import DataFolderInUse, ServiceError
from service.settings import Settings, read_settings, variable
from service.version import VERSION

LEAST_BYTES = 500_000_000
"""Free space that a load needs: today's record takes a tenth of it, and the database writes everything twice."""


class Finding(NamedTuple):
    """One sentence on one thing, and whether it is as it should be."""

    about: str
    sentence: str
    is_good: bool = True


def doctor() -> None:
    """Check versions, settings, database, disk, documents and sets; exit with code 1 if anything is wrong."""
    findings = list(_findings())
    for finding in findings:
        print(f"{'ok   ' if finding.is_good else 'WRONG'}  {finding.about}: {finding.sentence}")
    sys.exit(0 if all(finding.is_good for finding in findings) else 1)


def _findings() -> Iterator[Finding]:
    yield Finding("program", f"Gipfelbuch {VERSION} on Python {platform.python_version()}, {platform.platform()}")
    try:
        settings = read_settings()
    except ServiceError as error:
        yield Finding("settings", error.message, is_good=False)
        return
    yield _settings(settings)
    for about, look in PARTS.items():
        try:
            yield from look(settings)
        except ServiceError as error:
            yield Finding(about, " ".join(error.message.splitlines()[:2]), is_good=False)
        except OSError as error:
            yield Finding(about, f"{error.filename} cannot be read: {error.strerror}", is_good=False)


def _settings(settings: Settings) -> Finding:
    """Yield which settings are set, but not their values, since a URL holds a password."""
    given = sorted(name for name in map(variable, type(settings).model_fields) if os.environ.get(name))
    return Finding(
        "settings", f"{', '.join(given)} set; all others have their defaults" if given else "all have their defaults"
    )


def _database(settings: Settings) -> Iterator[Finding]:
    with _database_url(settings) as url:
        if url is None:
            yield _future_database(settings.data_dir)
            return
        yield from _database_findings("database", url)


def _reading(settings: Settings) -> Iterator[Finding]:
    if settings.database_reader_url:
        yield from _database_findings("reading", settings.database_reader_url)


def _standbys(settings: Settings) -> Iterator[Finding]:
    """Yield each server by its place; if one is unreachable, the others are still checked."""
    from service.store.database_urls import place_of
    from service.store.inspection import database_state

    for url in settings.database_read_urls or ():
        about = f"standby {place_of(url)}"
        try:
            yield from _database_findings(about, url)
        except ServiceError as error:
            yield Finding(about, " ".join(error.message.splitlines()[:2]), is_good=False)
    if settings.database_read_urls and database_state(settings.reader_url).is_standby:
        place = place_of(settings.reader_url)
        sentence = f"{place} is a standby, so requests are not answered; set DATABASE_URL to the primary"
        yield Finding("primary", sentence, is_good=False)


def _future_database(data_dir: Path) -> Finding:
    """Return where the embedded database will be stored, and whether it can be created there."""
    from service.store.embedded.database import refuse_what_is_not_ours

    parent = _nearest_folder(data_dir)
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        reason = f"{parent} is not a writable folder"
        return Finding("database", f"none yet, and {data_dir} cannot be created: {reason}", is_good=False)
    if data_dir.is_dir():
        refuse_what_is_not_ours(data_dir)
    return Finding("database", f"none yet; the first start creates it in {data_dir}")


def _nearest_folder(folder: Path) -> Path:
    """Return the folder itself, or the nearest existing folder above it."""
    return next(each for each in (folder, *folder.parents) if os.path.exists(each))


@contextmanager
def _database_url(settings: Settings) -> Iterator[str | None]:
    """Yield the URL of the database, starting that of a data folder if it is not running; None if there is none yet."""
    from service.store.embedded.database import embedded_database, has_database, running_database_url

    if settings.database_url is not None or not has_database(settings.data_dir):
        yield settings.database_url
        return
    with ExitStack() as stack:
        try:
            url: str | None = stack.enter_context(embedded_database(settings.data_dir))
        except DataFolderInUse:
            url = running_database_url(settings.data_dir)
        yield url


def _database_findings(about: str, url: str) -> Iterator[Finding]:
    from service.store.inspection import database_state

    state = database_state(url)
    standby = ", a read-only standby" if state.is_standby else ""
    yield Finding(about, f"PostgreSQL {state.version} as {state.user}, {state.size}{standby}")
    yield Finding(f"{about}, extensions", f"{state.extensions}; only plpgsql is needed")
    if state.revision is None:
        yield Finding(f"{about}, tables", "none yet; the next start creates them")
    else:
        steps = f"migrations to apply: {len(state.unapplied)}" if state.unapplied else "up to date"
        yield Finding(f"{about}, tables", f"{steps}; the record is at revision {state.revision}")


def _disk(settings: Settings) -> Iterator[Finding]:
    folders = [Path(tempfile.gettempdir())]
    if settings.database_url is None:
        folders.append(_nearest_folder(settings.data_dir))
    for folder in folders:
        free = shutil.disk_usage(folder).free
        yield Finding("disk", f"{free / 1e6:,.0f} MB free in {folder}", is_good=free >= LEAST_BYTES)


def _seeds(settings: Settings) -> Iterator[Finding]:
    from service.store.seeds import read

    record = read(settings.seeds, sets=settings.sets)
    yield Finding("seeds", f"{len(record.sources)} sources and {len(record.facts)} facts in {settings.seeds}")


def _documents(settings: Settings) -> Iterator[Finding]:
    from service.store.folders import require_documents

    if settings.corpus is None:
        yield Finding("documents", "no folder is set, so passages are not checked and have no wording")
        return
    require_documents(settings.corpus)
    files = sum(path.is_file() for folder in settings.corpus for path in folder.rglob("*"))
    yield Finding("documents", f"{files} files in {', '.join(map(str, settings.corpus))}", is_good=files > 0)


def _sets(settings: Settings) -> Iterator[Finding]:
    from service.store.folders import available_sets

    there = available_sets(settings.seeds)
    left_out = [name for name in there if settings.sets is not None and name not in settings.sets]
    chosen = ", ".join(name for name in there if name not in left_out) or "none"
    yield Finding("sets", chosen + (f"; left out: {', '.join(left_out)}" if left_out else ""))


PARTS: Mapping[str, Callable[[Settings], Iterator[Finding]]] = {
    "database": _database,
    "reading": _reading,
    "standbys": _standbys,
    "disk": _disk,
    "seeds": _seeds,
    "documents": _documents,
    "sets": _sets,
}
"""What is checked, with the function that checks it."""
