"""Agreements: treaties, joint statements, armistices and similar."""

from typing import Annotated

from service.store import enums
from service.store.enums import Role
from service.store.i18n.names import by_tag, common_names, text_in
from service.store.kinds.kind import ExistingFactEntry, Kind, Search
from service.store.notation import values
from service.store.notation.fields import Names, OnlyCited, Property, Value, Values
from service.store.notation.values import Actor, Date
from service.store.record.record import Record
from service.store.record.snapshots import Snapshot
from service.store.rows import Row, key_of


class AgreementEntry(ExistingFactEntry):
    """Something that parties agreed on under a name. `date` is the day on which it was signed or issued."""

    names: Names
    kind: Annotated[Value[enums.AgreementKind], Property(is_open=False)] = None
    parties: Annotated[Values[Actor], Property(role=Role.SIGNATORY, is_many=True)] = None
    inForce: OnlyCited[Date] = None
    ended: OnlyCited[Date] = None
    concludedAt: Value[values.Meeting] = None
    place: Value[values.Place] = None
    textSource: values.Source | None = None


def to_row(record: Record, snapshot: Snapshot) -> Row:
    in_force, in_force_basis = snapshot.date_of("inForce")
    ended, ended_basis = snapshot.date_of("ended")
    names = common_names(snapshot.fact.names)
    text_source = snapshot.value("textSource")
    return {
        "kind": snapshot.require_value("kind"),
        "name": text_in(names, "en") or snapshot.fact.slug,
        "names": by_tag(names),
        "in_force": in_force,
        "in_force_basis": in_force_basis,
        "ended": ended,
        "ended_basis": ended_basis,
        "concluded_at_id": key_of("fact", snapshot.value("concludedAt")),
        "place_id": key_of("place", snapshot.value("place")),
        # a source not published by the day of the record is not in the record
        "text_source_id": key_of("source", text_source if text_source in record.sources else None),
    }


def weigh(snapshot: Snapshot) -> float:
    """Return the weight in a search, lower for an understanding.

    An understanding has no name of its own: users who enter its parties are looking for their meeting.
    """
    return 0.5 if snapshot.value("kind") == enums.AgreementKind.UNDERSTANDING else 0.8


AGREEMENT = Kind(
    typenames=("Agreement",),
    file="agreements.yaml",
    entry=AgreementEntry,
    table="agreement",
    to_row=to_row,
    search=Search(weigh, is_whole=True),
    links_people=True,
    required=(("kind",),),
)
