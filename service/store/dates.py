"""EDTF dates as the register limits them: their bounds, and which date narrows which. Display is elsewhere."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

LONGEST = 64
SINGLE_DATE = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")


class InvalidDate(ValueError):
    """Not a date in the register's notation: 2019, 2019-04, 2019-04-25, a/b, a/.., [a,b], [a..b] or {a,b}."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or InvalidDate.__doc__)


@dataclass(frozen=True, slots=True)
class Edtf:
    """An EDTF string with its first and last possible day (None if open or unknown).

    precision: DAY, MONTH, YEAR, INTERVAL, SET or OPEN; extent: THROUGHOUT or SOMETIME.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: str
    extent: str
    is_approximate: bool
    is_uncertain: bool


class Day(NamedTuple):
    """A day, month or year with its mark, which is `~`, `?`, `%` or empty; unused `day` and `month` are 0."""

    year: int
    month: int
    day: int
    mark: str
    earliest: date
    latest: date


class Range(NamedTuple):
    """A range from one date to another, or a single date as both ends; None is an open or unknown end."""

    first: Day | None
    last: Day | None
    is_unknown: bool = False

    def days(self) -> tuple[date, date]:
        """Return its first and last possible day; an open end is the end of the calendar."""
        return (
            self.first.earliest if self.first else date.min,
            self.last.latest if self.last else date.max,
        )


class Shape(NamedTuple):
    """Structure of a date. kind: DAY, MONTH, YEAR, SPAN, ONE_OF or ALL_OF; ranges: in order of time, each once."""

    kind: str
    ranges: tuple[Range, ...]

    def marks(self) -> str:
        """Return the marks of all its dates as one string."""
        return "".join(day.mark for span in self.ranges for day in (span.first, span.last) if day)


@lru_cache(maxsize=8_192)
def parse(text: str) -> Edtf:
    """Parse an EDTF string. Raises InvalidDate and nothing else."""
    shape = parse_shape(text)
    days = [span.days() for span in shape.ranges]
    earliest, latest = min(first for first, _ in days), max(last for _, last in days)
    marks = shape.marks()
    return Edtf(
        text=text,
        earliest=None if any(span.first is None for span in shape.ranges) else earliest,
        latest=None if any(span.last is None for span in shape.ranges) else latest,
        precision=_precision(shape),
        extent="THROUGHOUT" if shape.kind in ("SPAN", "ALL_OF") else "SOMETIME",
        is_approximate="~" in marks or "%" in marks,
        is_uncertain="?" in marks or "%" in marks,
    )


def can_be_narrowed(outer: Edtf) -> bool:
    """Return whether the date is a month, a year or a `[..]`, so that other dates can be part of it."""
    return outer.precision in ("MONTH", "YEAR") or outer.text.startswith("[")


def narrows(inner: Edtf, outer: Edtf) -> bool:
    """Return whether `inner` is more exact: it has only days of a month, a year or a `[..]`, and not all of them."""
    if not can_be_narrowed(outer):
        return False
    within, around = _runs(parse_shape(inner.text)), _runs(parse_shape(outer.text))
    return within != around and all(any(a <= x and y <= b for a, b in around) for x, y in within)


def _precision(shape: Shape) -> str:
    if any(None in span for span in shape.ranges):
        return "OPEN"
    return {"SPAN": "INTERVAL", "ONE_OF": "SET", "ALL_OF": "SET"}.get(shape.kind, shape.kind)


def _runs(shape: Shape) -> list[tuple[int, int]]:
    """Return the days as ordinals, in runs without gaps."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted(span.days() for span in shape.ranges):
        start, end = first.toordinal(), last.toordinal()
        if runs and start <= runs[-1][1] + 1:
            start, end = runs[-1][0], max(runs.pop()[1], end)
        runs.append((start, end))
    return runs


@lru_cache(maxsize=8_192)
def parse_shape(text: str) -> Shape:
    """Return the kind of date that the string is, and the dates in it. Raises InvalidDate and nothing else."""
    if len(text) > LONGEST:
        raise InvalidDate(f"A date can have at most {LONGEST} characters.")
    if text[:1] + text[-1:] in ("[]", "{}"):
        return Shape("ONE_OF" if text[0] == "[" else "ALL_OF", _parse_elements(text[1:-1].split(",")))
    if "/" in text:
        return Shape("SPAN", (_parse_interval(text),))
    day = _parse_day(text)
    return Shape("DAY" if day.day else "MONTH" if day.month else "YEAR", (Range(day, day),))


def _parse_interval(text: str) -> Range:
    ends = text.split("/")
    if len(ends) != 2:
        raise InvalidDate
    first, last = (None if end in ("", "..") else _parse_day(end) for end in ends)
    return _require_order(Range(first, last, "" in ends))


def _parse_elements(texts: list[str]) -> tuple[Range, ...]:
    if len(texts) == 1 and ".." not in texts[0]:
        raise InvalidDate("A set must contain at least two dates.")
    elements = [_parse_element(text) for text in texts]
    if any(element.first is None for element in elements[1:]):
        raise InvalidDate("In a set, only the first date can be open at the start.")
    if any(element.last is None for element in elements[:-1]):
        raise InvalidDate("In a set, only the last date can be open at the end.")
    return tuple(sorted(dict.fromkeys(elements), key=Range.days))


def _parse_element(text: str) -> Range:
    if ".." not in text:
        day = _parse_day(text)
        return Range(day, day)
    ends = text.split("..")
    if len(ends) != 2:
        raise InvalidDate
    first, last = (_parse_day(end) if end else None for end in ends)
    if (first and first.mark) or (last and last.mark):
        raise InvalidDate("In a set, the ends of a range cannot have a qualifier (~, ? or %).")
    if first and last and len(ends[0]) != len(ends[1]):
        raise InvalidDate("In a set, both ends of a range must have the same precision: day, month or year.")
    return _require_order(Range(first, last))


def _require_order(span: Range) -> Range:
    """Return the range itself. Raises InvalidDate if neither end is a date or the range ends before it begins."""
    if span.first is None and span.last is None:
        raise InvalidDate("At least one end of a range must be a date.")
    first, last = span.days()
    if last < first:
        raise InvalidDate("The end is before the start.")
    return span


def _parse_day(text: str) -> Day:
    match = SINGLE_DATE.fullmatch(text)
    if match is None:
        raise InvalidDate
    plain = text.removesuffix(match[4])
    year, month, day = (None if part is None else int(part) for part in match.group(1, 2, 3))
    assert year is not None
    # 21 to 41 are seasons and quarters, which the register does not support
    if month is not None and not 1 <= month <= 12:
        raise InvalidDate(f"No such month: {plain}.")
    last_of_month = monthrange(year, month or 12)[1]
    if day is not None and not 1 <= day <= last_of_month:
        raise InvalidDate(f"No such day: {plain}.")
    earliest = date(year, month or 1, day or 1)
    latest = date(year, month or 12, day or last_of_month)
    return Day(year, month or 0, day or 0, match[4], earliest, latest)
