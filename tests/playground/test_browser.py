"""The playground in a real browser: it opens, runs, is usable by mouse and by keyboard, and contacts no other host."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from schema import schema
from tests.playground.conftest import ROOT_PATH

pytestmark = pytest.mark.slow

Observations = dict[str, Any]
TABS = [
    "VladivostokAsKnown",
    "QuoteWithItsChain",
    "TimelineOfTwo",
    "WhereSourcesDisagree",
    "SpellingsOfAName",
    "Search",
]


def test_a_first_visit_opens_with_the_tabs_that_tell_the_story(observations: Observations) -> None:
    first = observations["first"]
    assert (first["title"], first["heading"]) == ("Gipfelbuch: ask the register", ["Gipfelbuch"])
    assert (first["tabs"], first["inFront"]) == (TABS, TABS[:1])
    assert first["atFirst"] == first["answer"], "the tab in front is asked by itself"


def test_the_first_tab_runs_with_its_variable(observations: Observations) -> None:
    assert observations["first"]["variables"] == '{\n  "day": "2019-04-18"\n}'
    told = [{"status": "SCHEDULED", "reportedOn": "2019-04-18"}, {"status": "HELD", "reportedOn": "2019-04-25"}]
    planned = {"label": "between 16 and 30 April 2019"}
    assert observations["first"]["answer"] == {
        "data": {
            "then": {
                "label": "Vladivostok 2019",
                "status": "SCHEDULED",
                "plannedDate": planned,
                "date": None,
                "place": {"name": "Russia"},
                "history": told[:1],
            },
            "now": {
                "label": "Vladivostok 2019",
                "status": "HELD",
                "plannedDate": planned,
                "date": {"label": "25 April 2019"},
                "place": {"name": "Russky Island"},
                "history": told,
            },
        }
    }


def test_every_tab_runs(observations: Observations) -> None:
    assert observations["everyTab"] == {
        "VladivostokAsKnown": ["then", "now"],
        "QuoteWithItsChain": ["quote"],
        "TimelineOfTwo": ["relationship"],
        "WhereSourcesDisagree": ["conflicts"],
        "SpellingsOfAName": ["person"],
        "Search": ["suggest", "search"],
    }


def test_the_schema_loads(observations: Observations) -> None:
    described = "A meeting of heads of state, government or ruling party, in any format."
    assert (observations["schema"]["root"], observations["schema"]["description"]) == ("query", described)


def test_the_documentation_begins_with_what_the_register_is_and_lists_its_types_by_name(
    observations: Observations,
) -> None:
    assert observations["schema"]["about"].startswith("Gipfelbuch, the register of summits: who met, what was said")
    types = observations["schema"]["types"]
    assert types == sorted(types)
    assert set(types) == {name for name in schema._schema.type_map if not name.startswith("__")} - {"Query"}


def test_the_explorer_adds_a_field_and_takes_one_away(observations: Observations) -> None:
    explorer = observations["explorer"]
    assert explorer["byMouse"] == "query Q {\n  dataset {\n    contract\n    licence\n  }\n}"
    assert explorer["byKeyboard"] == "query Q {\n  dataset {\n    licence\n  }\n}"
    assert (explorer["focused"], explorer["below"]) == ("checkbox contract", "button counts")
    assert explorer["answer"] == {"data": {"dataset": {"licence": "CC BY 4.0"}}}


def test_an_object_that_is_clicked_is_asked_for_a_field(observations: Observations) -> None:
    objects = observations["objects"]
    assert objects["atTheRoot"] == "query Q {\n  summits {\n    nodes {\n      label\n    }\n  }\n}"
    assert "errors" not in objects["answer"]
    assert {"label": "Hanoi 2019"} in objects["answer"]["data"]["summits"]["nodes"]


def test_so_is_one_within_another(observations: Observations) -> None:
    objects = observations["objects"]
    within = "    nodes {\n      label\n      place {\n        label\n      }\n    }\n"
    assert objects["deeper"] == f"query Q {{\n  summits {{\n{within}  }}\n}}"
    hanoi = {"label": "Hanoi 2019", "place": {"label": "Hanoi"}}
    assert hanoi in objects["deeperAnswer"]["data"]["summits"]["nodes"]
    without = within.replace("      label\n      place", "      place")
    assert objects["emptied"] == f"query Q {{\n  summits {{\n{without}  }}\n}}", "nothing is left empty"


def test_whatever_is_clicked_at_the_root_is_answered(observations: Observations) -> None:
    clicked = observations["objects"]["everyRootField"]
    root = schema._schema.query_type
    assert root is not None
    assert set(clicked) == set(root.fields)
    assert {field: answer for field, answer in clicked.items() if {"errors", "extensions"} & answer.keys()} == {}
    assert [field for field, answer in clicked.items() if answer["data"][field] is None] == []
    assert clicked["search"]["data"]["search"]["nodes"][0] == {"__typename": "Place", "label": "Hanoi"}


def test_a_link_opens_in_a_tab_of_its_own_and_is_asked(observations: Observations) -> None:
    link = observations["link"]
    assert (link["tabs"], link["inFront"]) == (["Named", *TABS], ["Named"])
    assert link["query"].startswith("query Other { dataset { name } }")
    assert link["variables"] == '{\n  "slug": "hanoi-2019"\n}'
    assert link["askedUnbidden"] == ["IntrospectionQuery", "Named"]
    assert link["answer"] == {"data": {"summit": {"name": "Hanoi 2019"}}}


def test_a_link_can_be_copied_and_goes_from_the_address_with_its_tab(observations: Observations, endpoint: str) -> None:
    link = observations["link"]
    assert link["copied"] == {"query": link["query"], "variables": '{"slug":"hanoi-2019"}', "operationName": "Named"}
    assert (link["told"], link["isToldVisibly"]) == ("Link copied.", True)
    assert link["addressAfterwards"] == endpoint


def test_who_comes_back_finds_the_tabs_as_they_were(observations: Observations) -> None:
    back = observations["return"]
    assert (back["tabs"], back["inFront"]) == (TABS, ["SpellingsOfAName"])
    assert back["variables"] == '{\n  "slug": "kim-jong-un"\n}'
    assert (back["withLink"], back["linkInFront"], back["linkVariables"]) == ([*TABS, "Linked"], ["Linked"], "")


def test_the_keyboard_gets_everywhere_and_is_caught_nowhere(observations: Observations) -> None:
    tabs = [stop for tab in TABS for stop in (f"button {tab}", f"button Close {tab}")]
    assert observations["keyboard"] == [
        "button Show Documentation Explorer",
        "button Show History",
        "button Show GraphiQL Explorer",
        "button Re-fetch GraphQL schema",
        "button Open short keys dialog",
        "button Open settings dialog",
        *tabs,
        "button New tab",
        "a Schema",
        "textbox Query",
        "HELD",
        "button Execute query (Ctrl-Enter)",
        "button Prettify query (Shift-Ctrl-P)",
        "button Merge fragments into query (Shift-Ctrl-M)",
        "button Copy query (Shift-Ctrl-C)",
        "button Copy a link to this query",
        "button Variables",
        "button Hide editor tools",
        "textbox Variables, as JSON",
        "textbox Answer, as JSON",
    ]
    assert observations["dialogues"]["focusAfterwards"] == "button Open settings dialog"


def test_who_types_is_helped_and_not_disturbed_by_the_explorer(observations: Observations) -> None:
    assert observations["typing"]["query"] == "{ summits(first: 1) { nodes { slug}}}"


def test_a_narrow_window_needs_no_scrolling_sideways(observations: Observations) -> None:
    page, *editors = observations["narrow"]["widths"]
    assert (page, editors) == (390, [342, 342, 358])


def test_axe_finds_no_barrier(observations: Observations) -> None:
    found = {
        "first": observations["first"]["barriersAtFirst"],
        "schema": observations["schema"]["barriers"],
        "explorer": observations["explorer"]["barriers"],
        "arguments in the explorer": observations["objects"]["barriers"],
        "short keys": observations["dialogues"]["short keys"],
        "settings": observations["dialogues"]["settings"],
        "narrow": observations["narrow"]["barriers"],
        "dark": observations["dark"]["barriers"],
    }
    assert found == {view: [] for view in found}


def test_without_script_it_is_said_how_to_ask(observations: Observations) -> None:
    assert observations["withoutScript"] == {"heading": ["Gipfelbuch"], "schema": "schema.graphql"}


def test_nothing_is_logged_or_blocked(observations: Observations) -> None:
    assert (observations["logged"], observations["blocked"]) == ([], [])


def test_nothing_is_asked_of_any_other_host(observations: Observations, endpoint: str) -> None:
    asked = [urlsplit(each) for each in observations["asked"]]
    assert {each.netloc for each in asked} == {urlsplit(endpoint).netloc}
    folders = sorted(each.path.rpartition("/")[0] for each in asked)
    assert folders == [ROOT_PATH, f"{ROOT_PATH}/playground", f"{ROOT_PATH}/playground"]


def test_there_are_pictures_to_look_at(observations: Observations, screenshots: Path) -> None:
    assert {picture.stem for picture in screenshots.iterdir()} >= {"wide", "narrow", "dark"}
