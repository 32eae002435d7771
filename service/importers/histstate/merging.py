"""Rows that report one encounter: merged by rule if two leaders and the days agree, else by a curator's decision."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from service.importers.histstate.row_facts import RowFact
from service.store import dates

Span = tuple[date, date]
NEAR = timedelta(days=3)
"""Maximum distance of days in two rows that may still be one encounter."""
CountryOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What decides whether two meetings are one: who, when and where; `slug` is that of the record, or of a row."""

    slug: str
    people: frozenset[str]
    states: frozenset[str]
    spans: tuple[Span, ...]
    places: frozenset[str]
    rows: frozenset[str] = frozenset()
    addresses: tuple[str, ...] = ()
    is_of_leaders: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two meetings that may be one: the reason, and the strength of the evidence (0 to 1)."""

    one: Meeting
    other: Meeting
    reason: str
    score: float

    @property
    def slug(self) -> str:
        """Slug of a decision on the two meetings."""
        return f"same-encounter--{'--'.join(sorted((self.one.slug, self.other.slug)))}"


@dataclass
class Merged:
    """Meetings that are one, by the slug of the first, and what a person has to decide."""

    groups: dict[str, list[str]]
    candidates: list[Candidate] = field(default_factory=list)


def meeting_of(fact: RowFact, is_person: Callable[[str], bool]) -> Meeting:
    """Return what a row reports of a meeting, as far as it decides whether another is the same."""
    actors = fact.actors()
    people = frozenset(filter(is_person, actors))
    spans = tuple(span for text in fact.dates() if (span := bounds(text)))
    address = f"{fact.existence.cite} {fact.existence.address}"
    is_of_leaders = fact.plain.get("level") == "LEADERS"
    places = frozenset(fact.values["place"])
    return Meeting(fact.slug, people, actors - people, spans, places, frozenset({fact.row}), (address,), is_of_leaders)


def bounds(text: str) -> Span | None:
    """Return the first and last possible day of a date that has both."""
    parsed = dates.parse(text)
    return (parsed.earliest, parsed.latest) if parsed.earliest and parsed.latest else None


def merge_meetings(meetings: Sequence[Meeting], decisions: Mapping[str, str], country_of: CountryOf) -> Merged:
    """Return the meetings that are one; those of the record come first, so that their slugs stay."""
    parents = {meeting.slug: meeting.slug for meeting in meetings}
    order = {meeting.slug: number for number, meeting in enumerate(meetings)}

    def root(slug: str) -> str:
        while parents[slug] != slug:
            slug = parents[slug]
        return slug

    candidates = []
    for candidate in find_candidates(meetings, country_of):
        decision = decisions.get(candidate.slug)
        if decision == "same" or (decision is None and candidate.score == 1):
            first, second = sorted((root(candidate.one.slug), root(candidate.other.slug)), key=order.__getitem__)
            parents[second] = first
        elif decision is None:
            candidates.append(candidate)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for meeting in meetings:
        groups[root(meeting.slug)].append(meeting.slug)
    apart = [one for one in candidates if root(one.one.slug) != root(one.other.slug)]
    return Merged(dict(groups), apart)


def find_candidates(meetings: Iterable[Meeting], country_of: CountryOf) -> Iterator[Candidate]:
    """Yield all pairs of meetings that are one or may be, each once; a score of 1 means that the rule joins them."""
    by_person: defaultdict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for person in meeting.people:
            by_person[person].append(meeting)
    seen: set[tuple[str, str]] = set()
    for person in sorted(by_person):
        for one, other in combinations(by_person[person], 2):
            if (one.slug, other.slug) in seen:
                continue
            seen.add((one.slug, other.slug))
            found = _compare(one, other, country_of)
            if found:
                yield Candidate(one, other, *found)


def _compare(one: Meeting, other: Meeting, country_of: CountryOf) -> tuple[str, float] | None:
    distance = min((_distance(a, b) for a in one.spans for b in other.spans), default=None)
    if distance is None or distance > NEAR or one.rows & other.rows:
        return None
    is_nested = any(_is_within(a, b) or _is_within(b, a) for a in one.spans for b in other.spans)
    is_one_place = share_a_place(one.places, other.places, country_of)
    if len(one.people & other.people) < 2:
        return _compare_sides(one, other, is_nested and is_one_place)
    if is_nested and is_one_place and one.is_of_leaders and other.is_of_leaders:
        return "two leaders and the days match", 1.0
    if is_nested and is_one_place:
        return "two people, the days and the place match", 0.8
    if is_nested:
        return "two people and the days match, but the places do not", 0.6
    if distance > timedelta():
        return ("the same people met within a few days", 0.3) if is_one_place else None
    return ("the people are the same and the days overlap", 0.7) if is_one_place else ("the days overlap", 0.4)


def _compare_sides(one: Meeting, other: Meeting, is_alike: bool) -> tuple[str, float] | None:
    """Compare two with one person in common: one names a state, the other a person whom the first leaves out."""
    if is_alike and bool(one.states) != bool(other.states) and min(len(one.people), len(other.people)) == 1:
        return "one names a state where the other names people", 0.5
    return None


def _distance(one: Span, other: Span) -> timedelta:
    return max(one[0] - other[1], other[0] - one[1], timedelta())


def _is_within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def share_a_place(one: frozenset[str], other: frozenset[str], country_of: CountryOf) -> bool:
    """Return whether places can be one: the same, or one the state of the other; a missing place fits any."""
    if not one or not other:
        return True
    return any(a == b or country_of(a) == b or country_of(b) == a for a in one for b in other)
