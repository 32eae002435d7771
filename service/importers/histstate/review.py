"""What a person has to look at: rows that may tell of one meeting, names that may be anybody's, rows that err."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from service.importers.decisions import ReviewLine
from service.importers.histstate.merging import Candidate, bounds
from service.importers.histstate.offices import find_doubt
from service.importers.histstate.places import UNITED_STATES
from service.importers.histstate.readings import DoubtReason
from service.importers.histstate.sightings import Sighting
from service.importers.histstate.told import Told

if TYPE_CHECKING:
    from service.importers.histstate.building import Building

AS_TOLD = ("as-told",)
SCORES = {
    DoubtReason.NOT_UNDERSTOOD: 0.9,
    DoubtReason.DAY_OUTSIDE_STAY: 0.8,
    DoubtReason.END_BEFORE_START: 1.0,
    DoubtReason.MISSPELLING: 0.2,
}
"""How much speaks for a mistake, by the reason why the reader stopped at a row; 0.5 for all others."""


def review_lines(made: Building) -> Iterator[ReviewLine]:
    """Everything that has not been decided."""
    lines = [
        *(_of_candidate(one) for one in made.encounters.candidates),
        *_of_stays(made),
        *_of_people(made),
        *_of_readings(made),
        *_of_conflicts(made),
    ]
    yield from (line for line in lines if line.slug not in made.decisions)


def _of_candidate(candidate: Candidate) -> ReviewLine:
    one, other = candidate.one, candidate.other
    texts = (*one.addresses, *other.addresses)
    reason = f"{one.slug} and {other.slug} may be one encounter: {candidate.reason}"
    return ReviewLine(candidate.slug, reason, candidate.score, (one.slug, other.slug), texts, ("same", "apart"))


def _of_stays(made: Building) -> Iterator[ReviewLine]:
    """Two rows that tell of one stay of one person, where nobody was met."""
    events = [told for told in made.others.values() if told.noun == "events"]
    for one, other in combinations(sorted(events, key=lambda told: told.slug), 2):
        if _is_same_stay(one, other):
            slug = f"same-stay--{one.slug}--{other.slug}"
            reason = "two rows tell of one person in one place on the same days"
            yield ReviewLine(slug, reason, 0.9, (one.slug, other.slug), (_text(one), _text(other)), AS_TOLD)


def _is_same_stay(one: Told, other: Told) -> bool:
    same = one.dates() == other.dates() and set(one.values["place"]) == set(other.values["place"])
    return bool(one.dates()) and same and bool(set(one.roles["actors"]) & set(other.roles["actors"]))


def _text(told: Told) -> str:
    return f"{told.existence.cite} {told.existence.address}"


def _of_people(made: Building) -> Iterator[ReviewLine]:
    for sighting in made.identities.sightings:
        address = made.texts[sighting.row].cite(sighting.mention.address)
        texts = (f"{address.cite} {address.address}",)
        if doubt := find_doubt(made.identities, sighting):
            yield ReviewLine(sighting.doubt_slug, doubt, 0.9, (), texts, AS_TOLD)
        elif _may_be_told(sighting) and not made.identities.of(sighting.row, sighting.mention):
            near = made.identities.namesakes(sighting)
            reason = "nobody can be told from the name, the office and the day"
            if near:
                reason += f"; of the name: {', '.join(sorted(person.slug for person in near))}"
            yield ReviewLine(sighting.slug, reason, 0.5 if near else 0.1, (), texts, ("person", "nobody"))


def _may_be_told(sighting: Sighting) -> bool:
    """Whether the row has his name, or his office in a state; the President of the United States is told by the day."""
    mention = sighting.mention
    return bool(mention.name or (mention.title and sighting.state not in (None, UNITED_STATES)))


def _of_readings(made: Building) -> Iterator[ReviewLine]:
    for key, reading in made.readings.items():
        counts: Counter[DoubtReason] = Counter()
        for doubt in reading.doubts:
            counts[doubt.reason] += 1
            number = f"-{counts[doubt.reason]}" if counts[doubt.reason] > 1 else ""
            name = doubt.reason.value.lower().replace("_", "-")
            cite = made.texts[key].cite(doubt.address)
            reason = f"the reader of the rows stopped here: {name.replace('-', ' ')}"
            score = SCORES.get(doubt.reason, 0.5)
            yield ReviewLine(f"{name}--{key}{number}", reason, score, (), (f"{cite.cite} {cite.address}",), AS_TOLD)


def _of_conflicts(made: Building) -> Iterator[ReviewLine]:
    """Days that rows of one meeting give and that have none in common."""
    groups = {**made.gatherings, **{slug: made.told_of(slug) for slug in made.encounters.groups}}
    for slug, tolds in sorted(groups.items()):
        for one, other in combinations(tolds, 2):
            if _is_apart(one, other):
                line = f"conflict--{slug}--date--{one.row}--{other.row}"
                reason = f"the days of {slug} do not agree"
                yield ReviewLine(line, reason, 0.5, (slug,), (_text(one), _text(other)), ("none", *AS_TOLD))
                break


def _is_apart(one: Told, other: Told) -> bool:
    spans = [[span for day in told.dates() if (span := bounds(day))] for told in (one, other)]
    return bool(spans[0] and spans[1]) and not any(a[0] <= b[1] and b[0] <= a[1] for a in spans[0] for b in spans[1])
