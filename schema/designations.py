"""Designations: words that sources use for a person, which are not offices."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.sql.relations import CLAIM, SOURCE, among
from service.planner.fields import column, pages
from service.planner.relations import Relation, Row, Rows
from service.sql import Expression, func, int_literal, text_literal

if TYPE_CHECKING:
    from schema.claims import ClaimConnection


def designations(row: Row) -> Rows:
    """Each word that sources use for the person, once per language, in the order in which they were first reported."""
    claims = row.find(CLAIM, lambda claim: claim.designated_id == row.actor_id)
    claim = claims.row
    language = _primary(row.find(SOURCE, lambda source: source.id == claim.source_id).value("language"))
    columns = [
        claim.value.label("text"),
        language.label("language"),
        claim.designated_id.label("person_id"),
        func.min(claim.reported_on).label("first_told_on"),
    ]
    words = row.find(Relation(claims.query(*columns).group_by(*map(int_literal, (1, 2, 3))).subquery()))
    return words.order_by(words.row.first_told_on, words.row.text, words.row.language)


def _primary(tag: Expression) -> Expression:
    """Language of a tag, regardless of its region or script."""
    return func.split_part(tag, text_literal("-"), int_literal(1))


def _claims(row: Row) -> Rows:
    sources = row.find(SOURCE, lambda source: _primary(source.language) == row.language)
    claims = row.find(CLAIM, lambda claim: claim.designated_id == row.person_id, lambda claim: claim.value == row.text)
    return claims.where(among(claims.row.source_id, sources.ids("id")))


@strawberry.type(
    description="A word that sources use for a person. It is the sources' word, not the register's, and is not an "
    "office."
)
class Designation:
    text: str = column("The word as the sources print it.")
    language: str = column("Language of those sources, as the primary subtag of a BCP 47 tag.")
    claims: Annotated["ClaimConnection", strawberry.lazy("schema.claims")] = pages(
        _claims, "Claims that use this word for the person.", rows=20
    )
