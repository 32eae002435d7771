"""The register itself: its terms, revision and files."""

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
    """A property that claims are about, or another open term, with descriptions."""

    __tablename__ = "term"
    term: str = Field(primary_key=True, sa_type=KEY)
    descriptions: dict[str, str] = texts_column()
    is_mode: bool
    """True for a mode of events, false for a property."""


class Dataset(Table, table=True):
    """The register itself, as one row. `revision` increases with every load that changes something."""

    __tablename__ = "dataset"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    revision: int
    updated_at: datetime = Field(sa_type=DateTime(timezone=True))


class LoadDigest(Table, table=True):
    """Digests of everything the last load read, compressed, as one row. Without them, a load reads everything."""

    __tablename__ = "load_digest"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    digests: bytes


class Download(Table, table=True):
    """A file of the whole register, as offered under a revision; `kind` is set for files of one kind of entry.

    The content is removed some revisions later; the row remains as a record that the file existed.
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
    """A part of the content of all files with a digest; the parts in order of `position`, from 0, make up the whole."""

    __tablename__ = "download_part"
    sha256: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: bytes
