"""Days as written in the remarks: "March 8–16", "September 30–October 7", "Dec. 13", "October 20, 1913"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.)"
)
# the typist wrote a small L for the digit 1
_DAY_YEAR = r"[0-9l]{1,2}(?!\d)(?:, \d{4})?"
DAYS = rf"{MONTH} ?{_DAY_YEAR}(?: ?[–-] ?(?:{MONTH} )?{_DAY_YEAR})?"
"""Pattern of a day or a run of days."""

_RUN = re.compile(
    rf"(?P<month>{MONTH}) ?(?P<day>[0-9l]{{1,2}})(?!\d)(?:, (?P<year>\d{{4}}))?"
    rf"(?: ?[–-] ?(?:(?P<month2>{MONTH}) )?(?P<day2>[0-9l]{{1,2}})(?!\d)(?:, (?P<year2>\d{{4}}))?)?"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One day (`first` is `last`) or a run of days, and its position in the text."""

    first: date
    last: date
    start: int
    end: int

    @property
    def is_day(self) -> bool:
        """Whether the run is a single day."""
        return self.first == self.last

    @property
    def edtf(self) -> str:
        """The day, or the interval from the first to the last day."""
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


def find_runs(text: str, near: date) -> Iterator[Run]:
    """Yield all days and runs of days in a text; a missing year is the one that brings the day nearest to `near`.

    Days that do not exist in the calendar ("June 31") are left out.
    """
    for match in _RUN.finditer(text):
        try:
            yield _to_run(match, near)
        except ValueError:
            continue


def span(first: date, last: date) -> str:
    """Return a day, or the interval between two days."""
    return str(first) if first == last else f"{first}/{last}"


def within(first: date, last: date) -> str:
    """Return some day from the first to the last, as EDTF."""
    return str(first) if first == last else f"[{first}..{last}]"


def _to_run(match: re.Match[str], near: date) -> Run:
    month, day = _month(match["month"]), _number(match["day"])
    first = _nearest(month, day, near, match["year"] or (match["year2"] if not match["month2"] else None))
    if not match["day2"]:
        return Run(first, first, *match.span())
    last = _nearest(_month(match["month2"] or match["month"]), _number(match["day2"]), first, match["year2"])
    return Run(first, last, *match.span())


def _nearest(month: int, day: int, near: date, year: str | None) -> date:
    if year:
        return date(int(year), month, day)
    years = [near.year + n for n in (-1, 0, 1) if day <= monthrange(near.year + n, month)[1]]
    if not years:
        raise ValueError("no such day")
    return min((date(one, month, day) for one in years), key=lambda one: abs(one - near))


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _number(digits: str) -> int:
    return int(digits.replace("l", "1"))
