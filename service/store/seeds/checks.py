"""What must hold between the parts of a record; each check tells its mistakes as (line, reason)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from service.store.enums import EventType, Medium
from service.store.plover import MODES
from service.store.record.decide import as_date, asserts
from service.store.record.record import Fact, Record
from service.store.seeds.claims import Lines
from service.store.seeds.files import Mark, Problems
from service.store.seeds.nouns import ALL_MODES, KNOWN
from service.store.seeds.values import FACTS

Found = Iterator[tuple[Mark, str]]

MEETINGS = ("Summit", "Talks")
MOST_IN_A_FACT = 250
"""So many people, and as many states: they make some 31,000 relationships."""


def check(record: Record, lines: Lines, problems: Problems) -> None:
    """Tell what does not hold."""
    marks = lines.claims
    for fact in record.facts.values():
        found = [
            *(() if fact.slug in lines.unread else (*_told(fact, marks), *_needed(fact))),
            *_references(fact, record, marks),
            *_crowd(fact, record),
            *(_within(fact, record) if fact.typename in MEETINGS else ()),
            *(_coding(fact) if fact.typename == "Event" else _medium(fact)),
        ]
        for mark, reason in found:
            problems.add(mark, f"{fact.slug}: {reason}")
    for reason in _described(record):
        problems.add(Mark("properties.yaml", 1), reason)


def _line(fact: Fact) -> Mark:
    return Mark(fact.file, fact.line)


def _told(fact: Fact, marks: Mapping[str, Mark]) -> Found:
    """No fact without a claim, and no claim by a source that does not tell of the fact."""
    existence = "text" if fact.typename == "Quote" else "existence"
    telling = [claim for claim in fact.claims if claim.property == existence]
    if not telling:
        yield _line(fact), f"no claim of {existence} tells of it"
        return
    since = min(claim.reported_on for claim in telling)
    sources = {claim.source for claim in telling}
    for claim in fact.claims:
        if claim.reported_on < since:
            yield marks[claim.slug], f"{claim.property}: its source is older than any that tells of the fact"
        elif claim.source not in sources and fact.typename != "Quote":
            yield (
                marks[claim.slug],
                f"{claim.property}: {claim.source} is not among the sources of its existence",
            )


def _references(fact: Fact, record: Record, marks: Mapping[str, Mark]) -> Found:
    """A claim names only facts that were known when it was made."""
    for claim in fact.claims:
        named = record.facts.get(claim.value or "") if claim.value_typename in FACTS else None
        if named and claim.reported_on < known_since(named):
            yield marks[claim.slug], f"{claim.property}: no source had told of {named.slug} by then"
    if fact.slug in _listed(fact, "variants"):
        yield _line(fact), "it is no variant of itself"
    made_at = _values(fact, "madeAt")
    if made_at & _values(fact, "meeting"):
        yield _line(fact), "the meeting that it led to is not the one at which it was made"


def _crowd(fact: Fact, record: Record) -> Found:
    """Each two people or states in a fact become a relationship: there is a limit to how many are in one."""
    actors = {involvement.actor for involvement in fact.involvements}
    for typename in ("Person", "Country"):
        many = sum(record.actors[actor].typename == typename for actor in actors if actor in record.actors)
        if many > MOST_IN_A_FACT:
            yield _line(fact), f"{many} of type {typename} are in it: there are at most {MOST_IN_A_FACT}"


def _within(fact: Fact, record: Record) -> Found:
    """A meeting is within others without end or circle, and on a day that they can contain."""
    if _values(fact, "withinKind") and not _values(fact, "within"):
        yield _line(fact), "withinKind: it is within no other meeting"
    if fact.slug in _around(fact, record):
        yield _line(fact), "within: it lies within itself"
    for slug in sorted(_values(fact, "within") - {fact.slug}):
        outer = record.facts.get(slug)
        if outer and not _can_contain(outer, fact):
            yield _line(fact), f"within: no day that is told of it is one of {slug}"


def _around(fact: Fact, record: Record) -> set[str]:
    """The meetings that a meeting is within, at whatever remove."""
    found: set[str] = set()
    slugs = _values(fact, "within")
    while new := slugs - found:
        found |= new
        slugs = {outer for slug in new if slug in record.facts for outer in _values(record.facts[slug], "within")}
    return found


def _can_contain(outer: Fact, inner: Fact) -> bool:
    """Whether some day told of the one may be a day of the other; the margins reach a day beyond both ends."""
    reach = timedelta(days=1) if "MARGINS" in _values(inner, "withinKind") else timedelta()
    spans = [(first, last) for value in _values(inner, "date") for first, last in _bounds(value)]
    others = [(first, last) for value in _values(outer, "date") for first, last in _bounds(value)]
    touching = (
        (last == date.max or last + reach >= start) and (end == date.max or first <= end + reach)
        for first, last in spans
        for start, end in others
    )
    return not spans or not others or any(touching)


def _bounds(value: str) -> Iterator[tuple[date, date]]:
    """First and last possible day of a date that can be read."""
    day = as_date("date", value)
    if day:
        yield day.earliest or date.min, day.latest or date.max


def known_since(fact: Fact) -> date:
    """The first day on which a source told of a fact."""
    return min((claim.reported_on for claim in fact.claims), default=date.max)


def _needed(fact: Fact) -> Found:
    """What every snapshot of a kind must show, from the first day on."""
    needed = {
        "Quote": (("speaker", "speakerDescription"),),
        "Invitation": (("issuer", "issuerDescription"), ("invitee",)),
        "Office": (("person", "holder"), ("title",)),
    }
    for names in needed.get(fact.typename, ()):
        if not any(_is_known_at_once(fact, name) for name in names):
            yield _line(fact), f"{' or '.join(names)} is missing, or told later than the fact"


def _medium(fact: Fact) -> Found:
    if Medium.NONE.value in _values(fact, "medium"):
        yield _line(fact), "medium: NONE is for deeds only"


def _is_known_at_once(fact: Fact, name: str) -> bool:
    if name in fact.fields:
        return True
    told = [claim for claim in fact.claims if claim.property == name and claim.value and asserts(claim)]
    return any(claim.reported_on == known_since(fact) for claim in told)


def _coding(fact: Fact) -> Found:
    event_type, mode = fact.fields.get("eventType"), fact.fields.get("mode")
    if mode is None or event_type not in EventType.__members__:
        return
    modes = MODES[EventType[str(event_type)]]
    if mode not in modes:
        yield _line(fact), f"mode: {event_type} has {', '.join(modes) or 'no modes'}, not {mode}"


def _described(record: Record) -> Iterator[str]:
    """Every property that has a field and every mode that is used stands in `properties.yaml`."""
    facts = record.facts.values()
    used = {claim.property for fact in facts for claim in fact.claims} & KNOWN.keys()
    used |= {str(fact.fields["mode"]) for fact in facts if fact.fields.get("mode") in ALL_MODES}
    return (f"{term} is not described" for term in sorted(used - record.properties.keys()))


def _listed(fact: Fact, name: str) -> tuple[str, ...]:
    value = fact.fields.get(name)
    return value if isinstance(value, tuple) else ()


def _values(fact: Fact, name: str) -> set[str]:
    """Every value that a property has, written plain or told."""
    plain = fact.fields.get(name)
    told = {claim.value for claim in fact.claims if claim.property == name and claim.value}
    return told | ({plain} if isinstance(plain, str) else set())
