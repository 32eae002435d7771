"""The map in a real browser: clusters open and the land becomes more detailed; without JavaScript, links zoom in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import browse

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def seen(site: str) -> dict[str, Any]:
    """Return what map.mjs saw."""
    found: dict[str, Any] = browse(Path(__file__).with_name("map.mjs"), site)
    return found


def test_a_cluster_opens_where_it_is(seen: dict[str, Any]) -> None:
    assert seen["address"].startswith("/map#map=")
    assert len(seen["opened"]) > 1
    assert seen["cluster"] not in {mark["title"] for mark in seen["opened"]}


def test_the_land_grows_finer_and_comes_back(seen: dict[str, Any]) -> None:
    first, closer, back = seen["land"]
    assert closer != first
    assert back[1] == first[1]
    assert "/assets/land.json" in seen["asked"]


def test_the_whole_map_comes_back(seen: dict[str, Any]) -> None:
    assert seen["back"] == seen["first"]


def test_the_marks_are_those_that_the_service_draws(seen: dict[str, Any]) -> None:
    assert len(seen["first"]) == seen["plain"]


def test_the_address_shows_another_reader_the_same(seen: dict[str, Any]) -> None:
    assert seen["sent"] == seen["opened"]
    assert seen["plainAddress"] == "/map"


def test_the_way_back_leads_to_what_was_seen_before(seen: dict[str, Any]) -> None:
    assert seen["before"] == seen["first"]


def test_who_opens_a_cluster_by_keyboard_stays_on_its_first_place(seen: dict[str, Any]) -> None:
    assert seen["focused"] == seen["cluster"].split(",")[0]


def test_a_mark_leads_to_its_meetings(seen: dict[str, Any]) -> None:
    assert seen["followed"].startswith(("/places/", "/talks?"))


def test_without_javascript_a_cluster_leads_to_the_map_closer_in(seen: dict[str, Any]) -> None:
    assert seen["closer"] > 1


def test_nothing_goes_wrong_meanwhile(seen: dict[str, Any]) -> None:
    assert (seen["logged"], seen["blocked"]) == ([], [])
