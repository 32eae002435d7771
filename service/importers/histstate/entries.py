"""Entries of facts: each gathering, meeting, addition and event in the form of a seed, with its name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.importers.histstate.gatherings import (
    keep_bilateral,
    name_gathering,
    name_occasion,
    plain_of,
    share_days,
)
from service.importers.histstate.merging import Meeting, bounds
from service.importers.histstate.persons import home_of
from service.importers.histstate.places import Places
from service.importers.histstate.readings import Gathering
from service.importers.histstate.register import Register
from service.importers.histstate.row_facts import RowFact, write_entry
from service.importers.histstate.sightings import Person


@dataclass(frozen=True)
class Entries:
    """Writer of the entries of facts.

    `gatherings` and `meetings` hold what rows report of each gathering, by its key, and of each meeting, by its slug.
    `events` are the other facts of rows. `descriptions` are those of gatherings, by key. `states_of` is the state of
    each person and of each state. `last_modified` is the day of the last change of each row.
    """

    register: Register
    gatherings: Mapping[str, Sequence[RowFact]]
    meetings: Mapping[str, Sequence[RowFact]]
    events: Sequence[RowFact]
    descriptions: Mapping[str, Gathering]
    people: Sequence[Person]
    states_of: Mapping[str, str]
    places: Places
    last_modified: Mapping[str, date]

    def write(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield every fact with the noun of its file."""
        curated = {meeting.slug: meeting for meeting in self.register.meetings}
        for key, facts in self.gatherings.items():
            yield self._gathering(key, facts)
        for slug, facts in self.meetings.items():
            if slug in curated:
                if facts:
                    yield "additions", self._addition(curated[slug], facts)
            else:
                yield "meetings", self._meeting(slug, facts)
        for fact in self.events:
            yield "events", write_entry(fact.slug, [fact], None)

    def _gathering(self, key: str, facts: Sequence[RowFact]) -> tuple[str, dict[str, Any]]:
        gathering = self.descriptions[key]
        for fact in facts:
            fact.plain = plain_of(facts)
        facts = share_days(facts, is_long=gathering.is_long)
        if facts[0].noun == "events":
            facts[0].plain["act"] = {"en": name_occasion(gathering)}
            return "events", write_entry(key, facts, None)
        if gathering.is_of_two and len(self._sides(facts)) == 2:
            keep_bilateral(facts)
        names = name_gathering(gathering, self._place_of(facts), self.register.series)
        return "meetings", write_entry(key, facts, names)

    def _sides(self, facts: Sequence[RowFact]) -> set[str | None]:
        """Return the states of those who took part."""
        slugs = {slug for fact in facts for slug in fact.roles["participants"]}
        phrases = {part.partition(" for ")[2] for fact in facts for parts in fact.unnamed.values() for part in parts}
        return {*map(self.states_of.get, slugs), *phrases}

    def _place_of(self, facts: Sequence[RowFact]) -> Mapping[str, str] | None:
        """Return the names of the only town that rows give for a gathering."""
        slugs = {slug for fact in facts for slug in fact.values.get("place", {}) if slug not in self.register.countries}
        if len(slugs) != 1:
            return None
        slug = slugs.pop()
        made = self.places.made.get(slug)
        return made["names"]["COMMON"] if made else self.register.place_names.get(slug)

    def _meeting(self, slug: str, facts: Sequence[RowFact]) -> dict[str, Any]:
        for fact in facts:
            if fact.attendance and not self._is_meeting(fact.within):
                fact.add("programme", *fact.attendance)
        entry = write_entry(slug, facts, None)
        self._add_within(entry, facts)
        return entry

    def _is_meeting(self, key: str) -> bool:
        return any(fact.noun == "meetings" for fact in self.gatherings.get(key, ()))

    def _addition(self, meeting: Meeting, facts: Sequence[RowFact]) -> dict[str, Any]:
        entry = write_entry(meeting.slug, facts, None)
        del entry["curation"]
        entry["level"] = self.register.levels[meeting.slug]
        # a state that a row names is left out if the meeting already has somebody from it
        spoken_for = {home_of(one) for one in self.people if one.slug in meeting.people}
        entry["participants"] = {one: said for one, said in entry["participants"].items() if one not in spoken_for}
        return entry

    def _add_within(self, entry: dict[str, Any], facts: Sequence[RowFact]) -> None:
        for fact in facts:
            outer = self.gatherings.get(fact.within, [])
            modified = self.last_modified[fact.row]
            known = min((self.last_modified[one.row] for one in outer), default=date.max)
            if self._is_meeting(fact.within) and known <= modified and _meets(fact, outer):
                entry["within"] = {fact.within: [fact.existence.write()]}
                entry["withinKind"] = {"MARGINS": [fact.existence.write()]}
                return


def _meets(fact: RowFact, outer: Sequence[RowFact]) -> bool:
    """Return whether the two have a day in common or are one day apart."""
    own = [span for day in fact.dates() if (span := bounds(day))]
    others = [span for one in outer for day in one.dates() if (span := bounds(day))]
    return any((a[0] - b[1]).days <= 1 and (b[0] - a[1]).days <= 1 for a in own for b in others)
