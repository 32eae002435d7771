"""Dates as a person writes them, in each language of labels; each language is known only from its catalogue."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from service.store.dates import Day, Range, parse_shape
from service.store.i18n.catalogue import ByPrecision, DateForms, DatePhrase
from service.store.i18n.languages import CATALOGUES, LANGUAGES


@lru_cache(maxsize=16_384)
def date_label(day: str, language: str) -> str:
    """Return the date as a person writes it in one of LANGUAGES. Raises InvalidDate."""
    forms = CATALOGUES[language].dates
    shape = parse_shape(day)
    first, last, _ = shape.ranges[0]
    if shape.kind == "ONE_OF" and len(shape.ranges) == 1 and first and last and first != last:
        return forms.contract(_between(first, last, forms))
    return forms.contract(_join_ranges(shape.ranges, shape.kind, forms))


def date_labels(day: str) -> dict[str, str]:
    """Return the label in each of LANGUAGES."""
    return {language: date_label(day, language) for language in LANGUAGES}


def _between(first: Day, last: Day, forms: DateForms) -> str:
    """Return the words for some time from the first to the last, which are equally precise."""
    is_one_month = bool(last.day) and first[:2] == last[:2]
    pattern = forms.between_days_of_month if is_one_month else _pattern(forms.between, last)
    one, other = _write_days([first, last], forms.months.between, forms, is_choice=False)
    return pattern.format(first=one, last=other)


def _join_ranges(ranges: Sequence[Range], kind: str, forms: DateForms) -> str:
    """Join dates with the same mark together, other dates one at a time, each in full."""
    days = [day for span in ranges for day in dict.fromkeys((span.first, span.last)) if day]
    is_closed = all(span.first and span.last for span in ranges)
    last_link = forms.either if kind == "ONE_OF" else forms.both
    if is_closed and len({day.mark for day in days}) == 1:
        return _fill(forms.plain, _write_run(days, _links(ranges, last_link), forms), days[0], forms)
    if len(ranges) > 1:
        each = [_join_ranges([span], kind, forms) for span in ranges]
        return ", ".join(each[:-1]) + last_link + each[-1]
    if is_closed:
        return " - ".join(_join_ranges([Range(day, day)], kind, forms) for day in days)
    return _open_range(ranges[0], kind, forms)


def _open_range(span: Range, kind: str, forms: DateForms) -> str:
    """Return the words for a range that has one end."""
    day = span.first or span.last
    assert day
    if kind == "ONE_OF":
        phrase = forms.or_later if span.first else forms.or_earlier
    elif span.is_unknown:
        phrase = forms.since_end_unknown if span.first else forms.until_beginning_unknown
    else:
        phrase = forms.since if span.first else forms.until
    months = forms.months.since if span.first and kind != "ONE_OF" else forms.months.alone
    (text,) = _write_days([day], months, forms, is_choice=False)
    return _fill(phrase, text, day, forms)


def _pattern(phrase: DatePhrase, day: Day) -> str:
    if isinstance(phrase, ByPrecision):
        return phrase.day if day.day else phrase.longer
    return phrase


def _fill(phrase: DatePhrase, text: str, day: Day, forms: DateForms) -> str:
    """Return the phrase around the text, with the mark of `day`."""
    about = forms.about if day.mark in ("~", "%") else ""
    doubt = forms.doubt if day.mark in ("?", "%") else ""
    return _pattern(phrase, day).format(date=text, about=about, doubt=doubt)


def _links(ranges: Sequence[Range], last: str) -> list[str]:
    """Return the links between the dates of the ranges."""
    links: list[str] = []
    for at, span in enumerate(ranges, start=1):
        links += ["-"] if span.first != span.last else []
        links += [", "] if at < len(ranges) - 1 else [last] if at < len(ranges) else []
    return links


def _write_run(days: Sequence[Day], links: Sequence[str], forms: DateForms) -> str:
    """Return the days with the links between them; a hyphen has no spaces if one side of it is a single word."""
    texts = _write_days(days, forms.months.alone, forms, is_choice=forms.either in links)
    run = texts[0]
    for (one, other), link, text in zip(pairwise(days), links, texts[1:], strict=True):
        run += (" - " if link == "-" and not _is_tight(one, other) else link) + text
    return run


def _is_tight(one: Day, other: Day) -> bool:
    if _precision(one) != _precision(other):
        return False
    return one[:2] == other[:2] if one.day else one.year == other.year if one.month else True


def _precision(day: Day) -> int:
    return bool(day.month) + bool(day.day)


def _write_days(days: Sequence[Day], months: str, forms: DateForms, *, is_choice: bool) -> list[str]:
    """Return the words for each day, month or year, without the year and month that its neighbour gives.

    `months`: the names of the months for dates without a day.
    """
    neighbours = [None, *days[:-1]] if forms.is_year_first else [*days[1:], None]
    are_years = len(days) > 1 and not is_choice and not any(day.month for day in days)
    texts = []
    for day, neighbour in zip(days, neighbours, strict=True):
        pattern = forms.years if are_years and day is days[-1] else _day_pattern(day, neighbour, forms)
        names = (forms.months.with_day if day.day else months).split()
        month = names[day.month - 1] if day.month else ""
        texts.append(pattern.format(year=day.year, month=month, day=forms.day_number(day.day)))
    return texts


def _day_pattern(day: Day, neighbour: Day | None, forms: DateForms) -> str:
    """Return the pattern of a day next to another, without what both share."""
    is_alike = neighbour is not None and _precision(day) == _precision(neighbour)
    is_same_year = is_alike and neighbour is not None and day.year == neighbour.year
    is_same_month = is_same_year and neighbour is not None and day.month == neighbour.month
    if day.day:
        return forms.day_of_month if is_same_month else forms.day_of_year if is_same_year else forms.day
    if day.month:
        return forms.month_of_year if is_same_year else forms.month
    return forms.year_beside_year if is_alike else forms.year
