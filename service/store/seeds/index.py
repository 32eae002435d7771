"""What stands in the seeds, before any of it is read: slugs with their types."""

from collections.abc import Iterable, Mapping

from service.store.enums import OrganisationKind
from service.store.kinds import KINDS, Kind
from service.store.notation.values import Index
from service.store.seeds.actors import ACTORS
from service.store.seeds.files import Mark, Node, Problems, YamlMapping


def build_index(files: Mapping[str, YamlMapping], problems: Problems) -> Index:
    """The slugs of all entries; one that stands in two files is told."""
    typenames = {file: typename for typename, (file, _) in ACTORS.items()}
    kinds = {kind.file: kind for kind in KINDS}
    actors = _index_slugs(files, typenames, problems)
    facts = _index_slugs(files, kinds, problems)
    return Index(
        actors={slug: typenames[mark.file] for slug, (mark, _) in actors.items()},
        places=dict.fromkeys(_index_slugs(files, ["places.yaml"], problems), "Place"),
        sources=dict.fromkeys(_index_slugs(files, ["sources.yaml"], problems), "Source"),
        datasets=dict.fromkeys(_index_slugs(files, ["datasets.yaml"], problems), "SourceDataset"),
        facts={slug: _typename(kinds[mark.file], node) for slug, (mark, node) in facts.items()},
        agencies={
            slug
            for slug, (_, node) in actors.items()
            if isinstance(node, YamlMapping) and node.get("kind") == OrganisationKind.NEWS_AGENCY.value
        },
    )


def _index_slugs(
    files: Mapping[str, YamlMapping], names: Iterable[str], problems: Problems
) -> dict[str, tuple[Mark, Node]]:
    """Every key of these files with where it stands and what it holds."""
    nodes: dict[str, tuple[Mark, Node]] = {}
    for name in names:
        for key, node in files[name].items():
            mark = Mark(name, files[name].lines[key])
            if key in nodes:
                first = nodes[key][0]
                problems.add(mark, f"{key} stands in {first.file}:{first.line} too")
            elif key is not None:
                nodes[key] = (mark, node)
    return nodes


def _typename(kind: Kind, node: Node) -> str:
    return kind.typename_of(node if isinstance(node, YamlMapping) else {})
