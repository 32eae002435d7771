"""The tables of the register. They hold what the contract promises; how rows come in or out stands elsewhere.

A *fact* is an identity. What was known of it between two days of publication is a *reading*: one row of
`reading` and one of its kind's table (`meeting`, `quote`, ...). The plain answer reads the reading that
holds until infinity, an answer as of a day the one whose span contains that day.
"""

from datetime import date as Day
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    SmallInteger,
    Text,
    UniqueConstraint,
    desc,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

from service.store import terms

# Sort keys and slugs compare by bytes, so that every server sorts alike (the embedded one has no ICU).
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
    """A check that a column holds a word of a vocabulary (or of a part of it)."""
    words = ", ".join(f"'{term.value}'" for term in (only or tuple(vocabulary)))
    return CheckConstraint(f"{column} IN ({words})", name=column)


def key(*, unique: bool = False) -> Any:
    """A slug or sort key: compared by bytes."""
    return Field(sa_type=KEY, unique=unique)


def unique(column: str) -> UniqueConstraint:
    """What may pass from one row to another within a load."""
    return UniqueConstraint(column, deferrable=True, initially="DEFERRED")


def refers(target: str, *, index: bool = True, owned: bool = False) -> Any:
    """A foreign key; `owned` rows go with the row that they refer to."""
    if owned:
        return Field(foreign_key=target, index=index, ondelete="CASCADE")
    return Field(foreign_key=target, index=index)


def refers_if(target: str, *, index: bool = True) -> Any:
    """A foreign key that may be null."""
    return Field(default=None, foreign_key=target, index=index)


def json() -> Any:
    """An object of texts by language tag (lower case; the primary subtag stands for the whole)."""
    return Field(default_factory=dict, sa_type=JSONB)


def number() -> Any:
    """A surrogate key."""
    return Field(default=None, primary_key=True, sa_column_args=[Identity()])


# ------------------------------------------------------------------ dates


class Edtf(Table, table=True):
    """A date in EDTF, once for the whole register, with its bounds and labels."""

    __tablename__ = "edtf"
    __table_args__ = (
        CheckConstraint("earliest <= latest", name="order"),
        CheckConstraint("length(text) <= 64", name="length"),
        one_of("precision", terms.DatePrecision),
        one_of("extent", terms.DateExtent),
        CheckConstraint("labels ? 'en'", name="labels"),
    )
    text: str = Field(primary_key=True, sa_type=KEY)
    earliest: Day | None
    latest: Day | None
    precision: str
    extent: str
    is_approximate: bool
    is_uncertain: bool
    labels: dict[str, str] = json()


# ------------------------------------------------------------------ actors, places, names


class Actor(Table, table=True):
    """A person, an organisation or a state; `typename` is its GraphQL type."""

    __tablename__ = "actor"
    __table_args__ = (
        CheckConstraint("typename IN ('Person', 'Organisation', 'Country')", name="typename"),
        CheckConstraint("typename = 'Person' OR NOT is_leader", name="leader"),
        one_of("organisation_kind", terms.OrganisationKind),
        CheckConstraint("(typename = 'Organisation') = (organisation_kind IS NOT NULL)", name="organisation"),
        CheckConstraint("(typename = 'Country') = (code IS NOT NULL AND alpha3 IS NOT NULL)", name="country"),
        CheckConstraint("code ~ '^[A-Z]{2}$' AND alpha3 ~ '^[A-Z]{3}$'", name="code"),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        unique("wikidata"),
        unique("code"),
        unique("alpha3"),
        Index("actor_order_idx", "typename", "name_key", "slug"),
    )
    id: int | None = number()
    slug: str = key(unique=True)
    typename: str
    name: str = Field(description="Display name in English, else in any language.")
    name_key: str = key()
    names: dict[str, str] = json()
    country_id: int | None = refers_if("actor.id")
    wikidata: str | None = None
    is_leader: bool = False
    organisation_kind: str | None = None
    code: str | None = None
    alpha3: str | None = None
    known_since: Day
    digest: str


class Place(Table, table=True):
    __tablename__ = "place"
    __table_args__ = (
        one_of("kind", terms.PlaceKind),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position"),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        CheckConstraint("part_of_id <> id", name="part_of"),
        Index("place_order_idx", "name_key", "slug"),
    )
    id: int | None = number()
    slug: str = key(unique=True)
    kind: str
    name: str
    name_key: str = key()
    names: dict[str, str] = json()
    country_id: int | None = refers_if("actor.id")
    part_of_id: int | None = refers_if("place.id")
    latitude: float | None = None
    longitude: float | None = None
    timezone: str | None = None
    known_since: Day
    digest: str


class PlaceWithin(Table, table=True):
    """Every place with each that contains it, itself included: a filter takes in all that lies within."""

    __tablename__ = "place_within"
    container_id: int = Field(foreign_key="place.id", primary_key=True, ondelete="CASCADE")
    place_id: int = Field(foreign_key="place.id", primary_key=True, index=True, ondelete="CASCADE")


class Name(Table, table=True):
    """A name of one actor, place or meeting, as it is spelt."""

    __tablename__ = "name"
    __table_args__ = (
        CheckConstraint("num_nonnulls(actor_id, place_id, fact_id) = 1", name="owner"),
        one_of("kind", terms.NameKind),
        UniqueConstraint("actor_id", "language", "kind", "text"),
        UniqueConstraint("place_id", "language", "kind", "text"),
        UniqueConstraint("fact_id", "language", "kind", "text"),
    )
    id: int | None = number()
    actor_id: int | None = Field(default=None, foreign_key="actor.id", ondelete="CASCADE")
    place_id: int | None = Field(default=None, foreign_key="place.id", ondelete="CASCADE")
    fact_id: int | None = Field(default=None, foreign_key="fact.id", ondelete="CASCADE")
    position: int
    text: str
    language: str
    kind: str


class NameSource(Table, table=True):
    """A source in which exactly this spelling stands."""

    __tablename__ = "name_source"
    __table_args__ = (CheckConstraint("occurrences > 0", name="occurrences"),)
    name_id: int = Field(foreign_key="name.id", primary_key=True, ondelete="CASCADE")
    source_id: int = Field(foreign_key="source.id", primary_key=True, index=True, ondelete="CASCADE")
    occurrences: int


# ------------------------------------------------------------------ sources and passages


class Source(Table, table=True):
    """A document. `reported_on` is the last possible day of its publication and drives `asOf`."""

    __tablename__ = "source"
    __table_args__ = (
        one_of("kind", terms.SourceKind),
        one_of("outlet_basis", terms.DateBasis),
        one_of("published_basis", terms.DateBasis),
        CheckConstraint("(outlet_id IS NULL) = (outlet_basis IS NULL)", name="outlet"),
        CheckConstraint("first_on <= last_on", name="order"),
        CheckConstraint("reported_on = last_on", name="reported_on"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        unique("document"),
        Index("source_order_idx", "first_on", "last_on", "slug"),
        CheckConstraint("labels ? 'en'", name="labels"),
    )
    id: int | None = number()
    slug: str = key(unique=True)
    document: str = key()
    kind: str
    title: str | None = None
    language: str
    outlet_id: int | None = refers_if("actor.id")
    outlet_basis: str | None = None
    published: str = Field(foreign_key="edtf.text", sa_type=KEY)
    published_basis: str
    first_on: Day
    last_on: Day
    reported_on: Day = Field(index=True)
    sha256: str
    url: str | None = None
    labels: dict[str, str] = json()
    digest: str


class SourceCredit(Table, table=True):
    __tablename__ = "source_credit"
    source_id: int = Field(foreign_key="source.id", primary_key=True, ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="actor.id", primary_key=True, index=True)
    position: int


class Passage(Table, table=True):
    """Code points [from_char, to_char) of a document; `exact` only where the operator has loaded its text."""

    __tablename__ = "passage"
    __table_args__ = (
        CheckConstraint("from_char >= 0 AND from_char < to_char", name="order"),
        CheckConstraint("paragraph >= 1", name="paragraph"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint("(state = 'UNCHECKED') = (exact IS NULL)", name="exact"),
        one_of("role", terms.PassageRole),
        one_of("state", terms.AnchorState),
        UniqueConstraint("source_id", "from_char", "to_char"),
    )
    id: int | None = number()
    source_id: int = refers("source.id", index=False, owned=True)
    from_char: int
    to_char: int
    paragraph: int
    role: str
    sha256: str
    exact: str | None = None
    state: str = "UNCHECKED"


# ------------------------------------------------------------------ facts and their readings

FACT_TYPES = "('Summit', 'Talks', 'Quote', 'Event', 'Invitation', 'Office', 'Relationship')"


class Fact(Table, table=True):
    """The identity of a fact; what is known of it stands in its readings."""

    __tablename__ = "fact"
    __table_args__ = (
        CheckConstraint(f"typename IN {FACT_TYPES}", name="typename"),
        CheckConstraint(f"slug ~ '^{SLUG}(--{SLUG})?$'", name="slug"),
        CheckConstraint("(typename = 'Relationship') = (position('--' IN slug) > 0)", name="pair"),
        UniqueConstraint("id", "slug", "typename", "known_since"),
    )
    id: int | None = number()
    slug: str = key(unique=True)
    typename: str
    known_since: Day
    digest: str


class Reading(Table, table=True):
    """What was known of a fact from one day of publication up to (and with) the day before the next.

    `first_on` and `last_on` are what dates of facts are filtered and sorted by: the bounds of the date, for a
    meeting else of the planned date; both `infinity` where there is none.
    """

    __tablename__ = "reading"
    __table_args__ = (
        ForeignKeyConstraint(
            ["fact_id", "slug", "typename", "known_since"],
            ["fact.id", "fact.slug", "fact.typename", "fact.known_since"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("known_since <= known_from AND known_from <= known_until", name="known"),
        CheckConstraint("first_on <= last_on", name="order"),
        CheckConstraint("is_dated OR (first_on = 'infinity' AND last_on = 'infinity')", name="undated"),
        CheckConstraint("(date IS NULL) = (date_basis IS NULL)", name="date"),
        CheckConstraint("labels ? 'en'", name="labels"),
        one_of("date_basis", terms.DateBasis),
        UniqueConstraint("fact_id", "known_from"),
        UniqueConstraint("fact_id", "known_until"),
        Index("reading_slug_idx", "slug", "known_until"),
        Index("reading_date_idx", "first_on", "last_on", "slug"),
        Index("reading_date_desc_idx", desc("is_dated"), desc("first_on"), desc("last_on"), "slug"),
        Index("reading_known_idx", "known_since", "slug"),
        Index("reading_type_date_idx", "typename", "first_on", "last_on", "slug"),
        Index(
            "reading_type_date_desc_idx",
            "typename",
            desc("is_dated"),
            desc("first_on"),
            desc("last_on"),
            "slug",
        ),
        Index("reading_type_known_idx", "typename", "known_since", "slug"),
    )
    id: int | None = number()
    fact_id: int
    slug: str = key()
    typename: str
    known_since: Day
    known_from: Day
    known_until: Day
    date: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    date_basis: str | None = None
    is_dated: bool
    first_on: Day
    last_on: Day
    labels: dict[str, str] = json()
    summary: dict[str, str] | None = Field(
        default=None, sa_type=JSONB, description="Null unless every claim of the fact had been told."
    )


def of_reading() -> Any:
    """The key of a kind's table: one row for each reading."""
    return Field(foreign_key="reading.id", primary_key=True, ondelete="CASCADE")


class Meeting(Table, table=True):
    __tablename__ = "meeting"
    __table_args__ = (
        one_of("level", terms.MeetingLevel),
        one_of("format", terms.MeetingFormat),
        one_of("status", terms.MeetingStatus),
        one_of("phase", terms.MeetingPhase),
        one_of("outcome", terms.MeetingOutcome),
        one_of("planned_basis", terms.DateBasis),
        CheckConstraint("(planned IS NULL) = (planned_basis IS NULL)", name="planned"),
    )
    reading_id: int = of_reading()
    level: str
    format: str
    status: str
    phase: str
    outcome: str
    place_id: int | None = refers_if("place.id")
    planned: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    planned_basis: str | None = None
    name: str
    names: dict[str, str] = json()


class Quote(Table, table=True):
    """`text_claim_id` is the deciding claim of the text: it gives the chain and `is_hearsay`."""

    __tablename__ = "quote"
    __table_args__ = (
        one_of("form", terms.QuoteForm),
        one_of("medium", terms.Medium),
        CheckConstraint("speaker_id IS NOT NULL OR speaker_description IS NOT NULL", name="speaker"),
    )
    reading_id: int = of_reading()
    text: str
    language: str
    original_language: str | None = None
    form: str
    medium: str
    translations: dict[str, str] = json()
    speaker_id: int | None = refers_if("actor.id")
    speaker_description: str | None = None
    meeting_id: int | None = refers_if("fact.id")
    text_claim_id: int = refers("claim.id")
    is_hearsay: bool


class Event(Table, table=True):
    __tablename__ = "event"
    __table_args__ = (
        one_of("event_type", terms.EventType),
        one_of("quad_class", terms.QuadClass),
        one_of("modality", terms.Modality),
        one_of("medium", terms.Medium),
        CheckConstraint("score BETWEEN -10 AND 10", name="score"),
        Index("event_score_idx", "score"),
    )
    reading_id: int = of_reading()
    event_type: str
    mode: str | None = None
    quad_class: str
    score: float
    modality: str
    medium: str
    place_id: int | None = refers_if("place.id")
    meeting_id: int | None = refers_if("fact.id")
    quote_id: int | None = refers_if("fact.id")
    codes_id: int | None = refers_if("fact.id")


class Invitation(Table, table=True):
    __tablename__ = "invitation"
    __table_args__ = (
        one_of("medium", terms.Medium),
        one_of("response", terms.InvitationResponse),
        one_of("responded_basis", terms.DateBasis),
        CheckConstraint("(responded IS NULL) = (responded_basis IS NULL)", name="responded"),
        CheckConstraint("issuer_id IS NOT NULL OR issuer_description IS NOT NULL", name="issuer"),
        CheckConstraint("meeting_id <> made_at_id", name="meeting"),
    )
    reading_id: int = of_reading()
    issuer_id: int | None = refers_if("actor.id")
    issuer_description: str | None = None
    on_behalf_of_id: int | None = refers_if("actor.id")
    carrier_id: int | None = refers_if("actor.id")
    invitee_id: int = refers("actor.id")
    destination_id: int | None = refers_if("place.id")
    medium: str
    response: str
    responded: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    responded_basis: str | None = None
    made_at_id: int | None = refers_if("fact.id")
    meeting_id: int | None = refers_if("fact.id")


class Office(Table, table=True):
    __tablename__ = "office"
    __table_args__ = (
        one_of("attested_basis", terms.DateBasis),
        CheckConstraint("(attested IS NULL) = (attested_basis IS NULL)", name="attested"),
    )
    reading_id: int = of_reading()
    person_id: int = refers("actor.id")
    title: str
    titles: dict[str, str] = json()
    of_id: int | None = refers_if("actor.id")
    attested: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    attested_basis: str | None = None


class Relationship(Table, table=True):
    __tablename__ = "relationship"
    __table_args__ = (
        one_of("kind", terms.RelationshipKind),
        CheckConstraint("one_id <> other_id", name="parties"),
        Index("relationship_parties_idx", "one_id", "other_id"),
    )
    reading_id: int = of_reading()
    kind: str
    one_id: int = refers("actor.id", index=False)
    other_id: int = refers("actor.id")


class FactAbout(Table, table=True):
    """A fact that words or an event are about."""

    __tablename__ = "fact_about"
    fact_id: int = Field(foreign_key="fact.id", primary_key=True, ondelete="CASCADE")
    about_id: int = Field(foreign_key="fact.id", primary_key=True, index=True)
    position: int
    known_since: Day


class QuoteVariant(Table, table=True):
    """Two quotes of one utterance; stands in both directions."""

    __tablename__ = "quote_variant"
    __table_args__ = (CheckConstraint("quote_id <> variant_id", name="different"),)
    quote_id: int = Field(foreign_key="fact.id", primary_key=True, ondelete="CASCADE")
    variant_id: int = Field(foreign_key="fact.id", primary_key=True, index=True, ondelete="CASCADE")


# ------------------------------------------------------------------ who is in a fact


class Involvement(Table, table=True):
    __tablename__ = "involvement"
    __table_args__ = (
        one_of("role", terms.Role),
        UniqueConstraint("fact_id", "role", "actor_id"),
    )
    id: int | None = number()
    fact_id: int = refers("fact.id", index=False, owned=True)
    actor_id: int = refers("actor.id")
    role: str
    position: int
    known_since: Day


class InvolvementClaim(Table, table=True):
    """Who tells that the actor is in it: the claims of the role, else those of the fact's existence."""

    __tablename__ = "involvement_claim"
    involvement_id: int = Field(foreign_key="involvement.id", primary_key=True, ondelete="CASCADE")
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, index=True, ondelete="CASCADE")


class Presence(Table, table=True):
    """Each actor of a reading once, with what timelines filter and sort by."""

    __tablename__ = "presence"
    __table_args__ = (
        Index("presence_date_idx", "actor_id", "first_on", "last_on", "slug"),
        Index("presence_date_desc_idx", "actor_id", desc("is_dated"), desc("first_on"), desc("last_on"), "slug"),
        Index("presence_known_idx", "actor_id", "known_since", "slug"),
        Index("presence_type_idx", "actor_id", "typename", "first_on", "last_on", "slug"),
    )
    actor_id: int = Field(foreign_key="actor.id", primary_key=True)
    reading_id: int = Field(foreign_key="reading.id", primary_key=True, index=True, ondelete="CASCADE")
    fact_id: int
    slug: str = key()
    typename: str
    known_since: Day
    known_from: Day
    known_until: Day
    is_dated: bool
    first_on: Day
    last_on: Day
    roles: list[str] = Field(sa_type=ARRAY(Text))
    is_coding: bool = Field(description="Whether the fact only codes another, as derived events do.")


# ------------------------------------------------------------------ claims


class Claim(Table, table=True):
    """What one passage of one source says of one property of one fact. `origin` is the root of its chain."""

    __tablename__ = "claim"
    __table_args__ = (
        one_of("basis", terms.DateBasis),
        one_of("rank", terms.Rank),
        one_of("factuality", terms.Factuality),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("origin <> ''", name="origin"),
        Index("claim_order_idx", "reported_on", "slug"),
        Index("claim_fact_idx", "fact_id", "property", "reported_on", "slug"),
        Index("claim_source_idx", "source_id", "reported_on", "slug"),
        CheckConstraint("labels ? 'en'", name="labels"),
    )
    id: int | None = number()
    slug: str = key(unique=True)
    fact_id: int = refers("fact.id", index=False, owned=True)
    property: str = key()
    value: str | None = None
    value_date: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    value_typename: str | None = Field(default=None, description="Type of the entry whose slug the value is.")
    effective: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    position: int
    basis: str
    rank: str
    factuality: str
    source_id: int = refers("source.id", index=False)
    reported_on: Day
    passage_id: int = refers("passage.id")
    origin_id: int | None = refers_if("actor.id")
    origin: str = Field(description="Slug or description of the first step of the chain.")
    note: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    labels: dict[str, str] = json()


class ClaimContext(Table, table=True):
    __tablename__ = "claim_context"
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True, sa_type=SmallInteger)
    passage_id: int = refers("passage.id")


class AttributionStep(Table, table=True):
    __tablename__ = "attribution_step"
    __table_args__ = (
        one_of("role", terms.AttributionRole),
        CheckConstraint("actor_id IS NOT NULL OR description IS NOT NULL", name="who"),
    )
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True, sa_type=SmallInteger)
    role: str
    actor_id: int | None = refers_if("actor.id")
    description: str | None = None
    passage_id: int | None = refers_if("passage.id")


class Conflict(Table, table=True):
    """Claims that do not agree. It is known since the day of its second claim."""

    __tablename__ = "conflict"
    __table_args__ = (
        one_of("basis", terms.ConflictBasis),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        CheckConstraint("labels ? 'en'", name="labels"),
    )
    id: int | None = number()
    slug: str = key(unique=True)
    property: str
    basis: str
    note: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    labels: dict[str, str] = json()
    known_since: Day
    digest: str


class ConflictClaim(Table, table=True):
    __tablename__ = "conflict_claim"
    conflict_id: int = Field(foreign_key="conflict.id", primary_key=True, ondelete="CASCADE")
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, index=True, ondelete="CASCADE")


class SearchText(Table, table=True):
    """What an entry is found by, for a fact in each of its readings.

    The second, fourth, sixth ... piece of `text` (U+001F stands between pieces) is a word, or the U+001E that stands
    before each of its texts; the places of `lexemes` count them.
    """

    __tablename__ = "search_text"
    __table_args__ = (
        CheckConstraint("num_nonnulls(reading_id, actor_id, place_id, source_id) = 1", name="owner"),
        CheckConstraint("known_from <= known_until", name="known"),
        Index("search_text_lexemes_idx", "lexemes", postgresql_using="gin"),
    )
    typename: str = Field(primary_key=True, sa_type=KEY)
    slug: str = Field(primary_key=True, sa_type=KEY)
    known_from: Day = Field(primary_key=True)
    known_until: Day
    reading_id: int | None = Field(default=None, foreign_key="reading.id", index=True, ondelete="CASCADE")
    actor_id: int | None = Field(default=None, foreign_key="actor.id", index=True, ondelete="CASCADE")
    place_id: int | None = Field(default=None, foreign_key="place.id", index=True, ondelete="CASCADE")
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True, ondelete="CASCADE")
    text: str
    lexemes: str = Field(sa_type=TSVECTOR)


class Decided(Table, table=True):
    """The claim whose value the register shows for a property, from one day of publication to another."""

    __tablename__ = "decided"
    __table_args__ = (
        CheckConstraint("known_from <= known_until", name="known"),
        UniqueConstraint("fact_id", "property", "known_until"),
    )
    fact_id: int = Field(foreign_key="fact.id", primary_key=True, ondelete="CASCADE")
    property: str = Field(primary_key=True, sa_type=KEY)
    known_from: Day = Field(primary_key=True)
    known_until: Day
    value: str | None = None
    claim_id: int = refers("claim.id")


class Change(Table, table=True):
    """One step of a history (a meeting's status, a relationship's state) as a reading tells it."""

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint("(effective IS NULL) = (effective_basis IS NULL)", name="effective"),
        one_of("effective_basis", terms.DateBasis),
        UniqueConstraint("reading_id", "position"),
    )
    id: int | None = number()
    reading_id: int = refers("reading.id", index=False, owned=True)
    position: int
    value: str
    effective: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    effective_basis: str | None = None
    reported_on: Day


class ChangeClaim(Table, table=True):
    __tablename__ = "change_claim"
    change_id: int = Field(foreign_key="change.id", primary_key=True, ondelete="CASCADE")
    claim_id: int = Field(foreign_key="claim.id", primary_key=True, index=True, ondelete="CASCADE")


# ------------------------------------------------------------------ the whole


class Term(Table, table=True):
    """A property that claims speak to, or another open term, described."""

    __tablename__ = "term"
    term: str = Field(primary_key=True, sa_type=KEY)
    descriptions: dict[str, str] = json()


class Dataset(Table, table=True):
    """One row: the register itself. `revision` grows with every load that changes something."""

    __tablename__ = "dataset"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    revision: int
    updated_at: datetime = Field(sa_type=DateTime(timezone=True))


class Download(Table, table=True):
    """A file of all entries of one kind; it is that of the register as long as its `revision` is the register's."""

    __tablename__ = "download"
    __table_args__ = (
        one_of("kind", terms.EntryKind),
        CheckConstraint("format IN ('application/x-ndjson', 'text/csv')", name="format"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
    )
    kind: str = Field(primary_key=True)
    format: str = Field(primary_key=True)
    revision: int
    bytes: int = Field(sa_type=BigInteger)
    sha256: str


class DownloadPart(Table, table=True):
    """A piece of a file: the pieces in the order of `position`, from 0, are the whole of it."""

    __tablename__ = "download_part"
    __table_args__ = (
        ForeignKeyConstraint(["kind", "format"], ["download.kind", "download.format"], ondelete="CASCADE"),
    )
    kind: str = Field(primary_key=True)
    format: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    content: bytes
