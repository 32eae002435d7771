"""What each row tells of facts: its meetings, its part in gatherings, or that somebody travelled and met nobody."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from service.importers.histstate.acts import OFFICIAL_STAYS, VISITS, describe_act, words_of_stay
from service.importers.histstate.citing import RowText
from service.importers.histstate.identity import Identities
from service.importers.histstate.offices import find_doubt
from service.importers.histstate.parties import split_parties
from service.importers.histstate.places import UNITED_STATES, Places
from service.importers.histstate.presidents import Presidents
from service.importers.histstate.readings import (
    AmericanSide,
    Day,
    Encounter,
    EncounterKind,
    Mention,
    Party,
    Reading,
    RowSet,
    StayKind,
    StayType,
)
from service.importers.histstate.sightings import Person, Sighting, Way
from service.importers.histstate.titles import LEADING, Rank, rank_of
from service.importers.histstate.told import Citation, Told
from service.store import dates
from service.store.enums import DateBasis, Factuality, MeetingStatus

LEVELS = {Rank.MINISTER: "MINISTERS", Rank.OTHER: "OFFICIALS"}
"""The level of a meeting by the rank of its lower side, LEADERS for all others."""
_ORDER = ("OFFICIALS", "MINISTERS", "LEADERS")
MARKS = {Factuality.PROBABLE: "likely", Factuality.POSSIBLE: "maybe", Factuality.UNCOMMITTED: "told"}
BY_REFERENCE = "Who this is, no row tells; it is taken from works of reference."
LONGEST_TOPIC = 5
"""Words of a row that may stand as a value; more would be its prose."""


@dataclass(frozen=True)
class Context:
    """What is known beside a row when it is told of."""

    identities: Identities
    presidents: Presidents
    places: Places
    countries: Mapping[str, str]
    """The English names of states by slug."""
    untold: frozenset[str] = frozenset()
    """The slugs of decisions that no row bears out."""


def tell(reading: Reading, text: RowText, context: Context) -> list[Told]:
    """All that a row tells, each fact under a slug of the row; a gathering has its `key`."""
    teller = _Teller(reading, text, context)
    told = [*teller.encounters()]
    return [*told, teller.stay()] if teller.is_stay_left(told) else told


class _Teller:
    """One row with what is known beside it."""

    def __init__(self, reading: Reading, text: RowText, context: Context) -> None:
        self.reading = reading
        self.text = text
        self.context = context
        self.slugs: Counter[str] = Counter()
        self.home = reading.stay.to.slug if reading.stay.to else None

    def encounters(self) -> Iterator[Told]:
        has_home = False
        for encounter in split_parties(self.reading, self.context.identities):
            told = self._begin(encounter)
            self._add_people(told, encounter)
            if told.noun == "meetings" and encounter.kind is not EncounterKind.GATHERING and not _is_between_two(told):
                continue
            self._add_values(told, encounter)
            is_home = encounter.gathering is None and not has_home and self._is_home(encounter)
            if is_home:
                has_home = True
                self._add_stay(told)
            yield told

    def _begin(self, encounter: Encounter) -> Told:
        gathering = encounter.gathering
        key = gathering.key if gathering else ""
        noun = "events" if gathering and gathering.is_occasion else "meetings"
        slug = key or self._slug(encounter)
        return Told(self.reading.key, slug, noun, self.text.cite(encounter.address), key=key)

    def _slug(self, encounter: Encounter) -> str:
        states = [party.state.slug for party in encounter.parties if party.state and party.state.slug]
        of_trip = self.text.row.set is RowSet.TRIP
        state = next((one for one in states if one != UNITED_STATES), None)
        is_own = not of_trip and state in (None, self._visiting_state())
        slug = self.reading.key if is_own else f"{self.reading.key}-{state or 'others'}"
        self.slugs[slug] += 1
        return slug if self.slugs[slug] == 1 else f"{slug}-{self.slugs[slug]}"

    def _visiting_state(self) -> str | None:
        travellers = self.reading.stay.travellers
        return travellers[0].state.slug if travellers and travellers[0].state else None

    def _is_home(self, encounter: Encounter) -> bool:
        """Whether the encounter is what the stay was for: with whom the trip went to, or the visitor with Americans."""
        if self.text.row.set is RowSet.VISIT:
            people = [one for party in encounter.parties for one in party.people]
            return encounter.side is not AmericanSide.ABSENT and any(
                one in self.reading.stay.travellers for one in people
            )
        return any(party.state and party.state.slug == self.home for party in encounter.parties)

    def is_stay_left(self, told: Sequence[Told]) -> bool:
        """Whether the stay is a fact of its own: nobody was met on it, or it was for more, or of more, than is told."""
        if not told or self._is_anybody_left(told):
            return True
        kinds = {one.kind for one in self.reading.stay.kinds}
        if any(one.gathering is None and self._is_home(one) for one in self.reading.encounters):
            return False
        if any(one.key and one.noun == "meetings" for one in told):
            return bool(kinds & VISITS)
        return bool(kinds) or any(describe_act(act, LONGEST_TOPIC) for act in self.reading.acts)

    def _is_anybody_left(self, told: Sequence[Told]) -> bool:
        """Whether somebody came of whom no encounter tells."""
        came = {self.context.identities.of(self.reading.key, one) for one in self.reading.stay.travellers}
        return not {one.slug for one in came if one} <= {slug for one in told for slug in one.actors()}

    # ------------------------------------------------------------------ who

    def _add_people(self, told: Told, encounter: Encounter) -> None:
        role = ("actors", "ACTOR") if told.noun == "events" else ("participants", "PARTICIPANT")
        for mention in self._americans(encounter):
            self._add_mention(told, role, mention, None, encounter)
        self._add_president(told, role, encounter)
        for party in encounter.parties:
            self._add_party(told, role, party, encounter)
        if told.noun == "meetings":
            told.plain["level"] = self._level(told, encounter)

    def _americans(self, encounter: Encounter) -> Iterator[Mention]:
        # by his office alone it is the president of those days
        yield from (one for one in encounter.american if one.name)
        if encounter.side is AmericanSide.TRAVELLER and not encounter.american:
            yield from self.reading.stay.travellers

    def _add_president(self, told: Told, role: tuple[str, str], encounter: Encounter) -> None:
        """The president whom the row does not name: by his office on those days, or implied by such a visit."""
        if encounter.side not in (AmericanSide.OFFICE, AmericanSide.IMPLIED):
            return
        president = self.context.presidents.on(*_bounds(encounter.day))
        cite = self.text.cite(encounter.address)
        by_office = encounter.side is AmericanSide.OFFICE
        if president:
            told.add_role(role[0], president, role[1], cite.as_inferred() if by_office else cite.as_likely())
        elif told.noun == "meetings":
            phrase = "the President of the United States"
            told.unnamed[phrase][f"PARTICIPANT for {UNITED_STATES}"].append(cite if by_office else cite.as_likely())

    def _add_party(self, told: Told, role: tuple[str, str], party: Party, encounter: Encounter) -> None:
        state = party.state.slug if party.state else None
        if not party.people and state:
            told.add_role(role[0], state, role[1], self._mark(self.text.cite(encounter.address), encounter))
        for mention in party.people:
            self._add_mention(told, role, mention, state, encounter)

    def _add_mention(
        self, told: Told, role: tuple[str, str], mention: Mention, state: str | None, encounter: Encounter
    ) -> None:
        person = self.context.identities.of(self.reading.key, mention)
        cite = self._mark(told.existence, encounter)
        own = self.text.cite_words(mention.address, mention.words)
        if person:
            told.add_role(role[0], person.slug, role[1], self._cite_person(person, mention, cite, own))
            self._designate(told, person, mention)
        elif told.noun == "meetings":
            self._add_unnamed(told, mention, mention.state.slug if mention.state else state, own)
        else:
            told.add("details", self._phrase(mention, state), own)

    def _cite_person(self, person: Person, mention: Mention, cite: Citation, own: Citation) -> Citation:
        """Where the row has somebody: with the sentence; by himself where other rows show who it is, or doubt it."""
        sighting, way = person.seen_in(self.reading.key, mention)
        doubt = find_doubt(self.context.identities, sighting)
        if doubt:
            return own.with_note(f"As the row has it; {doubt}.")
        if self._is_told_by_no_row(person, sighting, way):
            return own.as_inferred().with_note(BY_REFERENCE)
        return own.as_inferred() if way in (Way.ROWS, Way.TABLE, Way.DECIDED) else cite

    def _is_told_by_no_row(self, person: Person, sighting: Sighting, way: Way) -> bool:
        """Whether who it is rests on works of reference alone."""
        is_by_table = way is Way.TABLE and person.known is not None and not person.known.is_in_rows
        return is_by_table or (way is Way.DECIDED and sighting.slug in self.context.untold)

    def _add_unnamed(self, told: Told, mention: Mention, state: str | None, cite: Citation) -> None:
        if not (mention.name or mention.title) and state:
            told.add_role("participants", state, "PARTICIPANT", cite)
        elif mention.words:
            told.unnamed[self._phrase(mention, state)][f"PARTICIPANT for {state}" if state else "PARTICIPANT"].append(
                cite
            )

    def _phrase(self, mention: Mention, state: str | None) -> str:
        """Whom a row means whom nobody can name: its own words, with his state."""
        name = self.context.countries.get(state or "")
        is_told = (
            name is None
            or name in mention.words
            or (mention.state is not None and mention.state.words in mention.words)
        )
        return mention.words if is_told else f"{mention.words} of {name}"

    def _mark(self, cite: Citation, encounter: Encounter) -> Citation:
        mark = MARKS.get(encounter.factuality)
        return replace(cite, marks=(mark,)) if mark else cite

    def _level(self, told: Told, encounter: Encounter) -> str:
        """The level of the lower of the two highest sides."""
        american = [*self._americans(encounter)]
        sides = [max((self._level_of(one) for one in american), default="LEADERS", key=_ORDER.index)]
        sides += [
            max((self._level_of(one) for one in party.people), default="LEADERS", key=_ORDER.index)
            for party in encounter.parties
        ]
        return sorted(sides, key=_ORDER.index)[-2] if len(sides) > 1 else sides[0]

    def _level_of(self, mention: Mention) -> str:
        rank = rank_of(mention.title)
        if mention in self.reading.stay.travellers and self.text.row.set is RowSet.TRIP:
            return "LEADERS"
        person = self.context.identities.of(self.reading.key, mention)
        way = person.seen_in(self.reading.key, mention)[1] if person else None
        if way is Way.OFFICE or (rank in LEADING and not mention.is_former):
            return "LEADERS"
        return LEVELS.get(rank, "OFFICIALS")

    # ------------------------------------------------------------------ when, where, what

    def _add_values(self, told: Told, encounter: Encounter) -> None:
        cite = self._mark(told.existence, encounter)
        day = self._cite_day(encounter.day, encounter.address)
        told.add("date", encounter.day.edtf, self._mark_day(day, encounter))
        if told.noun == "events":
            return self._add_ceremony(told, encounter)
        if encounter.status is MeetingStatus.HELD:
            context = () if day.address == cite.address else (day.address,)
            told.add("status", f"HELD from {encounter.day.edtf}", replace(cite, context=context, marks=day.marks))
        else:
            told.values["plannedDate"] = told.values.pop("date")
            told.add("status", encounter.status.value, cite)
        place, where = self._place(encounter.place, encounter.address)
        told.add("place", place, where)
        if encounter.within:
            told.within = encounter.within.key
        self._add_kind(told, encounter, cite)

    def _mark_day(self, cite: Citation, encounter: Encounter) -> Citation:
        mark = MARKS.get(encounter.factuality)
        return replace(cite, marks=(mark, *cite.marks)) if mark else cite

    def _cite_day(self, day: Day, address: str) -> Citation:
        """Where a day stands: in the sentence, or in the row's own fields."""
        stay = self.reading.stay.days
        marks = () if day.basis is DateBasis.STATED else (day.basis.value.lower(),)
        is_of_stay = day.basis is DateBasis.INFERRED or (stay is not None and day.edtf == stay.edtf)
        cite = self.text.cite_days() if is_of_stay else replace(self.text.cite(address), context=(self.text.days(),))
        return replace(cite, marks=marks)

    def _place(self, words: str, address: str) -> tuple[str, Citation]:
        """The place that is told for it; else that of the stay, its state where it has several."""
        cite = self.text.cite(address)
        stay = self.reading.stay
        state = (self.home or UNITED_STATES) if self.text.row.set is RowSet.TRIP else UNITED_STATES
        if words and (words not in stay.places or len(stay.places) > 1):
            return self.context.places.find(words, state), cite
        if self.text.row.set is RowSet.TRIP:
            place = self.context.places.find(stay.places[0], state) if len(stay.places) == 1 else state
            return self.context.places.country(place) if place == state else place, self.text.cite_place()
        if len(stay.places) == 1:
            return self.context.places.find(stay.places[0], state), cite.as_inferred()
        return self.context.places.country(state), cite.as_inferred()

    def _add_kind(self, told: Told, encounter: Encounter, cite: Citation) -> None:
        words = encounter.format.lower()
        formats = {"summit": "SUMMIT", "talks": "TALKS", "conversation": "TALKS", "dinner": "DINNER"}
        format = next((value for word, value in formats.items() if word in words), None)
        text = self.text.row.remarks.lower()
        if encounter.gathering:
            is_summit = "summit" in encounter.gathering.name.lower() and "summit" in text
            told.add("format", "SUMMIT" if is_summit else format or "MULTILATERAL", cite)
            told.add("setting", "MULTILATERAL", cite.as_inferred())
            if " " in encounter.gathering.words:
                told.add("title", encounter.gathering.words, cite)
        elif words and words in text:
            told.add("format", format or "MEETING", cite)
            told.add("title", encounter.format, cite)
        if 0 < len(encounter.topic.split()) <= LONGEST_TOPIC:
            told.add("agenda", encounter.topic, cite)

    def _add_stay(self, told: Told) -> None:
        """What the row calls the stay, and what else it tells of it."""
        for kind in self.reading.stay.kinds:
            if kind.kind in OFFICIAL_STAYS:
                if kind.kind is not StayKind.GUEST:
                    told.add("title", kind.words.removesuffix(" with"), self.text.cite(kind.address))
                if not told.values.get("format"):
                    told.add("format", "VISIT", self.text.cite(kind.address))
        for act in self.reading.acts:
            if phrase := describe_act(act, LONGEST_TOPIC):
                told.add("programme", phrase, self.text.cite(act.address))

    # ------------------------------------------------------------------ events

    def _add_ceremony(self, told: Told, encounter: Encounter) -> None:
        assert encounter.gathering
        told.plain |= {"eventType": "CONSULT", "modality": "ACTUAL", "medium": "IN_PERSON"}
        told.plain["act"] = {"en": encounter.gathering.name}
        place, where = self._place(encounter.place, encounter.address)
        told.add("place", place, where)

    def stay(self) -> Told:
        """The trip or visit as an event: who travelled, where, when and as what."""
        stay = self.reading.stay
        kinds = [kind.kind for kind in stay.kinds]
        cite = self._cite_stay(stay.kinds)
        slug = f"{self.reading.key}-stay" if self.slugs[self.reading.key] else self.reading.key
        told = Told(self.reading.key, slug, "events", cite)
        told.plain |= {"eventType": "CONSULT", "mode": "visit", "act": words_of_stay(kinds)}
        told.plain |= {"modality": "ACTUAL", "medium": "IN_PERSON"}
        state = self._visiting_state()
        if not any(self.context.identities.of(self.reading.key, one) for one in stay.travellers):
            whom = ", ".join(self._phrase(one, state) for one in stay.travellers)
            told.plain["act"] = {"en": f"{told.plain['act']['en']} of {whom}"}
        for mention in stay.travellers:
            person = self.context.identities.of(self.reading.key, mention)
            if person:
                told.add_role("actors", person.slug, "ACTOR", cite)
                self._designate(told, person, mention)
            else:
                told.add("details", self._phrase(mention, state), self.text.cite(mention.address))
        host = self.home if self.text.row.set is RowSet.TRIP else UNITED_STATES
        if host and OFFICIAL_STAYS.intersection(kinds):
            told.add_role("recipients", host, "RECIPIENT", cite)
        if stay.days:
            told.add("date", stay.days.edtf, self._cite_day(stay.days, cite.address))
        place, where = self._place("", cite.address)
        told.add("place", place, where)
        for act in self.reading.acts:
            if phrase := describe_act(act, LONGEST_TOPIC):
                told.add("programme", phrase, self.text.cite(act.address))
        return told

    def _designate(self, told: Told, person: Person, mention: Mention) -> None:
        """What the row calls somebody, where it has the word beside the name."""
        if mention.name and mention.title and mention.title in mention.words:
            told.designations[person.slug][mention.title].append(self.text.cite_words(mention.address, mention.words))

    def _cite_stay(self, kinds: tuple[StayType, ...]) -> Citation:
        if kinds:
            return self.text.cite(kinds[0].address)
        return self.text.cite_prose()


def _is_between_two(told: Told) -> bool:
    return len(told.actors()) + len(told.unnamed) > 1


def _bounds(day: Day) -> tuple[date, date]:
    """The first and the last possible day, of days that have both."""
    parsed = dates.parse(day.edtf)
    first, last = parsed.earliest or parsed.latest, parsed.latest or parsed.earliest
    assert first
    assert last
    return first, last
