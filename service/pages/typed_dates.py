"""Dates as readers type them into forms, in the language of the page: 1. Mai 1986 and 1.5.1986 are 1986-05-01."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date
from functools import cache, lru_cache

from graphql import GraphQLInputType, get_named_type

from service.pages.parameters import parameter_name
from service.pages.words import ENGLISH, spoken_language
from service.store.i18n.catalogue import DateForms
from service.store.i18n.languages import CATALOGUES
from service.store.i18n.names import sort_key

IN_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
OF_DATES = re.compile(r"\w[\w\s.,/-]*")
LETTERS = re.compile(r"[^\W\d_]+")
SHORTEST = 3
"""Minimum number of letters of an abbreviated month."""


def with_dates_in_iso(
    pairs: Sequence[tuple[str, str]], types: Mapping[str, GraphQLInputType], language: str
) -> list[tuple[str, str]] | None:
    """Return the parameters with their dates as addresses take them; None if nothing changes.

    types: types of the operation's variables, by name. A date that cannot be read, or only by guessing, is unchanged.
    """
    dates = {parameter_name(name) for name, type_ in types.items() if get_named_type(type_).name == "Date"}
    changed = [(name, (name in dates and date_in_iso(text, language)) or text) for name, text in pairs]
    return changed if changed != list(pairs) else None


@lru_cache(1024)
def date_in_iso(text: str, language: str) -> str | None:
    """Return a day, month or year in ISO 8601; None if it has no meaning in the language, or more than one.

    The months may also be in English.
    """
    typed = text.strip()
    if IN_ISO.fullmatch(typed):
        return typed
    if not OF_DATES.fullmatch(typed):
        return None
    words = [word for word in map(sort_key, LETTERS.findall(typed)) if word not in _fixed_words(language)]
    numbers = re.findall("[0-9]+", typed)
    if not words:
        separators = set(re.findall("[-./]", typed))
        is_day_first = len(separators) == 1 and separators <= set(_forms(language).day_first_separators)
        return _of_numbers(numbers, is_day_first=is_day_first)
    months = _months(language).items() if len(words[0]) >= SHORTEST else ()
    meant = {number for name, numbers in months if name.startswith(words[0]) for number in numbers}
    return _of_numbers_and_month(numbers, *meant) if len(words) == len(meant) == 1 else None


def _of_numbers(numbers: Sequence[str], *, is_day_first: bool) -> str | None:
    match [len(each) for each in numbers]:
        case [4]:
            return _in_iso(numbers[0])
        case [4, 1 | 2]:
            return _in_iso(numbers[0], numbers[1])
        case [1 | 2, 4]:
            return _in_iso(numbers[1], numbers[0])
        case [4, 1 | 2, 1 | 2]:
            return _in_iso(*numbers)
        case [1 | 2, 1 | 2, 4] if is_day_first:
            return _in_iso(*reversed(numbers))
    return None


def _of_numbers_and_month(numbers: Sequence[str], month: int) -> str | None:
    match [len(each) for each in numbers]:
        case [4]:
            return _in_iso(numbers[0], month)
        case [1 | 2, 4]:
            return _in_iso(numbers[1], month, numbers[0])
    return None


def _in_iso(year: str, month: int | str = "", day: str = "") -> str | None:
    """Return the date, as precise as it is given; None if the calendar does not have it."""
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole[: 10 if day else 7 if month else 4]


@cache
def _months(language: str) -> Mapping[str, Set[int]]:
    """Return the numbers of the months by their names in the language and in English, in each case that dates have."""
    months: dict[str, set[int]] = {}
    for forms in (_forms(language).months, _forms(ENGLISH).months):
        for names in (forms.with_day, forms.alone, forms.since, forms.between):
            for number, name in enumerate(names.split(), 1):
                months.setdefault(sort_key(name), set()).add(number)
    return months


@cache
def _fixed_words(language: str) -> frozenset[str]:
    """Return the words of dates other than the names of months, such as 년, 월 and 일."""
    forms = _forms(language)
    patterns = re.sub(r"{\w+}", " ", f"{forms.day} {forms.month} {forms.year}")
    # a month may be a number and a word
    months = forms.months.alone if re.search("[0-9]", forms.months.alone) else ""
    return frozenset(map(sort_key, LETTERS.findall(f"{patterns} {forms.day_number(1)} {months}")))


def _forms(language: str) -> DateForms:
    return CATALOGUES[spoken_language(language)].dates
