"""What each kind of list can be counted by."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from schema.counting import COUNTS, GROUPED, Grouping, actor, counts, period, place, plain, term
from schema.enums import (
    ClaimGrouping,
    EventGrouping,
    FactGrouping,
    InvitationGrouping,
    MeetingGrouping,
    QuoteGrouping,
    SourceGrouping,
)
from schema.relations import CLAIM, FACT, PRESENCE, SOURCE, linked
from service.planner.fields import sql
from service.planner.rows import Row, Rows
from service.sql import Expression, func, sql_literal
from service.store import tables
from service.store.enums import Vocabulary, require_each


def _column(name: str) -> Callable[[Row], Expression]:
    return lambda row: row[name]


def _involved(role: str = "") -> Grouping:
    """The actors in a row's fact, in one role or in any."""

    def rows(row: Row) -> Rows:
        found = row.find(PRESENCE, lambda presence: presence.snapshot_id == row.joint)
        if role:
            found.where(found.row.roles.op("&&")(sql_literal(f"'{{{role}}}'::text[]")))
        return found.having(value=found.row.actor_id)

    return replace(actor(rows), price=6.5)


def _outlet(row: Row) -> Rows:
    """The outlets of the sources that tell of a fact."""
    found = row.find(TELLING, lambda claim: claim.fact_id == row.fact_id)
    return found.having(value=found.row.outlet_id)


CURATION = term("Curation", _column("curation"))
OUTLET = replace(actor(_outlet), price=8.5)
TELLING = SOURCE.via(CLAIM.table, "source_id")


def _outlet_of_claim(row: Row) -> Expression:
    outlet: Expression = row.find(SOURCE, lambda source: source.id == row.source_id).value("outlet_id")
    return outlet


def _curation_of_fact(row: Row) -> Expression:
    curation: Expression = row.find(FACT, lambda fact: fact.fact_id == row.fact_id).value("curation")
    return curation


def _country_of_place(row: Row) -> Expression:
    country: Expression = row.find(linked(tables.Place), lambda place: place.id == row.place_id).value("country_id")
    return country


def _periods(kind: Any, first: str = "first_on", last: str = "last_on") -> dict[Any, Grouping]:
    return {kind[unit]: period(unit, first, last) for unit in ("MONTH", "QUARTER", "YEAR")}


GROUPINGS: Mapping[type[Vocabulary], Mapping[Any, Grouping]] = {
    FactGrouping: {
        FactGrouping.KIND: term("FactKind", lambda row: func.upper(row.stored("typename"))),
        FactGrouping.KNOWN_SINCE_MONTH: period("MONTH", "known_since", "known_since"),
        FactGrouping.INVOLVED: _involved(),
        FactGrouping.OUTLET: OUTLET,
        FactGrouping.CURATION: CURATION,
        **_periods(FactGrouping),
    },
    MeetingGrouping: {
        MeetingGrouping.LEVEL: term("MeetingLevel", _column("level")),
        MeetingGrouping.FORMAT: term("MeetingFormat", _column("format")),
        MeetingGrouping.STATUS: term("MeetingStatus", _column("status")),
        MeetingGrouping.PHASE: term("MeetingPhase", _column("phase")),
        MeetingGrouping.OUTCOME: term("MeetingOutcome", _column("outcome")),
        MeetingGrouping.PLACE: place(_column("place_id")),
        MeetingGrouping.COUNTRY: actor(_country_of_place),
        MeetingGrouping.PARTICIPANT: _involved("PARTICIPANT,HOST"),
        MeetingGrouping.CURATION: CURATION,
        **_periods(MeetingGrouping),
    },
    QuoteGrouping: {
        QuoteGrouping.SPEAKER: actor(_column("speaker_id")),
        QuoteGrouping.ADDRESSEE: _involved("ADDRESSEE"),
        QuoteGrouping.ABOUT: _involved("ABOUT"),
        QuoteGrouping.FORM: term("QuoteForm", _column("form")),
        QuoteGrouping.MEDIUM: term("Medium", _column("medium")),
        QuoteGrouping.LANGUAGE: plain(_column("language")),
        QuoteGrouping.HEARSAY: term("Hearsay", lambda row: row.is_hearsay.cast("text")),
        QuoteGrouping.OUTLET: OUTLET,
        QuoteGrouping.CURATION: CURATION,
        **_periods(QuoteGrouping),
    },
    EventGrouping: {
        EventGrouping.EVENT_TYPE: term("EventType", _column("event_type")),
        EventGrouping.MODE: term("Mode", _column("mode")),
        EventGrouping.QUAD_CLASS: term("QuadClass", _column("quad_class")),
        EventGrouping.MODALITY: term("Modality", _column("modality")),
        EventGrouping.ACTOR: _involved("ACTOR"),
        EventGrouping.RECIPIENT: _involved("RECIPIENT"),
        EventGrouping.OUTLET: OUTLET,
        EventGrouping.CURATION: CURATION,
        **_periods(EventGrouping),
    },
    InvitationGrouping: {
        InvitationGrouping.ISSUER: actor(_column("issuer_id")),
        InvitationGrouping.INVITEE: actor(_column("invitee_id")),
        InvitationGrouping.RESPONSE: term("InvitationResponse", _column("response")),
        InvitationGrouping.MEDIUM: term("Medium", _column("medium")),
        InvitationGrouping.CURATION: CURATION,
        **_periods(InvitationGrouping),
    },
    ClaimGrouping: {
        ClaimGrouping.PROPERTY: plain(_column("property")),
        ClaimGrouping.RANK: term("Rank", _column("rank")),
        ClaimGrouping.FACTUALITY: term("Factuality", _column("factuality")),
        ClaimGrouping.SOURCE: plain(lambda row: row.find(SOURCE, lambda s: s.id == row.source_id).value("slug")),
        ClaimGrouping.OUTLET: actor(_outlet_of_claim),
        ClaimGrouping.ORIGIN: actor(_column("origin_id")),
        ClaimGrouping.CURATION: term("Curation", _curation_of_fact),
        **_periods(ClaimGrouping, "reported_on", "reported_on"),
    },
    SourceGrouping: {
        SourceGrouping.KIND: term("SourceKind", _column("kind")),
        SourceGrouping.LANGUAGE: plain(_column("language")),
        SourceGrouping.OUTLET: actor(_column("outlet_id")),
        SourceGrouping.DATASET: plain(_column("dataset")),
        **_periods(SourceGrouping),
    },
}
for _vocabulary in Vocabulary.__subclasses__():
    if _vocabulary.__name__.endswith("Grouping"):
        require_each(GROUPINGS.get(_vocabulary, ()), "schema/groupings.py", _vocabulary)


def counted_by(vocabulary: type[Vocabulary], *, toned: bool = False) -> Any:
    """The field `counts` of a connection, by the groupings of a vocabulary; `toned`: with the tone of events."""

    def count_rows(rows: Rows, by: list[Any], first: int | None = 100) -> Rows:
        return counts(rows, by, first, GROUPINGS[vocabulary], toned=toned)

    return sql(count_rows, COUNTS, takes=GROUPED, annotations={"by": list[vocabulary]}, rows=20)  # type: ignore[valid-type]
