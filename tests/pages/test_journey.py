"""The pages in a real browser: a reader's way through them, and that nothing on any of them is an obstacle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from service.pages.addresses import ADDRESSES
from service.pages.words import day_name
from tests.browser.chromium import browse

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parent
Observations = dict[str, Any]

SAMPLES = {
    "start": "/",
    "charts": "/charts",
    "summit_counts": "/charts/summits",
    "talks_counts": "/charts/talks?by=PARTICIPANT",
    "event_counts": "/charts/events?by=MONTH",
    "invitation_counts": "/charts/invitations?by=RESPONSE",
    "agreement_counts": "/charts/agreements?by=KIND",
    "quote_counts": "/charts/quotes?by=SPEAKER",
    "office_counts": "/charts/offices",
    "claim_counts": "/charts/claims?by=QUARTER",
    "source_counts": "/charts/sources",
    "tone_of_two": "/charts/tone/donald-trump/kim-jong-un",
    "search": "/search?text=hanoi",
    "people": "/people",
    "person": "/people/donald-trump",
    "states": "/states",
    "state": "/states/KP",
    "organisations": "/organisations",
    "organisation": "/organisations/kcna",
    "places": "/places",
    "place": "/places/singapore",
    "relationships": "/relationships",
    "relationship": "/relationships/north-korea--united-states",
    "sources": "/sources",
    "source": "/sources/004-330859f3abdfc3e6",
    "datasets": "/datasets",
    "dataset": "/dataset",
    "path": "/path?from=moon-jae-in&to=vladimir-putin",
    "summits": "/summits?country=KP&from=2018&to=2019",
    "summit": "/summits/hanoi-2019",
    "talks_list": "/talks",
    "talks": "/talks/pyongyang-2018",
    "events": "/events?text=flight",
    "event": "/events/donald-trump-revives-singapore-summit",
    "invitations": "/invitations",
    "invitation": "/invitations/putin-invites-kim-to-russia",
    "agreements": "/agreements",
    "agreement": "/agreements/korean-armistice-1953",
    "quotes": "/quotes",
    "quote": "/quotes/donald-trump-home-in-two-hours",
    "offices": "/offices",
    "office": "/offices/donald-trump-president",
    "claims": "/claims",
    "claim": "/claims/004-330859f3abdfc3e6-donald-trump-president-attested-2018-05-31",
    "conflicts": "/conflicts",
    "conflict": "/conflicts/hanoi-2019-date",
    "calendar": "/calendar",
    "changes": "/changes",
    "map": "/map",
    "network": "/network",
    "timeline": "/timeline/kim-jong-un",
    "timeline_of_two": "/timeline/donald-trump/kim-jong-un",
    "embed_summit": "/embed/summits/hanoi-2019",
    "embed_talks": "/embed/talks/pyongyang-2018",
    "embed_quote": "/embed/quotes/donald-trump-home-in-two-hours",
    "embed_timeline": "/embed/timeline/kim-jong-un",
    "embed_timeline_of_two": "/embed/timeline/donald-trump/kim-jong-un",
}
"""A page of each operation, or a card."""
MISSING = "/summits/hanoi-2018"
REFUSED = "/summits?from=1/5/2018"
OTHERS = (
    "/map?country=KR,KP",
    "/docs",
    "/downloads",
    MISSING,
    REFUSED,
    "/summits/singapore-2018?as_of=2018-05-31",
    "/people?lang=ko",
    "/network?around=kim-jong-un",
)
PATHS = [*SAMPLES.values(), *OTHERS]


@pytest.fixture(scope="module")
def observations(site: str) -> Observations:
    """Return what journey.mjs saw."""
    found: Observations = browse(HERE / "journey.mjs", site, json.dumps(PATHS))
    return found


def test_from_the_start_by_search_to_a_summit_its_evidence_its_source_and_another_day(
    observations: Observations,
) -> None:
    journey = observations["journey"]
    assert journey["steps"] == [
        "Who met, what was said, and how we know",
        "Search for Hanoi",
        "Hanoi 2019",
    ]
    assert "Hanoi" in journey["suggested"]
    assert journey["claims"] > 0
    assert journey["source"] == "Kim Jong-un soll noch im April Putin besuchen"
    assert journey["then"].startswith("You are viewing the record as of 30 April 2019:")
    assert journey["end"] == "/summits/hanoi-2019"


def test_the_network_shows_neighbours_and_leads_on_to_the_network_around_another(observations: Observations) -> None:
    network = observations["network"]
    assert network["steps"] == ["Network: Kim Jong Un", "Network: Donald Trump"]
    # a person, the ties and the people at their other ends
    ties = {"sergey-lavrov": 1, "kim-jong-un": 5}
    assert network["litBySlug"] == {slug: 1 + 2 * count for slug, count in ties.items()}
    assert (network["litByNobody"], network["litByFocus"]) == (0, 3)
    assert network["closer"].endswith("scale(2)")
    assert network["before"] == "translate(0,0) scale(1)"


def test_it_can_be_searched_without_script(observations: Observations) -> None:
    assert observations["foundWithoutScript"] > 0


def test_a_day_is_chosen_by_a_slider_that_says_which_it_is(observations: Observations) -> None:
    today, day, field, place, last, empty = observations["slide"]["places"]
    assert (today, last, empty) == ("today", "today", "")
    assert day == place == day_name(field, "en")
    assert observations["slide"]["then"].startswith(f"You are viewing the record as of {day}:")


def test_a_timeline_is_looked_at_closer_by_keyboard_and_buttons(observations: Observations) -> None:
    whole, closer, focused, again = observations["zoom"]
    assert closer["spread"] > 3 * whole["spread"]
    assert len({view["days"] for view in (whole, closer, focused)}) == 3
    assert focused["days"][:10] < closer["days"][:10]
    assert again == whole
    assert all(view["inside"] and 0 < view["ticks"] <= 11 for view in observations["zoom"])


def test_the_meetings_of_the_calendar_stand_below_each_other(observations: Observations) -> None:
    for width in observations["calendar"]:
        assert width["lines"] > 10
        assert width["begins"] == 1


def test_axe_finds_no_barrier_and_nothing_is_too_wide(observations: Observations) -> None:
    nothing = {"barriers": [], "overflow": 0}
    assert observations["looks"] == {look: dict.fromkeys(PATHS, nothing) for look in ("light", "dark")}


def test_a_page_of_every_operation_is_looked_at() -> None:
    assert set(SAMPLES) == {address.operation for address in ADDRESSES if "html" in address.forms}


def test_nothing_is_logged_or_blocked_or_asked_of_another_host_but_that_nothing_is_there(
    observations: Observations, site: str
) -> None:
    assert observations["asked"] == [site]
    # two windows are open at once
    assert sorted(observations["blocked"]) == sorted([f"{site}{MISSING}: 404", f"{site}{REFUSED}: 400"] * 2)
    failed = "error: Failed to load resource: the server responded with a status of"
    expected = [f"{failed} 400 (Bad Request)", f"{failed} 404 (Not Found)"] * 2
    assert sorted(observations["logged"]) == sorted(expected)


def test_on_a_phone_what_scrolls_says_so_until_its_end(observations: Observations) -> None:
    for name in ("map", "timeline"):
        phone = observations["phone"][name]
        assert phone["regions"][0] == {"isWide": True, "isReachable": True}
        assert all(region["isReachable"] for region in phone["regions"])
        begin, middle, end = phone["edges"]
        assert (begin, middle, end) == ([False, True], [True, True], [True, False]), name


def test_on_a_phone_the_history_of_a_status_needs_no_scrolling(observations: Observations) -> None:
    assert observations["phone"]["summit"] == {"regions": [], "edges": [], "wide": 0}
