"""How columns are declared: their types, references and checks."""

from collections.abc import Sequence
from datetime import date as Day
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    Identity,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    desc,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

# Sort keys and slugs compare by bytes, so that all servers sort the same way (the embedded one has no ICU).
KEY = Text(collation="C")
SLUG = "[a-z0-9]+(-[a-z0-9]+)*"


class Table(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "pk": "%(table_name)s_pkey",
        }
    )


def one_of(column: str, vocabulary: type[Enum], *only: Enum) -> CheckConstraint:
    """Return a check that a column holds a term of a vocabulary, or of a part of it."""
    words = ", ".join(f"'{term.value}'" for term in (only or tuple(vocabulary)))
    return CheckConstraint(f"{column} IN ({words})", name=column)


def term() -> Any:
    """Return a column for a vocabulary term that lists are filtered by; the index serves terms that few rows have."""
    return Field(index=True)


def text_key(*, unique: bool = False) -> Any:
    """Return a column for a slug or sort key, compared by bytes."""
    return Field(sa_type=KEY, unique=unique)


def unique_at_commit(*columns: str) -> UniqueConstraint:
    """Return a constraint on values that may move from one row to another within a load."""
    return UniqueConstraint(*columns, deferrable=True, initially="DEFERRED")


def foreign_key(target: str, *, index: bool = True, owned: bool = False) -> Any:
    """Return a foreign key; `owned` rows are deleted with the row that they refer to."""
    if owned:
        return Field(foreign_key=target, index=index, ondelete="CASCADE")
    return Field(foreign_key=target, index=index)


def optional_foreign_key(target: str, *, index: bool = True) -> Any:
    """Return a foreign key that may be null."""
    return Field(default=None, foreign_key=target, index=index)


def texts_column() -> Any:
    """Return a column for texts by language tag (lower case; the primary subtag covers its subtags)."""
    return Field(default_factory=dict, sa_type=JSONB)


def inputs_column() -> Any:
    """Return a column for a digest of an entry's inputs: while it is unchanged, the rows need not be made again."""
    return Field(default=None)


def named_column() -> Any:
    """Return a column for the actors and places that an entry names, by day and table, as JSON; only loads read it."""
    return Field(default=None)


def surrogate_key() -> Any:
    """Return a surrogate key."""
    return Field(default=None, primary_key=True, sa_column_args=[Identity()])


def snapshot_key() -> Any:
    """Return the key of a kind's table, which has one row for each snapshot."""
    return Field(foreign_key="snapshot.id", primary_key=True, ondelete="CASCADE")


def foretold(name: str, *, of: Sequence[str] = (), ties: Sequence[str] = ()) -> Index:
    """Return an index of what was known before its date, latest first.

    Of all that was known on a day, only these rows come before that day in the order.
    """
    condition = text("is_dated AND first_on > known_since")
    return Index(name, *of, desc("is_dated"), desc("first_on"), desc("last_on"), *ties, postgresql_where=condition)


class ByDate(Table):
    """An item that a snapshot relates to, with the sort columns of facts, so that an index holds its facts in order."""

    slug: str = text_key()
    is_dated: bool
    first_on: Day
    last_on: Day
