"""JSON-LD in schema.org terms: entries of an answer, with one context document. It does not judge any claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from service.pages.addresses import path_of_entry
from service.pages.forms.days import Day, bounds, date_of, is_certain
from service.pages.view import View

WIKIDATA = "https://www.wikidata.org/entity/"
CONTEXT = "/context.jsonld"
"""Path of the context document."""
TYPES = {
    "Summit": "Event",
    "Talks": "Event",
    "Event": "Event",
    "Invitation": "InviteAction",
    "Claim": "Claim",
    "Quote": "Quotation",
    "Person": "Person",
    "Organisation": "Organization",
    "Country": "Country",
    "Place": "Place",
    "Source": "CreativeWork",
    "Agreement": "Thing",
    "Office": "Thing",
    "Relationship": "Thing",
    "Conflict": "Thing",
}
"""schema.org types, by GraphQL type. Types without an equivalent are a Thing."""
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
"""schema.org statuses. Statuses without an equivalent, such as a rumour, are left out."""


def render_jsonld(view: View) -> bytes:
    """Return the entry of a view, or the entries of its list."""
    document = {"@context": f"{view.site}{CONTEXT}"}
    root = view.root
    if "nodes" in root:
        return orjson.dumps({**document, "graph": [describe(view, node) for node in root["nodes"]]})
    return orjson.dumps({**document, **describe(view, root)})


def describe(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Describe an entry of an answer in schema.org terms."""
    type_ = TYPES[entry["__typename"]]
    # the identifier is the same for every day and language
    name = f"{view.site}{path_of_entry(entry)}"
    common = {
        "id": name,
        "type": type_,
        "url": view.entry_url(entry),
        "identifier": entry["slug"],
        "name": _name(entry),
        "description": entry.get("summary"),
        "alternateName": [each["text"] for each in entry.get("names", ()) if each["text"] != _name(entry)],
        "sameAs": f"{WIKIDATA}{entry['wikidata']}" if entry.get("wikidata") else None,
    }
    of_type = _meeting if "status" in entry and type_ == "Event" else BY_TYPE.get(type_, _thing)
    return _without_gaps({**common, **of_type(view, entry)})


def _thing(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"subjectOf": _works(view, entry)}


def _meeting(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    place = entry.get("place")
    return {
        "eventStatus": STATUSES.get(entry["status"]),
        **_dates(date_of(entry)),
        "location": describe(view, place) if place else None,
        "attendee": [describe(view, each["actor"]) for each in entry.get("participants", ())],
        "subjectOf": _works(view, entry),
    }


def _event(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Describe an act. Its actors and recipients are given as what it is about."""
    place = entry.get("place")
    involved = [*entry.get("actors", ()), *entry.get("recipients", ())]
    return {
        **_dates(entry.get("date")),
        "location": describe(view, place) if place else None,
        "about": [describe(view, each) for each in involved],
        "subjectOf": _works(view, entry),
    }


def _invitation(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    parties = {"agent": entry.get("issuer"), "recipient": entry.get("invitee"), "event": entry.get("meeting")}
    described = {name: describe(view, each) for name, each in parties.items() if each}
    return {**described, "subjectOf": _works(view, entry)}


def _claim(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Describe what a source says. The register does not judge claims, so there is no ClaimReview anywhere."""
    source, fact = entry.get("source"), entry.get("fact")
    return {
        "appearance": describe(view, source) if source else None,
        "about": describe(view, fact) if fact else None,
    }


def _dates(day: Day | None) -> dict[str, Any]:
    """Return the dates if certain; otherwise only the covered period, in EDTF."""
    span = bounds(day)
    if day is None or span is None or not is_certain(day):
        return {"temporalCoverage": day["edtf"] if day else None}
    first, last = span
    return {"startDate": first.isoformat(), "endDate": last.isoformat()}


def _quotation(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    speaker = entry.get("speaker")
    return {
        "text": entry.get("text"),
        "inLanguage": entry.get("textLanguage") or entry.get("language"),
        "spokenByCharacter": describe(view, speaker) if speaker else None,
        "isBasedOn": _works(view, entry),
    }


def _work(view: View, entry: Mapping[str, Any]) -> dict[str, Any]:
    outlet = entry.get("outlet")
    published = _dates(entry.get("publishedOn"))
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


def _works(view: View, entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the sources of an entry's claims in the answer, each once."""
    claims = entry.get("claims", {}).get("nodes", ())
    return [describe(view, each) for each in {claim["source"]["slug"]: claim["source"] for claim in claims}.values()]


def _without_gaps(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in terms.items() if value not in (None, [], {})}


BY_TYPE = {
    "Event": _event,
    "InviteAction": _invitation,
    "Claim": _claim,
    "Quotation": _quotation,
    "CreativeWork": _work,
    "Place": _place,
}
