"""World leaders: positions become offices of people known from Archigos or the seeds, or of new ones."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from service.importers.seedset import SeedSet
from service.importers.world_leaders import make_set
from service.settings import REPOSITORY

SHOWN_ON = "2026-08-22"
HEADS = ("head_of_state", "head_of_government")
KNOWN = {
    "people.jsonl": {"slug": "jane-doe", "names": {"COMMON": {"en": "Jane Doe"}}, "country": "botswana"},
    "offices.jsonl": {
        "slug": "archigos-bot-2010",
        "person": "jane-doe",
        "title": {"en": "effective leader"},
        "of": "botswana",
        "date": {"2010-01-01/": []},
        "attested": {"2010-01-01/2015-12-31": []},
    },
}
"""What the set Archigos contains."""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Return the seeds, with one leader in the set Archigos."""
    copy = tmp_path / "seeds"
    shutil.copytree(REPOSITORY / "seeds", copy, ignore=shutil.ignore_patterns("archigos", "*.jsonl", "anchors.lock"))
    (copy / "sets" / "archigos").mkdir()
    for file, entry in KNOWN.items():
        (copy / "sets" / "archigos" / file).write_text(json.dumps(entry) + "\n", encoding="utf-8")
    return copy


def holder(name: str, number: int, **fields: str | None) -> dict[str, Any]:
    return {
        "name_en": name,
        "name_local": None,
        "wikidata_id": f"Q{number}",
        "since": "2020-01-02",
        "party": None,
        **fields,
    }


def position(title: str, held_by: dict[str, Any] | None, **fields: Any) -> dict[str, Any]:
    return {"title_en": title, "title_local": title, "current_holder": held_by, **fields}


def import_states(seeds: Path, **states: dict[str, dict[str, Any]]) -> SeedSet:
    """Return the set that a snapshot of these states makes: `BW` and its positions."""
    countries = {
        code.lower(): {
            "country": {"iso_code": code, "name_en": f"State {code}", "name_local": None},
            "snapshot_date": SHOWN_ON,
            "data_source": "made up",
            "positions": positions,
        }
        for code, positions in states.items()
    }
    data = seeds.parent / "data"
    (data / "world-leaders").mkdir(parents=True, exist_ok=True)
    for day, body in (("2025-01-01", {}), (SHOWN_ON, countries)):
        (data / "world-leaders" / f"{day}.json").write_text(json.dumps({"countries": body}), encoding="utf-8")
    return make_set(data, seeds)


def test_a_position_is_an_office_since_a_day_and_shown_to_the_day_of_the_snapshot(seeds: Path) -> None:
    native = {"name_local": "Джейн Роу", "wikipedia_local": "https://ru.wikipedia.org/wiki/R"}
    held = position("President", holder("Jane Roe", 7, **native), title_local="Президент")
    made = import_states(seeds, BW={"head_of_state": held})
    (office,) = made.entries["offices"]
    source = "world-leaders-bw-head-of-state"
    assert office == {
        "slug": "world-leaders-jane-roe-president-of-botswana",
        "person": "jane-roe",
        "title": {"en": "President", "de": "Präsident", "ko-Kore": "대통령", "ru": "Президент", "fr": "Président"},
        "of": "botswana",
        "existence": [f"{source} p6 +p8"],
        "date": {"2020-01-02/": [f"{source} p11"]},
        "attested": {f"2020-01-02/{SHOWN_ON}": [f"{source} p11 +p3"]},
        "leads": "yes",
        "curation": "IMPORTED",
    }
    assert made.entries["people"] == [
        {
            "slug": "jane-roe",
            "names": {"COMMON": {"en": "Jane Roe", "ru": "Джейн Роу"}},
            "country": "botswana",
            "wikidata": "Q7",
            "leads": f"{source} p8",
        }
    ]


def test_without_a_first_day_only_the_day_of_the_snapshot_is_told(seeds: Path) -> None:
    made = import_states(seeds, BW={"head_of_state": position("President", holder("Jane Roe", 7, since=None))})
    (office,) = made.entries["offices"]
    assert "date" not in office
    assert office["attested"] == {SHOWN_ON: ["world-leaders-bw-head-of-state p3"]}


def test_both_heads_in_one_are_one_office_by_two_rows(seeds: Path) -> None:
    both = position("President", holder("Jane Roe", 7), is_same_as_head_of_state=True)
    (office,) = import_states(seeds, BW=dict.fromkeys(HEADS, both)).entries["offices"]
    assert office["existence"] == [
        f"world-leaders-bw-{head} p6 +p8" for head in ("head-of-state", "head-of-government")
    ]


def test_a_row_that_calls_its_office_otherwise_than_the_other_is_not_believed(seeds: Path) -> None:
    heads = {
        head: position(title, holder("Jane Roe", 7), is_same_as_head_of_state=True)
        for head, title in zip(HEADS, ("King", "Prime Minister"), strict=True)
    }
    made = import_states(seeds, BW=heads)
    assert [office["title"]["en"] for office in made.entries["offices"]] == ["Prime Minister"]
    (line,) = made.review
    assert (line["slug"], line["texts"]) == ("doubtful--bw-head-of-state", ["world-leaders-bw-head-of-state p6 +p7"])
    doubtful = made.entries["sources"][0]
    assert doubtful["unrecorded"] == {"p6": line["reason"]}


def test_an_office_without_a_holder_is_none(seeds: Path) -> None:
    made = import_states(seeds, BW={"head_of_state": position("President", None)})
    assert [*made.entries] == ["sources", "organisations"]


@pytest.mark.parametrize(
    ("name", "number", "code", "slug"),
    [
        # with the same name and state as somebody in Archigos
        ("Jane Doe", 7, "BW", "jane-doe"),
        # with the same name in another state
        ("Jane Doe", 7, "LS", "jane-doe-state-ls"),
        # somebody of the seeds, by the number
        ("Donald John Trump", 22686, "US", "donald-trump"),
        # a namesake of somebody of the seeds
        ("Donald Trump", 7, "LS", "donald-trump-state-ls"),
        ("Jane Roe", 7, "BW", "jane-roe"),
    ],
)
def test_who_it_is(seeds: Path, name: str, number: int, code: str, slug: str) -> None:
    made = import_states(seeds, **{code: {"head_of_state": position("President", holder(name, number))}})
    assert [office["person"] for office in made.entries["offices"]] == [slug]


def test_who_leads_several_states_belongs_to_none_of_them(seeds: Path) -> None:
    crowned = {"head_of_state": position("Monarch", holder("Jane Roe", 7))}
    made = import_states(seeds, BW=crowned, LS=crowned)
    assert [office["of"] for office in made.entries["offices"]] == ["botswana", "lesotho"]
    assert "country" not in made.entries["people"][0]
