"""Claims (what one passage of one source says of one property of one fact), their passages and their attributions."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters
from schema.actors import Actor
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.entries import EdtfDate, Entry, edtf
from schema.enums import ClaimGrouping, ClaimOrder
from schema.facts import DateRange, Fact, conflicts_of
from schema.scalars import ENGLISH, Date, LanguageTag
from schema.sources import Source
from schema.sql import conditions, groupings, slugs
from schema.sql.relations import (
    ACTOR,
    CLAIM,
    DECIDED,
    FACT,
    PASSAGE,
    REFERENCE,
    SOURCE,
    STEP,
    among,
    is_withdrawn_by_day,
    link_table,
    one,
    sources,
)
from schema.sql.texts import in_any_language, tags_to_try
from service.planner.cost import Price
from service.planner.fields import column, relation, sql, where
from service.planner.parameters import TERMS
from service.planner.relations import Row, Rows
from service.sql import Expression, and_, func, text_literal
from service.store.enums import AnchorState, AttributionRole, Curation, DateBasis, Factuality, PassageRole, Rank

if TYPE_CHECKING:
    from schema.conflicts import Conflict


def steps_of(row: Row, claim_id: Expression) -> Rows:
    """Attribution of a claim, from the origin outward."""
    steps = row.find(STEP, lambda step: step.claim_id == claim_id)
    return steps.order_by(steps.row.position)


def _context(row: Row) -> Rows:
    through = PASSAGE.via(link_table("claim_context").table, "passage_id")
    passages = row.find(through, lambda link: link.claim_id == row.claim_id)
    return passages.order_by(passages.row.position)


def _label(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
    """What the claim says and the byline of its source, both in that language, otherwise both in English."""
    byline_id = row.find(link_table("source"), lambda source: source.id == row.source_id).value("byline_id")
    wording, byline = _wording(row, row.wording_id), _wording(row, byline_id)
    joined = [wording.op("->>")(tag).op("||")(byline.op("->>")(tag)) for tag in tags_to_try(language)]
    return func.coalesce(*joined).with_type("text")


def _wording(row: Row, id: Expression) -> Expression:
    """Part of a label, by language."""
    return row.find(link_table("wording"), lambda each: each.id == id).value("texts")


def _value_entry(row: Row) -> Row:
    """Entry that the value names, by type and slug."""
    return Row(REFERENCE, row.aliases, row.as_of, computed={"typename": row.value_typename, "slug": row.value})


def _is_unknown(row: Row) -> Expression:
    """A null value means that it is not known, unless the source only says that there is such a fact."""
    return and_(row.value.is_null(), row.property != "existence")


def _decides(row: Row) -> Expression:
    decided = row.find(DECIDED, lambda d: d.fact_id == row.fact_id, lambda d: d.claim_id == row.claim_id)
    return decided.exist()


def _conflicts(row: Row) -> Rows:
    return conflicts_of(row, row.find(CLAIM, lambda claim: claim.id == row.claim_id))


@strawberry.type(
    description="Passage of a document as W3C Web Annotation selectors. Offsets count Unicode code points of the "
    "document and are half-open (in JavaScript, they index `Array.from(text)`)."
)
@relation(PASSAGE)
class Passage:
    start: int = column("First code point.", "from_char")
    end: int = column("Code point after the last.", "to_char")
    paragraph: int = column("Number of the paragraph in which the passage starts, counting non-empty lines from 1.")
    role: PassageRole = column("Part of the document to which the passage belongs.")
    sha256: str = sql(
        lambda row: func.encode(row.sha256, text_literal("hex")).with_type("text"),
        "SHA-256 of the passage's UTF-8 bytes.",
    )
    start_time: float | None = column("In a recording, seconds from its beginning to the beginning of the passage.")
    end_time: float | None = column("In a recording, seconds from its beginning to the end of the passage.")
    exact: str | None = column(
        "Text of the passage, if the document's text is loaded and may be shown; otherwise null. In that case, "
        "`paragraph` says where to look in the document that `source` names. The operator of the service loads "
        "documents with GIPFELBUCH_CORPUS."
    )
    state: AnchorState = column("Whether the passage has been compared with the document.")


@strawberry.type(description="A step by which the information reached the reader.")
@relation(STEP)
class AttributionStep:
    position: int = column("Position in the chain, from the origin outward.")
    role: AttributionRole = column("Role of the step in the chain.")
    actor: Actor | None = sql(one(ACTOR, "actor_id"), "Actor of the step; null if the source names nobody.")
    description: str | None = column("Who is meant, if the source names nobody.")
    passage: Passage | None = sql(
        one(PASSAGE, "passage_id"), "Passage of the step, if it is outside the claim's own passage."
    )


@strawberry.type(description="What one passage of one source says of one property of one fact.")
@relation(CLAIM)
class Claim(Entry):
    label: str = sql(_label, "One-line label for a list, a link or a page title. Never empty.", length=80)
    fact: Fact = sql(one(FACT, "fact_id"), "Fact that the claim is about.")
    property: str = column(
        "Name of the field that the claim is about (status, date, place, outcome, response, state, text ...). "
        "`dataset.properties` lists all of them."
    )
    value: str | None = column(
        "Value that this source gives, in the field's own notation; null if the source says that it is not known."
    )
    is_unknown: bool = sql(
        _is_unknown, "Whether the source itself says that the value is not known; if so, `value` is null."
    )
    value_date: EdtfDate | None = sql(edtf("value_date", "basis"), "The value, if it is a date.")
    value_entry: Entry | None = sql(_value_entry, "Entry that the value names, if the value is a slug.")
    effective: EdtfDate | None = sql(
        edtf("effective", "basis"),
        "When the value took effect according to this source, for properties that change (status, response, state).",
    )
    position: int = column(
        "Position among the claims of the same source and property: the order in which things are said to have "
        "happened."
    )
    basis: DateBasis = column("Whether the value is printed, relative to the source's own day, or worked out.")
    rank: Rank = column("Whether an editor has ranked the claim above or below the others about the same property.")
    factuality: Factuality = column("How far the outlet vouches for the claim.")
    source: Source = sql(one(SOURCE, "source_id"), "Document that makes the claim.")
    decides: bool = sql(_decides, "Whether this is the claim whose value its fact shows for a property.")
    is_withdrawn: bool = sql(
        is_withdrawn_by_day,
        "Whether the source of the claim is retracted or superseded. If so, the claim decides nothing where another "
        "source reports the fact.",
    )
    reported_on: Date = column("Day on which the source was published; if that is uncertain, the last possible day.")
    passage: Passage = sql(one(PASSAGE, "passage_id"), "Passage in which the source makes the claim.")
    context: list[Passage] = sql(
        _context,
        "Further passages that the claim needs, such as an agency named one sentence earlier.",
        rows=1,
    )
    attribution: list[AttributionStep] = sql(
        lambda row: steps_of(row, row.claim_id),
        "Steps from the origin of the information outward to the outlet.",
        rows=3,
    )
    note: str | None = sql(in_any_language("note"), "Remark by an editor.", length=100)
    conflicts: list[Annotated["Conflict", strawberry.lazy("schema.conflicts")]] = sql(
        _conflicts, "Conflicts that the claim is part of.", rows=1
    )


@strawberry.input(description="Conditions on claims, all of which must be met.")
class ClaimFilter:
    fact: list[str] | None = where(
        conditions.fact_in("fact_id"), "Only claims about one of these facts.", parameter=slugs.FACTS
    )
    involving: list[str] | None = where(
        conditions.claim_involves,
        "Only claims about facts that involve at least one of these actors.",
        parameter=slugs.ACTORS,
        price=conditions.LOOKUP_PRICE,
        leads=conditions.CLAIMS_BY_ACTORS,
    )
    property: list[str] | None = where(
        conditions.is_one_of("property"), "Only claims about one of these properties.", parameter=slugs.PROPERTIES
    )
    rank: list[Rank] | None = filters.by_term("rank", "Only claims with one of these ranks.")
    factuality: list[Factuality] | None = filters.by_term(
        "factuality", "Only claims with one of these degrees of factuality."
    )
    passage_role: list[PassageRole] | None = where(
        conditions.passage_in_role,
        "Only claims whose passage is in one of these parts of a document.",
        parameter=TERMS,
        price=Price(per_row=2.5),
    )
    passage_from: int | None = where(
        conditions.passage_begins_from,
        "Only claims whose passage begins at or after this code point of its document.",
        price=Price(per_row=2.5),
    )
    source: list[str] | None = where(
        lambda row, slugs: among(row.source_id, sources(row, slugs)),
        "Only claims made by one of these sources.",
        parameter=slugs.SOURCES,
        leads=conditions.CLAIMS_BY_SOURCES,
    )
    outlet: list[str] | None = where(
        conditions.claims_of_outlet,
        "Only claims made by a source that one of these organisations published.",
        parameter=slugs.ORGANISATIONS,
    )
    dataset: list[str] | None = filters.by_dataset(
        conditions.claims_of_dataset, "Only claims made by a source taken from one of these data sets."
    )
    curation: list[Curation] | None = where(
        conditions.claims_of_curation,
        "Only claims about facts recorded in one of these ways.",
        parameter=TERMS,
        price=conditions.LOOKUP_PRICE,
    )
    is_withdrawn: bool | None = where(
        conditions.is_withdrawn, "True for claims made by a withdrawn source, false for all others."
    )
    origin: list[str] | None = filters.by_actor(
        "origin_id", "Only claims that go back to one of these actors, the first step of the attribution."
    )
    reported_on: DateRange | None = where(
        conditions.on_day("reported_on"), "Only claims reported in this range of days."
    )


def _fact(row: Row) -> Rows:
    return row.find(FACT, lambda fact: fact.fact_id == row.fact_id)


def _source(row: Row) -> Rows:
    return row.find(SOURCE, lambda source: source.id == row.source_id)


@connection("A claim", "claims", filter=ClaimFilter, order=ClaimOrder.REPORTED_ON_ASC)
class ClaimConnection(Connection[Claim]):
    counts: list[Count] = counts_by(
        {
            ClaimGrouping.PROPERTY: groupings.text("property"),
            ClaimGrouping.RANK: groupings.term("Rank", "rank"),
            ClaimGrouping.FACTUALITY: groupings.term("Factuality", "factuality"),
            ClaimGrouping.SOURCE: groupings.source(lambda row: _source(row).value("slug")),
            ClaimGrouping.OUTLET: groupings.actor(lambda row: _source(row).value("outlet_id"), tallied="outlet"),
            ClaimGrouping.ORIGIN: groupings.actor("origin_id"),
            ClaimGrouping.CURATION: groupings.term("Curation", lambda row: _fact(row).value("curation")),
            **groupings.periods(ClaimGrouping, "reported_on", "reported_on"),
        }
    )
