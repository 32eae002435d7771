"""The change log: which entries each load changed, and how."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import KEY, SLUG, Table, one_of


class EntryChange(Table, table=True):
    """An entry that a load added, changed or removed, once for each revision. Rows are never rewritten.

    A removed entry has its last labels and the slugs of the actors that it involved, because no other table keeps them.
    """

    __tablename__ = "entry_change"
    __table_args__ = (
        one_of("change", enums.ChangeKind),
        CheckConstraint(f"typename IN {enums.LOGGED_TYPES}", name="typename"),
        CheckConstraint(f"slug ~ '^{SLUG}(--{SLUG})?$'", name="slug"),
        CheckConstraint("labels ? 'en'", name="labels"),
        CheckConstraint("num_nonnulls(labels, involved) = 2 * (change = 'REMOVED')::int", name="removed"),
        Index("entry_change_removed_idx", "typename", "slug", postgresql_where=text("labels IS NOT NULL")),
    )
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    typename: str = Field(primary_key=True, sa_type=KEY)
    slug: str = Field(primary_key=True, sa_type=KEY)
    change: str
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    labels: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    involved: list[str] | None = Field(default=None, sa_type=ARRAY(Text))
