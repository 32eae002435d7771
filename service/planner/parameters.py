"""What an argument becomes in a statement: its SQL type, how a value is checked and converted, what its slugs name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from math import isfinite
from typing import TYPE_CHECKING, Any

from graphql import Undefined

from service.errors import BadInput
from service.language.errors import ArgumentLocation
from service.language.printing import print_value
from service.planner.ids import decode as decode_id

if TYPE_CHECKING:
    from service.planner.slugs import Entries

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,7}", re.ASCII)
"""BCP 47 also allows longer first subtags, but none is registered: what has one is the name of a language (German)."""
MAX_VALUES = 1_000
DEFAULT_SIZE = 20
"""Entries on a page if a request does not say how many."""
MAX_SIZE = 100
"""Most entries on a page."""


def to_day(value: Any, at: ArgumentLocation) -> str:
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise at.refuse("INVALID_DATE", f"{print_value(value)} is not a date: write it like 2019-02-28.")


def to_tag(value: Any, at: ArgumentLocation) -> str:
    """Return a BCP 47 tag in lower case, as in the keys of the register's texts."""
    if isinstance(value, str) and TAG.fullmatch(value):
        return value.lower()
    raise at.refuse(
        "INVALID_LANGUAGE", f"{print_value(value)} is not a language tag: write it like de or ko-Kore (BCP 47)."
    )


def to_text(value: Any, at: ArgumentLocation) -> str:
    text = str(value.value if isinstance(value, Enum) else value)
    if "\0" in text:
        raise at.refuse("INVALID_TEXT", "A text cannot contain the character U+0000.")
    return text


def to_float(value: Any, at: ArgumentLocation) -> float:
    if value is Undefined or not isfinite(value):
        raise at.refuse("OUT_OF_RANGE", f"`{at.name}` is a number that does not fit into a Float.")
    return float(value)


def to_typename(value: Any, at: ArgumentLocation) -> str:
    return str(value.value).capitalize()


def to_reference(value: Any, at: ArgumentLocation) -> str:
    """Return what an id names, as type:slug@day; an empty string for anything that is not an id."""
    return decode_id(str(value)) or ""


def _count_given(values: list[Any]) -> str:
    return "1 is given" if len(values) == 1 else f"{len(values)} are given"


@dataclass(frozen=True)
class Parameter:
    """How a value is bound. `convert` raises BadInput; a list has `minimum` to `maximum` values, each converted.

    `entries`: the entries that its texts name by slug. `price`: microseconds of PostgreSQL for each of the `units` of a
    converted value, for every row that the argument applies to.
    """

    sql_type: str = "text"
    convert: Callable[[Any, ArgumentLocation], Any] = to_text
    minimum: int = 0
    maximum: int = MAX_VALUES
    entries: "Entries | None" = None
    price: float = 0.0
    units: Callable[[Any], int] = len

    def with_entries(self, entries: "Entries") -> "Parameter":
        return replace(self, entries=entries)

    def to_value(self, value: Any, at: ArgumentLocation) -> Any:
        if value is None:
            raise at.refuse_null()
        return self.convert(value, at)

    def to_list(self, values: Any, at: ArgumentLocation) -> list[Any]:
        if values is None:
            raise at.refuse_null()
        if not self.minimum <= len(values) <= self.maximum:
            wanted = f"exactly {self.maximum}" if self.minimum == self.maximum else f"at most {self.maximum}"
            raise at.refuse("WRONG_LENGTH", f"`{at.argument}` takes {wanted} values; {_count_given(values)}.")
        return [self.to_value(item, at) for item in values]


TEXT = Parameter()


@dataclass(frozen=True)
class Shape(Parameter):
    """Value that is not bound, as it shapes the statement: a number, or a list of a limited number of words.

    `below`, `above`: the reasons for refusing a number that is out of bounds. `default`: the number used if the
    argument is omitted, where a default in the schema would say that it has been given.
    """

    below: str = "OUT_OF_RANGE"
    above: str = "OUT_OF_RANGE"
    default: int | None = None

    def fit(self, value: Any, at: ArgumentLocation, refuse: Callable[[BadInput], None]) -> Any:
        """Return the value, or for a refused value one that can be composed, so that other errors can be reported as
        well.
        """
        if not isinstance(value, list):
            if not self.minimum <= value <= self.maximum:
                reason = self.below if value < self.minimum else self.above
                refuse(at.refuse(reason, f"`{at.name}` is {value}: it must be {self.minimum} to {self.maximum}."))
            return min(max(value, self.minimum), self.maximum)
        if None in value:
            refuse(at.refuse_null())
        elif not self.minimum <= len(value) <= self.maximum:
            bounds = f"{self.minimum} to {self.maximum} values"
            refuse(at.refuse("WRONG_LENGTH", f"`{at.name}` takes {bounds}; {_count_given(value)}."))
        return [each for each in value if each is not None][: self.maximum]


TERMS = Shape(maximum=MAX_VALUES)
"""Terms of a vocabulary: as literals in the statement, they let PostgreSQL plan by how many rows have each."""


def page_size(rows: int, default: int | None = None) -> Shape:
    """Return the shape of an argument for the number of rows requested."""
    return Shape(maximum=rows, below="PAGE_SIZE_NEGATIVE", above="PAGE_TOO_LARGE", default=default)


FIRST, LAST = page_size(MAX_SIZE, DEFAULT_SIZE), page_size(MAX_SIZE)
"""Number of entries on a page of a connection, counted from its start or from its end."""


BY_TYPE: dict[str, Parameter] = {
    "Date": Parameter("date", to_day),
    "ID": Parameter("text", to_reference),
    "LanguageTag": Parameter("text", to_tag),
    "Float": Parameter("float8", to_float),
    "FactKind": Parameter("text", to_typename),
    "SearchKind": Parameter("text", to_typename),
    "EntryKind": Parameter("text", to_typename),
}
"""Parameters by GraphQL type name; a type that is not listed here, and not declared otherwise, is a text."""
