"""The events that meetings and invitations already are, resting on copies of the claims that tell of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from service.store.enums import EventType
from service.store.record.decide import asserts, in_effect
from service.store.record.history import overlapping
from service.store.record.record import Claim, Fact, Involvement, Record
from service.store.record.slugs import claim_slug
from service.store.record.snapshots import ROLES

MEETINGS = ("Summit", "Talks")

DECISIONS = {
    "ACCEPTED": ("AGREED", "SCHEDULED"),
    "DECLINED": ("CANCELLED", "DEFERRED"),
    "DEFERRED": ("CANCELLED", "DEFERRED"),
}
"""The statuses of a meeting that an answer to an invitation may bring about: the answer and they are one act."""

Also = tuple[str, str, Claim]
"""A property of an event, its value and the claim of the coded fact that tells it."""


@dataclass(frozen=True)
class Act:
    """What a fact codes as one event: its suffix to the fact's slug, the claims that tell it, who and how."""

    name: str
    """What was done: held, agreed, cancelled, deferred, issued, accepted or declined."""
    suffix: str
    event_type: EventType
    told: Sequence[Claim]
    actors: Sequence[Involvement]
    recipients: Sequence[Involvement] = ()
    by: str | None = None
    """An actor who need have no part in the fact itself."""
    mode: str | None = None
    also: Sequence[Also] = ()
    plain: Mapping[str, str] = field(default_factory=dict)


def coding(record: Record, fact: Fact) -> list[Fact]:
    """The events that a fact is; none for any but meetings and invitations."""
    if fact.typename in MEETINGS:
        acts = [*_held(fact), *_agreed(record, fact), *_called_off(record, fact)]
    elif fact.typename == "Invitation":
        acts = [*_issued(fact), *_answered(record, fact)]
    else:
        acts = []
    return [_event(fact, act) for act in acts]


def _held(fact: Fact) -> Iterable[Act]:
    """A meeting that was held: everyone present is an actor."""
    told = _claims(fact, "status", "HELD", "CUT_SHORT")
    if told:
        also = [*_also(fact, "date"), *_also(fact, "place")]
        plain = {"medium": "CALL" if _claims(fact, "format", "CALL") else "IN_PERSON"}
        present = _involved(fact, "PARTICIPANT", "HOST")
        yield Act("held", "held", EventType.CONSULT, told, present, also=also, plain=plain)


def _agreed(record: Record, fact: Fact) -> Iterable[Act]:
    """That both sides want it, once for each time that they agreed; a yes that the same passage tells is that too."""
    for suffix, told in _numbered("agreed", _claims(fact, "status", *DECISIONS["ACCEPTED"])):
        yeses = [one for one in _invitations(record, fact) if _is_same(_claims(one, "response", "ACCEPTED"), told)]
        answers = [claim for one in yeses for claim in _claims(one, "response", "ACCEPTED")]
        also = [*_effective(told), *(day for one in yeses for day in _answered_on(one))]
        yield Act("agreed", suffix, EventType.AGREE, [*told, *answers], _sides(fact), also=also)


def _called_off(record: Record, fact: Fact) -> Iterable[Act]:
    """That one side called it off, towards the others; where no source tells who, none."""
    for status in ("CANCELLED", "DEFERRED"):
        told = _claims(fact, "status", status)
        for by in dict.fromkeys(claim.by for claim in told if claim.by):
            others = [side for side in _sides(fact) if not _is_of(record, side.actor, by)]
            own = [claim for claim in told if claim.by == by]
            for suffix, group in _numbered(f"{status.lower()}-by-{by}", own):
                yield Act(status.lower(), suffix, EventType.REJECT, group, (), others, by, "meet", _effective(group))


def _issued(fact: Fact) -> Iterable[Act]:
    issuer, invitee = _involved(fact, "ISSUER"), _involved(fact, "INVITEE")
    told = _claims(fact, "existence")
    if told:
        also = [*_also(fact, "date"), *_also(fact, "medium"), *_also(fact, "madeAt", "meeting")]
        plain = {own: _plain(fact, name) for name, own in (("medium", "medium"), ("madeAt", "meeting"))}
        known = {own: value for own, value in plain.items() if value}
        yield Act("issued", "issued", EventType.AGREE, told, issuer, invitee, also=also, plain=known)


def _answered(record: Record, fact: Fact) -> Iterable[Act]:
    """The answer, unless the passage that tells it tells the same act of the meeting."""
    issuer, invitee = _involved(fact, "ISSUER"), _involved(fact, "INVITEE")
    for response, statuses in DECISIONS.items():
        told = _claims(fact, "response", response)
        is_yes = response == "ACCEPTED"
        decided = [c for one in _invited_to(record, fact) for c in _claims(one, "status", *statuses) if is_yes or c.by]
        if not told or _is_same(told, decided):
            continue
        kind, mode = (EventType.AGREE, None) if is_yes else (EventType.REJECT, "meet")
        also = _answered_on(fact) or _effective(told)
        yield Act(response.lower(), response.lower(), kind, told, invitee, issuer, mode=mode, also=also)


def _answered_on(fact: Fact) -> list[Also]:
    return [("date", day, claim) for _, day, claim in _also(fact, "respondedOn")]


def _invitations(record: Record, meeting: Fact) -> Iterable[Fact]:
    """The invitations that a source links to a meeting."""
    return (one for one in record.facts.values() if one.typename == "Invitation" and meeting.slug in _led_to(one))


def _invited_to(record: Record, invitation: Fact) -> Iterable[Fact]:
    return (record.facts[slug] for slug in _led_to(invitation) if slug in record.facts)


def _led_to(invitation: Fact) -> set[str]:
    linked = {claim.value for claim in _claims(invitation, "meeting")} | {_plain(invitation, "meeting")}
    return {slug for slug in linked if slug}


def _is_same(answer: Iterable[Claim], decision: Iterable[Claim]) -> bool:
    """Whether one passage tells both."""
    return not _places(answer).isdisjoint(_places(decision))


def _places(claims: Iterable[Claim]) -> set[tuple[str, int, int]]:
    return {(claim.source, claim.passage.start, claim.passage.end) for claim in claims}


def _also(fact: Fact, property: str, own: str | None = None) -> list[Also]:
    """What the fact's claims of a property tell of the event, as the property `own` or the same."""
    return [(own or property, claim.value, claim) for claim in _claims(fact, property) if claim.value]


def _plain(fact: Fact, name: str) -> str | None:
    value = fact.fields.get(name)
    return value if isinstance(value, str) else None


def _claims(fact: Fact, property: str, *values: str) -> list[Claim]:
    """The claims that assert one of the values of a property; without values, any."""
    return [c for c in fact.claims if c.property == property and asserts(c) and (not values or c.value in values)]


def _involved(fact: Fact, *roles: str) -> list[Involvement]:
    return [involvement for involvement in fact.involvements if involvement.role in roles]


def _sides(fact: Fact) -> list[Involvement]:
    """Whom the meeting is between: those who need no claim of their own to be in it, else all."""
    present = _involved(fact, "PARTICIPANT", "HOST")
    own = {claim.slug for claim in fact.claims if claim.property in ("participant", "host")}
    return [one for one in present if not own.intersection(one.claims)] or present


def _is_of(record: Record, actor: str, side: str) -> bool:
    """Whether an actor is on the side of another: the same, or both of one country."""

    def country(slug: str) -> str | None:
        return slug if record.actors[slug].typename == "Country" else record.actors[slug].country

    return actor == side or (country(actor) is not None and country(actor) == country(side))


def _numbered(suffix: str, told: Sequence[Claim]) -> Iterable[tuple[str, list[Claim]]]:
    """Each act that the claims tell: what has no `effective` tells of no act beside those that have one."""
    groups = overlapping(claim for claim in told if claim.effective)
    timeless = [claim for claim in told if not claim.effective]
    if timeless and groups:
        groups[0].extend(timeless)
    elif timeless:
        groups = [timeless]
    groups.sort(key=lambda group: min(map(in_effect, group)))
    return [(suffix if n == 1 else f"{suffix}-{n}", group) for n, group in enumerate(groups, start=1)]


def _effective(told: Iterable[Claim]) -> list[Also]:
    return [("date", claim.effective, claim) for claim in told if claim.effective]


def _event(fact: Fact, act: Act) -> Fact:
    """The act as an event that codes the fact.

    What was told before the act was (a place that was only planned) tells nothing of it.
    """
    slug = f"{fact.slug}-{act.suffix}"
    since = min(claim.reported_on for claim in act.told)
    existence = _by_slug(_copy(claim, slug, "existence", None) for claim in act.told)
    known = [one for one in act.also if one[2].reported_on >= since]
    also = _by_slug(_copy(claim, slug, own, value) for own, value, claim in known)
    if not any(own == "date" for own, _, _ in known):
        also |= _by_slug([_bound(act.told, slug, since)])
    involvements: dict[tuple[str, str], Involvement] = {}
    if act.by:
        involvements["ACTOR", act.by] = Involvement("ACTOR", act.by, tuple(existence))
    for role, involved in (("ACTOR", act.actors), ("RECIPIENT", act.recipients)):
        for one in involved:
            own = _by_slug(claim for claim in _own(fact, one, slug, role) if claim.reported_on >= since)
            also |= own
            involvements.setdefault((role, one.actor), Involvement(role, one.actor, tuple(own or existence)))
    plain = {"eventType": act.event_type.value, "modality": "ACTUAL", "codes": fact.slug, "act": act.name, **act.plain}
    return Fact(
        slug=slug,
        typename="Event",
        claims=(*existence.values(), *also.values()),
        fields=plain | ({"mode": act.mode} if act.mode else {}),
        involvements=tuple(involvements.values()),
        curation=fact.curation,
        file=fact.file,
        line=fact.line,
    )


def _bound(told: Iterable[Claim], event: str, since: date) -> Claim:
    """That it was done by the day on which a source first told it, where none tells when."""
    first = min((claim for claim in told if claim.reported_on == since), key=lambda claim: claim.slug)
    return replace(_copy(first, event, "date", f"[..{since}]"), basis="INFERRED")


def _own(fact: Fact, involvement: Involvement, event: str, role: str) -> Iterable[Claim]:
    """Copies of the claims that tell of the involvement itself."""
    for claim in fact.claims:
        if claim.slug in involvement.claims and claim.property == ROLES[involvement.role]:
            yield _copy(claim, event, ROLES[role], claim.value)


def _by_slug(claims: Iterable[Claim]) -> dict[str, Claim]:
    return {claim.slug: claim for claim in claims}


def _copy(claim: Claim, event: str, property: str, value: str | None) -> Claim:
    return replace(
        claim,
        slug=claim_slug(claim.source, event, property, value, claim.passage.start),
        fact=event,
        property=property,
        value=value,
        value_typename=None if property in ("existence", "date") else claim.value_typename,
        effective=None,
        by=None,
    )
