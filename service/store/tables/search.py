"""What entries are found by."""

from datetime import date as Day

from sqlalchemy import CheckConstraint, Date, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSVECTOR
from sqlmodel import Field

from service.store.search.shares import SHARES
from service.store.tables.columns import KEY, Table


def owner_indexes(table: str, *columns: str) -> list[Index]:
    """An index on each of the columns of which a row has one, holding only the rows that have it."""
    return [Index(f"{table}_{name}_idx", name, postgresql_where=text(f"{name} IS NOT NULL")) for name in columns]


class SearchText(Table, table=True):
    """What an entry is found by, from one day of publication to another.

    The second, fourth, sixth ... piece of `text` (U+001F stands between pieces) is a word, or the U+001E that stands
    before each of its texts; the places of `lexemes` count them. What only filters look for has an empty one.
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
        # to fetch the lexemes of a meeting from elsewhere and to decompress them takes longer than to rank it
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
    """Above 0, at most 1: what the rank of whatever is found in it is multiplied by."""
    risen_on: list[Day] | None = Field(default=None, sa_type=ARRAY(Date))
    former_prominences: list[float] | None = Field(default=None, sa_type=ARRAY(REAL))
    """What that was before each of the days in `risen_on`; both null where it has always been the same."""
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
