"""EDTF dates as the register limits them: bounds, narrowing and labels in four languages; knows of no database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

LANGUAGES = ("en", "de", "ko", "ru")
LONGEST = 64
WRITTEN = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")


class InvalidDate(ValueError):
    """Not a date as the register writes it: 2019, 2019-04, 2019-04-25, a/b, a/.., [a,b], [a..b] or {a,b}."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or InvalidDate.__doc__)


@dataclass(frozen=True, slots=True)
class Edtf:
    """An EDTF string with its first and last possible day (None where open or unknown).

    precision: DAY, MONTH, YEAR, INTERVAL, SET or OPEN; extent: THROUGHOUT or SOMETIME.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: str
    extent: str
    is_approximate: bool
    is_uncertain: bool


class _Day(NamedTuple):
    """A day, or a month or year (then day, month are 0), with its mark, one of `~`, `?`, `%` or none."""

    year: int
    month: int
    day: int
    mark: str
    earliest: date
    latest: date


class _Range(NamedTuple):
    """From one date to another (the same, for a single date); None is no end, or one that is unknown."""

    first: _Day | None
    last: _Day | None
    is_unknown: bool = False

    def days(self) -> tuple[date, date]:
        """Its first and last possible day; no end is the end of the calendar."""
        return (
            self.first.earliest if self.first else date.min,
            self.last.latest if self.last else date.max,
        )


class _Shape(NamedTuple):
    """kind: DAY, MONTH, YEAR, SPAN, ONE_OF or ALL_OF; ranges: in order of time, each once."""

    kind: str
    ranges: tuple[_Range, ...]

    def marks(self) -> str:
        return "".join(day.mark for span in self.ranges for day in (span.first, span.last) if day)


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """What the string means; raises InvalidDate and nothing else."""
    shape = _shape(text)
    days = [span.days() for span in shape.ranges]
    earliest, latest = min(first for first, _ in days), max(last for _, last in days)
    marks = shape.marks()
    return Edtf(
        text=text,
        earliest=None if any(span.first is None for span in shape.ranges) else earliest,
        latest=None if any(span.last is None for span in shape.ranges) else latest,
        precision=_precision(shape),
        extent="THROUGHOUT" if shape.kind in ("SPAN", "ALL_OF") else "SOMETIME",
        is_approximate="~" in marks or "%" in marks,
        is_uncertain="?" in marks or "%" in marks,
    )


def narrows(inner: Edtf, outer: Edtf) -> bool:
    """Whether `inner` says the same more exactly: all its days, and not all days, of a month, a year or a `[..]`."""
    if outer.precision not in ("MONTH", "YEAR") and not outer.text.startswith("["):
        return False
    within, around = _runs(_shape(inner.text)), _runs(_shape(outer.text))
    return within != around and all(any(a <= x and y <= b for a, b in around) for x, y in within)


def _precision(shape: _Shape) -> str:
    if any(None in span for span in shape.ranges):
        return "OPEN"
    return {"SPAN": "INTERVAL", "ONE_OF": "SET", "ALL_OF": "SET"}.get(shape.kind, shape.kind)


def _runs(shape: _Shape) -> list[tuple[int, int]]:
    """The days as ordinals, in runs without a gap."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted(span.days() for span in shape.ranges):
        start, end = first.toordinal(), last.toordinal()
        if runs and start <= runs[-1][1] + 1:
            start, end = runs[-1][0], max(runs.pop()[1], end)
        runs.append((start, end))
    return runs


@lru_cache(maxsize=4096)
def _shape(text: str) -> _Shape:
    if len(text) > LONGEST:
        raise InvalidDate(f"A date has at most {LONGEST} characters.")
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _Shape("ONE_OF" if text[0] == "[" else "ALL_OF", _elements(text[1:-1].split(",")))
    if "/" in text:
        return _Shape("SPAN", (_span(text),))
    day = _day(text)
    return _Shape("DAY" if day.day else "MONTH" if day.month else "YEAR", (_Range(day, day),))


def _span(text: str) -> _Range:
    ends = text.split("/")
    if len(ends) != 2:
        raise InvalidDate
    first, last = (None if end in ("", "..") else _day(end) for end in ends)
    return _ordered(_Range(first, last, "" in ends))


def _elements(texts: list[str]) -> tuple[_Range, ...]:
    if len(texts) == 1 and ".." not in texts[0]:
        raise InvalidDate("A set has at least two dates.")
    elements = [_element(text) for text in texts]
    if any(element.first is None for element in elements[1:]):
        raise InvalidDate("Within a set, only the first date is open before it.")
    if any(element.last is None for element in elements[:-1]):
        raise InvalidDate("Within a set, only the last date is open after it.")
    return tuple(sorted(dict.fromkeys(elements), key=_Range.days))


def _element(text: str) -> _Range:
    if ".." not in text:
        day = _day(text)
        return _Range(day, day)
    ends = text.split("..")
    if len(ends) != 2:
        raise InvalidDate
    first, last = (_day(end) if end else None for end in ends)
    if (first and first.mark) or (last and last.mark):
        raise InvalidDate("Within a set, the ends of a range bear no mark.")
    if first and last and len(ends[0]) != len(ends[1]):
        raise InvalidDate("Within a set, both ends of a range are days, months or years.")
    return _ordered(_Range(first, last))


def _ordered(span: _Range) -> _Range:
    if span.first is None and span.last is None:
        raise InvalidDate("One end of a range must be a date.")
    first, last = span.days()
    if last < first:
        raise InvalidDate("The end lies before the beginning.")
    return span


# The library reads single dates only: it gives unknown ends ten years, drops the marks within sets, lets an
# interval run backwards, takes seasons, times and X for dates, and prints to stdout what it cannot build.
def _day(text: str) -> _Day:
    # serving reads no date, and the library takes a tenth of the start
    from edtf import Date, parse_edtf

    match = WRITTEN.fullmatch(text)
    if match is None:
        raise InvalidDate
    plain = text.removesuffix(match[4])
    try:
        read = parse_edtf(plain)
        earliest, latest = date(*read.lower_strict()[:3]), date(*read.upper_strict()[:3])
    except Exception:
        raise InvalidDate(f"No such day: {plain}.") from None
    if type(read) is not Date:  # a season is a kind of Date there
        raise InvalidDate(f"No such month: {plain}.")
    return _Day(int(match[1]), int(match[2] or 0), int(match[3] or 0), match[4], earliest, latest)


# ------------------------------------------------------------------ labels

MONTHS = {
    language: names.split()
    for language, names in {
        "en": "January February March April May June July August September October November December",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "ru genitive": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "ru instrumental": (
            "январём февралём мартом апрелем маем июнем июлем августом сентябрём октябрём ноябрём декабрём"
        ),
    }.items()
}
# What is said in each of LANGUAGES; {the} is the German article of a day.
WORDS = {
    "about": ("about ", "etwa ", "경", "примерно "),
    "doubt": (" (uncertain)", " (unsicher)", "(불확실)", " (предположительно)"),
    "ONE_OF": (" or ", " oder ", " 또는 ", " или "),
    "ALL_OF": (" and ", " und ", " 및 ", " и "),
    "to": (" and ", " und {the}", "에서 ", " и "),
    "plain": (
        "{about}{date}{doubt}",
        "{about}{date}{doubt}",
        "{date}{about}{doubt}",
        "{about}{date}{doubt}",
    ),
    "between": ("between {date}", "zwischen {the}{date}", "{date} 사이", "между {date}"),
    "since": (
        "since {about}{date}{doubt}",
        "seit {about}{the}{date}{doubt}",
        "{date}{about}{doubt}부터",
        "{about}с {date}{doubt}",
    ),
    "until": (
        "until {about}{date}{doubt}",
        "bis {about}{date}{doubt}",
        "{date}{about}{doubt}까지",
        "{about}по {date}{doubt}",
    ),
    "since, end unknown": (
        "from {about}{date}{doubt}, end unknown",
        "ab {about}{date}{doubt}, Ende unbekannt",
        "{date}{about}{doubt}부터, 종료 시점 미상",
        "{about}с {date}{doubt}, конец неизвестен",
    ),
    "until, beginning unknown": (
        "until {about}{date}{doubt}, beginning unknown",
        "bis {about}{date}{doubt}, Beginn unbekannt",
        "{date}{about}{doubt}까지, 시작 시점 미상",
        "{about}по {date}{doubt}, начало неизвестно",
    ),
    "or later": ("{date} or later", "{date} oder später", "{date} 이후", "{date} или позднее"),
    "or earlier": ("{date} or earlier", "{date} oder früher", "{date} 이전", "{date} или ранее"),
}


def label(value: Edtf | str, language: str) -> str:
    """The date as a person writes it in one of LANGUAGES."""
    shape = _shape(value if isinstance(value, str) else value.text)
    first, last, _ = shape.ranges[0]
    if shape.kind == "ONE_OF" and len(shape.ranges) == 1 and first and last and first != last:
        return _between(first, last, language)
    return _phrase(shape.ranges, shape.kind, language)


def labels(value: Edtf | str) -> dict[str, str]:
    """The label in each of LANGUAGES."""
    return {language: label(value, language) for language in LANGUAGES}


def _between(first: _Day, last: _Day, language: str) -> str:
    is_one_month = first[:2] == last[:2]
    link = _word("to", language).format(the="dem " if last.day and not is_one_month else "")
    return _filled("between", language, _run([first, last], [link], language, "instrumental"), first)


def _word(key: str, language: str) -> str:
    return WORDS[key][LANGUAGES.index(language)]


def _filled(key: str, language: str, text: str, day: _Day) -> str:
    """The phrase of that name around the text, which bears the mark of `day`."""
    filled = _word(key, language).format(
        date=text,
        the="dem " if day.day else "",
        about=_word("about", language) if day.mark in ("~", "%") else "",
        doubt=_word("doubt", language) if day.mark in ("?", "%") else "",
    )
    return filled.replace("с 2 ", "со 2 ")  # Russian says "so vtorogo"


def _phrase(ranges: Sequence[_Range], kind: str, language: str) -> str:
    """Dates that bear one mark are told together, others one by one, each in full."""
    days = [day for span in ranges for day in dict.fromkeys((span.first, span.last)) if day]
    is_closed = all(span.first and span.last for span in ranges)
    last_link = _word(kind, language) if len(ranges) > 1 else ""
    if is_closed and len({day.mark for day in days}) == 1:
        return _filled("plain", language, _run(days, _links(ranges, last_link), language), days[0])
    if len(ranges) > 1:
        told = [_phrase([span], kind, language) for span in ranges]
        return ", ".join(told[:-1]) + last_link + told[-1]
    if is_closed:
        return " - ".join(_phrase([_Range(day, day)], kind, language) for day in days)
    side = _side(ranges[0], kind)
    case = "genitive" if side.startswith("since") else ""
    return _filled(side, language, _run(days, [], language, case), days[0])


def _side(span: _Range, kind: str) -> str:
    """The name of the phrase for what has one end."""
    if kind == "ONE_OF":
        return "or later" if span.first else "or earlier"
    if span.is_unknown:
        return "since, end unknown" if span.first else "until, beginning unknown"
    return "since" if span.first else "until"


def _links(ranges: Sequence[_Range], last: str) -> list[str]:
    """What stands between the dates of the ranges."""
    links: list[str] = []
    for at, span in enumerate(ranges, start=1):
        links += ["-"] if span.first != span.last else []
        links += [", "] if at < len(ranges) - 1 else [last] if at < len(ranges) else []
    return links


def _run(days: Sequence[_Day], links: Sequence[str], language: str, case: str = "") -> str:
    """The days with the links between them, each without the year and month that its neighbour tells."""
    told = [_parts(day, language, case) for day in days]
    neighbours = [[], *told[:-1]] if language == "ko" else [*told[1:], []]
    kept = [_unshared(*pair) for pair in zip(told, neighbours, strict=True)]
    text = _joined(kept[0], language)
    for at, link in enumerate(links):
        shortened = kept[at + 1] if language == "ko" else kept[at]
        is_tight = len(shortened) == 1 and len(told[at]) == len(told[at + 1])
        text += (" - " if link == "-" and not is_tight else link) + _joined(kept[at + 1], language)
    if language == "ru" and links and " или " not in links and not any(day.month for day in days):
        text = text.removesuffix("г.") + "гг."  # the plural, of years
    return text


def _parts(day: _Day, language: str, case: str) -> list[str]:
    """Year, month and day in words, as far as they are known."""
    told = 1 + bool(day.month) + bool(day.day)
    if language == "ko":
        return [f"{day.year}년", f"{day.month}월", f"{day.day}일"][:told]
    if language == "ru" and told == 1:
        return ["г.", f"{day.year}"]
    year = f"{day.year} г." if language == "ru" else f"{day.year}"
    if language == "ru":
        names = MONTHS[f"ru {'genitive' if day.day else case}".strip()]
    else:
        names = MONTHS[language]
    return [year, names[day.month - 1], f"{day.day}." if language == "de" else f"{day.day}"][:told]


def _unshared(parts: list[str], neighbour: list[str]) -> list[str]:
    """What is left without the beginning that is the same in a neighbour of the same precision; never nothing."""
    shared = 0
    if len(parts) == len(neighbour):
        while shared < len(parts) - 1 and parts[shared] == neighbour[shared]:
            shared += 1
    return parts[shared:]


def _joined(parts: Sequence[str], language: str) -> str:
    return " ".join(parts if language == "ko" else reversed(parts))
