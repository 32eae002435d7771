"""What entries are found by."""

from datetime import date as Day

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import REAL, TSVECTOR
from sqlmodel import Field

from service.store.tables.columns import KEY, Table


def owner_indexes(table: str, *columns: str) -> list[Index]:
    """An index on each of the columns of which a row has one, holding only the rows that have it."""
    return [Index(f"{table}_{name}_idx", name, postgresql_where=text(f"{name} IS NOT NULL")) for name in columns]


class SearchText(Table, table=True):
    """What an entry is found by, from one day of publication to another.

    The second, fourth, sixth ... piece of `text` (U+001F stands between pieces) is a word, or the U+001E that stands
    before each of its texts; the places of `lexemes` count them.
    """

    __tablename__ = "search_text"
    __table_args__ = (
        CheckConstraint("num_nonnulls(fact_id, actor_id, place_id, source_id) = 1", name="owner"),
        CheckConstraint("known_from <= known_until", name="known"),
        Index("search_text_lexemes_idx", "lexemes", postgresql_using="gin"),
        *owner_indexes("search_text", "fact_id", "actor_id", "place_id", "source_id"),
    )
    typename: str = Field(primary_key=True, sa_type=KEY)
    slug: str = Field(primary_key=True, sa_type=KEY)
    known_from: Day = Field(primary_key=True)
    known_until: Day
    fact_id: int | None = Field(default=None, foreign_key="fact.id", ondelete="CASCADE")
    actor_id: int | None = Field(default=None, foreign_key="actor.id", ondelete="CASCADE")
    place_id: int | None = Field(default=None, foreign_key="place.id", ondelete="CASCADE")
    source_id: int | None = Field(default=None, foreign_key="source.id", ondelete="CASCADE")
    prominence: float = Field(sa_type=REAL)
    """Above 0, at most 1: what the rank of whatever is found in it is multiplied by."""
    text: str
    lexemes: str = Field(sa_type=TSVECTOR)


class Suggestion(Table, table=True):
    """What somebody may begin to type for a name of an actor, a place or a meeting, and how well known that is."""

    __table_args__ = (
        CheckConstraint("num_nonnulls(fact_id, actor_id, place_id) = 1", name="owner"),
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("level BETWEEN 0 AND 40", name="level"),
        *owner_indexes("suggestion", "fact_id", "actor_id", "place_id"),
    )
    # each kind and level is read by itself, from the best known down, until there are enough
    typename: str = Field(primary_key=True, sa_type=KEY)
    level: int = Field(primary_key=True, sa_type=SmallInteger)
    key: str = Field(primary_key=True, sa_type=KEY)
    slug: str = Field(primary_key=True, sa_type=KEY)
    known_from: Day = Field(primary_key=True)
    known_until: Day
    name: str
    preference: int = Field(sa_type=SmallInteger)
    fact_id: int | None = Field(default=None, foreign_key="fact.id", ondelete="CASCADE")
    actor_id: int | None = Field(default=None, foreign_key="actor.id", ondelete="CASCADE")
    place_id: int | None = Field(default=None, foreign_key="place.id", ondelete="CASCADE")
