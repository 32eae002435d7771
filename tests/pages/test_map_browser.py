"""The map in a real browser: clusters open and the land becomes more detailed; without JavaScript, links zoom in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import browse

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def observations(site: str) -> dict[str, Any]:
    """Return what map.mjs saw."""
    found: dict[str, Any] = browse(Path(__file__).with_name("map.mjs"), site)
    return found


def test_a_cluster_opens_where_it_is(observations: dict[str, Any]) -> None:
    assert observations["address"].startswith("/map#map=")
    assert len(observations["opened"]) > 1
    assert observations["cluster"] not in {mark["title"] for mark in observations["opened"]}


def test_the_land_grows_finer_and_comes_back(observations: dict[str, Any]) -> None:
    first, closer, back = observations["land"]
    assert closer != first
    assert back[1] == first[1]
    assert "/assets/land.json" in observations["asked"]


def test_the_whole_map_comes_back(observations: dict[str, Any]) -> None:
    assert observations["back"] == observations["first"]


def test_the_marks_are_those_that_the_service_draws(observations: dict[str, Any]) -> None:
    assert len(observations["first"]) == observations["plain"]


def test_the_address_shows_another_reader_the_same(observations: dict[str, Any]) -> None:
    assert observations["sent"] == observations["opened"]
    assert observations["plainAddress"] == "/map"


def test_the_way_back_leads_to_what_was_seen_before(observations: dict[str, Any]) -> None:
    assert observations["before"] == observations["first"]


def test_who_opens_a_cluster_by_keyboard_stays_on_its_first_place(observations: dict[str, Any]) -> None:
    assert observations["focused"] == observations["cluster"].split(",")[0]


def test_a_mark_leads_to_its_meetings(observations: dict[str, Any]) -> None:
    assert observations["followed"].startswith(("/places/", "/talks?"))


def test_without_javascript_a_cluster_leads_to_the_map_closer_in(observations: dict[str, Any]) -> None:
    assert observations["closer"] > 1


def test_nothing_goes_wrong_meanwhile(observations: dict[str, Any]) -> None:
    assert (observations["logged"], observations["blocked"]) == ([], [])
