"""The tone of events: how many there are, and how their PLOVER scores add up. Figures can be traced to events."""

from typing import Any

import strawberry

from schema.scalars import Date
from schema.sql.periods import first_day
from service.planner.fields import column, sql
from service.planner.relations import Relation, Row, Rows
from service.sql import Expression, Select, Union, and_, func, int_literal, or_, select, sql_literal, text_literal

COOPERATION = ("VERBAL_COOPERATION", "MATERIAL_COOPERATION")
COUNTS = ("events", "cooperation", "conflict")
FIGURES = (*COUNTS, "sum", "mean")
CONFLICT = ("VERBAL_CONFLICT", "MATERIAL_CONFLICT")


@strawberry.type(
    description="Figures counted over events. Each event counts once, however many sources report it; only events with "
    "modality ACTUAL count, and only those reported by a source that is not withdrawn."
)
class Tone:
    events: int = column("Number of events.")
    cooperation: int = column("Number of these events that are cooperation, by quad class.")
    conflict: int = column("Number of these events that are conflict, by quad class.")
    sum: float = column("Sum of the scores.")
    mean: float | None = column("Mean of the scores; null if there are no events.")


@strawberry.type(description="Tone of one period.")
class TonePeriod:
    from_: Date = strawberry.field(name="from", description="First day.")
    to: Date = column("Last day.")
    tone: Tone = sql(lambda row: row, "Tone of the events in the period.")


def _is_counted(row: Row) -> Expression:
    """Whether an event counts: it happened, and a source that is not withdrawn says so."""
    return and_(row.modality == text_literal("ACTUAL"), ~row.is_withdrawn)


def tone_columns(row: Row) -> list[Any]:
    """Figures of events, as aggregates."""
    actual = _is_counted(row)
    return [
        func.count().filter(actual).label("events"),
        func.count().filter(actual & row.quad_class.in_(COOPERATION)).label("cooperation"),
        func.count().filter(actual & row.quad_class.in_(CONFLICT)).label("conflict"),
        func.coalesce(func.sum(row.score).filter(actual), sql_literal("0")).label("sum"),
        func.avg(row.score).filter(actual).label("mean"),
    ]


def tone_of_tally(row: Row) -> list[Any]:
    """The same from the tallies of a load: `row` stands for a number of events with the same score."""
    actual, count = _is_counted(row), row["count"]
    events = func.sum(count).filter(actual)
    score = sql_literal(f"({row.score} * {count})", "float8")
    return [
        *(
            func.coalesce(func.sum(count).filter(which), int_literal(0)).with_type("bigint").label(name)
            for name, which in (
                ("events", actual),
                ("cooperation", actual & row.quad_class.in_(COOPERATION)),
                ("conflict", actual & row.quad_class.in_(CONFLICT)),
            )
        ),
        func.coalesce(func.sum(score).filter(actual), sql_literal("0")).label("sum"),
        sql_literal(f"({func.sum(score).filter(actual)} / {events})", "float8").label("mean"),
    ]


def tone_of_pair(row: Row) -> list[Any]:
    """The same from what a load has counted for two parties."""
    counts = [func.coalesce(func.sum(row[name]), int_literal(0)).with_type("bigint").label(name) for name in COUNTS]
    score = func.sum(row.score).cast("float8")
    mean = sql_literal(f"({score} / sum({row.events}))", "float8")
    return [*counts, func.coalesce(score, int_literal(0)).label("sum"), mean.label("mean")]


def tone_over_time(tally: Rows, is_known: Expression, events: Rows, unit: str) -> Rows:
    """Tone of each period, including those without events in between; an event counts in the period that contains its
    whole date.

    `tally`: what a load has counted for the two who share the events, if it has.
    """
    row = events.row
    summed = _by_period(tally, unit, tone_of_pair(tally.row)).where(is_known)
    counted = _by_period(events, unit, tone_columns(row)).where(_is_counted(row), ~is_known)
    periods = Union(summed, counted).subquery(next(row.aliases))
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


def _by_period(rows: Rows, unit: str, figures: list[Any]) -> Select:
    """Figures of each period that has events, with the first days of that period and of the next."""
    start = first_day(unit, rows.row.first_on, rows.row.last_on)
    columns = start.label("start"), func.lead(start).over(start).label("next"), *figures
    return rows.query(*columns).where(start.is_not_null()).group_by(start)


def _figure_on_start(periods: str, series: str, name: str, empty: str) -> Any:
    """Figure of the period that begins on the day; a period without events has none."""
    figure = f"CASE WHEN {series}.day = {periods}.start THEN {periods}.{name} ELSE {empty} END"
    return sql_literal(figure).label(name)


STEPS = {"MONTH": "1 month", "QUARTER": "3 months", "YEAR": "1 year"}


def tone(events: Rows) -> Rows:
    """Tone of all these events."""
    known = events.tally.by({}, frozenset(), tone_of_tally) if events.tally else []
    return _tone_in_arms(events, known)


def tone_by_tally(tally: Rows, is_known: Expression, events: Rows) -> Rows:
    """Tone of all these events: the sum of what a load has counted for the two who share them, if it has."""
    return _tone_in_arms(events, [(is_known, tally.query(*tone_of_pair(tally.row)))])


def _tone_in_arms(events: Rows, known: list[tuple[Expression, Select]]) -> Rows:
    """Tone of events by whichever of these queries has a condition that holds, otherwise by each event."""
    counted = events.query(*tone_columns(events.row))
    if not known:
        return events.row.find(Relation(counted.subquery()))
    arms = []
    for holds, summed in (*known, (~or_(*(is_known for is_known, _ in known)), counted)):
        # outside the arms, as a sum of nothing is also a row
        figures = [sql_literal(name, summed.columns.get(name, "")).label(name) for name in FIGURES]
        arms.append(select(*figures).select_from(summed.subquery(next(events.row.aliases))).where(holds))
    return events.row.find(Relation(Union(*arms).subquery()))
