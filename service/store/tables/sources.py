"""Sources, the organisations they credit, and cited passages."""

from datetime import date as Day

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    UniqueConstraint,
)
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import (
    KEY,
    SLUG,
    Table,
    foreign_key,
    inputs_column,
    named_column,
    one_of,
    optional_foreign_key,
    surrogate_key,
    term,
    text_key,
    texts_column,
    unique_at_commit,
)


class Source(Table, table=True):
    """A document. `reported_on` is the last possible day of its publication and determines `asOf`."""

    __tablename__ = "source"
    __table_args__ = (
        one_of("kind", enums.SourceKind),
        one_of("outlet_basis", enums.DateBasis),
        one_of("published_basis", enums.DateBasis),
        CheckConstraint("(outlet_id IS NULL) = (outlet_basis IS NULL)", name="outlet"),
        CheckConstraint("first_on <= last_on", name="order"),
        CheckConstraint("reported_on = last_on", name="reported_on"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        CheckConstraint("num_nonnulls(author_id, author_description) = (kind = 'POST')::int", name="author"),
        CheckConstraint("kind <> 'POST' OR url IS NOT NULL", name="url"),
        CheckConstraint("kind = 'TRANSCRIPT' OR transcript_of_id IS NULL", name="transcript_of"),
        CheckConstraint("transcript_of_id <> id", name="other"),
        CheckConstraint("kind <> 'DATASET' OR dataset IS NOT NULL", name="dataset"),
        CheckConstraint("withdrawn_on >= reported_on", name="withdrawn_on"),
        CheckConstraint("retracted_on IS NULL OR withdrawn_on IS NOT NULL", name="retracted_on"),
        unique_at_commit("document"),
        Index("source_order_idx", "first_on", "last_on", "slug"),
        Index("source_outlet_idx", "outlet_id", "first_on", "last_on", "slug"),
        CheckConstraint("labels ? 'en'", name="labels"),
        one_of("text_access", enums.TextAccess),
        CheckConstraint("text IS NULL OR text_access = 'WHOLE'", name="text"),
    )
    id: int | None = surrogate_key()
    slug: str = text_key(unique=True)
    document: str = text_key()
    kind: str
    title: str | None = None
    language: str
    outlet_id: int | None = optional_foreign_key("actor.id", index=False)
    outlet_basis: str | None = None
    author_id: int | None = optional_foreign_key("actor.id")
    author_description: str | None = None
    published: str = Field(foreign_key="edtf.text", sa_type=KEY)
    published_basis: str
    first_on: Day
    last_on: Day
    reported_on: Day = Field(index=True)
    sha256: str
    url: str | None = None
    transcript_of_id: int | None = optional_foreign_key("source.id")
    dataset: str | None = Field(default=None, foreign_key="source_dataset.slug", sa_type=KEY, index=True)
    retracted_on: Day | None = None
    withdrawn_on: Day | None = Field(default=None, description="The day on which it is retracted or superseded.")
    licence: str | None = None
    text_access: str = "PASSAGES"
    text: str | None = Field(default=None, description="The document, where it is loaded and may be shown whole.")
    labels: dict[str, str] = texts_column()
    byline_id: int = Field(
        foreign_key="wording.id", sa_type=BigInteger, index=True, description="What labels of its claims end with."
    )
    digest: str
    inputs: str | None = inputs_column()
    named: str | None = named_column()


class SourceCredit(Table, table=True):
    __tablename__ = "source_credit"
    source_id: int = Field(foreign_key="source.id", primary_key=True, ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="actor.id", primary_key=True, index=True)
    position: int


class Supersession(Table, table=True):
    """A source that is a newer version of another."""

    __tablename__ = "supersession"
    __table_args__ = (CheckConstraint("source_id <> superseded_id", name="different"),)
    source_id: int = Field(foreign_key="source.id", primary_key=True, ondelete="CASCADE")
    superseded_id: int = Field(foreign_key="source.id", primary_key=True, index=True)


class SourceDataset(Table, table=True):
    """A published data set that sources are taken from; the register itself is in `dataset`."""

    __tablename__ = "source_dataset"
    __table_args__ = (CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),)
    slug: str = Field(primary_key=True, sa_type=KEY)
    name: str
    licence: str
    url: str
    version: str | None = None
    attribution: str | None = None
    retrieved_on: Day | None = None
    covers: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    """The period from the first to the last day of its rows, or the day of a snapshot."""
    known_since: Day


class SourceDatasetCount(Table, table=True):
    """How many entries of a kind the sources of a data set tell of, for a range of publication days."""

    __tablename__ = "source_dataset_count"
    __table_args__ = (one_of("kind", enums.EntryKind),)
    dataset: str = Field(foreign_key="source_dataset.slug", primary_key=True, sa_type=KEY, ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    known_from: Day = Field(primary_key=True)
    known_until: Day
    count: int


class Passage(Table, table=True):
    """Code points [from_char, to_char) of a document; `exact` is set only if the text is loaded and may be shown.

    `start_time` and `end_time` are seconds from the beginning of a recording.
    """

    __tablename__ = "passage"
    __table_args__ = (
        CheckConstraint("from_char >= 0 AND from_char < to_char", name="order"),
        CheckConstraint("paragraph >= 1", name="paragraph"),
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
        CheckConstraint("exact IS NULL OR state <> 'UNCHECKED'", name="exact"),
        one_of("role", enums.PassageRole),
        one_of("state", enums.AnchorState),
        CheckConstraint("start_time >= 0 AND start_time < end_time", name="times"),
        CheckConstraint("(start_time IS NULL) = (end_time IS NULL)", name="time"),
        UniqueConstraint("source_id", "from_char", "to_char"),
    )
    id: int | None = surrogate_key()
    source_id: int = foreign_key("source.id", index=False, owned=True)
    from_char: int
    to_char: int
    paragraph: int
    role: str = term()
    sha256: bytes
    exact: str | None = None
    state: str = "UNCHECKED"
    start_time: float | None = None
    end_time: float | None = None
