"""Command for those who decide what an import has left open; it reads the documents and opens no database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.editing import Corpus, folders
from service.errors import ServiceError, SetUnknown
from service.settings import read_settings

if TYPE_CHECKING:
    from service.importers.decisions import ReviewLine
    from service.store.seeds.sources import CitedSource


def review(
    name: Annotated[str, typer.Argument(help="Name of the set.", metavar="SET")],
    line: Annotated[str | None, typer.Argument(help="Slug of a line whose passages to show.", metavar="[LINE]")] = None,
    decide: Annotated[
        str | None,
        typer.Option(
            help="Decide the line with one of its answers; `person SLUG` says which person a name means.",
            metavar="ANSWER",
        ),
    ] = None,
    note: Annotated[str | None, typer.Option(help="Reason, recorded with the decision.")] = None,
    row: Annotated[
        str | None, typer.Option(help="Slug of the source of the data row that supports the decision.")
    ] = None,
    corpus: Corpus = None,
) -> None:
    """List the lines of a set that await a person's decision, show one with its passages, or decide it."""
    from service.importers import decisions
    from service.store.folders import available_sets

    settings = read_settings()
    if name not in (available := available_sets(settings.seeds)):
        raise SetUnknown(name, available)
    lines = {each.slug: each for each in decisions.read_review(settings.seeds, name)}
    if line is None:
        for each in sorted(lines.values(), key=lambda one: (-one.score, one.slug)):
            print(f"{each.score:.2f}  {each.slug}  {each.reason}")
        decided = len(decisions.read_decisions(settings.seeds, name))
        print(f"{len(lines)} lines await a decision; {decided} are decided.")
    elif decide is None:
        _show(decisions.find_line(settings.seeds, name, line), name, folders(settings, corpus))
    else:
        decisions.decide(settings.seeds, name, line, decide, note, row)
        print(f"{line}: {decide}. The next import of {name} will apply this decision.")


def _show(line: ReviewLine, name: str, corpus: tuple[Path, ...] | None) -> None:
    from service.store.seeds import cited_sources

    print(f"{line.slug}\n{line.reason} ({line.score:.2f})")
    print(f"facts: {', '.join(line.facts) or 'none'}; answers: {', '.join(line.answers)}")
    sources = cited_sources(read_settings().seeds, [name])
    for text in line.texts:
        print(f"\n{text}")
        if corpus:
            cite, _, address = text.partition(" ")
            print(_passage(sources[cite], address, corpus))


def _passage(source: CitedSource, address: str, corpus: tuple[Path, ...]) -> str:
    """Return the words of a passage, or the reason why they cannot be shown."""
    from service.store.documents.addresses import locate, parse_address
    from service.store.documents.corpus import read_document

    try:
        document = read_document(corpus, source.source.document, source.cite)
        span = locate(document, parse_address(address))
    except (OSError, UnicodeDecodeError, ServiceError) as error:
        return f"({error})"
    return document.text[span.start : span.end]
