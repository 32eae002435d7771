"""The tabs of a first visit, run on the record: each result is what its comment says."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from service.settings import REPOSITORY

pytestmark = pytest.mark.slow

FOLDER = REPOSITORY / "frontend" / "playground" / "tabs"
RunTab = Callable[..., Any]


@pytest.fixture
def run_tab(endpoint: str) -> Iterator[RunTab]:
    """Return the result of a tab with its own variables, or with others in their place."""
    with httpx.Client() as client:

        def answer(name: str, **others: Any) -> Any:
            query = (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
            variables = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
            found = client.post(endpoint, json={"query": query, "variables": {**variables, **others}}).json()
            assert "errors" not in found
            return found["data"]

        yield answer


def test_every_file_is_a_tab() -> None:
    listed = set(re.findall(r'from "\./tabs/(.*)"', (FOLDER.parent / "tabs.js").read_text()))
    assert listed == {file.name for file in FOLDER.iterdir()}


@pytest.mark.parametrize(
    ("day", "status", "place"),
    [("2019-04-18", "SCHEDULED", "Russia"), ("2019-04-25", "HELD", "Russky Island")],
)
def test_what_was_known_of_vladivostok(day: str, status: str, place: str, run_tab: RunTab) -> None:
    found = run_tab("vladivostok", day=day)
    assert (found["then"]["status"], found["then"]["place"]["name"]) == (status, place)
    assert (found["now"]["status"], found["now"]["date"]) == ("HELD", {"label": "25 April 2019"})


def test_nobody_had_told_of_vladivostok_the_day_before(run_tab: RunTab) -> None:
    assert run_tab("vladivostok", day="2019-04-17")["then"] is None


def test_a_quote_with_its_chain_and_passage(run_tab: RunTab) -> None:
    quote = run_tab("quote")["quote"]
    assert quote["text"] == "Ich kann dich in nur zwei Stunden nach Hause bringen, wenn Du willst."
    assert quote["isHearsay"] is True
    assert [(step["role"], step["actor"]["name"]) for step in quote["attribution"]] == [
        ("UTTERER", "Donald Trump"),
        ("WITNESS", "Matthew Pottinger"),
        ("OUTLET", "BBC"),
        ("OUTLET", "stern"),
    ]
    [claim] = quote["claims"]["nodes"]
    assert claim["source"]["label"].startswith("stern, 21 or 22 February 2021 [inferred]: Nach geplatztem Gipfel")
    assert claim["factuality"] == "UNCOMMITTED"
    assert claim["passage"] == {"paragraph": 6, "start": 1592, "end": 1661, "exact": None, "state": "UNCHECKED"}


def test_the_timeline_of_two_people(run_tab: RunTab) -> None:
    found = run_tab("timeline")["relationship"]
    assert (found["label"], found["meetingCount"]) == ("Donald Trump and Kim Jong Un", 3)
    assert [period["from"] for period in found["toneOverTime"]] == ["2018-01-01", "2019-01-01"]
    assert len(found["timeline"]["nodes"]) == found["timeline"]["totalCount"], "a tab shows all of it"
    summits = [each["label"] for each in found["timeline"]["nodes"] if each["__typename"] == "Summit"]
    assert [label for label in summits if label in ("Singapore 2018", "Hanoi 2019")] == ["Singapore 2018", "Hanoi 2019"]


def test_everywhere_that_sources_disagree(run_tab: RunTab) -> None:
    found = run_tab("conflicts")["conflicts"]
    assert len(found["nodes"]) == found["totalCount"], "a tab shows all of them"
    place = "Conflict over place (different scope): Demilitarised Zone 2019, Donald Trump, Kim Jong Un"
    [zone] = [each for each in found["nodes"] if each["label"] == place]
    assert (zone["basis"], zone["independentOrigins"]) == ("SCOPE", 2)
    assert [(claim["value"], claim["passage"]["paragraph"]) for claim in zone["claims"]["nodes"][:2]] == [
        ("dmz", 6),
        ("Trump is in Kim's own country", 1),
    ]


def test_the_spellings_of_one_name(run_tab: RunTab) -> None:
    person = run_tab("spellings")["person"]
    spelt = {(name["language"], name["text"]) for name in person["names"] if name["kind"] == "COMMON"}
    assert spelt == {
        ("en", "Kim Jong Un"),
        ("de", "Kim Jong-un"),
        ("ko-Kore", "김정은"),
        ("ru", "Ким Чен Ын"),
        ("zh-Hans", "金正恩"),
        ("fr", "Kim Jong-un"),
    }
    [german] = [name for name in person["names"] if (name["language"], name["kind"]) == ("de", "COMMON")]
    assert "SRF, 31 May 2018 [inferred]: [Lavrov in Pyongyang, and the way to a summit of Trump and Kim]" in [
        source["label"] for source in german["sources"]["nodes"]
    ]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Wladiwostok", "vladivostok"),
        ("Lawrow", "sergey-lavrov"),
        ("Лавров", "sergey-lavrov"),
        ("Lavrow", "sergey-lavrov"),
        ("sommet annulé", "singapore-2018"),
        ("Wo trafen sich Putin und Kim?", "vladivostok-2019"),
    ],
)
def test_a_search_in_any_spelling(text: str, slug: str, run_tab: RunTab) -> None:
    assert run_tab("search", text=text)["search"]["edges"][0]["node"]["slug"] == slug


@pytest.mark.parametrize(("typed", "slug"), [("wlad", "vladimir-putin"), ("ким", "kim-jong-un"), ("김", "kim-jong-un")])
def test_whom_one_means_while_typing(typed: str, slug: str, run_tab: RunTab) -> None:
    assert run_tab("search", typed=typed)["suggest"][0]["entry"]["slug"] == slug
