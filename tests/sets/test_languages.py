"""Names of the sets' people in languages other than English."""

import re
from collections import defaultdict
from pathlib import Path

import orjson
import pytest
import yaml

from service.errors import SeedsInvalid
from service.importers.languages import FILE, add_languages, read_languages
from service.importers.seedset import SeedSet
from service.settings import REPOSITORY

SEEDS = REPOSITORY / "seeds"
TABLES = {path.parent.name: read_languages(SEEDS, path.parent.name) for path in sorted(SEEDS.glob(f"sets/*/{FILE}"))}
NAMES = {slug: names for table in TABLES.values() for slug, names in table.items()}
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ .’-]+")
SCRIPTS = {
    "de": LATIN,
    "fr": LATIN,
    "ru": re.compile(r"[А-ЯЁа-яё’ -]+(?: [IVX]+)?(?: [А-ЯЁа-яё]+)?"),
    # initials are in Latin letters, and the numbers of monarchs as 2세
    "ko-Kore": re.compile(r"(?:(?:[가-힣]+|[A-Z]\.|\d+세) ?)+"),
    "ja": re.compile(r"[一-鿿]+"),
    "zh-Hans": re.compile(r"[一-鿿]+"),
}
"""The script of names in each language."""


def people(name: str) -> dict[str, dict[str, str]]:
    """Return the common names of the people of a set by slug."""
    lines = map(orjson.loads, (SEEDS / "sets" / name / "people.jsonl").read_bytes().splitlines())
    return {person["slug"]: person["names"]["COMMON"] for person in lines}


def english_names() -> dict[str, str]:
    return {slug: names["en"] for name in TABLES for slug, names in people(name).items()}


def test_a_name_is_in_the_letters_of_its_language() -> None:
    odd = [
        (slug, language, name)
        for slug, names in NAMES.items()
        for language, name in names.items()
        if not SCRIPTS[language].fullmatch(name) or name != name.strip()
    ]
    assert odd == []


def test_two_people_have_the_same_name_only_where_they_have_it_in_english() -> None:
    called, known = defaultdict(set), english_names()
    for slug, names in NAMES.items():
        for language, name in names.items():
            called[language, name].add(known[slug])
    assert {name for name, those in called.items() if len(those) > 1} == set()


def test_whoever_is_called_otherwise_in_german_or_french_has_a_name_in_both() -> None:
    # otherwise a line in the other one could not choose between the two and would be in English
    known = english_names()
    half = {slug: {*names} & {"de", "fr"} for slug, names in NAMES.items() if not {"de", "fr"} <= {*names}}
    assert [slug for slug, (language,) in half.items() if NAMES[slug][language] != known[slug]] == []


@pytest.mark.parametrize("name", TABLES)
def test_the_people_of_a_set_have_the_names_of_its_table(name: str) -> None:
    known = people(name)
    assert {slug: {**known[slug], **names} for slug, names in TABLES[name].items()} == {
        slug: known[slug] for slug in TABLES[name]
    }


def test_everybody_is_in_one_table_and_nobody_whom_the_seeds_know() -> None:
    assert len(NAMES) == sum(map(len, TABLES.values()))
    assert set(NAMES) & set(yaml.safe_load((SEEDS / "people.yaml").read_bytes())) == set()
    # somebody in several sets has the names in the one that the others rest on
    assert set(TABLES["world-leaders"]) & set(people("archigos")) == set()
    assert set(TABLES["histstate"]) & {*people("archigos"), *people("world-leaders")} == set()


def test_a_slug_that_names_nobody_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sets" / "made-up").mkdir(parents=True)
    table = tmp_path / "sets" / "made-up" / FILE
    table.write_text("boris-yeltsin: {de: Boris Jelzin}\n", encoding="utf-8")
    made = SeedSet("made-up")
    made.add("people", "boris-yeltsin", names={"COMMON": {"en": "Boris Yeltsin"}})
    add_languages(made, tmp_path)
    assert made.entries["people"][0]["names"] == {"COMMON": {"en": "Boris Yeltsin", "de": "Boris Jelzin"}}
    table.write_text("boris-jelzin: {de: Boris Jelzin}\n", encoding="utf-8")
    with pytest.raises(SeedsInvalid) as refused:
        add_languages(made, tmp_path)
    assert refused.value.problems == [f"sets/made-up/{FILE}:1: boris-jelzin is not a person of the set"]
