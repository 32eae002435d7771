"""A set of the seeds in memory: the same entries always give the same bytes, whatever their order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from service.errors import SetUnknown
from service.importers.former import add_former, write_former
from service.store.documents.corpus import Document
from service.store.folders import MANIFEST, available_sets, set_folder
from service.store.seeds.aliases import FILE as ALIASES
from service.store.seeds.reading import anchor_set
from service.store.seeds.sets import ADDITIONS, LINES_OF, LOCK, REVIEW, SetFolder

Entry = Mapping[str, Any]
"""`slug` and the fields, as in a seed file: every scalar is a text, null is `~`."""
GENERATED = (*LINES_OF, ADDITIONS, REVIEW, ALIASES, LOCK)
"""Files that an import writes; all others of a set's folder, and some lines of the aliases, are written by hand."""


@dataclass
class SeedSet:
    """Result of importing a data set: entries by noun, and the documents of its sources by their short names.

    Nouns are the names of the seed files without their extensions: `people`, `sources`, `meetings` ..., and `additions`
    to facts that are in the seeds or in a set that this one requires. `review` holds what waits for a decision.
    """

    name: str
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    review: list[Entry] = field(default_factory=list)

    def add(self, noun: str, slug: str, **fields: Any) -> None:
        """Add an entry."""
        self.entries.setdefault(noun, []).append({"slug": slug, **fields})


def render_set(seeds: Path, made: SeedSet) -> dict[str, bytes]:
    """Return the generated files by name, with the lock; raise SetUnknown without a manifest, SeedsInvalid."""
    if made.name not in available_sets(seeds):
        raise SetUnknown(made.name, available_sets(seeds))
    files = {f"{noun}.jsonl": _to_lines(entries) for noun, entries in made.entries.items() if entries}
    if made.review:
        files[REVIEW] = _to_lines(made.review)
    if former := add_former(seeds, made.name, made.entries):
        files[ALIASES] = write_former(former)
    manifest = (set_folder(seeds, made.name) / MANIFEST).read_bytes()
    folder = SetFolder(made.name, {MANIFEST: manifest, **files})
    return dict(sorted({**files, LOCK: anchor_set(seeds, folder, made.documents).encode()}.items()))


@dataclass(frozen=True)
class FileChange:
    """Numbers of new, removed and unchanged lines of a generated file; a changed entry is both new and removed."""

    file: str
    new: int
    gone: int
    same: int

    def __str__(self) -> str:
        return f"{self.file}: {self.new} lines added, {self.gone} removed, {self.same} unchanged"


def compare_set(seeds: Path, name: str, files: Mapping[str, bytes]) -> list[FileChange]:
    """Return each generated file compared with the one on disk, in alphabetical order."""
    folder = set_folder(seeds, name)
    there = {file: (folder / file).read_bytes() for file in GENERATED if (folder / file).exists()}
    return [_compare(file, there.get(file, b""), files.get(file, b"")) for file in sorted(there.keys() | files.keys())]


def write_set(seeds: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Write the generated files and delete those no longer generated; files written by hand stay."""
    for file in GENERATED:
        path = set_folder(seeds, name) / file
        if file in files:
            path.write_bytes(files[file])
        else:
            path.unlink(missing_ok=True)


def _compare(file: str, before: bytes, after: bytes) -> FileChange:
    old, new = set(before.splitlines()), set(after.splitlines())
    return FileChange(file, len(new - old), len(old - new), len(new & old))


def _to_lines(entries: Iterable[Entry]) -> bytes:
    """Return JSON Lines sorted by slug; fields keep the order in which they were given."""
    return b"".join(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE) for entry in sorted(entries, key=_slug))


def _slug(entry: Entry) -> str:
    return str(entry["slug"])
