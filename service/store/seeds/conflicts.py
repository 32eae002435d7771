"""Conflicts: claims that do not agree, each named by fact, property and source."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from service.store import enums
from service.store.notation.citations import CitedClaim
from service.store.notation.fields import EntryModel, OneClaim
from service.store.notation.values import Index, Texts
from service.store.record.record import Claim, Conflict, Fact, Passage
from service.store.seeds.entry import Entry, read_entries
from service.store.seeds.files import Mark, Problems, SeedFile
from service.store.seeds.passages import Passages


class ConflictEntry(EntryModel):
    """Claims that do not agree with each other."""

    property: str
    basis: enums.ConflictBasis
    claims: Annotated[list[OneClaim], Field(min_length=2)]
    note: Texts | None = None


@dataclass(frozen=True)
class ClaimIndex:
    """Facts whose claims are named in conflicts; for those `unread`, not every claim could be read."""

    facts: Mapping[str, Fact]
    unread: Collection[str]
    passages: Passages

    def candidates(self, named: CitedClaim, mark: Mark) -> list[Claim]:
        """Return the claims that a name may mean."""
        fact, source = self.facts.get(named.fact), self.passages.sources.get(named.cite)
        if fact is None or source is None:
            return []
        slug = source.source.slug
        claims = [one for one in fact.claims if (one.property, one.source) == (named.property, slug)]
        return _select_nearest(claims, self.passages.at(source, named.address, mark)) if named.address else claims


def read_conflicts(
    files: Sequence[SeedFile], claimed: ClaimIndex, index: Index, problems: Problems
) -> dict[str, Conflict]:
    """Return the conflicts by slug."""
    entries = read_entries(files, ConflictEntry, index, problems)
    return {entry.slug: _to_conflict(entry, claimed) for entry in entries}


def _to_conflict(entry: Entry[ConflictEntry], claimed: ClaimIndex) -> Conflict:
    fields = entry.fields
    claims = _claims(entry, claimed)
    if claims and fields.property and fields.property not in {claim.property for claim in claims}:
        entry.report(f"none of its claims has the property {fields.property!r}", "property")
    return Conflict(entry.slug, fields.property, fields.basis, tuple(claim.slug for claim in claims), fields.note)


def _claims(entry: Entry[ConflictEntry], claimed: ClaimIndex) -> list[Claim]:
    """Return the claims named in a conflict; none if one cannot be found, which has been reported."""
    claims: list[Claim] = []
    named = entry.fields.claims
    for mark, one in entry.with_marks(entry.given, "claims", named) if named else ():
        claim = _claim(entry, mark, one, claimed)
        if claim in claims:
            entry.report_at(mark, "claims: the same claim is listed twice")
        elif claim:
            claims.append(claim)
    return claims if len(claims) == len(named or ()) else []


def _claim(entry: Entry[ConflictEntry], mark: Mark, named: CitedClaim, claimed: ClaimIndex) -> Claim | None:
    candidates = claimed.candidates(named, mark)
    if len(candidates) == 1:
        return candidates[0]
    source = f"{named.cite} {named.address or ''}".strip()
    what = f"{named.property} of {named.fact} by {source}"
    if candidates:
        entry.report_at(mark, f"claims: {len(candidates)} claims match {what}: give the address of one of them")
    elif named.fact not in claimed.unread:
        entry.report_at(mark, f"claims: there is no claim of {what}")
    return None


def _select_nearest(claims: list[Claim], around: Passage) -> list[Claim]:
    """Return the claims of exactly a passage; if there are none, those inside it."""
    within = [one for one in claims if around.start <= one.passage.start and one.passage.end <= around.end]
    return [one for one in within if one.passage == around] or within
