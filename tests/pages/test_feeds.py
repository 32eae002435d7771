"""Formats that programs follow: feeds, calendars, maps and linked data, each checked against its own standard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from icalendar import Calendar
from lxml import etree  # type: ignore[import-untyped]
from pyld import jsonld  # type: ignore[import-untyped]

from schema import schema
from service.pages.addresses import ADDRESSES
from service.pages.context import DOCUMENT
from service.pages.forms import FORMS
from service.pages.operations import stored_operation
from service.pages.view import View
from service.planner.planner import Planner
from service.store.pool import ReadingPool
from service.store.revision import RevisionWatch
from service.web.answers import KeptAnswers
from service.web.execution import Execution

SITE = "https://gipfelbuch.example"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SCHEMA_ORG = "https://schema.org/"


@pytest.fixture(scope="module")
async def execution(database: str) -> AsyncIterator[Execution]:
    pool = ReadingPool(database, size=1, seconds=10)
    yield Execution(Planner(schema), pool, KeptAnswers(RevisionWatch(pool), 0))
    await pool.close()


def leave_unchanged(data: Any) -> None:
    pass


async def form_of(
    execution: Execution, form: str, path: str, edit: Callable[[Any], None] = leave_unchanged, **variables: Any
) -> bytes:
    """Return an address in a format, by its stored operation; `edit` changes the response first."""
    address = next(each for each in ADDRESSES if each.path == path)
    assert form in address.forms
    operation, language = stored_operation(address.operation), variables.pop("language", "en")
    given = {**variables, "language": language}
    answer = await execution.execute(operation.text, given)
    edit(answer["data"])
    view = View(
        address=address,
        operation=operation,
        path=path.format(**variables),
        parameters=[(name, str(value)) for name, value in variables.items() if f"{{{name}}}" not in path],
        variables=given,
        language=language,
        site=SITE,
        data=answer["data"],
    )
    return FORMS[form].render(view)


async def expand_linked_data(execution: Execution, path: str, **variables: Any) -> list[Any]:
    """Return the linked data of an address, expanded with the context document instead of over the network."""
    document = orjson.loads(await form_of(execution, "jsonld", path, **variables))
    assert document["@context"] == f"{SITE}/context.jsonld"
    own = {"@context": orjson.loads(DOCUMENT)["@context"], **{k: v for k, v in document.items() if k != "@context"}}
    found: list[Any] = jsonld.expand(own)
    return found


# ------------------------------------------------------------------ Atom


async def test_the_changes_are_a_feed_by_the_schema_of_atom(execution: Execution) -> None:
    feed = etree.fromstring(await form_of(execution, "atom", "/changes", language="de", first=5, kind=["SUMMIT"]))
    etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng"))).assertValid(feed)
    assert feed.xpath("string(a:title)", namespaces=ATOM) == "Gipfelbuch: Änderungen"
    assert feed.xpath("string(a:entry[1]/a:title)", namespaces=ATOM) == "Hinzugefügt: Wladiwostok 2019"
    link = feed.xpath("string(a:entry[1]/a:link[@rel='alternate']/@href)", namespaces=ATOM)
    assert link == f"{SITE}/summits/vladivostok-2019"
    ids = feed.xpath("a:entry/a:id/text()", namespaces=ATOM)
    assert ids[0] == f"{SITE}/summits/vladivostok-2019#revision-1"
    assert len({*ids}) == 5


async def test_a_feed_is_one_over_all_its_pages(execution: Execution) -> None:
    first = etree.fromstring(await form_of(execution, "atom", "/changes", first=2))
    following = first.xpath("string(a:link[@rel='next']/@href)", namespaces=ATOM)
    path, _, query = following.partition("?")
    assert path == f"{SITE}/changes.atom"
    after = dict(pair.split("=") for pair in query.split("&"))["after"].replace("%3D", "=")
    second = etree.fromstring(await form_of(execution, "atom", "/changes", first=2, after=after))
    ids = [feed.xpath("string(a:id)", namespaces=ATOM) for feed in (first, second)]
    assert ids == [f"{SITE}/changes"] * 2
    entries = [{*feed.xpath("a:entry/a:id/text()", namespaces=ATOM)} for feed in (first, second)]
    assert entries[0] & entries[1] == set()


# ------------------------------------------------------------------ iCalendar


async def test_meetings_are_a_calendar_that_is_read_back(execution: Execution) -> None:
    calendar: Any = Calendar.from_ical(await form_of(execution, "ics", "/calendar"))
    assert (calendar["version"], calendar["x-wr-calname"]) == ("2.0", "Gipfelbuch: Meetings")
    assert calendar["refresh-interval"].dt == timedelta(days=1)
    events: dict[str, Any] = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert all(event.errors == [] for event in events.values())
    hanoi = events["hanoi-2019@gipfelbuch"]
    assert (hanoi["dtstart"].dt, hanoi["dtend"].dt) == (date(2019, 2, 27), date(2019, 3, 1))
    assert (hanoi["status"], hanoi["location"]) == ("CONFIRMED", "Hanoi")
    assert hanoi["url"] == f"{SITE}/summits/hanoi-2019"
    assert hanoi["geo"].to_ical() == "21.02;105.84"


async def test_the_middle_of_a_state_is_no_position_of_a_meeting(execution: Execution) -> None:
    def move(data: Any) -> None:
        for node in data["meetings"]["nodes"]:
            node["place"] = {"label": "United States", "kind": "COUNTRY", "latitude": 39.2, "longitude": -98.1}

    calendar: Any = Calendar.from_ical(await form_of(execution, "ics", "/calendar", move))
    events = calendar.walk("VEVENT")
    assert {str(event["location"]) for event in events} == {"United States"}
    assert [event for event in events if "geo" in event] == []


async def test_what_is_off_is_cancelled(execution: Execution) -> None:
    def call_off(data: Any) -> None:
        for node in data["meetings"]["nodes"]:
            node.update({"status": "CANCELLED", "phase": "OFF"})

    calendar: Any = Calendar.from_ical(await form_of(execution, "ics", "/calendar", call_off))
    assert {str(event["status"]) for event in calendar.walk("VEVENT")} == {"CANCELLED"}


async def test_what_is_doubtful_is_tentative_with_its_bounds(execution: Execution) -> None:
    calendar: Any = Calendar.from_ical(await form_of(execution, "ics", "/calendar", asOf="2018-05-31"))
    singapore = next(each for each in calendar.walk("VEVENT") if each["uid"] == "singapore-2018@gipfelbuch")
    assert (singapore["status"], singapore["dtstart"].dt) == ("TENTATIVE", date(2018, 6, 12))
    answer = await execution.execute(stored_operation("calendar").text, {"language": "en"})
    by_uid = {f"{node['slug']}@gipfelbuch": node for node in answer["data"]["meetings"]["nodes"]}
    now: Any = Calendar.from_ical(await form_of(execution, "ics", "/calendar"))
    told = {str(event["uid"]): event for event in now.walk("VEVENT")}
    vague = [
        (event, node)
        for uid, event in told.items()
        for node in [by_uid[uid]]
        if date_of(node)["precision"] != "DAY" and "/" not in date_of(node)["edtf"]
    ]
    assert vague
    for event, node in vague:
        at = date_of(node)
        assert event["status"] == "TENTATIVE"
        assert f"({at['earliest']} – {at['latest']})" in event["description"]


# ------------------------------------------------------------------ GeoJSON


@pytest.mark.parametrize("path", ["/places", "/calendar"])
async def test_features_are_geojson(execution: Execution, path: str) -> None:
    """RFC 7946: longitude first, within the world, inside the box; a feature without a place has no geometry."""
    collection = orjson.loads(await form_of(execution, "geojson", path))
    west, south, east, north = collection["bbox"]
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    for feature in collection["features"]:
        assert {*feature} == {"type", "id", "geometry", "properties"}
        if feature["geometry"] is not None:
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= west <= longitude <= east <= 180
            assert -90 <= south <= latitude <= north <= 90
    assert any(feature["geometry"] for feature in collection["features"])


async def test_a_place_lies_where_it_is(execution: Execution) -> None:
    collection = orjson.loads(await form_of(execution, "geojson", "/places", slug=["hanoi"]))
    (hanoi,) = collection["features"]
    assert hanoi["geometry"]["coordinates"] == [105.84, 21.02]
    assert (hanoi["id"], hanoi["properties"]["label"]) == (f"{SITE}/places/hanoi", "Hanoi")


# ------------------------------------------------------------------ JSON-LD


def date_of(node: Any) -> Any:
    return node["date"] or node["plannedDate"]


def value(node: Any, term: str) -> Any:
    (found,) = node[SCHEMA_ORG + term]
    return found.get("@value", found.get("@id"))


async def test_a_summit_is_an_event_of_schema_org(execution: Execution) -> None:
    (summit,) = await expand_linked_data(execution, "/summits/{slug}", slug="hanoi-2019")
    assert (summit["@id"], summit["@type"]) == (f"{SITE}/summits/hanoi-2019", [f"{SCHEMA_ORG}Event"])
    assert (value(summit, "startDate"), value(summit, "endDate")) == ("2019-02-27", "2019-02-28")
    assert value(summit, "eventStatus") == f"{SCHEMA_ORG}EventScheduled"
    assert value(summit, "location") == f"{SITE}/places/hanoi"
    people = {each["@id"]: each["@type"] for each in summit[f"{SCHEMA_ORG}attendee"]}
    assert people[f"{SITE}/people/kim-jong-un"] == [f"{SCHEMA_ORG}Person"]
    assert {each["@type"][0] for each in summit[f"{SCHEMA_ORG}subjectOf"]} == {f"{SCHEMA_ORG}CreativeWork"}


async def test_a_day_that_is_not_sure_is_no_start(execution: Execution) -> None:
    meetings = await expand_linked_data(execution, "/calendar")
    by_id = {each["@id"].rpartition("/")[2]: each for each in meetings}
    answer = await execution.execute(stored_operation("calendar").text, {"language": "en"})
    vague = {
        node["slug"]: at["edtf"]
        for node in answer["data"]["meetings"]["nodes"]
        if (at := date_of(node)) and (at["precision"] != "DAY" or at["isApproximate"])
    }
    unsure = {slug: edtf for slug, edtf in vague.items() if f"{SCHEMA_ORG}startDate" not in by_id[slug]}
    assert unsure
    assert {slug: value(by_id[slug], "temporalCoverage") for slug in unsure} == unsure


async def test_every_term_that_is_given_is_one_of_schema_org(execution: Execution) -> None:
    """Expansion drops what the context does not explain: nothing may be dropped."""
    for path in ("/calendar", "/places"):
        document = orjson.loads(await form_of(execution, "jsonld", path))
        known = orjson.loads(DOCUMENT)["@context"]
        keys = {key for node in document["graph"] for key in node}
        assert keys <= known.keys()
