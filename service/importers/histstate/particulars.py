"""What a row reports of an encounter besides its people: when, where, whether it was held, and what it was."""

import re
from collections.abc import Iterable
from dataclasses import replace

from service.importers.histstate.acts import ATTENDANCE, LONGEST, OFFICIAL_STAYS, describe_act
from service.importers.histstate.context import RowContext, mark
from service.importers.histstate.merging import bounds
from service.importers.histstate.readings import Act, ActKind, Encounter, Gathering, StayKind
from service.importers.histstate.row_facts import Citation, RowFact
from service.store.documents.addresses import parse_address
from service.store.enums import MeetingStatus

FORMATS = {"summit": "SUMMIT", "talks": "TALKS", "conversation": "TALKS", "dinner": "DINNER"}
"""Format of a meeting by a word in the row."""


def add_particulars(row: RowContext, fact: RowFact, encounter: Encounter) -> None:
    """Add the day, the place and the kind of a meeting, or the day and the place of an occasion."""
    day = row.cite_day(encounter.day, encounter.address)
    fact.add("date", encounter.day.edtf, mark(day, encounter))
    if fact.noun == "meetings":
        _add_status(fact, encounter, day)
    else:
        assert encounter.gathering
        fact.plain |= {"eventType": "CONSULT", "modality": "ACTUAL", "medium": "IN_PERSON"}
        fact.plain["act"] = {"en": encounter.gathering.name}
    if not encounter.is_elsewhere:
        place, where = row.find_place(encounter.place, encounter.address)
        fact.add("place", place, where.as_inferred() if encounter.is_place_inferred else where)
    if fact.noun == "meetings":
        if encounter.within:
            _add_margins(row, fact, encounter.within)
        _add_kind(row, fact, encounter)


def _add_status(fact: RowFact, encounter: Encounter, day: Citation) -> None:
    cite = mark(fact.existence, encounter)
    if encounter.status is MeetingStatus.HELD:
        context = () if day.address == cite.address else (day.address, *day.context)
        fact.add("status", f"HELD from {encounter.day.edtf}", replace(cite, context=context, marks=day.marks))
    else:
        fact.values["plannedDate"] = fact.values.pop("date")
        fact.add("status", encounter.status.value, cite)


def _add_margins(row: RowContext, fact: RowFact, gathering: Gathering) -> None:
    """Add that a meeting was at a gathering; those who met were there, which only some rows say ("while attending")."""
    fact.within = gathering.key
    is_stated = "attending" in row.text.row.remarks
    cite = fact.existence if is_stated else fact.existence.as_inferred()
    fact.attendance = ATTENDANCE.format(gathering.name), cite


def _is_called_summit(gathering: Gathering, text: str) -> bool:
    """Return whether the row calls a gathering a summit, and not another one that it also mentions."""
    title = gathering.title.lower()
    said = title if "meeting" in title else text.lower().replace("u.s.-soviet summit", "")
    return "summit" in gathering.name.lower() and "summit" in said


def _add_kind(row: RowContext, fact: RowFact, encounter: Encounter) -> None:
    cite = mark(fact.existence, encounter)
    words = encounter.format.lower()
    format = next((value for word, value in FORMATS.items() if word in words), None)
    if encounter.gathering:
        is_summit = _is_called_summit(encounter.gathering, row.text.row.remarks)
        fact.add("format", "SUMMIT" if is_summit else format or "MULTILATERAL", cite)
        fact.add("setting", "MULTILATERAL", cite.as_inferred())
        if " " in encounter.gathering.title:
            fact.add("title", encounter.gathering.title, cite)
    elif words and words in row.text.row.remarks.lower():
        fact.add("format", format or "MEETING", cite)
        fact.add("title", encounter.format, cite)
    if 0 < len(encounter.topic.split()) <= LONGEST:
        fact.add("agenda", encounter.topic, cite)


def add_stay(row: RowContext, fact: RowFact, before: RowFact | None) -> None:
    """Add the row's name for the stay during which somebody was met, and what else the row reports of it.

    `before`: the meeting that the row reports first, if this one was in addition to it ("also met with"). What was done
    according to the sentences between the two belongs to the first.
    """
    for kind in row.reading.stay.kinds:
        if kind.kind in OFFICIAL_STAYS:
            if kind.words and kind.kind is not StayKind.GUEST:
                fact.add("title", kind.words.removesuffix(" with"), row.text.cite(kind.address))
            if not fact.values.get("format"):
                fact.add("format", "VISIT", row.text.cite(kind.address))
    for act in row.reading.acts:
        if is_with_others(row, act):
            continue
        if before and _sentence(act.address) < _sentence(fact.existence.address):
            add_programme(row, before, [act])
        else:
            add_programme(row, fact, [act])


def add_programme(row: RowContext, fact: RowFact, acts: Iterable[Act]) -> None:
    """Add what else was done, in short phrases."""
    for act in acts:
        if phrase := describe_act(act):
            fact.add("programme", phrase, row.text.cite(act.address))


def _sentence(address: str) -> tuple[int, int]:
    """Return the numbers of the first paragraph and sentence of an address."""
    parsed = parse_address(address)
    return parsed.paragraphs[0], parsed.sentences[0] if parsed.sentences else 1


def is_with_others(row: RowContext, act: Act) -> bool:
    """Return whether something was signed with another state than those of the visit.

    Such an act belongs to the stay, and to no meeting.
    """
    match = re.search(rf" with (?:the )?({row.context.tables.any_state})$", act.object)
    state = (
        row.context.tables.state_slug(match[1], row.text.row.start) if match and act.kind is ActKind.SIGNED else None
    )
    return state not in (None, row.home, row.visiting_state)


def is_of_stay(row: RowContext, act: Act) -> bool:
    """Return whether an act may have been on the days of the trip or visit and is not reported of another one."""
    own = bounds(act.day.edtf) if act.day else None
    stay = bounds(row.reading.stay.days.edtf) if row.reading.stay.days else None
    return own is None or stay is None or (own[0] <= stay[1] and stay[0] <= own[1])
