"""Names of places in other languages, and of gatherings named after them."""

import json
import re

import pytest
from babel import Locale
from babel.core import get_global

from service.importers.histstate.gatherings import name_gathering
from service.importers.histstate.places import to_slug
from service.importers.histstate.readings import Gathering
from service.importers.histstate.register import read_register
from service.importers.histstate.tables import read_tables
from service.settings import SEEDS

TABLES = read_tables(SEEDS)
REGISTER = read_register(SEEDS, TABLES)
LANGUAGES = TABLES.places.languages
PLACES = {
    place["slug"]: place for place in map(json.loads, (SEEDS / "sets/histstate/places.jsonl").read_bytes().splitlines())
}
OTHERWISE = {
    ("belem", "de"),
    ("belem", "ko"),
    ("brisbane", "ko"),
    ("buenos-aires", "ko"),
    ("havana", "ko"),
    ("kyiv-ukraine", "ko"),
    ("mazatlan", "de"),
    ("merida", "de"),
    ("mexico-city", "ko"),
    ("vancouver", "ko"),
    ("vienna", "ko"),
    ("vilnius", "ko"),
    ("yangon", "ko"),
}
"""Names that the National Institute of Korean Language spells differently, and German names without accents in CLDR."""
ELSEWHERE = {
    "algiers": "Africa/Algiers",
    "belgrade": "Europe/Belgrade",
    "dakar-france": "Africa/Dakar",
    "nassau": "America/Nassau",
    "tirana": "Europe/Tirane",
}
"""Towns that rows place in the state to which they belonged then, and one with a different English name in CLDR."""


def city(zone: str, language: str) -> str:
    name = Locale(language).time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
    return str(name).replace("\N{SOFT HYPHEN}", "")


def town_zones() -> dict[str, str]:
    """Return the zone named after a town of the set, if it lies in its state, by the town's slug."""
    territories, aliases = get_global("zone_territories"), get_global("zone_aliases")
    found = {
        (to_slug(city(zone, "en")), territories.get(aliases.get(zone, zone))): zone
        for language in ("ru", "ko")
        for zone in map(str, Locale(language).time_zones)
    }
    towns = {slug: place for slug, place in PLACES.items() if place["kind"] == "CITY"}
    called = {
        slug: found.get((to_slug(place["names"]["COMMON"]["en"]), REGISTER.countries[place["country"]].get("code")))
        for slug, place in towns.items()
    }
    return {slug: zone for slug, zone in called.items() if zone} | ELSEWHERE


def test_towns_are_called_as_in_cldr() -> None:
    differing = {
        (slug, tag.partition("-")[0])
        for slug, zone in town_zones().items()
        for tag, name in LANGUAGES.get(slug, {}).items()
        if city(zone, tag.partition("-")[0]) != name
    }
    assert differing == OTHERWISE


def test_all_towns_that_cldr_knows_have_names() -> None:
    known = town_zones()
    assert len(known) > 100
    assert sorted(known.keys() - LANGUAGES.keys()) == []


def test_a_town_of_another_state_is_not_that_of_the_zone() -> None:
    assert "la-paz" in PLACES
    assert "la-paz" not in town_zones(), "it lies in Mexico, that of CLDR in Bolivia"


def test_the_table_names_places_of_the_set() -> None:
    assert [*LANGUAGES] == sorted(LANGUAGES)
    for slug, names in LANGUAGES.items():
        assert PLACES[slug]["names"]["COMMON"] == {"en": PLACES[slug]["names"]["COMMON"]["en"], **names}, slug
        assert PLACES[slug]["kind"] != "COUNTRY"


@pytest.mark.parametrize(
    ("tag", "letters"),
    [("de", r"[A-Za-zÀ-ÿ’. -]+"), ("fr", r"[A-Za-zÀ-ÿ’. -]+"), ("ru", r"[А-Яа-яЁё -]+"), ("ko-Kore", r"[가-힣 ]+")],
)
def test_names_are_in_the_letters_of_the_language(tag: str, letters: str) -> None:
    assert [names[tag] for names in LANGUAGES.values() if not re.fullmatch(letters, names[tag])] == []


def test_places_have_names_in_the_languages_of_the_series() -> None:
    languages = {tuple(names) for names in TABLES.series.values()}
    assert languages == {tuple(names) for names in LANGUAGES.values()}
    assert languages == {("de", "fr", "ru", "ko-Kore")}


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (None, {"en": "NATO summit 2006", "de": "NATO-Gipfel 2006", "ru": "Саммит НАТО 2006"}),
        (
            {"en": "Brussels", "de": "Brüssel", "ru": "Брюссель"},
            {
                "en": "NATO summit, Brussels 2006",
                "de": "NATO-Gipfel, Brüssel 2006",
                "ru": "Саммит НАТО, Брюссель 2006",
            },
        ),
        ({"en": "Riga", "de": "Riga"}, {"en": "NATO summit, Riga 2006", "de": "NATO-Gipfel, Riga 2006"}),
    ],
)
def test_a_name_is_in_one_language(place: dict[str, str] | None, names: dict[str, str]) -> None:
    series = {"nato": {"de": "NATO-Gipfel", "ru": "Саммит НАТО"}}
    assert name_gathering(Gathering("nato-2006", "nato", "NATO summit", 2006, "NATO"), place, series) == names
