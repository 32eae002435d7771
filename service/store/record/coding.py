"""Events that a fact already is, based on copies of the claims that tell of them; the fact's kind says which ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from service.store.enums import EventType
from service.store.record.decide import asserts, effective_day
from service.store.record.record import Claim, Fact, Involvement
from service.store.record.slugs import copy_slug
from service.store.record.snapshots import property_of_role
from service.store.record.steps import group_overlapping

ExtraClaim = tuple[str, str, Claim]
"""A property of an event, its value, and the claim of the coded fact that tells it."""

ClaimKey = tuple[str, str, str | None, int]
"""Source, property, value and start of the passage."""


@dataclass(frozen=True)
class Act:
    """What a fact codes as one event: the suffix to the fact's slug, the claims that tell it, who and how."""

    name: str
    """What was done: held, agreed, cancelled, deferred, issued, accepted or declined."""
    suffix: str
    event_type: EventType
    claims: Sequence[Claim]
    actors: Sequence[Involvement]
    recipients: Sequence[Involvement] = ()
    initiator: str | None = None
    """An actor who need not take part in the fact itself."""
    mode: str | None = None
    extra_claims: Sequence[ExtraClaim] = ()
    plain: Mapping[str, str] = field(default_factory=dict)


def is_told_together(answer: Iterable[Claim], decision: Iterable[Claim]) -> bool:
    """Return whether one passage tells both."""
    return not _passages_of(answer).isdisjoint(_passages_of(decision))


def _passages_of(claims: Iterable[Claim]) -> set[tuple[str, int, int]]:
    return {(claim.source, claim.passage.start, claim.passage.end) for claim in claims}


def extra_claims_of(fact: Fact, property: str, own: str | None = None) -> list[ExtraClaim]:
    """Return what the fact's claims of a property tell of the event, as the property `own` or under the same name."""
    return [(own or property, claim.value, claim) for claim in asserting_claims(fact, property) if claim.value]


def plain_value(fact: Fact, name: str) -> str | None:
    value = fact.fields.get(name)
    return value if isinstance(value, str) else None


def asserting_claims(fact: Fact, property: str, *values: str) -> list[Claim]:
    """Return the claims that assert one of the values of a property, or any value if none are given."""
    return [c for c in fact.claims if c.property == property and asserts(c) and (not values or c.value in values)]


def involvements_in(fact: Fact, *roles: str) -> list[Involvement]:
    return [involvement for involvement in fact.involvements if involvement.role in roles]


def number_acts(suffix: str, claims: Sequence[Claim]) -> Iterable[tuple[str, list[Claim]]]:
    """Return each act that claims tell of; claims without `effective` make no act of their own if others have one."""
    groups = group_overlapping(claim for claim in claims if claim.effective)
    timeless = [claim for claim in claims if not claim.effective]
    if timeless and groups:
        groups[0].extend(timeless)
    elif timeless:
        groups = [timeless]
    groups.sort(key=lambda group: min(map(effective_day, group)))
    return [(suffix if n == 1 else f"{suffix}-{n}", group) for n, group in enumerate(groups, start=1)]


def effective_dates(claims: Iterable[Claim]) -> list[ExtraClaim]:
    return [("date", claim.effective, claim) for claim in claims if claim.effective]


def event_slug(fact: Fact, act: Act) -> str:
    """Return the slug of the event that an act is."""
    return f"{fact.slug}-{act.suffix}"


def to_event(fact: Fact, act: Act) -> Fact:
    """Return the act as an event that codes the fact, with copies of the fact's claims.

    Claims reported before the act was first told of (such as a place that was only planned) say nothing of the act.
    """
    slug = event_slug(fact, act)
    since = min(claim.reported_on for claim in act.claims)
    existence = _index_by_passage(_copy(claim, fact, slug, "existence", None) for claim in act.claims)
    known = [one for one in act.extra_claims if one[2].reported_on >= since]
    also = _index_by_passage(_copy(claim, fact, slug, own, value) for own, value, claim in known)
    if not any(own == "date" for own, _, _ in known):
        also |= _index_by_passage([_latest_date(act.claims, fact, slug, since)])
    involvements: dict[tuple[str, str], Involvement] = {}
    if act.initiator:
        involvements["ACTOR", act.initiator] = Involvement("ACTOR", act.initiator, _slugs(existence))
    for role, involved in (("ACTOR", act.actors), ("RECIPIENT", act.recipients)):
        for one in involved:
            copies = _copies_for_role(fact, one, slug, role)
            own = _index_by_passage(copy for copy in copies if copy.reported_on >= since)
            also |= own
            involvements.setdefault((role, one.actor), Involvement(role, one.actor, _slugs(own or existence)))
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


def _latest_date(claims: Iterable[Claim], fact: Fact, event: str, since: date) -> Claim:
    """Return a claim that the act was done by the day on which a source first told it, for acts without a date."""
    first = min((claim for claim in claims if claim.reported_on == since), key=lambda claim: claim.slug)
    return replace(_copy(first, fact, event, "date", f"[..{since}]"), basis="INFERRED")


def _copies_for_role(fact: Fact, involvement: Involvement, event: str, role: str) -> Iterable[Claim]:
    """Yield copies of the claims that tell of the involvement itself."""
    property, slugs = property_of_role(involvement.role), frozenset(involvement.claims)
    for claim in fact.claims:
        if claim.property == property and claim.slug in slugs:
            yield _copy(claim, fact, event, property_of_role(role), claim.value)


def _index_by_passage(claims: Iterable[Claim]) -> dict[ClaimKey, Claim]:
    """Return the claims by what they say and where; of those of one passage that say the same, the last."""
    return {(claim.source, claim.property, claim.value, claim.passage.start): claim for claim in claims}


def _slugs(claims: Mapping[ClaimKey, Claim]) -> tuple[str, ...]:
    return tuple(claim.slug for claim in claims.values())


def _copy(claim: Claim, fact: Fact, event: str, property: str, value: str | None) -> Claim:
    """Return a claim of the coded fact, or of one that tells of the same act, as a claim of the event."""
    return replace(
        claim,
        slug=copy_slug(claim, fact.slug, event, property, value),
        fact=event,
        property=property,
        value=value,
        value_typename=None if property in ("existence", "date") else claim.value_typename,
        effective=None,
        by=None,
    )
