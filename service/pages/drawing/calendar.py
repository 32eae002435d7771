"""Calendar of meetings: the meetings of a page by year and month, as far as their dates are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from service.pages.drawing.years import YearBars, draw_years
from service.pages.forms.days import bounds, date_of, is_certain
from service.pages.view import View

Meeting = Mapping[str, Any]


@dataclass(frozen=True)
class Day:
    """A meeting with its date or planned date. `is_sure`: whether that is one day, or every day of a range."""

    meeting: Meeting
    date: Mapping[str, Any] | None
    is_planned: bool
    is_sure: bool


@dataclass(frozen=True)
class Month:
    """Meetings that start in a month, or in month 0 if only the year is known."""

    number: int
    days: Sequence[Day]


@dataclass(frozen=True)
class Year:
    """`number`: the year; 0 for meetings without a single known year."""

    number: int
    months: Sequence[Month]


@dataclass(frozen=True)
class Calendar:
    """`years`: in the order of the list, meetings without a year last. `bars`: number of meetings per year."""

    years: Sequence[Year]
    bars: YearBars | None


def draw_calendar(view: View) -> Calendar:
    """Group the meetings of a view by year and month."""
    dated = [(_month_of(meeting), _day(meeting)) for meeting in view.root["nodes"]]
    # meetings without a year come last; all others stay in order
    dated.sort(key=lambda each: each[0] == (0, 0))
    years = [
        Year(number, [Month(month, [day for _, day in days]) for (_, month), days in groupby(group, _place)])
        for number, group in groupby(dated, lambda each: each[0][0])
    ]
    return Calendar(years, draw_years(view))


def _place(dated: tuple[tuple[int, int], Day]) -> tuple[int, int]:
    return dated[0]


def _month_of(meeting: Meeting) -> tuple[int, int]:
    """Return the known year and month of the start; 0 for unknown parts."""
    span = bounds(day := date_of(meeting))
    if day is None or span is None:
        return 0, 0
    first, last = span
    if is_certain(day) or (first.year, first.month) == (last.year, last.month):
        return first.year, first.month
    return (first.year, 0) if first.year == last.year else (0, 0)


def _day(meeting: Meeting) -> Day:
    date = date_of(meeting)
    return Day(meeting, date, meeting["date"] is None, date is not None and is_certain(date))
