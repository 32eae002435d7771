"""People whom the rows mention: resolved by state, office and day, then by name, then by other rows; else nobody."""

from collections.abc import Iterable, Mapping, Sequence

from service.importers.histstate.by_name import gather_full_names, resolve_by_name
from service.importers.histstate.by_office import (
    resolve_by_office,
    resolve_by_surname,
    resolve_by_table,
    resolve_elsewhere,
)
from service.importers.histstate.by_rows import resolve_by_rows, resolve_monarchs, resolve_nameless
from service.importers.histstate.names import NameReader
from service.importers.histstate.people_index import PeopleIndex
from service.importers.histstate.sightings import Known, Sighting, Way

PASSES = (
    resolve_by_table,
    resolve_by_office,
    resolve_elsewhere,
    resolve_by_surname,
    resolve_by_name,
    resolve_monarchs,
    gather_full_names,
    resolve_by_rows,
)
"""Ways in which a name is resolved, the most reliable first; each receives what those before it left open."""


class Identities(PeopleIndex):
    """People of all rows; `of` returns who a mention is."""

    def __init__(
        self,
        known: Iterable[Known],
        sightings: Sequence[Sighting],
        reader: NameReader,
        decided: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(known, reader)
        self.sightings = sightings
        self.decided = decided or {}
        self._take_decisions(sightings)
        named = [one for one in sightings if one.mention.name]
        for resolve in PASSES:
            resolve(self, self.open(named))
        resolve_nameless(self, [one for one in sightings if not one.mention.name])

    def _take_decisions(self, sightings: Iterable[Sighting]) -> None:
        """Apply people's decisions on whom a name means; `nobody` leaves the mention a description."""
        by_slug = {person.known.slug: person for person in self.people if person.known}
        for sighting in sightings:
            word, _, slug = self.decided.get(sighting.slug, "").partition(" ")
            if word == "person":
                self.assign(sighting, by_slug[slug], Way.DECIDED)


def related_states(successors: Mapping[str, Sequence[str]], state: str) -> frozenset[str]:
    """Return a state with its predecessors and its successors."""
    before = {slug for slug, after in successors.items() if state in after}
    return frozenset({state, *before, *successors.get(state, ())})
