"""Periods in which is counted, and by which parameters an address is narrowed to what is counted in one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from service.pages.view import View

MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
"""How many months a period has."""
WITHIN = "WITHIN"
"""What lies in a period wholly is counted in it."""


def last_day(unit: str, first: date) -> date:
    """The last day of the period that begins on a day."""
    month = first.month + MONTHS[unit] - 1
    return date(first.year, month, monthrange(first.year, month)[1])


def period_parameters(view: View, first: date, last: date) -> Mapping[str, str] | None:
    """The days of a period, as far as the view is of them; None where no parameters ask for just what is counted there.

    That is where the view is of all that may lie in some days, and these begin or end within the period.
    """
    start, end = view.variables.get("from"), view.variables.get("to")
    days = max(start or "", first.isoformat()), min(end or "~", last.isoformat())
    if days != (first.isoformat(), last.isoformat()) and view.value_of("dateMatch") != WITHIN:
        return None
    return {"from": days[0], "to": days[1], "date_match": WITHIN}
