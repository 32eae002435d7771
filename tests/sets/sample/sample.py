"""What the sample says about each row, read from the files next to this one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).resolve().parent
SAMPLES = {"first": "rows", "second": "second/rows"}
"""The samples, and the file with the rows of each."""

HOW_TOLD = ("told", "implied", "open", "either")
TELLING = re.compile(rf"(?P<how>{'|'.join(HOW_TOLD)})(?: (?P<days>[\d\[][^@]*?))?(?: @ (?P<place>.+))?")
"""The form of a meeting in `met` and `attended`: how it is reported, days other than those of the stay, its place."""


class ReportedEncounter(NamedTuple):
    """How a row reports an encounter, `days` in each accepted notation (EDTF), and its places in the row's order."""

    how: str
    days: tuple[str, ...]
    places: tuple[str, ...]


class Person(NamedTuple):
    spellings: tuple[str, ...]
    state: str


class Gathering(NamedTuple):
    """`words`: sets of words that identify it; `first` and `last`: the days (YYYY-MM-DD) between which it
    took place.
    """

    words: tuple[frozenset[str], ...]
    first: str
    last: str
    host: str | None
    is_ceremony: bool
    is_of_two: bool


class Judgement(NamedTuple):
    """What one row says; all people and gatherings by their keys in the sample.

    `company`: who came with `self`; `again`: a second meeting with somebody who is also in `met`.
    """

    document: str
    stratum: str
    is_sealed: bool
    self: str
    company: list[str]
    met: dict[str, ReportedEncounter]
    again: dict[str, ReportedEncounter]
    attended: dict[str, ReportedEncounter]
    present: dict[str, list[str]]
    named: list[str]

    @property
    def visitors(self) -> set[str]:
        return {self.self, *self.company}

    @property
    def people(self) -> set[str]:
        """All people whom the row mentions."""
        present = {key for keys in self.present.values() for key in keys}
        return self.visitors | {*self.met, *self.named, *present}

    @property
    def told_people(self) -> set[str]:
        """Those who, according to the row, took part in something."""
        met = {key for key, telling in self.met.items() if telling.how == "told"}
        present = {key for name, keys in self.present.items() if self.attended[name].how == "told" for key in keys}
        return self.visitors | met | present


class Sample(NamedTuple):
    rows: tuple[Judgement, ...]
    people: dict[str, Person]
    gatherings: dict[str, Gathering]
    states: dict[str, frozenset[str]]
    places: dict[str, frozenset[str]]


@cache
def sample(name: str = "first") -> Sample:
    names = contents("names")
    return Sample(
        rows=tuple(judgements(SAMPLES[name])),
        people={key: person(entry) for key, entry in contents("people").items()},
        gatherings={key: parse_gathering(entry) for key, entry in contents("gatherings").items()},
        states={name: frozenset((name, *others)) for name, others in names["states"].items()},
        places={name: frozenset((name, *others)) for name, others in names["places"].items()},
    )


def contents(name: str) -> Any:
    return yaml.load((HERE / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def judgements(file: str) -> list[Judgement]:
    return [
        judgement(document, stratum, place % 2 == 1, entry)
        for stratum, entries in contents(file).items()
        for place, (document, entry) in enumerate(entries.items())
    ]


def judgement(document: str, stratum: str, is_sealed: bool, entry: Mapping[str, Any]) -> Judgement:
    places = tuple(entry.get("at", ()))
    tellings = {
        field: {key: parse_encounter(text, entry["stay"], places) for key, text in entry.get(field, {}).items()}
        for field in ("met", "again", "attended")
    }
    return Judgement(
        document=document,
        stratum=stratum,
        is_sealed=is_sealed,
        self=entry["self"],
        company=entry.get("with", []),
        met=tellings["met"],
        again=tellings["again"],
        attended=tellings["attended"],
        present=entry.get("present", {}),
        named=entry.get("named", []),
    )


def parse_encounter(text: str, stay: str, places: tuple[str, ...]) -> ReportedEncounter:
    found = TELLING.fullmatch(text)
    if not found:
        raise ValueError(f"not a telling: {text}")
    days = tuple(found["days"].split(" | ")) if found["days"] else (bounds(stay),)
    return ReportedEncounter(found["how"], days, (found["place"],) if found["place"] else places)


def bounds(stay: str) -> str:
    """Return the days of a stay as EDTF: the day, or one of the days."""
    first, _, last = stay.partition("/")
    return f"[{first}..{last}]" if last else first


def person(entry: Mapping[str, Any]) -> Person:
    return Person((entry["name"], *entry.get("also", ())), entry["state"])


def parse_gathering(entry: Mapping[str, Any]) -> Gathering:
    first, last = entry["days"].split("/")
    words = tuple(frozenset(words.split()) for words in entry["words"])
    return Gathering(words, first, last, entry.get("host"), "ceremony" in entry, "two" in entry)
