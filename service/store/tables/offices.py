"""Offices."""

from datetime import date as Day

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import (
    KEY,
    ByDate,
    foreign_key,
    one_of,
    optional_foreign_key,
    snapshot_key,
    texts_column,
)


class Office(ByDate, table=True):
    __tablename__ = "office"
    __table_args__ = (
        one_of("attested_basis", enums.DateBasis),
        CheckConstraint("(attested IS NULL) = (attested_basis IS NULL)", name="attested"),
        CheckConstraint("held_from <= held_until", name="held"),
        CheckConstraint("(held_from IS NULL) = (held_until IS NULL)", name="held_until"),
        Index("office_of_idx", "of_id", "first_on", "last_on"),
        Index(
            "office_held_idx",
            text("daterange(held_from, held_until, '[]')"),
            postgresql_using="gist",
            postgresql_where=text("held_from IS NOT NULL"),
        ),
    )
    snapshot_id: int = snapshot_key()
    person_id: int = foreign_key("actor.id")
    title: str
    titles: dict[str, str] = texts_column()
    of_id: int | None = optional_foreign_key("actor.id", index=False)
    leads: bool = False
    attested: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    attested_basis: str | None = None
    held_from: Day | None = Field(default=None, description="On no day before it is it told to have been held.")
    held_until: Day | None = None
