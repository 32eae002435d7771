"""Who led which state on which day, according to the sets archigos and world-leaders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from service.importers.slugs import slug_of_name
from service.store import dates
from service.store.folders import set_folder

SETS = ("archigos", "world-leaders")


@dataclass(frozen=True)
class Tenure:
    """Period of a person in an office of a state.

    `last_on` is the last day for which it is attested; `is_open` is true if the data end before the tenure does.
    """

    office: str
    person: str
    names: tuple[str, ...]
    """Displayed name, followed by the other spellings."""
    title: str
    state: str
    first_on: date
    last_on: date
    is_open: bool

    def overlaps(self, first_on: date, last_on: date) -> bool:
        """Return whether the tenure shares a day with a span of days."""
        return self.first_on <= last_on and first_on <= self.last_on


@dataclass(frozen=True)
class Leaders:
    """Tenures sorted by first day."""

    tenures: tuple[Tenure, ...]

    def in_office(self, state: str, first_on: date, last_on: date | None = None) -> list[Tenure]:
        """Return who led a state on a day, or at any time from one day to another."""
        return [each for each in self._by_state.get(state, ()) if each.overlaps(first_on, last_on or first_on)]

    def people_named(self, name: str, state: str | None = None) -> list[str]:
        """Return the slugs of the people with exactly this full name, in any spelling, of one state or of any."""
        found = self._by_name.get(slug_of_name(name), ())
        return [*dict.fromkeys(each.person for each in found if state in (None, each.state))]

    def of(self, person: str) -> list[Tenure]:
        """Return the tenures of a person."""
        return self._by_person.get(person, [])

    @cached_property
    def _by_state(self) -> dict[str, list[Tenure]]:
        return _index((each.state, each) for each in self.tenures)

    @cached_property
    def _by_person(self) -> dict[str, list[Tenure]]:
        return _index((each.person, each) for each in self.tenures)

    @cached_property
    def _by_name(self) -> dict[str, list[Tenure]]:
        return _index((slug_of_name(name), each) for each in self.tenures for name in each.names)


def read_leaders(seeds: Path, sets: Iterable[str] = SETS) -> Leaders:
    """Return the offices of these sets, as stored with the seeds; a set that does not exist has none."""
    folders = [set_folder(seeds, name) for name in sets]
    names: dict[str, tuple[str, ...]] = {}
    for person in _read_lines(folders, "people.jsonl"):
        names[person["slug"]] = tuple(dict.fromkeys((*names.get(person["slug"], ()), *_texts(person["names"]))))
    tenures = (_to_tenure(office, names) for office in _read_lines(folders, "offices.jsonl"))
    return Leaders(tuple(sorted(filter(None, tenures), key=lambda each: (each.first_on, each.office))))


def _to_tenure(office: dict[str, Any], names: dict[str, tuple[str, ...]]) -> Tenure | None:
    """Return the tenure for an office of a state with a known beginning; None for any other office."""
    term = next(map(dates.parse, office.get("date", ())), None)
    attested = next(map(dates.parse, office.get("attested", ())), None)
    last_on = (term and term.latest) or (attested and attested.latest)
    if not (term and term.earliest and last_on):
        return None
    person, of = office["person"], office["of"]
    state = of if isinstance(of, str) else next(iter(of))
    title = office["title"]["en"]
    return Tenure(
        office["slug"], person, names.get(person, ()), title, state, term.earliest, last_on, term.latest is None
    )


def _texts(names: dict[str, dict[str, str | list[str]]]) -> Iterator[str]:
    for by_language in names.values():
        for texts in by_language.values():
            yield from [texts] if isinstance(texts, str) else texts


def _read_lines(folders: Iterable[Path], file: str) -> Iterator[dict[str, Any]]:
    for folder in folders:
        if (folder / file).exists():
            yield from map(orjson.loads, (folder / file).read_bytes().splitlines())


def _index(pairs: Iterable[tuple[str, Tenure]]) -> dict[str, list[Tenure]]:
    by_key: dict[str, list[Tenure]] = {}
    for key, tenure in pairs:
        by_key.setdefault(key, []).append(tenure)
    return by_key
