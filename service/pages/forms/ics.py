"""iCalendar (RFC 5545, with properties of RFC 7986): meetings as whole-day events, uncertain ones as tentative."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from service.pages.forms.days import bounds, date_of, is_certain
from service.pages.numbers import format_count
from service.pages.view import View
from service.pages.words import punctuate, translate

if TYPE_CHECKING:
    from icalendar import Event

REFRESH = timedelta(days=1)
FIRM = ("SCHEDULED", "REINSTATED", "IN_PROGRESS", "HELD", "CUT_SHORT")
"""Statuses of meetings that take place or took place."""

GOES_ON = "This calendar does not include all meetings. It continues at"


def render_ics(view: View) -> bytes:
    """Return the meetings as a calendar that names its next part. Meetings with no or open dates are left out."""
    # imported here: it is as large as the rest of the pages, and rarely needed
    from icalendar import Calendar

    title = f"Gipfelbuch{punctuate(': ', view.language)}{translate('Meetings', view.language)}"
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Gipfelbuch//Meetings//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("url", view.permalink)
    calendar.add("source", view.form_url("ics"), {"VALUE": "URI"})
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    if rest := _rest(view):
        calendar.add("description", rest)
        calendar.add("x-wr-caldesc", rest)
    stamp = datetime.fromisoformat(view.data["dataset"]["updatedAt"])
    for meeting in view.root["nodes"]:
        if bounds(date_of(meeting)) is not None:
            calendar.add_component(_event(view, meeting, stamp))
    return bytes(calendar.to_ical())


def _rest(view: View) -> str | None:
    """Return the address of the remaining meetings if the calendar does not contain all."""
    url = view.next_url("ics")
    if url is None:
        return None
    words = translate(GOES_ON, view.language)
    shown, total = (format_count(each, view.language) for each in (len(view.root["nodes"]), view.root["totalCount"]))
    return f"{shown} / {total}. {words} {url}"


def _event(view: View, meeting: Mapping[str, Any], stamp: datetime) -> Event:
    from icalendar import Event

    day, place = date_of(meeting), meeting["place"]
    span = bounds(day)
    assert day is not None
    assert span is not None
    event = Event()
    # slugs are never reused for another entry
    event.add("uid", f"{meeting['slug']}@gipfelbuch")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("summary", meeting["label"])
    event.add("dtstart", span[0])
    event.add("dtend", span[1] + timedelta(days=1))
    event.add("status", _status(meeting, is_sure=is_certain(day)))
    event.add("transp", "TRANSPARENT")
    event.add("url", view.entry_url(meeting))
    event.add("description", _description(view, meeting, day))
    if place is not None:
        event.add("location", place["label"])
        # the middle of a state is not where anybody met
        if place["latitude"] is not None and place["kind"] != "COUNTRY":
            event.add("geo", (place["latitude"], place["longitude"]))
    return event


def _status(meeting: Mapping[str, Any], *, is_sure: bool) -> str:
    if meeting["phase"] == "OFF":
        return "CANCELLED"
    return "CONFIRMED" if is_sure and meeting["status"] in FIRM else "TENTATIVE"


def _description(view: View, meeting: Mapping[str, Any], day: Mapping[str, Any]) -> str:
    """Describe the meeting: its date as text, with bounds if uncertain; what it was; who took part."""
    dates: str = day["label"]
    if not is_certain(day):
        dates = f"{dates} ({day['earliest']} – {day['latest']})"
    people = ", ".join(each["actor"]["label"] for each in meeting["participants"])
    lines = [dates, meeting["summary"], people, view.entry_url(meeting)]
    return "\n".join(line for line in lines if line)
