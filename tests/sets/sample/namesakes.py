"""Whether the register keeps people apart whom a name may confuse."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from tests.sets.sample.matching import is_person
from tests.sets.sample.register import Fact, facts_by_document
from tests.sets.sample.sample import Person, contents, person


class Namesake(NamedTuple):
    document: str
    person: Person


class NamesakeEntries(NamedTuple):
    """Two namesakes with the entries (slugs) that the register has for them in their rows."""

    one: Namesake
    other: Namesake
    entries_of_one: set[str]
    entries_of_other: set[str]

    @property
    def is_merged(self) -> bool:
        return bool(self.entries_of_one & self.entries_of_other)

    @property
    def is_whole(self) -> bool:
        return bool(self.entries_of_one and self.entries_of_other)

    def __str__(self) -> str:
        entries = " and ".join(", ".join(sorted(each)) or "nobody" for each in self[2:])
        return f"{self.one.person.spellings[0]} and {self.other.person.spellings[0]}: {entries}"


def namesakes_in(url: str) -> list[NamesakeEntries]:
    pairs = [[Namesake(f"histstate-{each['row']}", person(each)) for each in pair] for pair in contents("namesakes")]
    documents = sorted({namesake.document for pair in pairs for namesake in pair})
    facts = asyncio.run(facts_by_document(url, documents))
    return [found_in(facts, one, other) for one, other in pairs]


def found_in(facts: dict[str, list[Fact]], one: Namesake, other: Namesake) -> NamesakeEntries:
    return NamesakeEntries(one, other, entries_of(one, facts[one.document]), entries_of(other, facts[other.document]))


def entries_of(namesake: Namesake, facts: list[Fact]) -> set[str]:
    actors = {part.actor for fact in facts for part in fact.people}
    return {actor.slug for actor in actors if is_person(actor, namesake.person)}
