"""Contents of the seeds before any of them is read: slugs with their types."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from service.store.enums import OrganisationKind
from service.store.folders import MANIFEST
from service.store.kinds import KINDS
from service.store.notation.values import Index
from service.store.seeds.actors import ACTORS
from service.store.seeds.files import Problems, SeedFile

T = TypeVar("T")
Fields = Callable[[], Mapping[str | None, Any]]
"""Function that returns the fields of an entry, which are read only on demand."""


def build_index(files: Mapping[str, Sequence[SeedFile]], problems: Problems) -> Index:
    """Index the slugs of all entries; report a slug in two files, unless both describe the same actor or place."""
    typenames = {file: typename for typename, (file, _) in ACTORS.items()}
    kinds = {kind.file: kind for kind in KINDS}

    def index(nouns: Iterable[str], tell: Callable[[str, Fields], T], *, can_recur: bool = False) -> dict[str, T]:
        return _index_slugs(files, nouns, tell, problems, can_recur=can_recur)

    actors = index(typenames, lambda noun, fields: (typenames[noun], fields().get("kind")), can_recur=True)
    index(["conflicts.yaml"], lambda *_: None)
    return Index(
        actors={slug: typename for slug, (typename, _) in actors.items()},
        places=index(["places.yaml"], lambda *_: "Place", can_recur=True),
        sources=index(["sources.yaml"], lambda *_: "Source"),
        datasets=index(["datasets.yaml", MANIFEST], lambda *_: "SourceDataset"),
        facts=index(kinds, lambda noun, fields: kinds[noun].typename_of(fields)),
        agencies={slug for slug, (_, kind) in actors.items() if kind == OrganisationKind.NEWS_AGENCY.value},
    )


def _index_slugs(
    files: Mapping[str, Sequence[SeedFile]],
    nouns: Iterable[str],
    tell: Callable[[str, Fields], T],
    problems: Problems,
    *,
    can_recur: bool,
) -> dict[str, T]:
    """Return every key of the files of these nouns with what `tell` returns for its noun and its fields.

    With `can_recur` a key may be in several files of one noun; the first counts.
    """
    found: dict[str, T] = {}
    firsts: dict[str, tuple[str, SeedFile]] = {}
    for noun in nouns:
        for file, key in ((each, key) for each in files[noun] for key in each.entries):
            if key in firsts:
                first_noun, first = firsts[key]
                if first_noun != noun or not can_recur:
                    mark = first.mark(key)
                    problems.add(file.mark(key), f"{key} is also in {mark.file}:{mark.line}")
            elif key is not None:
                found[key] = tell(noun, partial(_fields, file, key))
                firsts[key] = (noun, file)
    return found


def _fields(file: SeedFile, key: str | None) -> Mapping[str | None, Any]:
    node = file.entries[key]
    return node if isinstance(node, dict) else {}
