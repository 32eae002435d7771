"""Holders of the positions: people known to the seeds or Archigos, by full name, state and time, or new people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from service.importers.leaders import Leaders
from service.importers.slugs import slug_of_name
from service.importers.tables import read_seed_file
from service.importers.world_leaders.positions import Position

LANGUAGES = {"zh": "zh-Hans", "ko": "ko-Kore", "tl": "fil"}
"""Language tags as the snapshot's states write them, by the code of pages in that language where the two differ."""
CAREER = timedelta(days=40 * 365)
"""Maximum time after a period in power at which a person may return; after that it is a namesake."""


@dataclass(frozen=True)
class Holder:
    """One person with the positions; `country` is the state of all of them, None if there are several or none."""

    slug: str
    positions: Sequence[Position]
    country: str | None

    def write_names(self) -> dict[str, dict[str, str]]:
        """Return the names as in an entry, with the native name if the page in that language shows which it is."""
        first = self.positions[0]
        common = {"en": str(first.holder)}
        if first.local_name and first.page_language and first.local_name != first.holder:
            common[LANGUAGES.get(first.page_language, first.page_language)] = first.local_name
        return {"COMMON": common}


def identify(
    positions: Iterable[Position], states: Mapping[str, str], leaders: Leaders, seeds: Path
) -> dict[str, Holder]:
    """Return the holders by their Wikidata numbers; `states`: slugs by code."""
    curated = read_seed_file(seeds, "people.yaml")
    of_one: dict[str, list[Position]] = {}
    for position in positions:
        if position.holder:
            of_one.setdefault(position.wikidata, []).append(position)
    holders: dict[str, Holder] = {}
    for wikidata, held in sorted(of_one.items(), key=lambda item: item[1][0].key):
        codes = {position.code for position in held}
        country = states.get(codes.pop()) if len(codes) == 1 else None
        slug = (
            _curated_slug(wikidata, curated) or _led_slug(held, country, leaders) or _new_slug(held, leaders, curated)
        )
        holders[wikidata] = Holder(slug, held, country)
    return holders


def _curated_slug(wikidata: str, curated: Mapping[str, Mapping[str, Any]]) -> str | None:
    return next((slug for slug, person in curated.items() if person.get("wikidata") == wikidata), None)


def _led_slug(held: Sequence[Position], country: str | None, leaders: Leaders) -> str | None:
    """Return the only person with this full name who has led the state before, or leads it."""
    last = max(position.snapshot_on for position in held)
    found = leaders.people_named(str(held[0].holder), country) if country else []
    near = [slug for slug in found if any(term.first_on < last < term.last_on + CAREER for term in leaders.of(slug))]
    return near[0] if len(near) == 1 else None


def _new_slug(held: Sequence[Position], leaders: Leaders, curated: Mapping[str, Any]) -> str:
    """Return an unused slug; a namesake's includes the state or body."""
    plain = slug_of_name(str(held[0].holder))
    is_taken = plain in curated or leaders.of(plain)
    return f"{plain}-{slug_of_name(held[0].row.fields['country.name_en'])}" if is_taken else plain
