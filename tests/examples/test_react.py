"""The React example in a real browser, on another origin than the service: what a reader sees on each of its pages."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import browse
from tests.examples.conftest import EXAMPLE

pytestmark = pytest.mark.slow

Observations = dict[str, Any]
VLADIVOSTOK = "Vladivostok 2019\n\nheld25 April 2019, Russky Island\n\nKim Jong Un\nVladimir Putin"
PLANNED = "Vladivostok 2019\n\nscheduledplanned for between 16 and 30 April 2019, Russia\n\nKim Jong Un\nVladimir Putin"


@pytest.fixture(scope="session")
def observations(page: str, service: str, tmp_path_factory: pytest.TempPathFactory) -> Observations:
    """Return what react.mjs saw."""
    script = Path(__file__).with_name("react.mjs")
    found: Observations = browse(script, page, service, str(tmp_path_factory.mktemp("react")))
    return found


def test_the_browser_asks_another_origin(observations: Observations, page: str, service: str) -> None:
    assert not page.startswith(service)
    origin = page.rstrip("/")
    assert observations["crossings"] == [f"{method} from {origin}, allowed to *" for method in ("GET", "POST")]


def test_the_summits_are_listed_and_more_of_them_come_behind(observations: Observations) -> None:
    summits = observations["summits"]
    assert summits["heading"] == [f"{len(summits['names'])} summits"]
    assert (len(summits["cards"]), summits["isAtItsEnd"]) == (10, True)
    assert VLADIVOSTOK in summits["cards"]
    assert [card.partition("\n")[0] for card in summits["cards"]] == summits["names"][:10]
    assert len(set(summits["names"])) == len(summits["names"]) > 10


def test_a_person_has_names_offices_others_and_facts(observations: Observations) -> None:
    person = observations["person"]
    assert person["spellings"] == ["Kim Jong Un", "Kim Jong-un", "김정은", "Ким Чен Ын", "金正恩", "Kim Jong-un"]
    assert "Chairman of the State Affairs Commission" in person["offices"]
    assert person["others"][:3] == ["Donald Trump", "Vladimir Putin", "Moon Jae-in"]
    assert (len(person["facts"]), person["afterMore"]) == (20, 40)
    assert "30 June 2019\nSummitDemilitarised Zone 2019" in person["facts"]


def test_two_people_have_a_timeline(observations: Observations) -> None:
    timeline = observations["timeline"]
    assert timeline["meetings"] == ["Meetings: 1, the first on 25 April 2019, the last on 25 April 2019"]
    day = "18 April 2019 or earlier"
    invited = timeline["facts"].index(f"{day}\nInvitationInvitation from Vladimir Putin to Kim Jong Un, {day}")
    assert invited < timeline["facts"].index("25 April 2019\nSummitVladivostok 2019")


def test_a_day_shows_what_was_known_then(observations: Observations) -> None:
    then = observations["asOf"]
    assert then["facts"][-1] == "planned for between 16 and 30 April 2019\nSummitVladivostok 2019"
    assert len(then["facts"]) < len(observations["timeline"]["facts"])
    assert (then["summits"], then["afterReload"]) == ([PLANNED], [PLANNED])
    assert then["nobody"] == ["Nobody of this name was known of."]


def test_the_day_stands_in_the_address_until_it_is_taken_away(observations: Observations) -> None:
    assert (observations["asOf"]["address"], observations["asOf"]["afterwards"]) == (
        "?asOf=2019-04-18",
        "#/people/kim-jong-un",
    )


def test_a_search_finds_in_any_spelling_and_says_where(observations: Observations) -> None:
    search = observations["search"]
    assert search["hits"][:2] == ["PlaceVladivostok\n\nWladiwostok", "SummitVladivostok 2019\n\nWladiwostok 2019"]
    assert set(search["marked"]) == {"Wladiwostok"}
    assert (search["address"], search["nothing"]) == ("#/search/Wladiwostok", "Nothing is found.")


def test_what_goes_wrong_is_said(observations: Observations, service: str) -> None:
    assert observations["refused"] == '"yesterday" is not a date: write it like 2019-02-28.'
    assert observations["unreachable"] == f"The register cannot be reached at {service}."


def test_nothing_is_warned_of_or_blocked(observations: Observations) -> None:
    """The server of `npm run dev` shows the warnings of React and of Apollo's cache."""
    assert [line for line in observations["logged"] if not line.startswith(("debug:", "info:", "log:"))] == []
    # the client cancels a query whose response no page needs any more
    assert [line for line in observations["blocked"] if not line.endswith("net::ERR_ABORTED")] == []


def test_axe_finds_no_barrier(observations: Observations) -> None:
    found = {view: observations[view]["barriers"] for view in ("summits", "person", "timeline", "search")}
    assert found == {view: [] for view in found}


def test_every_package_is_pinned_with_its_hash_and_without_an_address() -> None:
    about = json.loads((EXAMPLE / "package.json").read_text())
    packages = json.loads((EXAMPLE / "package-lock.json").read_text())["packages"]
    packages.pop("")
    named = about["dependencies"] | about["devDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in named} == named
    assert [name for name, each in packages.items() if "resolved" in each or "integrity" not in each] == []
