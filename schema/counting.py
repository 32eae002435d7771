"""Counting: how many entries of a list have each combination of values, and how the tone of events adds up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import strawberry

from schema.entries import Entry
from schema.scalars import ENGLISH, LanguageTag
from schema.sql.groupings import Grouping
from schema.tone import tone_columns, tone_of_tally
from service.planner.cost import Price
from service.planner.fields import column, sql
from service.planner.parameters import Shape, page_size
from service.planner.relations import Relation, Row, Rows
from service.sql import NULL, Expression, Select, Table, Union, array, case, func, int_literal, or_, select, sql_literal
from service.store.enums import require_each

USUAL_COUNTS = 20
"""Usual number of counts in a list."""
NO_TYPE = ("",)


@dataclass(frozen=True)
class CountRelation(Relation):
    """Rows of counts: `k0`, `k1` ... hold the values of the groupings, and `count` their number. `most`: how many rows
    are requested.
    """

    groupings: tuple[Grouping, ...] = ()
    most: int = 0


def count_rows(
    rows: Rows, by: list[Any], first: int | None, groupings: Mapping[Any, Grouping], *, toned: bool = False
) -> Rows:
    """Counts of a list, most frequent first, then by key."""
    first = 100 if first is None else first
    selected = tuple(groupings[each] for each in by)
    top = _top(rows.row, _counts_by_value(rows, selected, first, toned), selected, first)
    counted = rows.row.find(CountRelation(top, groupings=selected, most=first))
    counted.price = Price(1_000.0, 0.4 + 3.0 * toned + sum(grouping.price for grouping in selected))
    return counted.order_by(counted.row.place)


def _counts_by_value(rows: Rows, groupings: tuple[Grouping, ...], first: int, toned: bool) -> Table:
    """Counts by the raw values; a row with several values of one grouping counts once under each."""
    columns, several = [], []
    for index, grouping in enumerate(groupings):
        value = grouping.value(rows.row)
        if isinstance(value, Rows):
            several.append(_distinct_values(value, next(rows.row.aliases)))
            value = sql_literal(f"{several[-1].name}.value", several[-1].columns["value"])
        columns.append(value.label(f"k{index}"))
    tone = tone_columns(rows.row) if toned else []
    source: Any = rows.row.source()
    for values in several:
        source += f" LEFT JOIN LATERAL {values} ON true"
    counted = select(*columns, func.count().label("count"), *tone).select_from(source).where(*rows.conditions)
    counted.group_by(*(int_literal(index + 1) for index in range(len(columns))))
    known = _known_counts(rows, groupings, toned)
    if not known:
        return counted.subquery(next(rows.row.aliases))
    # all arms but one return nothing
    is_counted = ~or_(*(is_known for is_known, _ in known))
    # each arm returns its first rows, since an index of a tally holds them in order
    arms = [_first(summed.where(is_known), first) for is_known, summed in known]
    return Union(*arms, counted.where(is_counted)).subquery(next(rows.row.aliases))


def _first(counts: Select, first: int) -> Select:
    """The most frequent counts, including those equal to the last."""
    return counts.order_by(sql_literal("count").desc()).limit(first, with_ties=True)


def _known_counts(rows: Rows, groupings: tuple[Grouping, ...], toned: bool) -> list[tuple[Expression, Select]]:
    """Counts that a load has already made for this request, each with the condition under which they exist; empty if no
    tally covers everything that is requested.
    """
    if rows.tally is None:
        return []
    values = {f"k{index}": grouping.value_in_tally for index, grouping in enumerate(groupings)}
    names = frozenset(grouping.tallied for grouping in groupings)
    return rows.tally.by(values, names, tone_of_tally) if toned else rows.tally.by(values, names)


def _distinct_values(rows: Rows, alias: str) -> Any:
    (value,) = rows.computed_columns
    return rows.query(value.distinct().label("value")).subquery(alias)


def _top(row: Row, grouped: Table, groupings: tuple[Grouping, ...], first: int) -> Table:
    """The first counts, each with its position. They are found by count before any of them is named, so only ties are
    read in excess.
    """
    most = _first(select(sql_literal("*")).select_from(grouped), first)
    found = Table(f"({most.sql})", grouped.columns, next(row.aliases))
    columns = {name: sql_literal(f"{found.name}.{name}", type_) for name, type_ in found.columns.items()}
    names = [grouping.name(row, columns[f"k{index}"]) for index, grouping in enumerate(groupings)]
    order = [columns["count"].desc(), *(name.asc() for name in names)]
    place_ = func.row_number().over(*order).label("place")
    labelled = [column_.label(name) for name, column_ in columns.items()]
    counts = select(*labelled, place_).select_from(found).order_by(*order).limit(first)
    return counts.subquery(next(row.aliases))


def _each(row: Row, write: Callable[[Grouping, Expression], Expression]) -> Expression:
    """One text for each grouping of a count."""
    counted: Any = row.relation
    return array([write(grouping, row[f"k{index}"]) for index, grouping in enumerate(counted.groupings)], "text")


def _keys(row: Row) -> Expression:
    return _each(row, lambda grouping, value: grouping.name(row, value))


def _labels(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
    return _each(row, lambda grouping, value: case((value.is_not_null(), grouping.label(row, value, language))))


def _entries(row: Row) -> Rows:
    """One entry for each grouping of a count; null if the key names no entry."""
    counted: Any = row.relation
    typenames = _each(row, lambda grouping, key: grouping.typename(row, key) if grouping.typename else NULL)
    columns: list[Any] = [sql_literal(name).label(name) for name in ("typename", "slug", "place")]
    named = f"unnest({typenames}, {_keys(row)}) WITH ORDINALITY AS named(typename, slug, place) OFFSET 0"
    possible = tuple(dict.fromkeys(chain.from_iterable(grouping.typenames for grouping in counted.groupings)))
    table = select(*columns).select_from(named).subquery()
    entries = row.find(Relation(table, is_reference=True, typenames=possible or NO_TYPE))
    # an entry leads to much more than a count does, so the price covers as many entries as there may be
    entries.typical_count = len(counted.groupings) * max(1.0, counted.most / USUAL_COUNTS)
    return entries.order_by(entries.row.place)


KEYS = (
    "One key for each grouping: an enum value, a slug, or the first day of a period. Null if the fact has no value or "
    "its date spans more than one period."
)
LABELS = "Keys as a reader would write them."
ENTRIES = "Entries identified by the keys, with all their fields; null for a key that is not the slug of an entry."


@strawberry.type(description="Number of entries with one combination of values, in the order of `by`.")
class Count:
    keys: list[str | None] = sql(_keys, KEYS)
    labels: list[str | None] = sql(_labels, LABELS)
    entries: list[Entry | None] = sql(_entries, ENTRIES)
    count: int = column("Number of entries.")


COUNTS = (
    "Number of entries by up to three of their properties, most frequent first. An entry with several values of a "
    "property counts once under each. Returns at most 1000 rows."
)


def counts_by(groupings: Mapping[Any, Grouping], *, toned: bool = False) -> Any:
    """The field `counts` of a connection: the values of an enum by which its rows can be counted, each with its
    grouping.

    `toned`: with the tone of events. Raises VocabularyIncomplete unless every value of the enum has its grouping.
    """
    vocabulary = type(next(iter(groupings)))
    require_each(groupings, f"the counts of schema/ by {vocabulary.__name__}", vocabulary)

    def counts(rows: Rows, by: list[Any], first: int | None = 100) -> Rows:
        return count_rows(rows, by, first, groupings, toned=toned)

    parameters = {"by": Shape(minimum=1, maximum=3), "first": page_size(1_000)}
    return sql(
        counts, COUNTS, parameters=parameters, annotations={"by": list.__class_getitem__(vocabulary)}, rows=USUAL_COUNTS
    )
