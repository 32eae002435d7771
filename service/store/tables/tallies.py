"""How many facts there are, from one day to another: counted at the load, so that nobody waits for it."""

from datetime import date as Day

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import KEY, Table


class FactTally(Table, table=True):
    """How many facts of a type are known. A type and a day without a row have none."""

    __tablename__ = "fact_tally"
    __table_args__ = (
        CheckConstraint(f"typename IN {enums.FACT_TYPES}", name="typename"),
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("count > 0", name="count"),
    )
    typename: str = Field(primary_key=True, sa_type=KEY)
    known_until: Day = Field(primary_key=True)
    known_from: Day
    count: int


class ActorTally(Table, table=True):
    """How many facts of a type an actor is in, in whatever role. An actor, a type and a day without a row have none."""

    __tablename__ = "actor_tally"
    __table_args__ = (
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("count > 0", name="count"),
    )
    actor_id: int = Field(foreign_key="actor.id", primary_key=True, ondelete="CASCADE")
    known_until: Day = Field(primary_key=True)
    typename: str = Field(primary_key=True, sa_type=KEY)
    known_from: Day
    count: int
