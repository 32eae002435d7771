"""A document as a page shows it: its paragraphs, with the passages marked that claims rest on, and the claims of each.

Where the answer has no text, the paragraphs are those in which passages begin. All positions are the answer's.
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
"""So many passages over each other are told apart."""


@dataclass(frozen=True)
class CitedPassage:
    """Code points [start, end) of the document; `number` counts the passages of a page, from 1."""

    number: int
    start: int
    end: int
    paragraph: int
    role: str
    exact: str | None
    claims: Sequence[Mapping[str, Any]]

    @property
    def place(self) -> str:
        """What tells it from all others of its document."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True)
class Piece:
    """A stretch of text between two ends of passages.

    `depth`: to how many passages it belongs, 0 to 3. `passage`: the shortest of these. `begins`, `ends`: those of which
    it is the first and the last piece.
    """

    text: str
    depth: int
    passage: CitedPassage | None
    begins: Sequence[CitedPassage]
    ends: Sequence[CitedPassage]


@dataclass(frozen=True)
class Paragraph:
    """`pieces` make up its text, where that is shown; `passages` begin in it."""

    number: int
    pieces: Sequence[Piece]
    passages: Sequence[CitedPassage]

    @property
    def roles(self) -> Sequence[str]:
        """The parts of the document that its passages belong to."""
        return [*dict.fromkeys(passage.role for passage in self.passages)]


class Line(NamedTuple):
    """Code points [start, end) of a text."""

    number: int
    start: int
    end: int


def draw_document(view: View) -> Sequence[Paragraph]:
    """The paragraphs of a source's answer, those before this page of its claims and after it left out."""
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
    """The passages of claims, which are in the order of their places."""
    groups = groupby(claims, lambda claim: (claim["passage"]["start"], claim["passage"]["end"]))
    for number, ((start, end), group) in enumerate(groups, 1):
        told = [*group]
        passage = told[0]["passage"]
        yield CitedPassage(number, start, end, passage["paragraph"], passage["role"], passage["exact"], told)


def _of_paragraph(passages: Sequence[CitedPassage], number: int) -> Sequence[CitedPassage]:
    return [passage for passage in passages if passage.paragraph == number]


def _lines(text: str) -> Iterator[Line]:
    """The paragraphs of a text: the lines that are not empty."""
    lines = (line for line in LINE.finditer(text) if not line.group().isspace())
    return (Line(number, *line.span()) for number, line in enumerate(lines, 1))


def _pieces(text: str, lines: Sequence[Line], passages: Sequence[CitedPassage]) -> Mapping[Line, Sequence[Piece]]:
    """The pieces of each line, cut wherever a passage begins or ends."""
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
    """Where a line is cut, its own ends included, in order."""
    ends = {end for passage in passages for end in (passage.start, passage.end) if line.start < end < line.end}
    return sorted({line.start, line.end} | ends)


def _holds(passage: CitedPassage, span: tuple[int, int]) -> bool:
    return passage.start <= span[0] and span[1] <= passage.end
