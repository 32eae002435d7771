"""The generated record: meetings and quotations with claims, passages and chains, over the cast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bench.cast import DAYS, FIRST_DAY, Cast, Zipf, cast, named, word
from service.store.record.record import Claim, Fact, Involvement, Passage, Record, Source, Step

SEED = 20190425
PER_MEETING, PER_SOURCE = 20, 100
TALKS, TWO_READINGS = 0.15, 0.05
STATUS = ("HELD",) * 12 + ("CUT_SHORT", "SCHEDULED", "CANCELLED", "DEFERRED")
FORMS = ("DIRECT", "DIRECT", "PARTIAL", "INDIRECT", "TERM")
MEDIA = ("IN_PERSON", "SPEECH", "STATEMENT", "PRESS_CONFERENCE", "INTERVIEW", "AGENCY_REPORT", "SOCIAL_MEDIA")
PROPERTIES = ("existence", "status", "date", "plannedDate", "text", "place")


def record(quotes: int) -> Record:
    """So many quotations, a twentieth as many meetings, a hundredth as many sources; always the same."""
    players = cast(Random(SEED), max(quotes // PER_SOURCE, 20))
    told = Told(players)
    meetings = [told.meeting(number) for number in range(1, quotes // PER_MEETING + 1)]
    facts = {meeting.slug: meeting for meeting in meetings}
    popular = Zipf(players.random, players.random.sample(meetings, len(meetings)))
    for number in range(1, quotes + 1):
        quote = told.quote(number, popular.one() if players.random.random() < 0.4 else None)
        facts[quote.slug] = quote
    properties = {name: {"en": f"The property {name}."} for name in PROPERTIES}
    return Record(players.sources, players.actors, players.places, facts, {}, properties)


@dataclass
class Told:
    """Tells of one fact after the other; passages of a document follow each other."""

    cast: Cast
    ends: dict[str, int] = field(default_factory=dict)
    """How far each document has been cited."""

    def meeting(self, number: int) -> Fact:
        random, players = self.cast.random, self.cast
        place, status = players.venues.one(), random.choice(STATUS)
        day = _day(random)
        source = players.source_after(day)
        told = [("existence", None), ("status", status), (*_when(random, status, day),)]
        slug = f"{place}-{day.year}-{number}"
        is_talks = random.random() < TALKS
        claims = list(self._claims(slug, source, told, effective=day.isoformat()))
        present = (players.people if is_talks else players.leaders).some(random.choice((2, 2, 3, 4)))
        roles = ["HOST" if index == 1 and random.random() < 0.5 else "PARTICIPANT" for index in range(len(present))]
        return Fact(
            slug,
            "Talks" if is_talks else "Summit",
            tuple(claims),
            {"level": "MINISTERS" if is_talks else "LEADERS", "place": place},
            tuple(Involvement(role, who, (claims[0].slug,)) for role, who in zip(roles, present, strict=True)),
            named(random, f"{place.replace('-', ' ').title()} {day.year}"),
        )

    def quote(self, number: int, meeting: Fact | None) -> Fact:
        random, players = self.cast.random, self.cast
        day = _date_of(meeting) or _day(random)
        source = players.source_after(day)
        speaker = (players.people if random.random() < 0.9 else players.states).one()
        text = " ".join(word(random, random.randint(1, 3)) for _ in range(random.randint(4, 40)))
        slug = f"{speaker}-{word(random, 2)}-{number}"
        told: list[tuple[str, str | None]] = [("text", text)]
        if random.random() < 0.9:
            told.append(("date", _rough(random, day)))
        if random.random() < 0.2:
            told.append(("text", text))
        claims = list(self._claims(slug, source, told, speaker))
        fields: dict[str, object] = {
            "language": source.language,
            "form": random.choice(FORMS),
            "medium": random.choice(MEDIA),
        }
        if meeting:
            fields["meeting"] = meeting.slug
        if random.random() < 0.1:
            fields["translation"] = {"en": text.upper()}
        involved = self._involved(speaker)
        existence = tuple(claim.slug for claim in claims if claim.property == "text")
        return Fact(
            slug,
            "Quote",
            tuple(claims),
            fields,
            tuple(Involvement(role, actor, existence) for role, actor in involved),
        )

    def _involved(self, speaker: str) -> Iterator[tuple[str, str]]:
        random, players = self.cast.random, self.cast
        yield "SPEAKER", speaker
        if random.random() < 0.4:
            yield "ADDRESSEE", players.people.one()
        for other in (players.people if random.random() < 0.6 else players.states).some(random.choice((0, 1, 1, 2))):
            yield "ABOUT", other

    def _claims(
        self,
        fact: str,
        source: Source,
        told: list[tuple[str, str | None]],
        speaker: str | None = None,
        effective: str | None = None,
    ) -> Iterator[Claim]:
        """One claim for each; now and then the last is told by a later source: then there are two snapshots."""
        random = self.cast.random
        is_twice = len(told) > 1 and random.random() < TWO_READINGS
        for position, (property, value) in enumerate(told, 1):
            is_later = is_twice and position == len(told)
            teller = self.cast.source_after(source.reported_on + timedelta(days=3)) if is_later else source
            passage = self._passage(teller)
            yield Claim(
                slug=f"{teller.slug}-{fact}-{property.lower()}-{passage.start}",
                fact=fact,
                property=property,
                value=value,
                source=teller.slug,
                reported_on=teller.reported_on,
                passage=passage,
                steps=self._chain(teller, speaker),
                position=position,
                factuality=random.choice(("CERTAIN", "CERTAIN", "PROBABLE", "UNCOMMITTED")),
                effective=effective if property == "status" else None,
            )

    def _passage(self, source: Source) -> Passage:
        random = self.cast.random
        start = self.ends.get(source.slug, 0)
        end = start + random.randint(20, 240)
        self.ends[source.slug] = end + 1
        return Passage(source.slug, start, end, start // 600 + 1, "BODY", f"{random.getrandbits(256):064x}")

    def _chain(self, source: Source, speaker: str | None) -> tuple[Step, ...]:
        random = self.cast.random
        steps = [Step("UTTERER", speaker)] if speaker else []
        if random.random() < 0.3:
            steps.append(Step("AGENCY", None, "an agency"))
        return (*steps, Step("OUTLET", source.outlet))


def _day(random: Random) -> date:
    return FIRST_DAY + timedelta(days=random.randrange(DAYS - 30))


def _date_of(meeting: Fact | None) -> date | None:
    found = [claim.value for claim in meeting.claims if claim.property == "date"] if meeting else []
    return date.fromisoformat(found[0]) if found and found[0] else None


def _when(random: Random, status: str, day: date) -> tuple[str, str]:
    """What is told of the meeting's day: held on it, or planned for it."""
    return ("date" if status in ("HELD", "CUT_SHORT") else "plannedDate"), day.isoformat()


def _rough(random: Random, day: date) -> str:
    """A date as precise as it is told: mostly the day, else a third of the month, or the month."""
    chance = random.random()
    if chance < 0.06:
        return f"{day:%Y-%m}" + ("~" if chance < 0.02 else "")
    if chance < 0.12:
        first = day.replace(day=min(day.day // 10, 2) * 10 + 1)
        return f"[{first}..{first + timedelta(days=9 if first.day < 21 else 7)}]"
    return day.isoformat()
