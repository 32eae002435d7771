"""Sets of imported entries, each a folder under `sets/`: a manifest, JSON Lines for each noun, and its own lock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import orjson
from pydantic import Field

from service.errors import SetUnknown
from service.store.folders import MANIFEST, SETS, available_sets, set_folder
from service.store.notation import values
from service.store.notation.citations import SLUG
from service.store.notation.values import Date
from service.store.seeds.aliases import FILE as ALIASES
from service.store.seeds.files import JsonLines, Mark, Problems, SeedFile, YamlMapping, read_yaml
from service.store.seeds.models import MODELS
from service.store.seeds.sources import SourceDatasetEntry

LOCK = "anchors.lock"
SOURCES = "sources.jsonl"
REVIEW = "review.jsonl"
"""File of lines that wait for a decision; not part of the record."""
ADDITIONS = "additions.jsonl"
"""File of what a set adds to facts that are in the seeds or in a set that it requires."""
NOT_IN_SETS = ("datasets.yaml", "properties.yaml")
"""Nouns that only the seeds have: the manifest is the data set."""
LINES_OF = {noun.replace(".yaml", ".jsonl"): noun for noun in MODELS if noun not in NOT_IN_SETS}
"""Nouns by the names of their files in a set."""


class ManifestEntry(SourceDatasetEntry):
    """The data set that a set is made from. `publishedOn` applies to rows without a day of their own."""

    requires: list[Annotated[str, Field(pattern=f"^{SLUG}$")]] | None = None
    outlet: values.Organisation | None = None
    publishedOn: Date | None = None


@dataclass(frozen=True)
class SetFolder:
    """Files of a set, by name."""

    name: str
    files: Mapping[str, bytes]

    def path(self, file: str) -> str:
        """Return a file's path within the folder of the seeds."""
        return f"{SETS}/{self.name}/{file}"


def read_sets(seeds: Path, names: Iterable[str] | None) -> list[SetFolder]:
    """Return the sets of these names (None: all) with those that they require, each after those it requires.

    Raises SetUnknown.
    """
    sets: dict[str, SetFolder | None] = {}
    available = available_sets(seeds)
    for name in available if names is None else names:
        _add_set(sets, seeds, available, name)
    return [folder for folder in sets.values() if folder]


def _add_set(
    sets: dict[str, SetFolder | None], seeds: Path, available: Sequence[str], name: str, asked_by: str | None = None
) -> None:
    """Add a set after those that it requires, if it is not in the list; `asked_by`: the set that requires it."""
    if name in sets:
        return
    if name not in available:
        raise SetUnknown(name, available, asked_by)
    sets[name] = None
    folder = read_set(seeds, name)
    for other in required_sets(folder):
        _add_set(sets, seeds, available, other, name)
    # after those that it requires
    del sets[name]
    sets[name] = folder


def read_set(seeds: Path, name: str) -> SetFolder:
    """Return a set as stored on disk."""
    paths = sorted(set_folder(seeds, name).iterdir())
    return SetFolder(name, {path.name: path.read_bytes() for path in paths if path.is_file()})


def required_sets(folder: SetFolder) -> list[str]:
    """Return the names under `requires`, as far as they can be read."""
    required = read_yaml(MANIFEST, folder.files[MANIFEST], Problems()).get("requires")
    return [name for name in required if isinstance(name, str)] if isinstance(required, list) else []


def manifest_file(folder: SetFolder, problems: Problems) -> SeedFile:
    """Return the manifest as the only entry of a file of data sets."""
    name = folder.path(MANIFEST)
    entries = YamlMapping()
    entries[folder.name] = read_yaml(name, folder.files[MANIFEST], problems)
    entries.lines[folder.name] = 1
    return SeedFile(name, entries)


def aliases_file(folder: SetFolder, problems: Problems) -> SeedFile:
    """Return the former slugs of a set's entries; none if it has no file of them."""
    name = folder.path(ALIASES)
    return SeedFile(name, read_yaml(name, folder.files.get(ALIASES, b""), problems))


def entry_files(folder: SetFolder, problems: Problems) -> Iterator[tuple[str, SeedFile]]:
    """Yield the files of entries, each with its noun; `additions.jsonl` has a noun of its own."""
    for file, content in folder.files.items():
        if file in LINES_OF or file == ADDITIONS:
            name = folder.path(file)
            yield LINES_OF.get(file, ADDITIONS), SeedFile(name, _read_lines(name, content, problems))
        elif file.endswith(".jsonl") and file != REVIEW:
            reason = f"this file is unknown; the files of a set are {', '.join([*LINES_OF, ADDITIONS, REVIEW])}"
            problems.add(Mark(folder.path(file), 1), reason)


def _read_lines(name: str, content: bytes, problems: Problems) -> JsonLines:
    """Return the entries of JSON Lines by slug; the contents of an entry are plain and in its line."""
    entries = JsonLines()
    for number, line in enumerate(content.splitlines(), 1):
        try:
            entry: Any = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            problems.add(Mark(name, number), f"it is not JSON: {error}")
            continue
        slug = entry.get("slug") if isinstance(entry, dict) else None
        if not isinstance(slug, str):
            problems.add(Mark(name, number), "a line must be an object with a slug")
        elif slug in entries:
            problems.add(Mark(name, number), f"{slug} is given twice, first in line {entries.lines[slug]}")
        else:
            entries.written[slug], entries.lines[slug] = line, number
    return entries
