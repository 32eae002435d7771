"""Dates as a person writes them, in each language of labels."""

from collections.abc import Mapping, Sequence

from service.store.dates import Day, Edtf, Range, parse_shape
from service.store.wording.words import LANGUAGES, Words

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
WORDS: Mapping[str, Words] = {
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
    shape = parse_shape(value if isinstance(value, str) else value.text)
    first, last, _ = shape.ranges[0]
    if shape.kind == "ONE_OF" and len(shape.ranges) == 1 and first and last and first != last:
        return _between(first, last, language)
    return _phrase(shape.ranges, shape.kind, language)


def labels(value: Edtf | str) -> dict[str, str]:
    """The label in each of LANGUAGES."""
    return {language: label(value, language) for language in LANGUAGES}


def _between(first: Day, last: Day, language: str) -> str:
    is_one_month = first[:2] == last[:2]
    link = _word("to", language).format(the="dem " if last.day and not is_one_month else "")
    return _filled("between", language, _run([first, last], [link], language, "instrumental"), first)


def _word(key: str, language: str) -> str:
    return WORDS[key][LANGUAGES.index(language)]


def _filled(key: str, language: str, text: str, day: Day) -> str:
    """The phrase of that name around the text, which bears the mark of `day`."""
    filled = _word(key, language).format(
        date=text,
        the="dem " if day.day else "",
        about=_word("about", language) if day.mark in ("~", "%") else "",
        doubt=_word("doubt", language) if day.mark in ("?", "%") else "",
    )
    return filled.replace("с 2 ", "со 2 ")  # Russian says "so vtorogo"


def _phrase(ranges: Sequence[Range], kind: str, language: str) -> str:
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
        return " - ".join(_phrase([Range(day, day)], kind, language) for day in days)
    side = _side(ranges[0], kind)
    case = "genitive" if side.startswith("since") else ""
    return _filled(side, language, _run(days, [], language, case), days[0])


def _side(span: Range, kind: str) -> str:
    """The name of the phrase for what has one end."""
    if kind == "ONE_OF":
        return "or later" if span.first else "or earlier"
    if span.is_unknown:
        return "since, end unknown" if span.first else "until, beginning unknown"
    return "since" if span.first else "until"


def _links(ranges: Sequence[Range], last: str) -> list[str]:
    """What stands between the dates of the ranges."""
    links: list[str] = []
    for at, span in enumerate(ranges, start=1):
        links += ["-"] if span.first != span.last else []
        links += [", "] if at < len(ranges) - 1 else [last] if at < len(ranges) else []
    return links


def _run(days: Sequence[Day], links: Sequence[str], language: str, case: str = "") -> str:
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


def _parts(day: Day, language: str, case: str) -> list[str]:
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
