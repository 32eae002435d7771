"""What at least one source asserts, and who is in it."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import conditions, filters, groupings, slugs
from schema.actors import Actor
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.entries import EdtfDate, Entry, edtf
from schema.enums import DateMatch, FactGrouping, FactOrder
from schema.relations import (
    ACTOR,
    CLAIM,
    CONFLICT,
    DECIDED,
    FACT,
    INVOLVEMENT,
    SOURCE,
    UNNAMED,
    among,
    linked,
    many,
    one,
)
from schema.scalars import Date
from schema.texts import any_localized
from service.planner.fields import Resolver, column, pages, relation, sql, where
from service.planner.rows import Relation, Row, Rows
from service.sql import func
from service.store import tables
from service.store.enums import FactKind, Role

if TYPE_CHECKING:
    from schema.claims import Claim, ClaimConnection
    from schema.conflicts import Conflict
    from schema.sources import SourceConnection


def involved(*only: str) -> Resolver:
    """Who is in it, in these roles (none: in any), in the order in which they are recorded."""

    def involvements(row: Row) -> Rows:
        found = row.find(INVOLVEMENT, lambda found: found.fact_id == row.fact_id)
        if only:
            found.where(found.row.role.in_(only))
        return found.order_by(found.row.position, found.row.id)

    return involvements


def _involvements(row: Row, role: list[Role] | None = strawberry.UNSET) -> Rows:
    found = row.find(INVOLVEMENT, lambda found: found.fact_id == row.fact_id)
    if role is not strawberry.UNSET:
        found.where(among(found.row.role, role))
    return found.order_by(found.row.position, found.row.id)


def actors_in(role: str) -> Resolver:
    """The actors in one role, in the order in which they are recorded."""

    def actors(row: Row) -> Rows:
        found = row.find(INVOLVED, lambda link: link.fact_id == row.fact_id, lambda link: link.role == role)
        return found.order_by(found.row.position, found.row.slug)

    return actors


def decided(relation: Relation, property: str) -> Resolver:
    """The entry that the deciding claim of a property names; none where no source speaks of it."""

    def entry(row: Row) -> Rows:
        found = row.find(DECIDED, lambda d: d.fact_id == row.fact_id, lambda d: d.property == property)
        return row.find(relation, lambda entry: entry.slug == found.value("value"))

    return entry


INVOLVED = ACTOR.via(INVOLVEMENT.table, "actor_id")


def _sources(row: Row) -> Rows:
    """Each source that makes a claim of the fact, once."""
    told = row.find(CLAIM, lambda claim: claim.fact_id == row.fact_id)
    return row.find(SOURCE, lambda source: among(source.id, told.ids("source_id")))


def _decided_by(row: Row, property: str) -> Rows:
    decided = row.find(DECIDED, lambda d: d.fact_id == row.fact_id, lambda d: d.property == property)
    return row.find(CLAIM, lambda claim: claim.id == decided.value("claim_id"))


def conflicts_of(row: Row, claims: Rows) -> Rows:
    """The conflicts that some of these claims are in."""
    links = row.find(linked(tables.ConflictClaim), lambda link: among(link.claim_id, claims.ids("id")))
    found = row.find(CONFLICT, lambda conflict: among(conflict.id, links.ids("conflict_id")))
    return found.order_by(found.row.slug)


def _conflicts(row: Row) -> Rows:
    return conflicts_of(row, row.find(CLAIM, lambda claim: claim.fact_id == row.fact_id))


def _claims_of_involvement(row: Row) -> Rows:
    links = row.find(linked(tables.InvolvementClaim), lambda link: link.involvement_id == row.involvement_id)
    return row.find(CLAIM, lambda claim: among(claim.id, links.ids("claim_id")))


def _principal(row: Row) -> Rows:
    found = row.find(ACTOR, lambda actor: actor.id == row.on_behalf_of_id)
    return found if row.as_of is None else found.where(row.on_behalf_of_since <= row.as_of)


def _claims_of_unnamed(row: Row) -> Rows:
    links = row.find(linked(tables.UnnamedClaim), lambda link: link.unnamed_id == row.unnamed_id)
    return row.find(CLAIM, lambda claim: among(claim.id, links.ids("claim_id")))


@strawberry.interface(
    description="Something that at least one source asserts. There is no fact without a claim, and no claim "
    "without a passage."
)
@relation(FACT)
class Fact(Entry):
    date: EdtfDate | None = sql(edtf("date"), "When it took place; null for what is only planned or has no date.")
    summary: str | None = sql(
        any_localized("summary"),
        "One or two sentences in the project's own words; under an `asOf` at which not all of its claims had been "
        "told: null.",
        length=150,
    )
    known_since: Date = column("The day on which the earliest source that tells of it was published.")
    involvements: list["Involvement"] = sql(_involvements, "Who is in it, and in which role.", rows=3)
    claims: Annotated["ClaimConnection", strawberry.lazy("schema.claims")] = pages(
        many(CLAIM, "fact_id", "fact_id"), "What is said of it; `totalCount` says how often.", rows=100
    )
    sources: Annotated["SourceConnection", strawberry.lazy("schema.sources")] = pages(
        _sources, "Who says it, each source once; `totalCount` says how many.", rows=20
    )
    decided_by: Annotated["Claim", strawberry.lazy("schema.claims")] | None = sql(
        _decided_by, "The claim whose value the register shows for a property; null where there is none."
    )
    conflicts: list[Annotated["Conflict", strawberry.lazy("schema.conflicts")]] = sql(
        _conflicts, "Where its claims do not agree.", rows=1
    )


@strawberry.type(description="An actor in a fact, in one role.")
@relation(INVOLVEMENT)
class Involvement:
    role: Role = column("In which role the actor is in it.")
    actor: Actor = sql(one(ACTOR, "actor_id"), "Who is in it.")
    on_behalf_of: Actor | None = sql(
        _principal, "On whose behalf a delegate takes part, or for whom an interpreter works, where a source tells."
    )
    claims: Annotated["ClaimConnection", strawberry.lazy("schema.claims")] = pages(
        _claims_of_involvement,
        "Who tells that the actor is in it: the fact's `existence` claims, unless there are claims of the role itself.",
        rows=20,
    )


@strawberry.type(description="Somebody in a fact whom no source names, or several, in one role.")
@relation(UNNAMED)
class UnnamedInvolvement:
    role: Role = column("In which role they are in it.")
    description: str = column("Who they are: a short phrase of ours in English.")
    count: int | None = column("How many they are; null where no source tells.", "people")
    on_behalf_of: Actor | None = sql(
        one(ACTOR, "on_behalf_of_id"), "On whose behalf they take part or interpret, where a source tells."
    )
    claims: Annotated["ClaimConnection", strawberry.lazy("schema.claims")] = pages(
        _claims_of_unnamed,
        "Who tells of them: the fact's `existence` claims, unless there are claims of the role itself.",
        rows=10,
    )


@strawberry.input(description="A range of days. Both ends belong to it. What has no date is in no range.")
class DateRange:
    from_: Date | None = strawberry.field(
        name="from", default=strawberry.UNSET, description="First day; without it the range has no beginning."
    )
    to: Date | None = strawberry.field(
        default=strawberry.UNSET, description="Last day; without it the range has no end."
    )
    match: DateMatch | None = strawberry.field(
        default=DateMatch.OVERLAPS, description="How a date is compared with the range."
    )


INVOLVING = "At least one of these actors is in it, in any role."
INVOLVING_ALL = "Each of these actors is in it, in any role."
TOLD_BY = "At least one of these sources tells of it."
TOLD_BY_ALL = "Each of these sources tells of it."
DATE = "Dated in this range; under `asOf` as it was dated then."
KNOWN_SINCE = "First told in this range of days."


@strawberry.input
class OfFact:
    slug: list[str] | None = filters.by_slug(slugs.FACTS)
    involving: list[str] | None = where(
        conditions.involving, INVOLVING, parameter=slugs.ACTORS, price=conditions.LOOKED_UP
    )
    involving_all: list[str] | None = where(
        conditions.involving_all, INVOLVING_ALL, parameter=slugs.ACTORS, price=conditions.ALL_LOOKED_UP
    )
    source: list[str] | None = where(conditions.told_by, TOLD_BY, parameter=slugs.SOURCES)
    source_all: list[str] | None = where(
        conditions.told_by_all, TOLD_BY_ALL, parameter=slugs.SOURCES, price=conditions.COMPARED
    )
    date: DateRange | None = where(conditions.dated, DATE)
    known_since: DateRange | None = where(conditions.on_day("known_since"), KNOWN_SINCE)
    text: str | None = filters.by_text("snapshot_id")


@strawberry.input(description="Which facts; all fields given must hold.")
class FactFilter(OfFact):
    kind: list[FactKind] | None = where(conditions.any_of("typename"), "Of one of these kinds.")


@connection("A fact", "facts", filter=FactFilter, order=FactOrder.DATE_ASC)
class FactConnection(Connection[Fact]):
    counts: list[Count] = counts_by(
        {
            FactGrouping.KIND: groupings.term("FactKind", lambda row: func.upper(row.stored_column("typename"))),
            FactGrouping.KNOWN_SINCE_MONTH: groupings.period("MONTH", "known_since", "known_since"),
            FactGrouping.INVOLVED: groupings.involved_actor(),
            FactGrouping.OUTLET: groupings.outlet(),
            **groupings.periods(FactGrouping),
        }
    )
