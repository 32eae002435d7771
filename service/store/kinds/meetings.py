"""Meetings, held or only planned: at leaders' level a Summit, at any other Talks."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from service.store import enums
from service.store.enums import PHASES, EventType, MeetingLevel, MeetingPhase, MeetingStatus
from service.store.kinds.invitations import DECISIONS, answer_dates, invitations_to
from service.store.kinds.kind import ExistingFactEntry, Kind, Search, of_snapshot
from service.store.notation import values
from service.store.notation.fields import Names, OnlyCited, Participants, Value
from service.store.notation.values import Date, changing
from service.store.record.coding import (
    Act,
    asserting_claims,
    effective_dates,
    extra_claims_of,
    involvements_in,
    is_told_together,
    number_acts,
)
from service.store.record.record import Fact, Involvement, Record
from service.store.record.snapshots import Snapshot
from service.store.rows import Row, key_of
from service.store.tables.columns import KEY, Table, json, one_of, refers_if
from service.store.wording.names import by_tag, common, told_in

NOT_HELD = 0.6
"""What a meeting that was not held, or not yet, counts as in a search beside one that was."""


class Meeting(Table, table=True):
    __tablename__ = "meeting"
    __table_args__ = (
        one_of("level", enums.MeetingLevel),
        one_of("format", enums.MeetingFormat),
        one_of("status", enums.MeetingStatus),
        one_of("phase", enums.MeetingPhase),
        one_of("outcome", enums.MeetingOutcome),
        one_of("planned_basis", enums.DateBasis),
        CheckConstraint("(planned IS NULL) = (planned_basis IS NULL)", name="planned"),
    )
    snapshot_id: int = of_snapshot()
    level: str
    format: str
    status: str
    phase: str
    outcome: str
    place_id: int | None = refers_if("place.id")
    planned: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    planned_basis: str | None = None
    name: str
    names: dict[str, str] = json()


class MeetingEntry(ExistingFactEntry):
    """A meeting, held or only planned; at leaders' level it is a Summit."""

    level: enums.MeetingLevel
    names: Names
    participants: Participants = None
    format: Value[enums.MeetingFormat] = None
    status: OnlyCited[Annotated[enums.MeetingStatus, changing(has_author=True)]] = None
    outcome: Value[enums.MeetingOutcome] = None
    place: Value[values.Place] = None
    plannedDate: OnlyCited[Date] = None


def choose_typename(fields: Mapping[str | None, Any]) -> str:
    return "Summit" if fields.get("level") == MeetingLevel.LEADERS.value else "Talks"


def to_row(record: Record, snapshot: Snapshot) -> Row:
    status = _status(snapshot)
    planned, basis = snapshot.dated("plannedDate")
    names = common(snapshot.fact.names)
    return {
        "level": snapshot.needed("level"),
        "format": snapshot.value("format") or "MEETING",
        "status": status.value,
        "phase": PHASES[status].value,
        "outcome": snapshot.value("outcome") or _outcome_untold(status),
        "place_id": key_of("place", snapshot.value("place")),
        "planned": planned,
        "planned_basis": basis,
        "name": told_in(names, "en") or snapshot.fact.slug,
        "names": by_tag(names),
    }


def _outcome_untold(status: MeetingStatus) -> str:
    """The outcome where no source tells one."""
    if PHASES[status] == MeetingPhase.HELD:
        return "UNKNOWN"
    return "NOT_HELD" if status == MeetingStatus.CANCELLED else "PENDING"


def _status(snapshot: Snapshot) -> MeetingStatus:
    return MeetingStatus[snapshot.value("status") or "RUMOURED"]


def weigh(snapshot: Snapshot) -> float:
    """What it counts as in a search: a summit more than other talks, what was held more than what was not."""
    weight = 1.0 if snapshot.fact.typename == "Summit" else 0.95
    return weight if PHASES[_status(snapshot)] == MeetingPhase.HELD else weight * NOT_HELD


# ------------------------------------------------------------------ the events that it is


def to_acts(record: Record, meeting: Fact) -> Iterable[Act]:
    return (*_held(meeting), *_agreed(record, meeting), *_called_off(record, meeting))


def _held(meeting: Fact) -> Iterable[Act]:
    """That it was held: everyone present is an actor."""
    claims = asserting_claims(meeting, "status", "HELD", "CUT_SHORT")
    if claims:
        extra = [*extra_claims_of(meeting, "date"), *extra_claims_of(meeting, "place")]
        plain = {"medium": "CALL" if asserting_claims(meeting, "format", "CALL") else "IN_PERSON"}
        present = involvements_in(meeting, "PARTICIPANT", "HOST")
        yield Act("held", "held", EventType.CONSULT, claims, present, extra_claims=extra, plain=plain)


def _agreed(record: Record, meeting: Fact) -> Iterable[Act]:
    """That both sides want it, once for each time that they agreed; a yes that the same passage tells is that too."""
    for suffix, claims in number_acts("agreed", asserting_claims(meeting, "status", *DECISIONS["ACCEPTED"])):
        yeses = {one.slug: asserting_claims(one, "response", "ACCEPTED") for one in invitations_to(record, meeting)}
        same = [slug for slug, answers in yeses.items() if is_told_together(answers, claims)]
        answers = [claim for slug in same for claim in yeses[slug]]
        extra = [*effective_dates(claims), *(day for slug in same for day in answer_dates(record.facts[slug]))]
        yield Act("agreed", suffix, EventType.AGREE, [*claims, *answers], _sides(meeting), extra_claims=extra)


def _called_off(record: Record, meeting: Fact) -> Iterable[Act]:
    """That one side called it off, towards the others; where no source tells who, none."""
    for status in ("CANCELLED", "DEFERRED"):
        claims = asserting_claims(meeting, "status", status)
        for by in dict.fromkeys(claim.by for claim in claims if claim.by):
            others = [side for side in _sides(meeting) if not _is_of(record, side.actor, by)]
            own = [claim for claim in claims if claim.by == by]
            for suffix, group in number_acts(f"{status.lower()}-by-{by}", own):
                days = effective_dates(group)
                yield Act(status.lower(), suffix, EventType.REJECT, group, (), others, by, "meet", days)


def _sides(meeting: Fact) -> list[Involvement]:
    """Whom it is between: those who need no claim of their own to be in it, else all."""
    present = involvements_in(meeting, "PARTICIPANT", "HOST")
    own = {claim.slug for claim in meeting.claims if claim.property in ("participant", "host")}
    return [one for one in present if not own.intersection(one.claims)] or present


def _is_of(record: Record, actor: str, side: str) -> bool:
    """Whether an actor is on the side of another: the same, or both of one country."""

    def country(slug: str) -> str | None:
        return slug if record.actors[slug].typename == "Country" else record.actors[slug].country

    return actor == side or (country(actor) is not None and country(actor) == country(side))


MEETING = Kind(
    typenames=("Summit", "Talks"),
    choose_typename=choose_typename,
    file="meetings.yaml",
    entry=MeetingEntry,
    table=Meeting,
    to_row=to_row,
    search=Search(weigh, is_whole=True),
    links_people=True,
    dated_by=("date", "plannedDate"),
    history="status",
    to_acts=to_acts,
)
