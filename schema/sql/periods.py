"""Calendar periods: the month, quarter or year of a date, and its label."""

import orjson

from schema.sql.texts import Language, text_in
from service.sql import Expression, func, sql_literal, text_literal
from service.store.i18n.enum_labels import PERIODS


def first_day(unit: str, first: Expression, last: Expression) -> Expression:
    """Return the first day of the period that contains both days, else null."""
    one, other = (func.date_trunc(text_literal(unit.lower()), _finite(day)) for day in (first, last))
    return func.nullif(one, func.nullif(one, other)).cast("date")


def _finite(day: Expression) -> Expression:
    """Return the day as a timestamp; null for infinity."""
    return sql_literal(f"(CASE WHEN isfinite({day}) THEN {day}::timestamp END)")


def period_label(unit: str, day: Expression, language: Language) -> Expression:
    """Return the label of the period that begins on a day."""
    templates = text_literal(orjson.dumps(PERIODS[unit]).decode()).cast("jsonb")
    index = {"MONTH": f"extract(month FROM {day})::int - 1", "QUARTER": f"extract(quarter FROM {day})::int - 1"}
    template = text_in(templates.op("->")(sql_literal(f"({index.get(unit, '0')})")), language)
    return func.format(template, sql_literal(f"extract(year FROM {day})::int"))
