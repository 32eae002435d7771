"""The pages as the tests read them: fenced blocks, tables, links and names in code; nothing is run here."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

import orjson

from service.settings import REPOSITORY

FENCE = re.compile(r"^```(?P<language>[a-z]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
WIDTH = 100


@dataclass(frozen=True)
class Block:
    """Fenced block. `lead` is the paragraph before it; `start` and `end` delimit its text within the page."""

    language: str
    text: str
    lead: str
    start: int
    end: int

    @property
    def file(self) -> str | None:
        """The file whose content it is: the last code in a lead that ends with a colon."""
        named = CODE.findall(self.lead) if self.lead.endswith(":") else []
        return named[-1] if named else None


@dataclass(frozen=True)
class Page:
    """One Markdown file; `name` is its path in the repository."""

    name: str

    @property
    def path(self) -> Path:
        return REPOSITORY / self.name

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def blocks(self) -> list[Block]:
        return [
            Block(found["language"], found["text"], self._lead(found.start()), found.start("text"), found.end("text"))
            for found in FENCE.finditer(self.text)
        ]

    @property
    def prose(self) -> str:
        """The text without fenced blocks."""
        return FENCE.sub("", self.text)

    @property
    def links(self) -> list[str]:
        return LINK.findall(self.prose)

    @property
    def anchors(self) -> set[str]:
        """What a link can name after `#`: each heading in lower case, words joined by hyphens."""
        words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(self.prose))
        return {each.strip().replace(" ", "-") for each in words}

    def table(self, *header: str) -> list[list[str]]:
        """Return the rows of the table with this header, cell by cell."""
        lines, rows = self._table(header)
        return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[rows]]

    def write_table(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Write these rows into the file's table with this header; the page as already read stays unchanged."""
        lines, old = self._table(header)
        lines[old] = map(_row, rows)
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _table(self, header: Sequence[str]) -> tuple[list[str], slice]:
        """Return the lines of the page, and which of them are the rows."""
        lines = self.text.splitlines()
        start = lines.index(_row(header)) + 2
        end = next((i for i in range(start, len(lines)) if not lines[i].startswith("|")), len(lines))
        return lines, slice(start, end)

    def files(self, *languages: str) -> dict[str, str]:
        """Return the files whose content the page shows in these languages, by name."""
        return {block.file: block.text for block in self.blocks if block.file and block.language in languages}

    def pairs(self) -> Iterator[tuple[Block, Block | None]]:
        """Yield each GraphQL block, with the JSON block that follows it."""
        for block, after in zip_longest(self.blocks, self.blocks[1:]):
            if block.language == "graphql":
                yield block, after if after is not None and after.language == "json" else None

    def _lead(self, at: int) -> str:
        return self.text[:at].rstrip().rpartition("\n\n")[2].replace("\n", " ")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def code(cell: str) -> str:
    """Return the code in a cell."""
    found = CODE.fullmatch(cell)
    assert found is not None, cell
    return found[1]


def format_json(value: Any, indent: int = 0, taken: int = 0) -> str:
    """Format JSON as in the pages: what fits into a line is on one; `taken` is the text before it there."""
    line = _line(value)
    if indent + taken + len(line) <= WIDTH or not isinstance(value, dict | list):
        return line
    inner = indent + 2
    if isinstance(value, dict):
        keys = [f"{_line(key)}: " for key in value]
    else:
        keys = [""] * len(value)
    members = value.values() if isinstance(value, dict) else value
    parts = [key + format_json(each, inner, len(key) + 1) for key, each in zip(keys, members, strict=True)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    pad = "\n" + " " * inner
    return f"{opening}{pad}{f',{pad}'.join(parts)}\n{' ' * indent}{closing}"


def _line(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_line(key)}: {_line(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_line, value)) + "]"
    return orjson.dumps(value).decode()


PAGES = [
    Page("README.md"),
    Page("CONTRIBUTING.md"),
    *(Page(f"docs/{path.name}") for path in sorted((REPOSITORY / "docs").glob("*.md"))),
]
