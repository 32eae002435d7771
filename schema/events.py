"""Political events, coded in PLOVER."""

import strawberry

from schema import filters
from schema.actors import Actor
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.enums import EventGrouping, EventOrder
from schema.facts import CommonFactFilter, Fact, actors_in, decided_entry
from schema.meetings import Meeting
from schema.places import Place
from schema.quotes import Quote, about_facts
from schema.sql import conditions, groupings, slugs
from schema.sql.relations import ACTOR, EVENT, FACT, MEETING, PLACE, QUOTE, one
from schema.tone import Tone, tone
from service.planner.cost import Price
from service.planner.fields import column, relation, sql, where
from service.store.enums import EventType, Medium, Modality, QuadClass


@strawberry.type(description="A political event coded in PLOVER.")
@relation(EVENT)
class Event(Fact):
    event_type: EventType = column("PLOVER event type.")
    mode: str | None = column(
        "PLOVER mode of the type, in PLOVER's own spelling (third-party, heavy-weapons); null if none fits. "
        "`dataset.modes` lists them."
    )
    quad_class: QuadClass = column("PLOVER quad class: words or deeds, cooperation or conflict.")
    score: float = column("PLOVER conflict-cooperation score, -10 to +10.")
    modality: Modality = column("Whether the event happened, or is only expected, supposed or denied.")
    medium: Medium = column("Medium by which it was said or conveyed; NONE if the event is a deed, not words.")
    actors: list[Actor] = sql(actors_in("ACTOR"), "Actors who did it.", rows=2)
    recipients: list[Actor] = sql(
        actors_in("RECIPIENT"), "Actors to whom it was done; empty if the act is mutual.", rows=1
    )
    about: list[Actor] = sql(
        actors_in("ABOUT"),
        "Actors that the event is about, other than those who did it and those to whom it was done.",
        rows=1,
    )
    delivered_by: Actor | None = sql(
        decided_entry(ACTOR, "deliveredBy"), "Actor who delivered it for those who did it, if a source names one."
    )
    overseer: Actor | None = sql(
        decided_entry(ACTOR, "overseer"), "Actor who is said to have overseen it, if a source names one."
    )
    place: Place | None = sql(one(PLACE, "place_id"), "Place where it was done.")
    meeting: Meeting | None = sql(
        one(MEETING, "meeting_id"), "Meeting at which it was done, including on its day and on its margins."
    )
    quote: Quote | None = sql(
        one(QUOTE, "quote_id"), "Words by which it was done, if the act consists in saying something."
    )
    codes: Fact | None = sql(
        one(FACT, "codes_id"), "Meeting or invitation that this event codes; null for an act in its own right."
    )
    about_facts: list[Fact] = sql(about_facts, "Facts that the event is about.", rows=1)


@strawberry.input(description="A range of numbers that includes both ends.")
class FloatRange:
    from_: float | None = strawberry.field(
        name="from", default=strawberry.UNSET, description="Lowest value. If omitted, the range has no lower end."
    )
    to: float | None = strawberry.field(
        default=strawberry.UNSET, description="Highest value. If omitted, the range has no upper end."
    )


@strawberry.input(description="Conditions on events, all of which must be met.")
class EventFilter(CommonFactFilter):
    slug: list[str] | None = filters.by_slug(slugs.EVENTS)
    event_type: list[EventType] | None = filters.by_term("event_type", "Only events of one of these types.")
    mode: list[str] | None = where(
        conditions.is_one_of("mode"), "Only events with one of these PLOVER modes.", parameter=slugs.MODES
    )
    quad_class: list[QuadClass] | None = filters.by_term("quad_class", "Only events of one of these quad classes.")
    modality: list[Modality] | None = filters.by_term("modality", "Only events with one of these modalities.")
    medium: list[Medium] | None = filters.by_term("medium", "Only events conveyed by one of these media.")
    score: FloatRange | None = where(conditions.in_range("score"), "Only events with a score in this range.")
    actor: list[str] | None = filters.by_role(
        "ACTOR", "Only events done by one of these actors.", conditions.COUNT_PRICE
    )
    recipient: list[str] | None = filters.by_role(
        "RECIPIENT", "Only events done to one of these actors.", conditions.COUNT_PRICE
    )
    about: list[str] | None = filters.by_role("ABOUT", "Only events about one of these actors.", conditions.COUNT_PRICE)
    meeting: list[str] | None = filters.by_meeting("meeting_id", "Only events done at one of these meetings.")
    place: list[str] | None = filters.by_place("place_id", "Only events at one of these places, or within one.")
    country: list[str] | None = filters.by_country_of_place("place_id")


@strawberry.type(description="Number of events with one combination of values, in the order of `by`, and their tone.")
class EventCount(Count):
    tone: Tone = sql(lambda row: row, "Tone of these events.")


@connection("An event", "events", filter=EventFilter, order=EventOrder.DATE_ASC)
class EventConnection(Connection[Event]):
    counts: list[EventCount] = counts_by(
        {
            EventGrouping.EVENT_TYPE: groupings.term("EventType", "event_type"),
            EventGrouping.MODE: groupings.term("Mode", "mode"),
            EventGrouping.QUAD_CLASS: groupings.term("QuadClass", "quad_class"),
            EventGrouping.MODALITY: groupings.term("Modality", "modality"),
            EventGrouping.ACTOR: groupings.involved_actor("ACTOR"),
            EventGrouping.RECIPIENT: groupings.involved_actor("RECIPIENT"),
            EventGrouping.OUTLET: groupings.outlet(),
            EventGrouping.CURATION: groupings.term("Curation", "curation"),
            **groupings.periods(EventGrouping),
        },
        toned=True,
    )
    tone: Tone = sql(tone, "Tone of all events in the list, not only those on this page.", price=Price(60.0, 1.2))
