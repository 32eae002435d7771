"""What stands in the seeds, before any of it is read: slugs with their types."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.store.enums import OrganisationKind
from service.store.folders import MANIFEST
from service.store.kinds import KINDS, Kind
from service.store.notation.values import Index
from service.store.seeds.actors import ACTORS
from service.store.seeds.files import Mark, Problems, SeedFile


def build_index(files: Mapping[str, Sequence[SeedFile]], problems: Problems) -> Index:
    """The slugs of all entries; one that stands in two files is told, unless both tell of the same actor or place."""
    typenames = {file: typename for typename, (file, _) in ACTORS.items()}
    kinds = {kind.file: kind for kind in KINDS}
    actors = _index_slugs(files, typenames, problems, can_recur=True)
    facts = _index_slugs(files, kinds, problems)
    _index_slugs(files, ["conflicts.yaml"], problems)
    return Index(
        actors={slug: typenames[noun] for slug, (noun, _, _) in actors.items()},
        places=dict.fromkeys(_index_slugs(files, ["places.yaml"], problems, can_recur=True), "Place"),
        sources=dict.fromkeys(_index_slugs(files, ["sources.yaml"], problems), "Source"),
        datasets=dict.fromkeys(_index_slugs(files, ["datasets.yaml", MANIFEST], problems), "SourceDataset"),
        facts={slug: _typename(kinds[noun], node) for slug, (noun, _, node) in facts.items()},
        agencies={
            slug
            for slug, (_, _, node) in actors.items()
            if isinstance(node, dict) and node.get("kind") == OrganisationKind.NEWS_AGENCY.value
        },
    )


def _index_slugs(
    files: Mapping[str, Sequence[SeedFile]], nouns: Iterable[str], problems: Problems, *, can_recur: bool = False
) -> dict[str, tuple[str, Mark, Any]]:
    """Every key of the files of these nouns with its noun, where it stands and what it holds.

    With `can_recur` a key may stand in several files of one noun.
    """
    nodes: dict[str, tuple[str, Mark, Any]] = {}
    for noun in nouns:
        for key, node, mark in (each for file in files[noun] for each in file.with_marks()):
            if key in nodes:
                first_noun, first, _ = nodes[key]
                if first_noun != noun or not can_recur:
                    problems.add(mark, f"{key} stands in {first.file}:{first.line} too")
            elif key is not None:
                nodes[key] = (noun, mark, node)
    return nodes


def _typename(kind: Kind, node: Any) -> str:
    return kind.typename_of(node if isinstance(node, dict) else {})
