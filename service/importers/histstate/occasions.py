"""Gatherings in the words of a row: which known gathering is meant, and the key shared by all rows on it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from service.importers.histstate.items import Item
from service.importers.histstate.people import read_people
from service.importers.histstate.readings import Gathering
from service.importers.histstate.tables import Series, Tables

_PRESENT_AT = re.compile(
    r"\b(?:at|during|(?<!after )(?<!before )attending|alongside)\b(?:(?!\b(?:before|after|following)\b)[^,;])*\Z"
)
_TITLE_BEFORE = re.compile(
    r"\b(?:U\.S\.-|Special |Second |(?:[Ss]ummit )?(?:[Mm]eeting|[Cc]onference) (?:of|with) (?:the )?)\Z"
)
_TITLE_WORD = (
    r"(?:\d+th Anniversary|Extraordinary|CEO|Leaders['’]?|Na+tions|Issues|trafficking"
    r"|[Ss]ummit|[Mm]eeting|[Cc]onference|Heads of (?:State and )?Government)"
)
_CALLS_A_MEETING = re.compile(r"summit|meeting|conference|talks|forum|brunch", re.IGNORECASE)
_TITLE_BEHIND = re.compile(rf"\d+|(?>(?:['’]s?)?(?: {_TITLE_WORD})+)(?!s?\w)(?! [Mm]eetings)")


def find_gatherings(tables: Tables, text: str, start: date) -> Iterator[tuple[Gathering, re.Match[str]]]:
    """Yield the gatherings that words mention, in word order; `start` is the first day of the row."""
    for series, match in _find_series(tables, text):
        yield _to_gathering(tables, series, match, start), match


@lru_cache(maxsize=4096)
def _find_series(tables: Tables, text: str) -> tuple[tuple[Series, re.Match[str]], ...]:
    matches: list[tuple[Series, re.Match[str]]] = []
    for series in tables.gatherings:
        matches += [(series, one) for one in series.pattern.finditer(text) if not _overlaps(one, matches)]
    return tuple(sorted(matches, key=lambda one: one[1].start()))


def find_margins(tables: Tables, text: str, start: date) -> Gathering | None:
    """Return the gathering at or during which the words place an event ("at the UN General Assembly")."""
    for gathering, match in find_gatherings(tables, text, start):
        if _PRESENT_AT.search(text[: match.start()]):
            return gathering
    return None


def find_purpose(tables: Tables, text: str, start: date) -> Gathering | None:
    """Return the gathering for which, by the words, people met ("for the third U.S.-Nordic Leaders’ Summit")."""
    for gathering, match in find_gatherings(tables, text, start):
        if not gathering.is_occasion and re.search(r"\bfor the\b[^,;]*\Z", text[: match.start()]):
            return gathering
    return None


def list_attenders(tables: Tables, text: str) -> tuple[tuple[Item, ...], str, str]:
    """Return those with whom, or of whom, an occasion is said to be, and the text after and before them."""
    match = _attended_by(tables).search(text)
    if match is None:
        return (), "", text
    # the only two people whom a row names without their titles
    listing = read_people(tables, text[match.end() :].replace("Roosevelt and", "President Roosevelt and"))
    items = tuple(replace(one, words=one.name) if one.words not in text else one for one in listing.items)
    return items, listing.rest, text[: match.start()].strip()


@cache
def _attended_by(tables: Tables) -> re.Pattern[str]:
    adjective, title = tables.any_adjective, tables.any_title
    someone = rf"leaders of|[Hh]eads of [Ss]tate|(?:former )?(?:(?:{adjective}) )?(?:{title})\b"
    return re.compile(rf"\b(?:with|of) (?=(?:the )?(?:{someone})|Roosevelt and)|\band (?=(?:NATO|UN) (?:{title})\b)")


def _overlaps(match: re.Match[str], others: list[tuple[Series, re.Match[str]]]) -> bool:
    return any(match.start() < other.end() and other.start() < match.end() for _, other in others)


def _to_gathering(tables: Tables, series: Series, match: re.Match[str], start: date) -> Gathering:
    groups = match.groupdict()
    whom = groups.get("of") or groups.get("of2") or ""
    editions = [key for key, first, last in series.editions if first <= start <= last]
    key = editions[0] if editions else "-".join(filter(None, (series.series, _slug(tables, whom), str(start.year))))
    return Gathering(
        key=key,
        series=series.series,
        name=series.name,
        year=start.year,
        words=match.group(),
        is_occasion=series.is_occasion,
        is_of_two=series.is_of_two,
        implies_president=series.implies_president,
        level=series.level,
        is_undated=series.is_undated,
        is_long=series.is_long,
        place=series.place,
        title=_to_title(match),
    )


def _to_title(match: re.Match[str]) -> str:
    """Return the full name that the row gives a gathering, of which the name of a series is often a part.

    Empty if the words name only a body.
    """
    before, behind = _TITLE_BEFORE.search(match.string[: match.start()]), _TITLE_BEHIND.match(match.string, match.end())
    title = f"{before.group() if before else ''}{match.group()}{behind.group() if behind else ''}"
    return title if _CALLS_A_MEETING.search(title) else ""


def _slug(tables: Tables, words: str) -> str:
    """Return the name of the person for whom an occasion is, as part of a key."""
    items = read_people(tables, words).items
    name = items[0].name if items and items[0].name else re.split(r"[,;.]| and ", words)[0]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
