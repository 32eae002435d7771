"""A set of the seeds, made in memory: the same entries always give the same bytes, in any order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from service.errors import SetUnknown
from service.store.documents.corpus import Document
from service.store.seeds.reading import anchor_set
from service.store.seeds.sets import ADDITIONS, FOLDER, LINES_OF, LOCK, MANIFEST, REVIEW, SetFolder, available_sets

Entry = Mapping[str, Any]
"""`slug` and the fields, as a seed file has them: every scalar is a text, null is `~`."""
GENERATED = (*LINES_OF, ADDITIONS, REVIEW, LOCK)
"""The files that an import writes; all others of a set's folder are written by hand."""


@dataclass
class SeedSet:
    """What an import makes of a data set: entries by noun, and the documents of its sources by their short names.

    Nouns are the names of the seed files without their endings: `people`, `sources`, `meetings` ..., and `additions`,
    of facts that stand in the seeds or in a set that this one requires. `review` holds what waits for a decision.
    """

    name: str
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    review: list[Entry] = field(default_factory=list)

    def add(self, noun: str, slug: str, **fields: Any) -> None:
        """Add an entry."""
        self.entries.setdefault(noun, []).append({"slug": slug, **fields})


def render_set(seeds: Path, made: SeedSet) -> dict[str, bytes]:
    """The generated files by name, with the lock; raises SetUnknown without a manifest, SeedsInvalid."""
    if made.name not in available_sets(seeds):
        raise SetUnknown(made.name, available_sets(seeds))
    files = {f"{noun}.jsonl": _to_lines(entries) for noun, entries in made.entries.items() if entries}
    if made.review:
        files[REVIEW] = _to_lines(made.review)
    manifest = (_folder(seeds, made.name) / MANIFEST).read_bytes()
    folder = SetFolder(made.name, {MANIFEST: manifest, **files})
    return dict(sorted({**files, LOCK: anchor_set(seeds, folder, made.documents).encode()}.items()))


def compare_set(seeds: Path, name: str, files: Mapping[str, bytes]) -> list[str]:
    """The names of those generated files that are not what lies there, in alphabetical order."""
    folder = _folder(seeds, name)
    there = {file: (folder / file).read_bytes() for file in GENERATED if (folder / file).exists()}
    return sorted(file for file in there.keys() | files.keys() if there.get(file) != files.get(file))


def write_set(seeds: Path, name: str, files: Mapping[str, bytes]) -> list[str]:
    """Write what differs and delete what is no more; the names of these files. What is written by hand stays."""
    changed = compare_set(seeds, name, files)
    for file in changed:
        path = _folder(seeds, name) / file
        if file in files:
            path.write_bytes(files[file])
        else:
            path.unlink()
    return changed


def _folder(seeds: Path, name: str) -> Path:
    return seeds / FOLDER / name


def _to_lines(entries: Iterable[Entry]) -> bytes:
    """JSON Lines by slug; the fields stand in the order in which they were given."""
    return b"".join(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE) for entry in sorted(entries, key=_slug))


def _slug(entry: Entry) -> str:
    return str(entry["slug"])
