"""Counting: how many of a list fall to each combination of values, and how an event's tone adds up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import strawberry

from schema.periods import begun, period_label
from schema.relations import ACTOR, PLACE
from schema.scalars import ENGLISH, LanguageTag
from schema.texts import Language, chosen
from schema.tone import tone_columns
from schema.words import WORDS
from service.planner.cost import Price
from service.planner.fields import column, sql
from service.planner.parameters import Shape, at_most
from service.planner.rows import Relation, Row, Rows
from service.sql import Expression, array, case, func, int_literal, select, sql_literal, text_literal


@dataclass(frozen=True)
class Grouping:
    """What a list is counted by: a value of a row, or one column of several rows, each counted once."""

    value: Callable[[Row], Expression | Rows]
    name: Callable[[Row, Expression], Expression]
    """The key, as a text, of a value."""
    label: Callable[[Row, Expression, Language], Expression]
    price: float = 0.9
    """Microseconds of PostgreSQL for each row that is counted."""


def term(vocabulary: str, value: Callable[[Row], Expression]) -> Grouping:
    """A word of a vocabulary."""
    return Grouping(value, lambda row, key: key, _worded(vocabulary))


def _worded(vocabulary: str) -> Callable[[Row, Expression, Language], Expression]:
    words = text_literal(orjson.dumps(WORDS[vocabulary]).decode()).cast("jsonb")

    def label(row: Row, value: Expression, language: Language) -> Expression:
        return chosen(words.op("->")(value), language, value)

    return label


def of_entry(value: Callable[[Row], Any], relation_: Relation) -> Grouping:
    """A key of an actor or a place."""

    def found(row: Row, key: Expression) -> Rows:
        return row.find(Relation(relation_.table), lambda entry: entry.id == key)

    def label(row: Row, key: Expression, language: Language) -> Expression:
        rows = found(row, key)
        return chosen(rows.value("names"), language, found(row, key).value("name"))

    return Grouping(value, lambda row, key: found(row, key).value("slug"), label, price=8.0)


def actor(value: Callable[[Row], Any]) -> Grouping:
    return of_entry(value, ACTOR)


def place(value: Callable[[Row], Any]) -> Grouping:
    return of_entry(value, PLACE)


def plain(value: Callable[[Row], Any]) -> Grouping:
    """A text that is its own label."""
    return Grouping(value, lambda row, key: key, lambda row, key, language: key)


def period(unit: str, first: str = "first_on", last: str = "last_on") -> Grouping:
    """The period that a row's date lies in; null where it has none, or spans more than one."""

    def value(row: Row) -> Expression:
        return begun(unit, row[first], row[last])

    def label(row: Row, key: Expression, language: Language) -> Expression:
        return period_label(unit, key, language)

    return Grouping(value, lambda row, key: key.cast("text"), label)


@dataclass(frozen=True)
class Counted(Relation):
    """Rows of counts: `k0`, `k1` ... by their groupings, and `count`."""

    groupings: tuple[Grouping, ...] = ()


def counts(
    rows: Rows, by: list[Any], first: int | None, groupings: Mapping[Any, Grouping], *, toned: bool = False
) -> Rows:
    """The counts of a list, most frequent first, then by key."""
    first = 100 if first is None else first
    chosen_ = tuple(groupings[each] for each in by)
    foremost = _foremost(rows.row, _grouped(rows, chosen_, toned), chosen_, first)
    found = rows.row.find(Counted(foremost, groupings=chosen_))
    found.price = Price(1_000.0, 0.4 + 3.0 * toned + sum(grouping.price for grouping in chosen_))
    return found.ordered(found.row.place)


def _grouped(rows: Rows, groupings: tuple[Grouping, ...], toned: bool) -> Any:
    """Counted by the raw values; a row with several values of one grouping counts once under each."""
    columns, several = [], []
    for index, grouping in enumerate(groupings):
        value = grouping.value(rows.row)
        if isinstance(value, Rows):
            several.append(_different(value, next(rows.row.names)))
            value = sql_literal(f"{several[-1].name}.value", several[-1].columns["value"])
        columns.append(value.label(f"k{index}"))
    tone = tone_columns(rows.row) if toned else []
    source: Any = rows.row.source()
    for values in several:
        source += f" LEFT JOIN LATERAL {values} ON true"
    counted = select(*columns, func.count().label("count"), *tone).select_from(source).where(*rows.conditions)
    return counted.group_by(*(int_literal(index + 1) for index in range(len(columns)))).subquery(next(rows.row.names))


def _different(rows: Rows, alias: str) -> Any:
    (value,) = rows.values
    return rows.query(value.distinct().label("value")).subquery(alias)


def _foremost(row: Row, grouped: Any, groupings: tuple[Grouping, ...], first: int) -> Any:
    columns = {name: sql_literal(f"{grouped.name}.{name}", type_) for name, type_ in grouped.columns.items()}
    names = [grouping.name(row, columns[f"k{index}"]) for index, grouping in enumerate(groupings)]
    order = [columns["count"].desc(), *(name.asc() for name in names)]
    place_ = func.row_number().over(*order).label("place")
    labelled = [column_.label(name) for name, column_ in columns.items()]
    found = select(*labelled, place_).select_from(grouped).order_by(*order).limit(first)
    return found.subquery(next(row.names))


def _each(row: Row, write: Callable[[Grouping, Expression], Expression]) -> Expression:
    """One text for each grouping of a count."""
    counted: Any = row.relation
    return array([write(grouping, row[f"k{index}"]) for index, grouping in enumerate(counted.groupings)], "text")


def _keys(row: Row) -> Expression:
    return _each(row, lambda grouping, value: grouping.name(row, value))


def _labels(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
    return _each(row, lambda grouping, value: case((value.is_not_null(), grouping.label(row, value, language))))


GROUPED = {"by": Shape(least=1, most=3), "first": at_most(1_000)}
KEYS = (
    "One a grouping: an enum value, a slug, or the first day of a period; null where the fact has none, or its date "
    "spans more than one period."
)
LABELS = "The keys as a reader would write them."
COUNTS = (
    "Counted by up to three of their properties, most frequent first; one that has several values counts once under "
    "each. At most 1000 rows."
)


@strawberry.type(description="How many fall to one combination of values, in the order of `by`.")
class Count:
    keys: list[str | None] = sql(_keys, KEYS)
    labels: list[str | None] = sql(_labels, LABELS)
    count: int = column("How many there are.")
