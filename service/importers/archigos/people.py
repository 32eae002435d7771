"""Identification of leaders: which spells belong to one person, what each person is called, and by what slug.

Evidence in the data set itself for one person is combined: its own numbers, the pages that it links, and a full name
that is the same in the same state. Nobody is identified with another person by surname, and nobody comes to power
after his death. The table `people.yaml` corrects the result.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from service.importers.archigos.spells import Spell
from service.importers.archigos.states import States
from service.importers.slugs import slug_of_name
from service.importers.tables import Form, Word, Words, read_seed_file, require_table
from service.store.notation.values import Slug

FILE = "people.yaml"
"""Name of the table stored with the set, and of the people in the seeds."""
YEARS_APART = 2
"""Maximum difference between two years of birth reported for one person."""

Mark = tuple[str, ...]
"""What spells of one person have in common."""
Objection = Callable[[Sequence[Spell], Sequence[Spell]], bool]
"""Test of whether years in the data set contradict that spells belong to one person."""


class Corrections(Form):
    """Corrections made by hand; a key is the name of a spell, and means whoever is in power in that spell."""

    names: Mapping[Word, Word] = {}
    aliases: Mapping[Word, Words] = {}
    same: tuple[Words, ...] = ()
    apart: Words = ()
    nobody: Mapping[Word, Word] = {}
    slugs: Mapping[Word, Slug] = {}
    countries: Mapping[Word, Slug] = {}


@dataclass(frozen=True)
class Leader:
    """One person with all spells, in file order.

    `aliases`: other full names; `country`: the state to which the person belongs.
    """

    spells: Sequence[Spell]
    name: str
    aliases: Sequence[str]
    country: str
    slug: str = ""


def read_corrections(seeds: Path) -> Corrections:
    """Return the table as stored with the set; raise SeedsInvalid."""
    return require_table(seeds, "archigos", FILE, TypeAdapter(Corrections))


def identify(spells: Iterable[Spell], states: States, corrections: Corrections, seeds: Path) -> list[Leader]:
    """Return the people sorted by their first days; people in the seeds keep their slugs."""
    people = [spell for spell in spells if spell.key not in corrections.nobody]
    leaders = [_to_leader(group, states, corrections) for group in _group(people, states, corrections)]
    return _add_slugs(sorted(leaders, key=_first_day), corrections, read_seed_file(seeds, FILE))


def is_whole(name: str) -> bool:
    """Return whether a printed name is more than a surname with initials."""
    return " " in name and not re.search(r"[,()]|^\S*\.", name)


# ------------------------------------------------------------------ which spells are one person


def _group(spells: Sequence[Spell], states: States, corrections: Corrections) -> list[list[Spell]]:
    """Return the spells of each person."""
    groups: dict[str, list[Spell]] = {}
    marked: dict[Mark, str] = {}
    for spell in spells:
        groups[spell.key] = group = [spell]
        for mark, speaks_against in _marks(spell, states, corrections):
            other = groups[marked.setdefault(mark, spell.key)]
            if other is not group and not any(speaks(group, other) for speaks in speaks_against):
                other.extend(group)
                groups |= dict.fromkeys((each.key for each in group), other)
                group = other
    return [*{id(group): group for group in groups.values()}.values()]


def _marks(spell: Spell, states: States, corrections: Corrections) -> Iterator[tuple[Mark, tuple[Objection, ...]]]:
    """Yield what a spell has in common with others of the person, and what may still contradict each such mark."""
    for keys in corrections.same:
        if spell.key in keys:
            yield ("same", *keys), ()
    if spell.key not in corrections.apart:
        yield ("number", spell.leader), (_had_died,)
    if spell.key not in corrections.names and spell.page_name:
        yield ("page", spell.page_name), (_had_died, _are_born_apart)
    if name := _full_name(spell, corrections):
        for part in states.parts(spell.code, spell.first_on, spell.last_on):
            yield ("name", part.state, slug_of_name(name)), (_had_died, _are_born_apart)


def _had_died(one: Sequence[Spell], other: Sequence[Spell]) -> bool:
    """Return whether one of the two came to power after the year in which the other died."""
    return any(
        spell.first_on.year > died
        for some, later in ((one, other), (other, one))
        if (died := max(spell.death_year or 0 for spell in some))
        for spell in later
    )


def _are_born_apart(one: Sequence[Spell], other: Sequence[Spell]) -> bool:
    """Return whether years of birth are given for both and no year of one is near a year of the other."""
    years = [[spell.birth_year for spell in group if spell.birth_year] for group in (one, other)]
    return all(years) and all(abs(a - b) > YEARS_APART for a in years[0] for b in years[1])


def _full_name(spell: Spell, corrections: Corrections) -> str | None:
    printed = spell.printed_name
    return corrections.names.get(spell.key) or spell.page_name or (printed if is_whole(printed) else None)


def _first_day(leader: Leader) -> tuple[str, str]:
    return min((spell.first_on.isoformat(), spell.key) for spell in leader.spells)


# ------------------------------------------------------------------ names and slugs


def _to_leader(group: Sequence[Spell], states: States, corrections: Corrections) -> Leader:
    corrected = (corrections.names.get(spell.key) for spell in group)
    of_pages = (_full_name(spell, corrections) for spell in group if spell.page_name)
    whole = (_full_name(spell, corrections) for spell in group)
    name = next(filter(None, (*corrected, *of_pages, *whole)), group[0].printed_name)
    printed = (spell.printed_name for spell in group if is_whole(spell.printed_name))
    further = (alias for spell in group for alias in corrections.aliases.get(spell.key, ()))
    aliases = dict.fromkeys(alias for alias in (*printed, *further) if alias != name)
    country = next((corrections.countries[spell.key] for spell in group if spell.key in corrections.countries), None)
    return Leader(group, name, [*aliases], country or _longest_led(group, states))


def _longest_led(group: Sequence[Spell], states: States) -> str:
    """Return the state in which the person was in power for most days."""
    days: Counter[str] = Counter()
    for spell in group:
        for part in states.parts(spell.code, spell.first_on, spell.last_on):
            days[part.state] += (part.last_on - part.first_on).days + 1
    return days.most_common(1)[0][0]


def _add_slugs(
    leaders: Iterable[Leader], corrections: Corrections, curated: Mapping[str, Mapping[str, object]]
) -> list[Leader]:
    """Return the people with slugs: the first in power has the plain one, namesakes one that includes their state."""
    taken = set(curated)
    named: list[Leader] = []
    for leader in leaders:
        slug = next((corrections.slugs[spell.key] for spell in leader.spells if spell.key in corrections.slugs), None)
        slug = slug or _curated_slug(leader, curated) or next(one for one in _slugs(leader) if one not in taken)
        taken.add(slug)
        named.append(replace(leader, slug=slug))
    return named


def _curated_slug(leader: Leader, curated: Mapping[str, Mapping[str, object]]) -> str | None:
    """Return the slug of a person in the seeds with the same full name and state."""
    slug = slug_of_name(leader.name)
    return slug if slug in curated and curated[slug].get("country") == leader.country else None


def _slugs(leader: Leader) -> Iterator[str]:
    """Yield possible slugs of a person, the plainest first; a bare surname is never one."""
    plain = slug_of_name(leader.name)
    if leader.name not in [spell.printed_name for spell in leader.spells] or " " in leader.name:
        yield plain
    yield f"{plain}-{leader.country}"
    yield f"{plain}-{leader.country}-{leader.spells[0].first_on.year}"
    yield f"{plain}-{leader.spells[0].key.lower()}"
