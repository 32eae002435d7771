"""The tone of events: how many there are, and how their PLOVER scores add up. Figures can be traced to events."""

from typing import Any

import strawberry

from schema.periods import first_day
from schema.scalars import Date
from service.planner.fields import column, sql
from service.planner.rows import Relation, Row, Rows
from service.sql import Expression, and_, func, select, sql_literal, text_literal

COOPERATION = ("VERBAL_COOPERATION", "MATERIAL_COOPERATION")
CONFLICT = ("VERBAL_CONFLICT", "MATERIAL_CONFLICT")


@strawberry.type(
    description="Counted over events: each event once, however many sources tell it; only modality ACTUAL, and only "
    "what a source tells that is not withdrawn."
)
class Tone:
    events: int = column("How many events.")
    cooperation: int = column("How many of them are cooperation, by quad class.")
    conflict: int = column("How many of them are conflict, by quad class.")
    sum: float = column("Sum of their scores.")
    mean: float | None = column("Mean of their scores; null where there are none.")


@strawberry.type(description="The tone of one period.")
class TonePeriod:
    from_: Date = strawberry.field(name="from", description="First day.")
    to: Date = column("Last day.")
    tone: Tone = sql(lambda row: row, "The tone of the events that lie in it.")


def _is_counted(row: Row) -> Expression:
    """Whether an event counts: it happened, and a source that is not withdrawn says so."""
    return and_(row.modality == text_literal("ACTUAL"), ~row.is_withdrawn)


def tone_columns(row: Row) -> list[Any]:
    """The figures of events, as aggregates."""
    actual = _is_counted(row)
    return [
        func.count().filter(actual).label("events"),
        func.count().filter(actual & row.quad_class.in_(COOPERATION)).label("cooperation"),
        func.count().filter(actual & row.quad_class.in_(CONFLICT)).label("conflict"),
        func.coalesce(func.sum(row.score).filter(actual), sql_literal("0")).label("sum"),
        func.avg(row.score).filter(actual).label("mean"),
    ]


def tone_over_time(events: Rows, unit: str) -> Rows:
    """The tone of each period, also of those between two; an event counts in the one that its whole date lies in."""
    row = events.row
    start, columns = first_day(unit, row.first_on, row.last_on), tone_columns(row)
    conditions = [*events.all_conditions(), start.is_not_null(), _is_counted(row)]
    after = func.lead(start).over(start)
    counted = select(start.label("start"), after.label("next"), *columns).select_from(row.source())
    periods = counted.where(*conditions).group_by(start).subquery(next(row.aliases))
    step = f"interval '{STEPS[unit]}'"
    alias = next(row.aliases)
    until = f"coalesce({periods.name}.next - {step}, {periods.name}.start)"
    each = sql_literal(f"generate_series({periods.name}.start, {until}, {step})").label("day")
    series = select(each).subquery(alias)
    listed = select(
        sql_literal(f"{alias}.day::date").label("from_"),
        sql_literal(f"({alias}.day + {step} - interval '1 day')::date").label("to"),
        *(_figure_on_start(periods.name, alias, name, "0") for name in ("events", "cooperation", "conflict", "sum")),
        _figure_on_start(periods.name, alias, "mean", "NULL"),
    ).select_from(f"{periods} JOIN LATERAL {series} ON true")
    rows = row.find(Relation(listed.subquery()))
    return rows.order_by(rows.row.from_)


def _figure_on_start(periods: str, series: str, name: str, empty: str) -> Any:
    """A figure of the period that begins on the day; a period without events has none."""
    figure = f"CASE WHEN {series}.day = {periods}.start THEN {periods}.{name} ELSE {empty} END"
    return sql_literal(figure).label(name)


STEPS = {"MONTH": "1 month", "QUARTER": "3 months", "YEAR": "1 year"}


def tone(events: Rows) -> Rows:
    """The tone of all these events."""
    columns, conditions = tone_columns(events.row), events.all_conditions()
    summed = select(*columns).select_from(events.row.source()).where(*conditions)
    return events.row.find(Relation(summed.subquery()))
