"""What one passage of one source says of one property of one fact: claims, passages, chains."""

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
    """The chain of a claim, from the origin outward."""
    steps = row.find(STEP, lambda step: step.claim_id == claim_id)
    return steps.order_by(steps.row.position)


def _context(row: Row) -> Rows:
    through = PASSAGE.via(link_table("claim_context").table, "passage_id")
    passages = row.find(through, lambda link: link.claim_id == row.claim_id)
    return passages.order_by(passages.row.position)


def _label(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
    """What it says and the byline of its source, both in that language, else both in English."""
    byline_id = row.find(link_table("source"), lambda source: source.id == row.source_id).value("byline_id")
    wording, byline = _wording(row, row.wording_id), _wording(row, byline_id)
    joined = [wording.op("->>")(tag).op("||")(byline.op("->>")(tag)) for tag in tags_to_try(language)]
    return func.coalesce(*joined).with_type("text")


def _wording(row: Row, id: Expression) -> Expression:
    """A part of labels, by language."""
    return row.find(link_table("wording"), lambda each: each.id == id).value("texts")


def _value_entry(row: Row) -> Row:
    """Whom or what the value names, by type and slug."""
    return Row(REFERENCE, row.aliases, row.as_of, computed={"typename": row.value_typename, "slug": row.value})


def _is_unknown(row: Row) -> Expression:
    """A null value says so, but where a source only tells that there is such a fact."""
    return and_(row.value.is_null(), row.property != "existence")


def _decides(row: Row) -> Expression:
    decided = row.find(DECIDED, lambda d: d.fact_id == row.fact_id, lambda d: d.claim_id == row.claim_id)
    return decided.exist()


def _conflicts(row: Row) -> Rows:
    return conflicts_of(row, row.find(CLAIM, lambda claim: claim.id == row.claim_id))


@strawberry.type(
    description="W3C Web Annotation selectors. Offsets count Unicode code points of the document, half-open (in "
    "JavaScript: of `Array.from(text)`)."
)
@relation(PASSAGE)
class Passage:
    start: int = column("First code point.", "from_char")
    end: int = column("Code point after the last.", "to_char")
    paragraph: int = column("Number of the paragraph in which it starts: non-empty lines, from 1.")
    role: PassageRole = column("What part of the document it belongs to.")
    sha256: str = sql(
        lambda row: func.encode(row.sha256, text_literal("hex")).with_type("text"),
        "SHA-256 of the passage's UTF-8 bytes.",
    )
    start_time: float | None = column("Of a recording: seconds from its beginning, where the passage begins.")
    end_time: float | None = column("Of a recording: seconds from its beginning, where the passage ends.")
    exact: str | None = column(
        "The passage itself, where the document's text is loaded and may be shown; else null: then `paragraph` says "
        "where to look in the document that `source` names, and whoever runs the service loads documents with "
        "GIPFELBUCH_CORPUS."
    )
    state: AnchorState = column("Whether the passage has been compared with the document.")


@strawberry.type(description="One of those through whom the information came to the reader.")
@relation(STEP)
class AttributionStep:
    position: int = column("Place in the chain, from the origin outward.")
    role: AttributionRole = column("What it did in the chain.")
    actor: Actor | None = sql(one(ACTOR, "actor_id"), "Who it is; null where the source names nobody.")
    description: str | None = column("Who is meant, where the source names nobody.")
    passage: Passage | None = sql(
        one(PASSAGE, "passage_id"), "Where the step stands, if not within the claim's own passage."
    )


@strawberry.type(description="What one passage of one source says of one property of one fact.")
@relation(CLAIM)
class Claim(Entry):
    label: str = sql(_label, "One line for a list, a link or a page's title; never empty.", length=80)
    fact: Fact = sql(one(FACT, "fact_id"), "What it speaks of.")
    property: str = column(
        "Name of the field that it speaks to (status, date, place, outcome, response, state, text ...); "
        "`dataset.properties` lists them."
    )
    value: str | None = column(
        "The value as this source has it, in the field's own notation; null where the source says that it is not known."
    )
    is_unknown: bool = sql(
        _is_unknown, "Whether the source itself says that the value is not known; then `value` is null."
    )
    value_date: EdtfDate | None = sql(edtf("value_date", "basis"), "The value, where it is a date.")
    value_entry: Entry | None = sql(_value_entry, "The value, where it is a slug: whom or what it names.")
    effective: EdtfDate | None = sql(
        edtf("effective", "basis"),
        "For what changes (status, response, state): when it took effect, as this source has it.",
    )
    position: int = column("Order within its source and property: the order in which they are told to have happened.")
    basis: DateBasis = column("Printed, relative to the source's own day, or worked out.")
    rank: Rank = column("Whether an editor has placed it before or behind the others of its property.")
    factuality: Factuality = column("How far the outlet vouches for it.")
    source: Source = sql(one(SOURCE, "source_id"), "The document that says it.")
    decides: bool = sql(_decides, "Whether it is the claim whose value its fact shows for a property.")
    is_withdrawn: bool = sql(
        is_withdrawn_by_day,
        "Whether its source is retracted or superseded; then it decides nothing where another tells of the fact.",
    )
    reported_on: Date = column("The day on which the source was published, the last possible one.")
    passage: Passage = sql(one(PASSAGE, "passage_id"), "Where it stands.")
    context: list[Passage] = sql(
        _context, "Further passages that the claim needs, for instance the agency named a sentence before.", rows=1
    )
    attribution: list[AttributionStep] = sql(
        lambda row: steps_of(row, row.claim_id), "From the origin of the information outward to the outlet.", rows=3
    )
    note: str | None = sql(in_any_language("note"), "An editor's remark.", length=100)
    conflicts: list[Annotated["Conflict", strawberry.lazy("schema.conflicts")]] = sql(
        _conflicts, "With what it does not agree.", rows=1
    )


@strawberry.input(description="Which claims; all fields given must hold.")
class ClaimFilter:
    fact: list[str] | None = where(conditions.fact_in("fact_id"), "Of one of these facts.", parameter=slugs.FACTS)
    involving: list[str] | None = where(
        conditions.claim_involves,
        "Of a fact that at least one of these actors is in.",
        parameter=slugs.ACTORS,
        price=conditions.LOOKUP_PRICE,
        leads=conditions.CLAIMS_BY_ACTORS,
    )
    property: list[str] | None = where(
        conditions.is_one_of("property"), "Of one of these properties.", parameter=slugs.PROPERTIES
    )
    rank: list[Rank] | None = filters.by_term("rank", "Of one of these ranks.")
    factuality: list[Factuality] | None = filters.by_term("factuality", "Vouched for so far.")
    passage_role: list[PassageRole] | None = where(
        conditions.passage_in_role,
        "Standing in one of these parts of a document.",
        parameter=TERMS,
        price=Price(per_row=2.5),
    )
    passage_from: int | None = where(
        conditions.passage_begins_from,
        "Of a passage that begins at this code point of its document, or behind it.",
        price=Price(per_row=2.5),
    )
    source: list[str] | None = where(
        lambda row, slugs: among(row.source_id, sources(row, slugs)),
        "Made by one of these sources.",
        parameter=slugs.SOURCES,
        leads=conditions.CLAIMS_BY_SOURCES,
    )
    outlet: list[str] | None = where(
        conditions.claims_of_outlet,
        "Made by a source that one of these organisations published.",
        parameter=slugs.ORGANISATIONS,
    )
    dataset: list[str] | None = filters.by_dataset(
        conditions.claims_of_dataset, "Made by a source that is taken from one of these data sets."
    )
    curation: list[Curation] | None = where(
        conditions.claims_of_curation,
        "Of a fact recorded in one of these ways.",
        parameter=TERMS,
        price=conditions.LOOKUP_PRICE,
    )
    is_withdrawn: bool | None = where(conditions.is_withdrawn, "Made by a source that is withdrawn, or not.")
    origin: list[str] | None = filters.by_actor(
        "origin_id", "Going back to one of these actors: the first step of the chain."
    )
    reported_on: DateRange | None = where(conditions.on_day("reported_on"), "Reported in this range of days.")


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
