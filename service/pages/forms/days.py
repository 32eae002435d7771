"""Dates of an answer in the form needed by calendars and vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

Day = Mapping[str, Any]


def date_of(meeting: Mapping[str, Any]) -> Day | None:
    """Return the date, else the planned date; None if neither is reported."""
    day: Day | None = meeting["date"] or meeting["plannedDate"]
    return day


def bounds(day: Day | None) -> tuple[date, date] | None:
    """Return the first and last possible day; None if one of them is open or unknown."""
    if day is None or day["earliest"] is None or day["latest"] is None:
        return None
    return date.fromisoformat(day["earliest"]), date.fromisoformat(day["latest"])


def is_certain(day: Day) -> bool:
    """Whether it is a single day, or every day of a range, and no source doubts it."""
    if day["isApproximate"] or day["isUncertain"]:
        return False
    return bool(day["earliest"] == day["latest"] or day["edtf"] == f"{day['earliest']}/{day['latest']}")
