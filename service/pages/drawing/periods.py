"""By which parameters an address is narrowed to what is counted in a period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from service.pages.view import View

WITHIN = "WITHIN"
"""What lies in a period wholly is counted in it."""


def period_parameters(view: View, first: date, last: date) -> Mapping[str, str] | None:
    """The days of a period, as far as the view is of them; None where no parameters ask for just what is counted there.

    That is where the view is of all that may lie in some days, and these begin or end within the period.
    """
    start, end = view.variables.get("from"), view.variables.get("to")
    days = max(start or "", first.isoformat()), min(end or "~", last.isoformat())
    if days != (first.isoformat(), last.isoformat()) and view.value_of("dateMatch") != WITHIN:
        return None
    return {"from": days[0], "to": days[1], "date_match": WITHIN}
