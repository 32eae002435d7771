"""What an operation costs: what the database does for it, and how long its answer is.

Each field has a price for every row that it stands under, in microseconds of PostgreSQL, and a usual length. Rows
multiply down the selection: a page counts its size, a plain list its usual size. What looks through a list has a
price for each of its rows too: as many as the owner who has most of them, since a client may ask for that one again
and again; but where no owner stands there twice, no more than all there are. Prices and numbers are fitted to
measurements (bench/COSTS.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf
from typing import NamedTuple

from service.language.errors import OperationError, Path, operation_error
from service.language.limits import Limits


class Price(NamedTuple):
    """Microseconds of PostgreSQL: `each_time` that it is computed, and for each `row` of the list that it looks at.

    `most`: how many rows a filter leaves at most, before anything else looks at them.
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
"""A list or a page, apart from its rows."""
COUNT = Price(15.0, 0.45)
"""A count of a list's rows."""
CURSOR = Price(5.0)
PAGE_INFO = Price(60.0)
"""Whether a list goes on, or where it begins or ends."""
BEYOND_CURSOR = Price(60.0, 0.8)
"""Whether something stands on the other side of a cursor: all rows there may be looked through."""
FILTER = Price(0.0, 0.8)
"""A condition on a column: where nothing fulfils it, all rows are looked through."""
SCHEMA_VALUE = Price(18.0)
"""A value of the schema itself, which graphql-core gives."""
VALUE_BYTES = 28
"""Usual length of a value as JSON; its key comes to it."""
CURSOR_BYTES = 110
LIST_ROWS = 4
"""Usual rows of a plain list that does not say how many it has."""


@dataclass(frozen=True)
class Cost:
    """`work`: milliseconds of PostgreSQL; `bytes`: length of the answer; and where most of each is spent."""

    work: float = 0.0
    bytes: int = 0
    heaviest: Path = ()
    heaviest_work: float = 0.0
    longest: Path = ()
    longest_bytes: int = 0

    def add(self, work: Mapping[Path, float]) -> "Cost":
        """With what the values of a request cost besides: microseconds by the path of the field that takes them."""
        path = max(work, key=work.__getitem__)
        share, total = work[path] / 1000, self.work + sum(work.values()) / 1000
        if share <= self.heaviest_work:
            return replace(self, work=total)
        return replace(self, work=total, heaviest=path, heaviest_work=share)

    def check(self, limits: Limits) -> None:
        """Raises OperationError where it is more than is allowed."""
        for name, (asked, allowed, path, share) in self._compare(limits).items():
            if asked > allowed:
                raise cost_error(name, asked, allowed, path, share)

    def report(self, limits: Limits) -> dict[str, object]:
        """What the operation costs beside what it may, and where most of each is spent, for who asks for it."""
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
    """Adds up what the fields of one operation cost, by their paths."""

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
    """Of an operation that costs more than is allowed; it names the field that costs most."""
    unit = "milliseconds of the database" if limit == "work" else "bytes"
    where = ".".join(path)
    message = (
        f"The operation asks for too much: about {asked:,.0f} {unit}, and {allowed:,.0f} are allowed. "
        f"The field that costs most is `{where}`: {share:,.0f}."
    )
    return operation_error(
        message,
        "QUERY_TOO_COMPLEX",
        limit=limit,
        asked=round(asked),
        allowed=round(allowed),
        heaviest={"path": list(path), "weighs": round(share)},
    )
