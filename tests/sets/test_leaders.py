"""The sets archigos and world-leaders as stored: who led what, and that no two namesakes are one person."""

import os
from datetime import date
from pathlib import Path

import pytest

from service.importers import make_set
from service.importers.leaders import Leaders, read_leaders
from service.importers.seedset import compare_set, render_set
from service.settings import REPOSITORY
from service.store.record.record import Claim, Record
from service.store.seeds import read
from tests.conftest import CORPUS

pytestmark = pytest.mark.slow

NAMESAKES = [
    # fathers and sons, brothers, families
    ("george-h-w-bush", "george-w-bush"),
    ("ferdinand-marcos", "bongbong-marcos"),
    ("hafez-al-assad", "bashar-al-assad"),
    ("kim-il-sung", "kim-jong-il"),
    ("kim-jong-il", "kim-jong-un"),
    ("georgios-papandreou", "george-papandreou"),
    ("andreas-papandreou", "george-papandreou"),
    ("konstantinos-karamanlis", "kostas-karamanlis"),
    ("pierre-trudeau", "justin-trudeau"),
    ("lee-kuan-yew", "lee-hsien-loong"),
    ("takeo-fukuda", "yasuo-fukuda"),
    ("ichiro-hatoyama", "yukio-hatoyama"),
    ("fidel-castro", "raul-castro"),
    ("francois-duvalier", "jean-claude-duvalier"),
    ("anastasio-somoza-garcia", "anastasio-somoza-debayle"),
    ("laurent-desire-kabila", "joseph-kabila"),
    ("jomo-kenyatta", "uhuru-kenyatta"),
    ("seretse-khama", "ian-khama"),
    ("abdullah-i-of-jordan", "abdullah-ii-of-jordan"),
    ("mohammed-v-of-morocco", "mohammed-vi-of-morocco"),
    ("s-w-r-d-bandaranaike", "sirimavo-bandaranaike"),
    ("seewoosagur-ramgoolam", "navin-ramgoolam"),
    ("theodore-roosevelt", "franklin-d-roosevelt"),
    # only a surname
    ("woodrow-wilson", "harold-wilson"),
    ("louis-botha", "pieter-willem-botha"),
    ("raul-castro", "ramon-castro-jijon"),
    ("manuel-zelaya", "jose-santos-zelaya"),
    ("ferdinand-i-of-bulgaria", "ferdinand-i-of-romania"),
    ("alexander-i-of-serbia", "alexander-i-of-yugoslavia"),
    # one number, or one page, of the data set for two people
    ("gillis-bildt", "carl-bildt"),
    ("william-lyon-mackenzie-king", "buenaventura-baez"),
    ("josef-klaus", "vaclav-klaus"),
    ("juan-esteban-montero", "jose-pedro-montero"),
    ("shahabuddin-ahmed", "moeenuddin-ahmad-qureshi"),
]
SAME = {
    "gamal-abdel-nasser": ["archigos-egy-1954", "archigos-syr-1958"],
    "saddam-hussein": ["archigos-irq-1979", "archigos-kuw-1990"],
    "chiang-kai-shek": ["archigos-chn-1928", "archigos-chn-1946", "archigos-taw-1950"],
    "muhammadu-buhari": ["archigos-nig-1983", "archigos-nig-2015"],
    "nawaz-sharif": ["archigos-pak-1990-2", "archigos-pak-1993-2", "archigos-pak-1997", "archigos-pak-2013"],
    "tabare-vazquez": ["archigos-uru-2005", "archigos-uru-2015"],
    "angela-merkel": ["archigos-gfr-2005"],
    "kim-jong-un": ["archigos-prk-2011"],
    "lee-hsien-loong": ["archigos-sin-2004"],
    "vladimir-putin": ["archigos-rus-2000", "world-leaders-vladimir-putin-president-of-russia"],
    "xi-jinping": ["archigos-chn-2012", "world-leaders-xi-jinping-president-of-china"],
    "luiz-inacio-lula-da-silva": [
        "archigos-bra-2003",
        "world-leaders-luiz-inacio-lula-da-silva-president-of-brazil",
    ],
}
"""People with all their offices, in the order of their beginnings."""


@pytest.fixture(scope="module")
def leaders() -> Leaders:
    return read_leaders(REPOSITORY / "seeds")


@pytest.fixture(scope="module")
def data() -> Path:
    """Return the folder of the data sets, which is one of the folders of documents."""
    for folder in map(Path, os.environ.get(CORPUS, "").split(os.pathsep)):
        if (folder / "archigos").is_dir():
            return folder
    pytest.skip(f"needs the data sets: put their folder into {CORPUS}")


@pytest.fixture(scope="module")
def record() -> Record:
    return read(REPOSITORY / "seeds", sets=["world-leaders"])


@pytest.mark.parametrize("name", ["archigos", "world-leaders"])
def test_a_set_is_what_its_data_make(data: Path, name: str) -> None:
    seeds = REPOSITORY / "seeds"
    changes = compare_set(seeds, name, render_set(seeds, make_set(name, data, seeds)))
    assert [change for change in changes if change.new or change.gone] == []


@pytest.mark.parametrize(("one", "other"), NAMESAKES)
def test_namesakes_are_two(leaders: Leaders, one: str, other: str) -> None:
    first, second = leaders.of(one), leaders.of(other)
    assert first
    assert second
    assert {tenure.office for tenure in first}.isdisjoint(tenure.office for tenure in second)
    assert first[0].names[0] != second[0].names[0]


@pytest.mark.parametrize("person", SAME)
def test_one_person_is_one(leaders: Leaders, person: str) -> None:
    assert [tenure.office for tenure in leaders.of(person)] == SAME[person]


@pytest.mark.parametrize(
    ("state", "day", "people"),
    [
        ("united-states", date(1961, 6, 4), ["john-f-kennedy"]),
        ("soviet-union", date(1985, 11, 20), ["mikhail-gorbachev"]),
        ("germany", date(1989, 6, 13), ["helmut-kohl"]),
        ("east-germany", date(1989, 6, 13), ["erich-honecker"]),
        ("prussia", date(1870, 7, 19), ["wilhelm-i-of-germany"]),
        ("germany", date(1870, 7, 19), []),
        ("south-korea", date(2010, 1, 1), ["lee-myung-bak"]),
        ("vietnam", date(1990, 1, 1), ["nguyen-van-linh"]),
        ("north-vietnam", date(1965, 1, 1), ["ho-chi-minh"]),
        ("yemen", date(2000, 1, 1), ["ali-abdullah-saleh"]),
        # the day of a change belongs to both
        ("united-states", date(1981, 1, 20), ["jimmy-carter", "ronald-reagan"]),
        # when the data end, nobody counts as in office any more
        ("united-states", date(2015, 12, 31), ["barack-obama"]),
        ("united-states", date(2016, 1, 1), []),
        ("united-states", date(2026, 1, 1), ["donald-trump"]),
    ],
)
def test_who_led_a_state_on_a_day(leaders: Leaders, state: str, day: date, people: list[str]) -> None:
    assert [tenure.person for tenure in leaders.in_office(state, day)] == people


def test_people_are_found_by_whole_names(leaders: Leaders) -> None:
    assert leaders.people_named("Angela Merkel") == ["angela-merkel"]
    assert leaders.people_named("Mao Tse-tung", "china") == ["mao-zedong"]
    assert leaders.people_named("Merkel") == []
    assert leaders.people_named("Angela Merkel", "italy") == []


def test_the_record_has_every_spell_of_a_person(record: Record) -> None:
    offices = [fact for fact in record.facts.values() if fact.slug.startswith("archigos-")]
    sources = [source for source in record.sources.values() if source.dataset == "archigos"]
    # 3,409 spells; five of councils and juntas; seven in two states
    assert (len(sources), len(offices)) == (3409, 3409 - 5 + 7)
    assert {fact.curation for fact in offices} == {"IMPORTED"}
    assert len({holder for fact in offices for holder in [fact.fields["person"]]}) == 2778


def test_who_still_holds_an_office_is_not_told_to_have_left(record: Record) -> None:
    office = record.facts["archigos-gfr-2005"]
    assert values(office.claims) == {
        "existence": [None],
        "date": ["2005-11-22/"],
        "attested": ["2005-11-22/2015-12-31"],
        "entry": ["Regular"],
    }


def test_a_leader_of_today_has_a_number_and_a_name_of_his_own_writing(record: Record) -> None:
    xi = record.actors["xi-jinping"]
    assert (xi.wikidata, xi.country, xi.is_leader) == ("Q15031", "china", True)
    names = {(name.text, name.language, name.kind) for name in xi.names}
    assert {("Xi Jinping", "en", "COMMON"), ("习近平", "zh-Hans", "COMMON")} <= names
    office = record.facts["world-leaders-xi-jinping-president-of-china"]
    assert values(office.claims) == {
        "existence": [None],
        "date": ["2013-03-14/"],
        "attested": ["2013-03-14/2026-08-22"],
    }


def test_a_row_that_contradicts_itself_makes_no_office(record: Record) -> None:
    assert "world-leaders-saudi-arabia-head-of-state" in record.sources
    held = [fact.slug for fact in record.facts.values() if fact.fields.get("person") == "mohammed-bin-salman"]
    assert held == ["world-leaders-mohammed-bin-salman-prime-minister-of-saudi-arabia"]


def values(claims: tuple[Claim, ...]) -> dict[str, list[str | None]]:
    """Return the values that are claimed, by property."""
    by_property: dict[str, list[str | None]] = {}
    for claim in claims:
        by_property.setdefault(claim.property, []).append(claim.value)
    return by_property
