"""Meetings, and where they take place."""

from datetime import date as Day

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint, desc
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import (
    KEY,
    ByDate,
    Table,
    foreign_key,
    foretold,
    one_of,
    optional_foreign_key,
    snapshot_key,
    term,
)


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
    snapshot_id: int = snapshot_key()
    level: str = term()
    format: str = term()
    status: str = term()
    phase: str = term()
    outcome: str = term()
    place_id: int | None = optional_foreign_key("place.id")
    setting: str = term()
    within_id: int | None = optional_foreign_key("fact.id")
    within_kind: str | None = None
    planned: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    planned_basis: str | None = None
    name: str
    names: dict[str, str] | None = Field(
        default=None, sa_type=JSONB, description="What it is called by language; null where that is what labels it."
    )


class MeetingPlace(ByDate, table=True):
    """The places of a meeting, in order."""

    __tablename__ = "meeting_place"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "place_id"),
        Index("meeting_place_date_idx", "place_id", "first_on", "last_on"),
    )
    snapshot_id: int = Field(foreign_key="snapshot.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True, sa_type=SmallInteger)
    place_id: int = foreign_key("place.id", index=False)


class ParticipantCountry(ByDate, table=True):
    """The states of those who take part in a meeting, and states that take part themselves, each once."""

    __tablename__ = "participant_country"
    __table_args__ = (
        # without the slug, as in `presence`
        Index("participant_country_date_idx", "country_id", "first_on", "last_on"),
        Index("participant_country_date_desc_idx", "country_id", desc("is_dated"), desc("first_on"), desc("last_on")),
        Index("participant_country_known_idx", "country_id", "known_since", "slug"),
        foretold("participant_country_foretold_idx", of=["country_id"]),
    )
    snapshot_id: int = Field(foreign_key="snapshot.id", primary_key=True, ondelete="CASCADE")
    country_id: int = Field(foreign_key="actor.id", primary_key=True)
    fact_id: int
    known_since: Day
