"""What stands in the seeds, before any of it is read: slugs with their types, properties with their kinds."""

from collections.abc import Iterator, Mapping

from service.store.plover import MODES
from service.store.record.record import Texts
from service.store.seeds.actors import ACTOR_FILES
from service.store.seeds.entry import Entry, plain_text
from service.store.seeds.files import Keyed, Mark, Node, Problems
from service.store.seeds.nouns import KNOWN, NOUNS, Noun
from service.store.seeds.values import DATE, KINDS, PHRASE, Index, Kind
from service.store.terms import MeetingLevel, OrganisationKind

ALL_MODES = frozenset(mode for modes in MODES.values() for mode in modes)


def build_index(files: Mapping[str, Keyed], problems: Problems) -> Index:
    """The slugs of all entries; one that stands in two files is told."""
    actors = _written(files, [*ACTOR_FILES], problems)
    facts = _written(files, [*NOUNS], problems)
    return Index(
        actors={slug: ACTOR_FILES[mark.file] for slug, (mark, _) in actors.items()},
        places=dict.fromkeys(_written(files, ["places.yaml"], problems), "Place"),
        facts={slug: _typename(NOUNS[mark.file], node) for slug, (mark, node) in facts.items()},
        agencies={
            slug
            for slug, (_, node) in actors.items()
            if isinstance(node, Keyed) and plain_text(node.get("kind")) == OrganisationKind.NEWS_AGENCY.value
        },
    )


def _written(files: Mapping[str, Keyed], names: list[str], problems: Problems) -> dict[str, tuple[Mark, Node]]:
    """Every key of these files with where it stands and what it holds."""
    found: dict[str, tuple[Mark, Node]] = {}
    for name in names:
        for key, node in files[name].entries:
            if key.text in found:
                first = found[key.text][0]
                problems.add(key.mark, f"{key.text} stands in {first.file}:{first.line} too")
            elif key.text is not None:
                found[key.text] = (key.mark, node)
    return found


def _typename(noun: Noun, node: Node) -> str:
    if noun.typename:
        return noun.typename
    level = plain_text(node.get("level")) if isinstance(node, Keyed) else None
    return "Summit" if level == MeetingLevel.LEADERS.value else "Talks"


def read_properties(file: Keyed, problems: Problems) -> tuple[dict[str, Texts], dict[str, Kind]]:
    """The descriptions of all terms; and of the open properties among them, what kind of value they take."""
    described: dict[str, Texts] = {}
    kinds: dict[str, Kind] = {}
    for key, node in file.entries:
        if key.text is None or not isinstance(node, Keyed):
            problems.add(key.mark, f"{key.text}: its description is texts by language")
            continue
        entry = Entry(key.text, key.mark, node, problems)
        for reason in _term_faults(entry):
            entry.fault(reason)
        texts = Keyed(node.mark, tuple(one for one in node.entries if one[0].text != "value"))
        described[entry.slug] = entry.texts_in(texts, "description")
        if entry.slug not in KNOWN and entry.slug not in ALL_MODES:
            kinds[entry.slug] = KINDS.get(entry.text("value") or "phrase", PHRASE)
    return described, kinds


def _term_faults(entry: Entry) -> Iterator[str]:
    kind = entry.text("value")
    if not entry.has("en"):
        yield "a description in English is missing"
    if entry.slug in ALL_MODES or entry.slug in KNOWN:
        if kind:
            yield "what values it takes is known, and not written here"
        return
    if not entry.slug.isascii() or not entry.slug.isalnum() or not entry.slug[0].islower():
        yield "a property is a name in camel case"
    if kind and kind not in KINDS:
        yield f"value: {kind!r} is none of {', '.join(KINDS)}"
    # What decides between claims knows dates by their names.
    if (KINDS.get(kind or "phrase") is DATE) != entry.slug.endswith(("Date", "On")):
        yield "a property whose value is a date ends in Date or On, and no other does"
