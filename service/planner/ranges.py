"""Ranges that are given and contain nothing, since they begin after they end: reported alongside the response."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from service.language.errors import ArgumentLocation
from service.language.printing import print_value
from service.planner.arguments import Leaf

EMPTY_RANGE = "EMPTY_RANGE"
"""The code of a warning: a range that is given contains nothing."""


class Range(NamedTuple):
    """Range as given: the values of its ends come with each request, its year shapes the statement."""

    at: ArgumentLocation
    ends: Mapping[str, Leaf]
    year: int | None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Range | None":
        """Return the range that the members of an input form, if they include an end of one."""
        ends = {name: given[name] for name in ("from", "to") if isinstance(given.get(name), Leaf)}
        at = next((leaf.at for leaf in ends.values()), None)
        return cls(at.owner, ends, given.get("year")) if at else None

    def warning(self, values: Mapping[Leaf, Any]) -> dict[str, Any] | None:
        """Return the warning about this range if it is empty. `values`: the values of its ends."""
        given = {name: values[leaf] for name, leaf in self.ends.items()}
        first, last = ([given[name]] if name in given else [] for name in ("from", "to"))
        if self.year is not None:
            first.append(f"{self.year:04}-01-01")
            last.append(f"{self.year:04}-12-31")
            given["year"] = self.year
        if not first or not last or max(first) <= min(last):
            return None
        return {"code": EMPTY_RANGE, "path": self.at.path, "argument": self.at.argument, "value": print_value(given)}
