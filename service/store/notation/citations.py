"""Notation of citations, of lines of what changes and of claims of a conflict; resolves nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from service.store.documents.addresses import Address, leading_addresses, parse_address
from service.store.enums import AttributionRole, DateBasis, Factuality, Rank
from service.store.record.slugs import ordinal

T = TypeVar("T")

FACTUALITY = {
    "likely": Factuality.PROBABLE,
    "maybe": Factuality.POSSIBLE,
    "told": Factuality.UNCOMMITTED,
    "denied": Factuality.DENIED,
}
BASIS = {"relative": DateBasis.RELATIVE, "inferred": DateBasis.INFERRED}
NUMBER = {ordinal(number): number for number in range(2, 21)}
"""Number of a citation among those of one source that say the same."""
RANK = {"preferred": Rank.PREFERRED, "deprecated": Rank.DEPRECATED}

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_VIA = re.compile(r"(?:\A|\s)via(?:\s+|\Z)")
_STEP = re.compile(
    rf'\s*(?:"(?P<description>[^"]*[^"\s][^"]*)"|(?P<actor>{SLUG}))'
    r"(?::(?P<role>\w+))?(?:@(?P<address>p[^>\"]+?))?\s*(?P<end>>|\Z)"
)
_CHANGE = re.compile(rf"(?P<value>.+?)(?: from (?P<effective>[\[{{0-9./]\S*))?(?: by (?P<by>{SLUG}))?")
_PART = re.compile(rf"(?:(?P<count>[1-9][0-9]{{0,5}}) )?(?P<role>[A-Z]+)(?: for (?P<on_behalf_of>{SLUG}))?")
_PHASE = re.compile(r"(?P<value>.+?)(?: from (?P<effective>[\[{0-9./]\S*))?")


class CitationInvalid(ValueError):
    """A citation is written `SOURCE ADDRESS [+ADDRESS ...] [factuality] [basis] [rank] [number] [via CHAIN]`"""


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """One step of a chain; `role` is None if it is implied."""

    actor: str | None
    description: str | None
    role: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """`cite` is the short name of a source; without an address the words themselves determine their position."""

    cite: str
    address: Address | None
    context: tuple[Address, ...] = ()
    factuality: str = Factuality.CERTAIN.value
    basis: str = DateBasis.STATED.value
    rank: str = Rank.NORMAL.value
    number: int = 1
    steps: tuple[WrittenStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Value with the time from which it holds (EDTF) and the slug of whoever brought it about."""

    value: str
    effective: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Part of an actor in a meeting, with the slug of the one represented; the number, for unnamed people."""

    role: str
    on_behalf_of: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """Claim as named in a conflict."""

    fact: str
    property: str
    cite: str
    address: Address | None


def parse_citation(text: str) -> Citation:
    """Return the citation in a line; raise CitationInvalid, AddressInvalid."""
    cite, _, rest = text.strip().partition(" ")
    one = _read_rest(rest)
    return Citation(cite, one.address, one.context, one.factuality, one.basis, one.rank, one.number, one.steps)


def parse_change(text: str, *, has_author: bool) -> Change:
    """Parse `VALUE [from EDTF] [by ACTOR]`; `by` is recognised only if the property `has_author`."""
    match = (_CHANGE if has_author else _PHASE).fullmatch(text)
    return Change(**match.groupdict()) if match else Change(text)


def parse_part(text: str) -> Part:
    """Parse `[COUNT] ROLE [for ACTOR]`; text in any other form is all role."""
    match = _PART.fullmatch(text)
    if match is None:
        return Part(text)
    return Part(match["role"], match["on_behalf_of"], int(match["count"]) if match["count"] else None)


def parse_cited_claim(text: str) -> CitedClaim:
    """Parse `FACT PROPERTY SOURCE [ADDRESS]`; raise CitationInvalid, AddressInvalid."""
    parts = text.split(maxsplit=3)
    if len(parts) < 3:
        raise CitationInvalid(f"{text!r}: a claim is written `FACT PROPERTY SOURCE [ADDRESS]`")
    return CitedClaim(parts[0], parts[1], parts[2], parse_address(parts[3]) if parts[3:] else None)


@lru_cache(maxsize=16_384)
def _read_rest(text: str) -> Citation:
    """Return the citation without its source; in imported sets most are the same."""
    address, context, rest = _addresses(text.strip())
    words, *chain = _VIA.split(rest, maxsplit=1)
    return Citation("", address, context, *_words(words), steps=_steps(chain[0]) if chain else ())


def _addresses(text: str) -> tuple[Address | None, tuple[Address, ...], str]:
    """Return the passage, the context passages and the rest; context may be alone if words are to be found."""
    stand_in = "p1 " if text.startswith("+") else ""
    addresses, rest = leading_addresses(stand_in + text)
    passage = addresses[0] if addresses and not stand_in else None
    return passage, tuple(addresses[1:]), rest


def _words(text: str) -> tuple[str, str, str, int]:
    """Return factuality, basis, rank and number from the words between the addresses and the chain."""
    words = text.split()
    known = {**FACTUALITY, **BASIS, **RANK, **NUMBER}
    if unknown := [word for word in words if word not in known]:
        named = ", ".join([*FACTUALITY, *BASIS, *RANK])
        raise CitationInvalid(f"{unknown[0]!r} is not one of {named}, 2nd to 20th or via")
    return (
        _one(words, FACTUALITY, Factuality.CERTAIN).value,
        _one(words, BASIS, DateBasis.STATED).value,
        _one(words, RANK, Rank.NORMAL).value,
        _one(words, NUMBER, 1),
    )


def _one(words: list[str], meanings: Mapping[str, T], default: T) -> T:
    said = [meanings[word] for word in words if word in meanings]
    if len(said) > 1:
        raise CitationInvalid(f"{' '.join(words)!r}: factuality, basis, rank and number can each be given only once")
    return (said or [default])[0]


def _steps(text: str) -> tuple[WrittenStep, ...]:
    steps: list[WrittenStep] = []
    at, ended = 0, False
    while not ended:
        match = _STEP.match(text, at)
        if match is None:
            raise CitationInvalid(f"{text[at:].strip()!r} is not a step of a chain: write a slug, or quoted words")
        role = match["role"]
        if role is not None and role not in AttributionRole.__members__:
            raise CitationInvalid(f"{role!r} is not one of {', '.join(AttributionRole.__members__)}")
        address = parse_address(match["address"]) if match["address"] else None
        steps.append(WrittenStep(match["actor"], match["description"], role, address))
        at, ended = match.end(), not match["end"]
    return tuple(steps)
