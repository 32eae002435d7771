"""What the program finds around it, for whoever has to put something right; nothing is changed."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from service.errors import DataFolderInUse, ServiceError
from service.settings import Settings, read_settings, variable
from service.version import VERSION

LEAST_BYTES = 500_000_000
"""Room that a load wants: the record of today takes a tenth of it, and the database writes everything twice."""


class Finding(NamedTuple):
    """A sentence on one thing, and whether that is as it should be."""

    about: str
    sentence: str
    is_good: bool = True


def doctor() -> None:
    """Say what is found: versions, settings, database, disk, documents, sets; exit code 1 where something is wrong."""
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
    yield from _database(settings)
    yield from _disk(settings)
    yield _seeds(settings)
    yield _corpus(settings)
    yield _sets(settings)


def _settings(settings: Settings) -> Finding:
    """Which are set; not to what, since a URL holds a password."""
    given = sorted(name for name in map(variable, type(settings).model_fields) if os.environ.get(name))
    return Finding("settings", f"{', '.join(given)} set, all else as by default" if given else "all as by default")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        with _database_url(settings) as url:
            if url is None:
                yield Finding("database", f"none yet; the first start makes it in {settings.data_dir}")
                return
            yield from _database_findings("database", url)
        if settings.database_reader_url:
            yield from _database_findings("reading", settings.database_reader_url)
    except ServiceError as error:
        yield Finding("database", error.message, is_good=False)


@contextmanager
def _database_url(settings: Settings) -> Iterator[str | None]:
    """The URL of the database, one of a data folder being started if it does not run; None where there is none yet."""
    from service.store.server.embedded import embedded_database, has_database, running_database_url

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
    standby = ", a standby that can only be read" if state.is_standby else ""
    yield Finding(about, f"PostgreSQL {state.version} as {state.user}, {state.size}{standby}")
    yield Finding(f"{about}, extensions", f"{state.extensions}; none but plpgsql is needed")
    if state.revision is None:
        yield Finding(f"{about}, tables", "none yet; the next start makes them")
    else:
        steps = f"{len(state.unapplied)} migrations are to come" if state.unapplied else "up to date"
        yield Finding(f"{about}, tables", f"{steps}; the record is at revision {state.revision}")


def _disk(settings: Settings) -> Iterator[Finding]:
    folders = [Path(tempfile.gettempdir())]
    if settings.database_url is None:
        folders.append(next(each for each in (settings.data_dir, *settings.data_dir.parents) if each.exists()))
    for folder in folders:
        free = shutil.disk_usage(folder).free
        yield Finding("disk", f"{free / 1e6:,.0f} MB are free in {folder}", is_good=free >= LEAST_BYTES)


def _seeds(settings: Settings) -> Finding:
    from service.store.seeds import read

    try:
        record = read(settings.seeds, sets=settings.sets)
    except (ServiceError, OSError) as error:
        return Finding("seeds", " ".join(str(error).splitlines()[:2]), is_good=False)
    return Finding("seeds", f"{len(record.sources)} sources and {len(record.facts)} facts in {settings.seeds}")


def _corpus(settings: Settings) -> Finding:
    if settings.corpus is None:
        return Finding("documents", "no folder is set, so passages are not checked and tell no words")
    for folder in settings.corpus:
        if not folder.is_dir():
            return Finding("documents", f"there is no folder {folder}", is_good=False)
    files = sum(path.is_file() for folder in settings.corpus for path in folder.rglob("*"))
    return Finding("documents", f"{files} files in {', '.join(map(str, settings.corpus))}", is_good=files > 0)


def _sets(settings: Settings) -> Finding:
    names = sorted(path.parent.name for path in settings.seeds.glob("sets/*/manifest.yaml"))
    return Finding("sets", ", ".join(names) if names else "none beside the record")
