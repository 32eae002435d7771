"""Suggestions: entries that a user who is typing a name may mean."""

from typing import Any

import strawberry

from schema.entries import Entry
from schema.scalars import Date
from schema.sql.relations import FOREVER, REFERENCE
from service.planner.fields import column, sql
from service.planner.relations import Relation, Row, Rows
from service.sql import func, select, sql_literal
from service.store.enums import SearchKind
from service.store.kinds import typenames_where

DEFAULT_SUGGESTIONS, MAX_SUGGESTIONS = 10, 20
KINDS = ("Person", "Organisation", "Country", "Place", *typenames_where(lambda kind: kind.is_named))
"""Types that have names."""


def suggest(
    row: Row,
    text: str,
    kind: list[SearchKind] | None = strawberry.UNSET,
    first: int | None = DEFAULT_SUGGESTIONS,
    as_of: Date | None = strawberry.UNSET,
) -> Rows:
    """Entries with a name that begins with the text, the best known first."""
    count = DEFAULT_SUGGESTIONS if first is None else first
    kinds: Any = sql_literal(f"'{{{','.join(KINDS)}}}'::text[]") if kind is strawberry.UNSET else kind
    day = FOREVER if row.as_of is None else row.as_of
    types = {"place": "bigint", "typename": "text", "slug": "text", "name": "text"}
    columns = [sql_literal(name, type_).label(name) for name, type_ in types.items()]
    suggestions = select(*columns).select_from(f"suggestions({text}, {kinds}, {day}, {count})")
    rows = row.find(Relation(suggestions.subquery()))
    return rows.order_by(rows.row.place)


def _entry(row: Row) -> Rows:
    return row.find(REFERENCE).with_computed(typename=row.typename, slug=row.slug)


@strawberry.type(description="An entry that a user who is typing a name may mean.")
class Suggestion:
    name: str = column("Name that begins with the text, spelt in the letters being typed if there is such a spelling.")
    kind: SearchKind = sql(lambda row: func.upper(row.typename), "Kind of the entry.")
    entry: Entry = sql(_entry, "The entry itself.")
