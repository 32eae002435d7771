"""Where the marks of a map lead: to the meetings of places, or to the same map closer in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.pages.drawing.clusters import Site
from service.pages.view import KEPT_PARAMETERS, View
from service.store.enums import MeetingLevel

MOST_NAMED = 40
"""So many places an address can name; more are named by their states."""
ALL_LEVELS = ",".join(each.value.lower() for each in MeetingLevel)
"""What /talks must be asked for, to list summits too."""


def filters_of(view: View) -> Mapping[str, str]:
    """What the map is narrowed down by; several values of a parameter are joined by commas."""
    filters: dict[str, str] = {}
    for name, value in view.parameters:
        if name not in KEPT_PARAMETERS:
            filters[name] = f"{filters[name]},{value}" if name in filters else value
    return filters


def meetings_url(view: View, places: Sequence[Mapping[str, Any]]) -> str:
    """The meetings at places: the page of the only one, or a list, with the filters of the map."""
    filters = filters_of(view)
    if len(places) == 1 and filters.keys() <= {"place"}:
        return view.entry_url(places[0])
    return view.href("/talks", **{"level": ALL_LEVELS, **filters, "place": _slugs(places)})


def closer_url(view: View, sites: Sequence[Site]) -> str:
    """The map of a cluster's places, or of its states where these are many."""
    states = [site.entry["country"] for site in sites]
    if len(sites) > MOST_NAMED and all(states):
        codes = ",".join(dict.fromkeys(state["code"] or state["slug"] for state in states))
        if codes != ",".join(view.variables.get("country") or ()):
            return view.changed_url(country=codes)
    return view.changed_url(place=_slugs([site.entry for site in sites]))


def _slugs(places: Sequence[Mapping[str, Any]]) -> str:
    return ",".join(place["slug"] for place in places)
