"""The row that each kind of fact has for a snapshot: what is decided, written plain or goes without saying."""

from service.errors import SeedsInvalid
from service.store.enums import PHASES, PRESENT, EventType, MeetingPhase, MeetingSetting, MeetingStatus, QuadClass
from service.store.loading.rows import Key, Row, of
from service.store.plover import QUAD, score
from service.store.record import gatherings
from service.store.record.decide import as_date, candidates, decide, is_only_told
from service.store.record.record import Claim, Record
from service.store.record.snapshots import Dated, Snapshot, missing
from service.store.wording.names import by_tag, common, told_in

DEEDS = (QuadClass.MATERIAL_COOPERATION, QuadClass.MATERIAL_CONFLICT)


def kind_row(record: Record, snapshot: Snapshot) -> tuple[str, Row]:
    """The table of the fact's kind and its row."""
    match snapshot.fact.typename:
        case "Summit" | "Talks":
            return "meeting", meeting(record, snapshot)
        case "Quote":
            return "quote", quote(record, snapshot)
        case "Event":
            return "event", event(record, snapshot)
        case "Invitation":
            return "invitation", invitation(snapshot)
        case "Office":
            return "office", office(snapshot)
        case "Relationship":
            return "relationship", relationship(record, snapshot)
        case unknown:
            raise LookupError(f"service/store/loading/kinds.py has no row for the kind {unknown}.")


def meeting(record: Record, snapshot: Snapshot) -> Row:
    status = MeetingStatus[snapshot.value("status") or "RUMOURED"]
    planned, basis = snapshot.dated("plannedDate")
    names = common(snapshot.fact.names)
    return {
        "level": snapshot.needed("level"),
        "format": snapshot.value("format") or "MEETING",
        "status": status.value,
        "phase": PHASES[status].value,
        "outcome": snapshot.value("outcome") or _outcome_untold(status),
        "place_id": of("place", snapshot.value("place") or next(iter(gatherings.places(snapshot)), None)),
        "setting": gatherings.setting(record, snapshot).value,
        "within_id": of("fact", snapshot.value("within")),
        "within_kind": snapshot.value("withinKind") if snapshot.value("within") else None,
        "planned": planned,
        "planned_basis": basis,
        "name": told_in(names, "en") or snapshot.fact.slug,
        "names": by_tag(names),
    }


def quote(record: Record, snapshot: Snapshot) -> Row:
    text = snapshot.decided("text")
    if text is None or text.value is None:
        raise SeedsInvalid([missing(snapshot.fact, f"its words are not told by {snapshot.known_from}")])
    speaker = snapshot.involved("SPEAKER")
    description = snapshot.value("speakerDescription")
    if not speaker and not description:
        raise SeedsInvalid([missing(snapshot.fact, f"whose words they are is not told by {snapshot.known_from}")])
    return {
        "text": text.value,
        "language": snapshot.needed("language"),
        "original_language": snapshot.value("originalLanguage"),
        "form": snapshot.needed("form"),
        "medium": snapshot.value("medium") or "UNKNOWN",
        "translations": by_tag(snapshot.texts("translation")),
        "speaker_id": of("actor", speaker),
        "speaker_description": description,
        "meeting_id": of("fact", snapshot.value("meeting")),
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


def event(record: Record, snapshot: Snapshot) -> Row:
    kind = EventType[snapshot.needed("eventType")]
    mode = snapshot.value("mode")
    codes = record.facts.get(snapshot.value("codes") or "")
    if kind == EventType.CONSULT and codes:
        known = Snapshot(codes, snapshot.known_since, snapshot.known_from, snapshot.known_until, snapshot.within)
        mode = mode_of_meeting(record, known)
    return {
        "event_type": kind.value,
        "mode": mode,
        "quad_class": QUAD[kind].value,
        "score": score(kind, mode),
        "modality": snapshot.value("modality") or "ACTUAL",
        "medium": snapshot.value("medium") or ("NONE" if QUAD[kind] in DEEDS else "UNKNOWN"),
        "place_id": of("place", snapshot.value("place")),
        "meeting_id": of("fact", snapshot.value("meeting")),
        "quote_id": of("fact", snapshot.value("quote")),
        "codes_id": of("fact", snapshot.value("codes")),
    }


def mode_of_meeting(record: Record, meeting: Snapshot) -> str | None:
    """PLOVER's mode of a meeting that was held: a call, a visit to a host, many sides, or foreign ground."""
    involved = [involvement for involvement in meeting.involvements() if involvement.role in PRESENT]
    if meeting.value("format") == "CALL":
        return "phone"
    if any(involvement.role == "HOST" for involvement in involved):
        return "visit"
    if gatherings.setting(record, meeting) == MeetingSetting.MULTILATERAL:
        return "multilateral"
    grounds = {record.places[place].country for place in gatherings.places(meeting)}
    countries = {record.actors[involvement.actor].country for involvement in involved}
    is_foreign = bool(grounds) and None not in grounds and grounds.isdisjoint(countries)
    return "third-party" if is_foreign and None not in countries else None


def invitation(snapshot: Snapshot) -> Row:
    responded, basis = snapshot.dated("respondedOn")
    issuer, description = snapshot.involved("ISSUER"), snapshot.value("issuerDescription")
    invitee = snapshot.involved("INVITEE")
    if invitee is None or not (issuer or description):
        raise SeedsInvalid([missing(snapshot.fact, f"who invites whom is not told by {snapshot.known_from}")])
    return {
        "issuer_id": of("actor", issuer),
        "issuer_description": description,
        "on_behalf_of_id": of("actor", snapshot.involved("ON_BEHALF_OF")),
        "carrier_id": of("actor", snapshot.involved("CARRIER")),
        "invitee_id": of("actor", invitee),
        "destination_id": of("place", snapshot.value("destination")),
        "medium": snapshot.value("medium") or "UNKNOWN",
        "response": snapshot.value("response") or "UNKNOWN",
        "responded": responded,
        "responded_basis": basis,
        "made_at_id": of("fact", snapshot.value("madeAt")),
        "meeting_id": of("fact", snapshot.value("meeting")),
    }


def office(snapshot: Snapshot) -> Row:
    attested, basis = shown_in_office(snapshot)
    titles = snapshot.texts("title")
    return {
        "person_id": of("actor", snapshot.value("person") or snapshot.involved("HOLDER")),
        "title": told_in(titles, "en") or snapshot.needed("title"),
        "titles": by_tag(titles),
        "of_id": of("actor", snapshot.value("of")),
        "attested": attested,
        "attested_basis": basis,
    }


def shown_in_office(snapshot: Snapshot) -> Dated:
    """From the first to the last day for which those claims that are best vouched for show the holder."""
    standing = candidates(snapshot.claims("attested"))
    best = [claim for claim in standing if not is_only_told(claim)] or standing
    shown = [(claim, day) for claim in best if (day := as_date("attested", claim.value))]
    starts = [day.earliest for _, day in shown if day.earliest]
    ends = [day.latest for _, day in shown if day.latest]
    if not shown or not len(starts) == len(ends) == len(shown):
        return snapshot.dated("attested")
    span = min(starts), max(ends)
    whole = decide("attested", [claim for claim, day in shown if (day.earliest, day.latest) == span])
    return Dated(whole.value, whole.basis) if whole else Dated(f"{span[0]}/{span[1]}", "INFERRED")


def relationship(record: Record, snapshot: Snapshot) -> Row:
    one, other = parties(snapshot.fact.slug)
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
