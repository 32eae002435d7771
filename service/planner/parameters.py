"""What an argument becomes in a statement: its SQL type, how a value is checked and converted, what its slugs name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from math import isfinite
from typing import TYPE_CHECKING, Any

from graphql import Undefined

from service.language.errors import At
from service.planner.ids import decode as decode_id
from service.store.search.query import MOST_CHARACTERS, MOST_WORDS, TooManyWords, parse_search
from service.store.search.suggestions import MOST_TYPED, typed_keys

if TYPE_CHECKING:
    from service.planner.slugs import Entries

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}", re.ASCII)
MOST_VALUES = 1_000


def to_day(value: Any, at: At) -> str:
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise at.refuse("INVALID_DATE", f"{value!r:.80} is not a date: write it as 2019-02-28.")


def to_tag(value: Any, at: At) -> str:
    """A BCP 47 tag in lower case, as the register keys its texts."""
    if isinstance(value, str) and TAG.fullmatch(value):
        return value.lower()
    raise at.refuse("INVALID_LANGUAGE", f"{value!r:.80} is not a language tag: write it as de or ko-Kore (BCP 47).")


def to_text(value: Any, at: At) -> str:
    text = str(value.value if isinstance(value, Enum) else value)
    if "\0" in text:
        raise at.refuse("INVALID_TEXT", "A text cannot hold the character U+0000.")
    return text


def to_float(value: Any, at: At) -> float:
    if value is Undefined or not isfinite(value):
        raise at.refuse("OUT_OF_RANGE", f"`{at.name}` is a number that a Float cannot hold.")
    return float(value)


def to_typename(value: Any, at: At) -> str:
    return str(value.value).capitalize()


def to_reference(value: Any, at: At) -> str:
    """What an id names, as type:slug@day; nothing for what is no id."""
    return decode_id(str(value)) or ""


def to_search_queries(value: Any, at: At) -> list[str]:
    """What a text looks for, as the queries of SearchQueries in their order."""
    try:
        return parse_search(to_text(value, at)).as_array()
    except TooManyWords:
        message = f"`{at.name}` takes at most {MOST_WORDS} words and {MOST_CHARACTERS} characters."
        raise at.refuse("TOO_MANY_WORDS", message) from None


def to_typed_keys(value: Any, at: At) -> list[str]:
    """What somebody has typed so far of a name, as the keys that names are suggested by."""
    text = to_text(value, at)
    if len(text) > MOST_TYPED:
        raise at.refuse("TOO_MANY_CHARACTERS", f"`{at.name}` takes at most {MOST_TYPED} characters.")
    return typed_keys(text)


@dataclass(frozen=True)
class Parameter:
    """How a value is bound. `convert` raises BadInput; a list has `least` to `most` values, each converted.

    `names`: the entries that its texts name by slug. `price`: microseconds of PostgreSQL for each of the `units` of a
    converted value, for every row that it stands under.
    """

    sql_type: str = "text"
    convert: Callable[[Any, At], Any] = to_text
    least: int = 0
    most: int = MOST_VALUES
    names: "Entries | None" = None
    price: float = 0.0
    units: Callable[[Any], int] = len

    def naming(self, entries: "Entries") -> "Parameter":
        return replace(self, names=entries)

    def to_value(self, value: Any, at: At) -> Any:
        if value is None:
            raise at.refuse_null()
        return self.convert(value, at)

    def to_list(self, values: Any, at: At) -> list[Any]:
        if values is None:
            raise at.refuse_null()
        if not self.least <= len(values) <= self.most:
            wanted = f"exactly {self.most}" if self.least == self.most else f"at most {self.most}"
            raise at.refuse("WRONG_LENGTH", f"`{at.argument}` takes {wanted} values; {len(values)} are given.")
        return [self.to_value(item, at) for item in values]


TEXT = Parameter()
SHAPES = Parameter()
"""Bound by nothing: its values shape the statement."""
ALL_TEXTS, ALTERNATIVE = 8_000, 400
"""As many lexemes cost as much as what is said not to be there, or a beginning of one letter, for which all texts are
read; and as each further word that may be there instead."""


def count_lexemes(queries: list[str]) -> int:
    """How many lexemes the queries look up."""
    is_wide = "!" in queries[0] or re.search(r"'.{0,2}':\*", queries[0]) is not None
    lexemes = sum(query.count("'") for query in queries) // 2
    return lexemes + ALTERNATIVE * queries[0].count(") | (") + ALL_TEXTS * is_wide


SEARCH = Parameter("tsquery[]", to_search_queries, price=50.0, units=count_lexemes)
"""What a text looks for, as several queries."""
TYPED = Parameter("text[]", to_typed_keys)
"""The beginning of a name."""
BY_TYPE: dict[str, Parameter] = {
    "Date": Parameter("date", to_day),
    "ID": Parameter("text", to_reference),
    "LanguageTag": Parameter("text", to_tag),
    "Float": Parameter("float8", to_float),
    "FactKind": Parameter("text", to_typename),
    "SearchKind": Parameter("text", to_typename),
    "EntryKind": Parameter("text", to_typename),
}
"""By GraphQL name; what is not here, and not declared otherwise, is a text."""
