"""Where things happened: the places of rows as places of the register, made of a row's own words and its state."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.importers.histstate.names import fold

UNITED_STATES = "united-states"
_TRAILING = re.compile(r"(?:\s*\([^)]*\)?|,\s*[A-Z][\w. ]*)+$")
_SEVERAL = re.compile(r" and (?:at |in )?[A-Z]")
_REGION = re.compile(
    r"\b(islands?|bay|lake|canal|azores|mountains?|demilitarized zone|desert|province|peninsula)\b", re.IGNORECASE
)
_VENUE = re.compile(
    r"\b(base|castle|house|ranch|camp|palace|airport|air field|cemetery|beach|farm|park|hotel|mar-a-lago|sunnylands)\b",
    re.IGNORECASE,
)
LONGEST = 40


@dataclass
class Places:
    """Places by their slugs. `known` has those of the seeds: the slug with the state and every name."""

    known: Mapping[str, tuple[str | None, frozenset[str]]]
    countries: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, str] = field(default_factory=dict)
    """Other names of places, with those that the register has."""
    heirs: Mapping[str, str] = field(default_factory=dict)
    """States that are no more, with the one in which towns that rows name lie now."""
    contested: Collection[str] = ()
    """Towns of states that are no more which several states call theirs now: they lie where rows place them."""
    coordinates: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Latitudes and longitudes of towns, by slug."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """The kinds of places whose names do not show them, by slug."""
    towns: Mapping[str, str] = field(default_factory=dict)
    """The towns of buildings that rows name, by slug."""
    languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What places are called in other languages than English, by slug."""
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    _slugs: dict[tuple[str, str], str] = field(default_factory=dict)

    def prepare(self, words: Iterable[tuple[str, str]]) -> None:
        """Give each place (words, state) its slug: the state is a part of it where two states have one of the name."""
        states: defaultdict[str, set[str]] = defaultdict(set)
        for text, state in words:
            states[self._clean(text)].add(self._present(self._clean(text), state))
        for name in sorted(states):
            for state in sorted(states[name]):
                self._slugs[name, state] = self._choose_slug(name, state, len(states[name]) > 1)

    def _clean(self, words: str) -> str:
        name = clean_place(words)
        return self.names.get(name, name)

    def _present(self, name: str, state: str) -> str:
        """The state in which a town of a state that is no more lies now, where one alone can be told."""
        return state if name in self.contested else self.heirs.get(state, state)

    def find(self, words: str, state: str) -> str:
        """The slug of a place in a state; the state itself where the words name no place."""
        name = self._clean(words)
        of = self._present(name, state)
        slug = self._slugs.get((name, of))
        if not slug or not name or name in self.countries.get(state, {}).get("names", {}).get("COMMON", {}).values():
            return self.country(state)
        if slug not in self.known and slug not in self.made:
            self.country(of)
            kind = "VENUE" if _VENUE.search(name) else "REGION" if _REGION.search(name) else "CITY"
            kind = self.kinds.get(slug, kind)
            names = {"COMMON": {"en": name, **self.languages.get(slug, {})}}
            self.made[slug] = {"names": names, "kind": kind, "country": of}
            self.made[slug]["partOf"] = self.towns.get(slug, of)
            if slug in self.coordinates:
                self.made[slug]["latitude"], self.made[slug]["longitude"] = self.coordinates[slug]
        return slug

    def country(self, state: str) -> str:
        """The slug of a state as a place."""
        if state not in self.known and state not in self.made:
            names = {"COMMON": dict(self.countries[state]["names"]["COMMON"])}
            self.made[state] = {"names": names, "kind": "COUNTRY", "country": state}
        return state

    def entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What is not in the seeds."""
        yield from sorted(self.made.items())

    def country_of(self, place: str) -> str | None:
        """The state that a place lies in."""
        return self.made[place]["country"] if place in self.made else self.known[place][0]

    def _choose_slug(self, name: str, state: str, is_shared: bool) -> str:
        for slug, (country, names) in self.known.items():
            if country == state and fold(name) in names:
                return slug
        slug = to_slug(name)
        is_taken = slug in self.countries or slug in self.known
        return f"{slug}-{state}" if is_shared or is_taken else slug


def clean_place(words: str) -> str:
    """The name of a place without the state or province behind it; empty where the words name none, or several."""
    name = _TRAILING.sub("", " ".join(words.split())).strip(" .,;")
    name = re.sub(r"^.+ Museum in (?=[A-Z])|^(?:the|in|at)\s+(?=[A-Z])", "", name)
    is_one = bool(name) and name[0].isupper() and not re.search(r"\d|;| and ", name)
    is_one = is_one and not _SEVERAL.search(words)
    return name if is_one and len(name) <= LONGEST else ""


def to_slug(text: str) -> str:
    """Lower case ASCII with hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
