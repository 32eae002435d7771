"""What places are called in other languages, and gatherings by them."""

import pytest
from babel import Locale

from service.importers.histstate.gatherings import name_gathering
from service.importers.histstate.known import read_register
from service.importers.histstate.readings import Gathering
from service.settings import REPOSITORY

TABLES = read_register(REPOSITORY / "seeds", "histstate").tables
OTHERWISE = {
    ("brisbane", "ko"),
    ("buenos-aires", "ko"),
    ("mexico-city", "ko"),
    ("vancouver", "ko"),
    ("vienna", "ko"),
    ("vilnius", "ko"),
}
"""Names that the National Institute of Korean Language spells otherwise than CLDR."""
CITIES = {"sydney-australia": "Australia/Sydney", "port-of-spain": "America/Port_of_Spain"}


def city(zone: str, language: str) -> str:
    return Locale(language).time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")


def zones() -> dict[str, str]:
    """The zone that is called by a city, by the city's slug."""
    names = {str(zone) for language in ("ru", "ko") for zone in Locale(language).time_zones}
    return {city(zone, "en").lower().replace(" ", "-"): zone for zone in names} | CITIES


def test_places_are_called_as_in_cldr() -> None:
    known = zones()
    differing = {
        (slug, tag.partition("-")[0])
        for slug, names in TABLES["places"]["languages"].items()
        for tag, name in names.items()
        if slug in known and city(known[slug], tag.partition("-")[0]) != name
    }
    assert differing == OTHERWISE


def test_places_have_names_in_the_languages_of_the_series() -> None:
    languages = {tuple(names) for names in TABLES["series"].values()}
    assert languages == {tuple(names) for names in TABLES["places"]["languages"].values()}
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
