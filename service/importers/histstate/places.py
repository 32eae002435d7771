"""Places of the register made from the places of rows: from a row's own words and its state."""

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
    """Places by slug. `known` has those of the seeds: the slug with the state and every name."""

    known: Mapping[str, tuple[str | None, frozenset[str]]]
    countries: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, str] = field(default_factory=dict)
    """Other names of places, with the names in the register."""
    heirs: Mapping[str, str] = field(default_factory=dict)
    """Former states, with the present state of the towns that rows name."""
    contested: Collection[str] = ()
    """Towns of former states that several states now claim: they are in the state where rows place them."""
    coordinates: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Latitudes and longitudes of towns, by slug."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Kinds of places whose names do not show them, by slug."""
    towns: Mapping[str, str] = field(default_factory=dict)
    """Towns of buildings that rows name, by slug."""
    languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names of places in languages other than English, by slug."""
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    _slugs: dict[tuple[str, str], str] = field(default_factory=dict)

    def prepare(self, words: Iterable[tuple[str, str]]) -> None:
        """Give each place (words, state) its slug, with the state if two states have a place of the name."""
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
        """Return the present state of a town of a former state, if only one is possible."""
        return state if name in self.contested else self.heirs.get(state, state)

    def find(self, words: str, state: str) -> str:
        """Return the slug of a place in a state, or of the state itself if the words name no place."""
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
        """Return the slug of a state as a place."""
        if state not in self.known and state not in self.made:
            names = {"COMMON": dict(self.countries[state]["names"]["COMMON"])}
            self.made[state] = {"names": names, "kind": "COUNTRY", "country": state}
        return state

    def entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the entries that are not in the seeds."""
        yield from sorted(self.made.items())

    def country_of(self, place: str) -> str | None:
        """Return the state in which a place is."""
        return self.made[place]["country"] if place in self.made else self.known[place][0]

    def _choose_slug(self, name: str, state: str, is_shared: bool) -> str:
        for slug, (country, names) in self.known.items():
            if country == state and fold(name) in names:
                return slug
        slug = to_slug(name)
        is_taken = slug in self.countries or slug in self.known
        return f"{slug}-{state}" if is_shared or is_taken else slug


def clean_place(words: str) -> str:
    """Return the name of a place without the state or province after it; empty if the words name none or several."""
    name = _TRAILING.sub("", " ".join(words.split())).strip(" .,;")
    name = re.sub(r"^.+ Museum in (?=[A-Z])|^(?:the|in|at)\s+(?=[A-Z])", "", name)
    is_one = bool(name) and name[0].isupper() and not re.search(r"\d|;| and ", name)
    is_one = is_one and not _SEVERAL.search(words)
    return name if is_one and len(name) <= LONGEST else ""


def to_slug(text: str) -> str:
    """Return the text in lower-case ASCII with hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
