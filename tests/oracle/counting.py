"""Counts of a list by its entries' properties, and the tone of events."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
Values = Callable[[Any], list[str | None]]


def begun(unit: str, span: tuple[date, date] | None) -> date | None:
    """The first day of the one period that both days lie in."""
    if span is None or date.min in span or date.max in span:
        return None
    first, last = (day.replace(month=(day.month - 1) // MONTHS[unit] * MONTHS[unit] + 1, day=1) for day in span)
    return first if first == last else None


def following(unit: str, start: date) -> date:
    """The first day of the next period."""
    months = start.year * 12 + start.month - 1 + MONTHS[unit]
    return date(months // 12, months % 12 + 1, 1)


def one(name: str) -> Values:
    return lambda entry: [getattr(entry, name)]


def entry_in(name: str) -> Values:
    return lambda entry: [found.slug if (found := getattr(entry, name)) else None]


def in_roles(*roles: str) -> Values:
    return lambda fact: sorted({actor.slug for actor in fact.actors_in(*roles)}) or [None]


def outlets(fact: Any) -> list[str | None]:
    """Of the sources that tell of the fact."""
    found = {claim.source.outlet.slug if claim.source.outlet else None for claim in fact.told}
    return list(found) or [None]


def period(unit: str) -> Values:
    return lambda entry: [day.isoformat() if (day := begun(unit, entry.span)) else None]


def country(meeting: Any) -> list[str | None]:
    return [meeting.place.country.slug if meeting.place and meeting.place.country else None]


PERIODS = {unit: period(unit) for unit in MONTHS}
MEETING = {
    "LEVEL": one("level"),
    "FORMAT": one("format"),
    "STATUS": one("status"),
    "PHASE": one("phase"),
    "OUTCOME": one("outcome"),
    "PLACE": entry_in("place"),
    "COUNTRY": country,
    "PARTICIPANT": in_roles("PARTICIPANT", "HOST"),
    **PERIODS,
}
GROUPINGS: dict[str, dict[str, Values]] = {
    "FactConnection": {
        "KIND": lambda fact: [fact.typename.upper()],
        "KNOWN_SINCE_MONTH": lambda fact: [fact.known_since.replace(day=1).isoformat()],
        "INVOLVED": lambda fact: sorted(fact.present) or [None],
        "OUTLET": outlets,
        **PERIODS,
    },
    "MeetingConnection": MEETING,
    "SummitConnection": MEETING,
    "QuoteConnection": {
        "SPEAKER": entry_in("speaker"),
        "ADDRESSEE": in_roles("ADDRESSEE"),
        "ABOUT": in_roles("ABOUT"),
        "FORM": one("form"),
        "MEDIUM": one("medium"),
        "LANGUAGE": one("language"),
        "HEARSAY": lambda quote: [str(quote.is_hearsay).lower()],
        "OUTLET": outlets,
        **PERIODS,
    },
    "EventConnection": {
        "EVENT_TYPE": one("event_type"),
        "MODE": one("mode"),
        "QUAD_CLASS": one("quad_class"),
        "MODALITY": one("modality"),
        "ACTOR": in_roles("ACTOR"),
        "RECIPIENT": in_roles("RECIPIENT"),
        "OUTLET": outlets,
        **PERIODS,
    },
    "InvitationConnection": {
        "ISSUER": entry_in("issuer"),
        "INVITEE": entry_in("invitee"),
        "RESPONSE": one("response"),
        "MEDIUM": one("medium"),
        **PERIODS,
    },
    "ClaimConnection": {
        "PROPERTY": one("property"),
        "RANK": one("rank"),
        "FACTUALITY": one("factuality"),
        "SOURCE": entry_in("source"),
        "OUTLET": lambda claim: entry_in("outlet")(claim.source),
        "ORIGIN": entry_in("origin_actor"),
        **PERIODS,
    },
    "SourceConnection": {"KIND": one("kind"), "LANGUAGE": one("language"), "OUTLET": entry_in("outlet"), **PERIODS},
}


class Count:
    """The entries of one combination of values."""

    def __init__(self, keys: tuple[str | None, ...], entries: list[Any]) -> None:
        self.keys, self._entries, self.count = keys, entries, len(entries)

    @property
    def tone(self) -> "Tone":
        return Tone(self._entries)


def counts(connection: str, entries: list[Any], by: list[str]) -> list[Count]:
    """Most frequent first, then by the keys, none last; what has several values counts once under each."""
    found: dict[tuple[str | None, ...], list[Any]] = {}
    for entry in entries:
        for keys in product(*(GROUPINGS[connection][each](entry) for each in by)):
            found.setdefault(keys, []).append(entry)
    counted = [Count(keys, counted) for keys, counted in found.items()]
    return sorted(counted, key=lambda each: (-each.count, [(key is None, key or "") for key in each.keys]))


class Tone:
    """Of the events that happened: each once, however many sources tell it."""

    def __init__(self, events: list[Any]) -> None:
        happened = [event for event in events if event.modality == "ACTUAL"]
        self.events = len(happened)
        self.cooperation = sum(event.quad_class.endswith("COOPERATION") for event in happened)
        self.conflict = sum(event.quad_class.endswith("CONFLICT") for event in happened)
        self.sum = sum(event.score for event in happened)
        self.mean = self.sum / self.events if happened else None


def periods(events: list[Any], unit: str) -> list[dict[str, Any]]:
    """Every period from the first to the last of events that lie in one."""
    lying: dict[date, list[Any]] = {}
    for event in events:
        start = begun(unit, event.span)
        if start and event.modality == "ACTUAL":
            lying.setdefault(start, []).append(event)
    found = []
    start, last = min(lying, default=date.max), max(lying, default=date.min)
    while start <= last:
        after = following(unit, start)
        found.append({"from": start, "to": after - timedelta(days=1), "tone": Tone(lying.get(start, []))})
        start = after
    return found
