"""Meetings of many, each made from all rows that report it; its rows show who was there."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from service.importers.histstate.days import within
from service.importers.histstate.merging import bounds
from service.importers.histstate.readings import Gathering, Reading
from service.importers.histstate.row_facts import RowFact

Texts = Mapping[str, str]
_OF_SOMEBODY = ("funeral", "memorial-service")
_SHARED_DAYS = "The rows report stays on different days; this period covers all of them."
_FOR = re.compile(r"\b(of|for) (?:the )?(.+)$")


def split_gatherings(facts: Iterable[RowFact]) -> tuple[dict[str, list[RowFact]], list[RowFact]]:
    """Return what is reported of gatherings, by their keys, and everything else; each in the given order."""
    gatherings: defaultdict[str, list[RowFact]] = defaultdict(list)
    others = []
    for fact in facts:
        if fact.key:
            gatherings[fact.key].append(fact)
        else:
            others.append(fact)
    return dict(sorted(gatherings.items())), others


def describe_gatherings(readings: Iterable[Reading]) -> dict[str, Gathering]:
    """Return what is known of each gathering, by its key; if there are several names, the one that most rows have."""
    found: defaultdict[str, Counter[Gathering]] = defaultdict(Counter)
    for reading in readings:
        for encounter in reading.encounters:
            if encounter.gathering:
                found[encounter.gathering.key][encounter.gathering] += 1
    return {key: min(counts, key=lambda one: (-counts[one], one.name, one.words)) for key, counts in found.items()}


def name_gathering(gathering: Gathering, place: Texts | None, series: Mapping[str, Texts]) -> dict[str, str]:
    """Return `G7 summit, Ottawa 1981` by language; only in English if the table of series has no other name.

    Languages in which the place has no name are left out: a name is in one language.
    """
    names = {"en": gathering.name, **series.get(gathering.series, {})}
    known = {language: name for language, name in names.items() if place is None or language in place}
    return {language: _name_in(name, gathering.year, place, language) for language, name in known.items()}


def _name_in(name: str, year: int, place: Texts | None, language: str) -> str:
    if str(year) in name:
        return name
    where = place[language] if place else ""
    return f"{name}, {where} {year}" if where and where not in name else f"{name} {year}"


def name_occasion(gathering: Gathering) -> str:
    """Return a name such as `Funeral of Prime Minister Rabin`: the occasion, and the person as rows name him."""
    if gathering.series == "commemoration":
        is_called_so = "commemorat" in gathering.words.lower()
        words = f"the {gathering.words}" if gathering.words[0].isdigit() else gathering.words
        return words[0].upper() + words[1:] if is_called_so else f"Commemoration of {words}"
    if gathering.series not in _OF_SOMEBODY:
        return gathering.name
    if match := _FOR.search(gathering.words):
        return f"{gathering.name} {match[1]} {match[2]}"
    match = re.fullmatch(rf"(?:the )?(.+) {gathering.name}", gathering.words, re.IGNORECASE)
    return f"{gathering.name} for {match[1]}" if match else gathering.name


def keep_bilateral(facts: Iterable[RowFact]) -> None:
    """Keep a conference of two sides bilateral: its name does not imply that it had many sides."""
    for fact in facts:
        fact.values.pop("setting", None)
        if "MULTILATERAL" in fact.values["format"]:
            fact.values["format"]["MEETING"] = fact.values["format"].pop("MULTILATERAL")


def share_days(facts: Sequence[RowFact], *, is_long: bool) -> Sequence[RowFact]:
    """Return the rows of a gathering with the days of all of them, where the stay of a single one does not bound it.

    This is the case if it went on for weeks, so that somebody may have come later or left earlier, and if the stays
    have no day in common. Days that a row states remain.
    """
    spans = [span for fact in facts for day in _inferred_days(fact) if (span := bounds(day))]
    if len(set(spans)) < 2 or not (is_long or max(first for first, _ in spans) > min(last for _, last in spans)):
        return facts
    shared = within(min(first for first, _ in spans), max(last for _, last in spans))
    return [_with_days(fact, shared) for fact in facts]


def _with_days(fact: RowFact, shared: str) -> RowFact:
    renamed = {f"{start}{day}": f"{start}{shared}" for day in _inferred_days(fact) for start in ("", "HELD from ")}
    values = dict(fact.values)
    for property in ("date", "status"):
        values[property] = {
            renamed.get(value, value): [one.with_note(_SHARED_DAYS) for one in cited] if value in renamed else cited
            for value, cited in fact.values[property].items()
        }
    return replace(fact, values=values)


def _inferred_days(fact: RowFact) -> list[str]:
    return [day for day, citations in fact.values["date"].items() if all("inferred" in one.marks for one in citations)]


def plain_of(facts: Sequence[RowFact]) -> dict[str, Any]:
    """Return the plain fields of a gathering: at leaders' level if any row says so."""
    levels = [fact.plain["level"] for fact in facts if "level" in fact.plain]
    first = dict(facts[0].plain)
    if "LEADERS" in levels:
        first["level"] = "LEADERS"
    return first
