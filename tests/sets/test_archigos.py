"""Archigos: spells become offices; people are identified by numbers, pages and full names, never by a surname."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.importers.archigos import make_set
from service.importers.archigos.people import is_whole
from service.importers.archigos.states import read_states
from service.importers.seedset import SeedSet
from service.settings import REPOSITORY

SEEDS = REPOSITORY / "seeds"
PAGES = "http://dbpedia.org/resource/"
COLUMNS = (
    *("obsid", "leadid", "ccode", "idacr", "leader", "startdate", "enddate", "entry", "exit", "exitcode"),
    *("prevtimesinoffice", "posttenurefate", "gender", "yrborn", "yrdied", "borndate", "deathdate", "dbpedia.uri"),
    *("num.entry", "num.exit", "num.exitcode", "num.posttenurefate", "fties", "ftcur"),
)


def line(obsid: str, start: str, end: str, **fields: str) -> dict[str, str]:
    """Return one year of a spell as in the file; values that are not given are missing."""
    told = {
        "obsid": obsid,
        "leadid": obsid.lower(),
        "ccode": "2",
        "idacr": obsid.partition("-")[0],
        "leader": "Doe",
        "startdate": start,
        "enddate": end,
        "entry": "Regular",
        "exit": "Regular",
        "exitcode": "Regular",
        "posttenurefate": "OK",
    }
    return dict.fromkeys(COLUMNS, "NA") | told | {name.replace("_", "."): value for name, value in fields.items()}


def import_lines(folder: Path, *lines: dict[str, str]) -> SeedSet:
    """Return the set that a file with these lines makes."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    (folder / "archigos").mkdir(exist_ok=True)
    (folder / "archigos" / "arch_annual.txt").write_text(text.getvalue(), encoding="latin-1")
    return make_set(folder, SEEDS)


def entries(made: SeedSet, noun: str) -> dict[str, Any]:
    return {entry["slug"]: entry for entry in made.entries[noun]}


def holders(made: SeedSet) -> list[str]:
    """Return the holders of the offices, in their order."""
    return [entry["person"] for entry in made.entries["offices"]]


def test_the_years_of_a_spell_are_one_office(tmp_path: Path) -> None:
    made = import_lines(
        tmp_path,
        line("BOT-1901", "1901-03-04", "1901-12-31", leader="Jane Doe", exit="(n_year)", exitcode="."),
        line("BOT-1901", "1902-01-01", "1902-12-31", leader="Jane Doe", entry="(p_year)", exit="(n_year)"),
        line(
            "BOT-1901",
            "1903-01-01",
            "1903-02-28",
            leader="Jane Doe",
            entry="(p_year)",
            prevtimesinoffice="1",
            exit="Irregular",
            exitcode="Popular Protest, without Foreign Support",
            posttenurefate="Exile",
        ),
    )
    assert made.documents["archigos-bot-1901"].text == (
        "obsid: BOT-1901\nleadid: bot-1901\nccode: 2\nidacr: BOT\nleader: Jane Doe\nstartdate: 1901-03-04\n"
        "enddate: 1903-02-28\nentry: Regular\nexit: Irregular\nexitcode: Popular Protest, without Foreign Support\n"
        "prevtimesinoffice: 1\nposttenurefate: Exile\n"
    )
    office = entries(made, "offices")["archigos-bot-1901"]
    assert office["title"]["en"] == "effective leader"
    assert {name: value for name, value in office.items() if name not in ("slug", "title")} == {
        "person": "jane-doe",
        "of": "botswana",
        "existence": ["archigos-bot-1901 p4-5"],
        "date": {"1901-03-04/1903-02-28": ["archigos-bot-1901 p6-7"]},
        "entry": {"Regular": ["archigos-bot-1901 p8"]},
        "exit": {"Irregular": ["archigos-bot-1901 p9"]},
        "exitCode": {"Popular Protest, without Foreign Support": ["archigos-bot-1901 p10"]},
        "postTenureFate": {"Exile": ["archigos-bot-1901 p12"]},
        "leads": "yes",
        "curation": "IMPORTED",
    }
    assert entries(made, "people")["jane-doe"] == {
        "slug": "jane-doe",
        "names": {"COMMON": {"en": "Jane Doe"}},
        "country": "botswana",
        "leads": "archigos-bot-1901 p4-5",
    }


def test_who_is_in_office_when_the_data_end_has_no_last_day(tmp_path: Path) -> None:
    ongoing = {"exit": "Still in Office", "exitcode": "Still in Office", "posttenurefate": "Leader Still in Office"}
    made = import_lines(tmp_path, line("BOT-2012", "2012-05-01", "2015-12-31", leader="Jane Doe", **ongoing))
    office = entries(made, "offices")["archigos-bot-2012"]
    assert office["date"] == {"2012-05-01/": ["archigos-bot-2012 p6"]}
    assert office["attested"] == {"2012-05-01/2015-12-31": ["archigos-bot-2012 p6-7"]}
    assert "exit" not in office


def test_a_spell_over_the_end_of_a_state_is_an_office_in_each(tmp_path: Path) -> None:
    made = import_lines(tmp_path, line("GMY-1860", "1860-01-01", "1875-06-30", leader="Jane Doe", entry="Irregular"))
    first, second = entries(made, "offices").values()
    assert (first["slug"], second["slug"]) == ("archigos-gmy-1860", "archigos-gmy-1860-germany")
    assert first["of"] == {"prussia": ["archigos-gmy-1860 p4 inferred"]}
    assert second["of"] == {"germany": ["archigos-gmy-1860 p4 inferred"]}
    assert first["date"] == {"1860-01-01/1871-01-17": ["archigos-gmy-1860 p6-7 inferred"]}
    assert second["date"] == {"1871-01-18/1875-06-30": ["archigos-gmy-1860 p6-7 inferred"]}
    assert ("entry" in first, "exit" in first) == (True, False)
    assert ("entry" in second, "exit" in second) == (False, True)


def test_who_hands_over_on_the_day_of_the_next_state_was_of_the_one_before(tmp_path: Path) -> None:
    made = import_lines(
        tmp_path,
        line("RUS-1980", "1980-01-01", "1991-08-21", leader="Jane Doe"),
        line("RUS-1991", "1991-08-21", "1999-12-31", leader="John Roe"),
    )
    assert [(office["slug"], *office["of"]) for office in made.entries["offices"]] == [
        ("archigos-rus-1980", "soviet-union"),
        ("archigos-rus-1991", "russia"),
    ]


def test_every_correction_is_of_a_spell() -> None:
    corrections = yaml.safe_load((SEEDS / "sets" / "archigos" / "people.yaml").read_bytes())
    keys = [key for group in corrections["same"] for key in group] + corrections["apart"]
    keys += [key for table in ("names", "aliases", "nobody", "slugs", "countries") for key in corrections[table]]
    sources = (SEEDS / "sets" / "archigos" / "sources.jsonl").read_text(encoding="utf-8")
    assert [key for key in keys if f'"slug":"archigos-{key.lower()}"' not in sources] == []


def test_every_code_stands_for_states_of_the_seeds() -> None:
    known = yaml.safe_load((SEEDS / "countries.yaml").read_bytes())
    named = {state for states in read_states(SEEDS).by_code.values() for state, _ in states}
    assert named <= set(known)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        # the data set's own number
        ({"leadid": "x"}, {"leadid": "x", "leader": "Somebody Else"}, True),
        # and the same for somebody who had died, died while in power, or had other years of death
        ({"leadid": "x", "yrdied": "1904"}, {"leadid": "x", "yrdied": "1926"}, False),
        ({"leadid": "x", "yrdied": "1905"}, {"leadid": "x", "yrdied": "1905"}, True),
        ({"leadid": "x", "yrdied": "1969"}, {"leadid": "x", "yrdied": "1952"}, True),
        # a bare surname in one state
        ({"leader": "Doe"}, {"leader": "Doe"}, False),
        # a full name in one state, and the same with other years of birth
        ({"leader": "Jane Doe"}, {"leader": "Jane Doe"}, True),
        ({"leader": "Jane Doe", "yrborn": "1900"}, {"leader": "Jane Doe", "yrborn": "1902"}, True),
        ({"leader": "Jane Doe", "yrborn": "1900"}, {"leader": "Jane Doe", "yrborn": "1931"}, False),
        # a full name in two states
        ({"leader": "Jane Doe"}, {"leader": "Jane Doe", "idacr": "LES"}, False),
        # a page, in two states too
        ({"dbpedia_uri": PAGES + "Jane_Doe"}, {"dbpedia_uri": PAGES + "Jane_Doe", "idacr": "LES"}, True),
        # a page that belongs to only one of the two
        (
            {"dbpedia_uri": PAGES + "Jane_Doe", "yrborn": "1910"},
            {"dbpedia_uri": PAGES + "Jane_Doe", "yrborn": "1941", "idacr": "LES"},
            False,
        ),
    ],
)
def test_who_is_the_same(tmp_path: Path, one: dict[str, str], other: dict[str, str], is_same: bool) -> None:
    made = import_lines(
        tmp_path,
        line("BOT-1901", "1901-01-01", "1901-12-31", **one),
        line("BOT-1905", "1905-01-01", "1905-12-31", **other),
    )
    assert (len(set(holders(made))) == 1) is is_same


def test_namesakes_are_told_apart_by_their_states_and_the_first_keeps_the_plain_slug(tmp_path: Path) -> None:
    lines = [
        line("LES-1950", "1950-01-01", "1950-12-31", leader="Jane Doe"),
        line("BOT-1901", "1901-01-01", "1901-12-31", leader="Jane Doe", yrborn="1860"),
        line("BOT-1960", "1960-01-01", "1960-12-31", leader="Jane Doe", yrborn="1920"),
        line("BOT-1970", "1970-01-01", "1970-12-31", leader="Jane Doe", yrborn="1940"),
        line("BOT-1980", "1980-01-01", "1980-12-31", leader="Doe"),
    ]
    slugs = ["jane-doe-lesotho", "jane-doe", "jane-doe-botswana", "jane-doe-botswana-1970", "doe-botswana"]
    assert holders(import_lines(tmp_path, *lines)) == slugs
    # a later one changes none of them
    later = line("LES-1990", "1990-01-01", "1990-12-31", leader="Jane Doe", yrborn="1950")
    later_still = line("LES-1991", "1991-01-01", "1991-12-31", leader="Jane Doe", yrborn="1960")
    assert holders(import_lines(tmp_path, *lines, later, later_still))[:5] == slugs


def test_a_person_of_the_seeds_keeps_the_slug_and_a_namesake_elsewhere_has_another(tmp_path: Path) -> None:
    made = import_lines(
        tmp_path,
        line("USA-2000", "2000-01-01", "2000-12-31", leader="Donald Trump"),
        line("BOT-2000", "2000-01-01", "2000-12-31", leader="Donald Trump", yrborn="1900"),
    )
    assert holders(made) == ["donald-trump", "donald-trump-botswana"]


def test_a_page_gives_the_full_name(tmp_path: Path) -> None:
    pages = ("%C3%93scar_R._Doe", "Jane_Doe_(politician)", "Premiership_of_Jane_Roe")
    made = import_lines(
        tmp_path,
        *(
            line(f"BOT-190{n}", f"190{n}-01-01", f"190{n}-12-31", dbpedia_uri=PAGES + page)
            for n, page in enumerate(pages)
        ),
    )
    names = [entry["names"]["COMMON"]["en"] for entry in made.entries["people"]]
    assert names == ["Óscar R. Doe", "Jane Doe", "Doe"]


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("Jane Doe", True),
        ("van Doe", True),
        ("Doe", False),
        ("J. Doe", False),
        ("Doe, J.", False),
        ("Doe (Regency)", False),
    ],
)
def test_what_a_whole_name_is(name: str, whole: bool) -> None:
    assert is_whole(name) is whole


def test_a_changed_row_changes_its_own_entries_only(tmp_path: Path) -> None:
    lines = [
        line(f"BOT-{year}", f"{year}-01-01", f"{year}-12-31", leader=f"Jane Doe {year}") for year in range(1901, 1905)
    ]
    before = import_lines(tmp_path, *lines)
    after = import_lines(tmp_path, lines[0], lines[1] | {"enddate": "1902-11-30"}, *lines[2:])
    changed = {
        (noun, slug)
        for noun in before.entries
        for slug, entry in entries(before, noun).items()
        if entries(after, noun)[slug] != entry
    }
    assert changed == {("offices", "archigos-bot-1902"), ("sources", "archigos-bot-1902")}
