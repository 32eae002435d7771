"""What stands in the seeds, before any of it is read: slugs with their types, properties with their kinds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from service.store.enums import MeetingLevel, OrganisationKind
from service.store.record.record import Texts
from service.store.seeds.entry import Entry, read_entries
from service.store.seeds.files import Keyed, Mark, Node, Problems
from service.store.seeds.nouns import ACTORS, ALL_MODES, FACTS, KNOWN, Description, Meeting
from service.store.seeds.values import Index
from service.store.seeds.written import KINDS, Written


def build_index(files: Mapping[str, Keyed], problems: Problems) -> Index:
    """The slugs of all entries; one that stands in two files is told."""
    actors = _written(files, ACTORS, problems)
    facts = _written(files, FACTS, problems)
    return Index(
        actors={slug: ACTORS[mark.file].__name__ for slug, (mark, _) in actors.items()},
        places=dict.fromkeys(_written(files, ["places.yaml"], problems), "Place"),
        sources=dict.fromkeys(_written(files, ["sources.yaml"], problems), "Source"),
        datasets=dict.fromkeys(_written(files, ["datasets.yaml"], problems), "SourceDataset"),
        facts={slug: _typename(FACTS[mark.file], node) for slug, (mark, node) in facts.items()},
        agencies={
            slug
            for slug, (_, node) in actors.items()
            if isinstance(node, Keyed) and node.get("kind") == OrganisationKind.NEWS_AGENCY.value
        },
    )


def _written(files: Mapping[str, Keyed], names: Iterable[str], problems: Problems) -> dict[str, tuple[Mark, Node]]:
    """Every key of these files with where it stands and what it holds."""
    found: dict[str, tuple[Mark, Node]] = {}
    for name in names:
        for key, node in files[name].items():
            mark = Mark(name, files[name].lines[key])
            if key in found:
                first = found[key][0]
                problems.add(mark, f"{key} stands in {first.file}:{first.line} too")
            elif key is not None:
                found[key] = (mark, node)
    return found


def _typename(noun: type[Written], node: Node) -> str:
    if noun is not Meeting:
        return noun.__name__
    is_summit = isinstance(node, Keyed) and node.get("level") == MeetingLevel.LEADERS.value
    return "Summit" if is_summit else "Talks"


def read_properties(
    file: Keyed, index: Index, problems: Problems
) -> tuple[dict[str, Texts], dict[str, TypeAdapter[Any]]]:
    """The descriptions of all terms; and of the open properties among them, what their claims must be."""
    described: dict[str, Texts] = {}
    kinds: dict[str, TypeAdapter[Any]] = {}
    for entry in read_entries("properties.yaml", Description, file, index, problems):
        for reason in _term_faults(entry):
            entry.fault(reason)
        described[entry.slug] = {str(name): str(text) for name, text in entry.given.items() if name != "value"}
        if entry.slug not in KNOWN and entry.slug not in ALL_MODES:
            kinds[entry.slug] = KINDS[entry.fields.value or "phrase"]
    return described, kinds


def _term_faults(entry: Entry[Description]) -> Iterator[str]:
    kind = entry.fields.value
    if entry.slug in ALL_MODES or entry.slug in KNOWN:
        if kind:
            yield "what values it takes is known, and not written here"
        return
    if not entry.slug.isascii() or not entry.slug.isalnum() or not entry.slug[0].islower():
        yield "a property is a name in camel case"
    # What decides between claims knows dates by their names.
    if entry.is_whole and (kind == "date") != entry.slug.endswith(("Date", "On")):
        yield "a property whose value is a date ends in Date or On, and no other does"
