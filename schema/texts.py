"""Texts that exist in several languages: one rule for every `language` argument."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func

from schema.scalars import ENGLISH, LanguageTag
from service.planner.rows import Row
from service.planner.sql import Expression, raw, word

Language = Any
"""A tag in lower case as a text, or the placeholder of one."""


def chosen(texts: Expression, language: Language, last: Expression | None = None) -> Expression:
    """Of texts by tag: that language, one of the same primary subtag, English, else `last`."""
    if isinstance(language, str):
        tags = dict.fromkeys([language, language.partition("-")[0], "en"])
        found = [texts.op("->>")(word(tag)) for tag in tags]
    else:
        primary = func.split_part(language, word("-"), raw("1"))
        found = [texts.op("->>")(tag) for tag in (language, primary, word("en"))]
    return func.coalesce(*found, *([] if last is None else [last]))


def any_of(texts: Expression) -> Expression:
    """Some text, always the same one."""
    return raw(f"(SELECT min(value) FROM jsonb_each_text({texts}))")


def localized(name: str, last: str | None = None) -> Callable[..., Expression]:
    """A field with a `language`: a text of a column that holds texts by tag, English among them unless `last` is.

    `last`: the column of the text in English, else in any language.
    """

    def text(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
        # a state has some three hundred names: they are not unpacked for the most usual one
        if last is not None and language == ENGLISH:
            return row[last]
        return chosen(row[name], language, None if last is None else row[last])

    return text


def any_localized(name: str) -> Callable[..., Expression]:
    """A field with a `language`: a text of a column that may hold texts in any languages, or none."""

    def text(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
        return chosen(row[name], language, any_of(row[name]))

    return text


def exactly(name: str) -> Callable[..., Any]:
    """A field with a `language` and no fallback."""

    def text(row: Row, language: LanguageTag) -> Any:
        tag: Any = word(language) if isinstance(language, str) else language
        return row[name].op("->>")(tag)

    return text
