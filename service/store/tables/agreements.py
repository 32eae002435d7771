"""Agreements."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import (
    KEY,
    Table,
    one_of,
    optional_foreign_key,
    snapshot_key,
    texts_column,
)


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
