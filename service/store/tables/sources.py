"""Sources, whom they credit, and the passages that are cited."""

from datetime import date as Day

from sqlalchemy import (
    CheckConstraint,
    Index,
    UniqueConstraint,
)
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import KEY, SLUG, Table, json, key, number, one_of, refers, refers_if, unique


class Source(Table, table=True):
    """A document. `reported_on` is the last possible day of its publication and drives `asOf`."""

    __tablename__ = "source"
    __table_args__ = (
        one_of("kind", enums.SourceKind),
        one_of("outlet_basis", enums.DateBasis),
        one_of("published_basis", enums.DateBasis),
        CheckConstraint("(outlet_id IS NULL) = (outlet_basis IS NULL)", name="outlet"),
        CheckConstraint("first_on <= last_on", name="order"),
        CheckConstraint("reported_on = last_on", name="reported_on"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        unique("document"),
        Index("source_order_idx", "first_on", "last_on", "slug"),
        CheckConstraint("labels ? 'en'", name="labels"),
    )
    id: int | None = number()
    slug: str = key(unique=True)
    document: str = key()
    kind: str
    title: str | None = None
    language: str
    outlet_id: int | None = refers_if("actor.id")
    outlet_basis: str | None = None
    published: str = Field(foreign_key="edtf.text", sa_type=KEY)
    published_basis: str
    first_on: Day
    last_on: Day
    reported_on: Day = Field(index=True)
    sha256: str
    url: str | None = None
    labels: dict[str, str] = json()
    digest: str


class SourceCredit(Table, table=True):
    __tablename__ = "source_credit"
    source_id: int = Field(foreign_key="source.id", primary_key=True, ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="actor.id", primary_key=True, index=True)
    position: int


class Passage(Table, table=True):
    """Code points [from_char, to_char) of a document; `exact` only where the operator has loaded its text."""

    __tablename__ = "passage"
    __table_args__ = (
        CheckConstraint("from_char >= 0 AND from_char < to_char", name="order"),
        CheckConstraint("paragraph >= 1", name="paragraph"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint("(state = 'UNCHECKED') = (exact IS NULL)", name="exact"),
        one_of("role", enums.PassageRole),
        one_of("state", enums.AnchorState),
        UniqueConstraint("source_id", "from_char", "to_char"),
    )
    id: int | None = number()
    source_id: int = refers("source.id", index=False, owned=True)
    from_char: int
    to_char: int
    paragraph: int
    role: str
    sha256: str
    exact: str | None = None
    state: str = "UNCHECKED"
