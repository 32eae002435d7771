"""Cost of an operation: the work of the database, and the length of the response.

Each field has a price in microseconds of PostgreSQL for every row that it is selected on, and a usual length. Rows
multiply down the selection: a page counts its size, a plain list its usual size. A field that scans a list also has a
price for each row of the list. The number of these rows is that of the owner with the most of them, since a client may
request that owner again and again; but where no owner occurs twice, it is at most the number of all rows. Prices and
row counts are fitted to measurements (bench/COSTS.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf
from typing import NamedTuple

from service.language.errors import OperationError, Path, operation_error
from service.language.limits import Limits


class Price(NamedTuple):
    """Microseconds of PostgreSQL: `each_time` that a field is computed, and `per_row` of the list that it scans.

    `max_rows`: how many rows a filter leaves at most, before anything else looks at them.
    """

    each_time: float = 0.0
    per_row: float = 0.0
    max_rows: float = inf


FREE = Price()
VALUE = Price(0.7)
"""A value of a row, as JSON."""
ENTRY = Price(4.0)
"""A row that is looked up by a key, or the next row of a list."""
LIST = Price(12.0)
"""A list or a page, not counting its rows."""
COUNT = Price(15.0, 0.45)
"""A count of a list's rows."""
CURSOR = Price(5.0)
PAGE_INFO = Price(60.0)
"""Whether a list continues, or where it begins or ends."""
BEYOND_CURSOR = Price(60.0, 0.8)
"""Whether there are rows on the other side of a cursor: all rows there may be scanned."""
FILTER = Price(0.0, 0.8)
"""A condition on a column: if no row meets it, all rows are scanned."""
SCHEMA_VALUE = Price(18.0)
"""A value of the schema itself, resolved by graphql-core."""
VALUE_BYTES = 28
"""Usual length of a value as JSON, not counting its key."""
CURSOR_BYTES = 110
LIST_ROWS = 4
"""Usual number of rows of a plain list that does not declare it."""


@dataclass(frozen=True)
class Cost:
    """Cost of an operation, and where most of it arises. `work`: milliseconds of PostgreSQL; `bytes`:
    response length.
    """

    work: float = 0.0
    bytes: int = 0
    heaviest: Path = ()
    heaviest_work: float = 0.0
    longest: Path = ()
    longest_bytes: int = 0

    def add(self, work: Mapping[Path, float]) -> "Cost":
        """Return this cost plus that of a request's values: microseconds by the path of the field that takes them."""
        path = max(work, key=work.__getitem__)
        share, total = work[path] / 1000, self.work + sum(work.values()) / 1000
        if share <= self.heaviest_work:
            return replace(self, work=total)
        return replace(self, work=total, heaviest=path, heaviest_work=share)

    def check(self, limits: Limits) -> None:
        """Raise OperationError if the cost exceeds the limits."""
        for name, (asked, allowed, path, share) in self._compare(limits).items():
            if asked > allowed:
                raise cost_error(name, asked, allowed, path, share)

    def report(self, limits: Limits) -> dict[str, object]:
        """Return the cost of the operation next to its limits, and where most of it arises, for clients that request
        it.
        """
        return {
            name: {"asked": asked, "allowed": allowed, "heaviest": {"path": list(path), "weighs": share}}
            for name, (asked, allowed, path, share) in self._compare(limits).items()
        }

    def _compare(self, limits: Limits) -> dict[str, tuple[float, float, Path, float]]:
        return {
            "work": (round(self.work, 3), limits.work, self.heaviest, round(self.heaviest_work, 3)),
            "bytes": (self.bytes, limits.bytes, self.longest, self.longest_bytes),
        }


@dataclass
class Bill:
    """Sum of the costs of an operation's fields, by their paths."""

    work: dict[Path, float] = field(default_factory=dict)
    bytes: dict[Path, float] = field(default_factory=dict)

    def charge(self, path: Path, microseconds: float, length: float = 0.0) -> None:
        self.work[path] = self.work.get(path, 0.0) + microseconds
        if length:
            self.bytes[path] = self.bytes.get(path, 0.0) + length

    def total(self) -> Cost:
        heaviest = max(self.work, key=self.work.__getitem__, default=())
        longest = max(self.bytes, key=self.bytes.__getitem__, default=())
        return Cost(
            sum(self.work.values()) / 1000,
            round(sum(self.bytes.values())),
            heaviest,
            self.work.get(heaviest, 0.0) / 1000,
            longest,
            round(self.bytes.get(longest, 0.0)),
        )


def cost_error(limit: str, asked: float, allowed: float, path: Path, share: float) -> OperationError:
    """Return the error for an operation that costs more than is allowed; it names the field that costs most."""
    unit = "milliseconds of database time" if limit == "work" else "bytes"
    where = ".".join(path)
    message = (
        f"The operation asks for too much: about {asked:,.0f} {unit}; at most {allowed:,.0f} are allowed. "
        f"The most expensive field is `{where}`: {share:,.0f}."
    )
    return operation_error(
        message,
        "QUERY_TOO_COMPLEX",
        limit=limit,
        asked=round(asked),
        allowed=round(allowed),
        heaviest={"path": list(path), "weighs": round(share)},
    )
