"""What the register says based on one row, compared with what the row says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from tests.sets.sample.matching import is_gathering, is_place, key_of
from tests.sets.sample.register import Actor, Fact, Part
from tests.sets.sample.sample import Judgement, ReportedEncounter, Sample


class Verdict(NamedTuple):
    """One thing that the register says (`is_said`), or that the row says and the register should say (`is_told`)."""

    row: Judgement
    category: str
    is_right: bool
    is_said: bool
    is_told: bool
    about: str


class Encounter(NamedTuple):
    """A fact of the register that is one of the row's encounters, `other` being whom or what `self` met there."""

    other: str
    telling: ReportedEncounter
    fact: Fact


class Reading:
    """`keys`: by slug, which person of the sample each person is that the register has based on the row, if any."""

    def __init__(self, row: Judgement, facts: list[Fact], sample: Sample) -> None:
        self.row, self.facts, self.sample = row, facts, sample
        known = row.people | {host for name in row.attended if (host := sample.gatherings[name].host)}
        self.actors: dict[str, Actor] = {part.actor.slug: part.actor for fact in facts for part in fact.people}
        self.keys = {slug: key_of(self.actors[slug], known, sample) for slug in sorted(self.actors)}
        self.encounters: list[Encounter] = []

    def verdicts(self) -> Iterator[Verdict]:
        yield from self.on_people()
        for fact in self.facts:
            yield from self.on_fact(fact)
        yield from self.on_untold_encounters()
        yield from self.on_missing_members()
        for encounter in self.encounters:
            yield self.on_days(encounter)
            if encounter.telling.places:
                yield self.on_places(encounter)

    def on_people(self) -> Iterator[Verdict]:
        found: set[str] = set()
        for slug, key in self.keys.items():
            # if the register makes two people of one, one of them is wrong
            is_right = key is not None and key not in found
            yield self.verdict("people", is_right, is_right and key in self.row.told_people, f"has {slug}")
            found |= {key} if key else set()
        for key in sorted(self.row.told_people - found):
            yield self.missing_verdict("people", f"has no {key}")

    def on_fact(self, fact: Fact) -> Iterator[Verdict]:
        """Judge who is in a meeting based on the row; a meeting that is one of the row's encounters is kept."""
        gathering = self.gathering_of(fact)
        if gathering:
            yield from self.on_gathering(fact, gathering)
        elif fact.is_meeting:
            yield from self.on_meeting(fact)

    def gathering_of(self, fact: Fact) -> str | None:
        names = (name for name in self.row.attended if is_gathering(fact, self.sample.gatherings[name]))
        return next(names, None)

    @property
    def judged_encounters(self) -> set[tuple[str, ReportedEncounter]]:
        """Judge what the facts that have been read are about; a second fact about the same is one too many."""
        return {(each.other, each.telling) for each in self.encounters}

    def tellings_of(self, key: str | None) -> list[ReportedEncounter]:
        """Return how the row reports the meetings with somebody."""
        return [met[key] for met in (self.row.met, self.row.again) if key in met]

    def on_gathering(self, fact: Fact, name: str) -> Iterator[Verdict]:
        telling, present = self.row.attended[name], self.row.present.get(name, [])
        there = {self.keys[part.actor.slug] for part in fact.people}
        for part in fact.people:
            key = self.keys[part.actor.slug]
            is_right = key in {*self.row.visitors, *present} or (
                key is not None and key == self.sample.gatherings[name].host
            )
            is_told = telling.how == "told" and is_right and key in {*self.row.visitors, *present}
            yield self.verdict("encounters", is_right, is_told, f"has {part.actor.slug} at {name} ({fact.slug})")
        if self.row.self in there:
            self.encounters.append(Encounter(name, telling, fact))
            met = [key for key in present if key in there and key in self.row.met]
            self.encounters += [Encounter(key, self.row.met[key], fact) for key in met]

    def on_meeting(self, fact: Fact) -> Iterator[Verdict]:
        others = [part for part in fact.people if self.keys[part.actor.slug] not in self.row.visitors]
        if not others or len(others) == len(fact.people):
            # somebody whom it describes in place of a name is missing elsewhere
            if not (fact.is_with_unnamed and self.row.met):
                yield self.verdict(
                    "encounters", False, False, f"has a meeting that the row does not tell ({fact.slug})"
                )
            return
        for part in others:
            key = self.keys[part.actor.slug]
            tellings = self.tellings_of(key)
            left = [telling for telling in tellings if (key, telling) not in self.judged_encounters]
            telling = nearest(left or tellings, fact)
            is_right = bool(left) and telling is not None and is_as_certain(telling, part)
            is_told = bool(left) and telling is not None and telling.how == "told"
            yield self.verdict("encounters", is_right, is_told, f"has {part.actor.slug} as met ({fact.slug})")
            if key and telling:
                self.encounters.append(Encounter(key, telling, fact))
        for one, other in combinations(others, 2):
            if not self.are_together(one, other):
                about = f"has {one.actor.slug} and {other.actor.slug} together ({fact.slug})"
                yield self.verdict("encounters", False, False, about)

    def are_together(self, one: Part, other: Part) -> bool:
        """Return whether the row says that the two were in one room, or they are of one side; nobody is wrong once."""
        keys = {self.keys[one.actor.slug], self.keys[other.actor.slug]}
        states = {self.sample.people[key].state for key in keys if key}
        return None in keys or len(states) == 1 or any(keys <= set(present) for present in self.row.present.values())

    def on_untold_encounters(self) -> Iterator[Verdict]:
        row = self.row
        for other, telling in (*row.met.items(), *row.again.items(), *row.attended.items()):
            if telling.how == "told" and (other, telling) not in self.judged_encounters:
                about = f"has not that {row.self} met or attended {other}"
                yield self.missing_verdict("encounters", about)
                yield self.missing_verdict("days", about)

    def on_missing_members(self) -> Iterator[Verdict]:
        for name, present in self.row.present.items():
            facts = [fact for fact in self.facts if self.gathering_of(fact) == name]
            there = {self.keys[part.actor.slug] for fact in facts for part in fact.people}
            for key in present:
                if self.row.attended[name].how == "told" and key not in there:
                    yield self.missing_verdict("encounters", f"has not that {key} was at {name}")

    def on_days(self, encounter: Encounter) -> Verdict:
        _, telling, fact = encounter
        # a conference and a talk before it may be one meeting there
        accepted = {days for each in self.encounters if each.fact is fact for days in each.telling.days}
        about = f"has {', '.join(sorted(fact.days)) or 'no day'}, not {' | '.join(sorted(accepted))} ({fact.slug})"
        is_right = bool(fact.days) and fact.days <= accepted
        return Verdict(self.row, "days", is_right, bool(fact.days), telling.how == "told", about)

    def on_places(self, encounter: Encounter) -> Verdict:
        """Judge places. A country is not a wrong place, but less than the row says; one place of several is a guess."""
        _, telling, fact = encounter
        exact = [place for place in fact.places if not place.is_country]
        is_right = bool(exact) and all(any(is_place(place, name) for place in exact) for name in telling.places)
        is_told = telling.how == "told" and len(telling.places) == 1
        said = ", ".join(min(place.names) for place in fact.places) or "no place"
        about = f"has {said}, not {', '.join(telling.places)} ({fact.slug})"
        return Verdict(self.row, "places", is_right, bool(exact), is_told, about)

    def verdict(self, category: str, is_right: bool, is_told: bool, about: str) -> Verdict:
        """Return a verdict on what the register says."""
        return Verdict(self.row, category, is_right, True, is_told, about)

    def missing_verdict(self, category: str, about: str) -> Verdict:
        return Verdict(self.row, category, False, False, True, about)


def nearest(tellings: list[ReportedEncounter], fact: Fact) -> ReportedEncounter | None:
    """Return the meeting with one person, of several, that has the fact's days, or else the first."""
    return next((telling for telling in tellings if fact.days & set(telling.days)), tellings[0] if tellings else None)


def is_as_certain(telling: ReportedEncounter, part: Part) -> bool:
    """Judge certainty: what a row only implies is not said as if printed, and what it leaves open not as certain."""
    return {"told": True, "either": True, "implied": not part.is_printed, "open": part.is_likely}[telling.how]
