"""Claims and their attribution, the deciding claims, histories, and conflicts between claims."""

from datetime import date as Day

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    SmallInteger,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import (
    KEY,
    SLUG,
    Table,
    foreign_key,
    one_of,
    optional_foreign_key,
    surrogate_key,
    term,
    text_key,
    texts_column,
)


class Claim(Table, table=True):
    """What one passage of one source says of one property of one fact.

    `origin` describes the root of the claim's attribution chain if the root is not an actor.
    """

    __tablename__ = "claim"
    __table_args__ = (
        one_of("basis", enums.DateBasis),
        one_of("rank", enums.Rank),
        one_of("factuality", enums.Factuality),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("origin <> ''", name="origin"),
        CheckConstraint("num_nonnulls(origin_id, origin) = 1", name="root"),
        CheckConstraint("withdrawn_on >= reported_on", name="withdrawn_on"),
        Index("claim_order_idx", "reported_on", "slug"),
        Index("claim_designated_idx", "designated_id", postgresql_where=text("designated_id IS NOT NULL")),
    )
    id: int | None = surrogate_key()
    slug: str = text_key(unique=True)
    fact_id: int = foreign_key("fact.id", owned=True)
    property: str = text_key()
    value: str | None = None
    value_date: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    value_typename: str | None = Field(default=None, description="Type of the entry whose slug the value is.")
    effective: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    designated_id: int | None = Field(default=None, foreign_key="actor.id", description="Who is called by the value.")
    position: int
    basis: str
    rank: str = term()
    factuality: str = term()
    source_id: int = foreign_key("source.id")
    reported_on: Day
    withdrawn_on: Day | None = None
    passage_id: int = foreign_key("passage.id")
    origin_id: int | None = optional_foreign_key("actor.id")
    origin: str | None = Field(default=None, description="Description of the first step of the chain, or the document.")
    note: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    wording_id: int = Field(
        foreign_key="wording.id",
        sa_type=BigInteger,
        index=True,
        description="What its label begins with; the byline of the source stands behind it.",
    )


class Wording(Table, table=True):
    """Start or end of claim labels (for example `Status: angesetzt`), in the languages in which it can be expressed.

    Claims that say the same share one wording, and so do sources of the same outlet and day. The id is a digest of the
    texts.
    """

    __tablename__ = "wording"
    __table_args__ = (CheckConstraint("texts ? 'en'", name="texts"),)
    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    texts: dict[str, str] = texts_column()


class ClaimContext(Table, table=True):
    __tablename__ = "claim_context"
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True, sa_type=SmallInteger)
    passage_id: int = foreign_key("passage.id")


class AttributionStep(Table, table=True):
    __tablename__ = "attribution_step"
    __table_args__ = (
        one_of("role", enums.AttributionRole),
        CheckConstraint("actor_id IS NOT NULL OR description IS NOT NULL", name="who"),
        Index(
            "attribution_step_quote_idx",
            "actor_id",
            "quote_id",
            postgresql_where=text("quote_id IS NOT NULL AND role <> 'UTTERER'"),
        ),
    )
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True, sa_type=SmallInteger)
    quote_id: int | None = Field(default=None, description="The fact whose words the step passes on, if it does.")
    role: str
    actor_id: int | None = optional_foreign_key("actor.id")
    description: str | None = None
    passage_id: int | None = optional_foreign_key("passage.id")


class Conflict(Table, table=True):
    """Claims that do not agree. A conflict is known since the day of its second claim."""

    __tablename__ = "conflict"
    __table_args__ = (
        one_of("basis", enums.ConflictBasis),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        CheckConstraint("labels ? 'en'", name="labels"),
    )
    id: int | None = surrogate_key()
    slug: str = text_key(unique=True)
    property: str
    basis: str
    note: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    labels: dict[str, str] = texts_column()
    known_since: Day
    digest: str


class ConflictClaim(Table, table=True):
    __tablename__ = "conflict_claim"
    conflict_id: int = Field(foreign_key="conflict.id", primary_key=True, ondelete="CASCADE")
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, index=True, ondelete="CASCADE")


class Decided(Table, table=True):
    """The claim whose value the register shows for a property, for a range of publication days."""

    __tablename__ = "decided"
    __table_args__ = (CheckConstraint("known_from <= known_until", name="known"),)
    fact_id: int = Field(foreign_key="fact.id", primary_key=True, ondelete="CASCADE")
    property: str = Field(primary_key=True, sa_type=KEY)
    known_from: Day
    known_until: Day = Field(primary_key=True)
    value: str | None = None
    claim_id: int = foreign_key("claim.id")


class Change(Table, table=True):
    """One step of a history (a meeting's status, a relationship's state), for a range of publication days.

    Steps are ordered by `last_on`, with CUT_SHORT after all others, then `reported_on`, `position` and `slug`.
    """

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint("(effective IS NULL) = (effective_basis IS NULL)", name="effective"),
        CheckConstraint("known_from <= known_until", name="known"),
        one_of("effective_basis", enums.DateBasis),
    )
    fact_id: int = Field(foreign_key="fact.id", primary_key=True, ondelete="CASCADE")
    step: int = Field(primary_key=True, description="Its number among the steps of the fact, in no order.")
    known_from: Day = Field(primary_key=True)
    known_until: Day
    value: str
    effective: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    effective_basis: str | None = None
    reported_on: Day
    last_on: Day = Field(description="Last possible day of `effective`; without one, the day of the report.")
    position: int
    slug: str = text_key()


class ChangeClaim(Table, table=True):
    """A claim that supports a step, for a range of publication days."""

    __tablename__ = "change_claim"
    __table_args__ = (
        CheckConstraint("known_from <= known_until", name="known"),
        Index("change_claim_step_idx", "fact_id", "step"),
    )
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, ondelete="CASCADE")
    known_from: Day = Field(primary_key=True)
    known_until: Day
    fact_id: int = foreign_key("fact.id", index=False, owned=True)
    step: int
