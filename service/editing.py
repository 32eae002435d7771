"""Commands for those who write the record; they read the documents and open no database."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.errors import SeedsInvalid, ServiceError, SettingsInvalid, shorten
from service.settings import Settings, read_settings, variable

if TYPE_CHECKING:
    from service.store.documents.corpus import Document

Corpus = Annotated[
    str | None, typer.Option(help=f"Folder of the documents; separate several with {os.pathsep}", metavar="DIR")
]
Source = Annotated[str, typer.Argument(help="Short name of a source, as in sources.yaml.")]


class SourceUnknown(ServiceError):
    """No source has this short name."""

    code = "SOURCE_UNKNOWN"


def show(
    source: Source,
    corpus: Corpus = None,
    words: Annotated[bool, typer.Option("--words", help="Number the words as well.")] = False,
) -> None:
    """Print a document, each sentence preceded by its address."""
    from service.store.documents import addresses

    for line in addresses.show(_document(source, corpus), number_words=words):
        print(line)


def find(
    source: Source, words: Annotated[str, typer.Argument(help="Words exactly as printed.")], corpus: Corpus = None
) -> None:
    """Print the address of every place where exactly these words occur."""
    from service.store.documents import addresses

    for address, _ in addresses.find(_document(source, corpus), words):
        print(address)


def anchor(
    of_set: Annotated[
        str | None, typer.Argument(help="Name of a set whose lock is to be written.", metavar="[SET]")
    ] = None,
    corpus: Corpus = None,
) -> None:
    """Write anchors.lock: the position of everything that the seeds cite, and how often each name occurs."""
    from service.store.folders import set_folder
    from service.store.seeds import anchor as anchored
    from service.store.seeds.sets import LOCK

    settings = read_settings()
    lock = anchored(settings.seeds, known_folders(settings, corpus), of_set)
    path = (set_folder(settings.seeds, of_set) if of_set else settings.seeds) / LOCK
    before = set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()
    path.write_text(lock, encoding="utf-8")
    after = set(lock.splitlines())
    print(f"{path}: {len(after - before)} lines added, {len(before - after)} removed, {len(after & before)} unchanged.")


def import_data(
    name: Annotated[str, typer.Argument(help="Name of the importer and of its set.")],
    folder: Annotated[Path, typer.Argument(help="Folder of the data, or its parent folder.", metavar="DIR")],
    check: Annotated[
        bool, typer.Option("--check", help="Only report what would change; exit with code 1 if anything would.")
    ] = False,
) -> None:
    """Generate a set of the seeds from a published data set."""
    from service.importers import make_set
    from service.importers.seedset import compare_set, render_set, write_set

    seeds = read_settings().seeds
    try:
        made = make_set(name, folder, seeds)
        files = render_set(seeds, made)
    except SeedsInvalid as error:
        print(
            "\n".join(["The set would contain mistakes, so nothing was written:", *shorten(error.problems)]),
            file=sys.stderr,
        )
        sys.exit(1)
    changes = compare_set(seeds, name, files)
    print("\n".join(map(str, changes)))
    has_changed = any(change.new or change.gone for change in changes)
    if has_changed and not check:
        write_set(seeds, name, files)
    did = ("would be written" if check else "was written") if has_changed else "is unchanged"
    print(f"The set {name} {did}; {len(made.review)} lines await review.")
    sys.exit(1 if check and has_changed else 0)


def verify(corpus: Corpus = None) -> None:
    """Report what the record cites of each document and what it omits; exit with code 1 if anything is missing."""
    from service import coverage
    from service.store.verify import verify as verified

    settings = read_settings()
    try:
        reports = verified(settings.seeds, known_folders(settings, corpus), settings.sets)
    except SeedsInvalid as error:
        print(
            "\n".join(["The seeds contain mistakes, so nothing was verified:", *shorten(error.problems)]),
            file=sys.stderr,
        )
        sys.exit(1)
    coverage.show(reports)
    sys.exit(1 if any(report.faults for report in reports) else 0)


def folders(settings: Settings, corpus: str | None) -> tuple[Path, ...] | None:
    """Return the folders of documents from an option, else from the setting; None if neither is given."""
    return tuple(map(Path, corpus.split(os.pathsep))) if corpus else settings.corpus


def known_folders(settings: Settings, corpus: str | None) -> tuple[Path, ...]:
    """Return the same folders; raises SettingsInvalid if none are known."""
    known = folders(settings, corpus)
    if known is None:
        raise SettingsInvalid(f"The folder of the documents is not set: use --corpus or {variable('corpus')}.")
    return known


def _document(cite: str, corpus: str | None) -> Document:
    from service.store.documents.corpus import read_document
    from service.store.documents.rows import is_row
    from service.store.seeds import cited_sources

    settings = read_settings()
    sources = cited_sources(settings.seeds, settings.sets)
    if cite not in sources:
        near = get_close_matches(cite, sources, n=5)
        known = ", ".join(near or sorted(cite for cite, one in sources.items() if not is_row(one.source.document)))
        hint = f"Did you mean {known}?" if near else f"Available sources: {known}."
        raise SourceUnknown(f"There is no source {cite!r}. {hint}")
    path = sources[cite].source.document
    try:
        return read_document(known_folders(settings, corpus), path, cite)
    except (OSError, UnicodeDecodeError) as error:
        raise ServiceError(f"{path} cannot be read: {error}") from None
