"""Periods for counting, and the parameters that filter a list to the entries counted in one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from service.pages.view import View

MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
"""Length of each period in months."""
WITHIN = "WITHIN"
"""Entries are counted in a period if they lie entirely within it."""


def last_day(unit: str, first: date) -> date:
    """Return the last day of the period that starts on a day."""
    month = first.month + MONTHS[unit] - 1
    return date(first.year, month, monthrange(first.year, month)[1])


def period_parameters(view: View, first: date, last: date) -> Mapping[str, str] | None:
    """Return the days of a period within the view; None if no parameters match exactly what is counted there.

    That is the case if the view includes all that may fall within some days, and these start or end within the period.
    """
    start, end = view.variables.get("from"), view.variables.get("to")
    days = max(start or "", first.isoformat()), min(end or "~", last.isoformat())
    if days != (first.isoformat(), last.isoformat()) and view.value_of("dateMatch") != WITHIN:
        return None
    return {"from": days[0], "to": days[1], "date_match": WITHIN}
