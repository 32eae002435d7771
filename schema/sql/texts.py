"""Texts that exist in several languages: one rule for every `language` argument."""

from collections.abc import Callable
from typing import Any

from schema.scalars import ENGLISH, LanguageTag
from service.planner.relations import Row
from service.sql import Expression, func, sql_literal, text_literal

Language = Any
"""A tag in lower case as a text, or the placeholder of one."""


def tags_to_try(language: Language) -> list[Expression]:
    """Return the tags to look a text up by, in order: the language itself, its primary subtag, English."""
    if isinstance(language, str):
        return [text_literal(tag) for tag in dict.fromkeys([language, language.partition("-")[0], ENGLISH])]
    return [language, primary_subtag(language), text_literal(ENGLISH)]


def primary_subtag(tag: Expression) -> Expression:
    """Return the primary subtag of a tag in lower case: `ko` of `ko-kore`."""
    return func.split_part(tag, text_literal("-"), sql_literal("1"))


def text_in(texts: Expression, language: Language, last: Expression | None = None) -> Expression:
    """Return one of the texts by tag: that language, one of the same primary subtag, English, else `last`."""
    translations = [texts.op("->>")(tag) for tag in tags_to_try(language)]
    return func.coalesce(*translations, *([] if last is None else [last]))


def any_text(texts: Expression) -> Expression:
    """Return any text, always the same one."""
    return sql_literal(f"(SELECT min(value) FROM jsonb_each_text({texts}))")


def in_language(name: str, last: str | None = None) -> Callable[..., Expression]:
    """Resolve a field with a `language` from a column of texts by tag, which include English unless `last` is given.

    `last`: the column of the text in English, or if there is none, in any language.
    """

    def text(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
        # a state has some three hundred names: they are not unpacked for the most common one
        if last is not None and isinstance(language, str) and language == ENGLISH:
            return row[last]
        return text_in(row[name], language, None if last is None else row[last])

    return text


def in_any_language(name: str) -> Callable[..., Expression]:
    """Resolve a field with a `language` from a column that may hold texts in any languages, or none."""

    def text(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
        return text_in(row[name], language, any_text(row[name]))

    return text


def in_own_language(name: str) -> Callable[..., Any]:
    """Resolve a field with a `language` in that language or one of the same primary subtag, and no other."""

    def text(row: Row, language: LanguageTag) -> Any:
        tags = [text_literal(language)] if isinstance(language, str) else [language, primary_subtag(language)]
        return func.coalesce(*map(row[name].op("->>"), tags))

    return text
