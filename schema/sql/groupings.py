"""What a list can be counted by: each grouping is a value, or several values, of its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from schema.sql.periods import first_day, period_label
from schema.sql.relations import ACTOR, CLAIM, PLACE, PRESENCE, SOURCE
from schema.sql.texts import Language, text_in
from service.planner.relations import NoSuchColumn, Relation, Row, Rows
from service.sql import Expression, sql_literal, text_literal
from service.store.enums import Vocabulary
from service.store.i18n.enum_labels import ENUM_LABELS

SOURCE_OF_CLAIM = SOURCE.via(CLAIM.table, "source_id")


@dataclass(frozen=True)
class Grouping:
    """What the rows of a list are counted by.

    `value`: the SQL under which a row is counted, or Rows with one computed column, where the row counts once for each
    distinct value. `name`: the key of such a value, as a text. `label`: its label for readers in a language.
    `typename`: the type of the entry whose slug the key is; None if the keys are no slugs. `typenames`: all types that
    the entries may have.
    """

    value: Callable[[Row], Expression | Rows]
    name: Callable[[Row, Expression], Expression]
    label: Callable[[Row, Expression, Language], Expression]
    price: float = 0.9
    """Microseconds of PostgreSQL for each row that is counted."""
    typename: Callable[[Row, Expression], Expression] | None = None
    typenames: tuple[str, ...] = ()
    tallied: str = ""
    """The column of a tally that holds the value, or each of several values; empty: it is computed as for a row."""

    def value_in_tally(self, row: Row) -> Expression:
        """Return the value of a row of a tally. Raises NoSuchColumn if it has none, or may have several."""
        value = row[self.tallied] if self.tallied else self.value(row)
        if isinstance(value, Rows):
            raise NoSuchColumn(f"{self} may have several values, which no row of a tally has")
        return value


Value = str | Callable[[Row], Any]
"""The name of a column, or a function that returns a value or values of a row."""


def _value(value: Value) -> Callable[[Row], Any]:
    return value if callable(value) else lambda row: row[value]


def text(value: Value) -> Grouping:
    """Return a grouping by a text that is its own label."""
    return Grouping(_value(value), lambda row, key: key, lambda row, key, language: key)


def term(vocabulary: str, value: Value) -> Grouping:
    """Return a grouping by a term of a vocabulary, whose name in ENUM_LABELS is given."""
    words = text_literal(orjson.dumps(ENUM_LABELS[vocabulary]).decode()).cast("jsonb")

    def label(row: Row, key: Expression, language: Language) -> Expression:
        return text_in(words.op("->")(key), language, key)

    return Grouping(_value(value), lambda row, key: key, label)


def actor(value: Value, price: float = 8.0, tallied: str = "") -> Grouping:
    return _entry(value, ACTOR, price, ("Person", "Organisation", "Country"), tallied)


def state(value: Value, tallied: str = "") -> Grouping:
    return _entry(value, ACTOR, 8.0, ("Country",), tallied)


def place(value: Value, tallied: str = "") -> Grouping:
    return _entry(value, PLACE, 8.0, ("Place",), tallied)


def source(slug: Value) -> Grouping:
    def label(row: Row, key: Expression, language: Language) -> Expression:
        return text_in(row.find(SOURCE, lambda entry: entry.slug == key).value("labels"), language, key)

    return replace(text(slug), label=label, typename=lambda row, key: text_literal("Source"), typenames=("Source",))


def _entry(value: Value, relation: Relation, price: float, typenames: tuple[str, ...], tallied: str) -> Grouping:
    """Return a grouping by the entry of a key, labelled as in its table."""

    def entries(row: Row, key: Expression) -> Rows:
        return row.find(Relation(relation.table), lambda entry: entry.id == key)

    def label(row: Row, key: Expression, language: Language) -> Expression:
        return text_in(entries(row, key).value("names"), language, entries(row, key).value("name"))

    def typename(row: Row, key: Expression) -> Expression:
        return text_literal(typenames[0]) if len(typenames) == 1 else entries(row, key).value("typename")

    def slug(row: Row, key: Expression) -> Expression:
        return entries(row, key).value("slug")

    return Grouping(_value(value), slug, label, price, typename, typenames, tallied)


def involved_actor(*roles: str, tallied: str = "") -> Grouping:
    """Return a grouping by each actor of a fact, in one of these roles; in any role if none is given."""

    def actors(row: Row) -> Rows:
        present = row.find(PRESENCE, lambda presence: presence.snapshot_id == row.join_key)
        if roles:
            present.where(present.row.roles.op("&&")(sql_literal(f"'{{{','.join(roles)}}}'::text[]")))
        return present.with_computed(value=present.row.actor_id)

    return actor(actors, price=6.5, tallied=tallied)


def outlet() -> Grouping:
    """Return a grouping by each outlet that reports a fact."""

    def outlets(row: Row) -> Rows:
        sources = row.find(SOURCE_OF_CLAIM, lambda claim: claim.fact_id == row.fact_id)
        return sources.with_computed(value=sources.row.outlet_id)

    return actor(outlets, price=8.5, tallied="outlet")


def period(unit: str, first: str = "first_on", last: str = "last_on") -> Grouping:
    """Return a grouping by the period of a row's date; null if the row has no date, or it spans several periods."""

    def label(row: Row, key: Expression, language: Language) -> Expression:
        return period_label(unit, key, language)

    return Grouping(lambda row: first_day(unit, row[first], row[last]), lambda row, key: key.cast("text"), label)


def periods(vocabulary: type[Vocabulary], first: str = "first_on", last: str = "last_on") -> Mapping[Any, Grouping]:
    """Return the groupings by month, quarter and year, for a vocabulary that has all three."""
    return {vocabulary[unit]: period(unit, first, last) for unit in ("MONTH", "QUARTER", "YEAR")}
