"""Search texts: checked, turned into queries or keys, and priced."""

import re
from dataclasses import replace
from typing import Any

from service.language.errors import ArgumentLocation
from service.planner.parameters import Parameter, to_text
from service.store.search.query import MOST_CHARACTERS, MOST_WORDS, TooManyWords, parse_search, refuses_words
from service.store.search.suggestions import MOST_TYPED, typed_keys


def to_search_queries(value: Any, at: ArgumentLocation) -> list[str]:
    """Return the queries for a search text, in the order of SearchQueries."""
    return _to_queries(value, at, is_forgiving=True)


def to_exact_queries(value: Any, at: ArgumentLocation) -> list[str]:
    """Return the same queries, without allowing for typing errors."""
    return _to_queries(value, at, is_forgiving=False)


def _to_queries(value: Any, at: ArgumentLocation, *, is_forgiving: bool) -> list[str]:
    try:
        return parse_search(to_text(value, at), is_forgiving=is_forgiving).as_array()
    except TooManyWords:
        message = f"`{at.name}` takes at most {MOST_WORDS} words and {MOST_CHARACTERS} characters."
        raise at.refuse("TOO_MANY_WORDS", message) from None


def to_typed_keys(value: Any, at: ArgumentLocation) -> list[str]:
    """Return the keys by which names are suggested, for the part of a name typed so far; none if it refuses words."""
    text = to_text(value, at)
    if len(text) > MOST_TYPED:
        raise at.refuse("TOO_MANY_CHARACTERS", f"`{at.name}` takes at most {MOST_TYPED} characters.")
    return [] if refuses_words(text) else typed_keys(text)


ALL_TEXTS, ALTERNATIVE = 3_000, 40
"""Cost in lexemes: ALL_TEXTS for an excluded word, or for a beginning of one letter, since all texts are read;
ALTERNATIVE for each further word that may occur instead of another.
"""


def count_lexemes(queries: list[str]) -> int:
    """Return how many lexemes the queries look up."""
    lexemes = sum(query.count("'") for query in queries) // 2
    return lexemes + ALTERNATIVE * queries[0].count(") | (")


def count_lexemes_of_all(queries: list[str]) -> int:
    """Return the same number for a search of all texts, not only of as many as are ranked."""
    is_wide = "!" in queries[0] or re.search(r"'.{0,2}':\*", queries[0]) is not None
    return count_lexemes(queries) + ALL_TEXTS * is_wide


RANKED = Parameter("tsquery[]", to_search_queries, price=50.0, units=count_lexemes)
"""A search text, as several queries."""
SEARCH = replace(RANKED, convert=to_exact_queries, units=count_lexemes_of_all)
"""A text in a filter: a list cannot mark rows found by a typing error only, and its counts would be wrong."""
TYPED = Parameter("text[]", to_typed_keys)
"""The beginning of a name."""
