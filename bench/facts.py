"""The generated record: meetings, quotes, invitations and offices with claims, passages and chains, over the cast.

Each fact is made from its kind and number on demand, the same each time, so that facts take no memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property, lru_cache
from random import Random

from bench.cast import LEADERS, Cast, Zipf, cast, named, word
from bench.claims import DISPUTED, Telling, claims_of, date_of, dates, day_in_years, rough_date
from bench.numbered import KEPT, Numbered
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
NUMBERED = re.compile(r"-([mqio])([1-9]\d*)")


def record(quotes: int) -> Record:
    """Return this many quotes with everything that belongs to them (PER_MEETING ...); always the same."""
    people = max(quotes // PER_PERSON, LEAST_PEOPLE)
    players = cast(Random(SEED), max(quotes // PER_SOURCE, 20), people)
    told = Told(players, quotes)
    properties = {name: {"en": f"The property {name}."} for name in PROPERTIES}
    return Record(
        players.sources,
        players.actors,
        players.places,
        Numbered(told.fact, told.slugs, sum(told.counts.values())),
        Numbered(told.conflict, told.disputed, sum(1 for _ in told.disputed())),
        properties,
    )


class Told:
    """The facts by their slugs, which end in a letter for the kind and a number from 1."""

    def __init__(self, cast: Cast, quotes: int) -> None:
        self.cast = cast
        self.counts = {
            "m": quotes // PER_MEETING,
            "q": quotes,
            "i": quotes // PER_INVITATION,
            "o": quotes // PER_OFFICE,
        }
        self.kept = lru_cache(KEPT)(self._tell)

    def slugs(self) -> Iterator[str]:
        return (self.kept(kind, number).slug for kind, count in self.counts.items() for number in range(1, count + 1))

    def fact(self, slug: str) -> Fact:
        """Return the fact with that slug. Raises KeyError."""
        found = NUMBERED.search(slug)
        if not found or found.end() != len(slug) or int(found[2]) > self.counts[found[1]]:
            raise KeyError(slug)
        fact = self.kept(found[1], int(found[2]))
        if fact.slug != slug:
            raise KeyError(slug)
        return fact

    def disputed(self) -> Iterator[str]:
        """Yield the slugs of the conflicts."""
        for kind in ("m", "q"):
            for number in range(DISPUTED, self.counts[kind] + 1, DISPUTED):
                yield f"{self.kept(kind, number).slug}-day"

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
    def popular(self) -> Zipf[int]:
        """The numbers of the meetings, weighted by how often people speak at them."""
        numbers = range(1, self.counts["m"] + 1)
        return Zipf(Random(SEED).sample(numbers, len(numbers)))

    def _tell(self, kind: str, number: int) -> Fact:
        tell = {"m": self._meeting, "q": self._quote, "i": self._invitation, "o": self._office}[kind]
        return tell(Random(f"{SEED} {kind}{number}"), number)

    def _meeting(self, random: Random, number: int) -> Fact:
        players = self.cast
        place, status, day = players.venues.one(random), random.choice(STATUS), day_in_years(random)
        source = players.source_after(random, day)
        slug = f"{place}-{day.year}-m{number}"
        # held on the day, or planned for it
        told = [
            Telling("existence"),
            Telling("status", status, effective=day.isoformat()),
            *dates("date" if status in HELD else "plannedDate", day, number),
        ]
        claims = claims_of(random, self.cast, slug, source, told)
        is_talks = random.random() < TALKS
        present = (players.people if is_talks else players.leaders).some(random, random.choice((2, 2, 3, 4)))
        roles = ["HOST" if index == 1 and random.random() < 0.5 else "PARTICIPANT" for index in range(len(present))]
        return Fact(
            slug,
            "Talks" if is_talks else "Summit",
            claims,
            {"level": "MINISTERS" if is_talks else "LEADERS", "place": place},
            tuple(Involvement(role, who, (claims[0].slug,)) for role, who in zip(roles, present, strict=True)),
            named(random, f"{place.replace('-', ' ').title()} {day.year}"),
        )

    def _quote(self, random: Random, number: int) -> Fact:
        players = self.cast
        meeting = self.kept("m", self.popular.one(random)) if random.random() < 0.4 and self.counts["m"] else None
        day = date_of(meeting) or day_in_years(random)
        source = players.source_after(random, day)
        speaker = (players.people if random.random() < 0.9 else players.states).one(random)
        text = " ".join(word(random, random.randint(1, 3)) for _ in range(random.randint(4, 40)))
        slug = f"{speaker}-{word(random, 2)}-q{number}"
        told = [Telling("text", text)]
        if number % DISPUTED == 0:
            told += dates("date", day, number)
        elif random.random() < 0.9:
            told.append(Telling("date", rough_date(random, day)))
        if random.random() < 0.2:
            told.append(Telling("text", text))
        claims = claims_of(random, self.cast, slug, source, told, speaker=speaker)
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
        involved = tuple(Involvement(role, actor, existence) for role, actor in self._involved(random, speaker))
        return Fact(slug, "Quote", claims, fields, involved, told_by="text")

    def _involved(self, random: Random, speaker: str) -> Iterator[tuple[str, str]]:
        players = self.cast
        yield "SPEAKER", speaker
        if random.random() < 0.4:
            yield "ADDRESSEE", players.people.one(random)
        others = players.people if random.random() < 0.6 else players.states
        for other in others.some(random, random.choice((0, 1, 1, 2))):
            yield "ABOUT", other

    def _invitation(self, random: Random, number: int) -> Fact:
        """Return an invitation from one leader to another; every third leads to a meeting."""
        day = day_in_years(random)
        issuer, invitee = self.cast.leaders.some(random, 2)
        slug = f"{issuer}-{invitee}-i{number}"
        told = [
            Telling("existence"),
            Telling("date", day.isoformat()),
            Telling("response", random.choice(RESPONSES)),
        ]
        if number % 3 == 0 and self.counts["m"]:
            meeting = self.kept("m", self.popular.one(random))
            told.append(Telling("meeting", meeting.slug, meeting.typename))
        claims = claims_of(random, self.cast, slug, self.cast.source_after(random, day), told)
        fields = {"medium": random.choice(MEDIA)}
        involved = (("ISSUER", issuer), ("INVITEE", invitee))
        existence = (claims[0].slug,)
        return Fact(slug, "Invitation", claims, fields, tuple(Involvement(*each, existence) for each in involved))

    def _office(self, random: Random, number: int) -> Fact:
        """Return an office. Its holders are the people in turn, those who are met most first; leaders lead."""
        people, day = self.cast.people.things, day_in_years(random)
        rank = (number - 1) % len(people)
        holder = people[rank]
        end = f"{day + timedelta(days=random.randrange(30, 700))}" if random.random() < 0.7 else ".."
        slug = f"{holder}-o{number}"
        told = [
            Telling("existence"),
            Telling("holder", holder, "Person"),
            Telling("title", f"President {number % 50}"),
            Telling("of", self.cast.actors[holder].country, "Country"),
            Telling("date", f"{day}/{end}"),
        ]
        claims = claims_of(random, self.cast, slug, self.cast.source_after(random, day), told, later=0)
        is_leader = rank < LEADERS * len(people)
        involved = (Involvement("HOLDER", holder, (claims[1].slug,)),)
        return Fact(slug, "Office", claims, {"leads": "yes"} if is_leader else {}, involved)
