"""Facts, which at least one source asserts, and the actors involved in them."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters
from schema.actors import Actor
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.entries import EdtfDate, Entry, edtf
from schema.enums import DateMatch, FactGrouping, FactOrder
from schema.scalars import Date
from schema.sql import conditions, groupings, slugs
from schema.sql.relations import (
    ACTOR,
    CLAIM,
    CONFLICT,
    DECIDED,
    FACT,
    INVOLVEMENT,
    SOURCE,
    UNNAMED,
    among,
    link_table,
    many,
    one,
)
from schema.sql.tallies import where_all_are_in, where_one_is_in, where_one_outlet_reports
from schema.sql.texts import in_any_language
from service.planner.fields import Resolver, column, member, pages, relation, sql, where
from service.planner.parameters import Shape
from service.planner.relations import Relation, Row, Rows
from service.sql import func
from service.store.enums import Curation, FactKind, Role

if TYPE_CHECKING:
    from schema.claims import Claim, ClaimConnection
    from schema.conflicts import Conflict
    from schema.sources import SourceConnection


def involvements_in(*only: str) -> Resolver:
    """Involvements in the fact in these roles (in any role if none is given), in the order of the record."""

    def involvements(row: Row) -> Rows:
        rows = row.find(INVOLVEMENT, lambda each: each.fact_id == row.fact_id)
        if only:
            rows.where(rows.row.role.in_(only))
        return rows.order_by(rows.row.position)

    return involvements


def _involvements(row: Row, role: list[Role] | None = strawberry.UNSET) -> Rows:
    rows = row.find(INVOLVEMENT, lambda each: each.fact_id == row.fact_id)
    if role is not strawberry.UNSET:
        rows.where(among(rows.row.role, role))
    return rows.order_by(rows.row.position)


def actors_in(role: str) -> Resolver:
    """Actors in one role, in the order in which they are recorded."""

    def actors(row: Row) -> Rows:
        involved = row.find(INVOLVED_ACTOR, lambda link: link.fact_id == row.fact_id, lambda link: link.role == role)
        return involved.order_by(involved.row.position)

    return actors


def decided_entry(relation: Relation, property: str) -> Resolver:
    """The entry that the deciding claim about a property names; none if no source mentions the property."""

    def entry(row: Row) -> Rows:
        decision = row.find(DECIDED, lambda d: d.fact_id == row.fact_id, lambda d: d.property == property)
        return row.find(relation, lambda entry: entry.slug == decision.value("value"))

    return entry


INVOLVED_ACTOR = ACTOR.via(INVOLVEMENT.table, "actor_id")


def _sources(row: Row) -> Rows:
    """Each source that makes a claim about the fact, once."""
    claims = row.find(CLAIM, lambda claim: claim.fact_id == row.fact_id)
    return row.find(SOURCE, lambda source: among(source.id, claims.ids("source_id")))


def _deciding_claim(row: Row, property: str) -> Rows:
    decided = row.find(DECIDED, lambda d: d.fact_id == row.fact_id, lambda d: d.property == property)
    return row.find(CLAIM, lambda claim: claim.id == decided.value("claim_id"))


def conflicts_of(row: Row, claims: Rows) -> Rows:
    """Conflicts that include some of these claims."""
    links = row.find(link_table("conflict_claim"), lambda link: among(link.claim_id, claims.ids("id")))
    conflicts = row.find(CONFLICT, lambda conflict: among(conflict.id, links.ids("conflict_id")))
    return conflicts.order_by(conflicts.row.slug)


def _conflicts(row: Row) -> Rows:
    return conflicts_of(row, row.find(CLAIM, lambda claim: claim.fact_id == row.fact_id))


def _claims_of_involvement(row: Row) -> Rows:
    links = row.find(link_table("involvement_claim"), lambda link: link.involvement_id == row.involvement_id)
    return row.find(CLAIM, lambda claim: among(claim.id, links.ids("claim_id")))


def _claims_of_unnamed(row: Row) -> Rows:
    links = row.find(link_table("unnamed_claim"), lambda link: link.unnamed_id == row.unnamed_id)
    return row.find(CLAIM, lambda claim: among(claim.id, links.ids("claim_id")))


@strawberry.interface(
    description="Something that at least one source asserts. There is no fact without a claim, and no claim "
    "without a passage."
)
@relation(FACT)
class Fact(Entry):
    date: EdtfDate | None = sql(edtf("date"), "When the fact took place; null if it is only planned or has no date.")
    summary: str | None = sql(
        in_any_language("summary"),
        "One or two sentences in the project's own words. Null under an `asOf` day by which not all of the fact's "
        "claims had been reported.",
        length=150,
    )
    known_since: Date = column("Publication day of the earliest source that reports the fact.")
    is_withdrawn: bool = column(
        "Whether every source that reports the fact is retracted or superseded. If so, its label says so, and it is "
        "left out of everything that is counted over meetings or events. Always false for a relationship."
    )
    curation: Curation = column("Whether an editor or a rule recorded the fact.")
    involvements: list["Involvement"] = sql(_involvements, "Actors involved in the fact, each with a role.", rows=3)
    claims: Annotated["ClaimConnection", strawberry.lazy("schema.claims")] = pages(
        many(CLAIM, "fact_id", "fact_id"), "Claims about the fact; `totalCount` is their number.", rows=100
    )
    sources: Annotated["SourceConnection", strawberry.lazy("schema.sources")] = pages(
        _sources, "Sources that report the fact, each listed once; `totalCount` is their number.", rows=20
    )
    decided_by: Annotated["Claim", strawberry.lazy("schema.claims")] | None = sql(
        _deciding_claim,
        "Claim whose value the register shows for a property; null if there is none.",
        parameters={"property": slugs.PROPERTIES},
    )
    conflicts: list[Annotated["Conflict", strawberry.lazy("schema.conflicts")]] = sql(
        _conflicts, "Conflicts between the claims about the fact.", rows=1
    )


@strawberry.type(description="An actor involved in a fact, in one role.")
@relation(INVOLVEMENT)
class Involvement:
    role: Role = column("Role of the actor in the fact.")
    actor: Actor = sql(one(ACTOR, "actor_id"), "Actor involved in the fact.")
    on_behalf_of: Actor | None = sql(
        one(ACTOR, "on_behalf_of_id"),
        "Actor on whose behalf a delegate takes part or for whom an interpreter works, if a source says.",
    )
    claims: Annotated["ClaimConnection", strawberry.lazy("schema.claims")] = pages(
        _claims_of_involvement,
        "Claims that the actor is involved: those about the role itself if there are any, otherwise the fact's "
        "`existence` claims.",
        rows=20,
    )


@strawberry.type(description="One or more people in one role in a fact, not named by any source.")
@relation(UNNAMED)
class UnnamedInvolvement:
    role: Role = column("Role of the people in the fact.")
    description: str = column("Who they are: a short English phrase in our words.")
    count: int | None = column("Number of people; null if no source says.", "people")
    on_behalf_of: Actor | None = sql(
        one(ACTOR, "on_behalf_of_id"), "Actor on whose behalf they take part or interpret, if a source says."
    )
    claims: Annotated["ClaimConnection", strawberry.lazy("schema.claims")] = pages(
        _claims_of_unnamed,
        "Claims about these people: those about the role itself if there are any, otherwise the fact's `existence` "
        "claims.",
        rows=10,
    )


YEAR = Shape(minimum=1, maximum=9999)


@strawberry.input(
    description="A range of days that includes both ends. Anything without a date is in no range; a meeting without a "
    "date counts by its planned date."
)
class DateRange:
    from_: Date | None = strawberry.field(
        name="from", default=strawberry.UNSET, description="First day. If omitted, the range has no beginning."
    )
    to: Date | None = strawberry.field(
        default=strawberry.UNSET, description="Last day. If omitted, the range has no end."
    )
    year: int | None = member(
        "All days of this year, 1 to 9999. With `from` or `to`, only the days of the year that lie in that range.", YEAR
    )
    match: DateMatch | None = strawberry.field(
        default=DateMatch.OVERLAPS, description="How a date is compared with the range."
    )


INVOLVING = "Only facts that involve at least one of these actors, in any role."
INVOLVING_ALL = "Only facts that involve all of these actors, in any role."
TOLD_BY = "Only facts that at least one of these sources reports."
TOLD_BY_ALL = "Only facts that all of these sources report."
DATE = (
    "Only facts dated in this range, and meetings without a date that are planned in it; with `asOf`, as they were "
    "dated on that day."
)
KNOWN_SINCE = "Only facts first reported in this range of days."


@strawberry.input
class CommonFactFilter:
    slug: list[str] | None = filters.by_slug(slugs.FACTS)
    involving: list[str] | None = where(
        conditions.involves,
        INVOLVING,
        parameter=slugs.ACTORS,
        price=conditions.LOOKUP_PRICE,
        leads=conditions.BY_INVOLVED,
        tally=where_one_is_in,
    )
    involving_all: list[str] | None = where(
        conditions.involves_all,
        INVOLVING_ALL,
        parameter=slugs.ACTORS,
        price=conditions.ALL_LOOKUP_PRICE,
        leads=conditions.BY_ALL_ACTORS,
        tally=where_all_are_in,
    )
    source: list[str] | None = where(
        conditions.sourced_by, TOLD_BY, parameter=slugs.SOURCES, leads=conditions.BY_SOURCES
    )
    source_all: list[str] | None = where(
        conditions.sourced_by_all,
        TOLD_BY_ALL,
        parameter=slugs.SOURCES,
        price=conditions.COUNT_PRICE,
        leads=conditions.BY_ALL_SOURCES,
    )
    outlet: list[str] | None = where(
        conditions.of_outlet,
        "Only facts that at least one source from these outlets reports.",
        parameter=slugs.ORGANISATIONS,
        price=conditions.LOOKUP_PRICE,
        leads=conditions.BY_OUTLETS,
        tally=where_one_outlet_reports,
    )
    dataset: list[str] | None = filters.by_dataset(
        conditions.of_dataset, "Only facts that at least one source from these data sets reports."
    )
    curation: list[Curation] | None = filters.by_curation()
    is_withdrawn: bool | None = where(
        conditions.flag("is_withdrawn"), "True for facts that only withdrawn sources report, false for all others."
    )
    date: DateRange | None = where(conditions.is_dated_in, DATE)
    known_since: DateRange | None = where(
        conditions.on_day("known_since"), KNOWN_SINCE, leads=conditions.BY_KNOWN_SINCE
    )
    text: str | None = filters.by_text("fact_id")


@strawberry.input(description="Conditions on facts, all of which must be met.")
class FactFilter(CommonFactFilter):
    kind: list[FactKind] | None = where(
        conditions.is_one_of("typename"), "Only facts of one of these kinds.", leads=conditions.BY_KIND
    )


@connection("A fact", "facts", filter=FactFilter, order=FactOrder.DATE_ASC)
class FactConnection(Connection[Fact]):
    counts: list[Count] = counts_by(
        {
            FactGrouping.KIND: groupings.term("FactKind", lambda row: func.upper(row.stored_column("typename"))),
            FactGrouping.KNOWN_SINCE_MONTH: groupings.period("MONTH", "known_since", "known_since"),
            FactGrouping.INVOLVED: groupings.involved_actor(tallied="involved"),
            FactGrouping.OUTLET: groupings.outlet(),
            FactGrouping.CURATION: groupings.term("Curation", "curation"),
            **groupings.periods(FactGrouping),
        }
    )
