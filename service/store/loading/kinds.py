"""The row that each kind of fact has for a reading: what is decided, written plain or goes without saying."""

from service.errors import SeedsInvalid
from service.store.loading.rows import Key, Row, of
from service.store.plover import QUAD, score
from service.store.record.decide import as_date, candidates, decide, is_only_told
from service.store.record.readings import Dated, Reading, missing
from service.store.record.record import Claim, Record
from service.store.terms import PHASES, EventType, MeetingPhase, MeetingStatus, QuadClass
from service.store.wording.names import by_tag, common, told_in

DEEDS = (QuadClass.MATERIAL_COOPERATION, QuadClass.MATERIAL_CONFLICT)


def kind_row(record: Record, reading: Reading) -> tuple[str, Row]:
    """The table of the fact's kind and its row."""
    match reading.fact.typename:
        case "Summit" | "Talks":
            return "meeting", meeting(reading)
        case "Quote":
            return "quote", quote(record, reading)
        case "Event":
            return "event", event(record, reading)
        case "Invitation":
            return "invitation", invitation(reading)
        case "Office":
            return "office", office(reading)
        case "Relationship":
            return "relationship", relationship(record, reading)
        case unknown:
            raise LookupError(f"service/store/loading/kinds.py has no row for the kind {unknown}.")


def meeting(reading: Reading) -> Row:
    status = MeetingStatus[reading.value("status") or "RUMOURED"]
    planned, basis = reading.dated("plannedDate")
    names = common(reading.fact.names)
    return {
        "level": reading.needed("level"),
        "format": reading.value("format") or "MEETING",
        "status": status.value,
        "phase": PHASES[status].value,
        "outcome": reading.value("outcome") or _outcome_untold(status),
        "place_id": of("place", reading.value("place")),
        "planned": planned,
        "planned_basis": basis,
        "name": told_in(names, "en") or reading.fact.slug,
        "names": by_tag(names),
    }


def quote(record: Record, reading: Reading) -> Row:
    text = reading.decided("text")
    if text is None or text.value is None:
        raise SeedsInvalid([missing(reading.fact, f"its words are not told by {reading.known_from}")])
    speaker = reading.involved("SPEAKER")
    description = reading.value("speakerDescription")
    if not speaker and not description:
        raise SeedsInvalid([missing(reading.fact, f"whose words they are is not told by {reading.known_from}")])
    return {
        "text": text.value,
        "language": reading.needed("language"),
        "original_language": reading.value("originalLanguage"),
        "form": reading.needed("form"),
        "medium": reading.value("medium") or "UNKNOWN",
        "translations": by_tag(reading.texts("translation")),
        "speaker_id": of("actor", speaker),
        "speaker_description": description,
        "meeting_id": of("fact", reading.value("meeting")),
        "text_claim_id": of("claim", text.slug),
        "is_hearsay": is_hearsay(text, speaker, record.sources[text.source].outlet),
    }


def is_hearsay(text: Claim, speaker: str | None, outlet: str | None) -> bool:
    """Whether a person, an agency or another outlet stands between the speaker and the outlet."""

    def is_between(role: str, actor: str | None) -> bool:
        if actor is not None and actor in (speaker, outlet):
            return False
        speaks = role == "UTTERER" and (actor is None or speaker is None)
        return not speaks and role != "TRANSLATOR"

    return any(is_between(step.role, step.actor) for step in text.steps[:-1])


def event(record: Record, reading: Reading) -> Row:
    kind = EventType[reading.needed("eventType")]
    mode = reading.value("mode")
    codes = record.facts.get(reading.value("codes") or "")
    if kind == EventType.CONSULT and codes:
        known = Reading(codes, reading.known_since, reading.known_from, reading.known_until, reading.within)
        mode = mode_of_meeting(record, known)
    return {
        "event_type": kind.value,
        "mode": mode,
        "quad_class": QUAD[kind].value,
        "score": score(kind, mode),
        "modality": reading.value("modality") or "ACTUAL",
        "medium": reading.value("medium") or ("NONE" if QUAD[kind] in DEEDS else "UNKNOWN"),
        "place_id": of("place", reading.value("place")),
        "meeting_id": of("fact", reading.value("meeting")),
        "quote_id": of("fact", reading.value("quote")),
        "codes_id": of("fact", reading.value("codes")),
    }


def mode_of_meeting(record: Record, meeting: Reading) -> str | None:
    """PLOVER's mode of a meeting that was held: a call, a visit to a host, many sides, or foreign ground."""
    involved = meeting.involvements()
    told = meeting.value("format")
    if told == "CALL":
        return "phone"
    if any(involvement.role == "HOST" for involvement in involved):
        return "visit"
    if told == "MULTILATERAL":
        return "multilateral"
    place = record.places.get(meeting.value("place") or "")
    countries = {record.actors[involvement.actor].country for involvement in involved}
    is_foreign = place is not None and place.country is not None and place.country not in countries
    return "third-party" if is_foreign and None not in countries else None


def invitation(reading: Reading) -> Row:
    responded, basis = reading.dated("respondedOn")
    issuer, description = reading.involved("ISSUER"), reading.value("issuerDescription")
    invitee = reading.involved("INVITEE")
    if invitee is None or not (issuer or description):
        raise SeedsInvalid([missing(reading.fact, f"who invites whom is not told by {reading.known_from}")])
    return {
        "issuer_id": of("actor", issuer),
        "issuer_description": description,
        "on_behalf_of_id": of("actor", reading.involved("ON_BEHALF_OF")),
        "carrier_id": of("actor", reading.involved("CARRIER")),
        "invitee_id": of("actor", invitee),
        "destination_id": of("place", reading.value("destination")),
        "medium": reading.value("medium") or "UNKNOWN",
        "response": reading.value("response") or "UNKNOWN",
        "responded": responded,
        "responded_basis": basis,
        "made_at_id": of("fact", reading.value("madeAt")),
        "meeting_id": of("fact", reading.value("meeting")),
    }


def office(reading: Reading) -> Row:
    attested, basis = shown_in_office(reading)
    titles = reading.texts("title")
    return {
        "person_id": of("actor", reading.value("person") or reading.involved("HOLDER")),
        "title": told_in(titles, "en") or reading.needed("title"),
        "titles": by_tag(titles),
        "of_id": of("actor", reading.value("of")),
        "attested": attested,
        "attested_basis": basis,
    }


def shown_in_office(reading: Reading) -> Dated:
    """From the first to the last day for which those claims that are best vouched for show the holder."""
    standing = candidates(reading.claims("attested"))
    best = [claim for claim in standing if not is_only_told(claim)] or standing
    shown = [(claim, day) for claim in best if (day := as_date("attested", claim.value))]
    starts = [day.earliest for _, day in shown if day.earliest]
    ends = [day.latest for _, day in shown if day.latest]
    if not shown or not len(starts) == len(ends) == len(shown):
        return reading.dated("attested")
    span = min(starts), max(ends)
    whole = decide("attested", [claim for claim, day in shown if (day.earliest, day.latest) == span])
    return Dated(whole.value, whole.basis) if whole else Dated(f"{span[0]}/{span[1]}", "INFERRED")


def relationship(record: Record, reading: Reading) -> Row:
    one, other = parties(reading.fact.slug)
    is_people = record.actors[one].typename == "Person"
    return {
        "kind": "PEOPLE" if is_people else "STATES",
        "one_id": Key("actor", (one,)),
        "other_id": Key("actor", (other,)),
    }


def parties(slug: str) -> tuple[str, str]:
    """The two actors that the slug `A--B` of a relationship names."""
    one, _, other = slug.partition("--")
    return one, other


def _outcome_untold(status: MeetingStatus) -> str:
    """The outcome where no source tells one."""
    if PHASES[status] == MeetingPhase.HELD:
        return "UNKNOWN"
    return "NOT_HELD" if status == MeetingStatus.CANCELLED else "PENDING"
