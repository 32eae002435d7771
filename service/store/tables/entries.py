"""Actors and places, their names, and the dates that all entries share."""

from datetime import date as Day

from sqlalchemy import (
    CheckConstraint,
    Index,
    text,
)
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import (
    KEY,
    SLUG,
    Table,
    inputs_column,
    one_of,
    optional_foreign_key,
    surrogate_key,
    text_key,
    texts_column,
    unique_at_commit,
)


class Edtf(Table, table=True):
    """An EDTF date, stored once for the whole register, with its bounds and labels."""

    __tablename__ = "edtf"
    __table_args__ = (
        CheckConstraint("earliest <= latest", name="order"),
        CheckConstraint("length(text) <= 64", name="length"),
        one_of("precision", enums.DatePrecision),
        one_of("extent", enums.DateExtent),
        CheckConstraint("labels ? 'en'", name="labels"),
    )
    text: str = Field(primary_key=True, sa_type=KEY)
    earliest: Day | None
    latest: Day | None
    precision: str
    extent: str
    is_approximate: bool
    is_uncertain: bool
    labels: dict[str, str] = texts_column()


# ------------------------------------------------------------------ actors, places, names


class Actor(Table, table=True):
    """A person, an organisation or a state; `typename` is its GraphQL type."""

    __tablename__ = "actor"
    __table_args__ = (
        CheckConstraint("typename IN ('Person', 'Organisation', 'Country')", name="typename"),
        CheckConstraint("typename = 'Person' OR NOT is_leader", name="leader"),
        one_of("organisation_kind", enums.OrganisationKind),
        CheckConstraint("(typename = 'Organisation') = (organisation_kind IS NOT NULL)", name="organisation"),
        CheckConstraint(
            "typename = 'Country' OR num_nonnulls(code, alpha3, former_code, existed_from, existed_until) = 0",
            name="country",
        ),
        CheckConstraint("(code IS NULL) = (alpha3 IS NULL)", name="codes"),
        CheckConstraint("code ~ '^[A-Z]{2}$' AND alpha3 ~ '^[A-Z]{3}$'", name="code"),
        CheckConstraint("former_code ~ '^[A-Z]{4}$'", name="former_code"),
        CheckConstraint("existed_until IS NULL OR code IS NULL", name="present"),
        CheckConstraint("existed_until IS NOT NULL OR former_code IS NULL", name="former"),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        unique_at_commit("wikidata"),
        unique_at_commit("code"),
        unique_at_commit("alpha3"),
        unique_at_commit("former_code"),
        Index("actor_order_idx", "typename", "name_key", "slug"),
        Index("actor_leader_idx", "name_key", "slug", postgresql_where=text("is_leader")),
        Index("actor_country_idx", "country_id", "name_key", "slug"),
    )
    id: int | None = surrogate_key()
    slug: str = text_key(unique=True)
    typename: str
    name: str = Field(description="Display name in English, else in any language.")
    name_key: str = text_key()
    names: dict[str, str] = texts_column()
    country_id: int | None = optional_foreign_key("actor.id", index=False)
    wikidata: str | None = None
    is_leader: bool = False
    organisation_kind: str | None = None
    code: str | None = None
    alpha3: str | None = None
    former_code: str | None = None
    existed_from: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    existed_until: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    known_since: Day
    digest: str
    inputs: str | None = inputs_column()


class Succession(Table, table=True):
    """A state and a successor of it, either as a whole or in part of its territory."""

    __tablename__ = "succession"
    __table_args__ = (CheckConstraint("predecessor_id <> successor_id", name="other"),)
    predecessor_id: int = Field(foreign_key="actor.id", primary_key=True, ondelete="CASCADE")
    successor_id: int = Field(foreign_key="actor.id", primary_key=True, index=True, ondelete="CASCADE")


class Place(Table, table=True):
    __tablename__ = "place"
    __table_args__ = (
        one_of("kind", enums.PlaceKind),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position"),
        CheckConstraint(f"slug ~ '^{SLUG}$'", name="slug"),
        CheckConstraint("part_of_id <> id", name="part_of"),
        Index("place_order_idx", "name_key", "slug"),
    )
    id: int | None = surrogate_key()
    slug: str = text_key(unique=True)
    kind: str
    name: str
    name_key: str = text_key()
    names: dict[str, str] = texts_column()
    country_id: int | None = optional_foreign_key("actor.id")
    part_of_id: int | None = optional_foreign_key("place.id")
    latitude: float | None = None
    longitude: float | None = None
    timezone: str | None = None
    known_since: Day
    digest: str
    inputs: str | None = inputs_column()


class PlaceWithin(Table, table=True):
    """Pairs of a place and each place that contains it, itself included: filters match everything within a place."""

    __tablename__ = "place_within"
    container_id: int = Field(foreign_key="place.id", primary_key=True, ondelete="CASCADE")
    place_id: int = Field(foreign_key="place.id", primary_key=True, index=True, ondelete="CASCADE")


class Alias(Table, table=True):
    """A former slug, a Wikidata id or an ISO 3166 code, with the present slug of the entry; `entries` is its table."""

    __tablename__ = "alias"
    __table_args__ = (
        CheckConstraint("entries IN ('actor', 'place', 'fact', 'source', 'claim', 'conflict')", name="entries"),
        CheckConstraint("former <> slug", name="former"),
        Index("alias_typename_idx", "typename", "former"),
    )
    entries: str = Field(primary_key=True, sa_type=KEY)
    former: str = Field(primary_key=True, sa_type=KEY)
    slug: str = text_key()
    typename: str


def _unique_name_of(owner: str) -> Index:
    """Return an index that allows each spelling once per owner of a kind, and also serves to find the owner's names."""
    columns = (owner, "language", "kind", "text")
    return Index(f"name_{owner}_key", *columns, unique=True, postgresql_where=text(f"{owner} IS NOT NULL"))


class Name(Table, table=True):
    """A name of one actor, place or meeting, in one spelling."""

    __tablename__ = "name"
    __table_args__ = (
        CheckConstraint("num_nonnulls(actor_id, place_id, fact_id) = 1", name="owner"),
        one_of("kind", enums.NameKind),
        _unique_name_of("actor_id"),
        _unique_name_of("place_id"),
        _unique_name_of("fact_id"),
    )
    id: int | None = surrogate_key()
    actor_id: int | None = Field(default=None, foreign_key="actor.id", ondelete="CASCADE")
    place_id: int | None = Field(default=None, foreign_key="place.id", ondelete="CASCADE")
    fact_id: int | None = Field(default=None, foreign_key="fact.id", ondelete="CASCADE")
    position: int
    text: str
    language: str
    kind: str


class NameSource(Table, table=True):
    """A source that contains exactly this spelling."""

    __tablename__ = "name_source"
    __table_args__ = (CheckConstraint("occurrences > 0", name="occurrences"),)
    name_id: int = Field(foreign_key="name.id", primary_key=True, ondelete="CASCADE")
    source_id: int = Field(foreign_key="source.id", primary_key=True, index=True, ondelete="CASCADE")
    occurrences: int
