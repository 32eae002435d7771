"""What each kind of fact has for a snapshot."""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
)
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import KEY, Table, json, one_of, refers, refers_if


def of_snapshot() -> Any:
    """The key of a kind's table: one row for each snapshot."""
    return Field(foreign_key="snapshot.id", primary_key=True, ondelete="CASCADE")


class Meeting(Table, table=True):
    __tablename__ = "meeting"
    __table_args__ = (
        one_of("level", enums.MeetingLevel),
        one_of("format", enums.MeetingFormat),
        one_of("status", enums.MeetingStatus),
        one_of("phase", enums.MeetingPhase),
        one_of("outcome", enums.MeetingOutcome),
        one_of("setting", enums.MeetingSetting),
        one_of("within_kind", enums.WithinKind),
        one_of("planned_basis", enums.DateBasis),
        CheckConstraint("(planned IS NULL) = (planned_basis IS NULL)", name="planned"),
        CheckConstraint("within_kind IS NULL OR within_id IS NOT NULL", name="within"),
    )
    snapshot_id: int = of_snapshot()
    level: str
    format: str
    status: str
    phase: str
    outcome: str
    place_id: int | None = refers_if("place.id")
    setting: str
    within_id: int | None = refers_if("fact.id")
    within_kind: str | None = None
    planned: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    planned_basis: str | None = None
    name: str
    names: dict[str, str] = json()


class MeetingPlace(Table, table=True):
    """Where a meeting takes place, in order."""

    __tablename__ = "meeting_place"
    __table_args__ = (UniqueConstraint("snapshot_id", "place_id"),)
    snapshot_id: int = Field(foreign_key="snapshot.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True, sa_type=SmallInteger)
    place_id: int = refers("place.id")


class Quote(Table, table=True):
    """`text_claim_id` is the deciding claim of the text: it gives the chain and `is_hearsay`."""

    __tablename__ = "quote"
    __table_args__ = (
        one_of("form", enums.QuoteForm),
        one_of("medium", enums.Medium),
        CheckConstraint("speaker_id IS NOT NULL OR speaker_description IS NOT NULL", name="speaker"),
    )
    snapshot_id: int = of_snapshot()
    text: str
    language: str
    original_language: str | None = None
    form: str
    medium: str
    translations: dict[str, str] = json()
    speaker_id: int | None = refers_if("actor.id")
    speaker_description: str | None = None
    meeting_id: int | None = refers_if("fact.id")
    text_claim_id: int = refers("claim.id")
    is_hearsay: bool


class QuoteVariant(Table, table=True):
    """Two quotes of one utterance; stands in both directions."""

    __tablename__ = "quote_variant"
    __table_args__ = (CheckConstraint("quote_id <> variant_id", name="different"),)
    quote_id: int = Field(foreign_key="fact.id", primary_key=True, ondelete="CASCADE")
    variant_id: int = Field(foreign_key="fact.id", primary_key=True, index=True, ondelete="CASCADE")


class Event(Table, table=True):
    __tablename__ = "event"
    __table_args__ = (
        one_of("event_type", enums.EventType),
        one_of("quad_class", enums.QuadClass),
        one_of("modality", enums.Modality),
        one_of("medium", enums.Medium),
        CheckConstraint("score BETWEEN -10 AND 10", name="score"),
        Index("event_score_idx", "score"),
    )
    snapshot_id: int = of_snapshot()
    event_type: str
    mode: str | None = None
    quad_class: str
    score: float
    modality: str
    medium: str
    place_id: int | None = refers_if("place.id")
    meeting_id: int | None = refers_if("fact.id")
    quote_id: int | None = refers_if("fact.id")
    codes_id: int | None = refers_if("fact.id")


class Invitation(Table, table=True):
    __tablename__ = "invitation"
    __table_args__ = (
        one_of("medium", enums.Medium),
        one_of("response", enums.InvitationResponse),
        one_of("responded_basis", enums.DateBasis),
        CheckConstraint("(responded IS NULL) = (responded_basis IS NULL)", name="responded"),
        CheckConstraint("issuer_id IS NOT NULL OR issuer_description IS NOT NULL", name="issuer"),
        CheckConstraint("meeting_id <> made_at_id", name="meeting"),
    )
    snapshot_id: int = of_snapshot()
    issuer_id: int | None = refers_if("actor.id")
    issuer_description: str | None = None
    on_behalf_of_id: int | None = refers_if("actor.id")
    carrier_id: int | None = refers_if("actor.id")
    invitee_id: int = refers("actor.id")
    destination_id: int | None = refers_if("place.id")
    medium: str
    response: str
    responded: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    responded_basis: str | None = None
    made_at_id: int | None = refers_if("fact.id")
    meeting_id: int | None = refers_if("fact.id")


class Office(Table, table=True):
    __tablename__ = "office"
    __table_args__ = (
        one_of("attested_basis", enums.DateBasis),
        CheckConstraint("(attested IS NULL) = (attested_basis IS NULL)", name="attested"),
    )
    snapshot_id: int = of_snapshot()
    person_id: int = refers("actor.id")
    title: str
    titles: dict[str, str] = json()
    of_id: int | None = refers_if("actor.id")
    attested: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    attested_basis: str | None = None


class Relationship(Table, table=True):
    __tablename__ = "relationship"
    __table_args__ = (
        one_of("kind", enums.RelationshipKind),
        CheckConstraint("one_id <> other_id", name="parties"),
        Index("relationship_parties_idx", "one_id", "other_id"),
    )
    snapshot_id: int = of_snapshot()
    kind: str
    one_id: int = refers("actor.id", index=False)
    other_id: int = refers("actor.id")
