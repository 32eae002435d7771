"""Texts that somebody looks for: checked, made into queries or keys, and priced."""

import re
from dataclasses import replace
from typing import Any

from service.language.errors import ArgumentLocation
from service.planner.parameters import Parameter, to_text
from service.store.search.query import MOST_CHARACTERS, MOST_WORDS, TooManyWords, parse_search
from service.store.search.suggestions import MOST_TYPED, typed_keys


def to_search_queries(value: Any, at: ArgumentLocation) -> list[str]:
    """What a text looks for, as the queries of SearchQueries in their order."""
    return _to_queries(value, at, is_forgiving=True)


def to_exact_queries(value: Any, at: ArgumentLocation) -> list[str]:
    """The same, without slips."""
    return _to_queries(value, at, is_forgiving=False)


def _to_queries(value: Any, at: ArgumentLocation, *, is_forgiving: bool) -> list[str]:
    try:
        return parse_search(to_text(value, at), is_forgiving=is_forgiving).as_array()
    except TooManyWords:
        message = f"`{at.name}` takes at most {MOST_WORDS} words and {MOST_CHARACTERS} characters."
        raise at.refuse("TOO_MANY_WORDS", message) from None


def to_typed_keys(value: Any, at: ArgumentLocation) -> list[str]:
    """What somebody has typed so far of a name, as the keys that names are suggested by."""
    text = to_text(value, at)
    if len(text) > MOST_TYPED:
        raise at.refuse("TOO_MANY_CHARACTERS", f"`{at.name}` takes at most {MOST_TYPED} characters.")
    return typed_keys(text)


ALL_TEXTS, ALTERNATIVE = 3_000, 40
"""As many lexemes cost as much as what is said not to be there, or a beginning of one letter, for which all texts are
read; and as each further word that may be there instead."""


def count_lexemes(queries: list[str]) -> int:
    """How many lexemes the queries look up."""
    lexemes = sum(query.count("'") for query in queries) // 2
    return lexemes + ALTERNATIVE * queries[0].count(") | (")


def count_lexemes_of_all(queries: list[str]) -> int:
    """The same, where all is found and not only as much as is ranked."""
    is_wide = "!" in queries[0] or re.search(r"'.{0,2}':\*", queries[0]) is not None
    return count_lexemes(queries) + ALL_TEXTS * is_wide


RANKED = Parameter("tsquery[]", to_search_queries, price=50.0, units=count_lexemes)
"""What a search looks for, as several queries."""
SEARCH = replace(RANKED, convert=to_exact_queries, units=count_lexemes_of_all)
"""What a text in a filter looks for: a list cannot tell what it has by a slip only, and its counts would be wrong."""
TYPED = Parameter("text[]", to_typed_keys)
"""The beginning of a name."""
