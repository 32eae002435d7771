"""Actors, places and sources of the generated record; how often each occurs in facts follows Zipf's law."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from string import ascii_uppercase
from typing import Generic, TypeVar

from service.store.record.record import Actor, Name, Place, Source

T = TypeVar("T")

STATES, ORGANISATIONS, PLACES = 60, 40, 500
LEADERS = 0.06
"""Share of the people who are met most."""
FIRST_DAY = date(2018, 1, 1)
DAYS = 2 * 365
SYLLABLES = [a + b for a in "bdfghklmnrstvz" for b in ("a", "e", "i", "o", "u", "an", "or")]
KINDS = ("NEWS_AGENCY", "NEWSPAPER", "NEWSPAPER", "WEBSITE", "BROADCASTER", "GOVERNMENT", "MINISTRY")
SUBJECTS = ("talks", "summit", "sanctions", "border", "visit", "letter", "reply", "trade", "ceasefire")
LANGUAGES = ("de", "de", "de", "en", "en", "ru", "ko")


class Zipf(Generic[T]):
    """Things of which the nth is drawn with a weight of 1/n."""

    def __init__(self, things: Sequence[T]) -> None:
        self.things = things
        self._sums = list(accumulate(1 / rank for rank in range(1, len(things) + 1)))

    def draw(self, random: Random) -> T:
        return self.things[bisect(self._sums, random.random() * self._sums[-1])]

    def draw_distinct(self, random: Random, count: int) -> list[T]:
        """Return different things, in the order drawn."""
        found: dict[T, None] = {}
        while len(found) < count:
            found[self.draw(random)] = None
        return list(found)


@dataclass(frozen=True)
class Entities:
    """Actors, places and sources by slug, and how they are drawn."""

    actors: dict[str, Actor]
    places: dict[str, Place]
    sources: dict[str, Source]
    people: Zipf[str]
    states: Zipf[str]
    venues: Zipf[str]
    leaders: Zipf[str]
    """People who meet at summits."""
    days: list[date]
    """The days on which the sources were published, in order."""
    published: list[str]
    """The sources by day."""

    def source_after(self, random: Random, day: date) -> Source:
        """Return one of the sources published next after a day, mostly the first."""
        ahead = min(int(random.expovariate(0.5)), 8)
        place = min(bisect(self.days, day) + ahead, len(self.published) - 1)
        return self.sources[self.published[place]]


def generate_entities(random: Random, sources: int, people: int) -> Entities:
    """Return entities, always the same for the same state of `random`, with this many documents and people."""
    states = [_state(random, number, slug) for number, slug in enumerate(_slugs(random, STATES))]
    homes = Zipf([state.slug for state in states])
    organisations = [_organisation(random, slug, homes.draw(random)) for slug in _slugs(random, ORGANISATIONS)]
    leaders = round(people * LEADERS)
    persons = [
        _person(random, rank, slug, homes.draw(random), is_leader=rank < leaders)
        for rank, slug in enumerate(_people_slugs(random, people))
    ]
    places = [_country(state) for state in states] + [
        _city(random, slug, homes.draw(random)) for slug in _city_slugs(random)
    ]
    outlets = Zipf([each.slug for each in organisations])
    documents = [_source(random, number, outlets.draw(random)) for number in range(1, sources + 1)]
    by_day = sorted(documents, key=lambda source: (source.reported_on, source.slug))
    return Entities(
        actors={actor.slug: actor for actor in (*states, *organisations, *persons)},
        places={place.slug: place for place in places},
        sources={source.slug: source for source in documents},
        people=Zipf([person.slug for person in persons]),
        states=homes,
        venues=Zipf([place.slug for place in reversed(places)]),
        leaders=Zipf([person.slug for person in persons if person.is_leader]),
        days=[source.reported_on for source in by_day],
        published=[source.slug for source in by_day],
    )


def random_word(random: Random, syllables: int) -> str:
    return "".join(random.choices(SYLLABLES, k=syllables))


def translated_names(random: Random, text: str, *, kind: str = "COMMON") -> tuple[Name, ...]:
    """Return a display name in English, for some also in further languages, and occasionally an alias."""
    names = [Name(text, "en", kind, {})]
    for language, share in (("de", 0.6), ("ko-Kore", 0.2), ("ru", 0.2)):
        if random.random() < share:
            names.append(Name(f"{text} ({language[:2]})", language, kind, {}))
    if random.random() < 0.3:
        names.append(Name(f"{text[:1]}. {text.split()[-1]}", "en", "ALIAS", {}))
    return tuple(names)


def _slugs(random: Random, count: int) -> list[str]:
    """Return distinct slugs of two words each."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"{random_word(random, 2)}-{random_word(random, 2)}"] = None
    return list(found)


def _people_slugs(random: Random, count: int) -> list[str]:
    return [f"{slug}-{number}" for number, slug in enumerate(_slugs(random, count), 1)]


def _city_slugs(random: Random) -> list[str]:
    return [f"{slug}-city" for slug in _slugs(random, PLACES - STATES)]


def title_of(slug: str) -> str:
    return slug.replace("-", " ").title()


def _state(random: Random, number: int, slug: str) -> Actor:
    code = ascii_uppercase[number // 26] + ascii_uppercase[number % 26]
    return Actor(f"{slug}-state", "Country", translated_names(random, title_of(slug)), code=code, alpha3=f"{code}X")


def _organisation(random: Random, slug: str, country: str) -> Actor:
    names = translated_names(random, f"{title_of(slug)} News")
    return Actor(slug, "Organisation", names, country, organisation_kind=random.choice(KINDS))


def _person(random: Random, rank: int, slug: str, country: str, *, is_leader: bool) -> Actor:
    names = translated_names(random, title_of(slug.rpartition("-")[0]))
    wikidata = f"Q{900_000 + rank}" if random.random() < 0.4 else None
    return Actor(slug, "Person", names, country, wikidata, is_leader=is_leader)


def _country(state: Actor) -> Place:
    return Place(state.slug, "COUNTRY", state.names, state.slug)


def _city(random: Random, slug: str, country: str) -> Place:
    latitude, longitude = round(random.uniform(-60, 70), 4), round(random.uniform(-180, 180), 4)
    return Place(slug, "CITY", translated_names(random, title_of(slug)), country, country, latitude, longitude)


def _source(random: Random, number: int, outlet: str) -> Source:
    day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
    title = f"{title_of(random_word(random, 3))}: {random.choice(SUBJECTS)} after {random.choice(SUBJECTS)}"
    is_record = random.random() < 0.1
    slug = f"{number:04}-{random_word(random, 3)}"
    return Source(
        slug,
        document=f"{'records' if is_record else 'articles'}/{slug}.txt",
        kind="OFFICIAL_RECORD" if is_record else "ARTICLE",
        language=random.choice(LANGUAGES),
        published=day.isoformat(),
        published_basis="STATED",
        reported_on=day,
        sha256=f"{random.getrandbits(256):064x}",
        title=title if random.random() < 0.9 else None,
        outlet=outlet,
        outlet_basis="STATED",
    )
