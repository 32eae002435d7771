"""Quotes, and which of them are of one utterance."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import (
    Table,
    foreign_key,
    one_of,
    optional_foreign_key,
    snapshot_key,
    term,
    texts_column,
)


class Quote(Table, table=True):
    """A quote. `text_claim_id` is the deciding claim of the text, which gives the chain and `is_hearsay`."""

    __tablename__ = "quote"
    __table_args__ = (
        one_of("form", enums.QuoteForm),
        one_of("medium", enums.Medium),
        CheckConstraint("speaker_id IS NOT NULL OR speaker_description IS NOT NULL", name="speaker"),
        Index("quote_language_idx", text("lower(language)")),
    )
    snapshot_id: int = snapshot_key()
    text: str
    language: str
    original_language: str | None = None
    form: str = term()
    medium: str = term()
    translations: dict[str, str] = texts_column()
    speaker_id: int | None = optional_foreign_key("actor.id")
    speaker_description: str | None = None
    meeting_id: int | None = optional_foreign_key("fact.id")
    text_claim_id: int = foreign_key("claim.id")
    is_hearsay: bool


class QuoteVariant(Table, table=True):
    """Two quotes of one utterance, stored in both directions."""

    __tablename__ = "quote_variant"
    __table_args__ = (CheckConstraint("quote_id <> variant_id", name="different"),)
    quote_id: int = Field(foreign_key="fact.id", primary_key=True, ondelete="CASCADE")
    variant_id: int = Field(foreign_key="fact.id", primary_key=True, index=True, ondelete="CASCADE")
