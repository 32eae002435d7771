"""The register itself: its terms, its revision, its files."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    SmallInteger,
)
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import KEY, Table, one_of, texts_column


class Term(Table, table=True):
    """A property that claims speak to, or another open term, described."""

    __tablename__ = "term"
    term: str = Field(primary_key=True, sa_type=KEY)
    descriptions: dict[str, str] = texts_column()
    is_mode: bool
    """Whether it is a mode of events; else a property."""


class Dataset(Table, table=True):
    """One row: the register itself. `revision` grows with every load that changes something."""

    __tablename__ = "dataset"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    revision: int
    updated_at: datetime = Field(sa_type=DateTime(timezone=True))


class LoadDigest(Table, table=True):
    """One row: digests of all that the last load read, compressed; without them a load reads everything."""

    __tablename__ = "load_digest"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    digests: bytes


class Download(Table, table=True):
    """A file of the whole register, as it was offered under a revision; `kind` is that of files of one kind of entry.

    Its content is removed some revisions later; the row stays and tells that it was there.
    """

    __tablename__ = "download"
    __table_args__ = (
        one_of("kind", enums.EntryKind),
        CheckConstraint("name ~ '^[A-Za-z_]+[.][a-z]+$'", name="name"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
    )
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(primary_key=True)
    kind: str | None = None
    format: str
    rows: int | None = None
    bytes: int = Field(sa_type=BigInteger)
    sha256: str


class DownloadPart(Table, table=True):
    """A piece of what all files with a digest hold: the pieces in the order of `position`, from 0, are the whole."""

    __tablename__ = "download_part"
    sha256: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: bytes
