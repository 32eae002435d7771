"""Agreements: treaties, joint statements, armistices and others of their kind."""

from typing import Annotated

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from service.store import enums
from service.store.enums import Role
from service.store.i18n.names import by_tag, common_names, text_in
from service.store.kinds.kind import ExistingFactEntry, Kind, Search, snapshot_key
from service.store.notation import values
from service.store.notation.fields import Names, OnlyCited, Property, Value, Values
from service.store.notation.values import Actor, Date
from service.store.record.record import Record
from service.store.record.snapshots import Snapshot
from service.store.rows import Row, key_of
from service.store.tables.columns import KEY, Table, one_of, optional_foreign_key, texts_column


class Agreement(Table, table=True):
    __tablename__ = "agreement"
    __table_args__ = (
        one_of("kind", enums.AgreementKind),
        one_of("in_force_basis", enums.DateBasis),
        one_of("ended_basis", enums.DateBasis),
        CheckConstraint("(in_force IS NULL) = (in_force_basis IS NULL)", name="in_force"),
        CheckConstraint("(ended IS NULL) = (ended_basis IS NULL)", name="ended"),
    )
    snapshot_id: int = snapshot_key()
    kind: str
    name: str
    names: dict[str, str] = texts_column()
    in_force: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    in_force_basis: str | None = None
    ended: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    ended_basis: str | None = None
    concluded_at_id: int | None = optional_foreign_key("fact.id")
    place_id: int | None = optional_foreign_key("place.id")
    text_source_id: int | None = optional_foreign_key("source.id")


class AgreementEntry(ExistingFactEntry):
    """What parties agreed on, under a name; its `date` is the day on which it was signed or issued."""

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
        # a source that is not published by the day of the record is not in it
        "text_source_id": key_of("source", text_source if text_source in record.sources else None),
    }


def weigh(snapshot: Snapshot) -> float:
    """An understanding has no name of its own: whoever types whom it is of looks for where they met."""
    return 0.5 if snapshot.value("kind") == enums.AgreementKind.UNDERSTANDING else 0.8


AGREEMENT = Kind(
    typenames=("Agreement",),
    file="agreements.yaml",
    entry=AgreementEntry,
    table=Agreement,
    to_row=to_row,
    search=Search(weigh, is_whole=True),
    links_people=True,
    required=(("kind",),),
)
