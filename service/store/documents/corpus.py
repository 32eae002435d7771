"""Documents of the corpus, and the lock that stores their positions; opens only the file it is given.

Every position is a code point offset into the document as stored in the corpus; spans are half-open.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from service.errors import ServiceError
from service.store.documents import sentences
from service.store.documents.rows import DataRow, is_row, read_rows
from service.store.enums import AnchorState
from service.store.folders import require_documents

Folders = Path | Sequence[Path]
"""Folder of the documents, or several folders."""

_LOCK_HEAD = "# gipfelbuch anchor: source address start end paragraph sha256; then source | name | count"
_ANCHOR_LINE = re.compile(r"([\w-]+) ([^|\s][^|\r\n]*) ([0-9]+) ([0-9]+) ([0-9]+) ([0-9a-f]{64})")
_COUNT_LINE = re.compile(r"([\w-]+) \| ([^|\s][^|\r\n]*) \| ([0-9]+)")


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Stretch of a document, `start` to `end`; `paragraph` is the one in which it starts."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True)
class Document:
    """One text. `cite` is its short name in the seeds; `path` is its file, relative to the corpus."""

    cite: str
    path: str
    text: str

    @property
    def slug(self) -> str:
        """Slug of the source: the file's stem with hyphens."""
        return Path(self.path).stem.replace("_", "-")

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file's bytes, in hexadecimal."""
        return digest(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Non-empty lines, without surrounding white space or a leading bullet."""
        lines = (line.span() for line in re.finditer(r"[^\r\n]+", self.text) if not line.group().isspace())
        return tuple(Span(*sentences.trim(self.text, *line), n) for n, line in enumerate(lines, 1))

    def paragraph_at(self, offset: int) -> int:
        """Return the number of the paragraph that contains an offset (1 also before the first)."""
        return max(1, bisect_right(self._starts, offset))

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.paragraphs]

    def sentences(self, first: int, last: int | None = None) -> tuple[Span, ...]:
        """Return the sentences of one paragraph, or of several, counted across line breaks."""
        start, end = self.paragraphs[first - 1].start, self.paragraphs[(last or first) - 1].end
        return tuple(self.span(*ends) for ends in sentences.sentences(self.text, start, end))

    def words(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the words between two offsets."""
        return tuple(self.span(*ends) for ends in sentences.words(self.text, start, end))

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(start, end, self.paragraph_at(start))


class Corpus:
    """Folders of documents; a data file is read once for all of its rows."""

    def __init__(self, folders: Folders) -> None:
        """Raise CorpusUnusable if a folder does not exist."""
        self.folders = (folders,) if isinstance(folders, Path) else tuple(folders)
        require_documents(self.folders)
        self._rows: dict[str, Mapping[str, DataRow]] = {}

    def read(self, path: str, cite: str) -> Document:
        """Return a document exactly as its bytes are, from the first folder that has it, or a row as it is read.

        Raises OSError (FileNotFoundError also if there is no such row), UnicodeDecodeError, DataFileInvalid.
        """
        if not is_row(path):
            return Document(cite, path, (self._folder_of(path) / path).read_bytes().decode("utf-8"))
        file, _, key = path.partition("#")
        if file not in self._rows:
            self._rows[file] = read_rows(self._folder_of(file), file)
        row = self._rows[file].get(key)
        if row is None:
            raise FileNotFoundError(f"{file} has no row {key}")
        return Document(cite, path, row.text)

    def _folder_of(self, path: str) -> Path:
        return next((folder for folder in self.folders if (folder / path).is_file()), self.folders[0])

    def __str__(self) -> str:
        return ", ".join(map(str, self.folders))


def read_document(folders: Folders, path: str, cite: str) -> Document:
    """Return one document, as `Corpus.read`."""
    return Corpus(folders).read(path, cite)


def digest(text: str) -> str:
    """Return the SHA-256 of the UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def quotations(document: Document) -> list[Span]:
    """Return the contents of each pair of quotation marks, in order, nested ones included."""
    return [document.span(*ends) for ends in sentences.quotation_marks(document.text)[0]]


def unpaired_marks(document: Document) -> list[Span]:
    """Return the quotation marks without a partner, in order."""
    return [document.span(at, at + 1) for at in sentences.quotation_marks(document.text)[1]]


class Spellings:
    """Names to look for in documents, by their first words: few names need to be looked for in any one document.

    Raises ValueError if one is empty.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for name in names:
            runs = sentences.letter_runs(name)
            if not name.split():
                raise ValueError("there are no words to search for")
            self._by_first.setdefault(runs[0] if runs else "", []).append((name, frozenset(runs)))

    def candidates(self, text: str) -> Iterator[str]:
        """Yield the spellings whose words all occur in a text, in any position."""
        runs = {"", *sentences.letter_runs(text)}
        for first in self._by_first.keys() & runs:
            yield from (name for name, needed in self._by_first[first] if needed <= runs)


def occurrences(document: Document, names: Spellings) -> dict[str, int]:
    """Return how often a document prints each spelling as separate words; one inside a longer one is not counted."""
    text = document.text
    candidates = names.candidates(text)
    printed = sorted((ends.start, -ends.end, name) for name in candidates for ends in sentences.spellings(text, name))
    counts: dict[str, int] = {}
    furthest = 0
    for _, end, name in printed:
        if -end > furthest:
            furthest = -end
            counts[name] = counts.get(name, 0) + 1
    return counts


@dataclass(frozen=True, slots=True)
class Anchor:
    """Position of an address of a source, and the SHA-256 of the text there."""

    source: str
    address: str
    start: int
    end: int
    paragraph: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.source} {self.address} {self.start} {self.end} {self.paragraph} {self.sha256}"


@dataclass(frozen=True, slots=True)
class NameCount:
    """Number of times that a source prints a spelling."""

    source: str
    name: str
    count: int

    def __str__(self) -> str:
        return f"{self.source} | {self.name} | {self.count}"


class LockError(ServiceError):
    """The lock cannot be written or read, or does not hold what is requested."""

    code = "LOCK_INVALID"


class AnchorMismatch(LockError):
    """The text in the document is not the one that was anchored."""

    code = "ANCHOR_MISMATCH"

    def __init__(self, document: Document, anchor: Anchor) -> None:
        super().__init__(
            f"{document.path}: {anchor.address} is anchored at {anchor.start}-{anchor.end}, "
            "but the text there has changed"
        )


@dataclass(frozen=True)
class Lock:
    """Anchors and counts of spellings, as found by `read_lock`."""

    anchors: Mapping[tuple[str, str], Anchor]
    counts: Mapping[tuple[str, str], int]

    def anchor(self, source: str, address: str) -> Anchor:
        """Return the anchor of an address, as spelt in the lock; raise LockError."""
        try:
            return self.anchors[source, address]
        except KeyError:
            raise LockError(f"{source} {address} is not anchored: run `gipfelbuch anchor`") from None

    def count(self, source: str, name: str) -> int:
        """Return how often a source prints a spelling; 0 if the lock has no count."""
        return self.counts.get((source, name), 0)

    def names(self, source: str) -> dict[str, int]:
        """Return the spellings that a source prints, with their counts."""
        return {name: count for (one, name), count in self.counts.items() if one == source}


def anchor_state(anchor: Anchor, document: Document | None) -> AnchorState:
    """Return whether the anchored text is still in its place; it is not looked for anywhere else."""
    if document is None:
        return AnchorState.UNCHECKED
    same = digest(document.text[anchor.start : anchor.end]) == anchor.sha256
    return AnchorState.VERIFIED if same else AnchorState.ORPHAN


def exact(anchor: Anchor, document: Document) -> str:
    """Return the anchored text; raise AnchorMismatch, which names file and address."""
    if anchor_state(anchor, document) is not AnchorState.VERIFIED:
        raise AnchorMismatch(document, anchor)
    return document.text[anchor.start : anchor.end]


def write_lock(entries: Iterable[Anchor | NameCount]) -> str:
    """Return the lock's text, the same for the same entries in any order; raise LockError if two disagree."""
    entries = set(entries)
    for entry in entries:
        if _parse_line(str(entry), 0) != entry:
            raise LockError(f"{entry!r} cannot be written as a line of the lock")
    anchors, counts = _by_key(entries)
    lines = [_LOCK_HEAD]
    lines += map(str, sorted(anchors.values(), key=lambda one: (one.source, one.start, one.end, one.address)))
    lines += map(str, sorted(counts.values(), key=lambda one: (one.source, one.name)))
    return "\n".join(lines) + "\n"


def read_lock(text: str) -> Lock:
    """Return the lock that `write_lock` wrote; raise LockError with the number of a line that cannot be read."""
    entries = [_parse_line(line, n) for n, line in enumerate(text.split("\n"), 1) if line and line[0] != "#"]
    anchors, counts = _by_key(entries)
    return Lock(anchors, {key: one.count for key, one in counts.items()})


def _by_key(
    entries: Iterable[Anchor | NameCount],
) -> tuple[dict[tuple[str, str], Anchor], dict[tuple[str, str], NameCount]]:
    anchors: dict[tuple[str, str], Anchor] = {}
    counts: dict[tuple[str, str], NameCount] = {}
    for entry in entries:
        if isinstance(entry, Anchor):
            known: object = anchors.setdefault((entry.source, entry.address), entry)
        else:
            known = counts.setdefault((entry.source, entry.name), entry)
        if known != entry:
            raise LockError(f"the lock would contain both {known} and {entry}")
    return anchors, counts


def _parse_line(line: str, number: int) -> Anchor | NameCount:
    if anchor := _ANCHOR_LINE.fullmatch(line):
        source, address, start, end, paragraph, sha256 = anchor.groups()
        return Anchor(source, address, int(start), int(end), int(paragraph), sha256)
    if count := _COUNT_LINE.fullmatch(line):
        return NameCount(count[1], count[2], int(count[3]))
    raise LockError(f"line {number} of the lock is neither an anchor nor a name: {line}")
