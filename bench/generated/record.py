"""The generated record: meetings, quotes, invitations and offices of generated entities, with claims and passages.

Each fact is made from its kind and number on demand, the same each time, so that facts take no memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property, lru_cache
from random import Random

from bench.generated.claims import DISPUTED, ClaimedValue, claims_of, date_values, meeting_day, random_day, rough_date
from bench.generated.entities import LEADERS, Entities, Zipf, generate_entities, random_word, translated_names
from bench.generated.lazy_mapping import CACHED, LazyMapping
from service.store.record.record import Conflict, Fact, Involvement, Record

SEED = 20190425
PER_MEETING, PER_SOURCE, PER_INVITATION, PER_OFFICE, PER_PERSON = 20, 100, 80, 40, 20
"""There are this many quotes for each of these."""
LEAST_PEOPLE = 2_000
TALKS = 0.15
HELD = ("HELD", "CUT_SHORT")
STATUS = ("HELD",) * 12 + ("CUT_SHORT", "SCHEDULED", "CANCELLED", "DEFERRED")
RESPONSES = ("ACCEPTED", "ACCEPTED", "ACCEPTED", "DECLINED", "DEFERRED")
FORMS = ("DIRECT", "DIRECT", "PARTIAL", "INDIRECT", "TERM")
MEDIA = ("IN_PERSON", "SPEECH", "STATEMENT", "PRESS_CONFERENCE", "INTERVIEW", "AGENCY_REPORT", "SOCIAL_MEDIA")
PROPERTIES = (
    *("existence", "status", "date", "plannedDate", "text", "place", "response", "meeting"),
    *("holder", "title", "of"),
)
SLUG_NUMBER = re.compile(r"-([mqio])([1-9]\d*)")


def generate_record(quotes: int) -> Record:
    """Return this many quotes with everything that belongs to them (PER_MEETING ...); always the same."""
    people = max(quotes // PER_PERSON, LEAST_PEOPLE)
    entities = generate_entities(Random(SEED), max(quotes // PER_SOURCE, 20), people)
    facts = FactGenerator(entities, quotes)
    properties = {name: {"en": f"The property {name}."} for name in PROPERTIES}
    return Record(
        entities.sources,
        entities.actors,
        entities.places,
        LazyMapping(facts.fact, facts.slugs, sum(facts.counts.values())),
        LazyMapping(facts.conflict, facts.conflict_slugs, sum(1 for _ in facts.conflict_slugs())),
        properties,
    )


class FactGenerator:
    """The facts by their slugs, which end in a letter for the kind and a number from 1."""

    def __init__(self, entities: Entities, quotes: int) -> None:
        self.entities = entities
        self.counts = {
            "m": quotes // PER_MEETING,
            "q": quotes,
            "i": quotes // PER_INVITATION,
            "o": quotes // PER_OFFICE,
        }
        self.cached = lru_cache(CACHED)(self._make)

    def slugs(self) -> Iterator[str]:
        return (self.cached(kind, number).slug for kind, count in self.counts.items() for number in range(1, count + 1))

    def fact(self, slug: str) -> Fact:
        """Return the fact with that slug. Raises KeyError."""
        found = SLUG_NUMBER.search(slug)
        if not found or found.end() != len(slug) or int(found[2]) > self.counts[found[1]]:
            raise KeyError(slug)
        fact = self.cached(found[1], int(found[2]))
        if fact.slug != slug:
            raise KeyError(slug)
        return fact

    def conflict_slugs(self) -> Iterator[str]:
        """Yield the slugs of the conflicts."""
        for kind in ("m", "q"):
            for number in range(DISPUTED, self.counts[kind] + 1, DISPUTED):
                yield f"{self.cached(kind, number).slug}-day"

    def conflict(self, slug: str) -> Conflict:
        """Return the conflict with that slug. Raises KeyError."""
        if not slug.endswith("-day"):
            raise KeyError(slug)
        claims = [
            each for each in self.fact(slug.removesuffix("-day")).claims if each.property.lower().endswith("date")
        ]
        if len(claims) < 2:
            raise KeyError(slug)
        return Conflict(slug, claims[0].property, "DATE", tuple(claim.slug for claim in claims))

    @cached_property
    def popular_meetings(self) -> Zipf[int]:
        """The numbers of the meetings, weighted by how often people speak at them."""
        numbers = range(1, self.counts["m"] + 1)
        return Zipf(Random(SEED).sample(numbers, len(numbers)))

    def _make(self, kind: str, number: int) -> Fact:
        make = {"m": self._meeting, "q": self._quote, "i": self._invitation, "o": self._office}[kind]
        return make(Random(f"{SEED} {kind}{number}"), number)

    def _meeting(self, random: Random, number: int) -> Fact:
        entities = self.entities
        place, status, day = entities.venues.draw(random), random.choice(STATUS), random_day(random)
        source = entities.source_after(random, day)
        slug = f"{place}-{day.year}-m{number}"
        # held on the day, or planned for it
        values = [
            ClaimedValue("existence"),
            ClaimedValue("status", status, effective=day.isoformat()),
            *date_values("date" if status in HELD else "plannedDate", day, number),
        ]
        claims = claims_of(random, self.entities, slug, source, values)
        is_talks = random.random() < TALKS
        present = (entities.people if is_talks else entities.leaders).draw_distinct(random, random.choice((2, 2, 3, 4)))
        roles = ["HOST" if index == 1 and random.random() < 0.5 else "PARTICIPANT" for index in range(len(present))]
        return Fact(
            slug,
            "Talks" if is_talks else "Summit",
            claims,
            {"level": "MINISTERS" if is_talks else "LEADERS", "place": place},
            tuple(Involvement(role, who, (claims[0].slug,)) for role, who in zip(roles, present, strict=True)),
            translated_names(random, f"{place.replace('-', ' ').title()} {day.year}"),
        )

    def _quote(self, random: Random, number: int) -> Fact:
        entities = self.entities
        meeting = (
            self.cached("m", self.popular_meetings.draw(random)) if random.random() < 0.4 and self.counts["m"] else None
        )
        day = meeting_day(meeting) or random_day(random)
        source = entities.source_after(random, day)
        speaker = (entities.people if random.random() < 0.9 else entities.states).draw(random)
        text = " ".join(random_word(random, random.randint(1, 3)) for _ in range(random.randint(4, 40)))
        slug = f"{speaker}-{random_word(random, 2)}-q{number}"
        values = [ClaimedValue("text", text)]
        if number % DISPUTED == 0:
            values += date_values("date", day, number)
        elif random.random() < 0.9:
            values.append(ClaimedValue("date", rough_date(random, day)))
        if random.random() < 0.2:
            values.append(ClaimedValue("text", text))
        claims = claims_of(random, self.entities, slug, source, values, speaker=speaker)
        fields: dict[str, object] = {
            "language": source.language,
            "form": random.choice(FORMS),
            "medium": random.choice(MEDIA),
        }
        if meeting:
            fields["meeting"] = meeting.slug
        if random.random() < 0.1:
            fields["translation"] = {"en": text.upper()}
        existence = tuple(claim.slug for claim in claims if claim.property == "text")
        involved = tuple(Involvement(role, actor, existence) for role, actor in self._involvements(random, speaker))
        return Fact(slug, "Quote", claims, fields, involved, told_by="text")

    def _involvements(self, random: Random, speaker: str) -> Iterator[tuple[str, str]]:
        entities = self.entities
        yield "SPEAKER", speaker
        if random.random() < 0.4:
            yield "ADDRESSEE", entities.people.draw(random)
        others = entities.people if random.random() < 0.6 else entities.states
        for other in others.draw_distinct(random, random.choice((0, 1, 1, 2))):
            yield "ABOUT", other

    def _invitation(self, random: Random, number: int) -> Fact:
        """Return an invitation from one leader to another; every third leads to a meeting."""
        day = random_day(random)
        issuer, invitee = self.entities.leaders.draw_distinct(random, 2)
        slug = f"{issuer}-{invitee}-i{number}"
        values = [
            ClaimedValue("existence"),
            ClaimedValue("date", day.isoformat()),
            ClaimedValue("response", random.choice(RESPONSES)),
        ]
        if number % 3 == 0 and self.counts["m"]:
            meeting = self.cached("m", self.popular_meetings.draw(random))
            values.append(ClaimedValue("meeting", meeting.slug, meeting.typename))
        claims = claims_of(random, self.entities, slug, self.entities.source_after(random, day), values)
        fields = {"medium": random.choice(MEDIA)}
        involved = (("ISSUER", issuer), ("INVITEE", invitee))
        existence = (claims[0].slug,)
        return Fact(slug, "Invitation", claims, fields, tuple(Involvement(*each, existence) for each in involved))

    def _office(self, random: Random, number: int) -> Fact:
        """Return an office. Its holders are the people in turn, those who are met most first; leaders lead."""
        people, day = self.entities.people.things, random_day(random)
        rank = (number - 1) % len(people)
        holder = people[rank]
        end = f"{day + timedelta(days=random.randrange(30, 700))}" if random.random() < 0.7 else ".."
        slug = f"{holder}-o{number}"
        values = [
            ClaimedValue("existence"),
            ClaimedValue("holder", holder, "Person"),
            ClaimedValue("title", f"President {number % 50}"),
            ClaimedValue("of", self.entities.actors[holder].country, "Country"),
            ClaimedValue("date", f"{day}/{end}"),
        ]
        claims = claims_of(random, self.entities, slug, self.entities.source_after(random, day), values, later=0)
        is_leader = rank < LEADERS * len(people)
        involved = (Involvement("HOLDER", holder, (claims[1].slug,)),)
        return Fact(slug, "Office", claims, {"leads": "yes"} if is_leader else {}, involved)
