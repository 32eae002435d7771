"""Counts of a list by properties of its entries, and the tone of events."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

from service.store.i18n.enum_labels import ENUM_LABELS, PERIODS
from tests.oracle.things import View, choose_text

MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
Keys = Callable[[Any], list[str | None]]
Label = Callable[[View, str, str | None], str | None]


def common_period(unit: str, span: tuple[date, date] | None) -> date | None:
    """Return the first day of the one period that contains both days."""
    if span is None or date.min in span or date.max in span:
        return None
    first, last = (day.replace(month=(day.month - 1) // MONTHS[unit] * MONTHS[unit] + 1, day=1) for day in span)
    return first if first == last else None


def next_period(unit: str, start: date) -> date:
    """Return the first day of the next period."""
    months = start.year * 12 + start.month - 1 + MONTHS[unit]
    return date(months // 12, months % 12 + 1, 1)


class Grouping:
    """What a list is counted by: the keys of an entry, the label of a key in a language, and the table of
    such slugs.
    """

    def __init__(self, keys: Keys, label: Label = lambda view, key, language: key, table: str | None = None) -> None:
        self.keys, self.label, self.table = keys, label, table


def word(vocabulary: str, keys: Keys) -> Grouping:
    return Grouping(keys, lambda view, key, language: choose_text(ENUM_LABELS[vocabulary].get(key), language, key))


def name(table: str, keys: Keys) -> Grouping:
    """Return the slug of an actor or a place, whose name does not depend on the day."""

    def label(view: View, key: str, language: str | None) -> str | None:
        row = View(view.register).row(table, key, "slug")
        return choose_text(row.names, language, row.name)

    return Grouping(keys, label, table)


def field(name: str) -> Keys:
    return lambda entry: [getattr(entry, name)]


def entry_in(name: str) -> Keys:
    return lambda entry: [found.slug if (found := getattr(entry, name)) else None]


def source_label(view: View, key: str, language: str | None) -> str | None:
    return choose_text(view.row("source", key, "slug").labels, language, key)


def in_roles(*roles: str) -> Grouping:
    return name("actor", lambda fact: sorted({actor.slug for actor in fact.actors_in(*roles)}) or [None])


def outlets(fact: Any) -> list[str | None]:
    """Return the outlets of the sources that report the fact."""
    found = {claim.source.outlet.slug if claim.source.outlet else None for claim in fact.all_claims}
    return list(found) or [None]


def places(meeting: Any) -> list[str | None]:
    return [place.slug for place in meeting.places] or [None]


def countries(meeting: Any) -> list[str | None]:
    """Return the states of its places; none, once, for all places that are in no state."""
    return list({place.country.slug if place.country else None for place in meeting.places}) or [None]


def period(unit: str, span: Callable[[Any], Any] = lambda entry: entry.span) -> Grouping:
    def label(view: View, key: str, language: str | None) -> str:
        day = date.fromisoformat(key)
        return (choose_text(PERIODS[unit][(day.month - 1) // MONTHS[unit]], language) or "") % day.year

    return Grouping(lambda entry: [day.isoformat() if (day := common_period(unit, span(entry))) else None], label)


SPANS = {unit: period(unit) for unit in MONTHS}
CURATION = {"CURATION": word("Curation", field("curation"))}
MEETING = {
    **CURATION,
    "LEVEL": word("MeetingLevel", field("level")),
    "FORMAT": word("MeetingFormat", field("format")),
    "STATUS": word("MeetingStatus", field("status")),
    "PHASE": word("MeetingPhase", field("phase")),
    "OUTCOME": word("MeetingOutcome", field("outcome")),
    "SETTING": word("MeetingSetting", field("setting")),
    "PLACE": name("place", places),
    "COUNTRY": name("actor", countries),
    "PARTICIPANT": in_roles("PARTICIPANT", "HOST", "DELEGATE"),
    **SPANS,
}
GROUPINGS: dict[str, dict[str, Grouping]] = {
    "FactConnection": {
        **CURATION,
        "KIND": word("FactKind", lambda fact: [fact.typename.upper()]),
        "KNOWN_SINCE_MONTH": period("MONTH", lambda fact: (fact.known_since, fact.known_since)),
        "INVOLVED": name("actor", lambda fact: sorted(fact.present) or [None]),
        "OUTLET": name("actor", outlets),
        **SPANS,
    },
    "MeetingConnection": MEETING,
    "SummitConnection": MEETING,
    "QuoteConnection": {
        **CURATION,
        "SPEAKER": name("actor", entry_in("speaker")),
        "ADDRESSEE": in_roles("ADDRESSEE"),
        "ABOUT": in_roles("ABOUT"),
        "FORM": word("QuoteForm", field("form")),
        "MEDIUM": word("Medium", field("medium")),
        "LANGUAGE": word("LanguageTag", field("language")),
        "HEARSAY": word("Hearsay", lambda quote: [str(quote.is_hearsay).lower()]),
        "OUTLET": name("actor", outlets),
        **SPANS,
    },
    "EventConnection": {
        **CURATION,
        "EVENT_TYPE": word("EventType", field("event_type")),
        "MODE": word("Mode", field("mode")),
        "QUAD_CLASS": word("QuadClass", field("quad_class")),
        "MODALITY": word("Modality", field("modality")),
        "ACTOR": in_roles("ACTOR"),
        "RECIPIENT": in_roles("RECIPIENT"),
        "OUTLET": name("actor", outlets),
        **SPANS,
    },
    "InvitationConnection": {
        **CURATION,
        "ISSUER": name("actor", entry_in("issuer")),
        "INVITEE": name("actor", entry_in("invitee")),
        "RESPONSE": word("InvitationResponse", field("response")),
        "MEDIUM": word("Medium", field("medium")),
        **SPANS,
    },
    "AgreementConnection": {
        **CURATION,
        "KIND": word("AgreementKind", field("kind")),
        "PARTY": in_roles("SIGNATORY"),
        "PLACE": name("place", entry_in("place")),
        **SPANS,
    },
    "OfficeConnection": {
        **CURATION,
        "OF": name("actor", entry_in("of")),
        "PERSON": name("actor", entry_in("person")),
        "LEADS": word("Leads", lambda office: [str(office.leads).lower()]),
        **SPANS,
    },
    "ClaimConnection": {
        "PROPERTY": Grouping(field("property")),
        "RANK": word("Rank", field("rank")),
        "FACTUALITY": word("Factuality", field("factuality")),
        "SOURCE": Grouping(entry_in("source"), source_label, table="source"),
        "OUTLET": name("actor", lambda claim: entry_in("outlet")(claim.source)),
        "ORIGIN": name("actor", entry_in("origin_actor")),
        "CURATION": word("Curation", lambda claim: [claim.fact.curation]),
        **SPANS,
    },
    "SourceConnection": {
        "KIND": word("SourceKind", field("kind")),
        "LANGUAGE": word("LanguageTag", field("language")),
        "OUTLET": name("actor", entry_in("outlet")),
        "DATASET": Grouping(entry_in("dataset")),
        **SPANS,
    },
}


class Count:
    """The entries of one combination of values."""

    def __init__(self, groupings: list[Grouping], keys: tuple[str | None, ...], entries: list[Any]) -> None:
        self._groupings, self.keys, self._entries, self.count = groupings, keys, entries, len(entries)

    def labels(self, language: str | None) -> list[str | None]:
        pairs, view = zip(self._groupings, self.keys, strict=True), self._entries[0].view
        return [None if key is None else grouping.label(view, key, language) for grouping, key in pairs]

    @property
    def entries(self) -> list[Any]:
        pairs, view = zip(self._groupings, self.keys, strict=True), self._entries[0].view
        return [view.thing(grouping.table, key, "slug") if grouping.table else None for grouping, key in pairs]

    @property
    def tone(self) -> "Tone":
        return Tone(self._entries)


def counts(connection: str, entries: list[Any], by: list[str]) -> list[Count]:
    """Return the most frequent first, then by the keys, none last; an entry with several values counts once
    for each.
    """
    groupings = [GROUPINGS[connection][each] for each in by]
    found: dict[tuple[str | None, ...], list[Any]] = {}
    for entry in entries:
        for keys in product(*(grouping.keys(entry) for grouping in groupings)):
            found.setdefault(keys, []).append(entry)
    counted = [Count(groupings, keys, counted) for keys, counted in found.items()]
    return sorted(counted, key=lambda each: (-each.count, [(key is None, key or "") for key in each.keys]))


def counts_towards_tone(event: Any) -> bool:
    return event.modality == "ACTUAL" and not event.is_withdrawn


class Tone:
    """Tone of the events that happened: each counts once, however many sources report it."""

    def __init__(self, events: list[Any]) -> None:
        happened = [event for event in events if counts_towards_tone(event)]
        self.events = len(happened)
        self.cooperation = sum(event.quad_class.endswith("COOPERATION") for event in happened)
        self.conflict = sum(event.quad_class.endswith("CONFLICT") for event in happened)
        self.sum = sum(event.score for event in happened)
        self.mean = self.sum / self.events if happened else None


def periods(events: list[Any], unit: str) -> list[dict[str, Any]]:
    """Return every period from the first to the last of events that lie in one."""
    lying: dict[date, list[Any]] = {}
    for event in events:
        start = common_period(unit, event.span)
        if start and counts_towards_tone(event):
            lying.setdefault(start, []).append(event)
    found = []
    start, last = min(lying, default=date.max), max(lying, default=date.min)
    while start <= last:
        after = next_period(unit, start)
        found.append({"from": start, "to": after - timedelta(days=1), "tone": Tone(lying.get(start, []))})
        start = after
    return found
