"""Links of the marks on a map: to the meetings of places, or to the same map zoomed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from service.pages.drawing.clusters import Site
from service.pages.view import KEPT_PARAMETERS, View
from service.store.enums import MeetingLevel

WITHIN = "within"
MOST_NAMED = 100
"""Maximum number of places in an address. If there are more, their states are named instead."""
ALL_LEVELS = ",".join(each.value.lower() for each in MeetingLevel)
"""Levels that /talks needs as a filter to include summits."""


class MapLinks:
    """Addresses that a map links to, with the filters of its view.

    `containers`: slugs of places that contain other places of the map.
    """

    def __init__(self, view: View, containers: Collection[str] = ()) -> None:
        self._view, self._containers = view, containers

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

    def to_meetings(self, sites: Sequence[Site]) -> str:
        """Return the address of the meetings counted at places: their page, or a list with the filters of the map."""
        if len(sites) == 1 and self.has_page(sites[0]):
            return self._view.entry_url(sites[0].entry)
        return self._view.href("/talks", **{"level": ALL_LEVELS, **self.filters, "exact_place": _slugs(sites)})

    def to_places(self, sites: Sequence[Site]) -> str:
        """Return the map of a cluster's places, or of its states if the places are many."""
        states = [site.entry["country"] for site in sites]
        if len(sites) > MOST_NAMED and all(states):
            codes = ",".join(dict.fromkeys(state["code"] or state["slug"] for state in states))
            if codes != ",".join(self._view.variables.get("country") or ()):
                return self._view.changed_url(country=codes)
        return self._view.changed_url(exact_place=_slugs(sites))

    def has_page(self, site: Site) -> bool:
        """Whether the page of a place has the meetings counted there, and no others."""
        return not (self.filters or site.entry["kind"] == "COUNTRY" or site.entry["slug"] in self._containers)


def _slugs(sites: Sequence[Site]) -> str:
    return ",".join(site.entry["slug"] for site in sites)
