"""Tables that a person can correct, in the form that the reader uses; independent of any row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from service.importers.histstate.days import DAYS
from service.importers.histstate.readings import StayKind
from service.settings import SEEDS

FOLDER = SEEDS / "sets" / "histstate"
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class StateName:
    """Meaning of words as a state, or, with `is_part`, as part of one, in a span of days: the slug in the register."""

    slug: str
    since: date
    until: date
    is_part: bool


@dataclass(frozen=True, slots=True)
class Title:
    """Title in full; `states`: the only states that have it, empty if any state may. See titles.yaml."""

    title: str
    states: tuple[str, ...] = ()
    acts_for: str = ""
    is_prefix: bool = False
    is_alone: bool = False
    is_of_part: bool = False
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a clause begins, and what it says: see phrases.yaml."""

    reads: str
    pattern: re.Pattern[str]
    format: str = ""
    is_joint: bool = False
    is_likely: bool = False
    stay: tuple[StayKind, ...] = ()
    act: str = ""
    done: str = ""
    counterpart: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Gathering that several rows report: see gatherings.yaml."""

    series: str
    name: str
    pattern: re.Pattern[str]
    implies_president: bool
    is_occasion: bool
    is_of_two: bool
    is_of_ministers: bool
    is_undated: bool
    is_long: bool
    place: str
    editions: tuple[tuple[str, date, date], ...]


@cache
def titles() -> Mapping[str, tuple[Title, bool]]:
    """Return each spelling of a title, singular or plural, with its title and whether it is the plural."""
    found: dict[str, tuple[Title, bool]] = {}
    for entry in _read("titles.yaml"):
        name = entry["title"]
        states, acts_for = tuple(entry.get("states", ())), entry.get("acts_for", "")
        title = Title(
            name, states, acts_for, "prefix" in entry, "alone" in entry, "part" in entry, is_apart="apart" in entry
        )
        found |= dict.fromkeys([name, *entry.get("also", ())], (title, False))
        found |= dict.fromkeys(entry.get("plurals", [name + "s"]), (title, True))
    return found


@cache
def state_names() -> Mapping[str, tuple[StateName, ...]]:
    """Return the meanings of each name of a state."""
    return _by_words("names")


@cache
def state_adjectives() -> Mapping[str, tuple[StateName, ...]]:
    """Return the meanings of each adjective of a state ("Soviet", "West German")."""
    return _by_words("adjectives")


def state_slug(words: str, day: date) -> str | None:
    """Return the slug of the state that a name or an adjective means on a day; None if it means none or several."""
    slugs = {name.slug for name in _meanings(words, day)}
    return (slugs.pop() or None) if len(slugs) == 1 else None


def is_part_of_state(words: str, day: date) -> bool:
    """Return whether the words mean a part of a state on a day: Quebec, the Bosnian Federation."""
    return any(name.is_part for name in _meanings(words, day))


def _meanings(words: str, day: date) -> list[StateName]:
    names = (*state_names().get(words, ()), *state_adjectives().get(words, ()))
    return [name for name in names if name.since <= day <= name.until]


@cache
def state_groups() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the states that words mean together ("Baltic States")."""
    return {entry["group"]: tuple(entry["names"]) for entry in _read("states.yaml") if "group" in entry}


@cache
def american_offices() -> frozenset[tuple[str, str]]:
    """Return each office with each surname that makes its holder an American."""
    entries = [one for one in _read("americans.yaml") if "offices" in one]
    return frozenset((office, name) for one in entries for office in one["offices"] for name in one["names"])


@cache
def presidents_homes() -> tuple[str, ...]:
    """Return the places where a guest is the President's."""
    return tuple(home for one in _read("americans.yaml") for home in one.get("homes", ()))


@cache
def slips() -> Mapping[str, str]:
    """Return the intended words for each slip of the pen."""
    return {entry["written"]: entry["meant"] for entry in _read("slips.yaml")}


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return the ways in which clauses begin, in the order in which they are tried."""
    return tuple(_to_phrase(entry) for entry in _read("phrases.yaml"))


@cache
def gatherings() -> tuple[Series, ...]:
    """Return gatherings in the order in which they are tried."""
    return tuple(_to_series(entry) for entry in _read("gatherings.yaml"))


@cache
def alternatives(kind: str) -> str:
    """Return a pattern of all spellings of titles, names, adjectives or groups of states, the longest first."""
    spellings = {"title": titles, "name": state_names, "adjective": state_adjectives, "group": state_groups}[kind]()
    return "|".join(re.escape(one).replace(r"\ ", " ") for one in sorted(spellings, key=len, reverse=True))


def _to_phrase(entry: Mapping[str, Any]) -> Phrase:
    return Phrase(
        reads=entry["reads"],
        pattern=re.compile(_expand(entry["says"]), re.IGNORECASE),
        format=entry.get("format", ""),
        is_joint="joint" in entry,
        is_likely="likely" in entry,
        stay=tuple(StayKind(kind) for kind in entry.get("stay", "").split()),
        act=entry.get("act", ""),
        done=entry.get("done", ""),
        counterpart=entry.get("with", ""),
    )


def _expand(says: str) -> str:
    """Return a phrase's expression with its braces filled in."""
    someone = (
        rf"(?:the |former |acting |interim )*(?:(?:{alternatives('adjective')}|EC) )?(?:{alternatives('title')})\b"
    )
    adverb = r"(?:also|again|informally|privately|separately|briefly|afterwards?)"
    parts = {"{day}": rf"(?:on )?{DAYS}", "{someone}": someone, "{adverb}": adverb}
    for brace, pattern in parts.items():
        says = says.replace(brace, pattern)
    return rf"(?:{says})(?:\b|(?<=\W))"


def _to_series(entry: Mapping[str, Any]) -> Series:
    windows = ((key, *days.split("/")) for key, days in entry.get("editions", {}).items())
    return Series(
        series=entry["series"],
        name=entry["name"],
        pattern=re.compile(entry["says"], re.IGNORECASE),
        implies_president="president" in entry,
        is_occasion="occasion" in entry,
        is_of_two="two" in entry,
        is_of_ministers="ministers" in entry,
        is_undated="undated" in entry,
        is_long="long" in entry,
        place=entry.get("at", ""),
        editions=tuple((key, date.fromisoformat(a), date.fromisoformat(b)) for key, a, b in windows),
    )


def _by_words(field: str) -> Mapping[str, tuple[StateName, ...]]:
    found: dict[str, tuple[StateName, ...]] = {}
    for entry in _read("states.yaml"):
        if "group" in entry:
            continue
        since, until = (date.fromisoformat(entry[key]) if key in entry else None for key in ("since", "until"))
        name = StateName(entry["state"], since or _FIRST, until or _LAST, "part" in entry)
        for words in entry.get(field, ()):
            found[words] = (*found.get(words, ()), name)
    return found


def _read(name: str, folder: Path = FOLDER) -> Iterator[Mapping[str, Any]]:
    yield from yaml.load((folder / name).read_text(encoding="utf-8"), yaml.BaseLoader)
