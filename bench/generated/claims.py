"""What the documents of the generated record report of a fact: its claims with passages and chains, and its dates."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import NamedTuple

from bench.generated.entities import DAYS, FIRST_DAY, Entities
from service.store.record.record import Claim, Fact, Passage, Source, Step

TWO_READINGS = 0.05
DISPUTED = 50
"""One in this many meetings and quotes has a date on which two sources disagree."""
FACTUALITY = ("CERTAIN", "CERTAIN", "PROBABLE", "UNCOMMITTED")


class ClaimedValue(NamedTuple):
    """Property with its value, the type of the entry if the value is one, and when the value took effect."""

    property: str
    value: str | None = None
    typename: str | None = None
    effective: str | None = None


def claims_of(
    random: Random,
    entities: Entities,
    fact: str,
    source: Source,
    values: list[ClaimedValue],
    *,
    speaker: str | None = None,
    later: float = TWO_READINGS,
) -> tuple[Claim, ...]:
    """Return one claim for each. Occasionally a later source reports the last one, so that there are two snapshots."""
    is_twice = len(values) > 1 and random.random() < later
    sources = [source] * len(values)
    if is_twice:
        sources[-1] = entities.source_after(random, source.reported_on + timedelta(days=3))
    return tuple(
        Claim(
            slug=f"{reporter.slug}-{fact}-{one.property.lower()}-{position}",
            fact=fact,
            property=one.property,
            value=one.value,
            source=reporter.slug,
            reported_on=reporter.reported_on,
            passage=_passage(random, reporter.slug),
            steps=_chain(random, reporter, speaker),
            position=position,
            factuality=random.choice(FACTUALITY),
            effective=one.effective,
            value_typename=one.typename,
        )
        for position, (one, reporter) in enumerate(zip(values, sources, strict=True), 1)
    )


def random_day(random: Random) -> date:
    """Return one of the days that the record covers."""
    return FIRST_DAY + timedelta(days=random.randrange(DAYS - 30))


def meeting_day(meeting: Fact | None) -> date | None:
    """Return the day on which a meeting was held."""
    found = [claim.value for claim in meeting.claims if claim.property == "date"] if meeting else []
    return date.fromisoformat(found[0]) if found and found[0] else None


def date_values(property: str, day: date, number: int) -> list[ClaimedValue]:
    """Return the day; for a disputed one also the next day."""
    days = [day, *([day + timedelta(days=1)] if number % DISPUTED == 0 else [])]
    return [ClaimedValue(property, each.isoformat()) for each in days]


def _passage(random: Random, source: str) -> Passage:
    start = random.randrange(40_000)
    end = start + random.randint(20, 240)
    digest = sha256(f"{source} {start} {end}".encode()).hexdigest()
    return Passage(source, start, end, start // 600 + 1, "BODY", digest)


def _chain(random: Random, source: Source, speaker: str | None) -> tuple[Step, ...]:
    steps = [Step("UTTERER", speaker)] if speaker else []
    if random.random() < 0.3:
        steps.append(Step("AGENCY", None, "an agency"))
    return (*steps, Step("OUTLET", source.outlet))


def rough_date(random: Random, day: date) -> str:
    """Return a date as precise as reported: mostly the day, else a third of the month, or the month."""
    chance = random.random()
    if chance < 0.06:
        return f"{day:%Y-%m}" + ("~" if chance < 0.02 else "")
    if chance < 0.12:
        first = day.replace(day=min(day.day // 10, 2) * 10 + 1)
        return f"[{first}..{first + timedelta(days=9 if first.day < 21 else 7)}]"
    return day.isoformat()
