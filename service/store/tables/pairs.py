"""What two have to do with each other, from one day to another: counted at the load, so that nobody waits for it.

Its rows refer to nothing, since a load writes those of each two anew that share something else than before.
"""

from datetime import date as Day
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, PrimaryKeyConstraint, desc, text
from sqlmodel import Field

from service.store.tables.columns import KEY, Table, text_key

_IS_LAST = text("known_until = 'infinity'")


class Tie(Table, table=True):
    """That two people share facts of a type, for a path: once from each of the two.

    `setting` is that of meetings and empty for others. What only codes another fact or only withdrawn sources tell
    ties nobody, nor does it tie whoever only interprets.
    """

    __tablename__ = "tie"
    __table_args__ = (
        CheckConstraint("known_from <= known_until", name="known"),
        # all of it, so that the index tells everything
        PrimaryKeyConstraint("actor_id", "other_id", "typename", "setting", "known_until", "known_from"),
    )
    actor_id: int
    other_id: int
    typename: str = Field(sa_type=KEY)
    setting: str = Field(sa_type=KEY)
    known_until: Day
    known_from: Day


class PairTally(Table, table=True):
    """What relationships are sorted by: each day of a snapshot of one has a row.

    `facts`: how many are in its timeline. `meetings`: how many were held; `bilateral_meetings`: those of two sides.
    `last_met_from` and `last_met_to`: bounds of the date of the last of all meetings, `-infinity` where none has one.
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
    """The tone between the two of a relationship, by the whole months that the dates of events lie in.

    `first_on` and `last_on`: the first and the last day of these months, both `infinity` where there is no date.
    `score`: the sum of the scores of the events, which are those that count.
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
