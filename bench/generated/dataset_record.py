"""A generated data set as a record of any size: meetings, events and offices, each from one row that is a document.

Everything is made from its number on demand, the same each time, so that a million facts take no memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain
from random import Random

from bench.generated.entities import random_word
from bench.generated.lazy_mapping import LazyMapping
from service.store.record.record import (
    Actor,
    Claim,
    Fact,
    Involvement,
    Name,
    Passage,
    Place,
    Record,
    Source,
    SourceDataset,
    Step,
)

FIRST_DAY = date(1900, 1, 1)
DAYS = 43_000
STATES, CITIES = 200, 400
FACTS_OF_A_ROW = 5
"""Some of them are derived: the event that a meeting is, and the relationships of those who met."""
HOSTS = 12
"""At most this many people of each state act as hosts; the guests are other people."""
CACHED_ACTORS = 4_096
"""This many actors are cached: they are needed all the time, unlike facts."""
DATASET = "rows"
OUTLET = "office"


def generate_dataset_record(facts: int, later: int = 0) -> Record:
    """Return about this many facts, including derived ones; `later`: the number of a row that reports
    something else.
    """
    rows = max(facts // FACTS_OF_A_ROW, 1)
    people = max(rows, HOSTS * STATES // 10)
    actors = _actors(people)
    places = _places()
    make = _FactGenerator(people, rows, later)
    properties = {name: {"en": f"The property {name}."} for name in ("existence", "status", "date", "place", "title")}
    datasets = {DATASET: SourceDataset(DATASET, "Rows", "CC0-1.0", "https://example.org/rows")}
    return Record(
        sources=LazyMapping(_source, lambda: map(_row_slug, range(1, rows + 1)), rows),
        actors=actors,
        places=places,
        facts=LazyMapping(make.fact, make.slugs, sum(1 for _ in make.slugs())),
        conflicts={},
        properties=properties,
        datasets=datasets,
    )


def _row_slug(number: int) -> str:
    return f"{DATASET}-trip-{number}"


def _number(slug: str) -> int:
    return int(slug.rpartition("-")[2])


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number * 7919 % DAYS)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _source(slug: str) -> Source:
    if not slug.startswith(f"{DATASET}-trip-"):
        raise KeyError(slug)
    published = date(2024, 1, 1) + timedelta(days=_number(slug) % 300)
    return Source(
        slug,
        document=f"rows.xml#{_number(slug)}",
        kind="DATASET",
        language="en",
        published=published.isoformat(),
        published_basis="STATED",
        reported_on=published,
        sha256=_hash(slug),
        supplied_title={"en": f"Row {_number(slug)}", "de": f"Zeile {_number(slug)}"},
        outlet=OUTLET,
        outlet_basis="STATED",
        dataset=DATASET,
    )


def _actors(people: int) -> Mapping[str, Actor]:
    """Return states, the office that publishes the rows, and people, a few of each state better known than
    the others.
    """
    random = Random(DATASET)
    states = []
    for number in range(STATES):
        code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"
        names = _names(random_word(random, 3).title())
        states.append(Actor(_state(number), "Country", names, code=code, alpha3=f"{code}X"))
    office = Actor(OUTLET, "Organisation", (Name("The Office", "en", "COMMON", {}),), organisation_kind="MINISTRY")
    found = {actor.slug: actor for actor in (*states, office)}

    def make(slug: str) -> Actor:
        return found.get(slug) or _person(slug, people)

    return LazyMapping(make, lambda: chain(found, map(_person_slug, range(people))), len(found) + people, CACHED_ACTORS)


def _person_slug(number: int) -> str:
    return f"person-{number}"


def _person(slug: str, people: int) -> Actor:
    # not every entry has what is looked up
    kind, _, digits = str(slug).partition("-")
    if kind != "person" or not digits.isdecimal() or int(digits) >= people:
        raise KeyError(slug)
    number, random = int(digits), Random(f"{DATASET} {slug}")
    full = f"{random_word(random, 2).title()} {random_word(random, 3).title()}"
    return Actor(slug, "Person", _names(full), _state(number % STATES), is_leader=number < HOSTS * STATES)


def _places() -> dict[str, Place]:
    random = Random("places")
    states = [Place(_state(n), "COUNTRY", _names(random_word(random, 3).title()), _state(n)) for n in range(STATES)]
    cities = [
        Place(f"city-{n}", "CITY", _names(random_word(random, 3).title()), _state(n % STATES), _state(n % STATES))
        for n in range(CITIES)
    ]
    return {place.slug: place for place in (*states, *cities)}


def _state(number: int) -> str:
    return f"state-{number}"


def _names(text: str) -> tuple[Name, ...]:
    return (Name(text, "en", "COMMON", {}), Name(f"{text}o", "de", "COMMON", {}))


class _FactGenerator:
    """The facts that each row reports."""

    def __init__(self, people: int, rows: int, later: int) -> None:
        self.people, self.rows, self.later = people, rows, later

    def slugs(self) -> Iterator[str]:
        """Yield the slugs of a meeting and an office for each row; for some, an event instead of the meeting."""
        for number in range(1, self.rows + 1):
            yield f"stay-{number}" if number % 6 == 0 else f"trip-{number}"
            yield f"office-{number}"

    def fact(self, slug: str) -> Fact:
        """Return the fact with that slug. Raises KeyError."""
        kind, _, number = slug.partition("-")
        if not number.isdecimal() or not 1 <= int(number) <= self.rows:
            raise KeyError(slug)
        return {"trip": self._trip, "stay": self._stay, "office": self._office}[kind](slug, int(number))

    def _trip(self, slug: str, number: int) -> Fact:
        """Return a meeting of a host and one or two guests."""
        host, guests = self._host(number), self._guests(number)
        place = f"city-{number % CITIES}"
        values: list[tuple[str, str | None, str | None]] = [
            ("existence", None, None),
            ("status", "HELD", None),
            ("date", self._date_text(number), None),
            ("place", place, "Place"),
            ("format", "MEETING", None),
            ("host", host, "Person"),
            *(("participant", guest, "Person") for guest in guests),
        ]
        claims = self._claims(slug, number, values)
        involved = [("HOST", host), *(("PARTICIPANT", guest) for guest in guests)]
        return Fact(
            slug,
            "Summit",
            claims,
            {"level": "LEADERS"},
            tuple(
                Involvement(role, who, (claim.slug,)) for (role, who), claim in zip(involved, claims[5:], strict=True)
            ),
            _names(f"Meeting {number} in {place}"),
            curation="IMPORTED",
        )

    def _stay(self, slug: str, number: int) -> Fact:
        """Return an event: somebody came and met nobody."""
        guest, place = self._guests(number)[0], f"city-{number % CITIES}"
        values = [("existence", None, None), ("date", self._date_text(number), None), ("place", place, "Place")]
        claims = self._claims(slug, number, values)
        fields = {"eventType": "COOPERATE", "act": {"en": f"Stay {number}", "de": f"Aufenthalt {number}"}}
        involved = (Involvement("ACTOR", guest, (claims[0].slug,)),)
        return Fact(slug, "Event", claims, fields, involved, curation="IMPORTED")

    def _office(self, slug: str, number: int) -> Fact:
        """Return an office of a guest."""
        holder = f"person-{number % self.people}"
        values = [
            ("existence", None, None),
            ("holder", holder, "Person"),
            ("title", f"President {number % 50}", None),
            ("of", _state(number % self.people % STATES), "Country"),
        ]
        claims = self._claims(slug, number, values)
        return Fact(
            slug, "Office", claims, {}, (Involvement("HOLDER", holder, (claims[1].slug,)),), curation="IMPORTED"
        )

    def _date_text(self, number: int) -> str:
        day = _day(number) + timedelta(days=number == self.later)
        return day.isoformat() if number % 3 else f"[{day}..{day + timedelta(days=3)}]"

    def _host(self, number: int) -> str:
        return f"person-{(number % STATES + STATES * (number // 7 % HOSTS)) % self.people}"

    def _guests(self, number: int) -> list[str]:
        first = f"person-{(number * 31 + 1) % self.people}"
        second = f"person-{(number * 37 + 5) % self.people}"
        return [first] if number % 4 or first == second else [first, second]

    def _claims(self, slug: str, number: int, values: list[tuple[str, str | None, str | None]]) -> tuple[Claim, ...]:
        source = _source(_row_slug(number))
        return tuple(
            Claim(
                slug=f"{source.slug}-{slug}-{property.lower()}" + (f"-{position}" if position > 1 else ""),
                fact=slug,
                property=property,
                value=value,
                source=source.slug,
                reported_on=source.reported_on,
                passage=_passage(source.slug, slug, position),
                steps=(Step("OUTLET", OUTLET),),
                position=position,
                basis="INFERRED" if property == "date" else "STATED",
                value_typename=typename,
            )
            for position, (property, value, typename) in enumerate(values, 1)
        )


def _passage(source: str, fact: str, position: int) -> Passage:
    start = position * 40 + (400 if fact.startswith("office") else 0)
    return Passage(source, start, start + 30, position, "BODY", _hash(f"{source} {start}"))
