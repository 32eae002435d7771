"""What was known of a fact from one day of publication to the next: its snapshots, before they become rows."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from service.errors import SeedsInvalid
from service.store.record.cuts import Sayings, find_cuts, first_to_say, is_in_words
from service.store.record.decide import IsWithin, asserts, decide
from service.store.record.record import Claim, Fact, Involvement, Texts, Unnamed
from service.store.record.standing import Tally, Turn, turns


@lru_cache(maxsize=64)
def property_of_role(role: str) -> str:
    """Return the property of the claims that tell who has a role: the role's name in camel case."""
    first, *others = role.lower().split("_")
    return first + "".join(map(str.capitalize, others))


Shown = TypeVar("Shown")


class DateWithBasis(NamedTuple):
    """A date in EDTF with its basis; both are None if there is no date."""

    date: str | None
    basis: str | None


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What the claims reported by `known_from` tell of a fact, valid until `known_until`.

    The last snapshot is valid until `date.max`.
    """

    fact: Fact
    known_since: date
    known_from: date
    known_until: date
    within: IsWithin
    _decided: dict[str, Claim | None] = field(default_factory=dict)
    _index: "ClaimIndex | None" = None
    _sayings: Sayings | None = None
    _others: "Sequence[Snapshot]" = ()

    @property
    def is_last(self) -> bool:
        """Whether every claim of the fact had been told, and every source withdrawn that ever is."""
        return self.known_until == date.max

    @cached_property
    def is_withdrawn(self) -> bool:
        """Whether each source that tells of the fact has been withdrawn; a relationship, being counted, never is."""
        telling = [claim for claim in self._reported_claims(self.fact.told_by) if asserts(claim)]
        is_counted = self.fact.typename == "Relationship"
        return bool(telling) and not is_counted and all(map(self._is_withdrawn, telling))

    @cached_property
    def standing_claims(self) -> list[Claim]:
        """The claims that decide: those that had been told by sources that are not withdrawn.

        For a fact that is itself withdrawn, these are all claims that had been told, so that they can still be read.
        """
        return [claim for claim in self.fact.claims if self.stands(claim)]

    def stands(self, claim: Claim) -> bool:
        """Return whether a claim of the fact is one of the standing claims."""
        return claim.reported_on <= self.known_from and (self.is_withdrawn or not self._is_withdrawn(claim))

    def _reported_claims(self, property: str) -> list[Claim]:
        return [claim for claim in self.index.of_property(property) if claim.reported_on <= self.known_from]

    def _is_withdrawn(self, claim: Claim) -> bool:
        return claim.withdrawn_on is not None and claim.withdrawn_on <= self.known_from

    def of(self, other: Fact) -> "Snapshot":
        """Return what was known by then of another fact that this one tells of."""
        last = bisect_right(self._others, self.known_from, key=lambda each: each.known_from)
        if last and self._others[last - 1].fact is other:
            return self._others[last - 1]
        return Snapshot(other, self.known_since, self.known_from, self.known_until, self.within)

    @cached_property
    def index(self) -> "ClaimIndex":
        return self._index or ClaimIndex(self.fact)

    def claims(self, property: str) -> list[Claim]:
        """Return the standing claims of a property."""
        return [claim for claim in self.index.of_property(property) if self.stands(claim)]

    def deciding_claim(self, property: str) -> Claim | None:
        """Return the claim that decides the property, or None if there is none."""
        if property not in self._decided:
            self._decided[property] = decide(property, self.claims(property), self.within)
        return self._decided[property]

    def value(self, property: str) -> str | None:
        """Return the deciding claim's value, or the plain field if no claim ever speaks of the property."""
        if self.index.of_property(property):
            claim = self.deciding_claim(property)
            return claim.value if claim else None
        plain = self.fact.fields.get(property)
        return plain if isinstance(plain, str) else None

    def require_value(self, property: str) -> str:
        """Return a value that every snapshot must have; raises SeedsInvalid if nobody had told it yet."""
        value = self.value(property)
        if value is None:
            raise SeedsInvalid([seed_mistake(self.fact, f"{property} is not yet known on {self.known_from}")])
        return value

    def date_of(self, property: str = "date") -> DateWithBasis:
        """Return the date shown for a property, with its basis; a plain date has the basis of the fact's existence."""
        value = self.value(property)
        claim = self.deciding_claim(property) or self.existence
        return DateWithBasis(value, claim.basis if claim else "STATED") if value else DateWithBasis(None, None)

    def texts(self, name: str) -> Texts:
        """Return the plain texts of a field, by language."""
        return texts_of(self.fact, name)

    @property
    def existence(self) -> Claim | None:
        """The claim that decides that the fact exists; for a quote, the one that decides its text."""
        return self.deciding_claim(self.fact.told_by)

    def actor_in(self, role: str) -> str | None:
        """Return the slug of the one actor with a role, from the deciding claim or else from the plain field."""
        property = property_of_role(role)
        value = self.value(property)
        if value is None and not self.index.of_property(property):
            value = next((i.actor for i in self.involvements() if i.role == role), None)
        return value

    def involvements(self) -> list[Involvement]:
        """Return who is in the fact according to standing claims; the parties of a relationship always are."""
        return self._involvements

    @cached_property
    def _involvements(self) -> list[Involvement]:
        return [one for one in self.fact.involvements if self.involves(one)]

    def involves(self, involvement: Involvement | Unnamed) -> bool:
        """Return whether somebody is in the fact by standing claims; the parties of a relationship always are."""
        return involvement.role == "PARTY" or any(map(self.stands, self.index.telling_of(involvement)))

    def unnamed_involvements(self) -> list[Unnamed]:
        """Return who else is in the fact without being named by any source."""
        return [one for one in self.fact.unnamed if self.involves(one)]

    def principal_of(self, involvement: Involvement) -> str | None:
        """Return the slug of the actor on whose behalf another is in the fact; None if no standing claim says so."""
        if not (involvement.on_behalf_of or self.index.names_principals):
            return None
        return principal_of(involvement, [*filter(self.stands, self.index.telling_of(involvement))])

    @cached_property
    def sayings(self) -> Sayings:
        """What the standing claims say."""
        if self._sayings:
            return self._sayings
        tally = Tally()
        tally.change(Turn(self.known_from, self.standing_claims, (), self.is_withdrawn))
        return Sayings([*filter(is_in_words, first_to_say(self.standing_claims))], tally.claims, tally.sources)


class ClaimIndex:
    """The claims of a fact by what they tell of."""

    def __init__(self, fact: Fact) -> None:
        self._fact = fact
        self._by_property: dict[str, list[Claim]] = {}
        for claim in fact.claims:
            self._by_property.setdefault(claim.property, []).append(claim)
        self.names_principals = any(claim.on_behalf_of for claim in fact.claims)
        self._telling: dict[tuple[int, str], list[Claim]] = {}

    def of_property(self, property: str) -> Sequence[Claim]:
        return self._by_property.get(property, ())

    def telling_of(self, involvement: Involvement | Unnamed) -> Sequence[Claim]:
        """Return the claims that an involvement rests on."""
        # involvements that rest on the fact's existence share one tuple of slugs
        key = id(involvement.claims), involvement.role
        if key not in self._telling:
            self._telling[key] = claims_for_involvement(self._fact, involvement)
        return self._telling[key]


def texts_of(fact: Fact, name: str) -> Texts:
    """Return the plain texts of a field of a fact, by language."""
    plain = fact.fields.get(name)
    return plain if isinstance(plain, Mapping) else {}


def snapshots(
    fact: Fact,
    within: IsWithin,
    known_since: date | None = None,
    also: Iterable[date] = (),
    others: Sequence[Snapshot] = (),
) -> list[Snapshot]:
    """Return a snapshot for each span between the days on which what is shown of a fact may change.

    `known_since`: the first day of a fact that needs no claim of its own (a relationship that is only counted); `also`:
    further days on which what is shown may change; `others`: the snapshots of a fact of which this one tells, which may
    change it too.
    """
    days = turns(fact, known_since)
    if not days:
        raise SeedsInvalid([seed_mistake(fact, "no source reports it")])
    index, first = ClaimIndex(fact), days[0].day
    further = [*also, *(each.known_from for each in others)]
    if len(days) == 1 and all(day <= first for day in further):
        # what it shows never changes, so it determines the deciding claims on request
        return [Snapshot(fact, first, first, date.max, within, {}, index, None, others)]
    cuts = [*find_cuts(fact, within, days, further)]
    ends = [cut.day - timedelta(days=1) for cut in cuts[1:]] + [date.max]
    return [
        Snapshot(fact, first, cut.day, end, within, cut.decided, index, cut.sayings, others)
        for cut, end in zip(cuts, ends, strict=True)
    ]


def seed_mistake(fact: Fact, reason: str) -> str:
    """Return the message for a mistake in the seeds, with its location."""
    return f"{fact.file}:{fact.line}: {fact.slug}: {reason}"


def claims_for_involvement(fact: Fact, involvement: Involvement | Unnamed) -> list[Claim]:
    """Return the claims that an involvement rests on; of claims of the role itself, only those that assert it."""
    property, slugs = property_of_role(involvement.role), frozenset(involvement.claims)
    named = [claim for claim in fact.claims if claim.slug in slugs]
    return [claim for claim in named if claim.property != property or asserts(claim)]


def involvement_since(fact: Fact, involvement: Involvement | Unnamed) -> date | None:
    """Return the day on which a source first told that the actor is in the fact; None if all that is told denies it."""
    return min((claim.reported_on for claim in claims_for_involvement(fact, involvement)), default=None)


def principal_of(involvement: Involvement, claims: Sequence[Claim]) -> str | None:
    """Return the slug of the actor on whose behalf another is in a fact, by the claims of the involvement."""
    if involvement.on_behalf_of and claims:
        return involvement.on_behalf_of
    naming = [replace(claim, value=claim.on_behalf_of) for claim in claims if claim.on_behalf_of]
    deciding = decide("onBehalfOf", naming)
    return deciding.value if deciding else None


def deciding_spans(snapshots: Sequence[Snapshot], property: str) -> list[tuple[date, date, Claim]]:
    """Return which claim decides a property in which span of days."""
    return spans(snapshots, lambda snapshot: snapshot.deciding_claim(property))


def spans(snapshots: Sequence[Snapshot], show: Callable[[Snapshot], Shown | None]) -> list[tuple[date, date, Shown]]:
    """Return the spans of days and what snapshots show in them; adjacent snapshots that show the same form one span."""
    runs: list[tuple[date, date, Shown]] = []
    for snapshot in snapshots:
        shown = show(snapshot)
        if shown is None:
            continue
        start = snapshot.known_from
        if runs and runs[-1][2] == shown and runs[-1][1] + timedelta(days=1) == start:
            start = runs.pop()[0]
        runs.append((start, snapshot.known_until, shown))
    return runs
