"""Whether the register's entry is what the sample means: by spellings of whole names, never by a family name alone."""

from __future__ import annotations

import re
import unicodedata

from tests.sets.sample.register import Actor, Fact, Place
from tests.sets.sample.sample import Gathering, Person, Sample, sample

SIGN = re.compile(r"[^a-z0-9]+")
LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})


def words(text: str) -> tuple[str, ...]:
    """Return its words without accents, case and punctuation."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    return tuple(SIGN.sub(" ", "".join(sign for sign in plain if not unicodedata.combining(sign))).split())


def is_person(actor: Actor, person: Person) -> bool:
    known = {words(spelling) for spelling in person.spellings}
    return actor.is_person and is_of(actor, person.state) and any(words(name) in known for name in actor.names)


def is_of(actor: Actor, state: str) -> bool:
    """Return whether that is his state, or the register gives him none, as for a king of several."""
    return not actor.states or any(words(name) in spellings(state, sample().states) for name in actor.states)


def is_place(place: Place, name: str) -> bool:
    return any(words(each) in spellings(name, sample().places) for each in place.names)


def spellings(name: str, table: dict[str, frozenset[str]]) -> set[tuple[str, ...]]:
    return {words(each) for each in table.get(name, frozenset((name,)))}


def key_of(actor: Actor, keys: set[str], of: Sample) -> str | None:
    """Return which of these people of the sample he is, if any."""
    return next((key for key in sorted(keys) if is_person(actor, of.people[key])), None)


def is_gathering(fact: Fact, gathering: Gathering) -> bool:
    if not fact.latest or (fact.setting == "BILATERAL" and not gathering.is_of_two):
        return False
    if not (fact.is_meeting or gathering.is_ceremony):
        return False
    found = set(words(fact.words))
    is_then = (fact.earliest or "") <= gathering.last and gathering.first <= fact.latest
    return is_then and any(sought <= found for sought in gathering.words)
