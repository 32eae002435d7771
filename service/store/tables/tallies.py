"""Numbers of facts and claims, by range of publication days: counted during the load, so that queries are fast.

A row of a tally gives the number of items with the values that it names, for a range of publication days. Values
without a row do not occur. Tallies refer to nothing: a load subtracts what changed facts contributed before and adds
what they contribute now. An id of 0 stands for none.
"""

from datetime import date as Day

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, desc, text
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import KEY, Table, text_key


def _tally(*by: str) -> tuple[PrimaryKeyConstraint | CheckConstraint | Index, ...]:
    """Return the constraints of every tally: a primary key of `by` in the order of lookup, and checks."""
    return (
        PrimaryKeyConstraint(*by),
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("count > 0", name="count"),
    )


class FactTally(Table, table=True):
    """Number of known facts of a type."""

    __tablename__ = "fact_tally"
    __table_args__ = (
        *_tally("typename", "known_until"),
        CheckConstraint(f"typename IN {enums.FACT_TYPES}", name="typename"),
    )
    typename: str = Field(sa_type=KEY)
    known_until: Day
    known_from: Day
    count: int


class ActorTally(Table, table=True):
    """Number of facts of a type that involve an actor, in any role, or (0) that involve nobody."""

    __tablename__ = "actor_tally"
    __table_args__ = (
        *_tally("actor_id", "known_until", "typename"),
        Index(
            "actor_tally_now_idx",
            "typename",
            "actor_id",
            postgresql_include=["count"],
            postgresql_where=text("known_until = 'infinity'"),
        ),
    )
    actor_id: int
    known_until: Day
    typename: str = Field(sa_type=KEY)
    known_from: Day
    count: int


class ActorRank(Table, table=True):
    """Number of facts that involve each actor, or (0) nobody, as known now; people are sorted by it."""

    __tablename__ = "actor_rank"
    __table_args__ = (
        CheckConstraint("facts >= 0", name="facts"),
        Index("actor_rank_facts_idx", desc("facts"), "actor_slug"),
    )
    actor_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    actor_slug: str = text_key()
    facts: int


class DateTally(Table, table=True):
    """Number of facts of a type with the same date, among those that involve an actor, or (0) among all."""

    __tablename__ = "date_tally"
    __table_args__ = _tally("actor_id", "known_until", "typename", "first_on", "last_on", "is_dated")
    actor_id: int
    known_until: Day
    typename: str = Field(sa_type=KEY)
    first_on: Day
    last_on: Day
    is_dated: bool
    known_from: Day
    count: int


class EntryTally(Table, table=True):
    """Number of facts of a type that relate to an entry in one way, among those that involve an actor, or (0) among
    all.

    `grouping` is the way, as lists are counted by it. Alternatively it is TOGETHER, for the facts that involve two
    actors, and the entry is the one with the greater id. A fact with several such entries counts once under each. The
    view `involved_tally` has rows for either of the two actors.
    """

    __tablename__ = "entry_tally"
    __table_args__ = (
        *_tally("actor_id", "grouping", "known_until", "typename", "entry_id"),
        Index(
            "entry_tally_now_idx",
            "grouping",
            "typename",
            desc("count"),
            postgresql_where=text("actor_id = 0 AND known_until = 'infinity'"),
        ),
        Index(
            "entry_tally_together_idx",
            "entry_id",
            "known_until",
            "typename",
            "actor_id",
            postgresql_where=text("grouping = 'TOGETHER'"),
        ),
    )
    actor_id: int
    grouping: str = Field(sa_type=KEY)
    known_until: Day
    typename: str = Field(sa_type=KEY)
    entry_id: int
    known_from: Day
    count: int


class QuoteTally(Table, table=True):
    """Number of quotes with the same form, medium, language and hearsay flag."""

    __tablename__ = "quote_tally"
    __table_args__ = _tally("known_until", "form", "medium", "language", "is_hearsay")
    known_until: Day
    form: str = Field(sa_type=KEY)
    medium: str = Field(sa_type=KEY)
    language: str = Field(sa_type=KEY)
    is_hearsay: bool
    known_from: Day
    count: int


class MeetingTally(Table, table=True):
    """Number of meetings of a type with the same level, format, status, phase, outcome and setting."""

    __tablename__ = "meeting_tally"
    __table_args__ = _tally("known_until", "typename", "level", "format", "status", "phase", "outcome", "setting")
    known_until: Day
    typename: str = Field(sa_type=KEY)
    level: str = Field(sa_type=KEY)
    format: str = Field(sa_type=KEY)
    status: str = Field(sa_type=KEY)
    phase: str = Field(sa_type=KEY)
    outcome: str = Field(sa_type=KEY)
    setting: str = Field(sa_type=KEY)
    known_from: Day
    count: int


class EventTally(Table, table=True):
    """Number of events with the same type, sort, score and date."""

    __tablename__ = "event_tally"
    __table_args__ = _tally(
        *("known_until", "event_type", "quad_class", "modality", "medium", "score", "is_withdrawn"),
        *("first_on", "last_on", "is_dated"),
    )
    known_until: Day
    event_type: str = Field(sa_type=KEY)
    quad_class: str = Field(sa_type=KEY)
    modality: str = Field(sa_type=KEY)
    medium: str = Field(sa_type=KEY)
    score: float
    is_withdrawn: bool
    first_on: Day
    last_on: Day
    is_dated: bool
    known_from: Day
    count: int


class ValueTally(Table, table=True):
    """Number of facts of a type with a value that lists are counted by and that is not a column of another tally."""

    __tablename__ = "value_tally"
    __table_args__ = _tally("grouping", "known_until", "typename", "value")
    grouping: str = Field(sa_type=KEY)
    known_until: Day
    typename: str = Field(sa_type=KEY)
    value: str = Field(sa_type=KEY)
    known_from: Day
    count: int


class ListedTally(Table, table=True):
    """Number of entries that are not facts.

    These are actors, conflicts, places of a kind, and sources of a kind, in a language, of an outlet.
    """

    __tablename__ = "listed_tally"
    __table_args__ = _tally("typename", "known_until", "is_leader", "kind", "language", "outlet_id")
    typename: str = Field(sa_type=KEY)
    known_until: Day
    is_leader: bool
    kind: str = Field(sa_type=KEY)
    language: str = Field(sa_type=KEY)
    outlet_id: int
    known_from: Day
    count: int


class ClaimTally(Table, table=True):
    """Number of claims of a property that the sources of an outlet make on a day, since when they are known.

    The claims of one source are few enough to be counted by property at query time.
    """

    __tablename__ = "claim_tally"
    __table_args__ = _tally("outlet_id", "property", "reported_on", "known_until")
    outlet_id: int
    property: str = Field(sa_type=KEY)
    reported_on: Day
    known_until: Day
    known_from: Day
    count: int


class SourceTally(Table, table=True):
    """Number of claims that a source makes, known from the day on which it is reported."""

    __tablename__ = "source_tally"
    __table_args__ = _tally("source_id", "known_until")
    source_id: int
    known_until: Day
    known_from: Day
    count: int
