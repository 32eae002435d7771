"""Meetings, held or only planned: a Summit at leaders' level, Talks at any other level."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from service.store import enums
from service.store.enums import PHASES, PRESENT, EventType, MeetingLevel, MeetingPhase, MeetingStatus
from service.store.i18n.labels import fact_names
from service.store.kinds.gatherings import places_of, setting_of
from service.store.kinds.invitations import DECISIONS, answer_dates, invitations_to
from service.store.kinds.kind import ExistingFactEntry, Kind, Search, values_of
from service.store.notation import values
from service.store.notation.fields import Names, OnlyCited, Participants, Property, Unnamed, Value, Values
from service.store.notation.values import Date, changing_value
from service.store.record.coding import (
    Act,
    asserting_claims,
    effective_dates,
    extra_claims_of,
    involvements_in,
    is_told_together,
    number_acts,
)
from service.store.record.record import Claim, Fact, Involvement, Record
from service.store.record.snapshots import Snapshot, claims_for_involvement, principal_of, property_of_role
from service.store.rows import Row, key_of

NOT_HELD = 0.6
"""Search weight of a meeting that was not held, or not yet, relative to one that was held."""


class MeetingEntry(ExistingFactEntry):
    """A meeting, held or only planned. At leaders' level it is a Summit."""

    level: enums.MeetingLevel
    names: Names | None = None
    participants: Participants = None
    unnamed: Unnamed = None
    setting: Annotated[Value[Literal["BILATERAL", "MULTILATERAL"]], Property(is_open=False)] = None
    within: Annotated[Value[values.Meeting], Property(is_open=False)] = None
    withinKind: Annotated[Value[enums.WithinKind], Property(is_open=False)] = None
    format: Value[enums.MeetingFormat] = None
    status: OnlyCited[Annotated[enums.MeetingStatus, changing_value(has_author=True)]] = None
    outcome: Value[enums.MeetingOutcome] = None
    place: Value[values.Place] = None
    places: Annotated[Values[values.Place], Property(is_many=True, is_open=False)] = None
    plannedDate: OnlyCited[Date] = None


def choose_typename(fields: Mapping[str | None, Any]) -> str:
    return "Summit" if fields.get("level") == MeetingLevel.LEADERS.value else "Talks"


def to_row(record: Record, snapshot: Snapshot) -> Row:
    status = _status(snapshot)
    planned, basis = snapshot.date_of("plannedDate")
    names = fact_names(record, snapshot.fact)
    return {
        "level": snapshot.require_value("level"),
        "format": snapshot.value("format") or "MEETING",
        "status": status.value,
        "phase": PHASES[status].value,
        "outcome": snapshot.value("outcome") or _outcome_untold(status),
        "place_id": key_of("place", snapshot.value("place") or next(iter(places_of(snapshot)), None)),
        "setting": setting_of(record, snapshot).value,
        "within_id": key_of("fact", snapshot.value("within")),
        "within_kind": snapshot.value("withinKind") if snapshot.value("within") else None,
        "planned": planned,
        "planned_basis": basis,
        "name": names.get("en") or snapshot.fact.slug,
        "names": names,
    }


def to_further_rows(record: Record, snapshot: Snapshot) -> Iterable[tuple[str, Row]]:
    """Yield a row for each of its places."""
    for position, place in enumerate(places_of(snapshot), start=1):
        yield "meeting_place", {"position": position, "place_id": key_of("place", place)}


def _outcome_untold(status: MeetingStatus) -> str:
    """Return the outcome if no source gives one."""
    if PHASES[status] == MeetingPhase.HELD:
        return "UNKNOWN"
    return "NOT_HELD" if status == MeetingStatus.CANCELLED else "PENDING"


def _status(snapshot: Snapshot) -> MeetingStatus:
    return MeetingStatus[snapshot.value("status") or "RUMOURED"]


def weigh(snapshot: Snapshot) -> float:
    """Return a search weight: higher for a summit than for other talks, and if held than if not."""
    weight = 1.0 if snapshot.fact.typename == "Summit" else 0.95
    return weight if PHASES[_status(snapshot)] == MeetingPhase.HELD else weight * NOT_HELD


# ------------------------------------------------------------------ the events that it is


def to_acts(record: Record, meeting: Fact) -> Iterable[Act]:
    return (
        *_act_of_holding(record, meeting),
        *_acts_of_agreeing(record, meeting),
        *_acts_of_calling_off(record, meeting),
    )


def _act_of_holding(record: Record, meeting: Fact) -> Iterable[Act]:
    """Yield the holding of a meeting: everyone present is an actor. Part of another's programme is one act with it."""
    claims = _held_claims(meeting)
    wholes = (record.facts[slug] for slug in values_of(meeting, "within") & record.facts.keys())
    is_part = "PROGRAMME" in values_of(meeting, "withinKind")
    if claims and not (is_part and any(_held_claims(whole) and _is_attended(whole, meeting) for whole in wholes)):
        places = extra_claims_of(meeting, "place") or extra_claims_of(meeting, "places", "place")[:1]
        extra = [*extra_claims_of(meeting, "date"), *places]
        plain = {"medium": "CALL" if asserting_claims(meeting, "format", "CALL") else "IN_PERSON"}
        present = involvements_in(meeting, *PRESENT)
        yield Act("held", "held", EventType.CONSULT, claims, present, extra_claims=extra, plain=plain)


def _held_claims(meeting: Fact) -> list[Claim]:
    return asserting_claims(meeting, "status", "HELD", "CUT_SHORT")


def _is_attended(whole: Fact, part: Fact) -> bool:
    """Return whether everybody present at a part is also present at the whole."""
    present, others = ({one.actor for one in involvements_in(each, *PRESENT)} for each in (part, whole))
    return present <= others


def _acts_of_agreeing(record: Record, meeting: Fact) -> Iterable[Act]:
    """Yield each agreement of both sides to meet; an acceptance reported in the same passage is part of that act."""
    for suffix, claims in number_acts("agreed", asserting_claims(meeting, "status", *DECISIONS["ACCEPTED"])):
        yeses = {one.slug: asserting_claims(one, "response", "ACCEPTED") for one in invitations_to(record, meeting)}
        same = [slug for slug, answers in yeses.items() if is_told_together(answers, claims)]
        answers = [claim for slug in same for claim in yeses[slug]]
        extra = [*effective_dates(claims), *(day for slug in same for day in answer_dates(record.facts[slug]))]
        yield Act("agreed", suffix, EventType.AGREE, [*claims, *answers], _sides(meeting), extra_claims=extra)


def _acts_of_calling_off(record: Record, meeting: Fact) -> Iterable[Act]:
    """Yield each calling off by one side, towards the others; nothing if no source says who called it off."""
    for status in ("CANCELLED", "DEFERRED"):
        claims = asserting_claims(meeting, "status", status)
        for by in dict.fromkeys(claim.by for claim in claims if claim.by):
            others = [one for one in _sides(meeting) if not _is_of(record, meeting, one, by)]
            own = [claim for claim in claims if claim.by == by]
            for suffix, group in number_acts(f"{status.lower()}-by-{by}", own):
                days = effective_dates(group)
                yield Act(status.lower(), suffix, EventType.REJECT, group, (), others, by, "meet", days)


def _sides(meeting: Fact) -> list[Involvement]:
    """Return whom it is between: those who need no claim of their own to be in it, else all."""
    present = involvements_in(meeting, *PRESENT)
    own = {claim.slug for claim in meeting.claims if claim.property in map(property_of_role, PRESENT)}
    return [one for one in present if not own.intersection(one.claims)] or present


def _is_of(record: Record, meeting: Fact, involvement: Involvement, side: str) -> bool:
    """Return whether a person, or the one he represents, is on a side: the same, or of the same country."""

    def country(slug: str) -> str | None:
        return slug if record.actors[slug].typename == "Country" else record.actors[slug].country

    actor = principal_of(involvement, claims_for_involvement(meeting, involvement)) or involvement.actor
    return side in (actor, involvement.actor) or (country(actor) is not None and country(actor) == country(side))


MEETING = Kind(
    typenames=("Summit", "Talks"),
    choose_typename=choose_typename,
    file="meetings.yaml",
    entry=MeetingEntry,
    table="meeting",
    to_row=to_row,
    to_further_rows=to_further_rows,
    search=Search(weigh, is_whole=True),
    links_people=True,
    dated_by=("date", "plannedDate"),
    history="status",
    to_acts=to_acts,
)
