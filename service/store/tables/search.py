"""Tables by which entries are found."""

from datetime import date as Day

from sqlalchemy import CheckConstraint, Date, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSVECTOR
from sqlmodel import Field

from service.store.search.shares import SHARES
from service.store.tables.columns import KEY, Table


def owner_indexes(table: str, *columns: str) -> list[Index]:
    """Return an index on each of the columns of which a row fills one, containing only the rows that fill it."""
    return [Index(f"{table}_{name}_idx", name, postgresql_where=text(f"{name} IS NOT NULL")) for name in columns]


class SearchText(Table, table=True):
    """Search document of an entry, valid for a range of publication days.

    Pieces of `text` are separated by U+001F. Every second piece (the second, fourth, sixth ...) is a word, or the
    U+001E that precedes each of the entry's texts; the positions in `lexemes` count these. `text` is empty if only
    filters look for the entry.
    """

    __tablename__ = "search_text"
    __table_args__ = (
        CheckConstraint("num_nonnulls(fact_id, actor_id, place_id, source_id) = 1", name="owner"),
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("cardinality(risen_on) = cardinality(former_prominences)", name="risen"),
        *(
            Index(f"search_text_{name}_idx", "lexemes", postgresql_using="gin", postgresql_where=text(each.condition()))
            for name, each in SHARES.items()
        ),
        *owner_indexes("search_text", "fact_id", "actor_id", "place_id", "source_id"),
        # fetching and decompressing a meeting's out-of-line lexemes takes longer than ranking it
        {"postgresql_with": {"toast_tuple_target": 8160}},
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
    """Factor for the rank of every match in it, above 0 and at most 1."""
    risen_on: list[Day] | None = Field(default=None, sa_type=ARRAY(Date))
    former_prominences: list[float] | None = Field(default=None, sa_type=ARRAY(REAL))
    """Prominence before each of the days in `risen_on`; both are null if it has never changed."""
    text: str
    lexemes: str = Field(sa_type=TSVECTOR)


class Suggestion(Table, table=True):
    """A prefix that somebody may type for the name of an actor, place or meeting, and how well known that is."""

    __table_args__ = (
        CheckConstraint("num_nonnulls(fact_id, actor_id, place_id) = 1", name="owner"),
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("level BETWEEN 0 AND 40", name="level"),
        *owner_indexes("suggestion", "fact_id", "actor_id", "place_id"),
    )
    # each kind and level is read separately, from the best known down, until there are enough
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
