"""What entries are found by."""

import re
from collections.abc import Mapping
from datetime import date as Day
from typing import NamedTuple

from sqlalchemy import CheckConstraint, Date, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSVECTOR
from sqlmodel import Field

from service.store.tables.columns import KEY, Table


def owner_indexes(table: str, *columns: str) -> list[Index]:
    """An index on each of the columns of which a row has one, holding only the rows that have it."""
    return [Index(f"{table}_{name}_idx", name, postgresql_where=text(f"{name} IS NOT NULL")) for name in columns]


CALLED = ("Country", "Organisation", "Person", "Place")
"""What goes by names that the sources give."""
NAMED = (*CALLED, "Agreement", "Summit", "Talks")
UNNAMED = ("Event", "Invitation", "Quote", "Source")
HIDDEN = ("Office", "Relationship")
"""What only filters look for."""
COLUMN = re.compile(r"\b(typename|prominence|slug|known_until)\b")


class Share(NamedTuple):
    """The texts of entries of some types, or of these a part."""

    typenames: tuple[str, ...]
    part: str = ""
    is_former: bool = False
    """Whether they are only those that held on some day in the past."""

    def condition(self, alias: str = "") -> str:
        """What they have in common, in the words of their index; `alias`: what stands before a column."""
        types = ", ".join(f"'{typename}'" for typename in self.typenames)
        return COLUMN.sub(rf"{alias}\1", f"typename IN ({types})" + (f" AND {self.part}" if self.part else ""))


HOLDS = "known_until = 'infinity'"
SHARES: Mapping[str, Share] = {
    "famous": Share(CALLED, f"prominence >= 0.88 AND {HOLDS}"),
    "known": Share(CALLED, f"prominence >= 0.82 AND prominence < 0.88 AND {HOLDS}"),
    "meeting": Share(("Agreement", "Summit", "Talks")),
    "called": Share(CALLED, f"prominence < 0.82 AND {HOLDS}"),
    "former": Share(CALLED, "known_until < 'infinity'", is_former=True),
    "few": Share(UNNAMED, "md5(slug) < '04'"),
    "some": Share(UNNAMED, "md5(slug) >= '04' AND md5(slug) < '20'"),
    "other": Share(("Event", "Invitation", "Source"), "md5(slug) >= '20'"),
    "quote": Share(("Quote",), "md5(slug) >= '20'"),
    "hidden": Share(HIDDEN),
}
"""What is found by words, in shares of which each has an index of its own, read one after the other until there is
enough: so a beginning that half of all texts have costs no more than a rare word. What goes by names comes first, of
these what is best known; of the rest a small part is as good as another. Texts that no longer hold are read by a look
back only.
"""


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
