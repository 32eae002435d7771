"""Citations, lines of what changes and claims of a conflict, as they are written; it resolves nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from service.store.documents.addresses import Address, leading_addresses, parse_address
from service.store.enums import AttributionRole, DateBasis, Factuality, Rank, Vocabulary

FACTUALITY = {
    "likely": Factuality.PROBABLE,
    "maybe": Factuality.POSSIBLE,
    "told": Factuality.UNCOMMITTED,
    "denied": Factuality.DENIED,
}
BASIS = {"relative": DateBasis.RELATIVE, "inferred": DateBasis.INFERRED}
RANK = {"preferred": Rank.PREFERRED, "deprecated": Rank.DEPRECATED}

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_VIA = re.compile(r"(?:\A|\s)via(?:\s+|\Z)")
_STEP = re.compile(
    rf'\s*(?:"(?P<description>[^"]*[^"\s][^"]*)"|(?P<actor>{SLUG}))'
    r"(?::(?P<role>\w+))?(?:@(?P<address>p[^>\"]+?))?\s*(?P<end>>|\Z)"
)
_CHANGE = re.compile(rf"(?P<value>.+?)(?: from (?P<effective>[\[{{0-9./]\S*))?(?: by (?P<by>{SLUG}))?")
_PHASE = re.compile(r"(?P<value>.+?)(?: from (?P<effective>[\[{0-9./]\S*))?")


class CitationInvalid(ValueError):
    """A citation is written `SOURCE ADDRESS [+ADDRESS ...] [factuality] [basis] [rank] [via CHAIN]`"""


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """One step of a chain; `role` is None where it goes without saying."""

    actor: str | None
    description: str | None
    role: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """`cite` is the short name of a source; without an address the words themselves say where they stand."""

    cite: str
    address: Address | None
    context: tuple[Address, ...] = ()
    factuality: str = Factuality.CERTAIN.value
    basis: str = DateBasis.STATED.value
    rank: str = Rank.NORMAL.value
    steps: tuple[WrittenStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A value with the time from which it holds (EDTF) and the slug of who brought it about."""

    value: str
    effective: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim as a conflict names it."""

    fact: str
    property: str
    cite: str
    address: Address | None


def parse_citation(text: str) -> Citation:
    """The citation that a line is; raises CitationInvalid, AddressInvalid."""
    cite, _, rest = text.strip().partition(" ")
    address, context, rest = _addresses(rest.strip())
    words, *chain = _VIA.split(rest, maxsplit=1)
    return Citation(cite, address, context, *_words(words), steps=_steps(chain[0]) if chain else ())


def parse_change(text: str, *, has_author: bool) -> Change:
    """`VALUE [from EDTF] [by ACTOR]`; `by` is looked for only where the property `has_author`."""
    found = (_CHANGE if has_author else _PHASE).fullmatch(text)
    return Change(**found.groupdict()) if found else Change(text)


def parse_cited_claim(text: str) -> CitedClaim:
    """`FACT PROPERTY SOURCE [ADDRESS]`; raises CitationInvalid, AddressInvalid."""
    parts = text.split(maxsplit=3)
    if len(parts) < 3:
        raise CitationInvalid(f"{text!r}: a claim is named `FACT PROPERTY SOURCE [ADDRESS]`")
    return CitedClaim(parts[0], parts[1], parts[2], parse_address(parts[3]) if parts[3:] else None)


def _addresses(text: str) -> tuple[Address | None, tuple[Address, ...], str]:
    """The passage, the context passages and the rest; context may stand alone where words are sought."""
    stand_in = "p1 " if text.startswith("+") else ""
    addresses, rest = leading_addresses(stand_in + text)
    passage = addresses[0] if addresses and not stand_in else None
    return passage, tuple(addresses[1:]), rest


def _words(text: str) -> tuple[str, str, str]:
    """Factuality, basis and rank from the words between the addresses and the chain."""
    words = text.split()
    known = {**FACTUALITY, **BASIS, **RANK}
    if unknown := [word for word in words if word not in known]:
        raise CitationInvalid(f"{unknown[0]!r} is none of {', '.join(known)} and via")
    return (
        _one(words, FACTUALITY, Factuality.CERTAIN),
        _one(words, BASIS, DateBasis.STATED),
        _one(words, RANK, Rank.NORMAL),
    )


def _one(words: list[str], vocabulary: Mapping[str, Vocabulary], default: Vocabulary) -> str:
    said = [vocabulary[word] for word in words if word in vocabulary]
    if len(said) > 1:
        raise CitationInvalid(f"{' '.join(words)!r}: factuality, basis and rank are each said once")
    return str((said or [default])[0].value)


def _steps(text: str) -> tuple[WrittenStep, ...]:
    steps: list[WrittenStep] = []
    at, ended = 0, False
    while not ended:
        found = _STEP.match(text, at)
        if found is None:
            raise CitationInvalid(f"{text[at:].strip()!r} is no step of a chain: a slug, or words in quotation marks")
        role = found["role"]
        if role is not None and role not in AttributionRole.__members__:
            raise CitationInvalid(f"{role!r} is none of {', '.join(AttributionRole.__members__)}")
        address = parse_address(found["address"]) if found["address"] else None
        steps.append(WrittenStep(found["actor"], found["description"], role, address))
        at, ended = found.end(), not found["end"]
    return tuple(steps)
