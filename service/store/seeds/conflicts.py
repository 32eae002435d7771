"""Conflicts: claims that do not agree, each named by fact, property and source."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from service.store import terms
from service.store.record.record import Claim, Conflict, Fact, Passage
from service.store.seeds import values
from service.store.seeds.citations import CitationInvalid, CitedClaim, parse_cited_claim
from service.store.seeds.entry import Entry, entries
from service.store.seeds.files import Keyed, Listed, Mark, Node, Problems, Scalar
from service.store.seeds.passages import Passages
from service.store.seeds.values import Index


@dataclass(frozen=True)
class Claimed:
    """The facts that conflicts name claims of; of those `unread`, not every claim could be read."""

    facts: Mapping[str, Fact]
    unread: Collection[str]
    passages: Passages

    def candidates(self, named: CitedClaim, mark: Mark) -> list[Claim]:
        """The claims that a name may mean."""
        fact, source = self.facts.get(named.fact), self.passages.sources.get(named.cite)
        if fact is None or source is None:
            return []
        slug = source.source.slug
        found = [one for one in fact.claims if (one.property, one.source) == (named.property, slug)]
        return _nearest(found, self.passages.at(source, named.address, mark)) if named.address else found


def read_conflicts(file: Keyed, claimed: Claimed, index: Index, problems: Problems) -> dict[str, Conflict]:
    """The conflicts by slug."""
    return {entry.slug: _conflict(entry, claimed, index) for entry in entries(file, problems)}


def _conflict(entry: Entry, claimed: Claimed, index: Index) -> Conflict:
    entry.only("property", "basis", "note", "claims")
    property = entry.text("property", is_needed=True) or ""
    claims = _claims(entry, claimed)
    if claims is not None and len(claims) < 2:
        entry.fault("a conflict is between two claims at least", "claims")
    if claims and property not in {claim.property for claim in claims}:
        entry.fault(f"none of its claims is of the property {property!r}", "property")
    return Conflict(
        slug=entry.slug,
        property=property,
        basis=entry.value("basis", values.word(terms.ConflictBasis), index, is_needed=True) or "",
        claims=tuple(claim.slug for claim in claims or ()),
        note=entry.texts("note"),
    )


def _claims(entry: Entry, claimed: Claimed) -> list[Claim] | None:
    """The claims that a conflict names; None where one cannot be found, which has been told."""
    node = entry.node.get("claims")
    if not isinstance(node, Listed):
        entry.fault("claims are missing: a list of FACT PROPERTY SOURCE [ADDRESS]")
        return None
    found: list[Claim] = []
    for item in node.items:
        claim = _claim(entry, item, claimed)
        if claim in found:
            entry.at(item.mark, "claims: the same claim stands there twice")
        elif claim:
            found.append(claim)
    return found if len(found) == len(node.items) else None


def _claim(entry: Entry, item: Node, claimed: Claimed) -> Claim | None:
    try:
        named = parse_cited_claim(item.text if isinstance(item, Scalar) and item.text else "")
    except CitationInvalid as error:
        entry.at(item.mark, f"claims: {error}")
        return None
    candidates = claimed.candidates(named, item.mark)
    if len(candidates) == 1:
        return candidates[0]
    source = f"{named.cite} {named.address or ''}".strip()
    what = f"{named.property} of {named.fact} by {source}"
    if candidates:
        entry.at(item.mark, f"claims: {len(candidates)} claims are {what}: the address must say which")
    elif named.fact not in claimed.unread:
        entry.at(item.mark, f"claims: there is no claim of {what}")
    return None


def _nearest(claims: list[Claim], around: Passage) -> list[Claim]:
    """The claims of exactly a passage; where there is none, those that lie within it."""
    within = [one for one in claims if around.start <= one.passage.start and one.passage.end <= around.end]
    return [one for one in within if one.passage == around] or within
