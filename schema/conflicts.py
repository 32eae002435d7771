"""Conflicts: claims that do not agree."""

from collections.abc import Callable

import strawberry

from schema import filters
from schema.claims import ClaimConnection
from schema.connections import Connection, connection
from schema.entries import Entry
from schema.facts import FactConnection
from schema.sql import conditions, slugs
from schema.sql.relations import CLAIM, CONFLICT, FACT, among, facts, is_withdrawn_by_day, link_table, sources
from schema.sql.texts import in_any_language
from service.planner.fields import column, pages, relation, sql, where
from service.planner.relations import Row, Rows
from service.sql import Expression, func, int_literal
from service.store.enums import ConflictBasis


def _claims(row: Row) -> Rows:
    links = row.find(link_table("conflict_claim"), lambda link: link.conflict_id == row.conflict_id)
    return row.find(CLAIM, lambda claim: among(claim.id, links.ids("claim_id")))


def _facts(row: Row) -> Rows:
    return row.find(FACT, lambda fact: among(fact.fact_id, _claims(row).ids("fact_id")))


def _standing_claims(row: Row) -> Rows:
    """Claims whose sources are not withdrawn."""
    claims = _claims(row)
    return claims.where(~is_withdrawn_by_day(claims.row))


def _origins(row: Row) -> Expression:
    claims = _standing_claims(row)
    claims.with_computed(root=func.coalesce(claims.row.origin_id.cast("text"), claims.row.origin))
    origins: Expression = claims.count("root")
    return origins


def _is_withdrawn(row: Row) -> Expression:
    return _standing_claims(row).count() < int_literal(2)


@strawberry.type(
    description="Claims that do not agree. The register gives no verdict: `decides` says which of the claims it shows."
)
@relation(CONFLICT)
class Conflict(Entry):
    property: str = column("Property that the claims are about.")
    basis: ConflictBasis = column("What the claims differ in.")
    note: str | None = sql(in_any_language("note"), "What contradicts what, in the project's own words.", length=100)
    facts: FactConnection = pages(_facts, "Facts that the claims are about.", rows=5)
    claims: ClaimConnection = pages(_claims, "Claims that do not agree.", rows=10)
    independent_origins: int = sql(
        _origins,
        "Number of distinct origins behind the claims. Five papers that quote one agency count as one origin. "
        "Withdrawn sources do not count.",
    )
    is_withdrawn: bool = sql(
        _is_withdrawn,
        "Whether the conflict is over because at most one of its claims is from a source that is not withdrawn.",
    )


def _has_claim_where(wanted: Callable[[Row, Row, Expression], Expression]) -> conditions.Condition:
    """Whether at least one claim of the conflict meets a condition."""

    def condition(row: Row, slugs: Expression) -> Expression:
        claims = _claims(row)
        return claims.where(wanted(row, claims.row, slugs)).exist()

    return condition


def _has_claims_of_all(row: Row, slugs: Expression) -> Expression:
    claims = _claims(row)
    claims.where(among(claims.row.source_id, sources(row, slugs)))
    return conditions.matches_all(claims.count("source_id"), slugs)


is_of_actors = _has_claim_where(lambda row, claim, slugs: conditions.claim_involves(claim, slugs))
"""Whether the conflict has a claim about a fact that involves one of these actors."""


@strawberry.input(description="Conditions on conflicts, all of which must be met.")
class ConflictFilter:
    slug: list[str] | None = filters.by_slug(slugs.CONFLICTS, "Only conflicts with one of these slugs.")
    property: list[str] | None = where(
        conditions.is_one_of("property"), "Only conflicts about one of these properties.", parameter=slugs.PROPERTIES
    )
    basis: list[ConflictBasis] | None = filters.by_term("basis", "Only conflicts on one of these bases.")
    fact: list[str] | None = where(
        _has_claim_where(lambda row, claim, slugs: among(claim.fact_id, facts(row, slugs))),
        "Only conflicts with a claim about one of these facts.",
        parameter=slugs.FACTS,
    )
    involving: list[str] | None = where(
        is_of_actors,
        "Only conflicts with a claim about a fact that involves at least one of these actors.",
        parameter=slugs.ACTORS,
    )
    involving_all: list[str] | None = where(
        _has_claim_where(lambda row, claim, slugs: conditions.claim_involves_all(claim, slugs)),
        "Only conflicts with a claim about a fact that involves all of these actors.",
        parameter=slugs.ACTORS,
    )
    source: list[str] | None = where(
        _has_claim_where(lambda row, claim, slugs: among(claim.source_id, sources(row, slugs))),
        "Only conflicts with a claim made by at least one of these sources.",
        parameter=slugs.SOURCES,
    )
    source_all: list[str] | None = where(
        _has_claims_of_all, "Only conflicts with a claim made by each of these sources.", parameter=slugs.SOURCES
    )


@connection("A conflict", "conflicts", filter=ConflictFilter)
class ConflictConnection(Connection[Conflict]):
    pass
