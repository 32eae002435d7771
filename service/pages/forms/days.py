"""Days of an answer as calendars and vocabularies take them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

Day = Mapping[str, Any]


def date_of(meeting: Mapping[str, Any]) -> Day | None:
    """When it took place, else when it is planned; None where nothing is told."""
    day: Day | None = meeting["date"] or meeting["plannedDate"]
    return day


def bounds(day: Day | None) -> tuple[date, date] | None:
    """The first and the last day that it can mean; None where an end is open or nothing is told."""
    if day is None or day["earliest"] is None or day["latest"] is None:
        return None
    return date.fromisoformat(day["earliest"]), date.fromisoformat(day["latest"])


def is_certain(day: Day) -> bool:
    """Whether it is one day, or each from one day to another, and no source doubts it."""
    if day["isApproximate"] or day["isUncertain"]:
        return False
    return bool(day["earliest"] == day["latest"] or day["edtf"] == f"{day['earliest']}/{day['latest']}")
