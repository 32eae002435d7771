"""A document as shown on a page: its paragraphs, the marked passages that claims rest on, and the claims of each.

If the answer has no text, the paragraphs are those in which passages start. All positions are those of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from service.pages.view import View

LINE = re.compile(r"[^\r\n]+")
DEEPEST = 3
"""Maximum number of overlapping passages that are shown differently."""


@dataclass(frozen=True)
class CitedPassage:
    """Code points [start, end) of the document. `number` counts the passages of a page, from 1."""

    number: int
    start: int
    end: int
    paragraph: int
    role: str
    exact: str | None
    claims: Sequence[Mapping[str, Any]]

    @property
    def place(self) -> str:
        """Identifier, unique within the document."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True)
class Piece:
    """A piece of text between two boundaries of passages.

    `depth`: number of passages it belongs to, 0 to 3. `passage`: the shortest of them. `begins`, `ends`: passages of
    which it is the first and the last piece, respectively.
    """

    text: str
    depth: int
    passage: CitedPassage | None
    begins: Sequence[CitedPassage]
    ends: Sequence[CitedPassage]


@dataclass(frozen=True)
class Paragraph:
    """`pieces`: its text, if that may be shown. `passages`: passages that start in it."""

    number: int
    pieces: Sequence[Piece]
    passages: Sequence[CitedPassage]

    @property
    def roles(self) -> Sequence[str]:
        """Parts of the document that its passages belong to."""
        return [*dict.fromkeys(passage.role for passage in self.passages)]


class Line(NamedTuple):
    """Code points [start, end) of a text."""

    number: int
    start: int
    end: int


def draw_document(view: View) -> Sequence[Paragraph]:
    """Return the paragraphs of a source, without those before and after this page of its claims."""
    source = view.data["source"]
    passages = [*_passages(source["claims"]["nodes"])]
    if source["text"] is None:
        numbers = sorted({passage.paragraph for passage in passages})
        return [Paragraph(number, (), _of_paragraph(passages, number)) for number in numbers]
    is_part = view.variables.keys() & {"after", "at"}
    first = passages[0].paragraph if passages and is_part else 1
    last = passages[-1].paragraph if source["claims"]["pageInfo"]["hasNextPage"] else None
    lines = [line for line in _lines(source["text"]) if line.number >= first and (last is None or line.number <= last)]
    pieces = _pieces(source["text"], lines, passages)
    return [Paragraph(line.number, pieces[line], _of_paragraph(passages, line.number)) for line in lines]


def _passages(claims: Sequence[Mapping[str, Any]]) -> Iterator[CitedPassage]:
    """Return the passages of claims, which are in order of position."""
    groups = groupby(claims, lambda claim: (claim["passage"]["start"], claim["passage"]["end"]))
    for number, ((start, end), group) in enumerate(groups, 1):
        told = [*group]
        passage = told[0]["passage"]
        yield CitedPassage(number, start, end, passage["paragraph"], passage["role"], passage["exact"], told)


def _of_paragraph(passages: Sequence[CitedPassage], number: int) -> Sequence[CitedPassage]:
    return [passage for passage in passages if passage.paragraph == number]


def _lines(text: str) -> Iterator[Line]:
    """Return the paragraphs of a text: its non-empty lines."""
    lines = (line for line in LINE.finditer(text) if not line.group().isspace())
    return (Line(number, *line.span()) for number, line in enumerate(lines, 1))


def _pieces(text: str, lines: Sequence[Line], passages: Sequence[CitedPassage]) -> Mapping[Line, Sequence[Piece]]:
    """Split each line into pieces where a passage starts or ends."""
    spans = {line: [*pairwise(_cuts(line, passages))] for line in lines}
    first: dict[tuple[int, int], list[CitedPassage]] = {}
    last: dict[tuple[int, int], list[CitedPassage]] = {}
    for passage in passages:
        if held := [span for line in lines for span in spans[line] if _holds(passage, span)]:
            first.setdefault(held[0], []).append(passage)
            last.setdefault(held[-1], []).append(passage)

    def piece(span: tuple[int, int]) -> Piece:
        around = [passage for passage in passages if _holds(passage, span)]
        shortest = min(around, key=lambda passage: passage.end - passage.start, default=None)
        depth = min(len(around), DEEPEST)
        return Piece(text[slice(*span)], depth, shortest, first.get(span, ()), last.get(span, ()))

    return {line: [piece(span) for span in spans[line]] for line in lines}


def _cuts(line: Line, passages: Sequence[CitedPassage]) -> Sequence[int]:
    """Return the boundaries within a line, including its own ends, in order."""
    ends = {end for passage in passages for end in (passage.start, passage.end) if line.start < end < line.end}
    return sorted({line.start, line.end} | ends)


def _holds(passage: CitedPassage, span: tuple[int, int]) -> bool:
    return passage.start <= span[0] and span[1] <= passage.end
