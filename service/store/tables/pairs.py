"""What two actors have in common, by range of publication days: counted during the load, so that queries are fast.

The rows refer to nothing, since a load rewrites those of each pair whose shared facts have changed.
"""

from datetime import date as Day
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, PrimaryKeyConstraint, desc, text
from sqlmodel import Field

from service.store.tables.columns import KEY, Table, text_key

_IS_LAST = text("known_until = 'infinity'")


class Tie(Table, table=True):
    """Two people who share facts of a type, for finding paths; each pair has a row from either side.

    `setting` applies to meetings and is empty for others. Facts that only code another fact, or that only withdrawn
    sources tell of, do not count. Nor do people count who only interpret.
    """

    __tablename__ = "tie"
    __table_args__ = (
        CheckConstraint("known_from <= known_until", name="known"),
        # all columns, so that the index alone answers
        PrimaryKeyConstraint("actor_id", "other_id", "typename", "setting", "known_until", "known_from"),
    )
    actor_id: int
    other_id: int
    typename: str = Field(sa_type=KEY)
    setting: str = Field(sa_type=KEY)
    known_until: Day
    known_from: Day


class PairTally(Table, table=True):
    """Sort keys of relationships; each day of a relationship's snapshot is covered by a row.

    `facts` is the number of facts in its timeline. `meetings` is the number held, `bilateral_meetings` that of two
    sides. `last_met_from` and `last_met_to` are bounds of the date of the last of all meetings, `-infinity` if none has
    a date.
    """

    __tablename__ = "pair_tally"
    __table_args__ = (
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("facts >= meetings AND meetings >= 0 AND bilateral_meetings >= 0", name="count"),
        Index("pair_tally_facts_idx", desc("facts"), "slug", postgresql_where=_IS_LAST),
        Index("pair_tally_meetings_idx", desc("meetings"), "slug", postgresql_where=_IS_LAST),
        Index("pair_tally_bilateral_meetings_idx", desc("bilateral_meetings"), "slug", postgresql_where=_IS_LAST),
        Index("pair_tally_last_met_idx", desc("last_met_from"), desc("last_met_to"), "slug", postgresql_where=_IS_LAST),
        Index("pair_tally_one_idx", "one_id"),
        Index("pair_tally_other_idx", "other_id"),
        Index("pair_tally_slug_idx", "slug"),
    )
    fact_id: int = Field(primary_key=True)
    known_until: Day = Field(primary_key=True)
    known_from: Day
    snapshot_id: int
    one_id: int
    other_id: int
    slug: str = text_key()
    facts: int
    meetings: int
    bilateral_meetings: int
    last_met_from: Day
    last_met_to: Day


class ToneTally(Table, table=True):
    """The tone between the parties of a relationship, by the whole months that the dates of events lie in.

    `first_on` and `last_on` are the first and the last day of these months, both `infinity` if there is no date.
    `score` is the sum of the scores of the events, which are those that count.
    """

    __tablename__ = "tone_tally"
    __table_args__ = (
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("events > 0 AND cooperation + conflict <= events", name="count"),
    )
    fact_id: int = Field(primary_key=True)
    known_until: Day = Field(primary_key=True)
    first_on: Day = Field(primary_key=True)
    last_on: Day = Field(primary_key=True)
    is_dated: bool
    known_from: Day
    events: int
    cooperation: int
    conflict: int
    score: Decimal = Field(sa_type=Numeric)
