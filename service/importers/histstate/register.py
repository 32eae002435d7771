"""What the record has without the set: people with the days on which they led a state, states, places and meetings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from service.importers.decisions import NO_ROW
from service.importers.histstate.merging import Meeting, bounds
from service.importers.histstate.names import fold, tokens_of
from service.importers.histstate.places import UNITED_STATES
from service.importers.histstate.sightings import Death, Known, Office, Spell
from service.importers.histstate.tables import NAME, Tables
from service.importers.leaders import Tenure, read_leaders
from service.importers.tables import mark_in, raise_problems, read_seed_file
from service.store.enums import PRESENT
from service.store.folders import set_folder
from service.store.notation.citations import parse_change
from service.store.seeds.files import Problems
from service.store.seeds.sets import read_set, required_sets

Entries = Mapping[str, Mapping[str, Any]]
Texts = Mapping[str, str]
EFFECTIVE = "archigos-"
"""Prefix of the offices of people who led a state in effect."""
DEATHS = ("Natural Death", "Suicide")
"""Values by which that set says that a person died in office."""


@dataclass(frozen=True)
class Register:
    """Seeds and the sets that this set requires, by noun."""

    seeds: Path
    entries: Mapping[str, Entries]
    tables: Tables

    @cached_property
    def people(self) -> Mapping[str, Texts]:
        """Return the common names of people by slug and language."""
        return {slug: _common(entry) for slug, entry in self.entries["people"].items()}

    @cached_property
    def countries(self) -> Entries:
        return self.entries["countries"]

    @cached_property
    def state_names(self) -> Mapping[str, Texts]:
        return {slug: _common(entry) for slug, entry in self.countries.items()}

    @cached_property
    def successors(self) -> Mapping[str, list[str]]:
        return {slug: [*(entry.get("successors") or ())] for slug, entry in self.countries.items()}

    @cached_property
    def places(self) -> Mapping[str, tuple[str | None, frozenset[str]]]:
        """Return the state and all names, folded, of each place."""
        return {
            slug: (entry.get("country"), frozenset(map(fold, _texts(entry["names"]))))
            for slug, entry in self.entries["places"].items()
        }

    @cached_property
    def place_names(self) -> Mapping[str, Texts]:
        return {slug: _common(entry) for slug, entry in self.entries["places"].items()}

    @cached_property
    def known_people(self) -> list[Known]:
        """Return the people, each with the days on which he led a state."""
        tenures = read_leaders(self.seeds).tenures
        by_person: dict[str, list[Tenure]] = {}
        for tenure in tenures:
            by_person.setdefault(tenure.person, []).append(tenure)
        deaths = dict(_read_deaths(self.seeds))
        known = [
            replace(_to_known(slug, entry, by_person.get(slug, ())), death=deaths.get(slug))
            for slug, entry in self.entries["people"].items()
        ]
        by_slug = {one.slug: one for one in [*known, *self._presidents()]}
        return [*(by_slug | {one.slug: one for one in self._holders(by_slug)}).values()]

    def _presidents(self) -> Iterator[Known]:
        """Yield the people whose terms are in the set's own table."""
        for slug, given in self.tables.presidents.items():
            names = _texts(self.entries["people"][slug]["names"]) if slug in self.entries["people"] else []
            spells = tuple(Spell(UNITED_STATES, *span) for span in given.terms)
            own = tuple(names or filter(None, [given.name]))
            yield Known(slug, own, UNITED_STATES, frozenset({UNITED_STATES}), spells)

    def _holders(self, known: Mapping[str, Known]) -> Iterator[Known]:
        """Yield the people whose offices are in the set's own table."""
        for slug, given in self.tables.holders.items():
            offices = tuple(Office(title, *span) for title, span in given.offices.items())
            state, names = given.state, (given.name, *given.also)
            one = known.get(slug) or Known(slug, (), state, frozenset({state} if state else ()))
            yield replace(one, names=(*one.names, *names), offices=offices, is_in_rows=given.row != NO_ROW)

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        return {" ".join(tokens_of(text)): fold(meant) for text, meant in self.tables.spellings.items()}

    @cached_property
    def series(self) -> Mapping[str, Texts]:
        return self.tables.series

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Return the meetings of the record that were held and at which people met."""
        held = ((slug, entry) for slug, entry in self.entries["meetings"].items() if _is_held(entry))
        return [_to_meeting(slug, entry) for slug, entry in held]

    @cached_property
    def levels(self) -> Texts:
        return {slug: entry["level"] for slug, entry in self.entries["meetings"].items()}


def _to_known(slug: str, entry: Mapping[str, Any], tenures: Iterable[Tenure]) -> Known:
    spells = tuple(Spell(one.state, one.first_on, one.last_on, one.office.startswith(EFFECTIVE)) for one in tenures)
    country = entry.get("country")
    states = frozenset({*([country] if country else []), *(one.state for one in spells)})
    return Known(slug, tuple(_texts(entry["names"])), country, states, spells)


def _read_deaths(seeds: Path) -> Iterator[tuple[str, Death]]:
    """Yield the people who died in office according to the set of effective leaders."""
    for _, office in _read_lines(set_folder(seeds, "archigos") / "offices.jsonl"):
        causes = [text for exit in DEATHS for text in office.get("exit", {}).get(exit, ())]
        spans = [span for day in office.get("date", ()) if (span := bounds(day))]
        if causes and spans:
            yield office["person"], Death(max(last for _, last in spans), " ".join(causes[0].split()[:2]))


def read_register(seeds: Path, tables: Tables) -> Register:
    """Return the record without the set; raise SeedsInvalid if a file is not YAML or a president has no name."""
    nouns = ("people", "countries", "places", "meetings")
    entries: dict[str, dict[str, Any]] = {noun: read_seed_file(seeds, f"{noun}.yaml") for noun in nouns}
    for other in required_sets(read_set(seeds, NAME)):
        for noun in ("people", "places"):
            for slug, entry in _read_lines(set_folder(seeds, other) / f"{noun}.jsonl"):
                entries[noun].setdefault(slug, entry)
    problems = Problems()
    for slug, one in tables.presidents.items():
        if not one.name and slug not in entries["people"]:
            problems.add(mark_in(seeds, NAME, "presidents.yaml", slug), f"{slug} is in no other set: name is missing")
    raise_problems(problems)
    return Register(seeds, entries, tables)


def _read_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in path.read_bytes().splitlines() if path.exists() else ():
        entry = orjson.loads(line)
        yield entry["slug"], entry


def _common(entry: Mapping[str, Any]) -> dict[str, str]:
    return dict(entry["names"]["COMMON"])


def _texts(names: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return all names of any kind, each once."""
    texts = (text for by_language in names.values() for text in by_language.values())
    return [*dict.fromkeys(one for text in texts for one in (text if isinstance(text, list) else [text]))]


def _is_held(entry: Mapping[str, Any]) -> bool:
    statuses = {parse_change(text, has_author=True).value for text in entry.get("status", ())}
    return bool(statuses & {"HELD", "CUT_SHORT"})


def _to_meeting(slug: str, entry: Mapping[str, Any]) -> Meeting:
    present = frozenset(
        actor
        for actor, part in entry.get("participants", {}).items()
        if str(next(iter(_parts(part)))).split()[0] in PRESENT
    )
    spans = tuple(span for text in entry.get("date", ()) if (span := bounds(text)))
    places = frozenset(entry.get("place", ()) if isinstance(entry.get("place"), dict) else ())
    cites = [cite for cite in entry["existence"] if isinstance(cite, str)][:1]
    addresses = tuple(" ".join(cite.split()[:2]) for cite in cites)
    return Meeting(slug, present, frozenset(), spans, places, frozenset(), addresses, entry["level"] == "LEADERS")


def _parts(part: Any) -> Iterable[Any]:
    return part if isinstance(part, dict) else [part]
