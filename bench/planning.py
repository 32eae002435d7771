"""Measure what a document costs the service before PostgreSQL is queried: parsing, validation, composition, caching.

    python -m bench.planning URL [--only NAME] [--runs 5]

CPU milliseconds of `prepare()`: cold, with a planner that has seen no document; again, with one that has seen this one.
`parse` and `validate` are what graphql-core alone takes for the same text, with its own rules. `lift` is the time to
lift the strings out, for each request; `lex` is the time of graphql-core's lexer to find them. The last column says why
a document is refused.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median

from graphql import Lexer, Source, TokenKind, parse, validate

from bench.harness.documents import (
    Document,
    introspection_document,
    large_documents,
    ordinary_documents,
    refused_documents,
    searches_document,
)
from bench.harness.stores import BUSIEST_SPEAKERS, fetch_column
from schema import schema
from service.language.strings import lift_strings
from service.planner.planner import Planner

TOKENS = 100_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.planning")
    parser.add_argument("url", help="The store, which tells who is asked for.")
    parser.add_argument("--only", default="", help="Documents with this text in their names.")
    parser.add_argument("--runs", type=int, default=5, help="How often each is measured; medians are shown.")
    given = parser.parse_args(arguments)
    Planner(schema).prepare("{dataset{name}}")
    gc.freeze()
    columns = ("document", "characters", "cold", "parse", "validate", "again", "lift", "lex", "")
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for document in documents(*fetch_column(given.url, BUSIEST_SPEAKERS)):
        if given.only in document.name:
            print(f"| {' | '.join(cells(document, given.runs))} |", flush=True)


def documents(leader: str, other: str) -> Iterator[Document]:
    yield from ordinary_documents(leader, other)
    yield from large_documents()
    yield introspection_document()
    yield searches_document()
    yield from refused_documents()


def cells(document: Document, runs: int) -> Iterator[str]:
    yield document.name
    yield f"{len(document.query):,}"
    planners = [Planner(schema) for _ in range(runs)]
    yield f"{median(cpu(partial(outcome, planner, document)) for planner in planners):.2f}"
    try:
        parsed = parse(document.query, max_tokens=TOKENS)
    except Exception:
        yield from ("", "")
    else:
        yield f"{median(cpu(lambda: parse(document.query)) for _ in range(runs)):.2f}"
        yield f"{cpu(lambda: validate(schema._schema, parsed)):.2f}"
    yield f"{median(cpu(partial(outcome, planner, document)) for planner in planners):.3f}"
    for work in (lift_strings, lex):
        yield f"{median(cpu(partial(work, document.query)) for _ in range(runs)):.3f}"
    yield outcome(planners[0], document)


def lex(query: str) -> None:
    lexer = Lexer(Source(query))
    while lexer.advance().kind is not TokenKind.EOF:
        pass


def outcome(planner: Planner, document: Document) -> str:
    """Return an empty text if it is accepted, else the code of the refusal."""
    try:
        planner.prepare(document.query, None, document.variables)
    except Exception as error:
        extensions = error.errors[0].extensions  # type: ignore[attr-defined]
        return " ".join(str(extensions[name]) for name in ("code", "limit", "asked") if name in extensions)
    return ""


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds of this thread."""
    start = time.thread_time()
    work()
    return 1000 * (time.thread_time() - start)


if __name__ == "__main__":
    main()
