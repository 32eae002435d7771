"""JSON-LD in schema.org's terms: what an answer tells of entries, by one context document. It judges no claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from service.pages.addresses import path_of_entry
from service.pages.forms.days import Day, bounds, date_of, is_certain
from service.pages.view import View

CONTEXT = "/context.jsonld"
"""Where the context document stands."""
TYPES = {
    "Summit": "Event",
    "Talks": "Event",
    "Quote": "Quotation",
    "Person": "Person",
    "Organisation": "Organization",
    "Country": "Country",
    "Place": "Place",
    "Source": "CreativeWork",
}
"""The type of an entry in schema.org, by its GraphQL type; what is not here has none there."""
STATUSES = {
    "SCHEDULED": "EventScheduled",
    "REINSTATED": "EventScheduled",
    "IN_PROGRESS": "EventScheduled",
    "HELD": "EventScheduled",
    "CUT_SHORT": "EventScheduled",
    "POSTPONED": "EventPostponed",
    "DEFERRED": "EventPostponed",
    "CANCELLED": "EventCancelled",
}
"""What schema.org has no word for, such as a rumour, has no status."""


def render_jsonld(view: View) -> bytes:
    """The entry of a view, or the entries of its list."""
    document = {"@context": f"{view.site}{CONTEXT}"}
    root = view.root
    if "nodes" in root:
        nodes = [described for node in root["nodes"] if (described := describe(view, node))]
        return orjson.dumps({**document, "graph": nodes})
    return orjson.dumps({**document, **describe(view, root)})


def describe(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer tells of an entry, in schema.org's terms; nothing of one that it has no term for."""
    type_ = TYPES.get(entry["__typename"])
    if type_ is None:
        return {}
    # whoever looks, on whatever day and in whatever language, it is the same thing
    name = f"{view.site}{path_of_entry(entry)}"
    common = {
        "id": name,
        "type": type_,
        "url": view.entry_url(entry),
        "identifier": entry["slug"],
        "name": _name(entry),
    }
    of_type = {"Event": _event, "Quotation": _quotation, "CreativeWork": _work, "Place": _place}.get(type_)
    return _without_gaps({**common, **(of_type(view, entry) if of_type else {})})


def _event(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    if "status" not in entry:
        return {}
    place = entry.get("place")
    return {
        "description": entry.get("summary"),
        "eventStatus": STATUSES.get(entry["status"]),
        **_dates(date_of(entry)),
        "location": describe(view, place) if place else None,
        "attendee": [describe(view, each["actor"]) for each in entry.get("participants", ())],
        "subjectOf": [describe(view, each) for each in _sources(entry)],
    }


def _dates(day: Day | None) -> dict[str, Any]:
    """The days where they are certain; else, in EDTF, only what it covers."""
    span = bounds(day)
    if day is None or span is None or not is_certain(day):
        return {"temporalCoverage": day["edtf"] if day else None}
    first, last = span
    return {"startDate": first.isoformat(), "endDate": last.isoformat()}


def _quotation(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    speaker = entry.get("speaker")
    return {
        "text": entry.get("text"),
        "inLanguage": entry.get("textLanguage"),
        "spokenByCharacter": describe(view, speaker) if speaker else None,
        "isBasedOn": [describe(view, each) for each in _sources(entry)],
    }


def _work(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    outlet = entry.get("outlet")
    published = _dates(entry.get("published"))
    return {
        "inLanguage": entry.get("language"),
        "datePublished": published.get("startDate"),
        "publisher": describe(view, outlet) if outlet else None,
        "sameAs": entry.get("url"),
    }


def _place(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    around = entry.get("partOf") or entry.get("country")
    geo = {"type": "GeoCoordinates", "latitude": entry.get("latitude"), "longitude": entry.get("longitude")}
    return {
        "geo": None if geo["latitude"] is None else geo,
        "containedInPlace": describe(view, around) if around and "__typename" in around else None,
    }


def _name(entry: Mapping[str, Any]) -> str | None:
    return entry.get("label") or entry.get("name")


def _sources(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The sources of the claims that the answer has of an entry, each once."""
    claims = entry.get("claims", {}).get("nodes", ())
    return [*{claim["source"]["slug"]: claim["source"] for claim in claims}.values()]


def _without_gaps(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in terms.items() if value not in (None, [], {})}
