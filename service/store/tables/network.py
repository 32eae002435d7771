"""Ties between each two people, by range of publication days: counted during the load, so that queries are fast.

A fact belongs to a cell by its kind, its setting and the whole months that its date lies in. A condition on a range of
whole months is true of all facts of a cell or of none. The network of some years, settings and kinds therefore follows
from the cells within them. A set of cells is a bit string, whose first bit is that of the cell with the id 1. These
rows refer only to each other, since a load that changes anything rewrites all of them.
"""

from datetime import date as Day

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import BIT
from sqlmodel import Field

from service.store.tables.columns import KEY, Table

CELLS = BIT(varying=True)


class NetworkCell(Table, table=True):
    """The properties that facts which tie two people have in common.

    `setting` applies to meetings and is empty for others. `first_on` and `last_on` are the first and the last day of
    the months of the date, both `infinity` if there is none. Facts with `within_id` are counted only if that cell is
    not counted, since they are part of the programme of a meeting in that cell. `ties` is the number of pairs that the
    cell ties now.
    """

    __tablename__ = "network_cell"
    __table_args__ = (
        CheckConstraint("kind IN ('MEETING', 'INVITATION', 'QUOTE')", name="kind"),
        CheckConstraint("first_on <= last_on", name="order"),
    )
    id: int = Field(sa_type=SmallInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(sa_type=KEY)
    setting: str = Field(sa_type=KEY)
    is_dated: bool
    first_on: Day
    last_on: Day
    within_id: int | None = Field(default=None, sa_type=SmallInteger)
    ties: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class NetworkTally(Table, table=True):
    """How many facts of a cell tie two people, by their relationship, and how many of these start from each of them."""

    __tablename__ = "network_tally"
    __table_args__ = (
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("count > 0 AND of_one <= count AND of_other <= count", name="count"),
        Index("network_tally_cell_idx", "cell_id"),
        Index("network_tally_known_idx", "known_from"),
    )
    fact_id: int = Field(primary_key=True)
    known_until: Day = Field(primary_key=True)
    cell_id: int = Field(sa_type=SmallInteger, primary_key=True)
    known_from: Day
    count: int
    of_one: int
    of_other: int


class NetworkTie(Table, table=True):
    """Two people who are tied on some day, by their relationship.

    `meetings`, `invitations` and `quotes` are upper bounds: no cells on any day have more. `cells` are those by which
    the two are tied now.
    """

    __tablename__ = "network_tie"
    __table_args__ = (
        Index("network_tie_most_idx", text("(meetings + invitations + quotes) DESC")),
        Index("network_tie_people_idx", "one_id", "other_id"),
        Index("network_tie_other_idx", "other_id"),
    )
    fact_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    one_id: int
    other_id: int
    meetings: int
    invitations: int
    quotes: int
    cells: str = Field(sa_type=CELLS)


class NetworkSize(Table, table=True):
    """Number of ties (`noun` TIE) by exactly these cells, or of people (PERSON) with ties by exactly these."""

    __tablename__ = "network_size"
    __table_args__ = (
        CheckConstraint("noun IN ('TIE', 'PERSON')", name="noun"),
        CheckConstraint("known_from <= known_until", name="known"),
        CheckConstraint("count > 0", name="count"),
    )
    noun: str = Field(sa_type=KEY, primary_key=True)
    known_until: Day = Field(primary_key=True)
    cells: str = Field(sa_type=CELLS, primary_key=True)
    known_from: Day
    count: int


class NetworkPerson(Table, table=True):
    """The present network around a person.

    `people` is the number of people in it, including that person. `ties` is the number of ties between any two of them.
    """

    __tablename__ = "network_person"
    __table_args__ = (CheckConstraint("people > 1 AND ties >= people - 1", name="count"),)
    person_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    people: int
    ties: int
