"""Political events coded in PLOVER: recorded, or what another fact already is."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from service.store import enums
from service.store.enums import PRESENT, EventType, MeetingSetting, QuadClass, Role
from service.store.i18n.languages import FALLBACK
from service.store.i18n.names import by_tag
from service.store.kinds.gatherings import places_of, setting_of
from service.store.kinds.kind import ExistingFactEntry, Kind, Search
from service.store.notation import values
from service.store.notation.fields import Property, Value, Values
from service.store.notation.values import Actor, Phrase, Texts
from service.store.plover import ALL_MODES, MODES, QUAD, score
from service.store.record.record import Fact, Record
from service.store.record.snapshots import Snapshot
from service.store.rows import Row, key_of

DEEDS = (QuadClass.MATERIAL_COOPERATION, QuadClass.MATERIAL_CONFLICT)


def _require_fallback(texts: Texts) -> Texts:
    if FALLBACK not in by_tag(texts):
        raise ValueError(f"the text in {FALLBACK} is missing")
    return texts


class EventEntry(ExistingFactEntry):
    """A political event coded in PLOVER."""

    eventType: enums.EventType
    act: Annotated[Texts, AfterValidator(_require_fallback)]
    mode: Annotated[Phrase, Field(json_schema_extra={"enum": [*sorted(ALL_MODES)]})] | None = None
    modality: enums.Modality | None = None
    medium: Value[enums.Medium] = None
    actors: Annotated[Values[Actor], Property(role=Role.ACTOR, is_many=True)] = None
    recipients: Annotated[Values[Actor], Property(role=Role.RECIPIENT, is_many=True)] = None
    about: Annotated[Values[Actor], Property(role=Role.ABOUT, is_many=True)] = None
    aboutFacts: Annotated[Values[values.Fact], Property("aboutFact", is_many=True, is_open=False)] = None
    place: Value[values.Place] = None
    meeting: Value[values.Meeting] = None
    quote: Value[values.Quote] = None


def check(event: Fact) -> Iterator[str]:
    event_type, mode = event.fields.get("eventType"), event.fields.get("mode")
    if mode is None or event_type not in EventType.__members__:
        return
    modes = MODES[EventType[str(event_type)]]
    if mode not in modes:
        yield f"mode: {event_type} can have {', '.join(modes) or 'no mode'}, not {mode}"


def to_row(record: Record, snapshot: Snapshot) -> Row:
    kind = EventType[snapshot.require_value("eventType")]
    mode = snapshot.value("mode")
    codes = record.facts.get(snapshot.value("codes") or "")
    if kind == EventType.CONSULT and codes:
        mode = mode_of_meeting(record, snapshot.of(codes))
    return {
        "event_type": kind.value,
        "mode": mode,
        "quad_class": QUAD[kind].value,
        "score": score(kind, mode),
        "modality": snapshot.value("modality") or "ACTUAL",
        "medium": snapshot.value("medium") or ("NONE" if QUAD[kind] in DEEDS else "UNKNOWN"),
        "place_id": key_of("place", snapshot.value("place")),
        "meeting_id": key_of("fact", snapshot.value("meeting")),
        "quote_id": key_of("fact", snapshot.value("quote")),
        "codes_id": key_of("fact", snapshot.value("codes")),
    }


def mode_of_meeting(record: Record, meeting: Snapshot) -> str | None:
    """Return PLOVER's mode of a meeting that was held: a call, a visit to a host, many sides, or foreign ground."""
    present = [involvement for involvement in meeting.involvements() if involvement.role in PRESENT]
    if meeting.value("format") == "CALL":
        return "phone"
    if any(involvement.role == "HOST" for involvement in present):
        return "visit"
    if setting_of(record, meeting) == MeetingSetting.MULTILATERAL:
        return "multilateral"
    grounds = {record.places[place].country for place in places_of(meeting)}
    countries = {record.actors[involvement.actor].country for involvement in present}
    is_foreign = bool(grounds) and None not in grounds and grounds.isdisjoint(countries)
    return "third-party" if is_foreign and None not in countries else None


EVENT = Kind(
    typenames=("Event",),
    file="events.yaml",
    entry=EventEntry,
    table="event",
    to_row=to_row,
    search=Search(lambda _: 0.7),
    links_people=True,
    check=check,
)
