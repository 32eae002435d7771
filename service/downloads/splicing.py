"""Files in which some entries are rewritten: everything between these is copied unchanged.

A file holds the rows of its entries kind by kind and, within a kind, in the order of the slugs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from schema.tables import EDGES, Table
from service.store.enums import EntryKind

QUOTE, LINE_END, ROW_END = b'"', b"\n", b"\r\n"
SLUG_START = len(b'{"slug":"')
KINDS = {kind.value.encode(): number for number, kind in enumerate(EntryKind)}


class Place(NamedTuple):
    """Place of an entry's rows: the number of its kind, 0 in files of one kind; and its slug."""

    kind: int
    slug: bytes


Rows = Mapping[Place, list[bytes]]
"""The rows of each entry that is rewritten; none for one that has been removed."""


@dataclass(frozen=True)
class Layout:
    """How a file is read by rows. `place`: the place of a row's entry, None for one that has been removed."""

    header: bytes
    end: Callable[[bytes], int]
    """How many bytes hold whole rows."""
    split: Callable[[bytes], list[bytes]]
    place: Callable[[bytes], Place | None]
    is_ordered: bool = True
    """Whether the place of a row determines that of earlier rows."""


class Splice:
    """Content of a file with other rows, part by part; `added`: by how many the number of rows has grown."""

    def __init__(self, layout: Layout, rows: Rows) -> None:
        self._layout, self._rows = layout, rows
        self._coming = sorted(rows)
        self._next = 0
        self.added = 0

    def of(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the new content, from the old."""
        rest, header = b"", self._layout.header
        for part in parts:
            rest += part
            if header and len(rest) >= len(header):
                if not rest.startswith(header):
                    raise ValueError("The file has other columns.")
                yield header
                rest, header = rest[len(header) :], b""
            end = 0 if header else self._layout.end(rest)
            yield from self._among(rest[:end])
            rest = rest[end:]
        yield from self._before(None)

    def _among(self, whole: bytes) -> Iterator[bytes]:
        """Yield whole rows, unchanged if none of their entries is rewritten."""
        if not whole:
            return
        if self._layout.is_ordered and not self._reaches(self._layout.place(self._last_row(whole))):
            yield whole
            return
        kept: list[bytes] = []
        for row in self._layout.split(whole):
            place = self._layout.place(row)
            if place is not None:
                kept += self._before(place)
            if place is None or place in self._rows:
                self.added -= 1
            else:
                kept.append(row)
        yield b"".join(kept)

    def _last_row(self, whole: bytes) -> bytes:
        last = whole[:-1]
        return whole[self._layout.end(last) :]

    def _reaches(self, place: Place | None) -> bool:
        """Return whether a rewritten entry comes at or before a place."""
        return place is None or (self._next < len(self._coming) and self._coming[self._next] <= place)

    def _before(self, place: Place | None) -> Iterator[bytes]:
        """Yield the rows of those entries due before a place, or (None) before the end."""
        while self._next < len(self._coming) and (place is None or self._coming[self._next] < place):
            rows = self._rows[self._coming[self._next]]
            self.added += len(rows)
            self._next += 1
            yield from rows


# ------------------------------------------------------------------ how files are read

LINES = Layout(
    b"",
    lambda content: content.rfind(LINE_END) + 1,
    lambda content: content.splitlines(keepends=True),
    lambda line: Place(0, line[SLUG_START : line.index(QUOTE, SLUG_START)]),
)
"""JSON Lines: each begins with the slug; a line contains no other line break."""


def table_layout(table: Table, kinds: Mapping[str, EntryKind]) -> Layout:
    """Return the layout of a CSV table. `kinds`: those of meetings, which the rows of `edges` do not include."""
    header = (",".join(table.header)).encode() + ROW_END
    return Layout(header, _end_of_rows, _split_rows, _place_in(table, kinds), is_ordered=table.name != EDGES)


def place_in(table: Table, kind: EntryKind, slug: str) -> Place:
    """Return where the rows of an entry are in a table."""
    has_kinds = _kind_column(table) is not None or table.name == EDGES
    return Place(KINDS[kind.value.encode()] if has_kinds else 0, slug.encode())


def _place_in(table: Table, kinds: Mapping[str, EntryKind]) -> Callable[[bytes], Place | None]:
    if table.name == EDGES:
        column = table.header.index("meeting.slug")
        numbers = {slug.encode(): KINDS[kind.value.encode()] for slug, kind in kinds.items()}

        def place_of_meeting(row: bytes) -> Place | None:
            slug = row.split(b",", column + 1)[column]
            return Place(numbers[slug], slug) if slug in numbers else None

        return place_of_meeting
    kind = _kind_column(table)
    if kind is None:
        return lambda row: Place(0, row.rstrip(ROW_END).split(b",", 1)[0])

    def place(row: bytes) -> Place:
        cells = row.split(b",", 2)
        return Place(KINDS[cells[kind]], cells[1 - kind])

    return place


def _kind_column(table: Table) -> int | None:
    """Return which of the first two columns has the kind of the entry, next to its slug."""
    first, second = table.header[:2]
    return 0 if first.endswith(".kind") else 1 if second == "kind" and first == "slug" else None


def _end_of_rows(content: bytes) -> int:
    """Return how many bytes hold whole rows: a row ends where no quotation marks are open."""
    marks, end = content.count(QUOTE), len(content)
    while (end := content.rfind(ROW_END, 0, end)) >= 0:
        if (marks - content.count(QUOTE, end)) % 2 == 0:
            return end + len(ROW_END)
    return 0


def _split_rows(content: bytes) -> list[bytes]:
    rows: list[bytes] = []
    is_open = False
    for line in content.split(ROW_END)[:-1]:
        if is_open:
            rows[-1] += line + ROW_END
        else:
            rows.append(line + ROW_END)
        is_open ^= line.count(QUOTE) % 2 == 1
    return rows
