"""Links of the marks on a map: to the meetings of places, or to the same map zoomed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from service.pages.drawing.clusters import Site
from service.pages.view import KEPT_PARAMETERS, View
from service.store.enums import MeetingLevel

WITHIN = "within"
MOST_NAMED = 40
"""Maximum number of places in an address. If there are more, their states are named instead."""
ALL_LEVELS = ",".join(each.value.lower() for each in MeetingLevel)
"""Levels that /talks needs as a filter to include summits."""


class MapLinks:
    """Addresses that a map links to, with the filters of its view."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def filters(self) -> Mapping[str, str]:
        """Filters of the map. Several values of a parameter are joined by commas."""
        filters: dict[str, str] = {}
        for name, value in self._view.parameters:
            if name not in KEPT_PARAMETERS:
                filters[name] = f"{filters[name]},{value}" if name in filters else value
        if filters.keys() & {"from", "to"}:
            # otherwise a list would include what may fall within these days
            filters.setdefault("date_match", WITHIN)
        return filters

    def to_meetings(self, places: Sequence[Mapping[str, Any]]) -> str:
        """Return the address of meetings at places: the page of the only one, or a list with the filters of the map."""
        if len(places) == 1 and self.filters.keys() <= {"place"}:
            return self._view.entry_url(places[0])
        return self._view.href("/talks", **{"level": ALL_LEVELS, **self.filters, "place": _slugs(places)})

    def to_places(self, sites: Sequence[Site]) -> str:
        """Return the map of a cluster's places, or of its states if the places are many."""
        states = [site.entry["country"] for site in sites]
        if len(sites) > MOST_NAMED and all(states):
            codes = ",".join(dict.fromkeys(state["code"] or state["slug"] for state in states))
            if codes != ",".join(self._view.variables.get("country") or ()):
                return self._view.changed_url(country=codes)
        return self._view.changed_url(place=_slugs([site.entry for site in sites]))


def _slugs(places: Sequence[Mapping[str, Any]]) -> str:
    return ",".join(place["slug"] for place in places)
