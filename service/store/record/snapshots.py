"""What was known of a fact from one day of publication to the next: its snapshots, not yet as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from service.errors import SeedsInvalid
from service.store.record.decide import Within, asserts, decide
from service.store.record.record import Claim, Fact, Involvement, Texts, Unnamed


def property_of_role(role: str) -> str:
    """The property of the claims that tell who has a role: the role's name in camel case."""
    first, *others = role.lower().split("_")
    return first + "".join(map(str.capitalize, others))


class Dated(NamedTuple):
    """A date in EDTF with its basis; neither where there is none."""

    date: str | None
    basis: str | None


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What the claims that were reported by `known_from` tell of a fact; it holds until `known_until`.

    The last snapshot holds until `date.max`.
    """

    fact: Fact
    known_since: date
    known_from: date
    known_until: date
    within: Within
    _decided: dict[str, Claim | None] = field(default_factory=dict)

    @property
    def is_last(self) -> bool:
        """Whether every claim of the fact had been told."""
        return self.known_until == date.max

    def claims(self, property: str) -> list[Claim]:
        """The claims of a property that had been told."""
        return [c for c in self.fact.claims if c.property == property and c.reported_on <= self.known_from]

    def decided(self, property: str) -> Claim | None:
        """The claim that decides the property, None without one."""
        if property not in self._decided:
            self._decided[property] = decide(property, self.claims(property), self.within)
        return self._decided[property]

    def value(self, property: str) -> str | None:
        """The deciding claim's value; where no claim ever speaks of the property, what is written plain."""
        if any(claim.property == property for claim in self.fact.claims):
            claim = self.decided(property)
            return claim.value if claim else None
        plain = self.fact.fields.get(property)
        return plain if isinstance(plain, str) else None

    def needed(self, property: str) -> str:
        """The value of what every snapshot must have; raises SeedsInvalid where nobody had told it yet."""
        value = self.value(property)
        if value is None:
            raise SeedsInvalid([missing(self.fact, f"{property} is not told by {self.known_from}")])
        return value

    def dated(self, property: str = "date") -> Dated:
        """The date that is shown for a property, with its basis: of one written plain, the existence's."""
        value = self.value(property)
        claim = self.decided(property) or self.existence
        return Dated(value, claim.basis if claim else "STATED") if value else Dated(None, None)

    def texts(self, name: str) -> Texts:
        """Texts by language that are written plain."""
        return texts_of(self.fact, name)

    @property
    def existence(self) -> Claim | None:
        """The claim that decides that there is such a fact; of a quote, the one that decides its text."""
        return self.decided(self.fact.told_by)

    def involved(self, role: str) -> str | None:
        """The one actor that has a role, by slug: the decided claim's, else what is written plain."""
        property = property_of_role(role)
        value = self.value(property)
        if value is None and not any(claim.property == property for claim in self.fact.claims):
            value = next((i.actor for i in self.involvements() if i.role == role), None)
        return value

    def involvements(self) -> list[Involvement]:
        """Who had been told to be in it."""
        known = ((involved_since(self.fact, i, self.known_since), i) for i in self.fact.involvements)
        return [involvement for since, involvement in known if since and since <= self.known_from]


def texts_of(fact: Fact, name: str) -> Texts:
    """Texts by language that are written plain in a fact."""
    plain = fact.fields.get(name)
    return plain if isinstance(plain, Mapping) else {}


def snapshots(fact: Fact, within: Within, known_since: date | None = None) -> list[Snapshot]:
    """A snapshot for each span between the days on which the fact's claims were reported.

    `known_since`: the first day of what needs no claim of its own (a relationship that is only counted).
    """
    days = {claim.reported_on for claim in fact.claims} | ({known_since} if known_since else set())
    if not days:
        raise SeedsInvalid([missing(fact, "no source tells of it")])
    cuts = sorted(days)
    ends = [cut - timedelta(days=1) for cut in cuts[1:]] + [date.max]
    return [Snapshot(fact, cuts[0], start, end, within) for start, end in zip(cuts, ends, strict=True)]


def missing(fact: Fact, reason: str) -> str:
    """A mistake in the seeds, told with its place."""
    return f"{fact.file}:{fact.line}: {fact.slug}: {reason}"


def telling(fact: Fact, involvement: Involvement | Unnamed) -> list[Claim]:
    """The claims that an involvement rests on; of claims of the role itself, those that assert it."""
    property = property_of_role(involvement.role)
    named = [claim for claim in fact.claims if claim.slug in involvement.claims]
    return [claim for claim in named if claim.property != property or asserts(claim)]


def involved_since(fact: Fact, involvement: Involvement | Unnamed, known_since: date | None = None) -> date | None:
    """The day on which a source first told that the actor is in it; None where all that is told denies it.

    Two that share facts are parties as soon as they do, before any source tells of a relationship.
    """
    if involvement.role == "PARTY":
        return known_since
    return min((claim.reported_on for claim in telling(fact, involvement)), default=None)


def principal_of(fact: Fact, involvement: Involvement) -> tuple[str, date] | None:
    """On whose behalf the actor is in it, and the first day on which a source told so; None where none does."""
    told = telling(fact, involvement)
    if involvement.on_behalf_of and told:
        return involvement.on_behalf_of, min(claim.reported_on for claim in told)
    naming = [replace(claim, value=claim.on_behalf_of) for claim in told if claim.on_behalf_of]
    deciding = decide("onBehalfOf", naming)
    if deciding is None or deciding.value is None:
        return None
    return deciding.value, min(claim.reported_on for claim in naming if claim.value == deciding.value)


def decided_spans(snapshots: Sequence[Snapshot], property: str) -> list[tuple[date, date, Claim]]:
    """From when until when which claim decides a property: snapshots that agree are one span."""
    spans: list[tuple[date, date, Claim]] = []
    for snapshot in snapshots:
        claim = snapshot.decided(property)
        if claim is None:
            continue
        start = snapshot.known_from
        if spans and spans[-1][2] is claim and spans[-1][1] + timedelta(days=1) == start:
            start = spans.pop()[0]
        spans.append((start, snapshot.known_until, claim))
    return spans
