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
        "PLOVER mode of the type, in PLOVER's own spelling (third-party, heavy-weapons); null where none fits."
    )
    quad_class: QuadClass = column("Words or deeds, cooperation or conflict.")
    score: float = column("PLOVER conflict-cooperation score, -10 to +10.")
    modality: Modality = column("Whether it happened, or is only expected, supposed or denied.")
    medium: Medium = column("NONE where the event is a deed, not words.")
    actors: list[Actor] = sql(actors_in("ACTOR"), "Who did it.", rows=2)
    recipients: list[Actor] = sql(
        actors_in("RECIPIENT"), "To whom it was done; nobody where the act is mutual.", rows=1
    )
    about: list[Actor] = sql(actors_in("ABOUT"), "Whom it is about, besides those who did it and to whom.", rows=1)
    delivered_by: Actor | None = sql(
        decided_entry(ACTOR, "deliveredBy"), "Who delivered it for those who did it, where a source tells of somebody."
    )
    overseer: Actor | None = sql(
        decided_entry(ACTOR, "overseer"), "Who is said to have overseen it, where a source tells of somebody."
    )
    place: Place | None = sql(one(PLACE, "place_id"), "Where it was done.")
    meeting: Meeting | None = sql(
        one(MEETING, "meeting_id"), "Where it was done, the meeting's day and margins included."
    )
    quote: Quote | None = sql(one(QUOTE, "quote_id"), "The words by which it was done, where saying is the act.")
    codes: Fact | None = sql(
        one(FACT, "codes_id"), "The meeting or invitation that this codes; null for an act of its own."
    )
    about_facts: list[Fact] = sql(about_facts, "Facts that it is about.", rows=1)


@strawberry.input(description="A range of numbers. Both ends belong to it.")
class FloatRange:
    from_: float | None = strawberry.field(
        name="from", default=strawberry.UNSET, description="Lowest; without it the range has no lower end."
    )
    to: float | None = strawberry.field(
        default=strawberry.UNSET, description="Highest; without it the range has no upper end."
    )


@strawberry.input(description="Which events; all fields given must hold.")
class EventFilter(CommonFactFilter):
    slug: list[str] | None = filters.by_slug(slugs.EVENTS)
    event_type: list[EventType] | None = filters.by_term("event_type", "Of one of these types.")
    mode: list[str] | None = where(
        conditions.is_one_of("mode"), "With one of these PLOVER modes.", parameter=slugs.MODES
    )
    quad_class: list[QuadClass] | None = filters.by_term("quad_class", "Of one of these classes.")
    modality: list[Modality] | None = filters.by_term("modality", "With one of these modalities.")
    medium: list[Medium] | None = filters.by_term("medium", "By one of these media.")
    score: FloatRange | None = where(conditions.in_range("score"), "With a score in this range.")
    actor: list[str] | None = filters.by_role("ACTOR", "Done by one of these actors.", conditions.COUNT_PRICE)
    recipient: list[str] | None = filters.by_role("RECIPIENT", "Done to one of these actors.", conditions.COUNT_PRICE)
    about: list[str] | None = filters.by_role("ABOUT", "About one of these actors.", conditions.COUNT_PRICE)
    meeting: list[str] | None = filters.by_meeting("meeting_id", "Done at one of these meetings.")
    place: list[str] | None = filters.by_place("place_id", "At one of these places, or within one.")
    country: list[str] | None = filters.by_country_of_place("place_id")


@strawberry.type(description="How many events fall to one combination of values, in the order of `by`, and their tone.")
class EventCount(Count):
    tone: Tone = sql(lambda row: row, "The tone of these events.")


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
    tone: Tone = sql(tone, "Over all of them, not only this page.", price=Price(60.0, 1.2))
