"""Entries of facts: each gathering, meeting, addition and event in the form of a seed, with its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from service.importers.histstate.gatherings import (
    keep_bilateral,
    name_gathering,
    name_occasion,
    plain_of,
    share_days,
)
from service.importers.histstate.merging import Meeting, bounds
from service.importers.histstate.persons import home_of
from service.importers.histstate.told import Told, write_entry

if TYPE_CHECKING:
    from service.importers.histstate.building import Building


class Entries:
    """Writer of what has been made from the rows."""

    def __init__(self, made: Building) -> None:
        self.made = made

    def write(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield every fact with the noun of its file."""
        curated = {meeting.slug: meeting for meeting in self.made.register.meetings}
        for key, tolds in self.made.gatherings.items():
            yield self._gathering(key, tolds)
        for slug in self.made.encounters.groups:
            tolds = self.made.told_of(slug)
            if slug in curated:
                if tolds:
                    yield "additions", self._addition(curated[slug], tolds)
            else:
                yield "meetings", self._meeting(slug, tolds)
        for told in self.made.others.values():
            if told.noun == "events":
                yield "events", write_entry(told.slug, [told], None)

    def _gathering(self, key: str, tolds: Sequence[Told]) -> tuple[str, dict[str, Any]]:
        gathering = self.made.descriptions[key]
        for told in tolds:
            told.plain = plain_of(tolds)
        tolds = share_days(tolds, is_long=gathering.is_long)
        if tolds[0].noun == "events":
            tolds[0].plain["act"] = {"en": name_occasion(gathering)}
            return "events", write_entry(key, tolds, None)
        if gathering.is_of_two and len(self._sides(tolds)) == 2:
            keep_bilateral(tolds)
        names = name_gathering(gathering, self._place_of(tolds), self.made.register.series)
        return "meetings", write_entry(key, tolds, names)

    def _sides(self, tolds: Sequence[Told]) -> set[str | None]:
        """Return the states of those who took part."""
        slugs = {slug for told in tolds for slug in told.roles["participants"]}
        phrases = {part.partition(" for ")[2] for told in tolds for parts in told.unnamed.values() for part in parts}
        return {*map(self.made.states_of.get, slugs), *phrases}

    def _place_of(self, tolds: Sequence[Told]) -> Mapping[str, str] | None:
        """Return the names of the only town that rows give for a gathering."""
        slugs = {
            slug for told in tolds for slug in told.values.get("place", {}) if slug not in self.made.register.countries
        }
        if len(slugs) != 1:
            return None
        slug = slugs.pop()
        made = self.made.places.made.get(slug)
        return made["names"]["COMMON"] if made else self.made.register.place_names.get(slug)

    def _meeting(self, slug: str, tolds: Sequence[Told]) -> dict[str, Any]:
        for told in tolds:
            if told.attendance and not self._is_meeting(told.within):
                told.add("programme", *told.attendance)
        entry = write_entry(slug, tolds, None)
        self._add_within(entry, tolds)
        return entry

    def _is_meeting(self, key: str) -> bool:
        return any(told.noun == "meetings" for told in self.made.gatherings.get(key, ()))

    def _addition(self, meeting: Meeting, tolds: Sequence[Told]) -> dict[str, Any]:
        entry = write_entry(meeting.slug, tolds, None)
        del entry["curation"]
        entry["level"] = self.made.register.levels[meeting.slug]
        # a state that a row names is left out if the meeting already has somebody from it
        spoken_for = {home_of(one) for one in self.made.identities.people if one.slug in meeting.people}
        entry["participants"] = {one: said for one, said in entry["participants"].items() if one not in spoken_for}
        return entry

    def _add_within(self, entry: dict[str, Any], tolds: Sequence[Told]) -> None:
        for told in tolds:
            outer = self.made.gatherings.get(told.within, [])
            modified = self.made.readings[told.row].last_modified
            known = min((self.made.readings[one.row].last_modified for one in outer), default=date.max)
            if self._is_meeting(told.within) and known <= modified and _meets(told, outer):
                entry["within"] = {told.within: [told.existence.write()]}
                entry["withinKind"] = {"MARGINS": [told.existence.write()]}
                return


def _meets(told: Told, outer: Sequence[Told]) -> bool:
    """Return whether the two have a day in common or are one day apart."""
    own = [span for day in told.dates() if (span := bounds(day))]
    others = [span for one in outer for day in one.dates() if (span := bounds(day))]
    return any((a[0] - b[1]).days <= 1 and (b[0] - a[1]).days <= 1 for a in own for b in others)
