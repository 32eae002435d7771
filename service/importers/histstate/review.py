"""Lines for review: rows that may report one meeting, names that may be anybody's, and rows with errors."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from service.importers.decisions import ReviewLine
from service.importers.histstate.citing import RowText
from service.importers.histstate.conflicts import Disagree
from service.importers.histstate.context import Context
from service.importers.histstate.merging import Candidate
from service.importers.histstate.offices import find_death, find_doubt
from service.importers.histstate.places import UNITED_STATES
from service.importers.histstate.readings import DoubtReason, Reading
from service.importers.histstate.row_facts import RowFact
from service.importers.histstate.sightings import Sighting

AS_TOLD = ("as-told",)
SCORES = {
    DoubtReason.NOT_UNDERSTOOD: 0.9,
    DoubtReason.DAY_OUTSIDE_STAY: 0.8,
    DoubtReason.END_BEFORE_START: 1.0,
    DoubtReason.MISSPELLING: 0.2,
}
"""Likelihood of a mistake, by the problem that the rules found in a row; 0.5 for all other reasons."""


@dataclass(frozen=True)
class Review:
    """What a person may have to decide.

    `candidates` are meetings that may be one. `groups` hold what rows report of each gathering, by its key, and of each
    meeting, by its slug; `events` are the other facts of rows. `readings` and `texts` are those of the rows, by key.
    `disagreements` are checks of whether two rows disagree, by the property that they report. `decisions` are those
    that have been made, by slug.
    """

    candidates: Sequence[Candidate]
    groups: Mapping[str, Sequence[RowFact]]
    events: Sequence[RowFact]
    readings: Mapping[str, Reading]
    texts: Mapping[str, RowText]
    context: Context
    disagreements: Mapping[str, Disagree]
    decisions: Mapping[str, str]

    def lines(self) -> Iterator[ReviewLine]:
        """Yield everything that has not been decided."""
        lines = [
            *(_candidate_line(one) for one in self.candidates),
            *self._stay_lines(),
            *self._people_lines(),
            *self._death_lines(),
            *self._reading_lines(),
            *self._conflict_lines(),
        ]
        yield from (line for line in lines if line.slug not in self.decisions)

    def _stay_lines(self) -> Iterator[ReviewLine]:
        """Yield pairs of rows that report one stay of one person, on which nobody was met."""
        for one, other in combinations(sorted(self.events, key=lambda fact: fact.slug), 2):
            if _is_same_stay(one, other):
                slug = f"same-stay--{one.slug}--{other.slug}"
                reason = "two rows report one person in one place on the same days"
                yield ReviewLine(slug, reason, 0.9, (one.slug, other.slug), (_text(one), _text(other)), AS_TOLD)

    def _people_lines(self) -> Iterator[ReviewLine]:
        for sighting in self.context.identities.sightings:
            address = self.texts[sighting.row].cite(sighting.mention.address)
            texts = (f"{address.cite} {address.address}",)
            if doubt := find_doubt(self.context.identities, sighting):
                yield ReviewLine(sighting.doubt_slug, doubt, 0.9, (), texts, AS_TOLD)
            elif person := self.context.identities.of(sighting.row, sighting.mention):
                if self.context.is_called_otherwise(person, sighting):
                    reason = f"the row calls {person.slug} {sighting.mention.name}, which is not one of the known names"
                    yield ReviewLine(sighting.name_slug, reason, 0.3, (), texts, AS_TOLD)
            elif _may_be_identified(sighting):
                near = self.context.identities.namesakes(sighting)
                reason = "the name, the office and the day do not identify anybody"
                if near:
                    reason += f"; people with this name: {', '.join(sorted(person.slug for person in near))}"
                yield ReviewLine(sighting.slug, reason, 0.5 if near else 0.1, (), texts, ("person", "nobody"))

    def _death_lines(self) -> Iterator[ReviewLine]:
        """Yield people who appear in a row after the day on which a set of leaders has them die."""
        for person in self.context.identities.people:
            later = [one for one, _ in sorted(person.seen, key=lambda seen: seen[0].first) if find_death(person, one)]
            if later and (death := find_death(person, later[0])):
                text = self.texts[later[0].row].cite(later[0].mention.address)
                texts = (death.text, f"{text.cite} {text.address}")
                reason = f"according to other sources, {person.slug} died on {death.on}; later rows: {len(later)}"
                yield ReviewLine(f"death--{person.slug}", reason, 0.9, (), texts, AS_TOLD)

    def _reading_lines(self) -> Iterator[ReviewLine]:
        for key, reading in self.readings.items():
            counts: Counter[DoubtReason] = Counter()
            for doubt in reading.doubts:
                counts[doubt.reason] += 1
                number = f"-{counts[doubt.reason]}" if counts[doubt.reason] > 1 else ""
                name = doubt.reason.value.lower().replace("_", "-")
                cite = self.texts[key].cite(doubt.address)
                reason = f"the rules found a problem in the row: {name.replace('-', ' ')}"
                score = SCORES.get(doubt.reason, 0.5)
                yield ReviewLine(f"{name}--{key}{number}", reason, score, (), (f"{cite.cite} {cite.address}",), AS_TOLD)

    def _conflict_lines(self) -> Iterator[ReviewLine]:
        """Yield what rows of one meeting report differently, for instance its days or its place."""
        for slug, facts in sorted(self.groups.items()):
            for property, disagree in self.disagreements.items():
                pair = next((pair for pair in combinations(facts, 2) if disagree(*pair)), None)
                if pair:
                    one, other = pair
                    line = f"conflict--{slug}--{property}--{one.row}--{other.row}"
                    reason = f"the rows disagree on the {property} of {slug}"
                    yield ReviewLine(line, reason, 0.5, (slug,), (_text(one), _text(other)), ("none", *AS_TOLD))


def _candidate_line(candidate: Candidate) -> ReviewLine:
    one, other = candidate.one, candidate.other
    texts = (*one.addresses, *other.addresses)
    reason = f"{one.slug} and {other.slug} may be one encounter: {candidate.reason}"
    return ReviewLine(candidate.slug, reason, candidate.score, (one.slug, other.slug), texts, ("same", "apart"))


def _is_same_stay(one: RowFact, other: RowFact) -> bool:
    same = one.dates() == other.dates() and set(one.values["place"]) == set(other.values["place"])
    return bool(one.dates()) and same and bool(set(one.roles["actors"]) & set(other.roles["actors"]))


def _text(fact: RowFact) -> str:
    return f"{fact.existence.cite} {fact.existence.address}"


def _may_be_identified(sighting: Sighting) -> bool:
    """Return whether the row has his name, or his office in a state; the day identifies the US President."""
    mention = sighting.mention
    return bool(mention.name or (mention.title and sighting.state not in (None, UNITED_STATES)))
