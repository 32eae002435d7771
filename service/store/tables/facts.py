"""Facts, their snapshots, and who is involved in them."""

from datetime import date as Day

from sqlalchemy import (
    CheckConstraint,
    Index,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    desc,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import (
    KEY,
    SLUG,
    Table,
    foreign_key,
    foretold,
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


class Fact(Table, table=True):
    """The identity of a fact; what is known of the fact is in its snapshots."""

    __tablename__ = "fact"
    __table_args__ = (
        CheckConstraint(f"typename IN {enums.FACT_TYPES}", name="typename"),
        CheckConstraint(f"slug ~ '^{SLUG}(--{SLUG})?$'", name="slug"),
        CheckConstraint("(typename = 'Relationship') = (position('--' IN slug) > 0)", name="pair"),
    )
    id: int | None = surrogate_key()
    slug: str = text_key(unique=True)
    typename: str
    known_since: Day
    digest: str
    inputs: str | None = inputs_column()
    named: str | None = named_column()


class Snapshot(Table, table=True):
    """What was known of a fact from one day of publication until the day before the next, inclusive.

    Facts are filtered and sorted by `first_on` and `last_on`. They are the bounds of the date or, for a meeting without
    a date, of the planned date; both are `infinity` if there is neither.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        CheckConstraint("known_since <= known_from AND known_from <= known_until", name="known"),
        CheckConstraint("first_on <= last_on", name="order"),
        CheckConstraint("is_dated OR (first_on = 'infinity' AND last_on = 'infinity')", name="undated"),
        CheckConstraint("(date IS NULL) = (date_basis IS NULL)", name="date"),
        CheckConstraint("labels ? 'en'", name="labels"),
        one_of("date_basis", enums.DateBasis),
        one_of("curation", enums.Curation),
        UniqueConstraint("fact_id", "known_from"),
        UniqueConstraint("fact_id", "known_until"),
        Index("snapshot_slug_idx", "slug", "known_until"),
        Index("snapshot_date_idx", "first_on", "last_on", "slug"),
        Index("snapshot_date_desc_idx", desc("is_dated"), desc("first_on"), desc("last_on"), "slug"),
        Index("snapshot_known_idx", "known_since", "slug"),
        Index("snapshot_type_date_idx", "typename", "first_on", "last_on", "slug"),
        Index(
            "snapshot_type_date_desc_idx",
            "typename",
            desc("is_dated"),
            desc("first_on"),
            desc("last_on"),
            "slug",
        ),
        Index("snapshot_type_known_idx", "typename", "known_since", "slug"),
        # facts that became known on one day are sorted by the other keys, one day at a time
        Index("snapshot_known_date_idx", "known_since", "typename", "first_on"),
        foretold("snapshot_foretold_idx", ties=["slug"]),
        # within each lateness, facts told from a day on come after the days before it
        Index(
            "snapshot_lateness_idx",
            "typename",
            text("lateness(first_on, known_since)"),
            "first_on",
            "last_on",
            "slug",
        ),
        Index("snapshot_withdrawn_idx", "fact_id", postgresql_where=text("is_withdrawn")),
    )
    id: int | None = surrogate_key()
    fact_id: int = foreign_key("fact.id", index=False, owned=True)
    slug: str = text_key()
    typename: str
    known_since: Day
    known_from: Day
    known_until: Day
    is_withdrawn: bool = Field(description="Whether each source that tells of the fact has been withdrawn.")
    curation: str = term()
    date: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    date_basis: str | None = None
    is_dated: bool
    first_on: Day
    last_on: Day
    labels: dict[str, str] = texts_column()
    summary: dict[str, str] | None = Field(
        default=None, sa_type=JSONB, description="Null unless every claim of the fact had been told."
    )


class FactAbout(Table, table=True):
    """A fact that a quote or an event is about."""

    __tablename__ = "fact_about"
    fact_id: int = Field(foreign_key="fact.id", primary_key=True, ondelete="CASCADE")
    about_id: int = Field(foreign_key="fact.id", primary_key=True, index=True)
    known_from: Day = Field(primary_key=True)
    known_until: Day
    position: int


class Involvement(Table, table=True):
    """An actor in a fact in one role, for a range of publication days."""

    __tablename__ = "involvement"
    __table_args__ = (
        one_of("role", enums.Role),
        CheckConstraint("known_from <= known_until", name="known"),
        # reads the present actors of a fact in order; with a column in between, PostgreSQL 18 would use a skip scan
        unique_at_commit("fact_id", "known_until", "position"),
    )
    id: int | None = surrogate_key()
    fact_id: int = foreign_key("fact.id", index=False, owned=True)
    actor_id: int = foreign_key("actor.id")
    role: str
    position: int
    known_from: Day
    known_until: Day
    on_behalf_of_id: int | None = optional_foreign_key("actor.id")


class InvolvementClaim(Table, table=True):
    """The claims that an actor is involved: those of the role, or else those of the fact's existence."""

    __tablename__ = "involvement_claim"
    involvement_id: int = Field(foreign_key="involvement.id", primary_key=True, ondelete="CASCADE")
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, index=True, ondelete="CASCADE")


class Unnamed(Table, table=True):
    """A person in a fact whom no source names, or several such people, for a range of publication days."""

    __tablename__ = "unnamed"
    __table_args__ = (
        one_of("role", enums.Role, *enums.PRESENT, enums.Role.INTERPRETER),
        CheckConstraint("people > 0", name="people"),
        CheckConstraint("known_from <= known_until", name="known"),
        unique_at_commit("fact_id", "known_until", "position"),
    )
    id: int | None = surrogate_key()
    fact_id: int = foreign_key("fact.id", index=False, owned=True)
    role: str
    description: str
    people: int | None = None
    on_behalf_of_id: int | None = optional_foreign_key("actor.id")
    position: int
    known_from: Day
    known_until: Day


class UnnamedClaim(Table, table=True):
    """The claims that mention unnamed people: those of the role, or else those of the fact's existence."""

    __tablename__ = "unnamed_claim"
    unnamed_id: int = Field(foreign_key="unnamed.id", primary_key=True, ondelete="CASCADE")
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, index=True, ondelete="CASCADE")


class Presence(Table, table=True):
    """Each actor of a snapshot once, with the columns that timelines filter and sort by."""

    __tablename__ = "presence"
    __table_args__ = (
        PrimaryKeyConstraint("snapshot_id", "actor_id"),
        # without the slug, the last sort key: few facts of an actor share a date, and these are sorted when read
        Index("presence_date_idx", "actor_id", "first_on", "last_on"),
        Index("presence_date_desc_idx", "actor_id", desc("is_dated"), desc("first_on"), desc("last_on")),
        Index("presence_known_idx", "actor_id", "known_since", "slug"),
        Index("presence_type_idx", "actor_id", "typename", "first_on", "last_on"),
        foretold("presence_foretold_idx", of=["actor_id"]),
    )
    actor_id: int = Field(foreign_key="actor.id")
    snapshot_id: int = Field(foreign_key="snapshot.id", ondelete="CASCADE")
    fact_id: int
    slug: str = text_key()
    typename: str
    known_since: Day
    known_from: Day
    known_until: Day
    is_withdrawn: bool
    is_dated: bool
    first_on: Day
    last_on: Day
    roles: list[str] = Field(sa_type=ARRAY(Text))
    is_coding: bool = Field(description="Whether the fact only codes another, as derived events do.")
    setting: str | None = Field(default=None, description="Of a meeting.")


class Shared(Table, table=True):
    """Each snapshot that both parties of a relationship are in, so that one lookup finds what two hubs share."""

    __tablename__ = "shared"
    __table_args__ = (
        # the pair last: PostgreSQL expects each pair to share few facts, and would read and sort all facts of two hubs
        PrimaryKeyConstraint("snapshot_id", "between_id"),
        # without the slug, as in `presence`; facts that two share are counted by date in an index-only scan
        Index("shared_date_idx", "between_id", "first_on", "last_on", postgresql_include=["known_until"]),
        # the events of two parties are read from this index alone
        Index("shared_event_idx", "between_id", "first_on", postgresql_where=text("typename = 'Event'")),
        Index("shared_date_desc_idx", "between_id", desc("is_dated"), desc("first_on"), desc("last_on")),
        foretold("shared_foretold_idx", of=["between_id"]),
    )
    between_id: int = Field(foreign_key="fact.id", ondelete="CASCADE")
    snapshot_id: int = Field(foreign_key="snapshot.id", ondelete="CASCADE")
    fact_id: int
    slug: str = text_key()
    typename: str
    known_since: Day
    known_from: Day
    known_until: Day
    is_withdrawn: bool
    is_dated: bool
    first_on: Day
    last_on: Day
    is_coding: bool
    setting: str | None = Field(default=None, description="Of a meeting.")
    is_on_one_side: bool = Field(
        description="Whether both are on one side of a meeting of several: no meeting of theirs."
    )
    roles_of_one: list[str] = Field(sa_type=ARRAY(Text))
    roles_of_other: list[str] = Field(sa_type=ARRAY(Text))
