"""Lines for review: rows that may report one meeting, names that may be anybody's, and rows with errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from service.importers.decisions import ReviewLine
from service.importers.histstate.merging import Candidate
from service.importers.histstate.offices import find_death, find_doubt
from service.importers.histstate.places import UNITED_STATES
from service.importers.histstate.readings import DoubtReason
from service.importers.histstate.row_facts import RowFact
from service.importers.histstate.sightings import Sighting

if TYPE_CHECKING:
    from service.importers.histstate.building import Building

AS_TOLD = ("as-told",)
SCORES = {
    DoubtReason.NOT_UNDERSTOOD: 0.9,
    DoubtReason.DAY_OUTSIDE_STAY: 0.8,
    DoubtReason.END_BEFORE_START: 1.0,
    DoubtReason.MISSPELLING: 0.2,
}
"""Likelihood of a mistake, by the reason why the reader stopped at a row; 0.5 for all other reasons."""


def review_lines(made: Building) -> Iterator[ReviewLine]:
    """Yield everything that has not been decided."""
    lines = [
        *(_of_candidate(one) for one in made.encounters.candidates),
        *_of_stays(made),
        *_of_people(made),
        *_of_deaths(made),
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
    """Yield pairs of rows that report one stay of one person, on which nobody was met."""
    events = [fact for fact in made.others.values() if fact.noun == "events"]
    for one, other in combinations(sorted(events, key=lambda fact: fact.slug), 2):
        if _is_same_stay(one, other):
            slug = f"same-stay--{one.slug}--{other.slug}"
            reason = "two rows tell of one person in one place on the same days"
            yield ReviewLine(slug, reason, 0.9, (one.slug, other.slug), (_text(one), _text(other)), AS_TOLD)


def _is_same_stay(one: RowFact, other: RowFact) -> bool:
    same = one.dates() == other.dates() and set(one.values["place"]) == set(other.values["place"])
    return bool(one.dates()) and same and bool(set(one.roles["actors"]) & set(other.roles["actors"]))


def _text(fact: RowFact) -> str:
    return f"{fact.existence.cite} {fact.existence.address}"


def _of_people(made: Building) -> Iterator[ReviewLine]:
    for sighting in made.identities.sightings:
        address = made.texts[sighting.row].cite(sighting.mention.address)
        texts = (f"{address.cite} {address.address}",)
        if doubt := find_doubt(made.identities, sighting):
            yield ReviewLine(sighting.doubt_slug, doubt, 0.9, (), texts, AS_TOLD)
        elif person := made.identities.of(sighting.row, sighting.mention):
            if made.context.is_called_otherwise(person, sighting):
                reason = f"the row calls {person.slug} {sighting.mention.name}, by none of the names that are known"
                yield ReviewLine(sighting.name_slug, reason, 0.3, (), texts, AS_TOLD)
        elif _may_be_identified(sighting):
            near = made.identities.namesakes(sighting)
            reason = "nobody can be told from the name, the office and the day"
            if near:
                reason += f"; of the name: {', '.join(sorted(person.slug for person in near))}"
            yield ReviewLine(sighting.slug, reason, 0.5 if near else 0.1, (), texts, ("person", "nobody"))


def _may_be_identified(sighting: Sighting) -> bool:
    """Return whether the row has his name, or his office in a state; the day identifies the US President."""
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


def _of_deaths(made: Building) -> Iterator[ReviewLine]:
    """Yield people who appear in a row after the day on which a set of leaders has them die."""
    for person in made.identities.people:
        later = [one for one, _ in sorted(person.seen, key=lambda seen: seen[0].first) if find_death(person, one)]
        if later and (death := find_death(person, later[0])):
            text = made.texts[later[0].row].cite(later[0].mention.address)
            texts = (death.text, f"{text.cite} {text.address}")
            reason = f"other sources have {person.slug} die on {death.on}, and {len(later)} rows have him since"
            yield ReviewLine(f"death--{person.slug}", reason, 0.9, (), texts, AS_TOLD)


def _of_conflicts(made: Building) -> Iterator[ReviewLine]:
    """Yield what rows of one meeting report differently, for instance its days or its place."""
    groups = {**made.gatherings, **{slug: made.facts_of(slug) for slug in made.encounters.groups}}
    for slug, facts in sorted(groups.items()):
        for property, disagree in made.disagreements.items():
            pair = next((pair for pair in combinations(facts, 2) if disagree(*pair)), None)
            if pair:
                one, other = pair
                line = f"conflict--{slug}--{property}--{one.row}--{other.row}"
                reason = f"what is told of the {property} of {slug} does not agree"
                yield ReviewLine(line, reason, 0.5, (slug,), (_text(one), _text(other)), ("none", *AS_TOLD))
