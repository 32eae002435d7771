"""Disagreements between two rows of one meeting: its days, place and guests, and whether it was held."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from service.importers.histstate.merging import CountryOf, bounds, share_a_place
from service.importers.histstate.row_facts import RowFact

Disagree = Callable[[RowFact, RowFact], bool]


@dataclass(frozen=True)
class Comparison:
    """Comparison of what rows report; `states` has the state of each person and of each state."""

    country_of: CountryOf
    states: Mapping[str, str]

    def by_property(self) -> Mapping[str, Disagree]:
        """Return the checks of whether two rows disagree, by the property that they report."""
        return {
            "date": differ_in_days,
            "place": self.differ_in_place,
            "participant": self.differ_in_guests,
            "status": differ_in_status,
        }

    def differ_in_place(self, one: RowFact, other: RowFact) -> bool:
        """Return whether both rows name a place and neither place lies in the other."""
        own, others = frozenset(one.values.get("place", {})), frozenset(other.values.get("place", {}))
        return not share_a_place(own, others, self.country_of)

    def differ_in_guests(self, one: RowFact, other: RowFact) -> bool:
        """Return whether, for one state in a small meeting, the rows name different people and nobody in common."""
        if one.key or other.key:
            return False
        own, others = self._by_state(one), self._by_state(other)
        return any(not own[state] & others[state] for state in own.keys() & others.keys())

    def _by_state(self, fact: RowFact) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for slug in fact.roles.get("participants", {}):
            if (state := self.states.get(slug)) and state != slug:
                found.setdefault(state, set()).add(slug)
        return found


def differ_in_days(one: RowFact, other: RowFact) -> bool:
    """Return whether both rows give days and have none in common."""
    spans = [[span for day in fact.dates() if (span := bounds(day))] for fact in (one, other)]
    return bool(spans[0] and spans[1]) and not any(a[0] <= b[1] and b[0] <= a[1] for a in spans[0] for b in spans[1])


def differ_in_status(one: RowFact, other: RowFact) -> bool:
    """Return whether one row says that the meeting was held and the other that it was not."""
    own, others = ({value.split()[0] for value in fact.values.get("status", {})} for fact in (one, other))
    return bool(own and others and not own & others)
