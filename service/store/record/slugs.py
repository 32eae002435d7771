"""Slugs of claims. Facts and entries have the slugs that the seeds give them.

A claim's slug says who says what of which fact: source, fact, property and value. The position in the document is not
part of it, so that a document can be corrected and a citation moved without a new slug. If one source says the same in
several places, the citation of each further place has a number (`2nd`, `3rd`), which ends the slug; the first has none.
Numbers are written in the seeds, not counted, so that adding or removing a claim renames no other.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

from service.store.record.record import Claim

_ENDINGS = {2: "nd", 3: "rd"}
_LONGEST_VALUE = 40
_SEPARATORS = re.compile(r"[\s_,.;:!'\"’‘‚“”„«»()-]+")


def claim_slug(source: str, fact: str, property: str, value: str | None, number: int = 1) -> str:
    """Return the slug of what a source says of a property of a fact; `number`: which of the places where it says so."""
    return _join(source, fact, _kebab(property), *_values(property, value), *_numbers(number))


def copy_slug(claim: Claim, coded: str, event: str, property: str, value: str | None) -> str:
    """Return the slug of a copied claim about an event that the fact `coded` is.

    It is formed like the event's own claim of the property. If the fact's claim is of another property, that follows.
    """
    parts = [claim.source, event, _kebab(property), *_values(property, value)]
    if claim.fact != coded:
        parts.append(claim.fact)
    if claim.property != property:
        parts.append(_kebab(claim.property))
        parts.extend(() if claim.value == value else _values(claim.property, claim.value))
    return _join(*parts, *_numbers(claim.number))


def ordinal(number: int) -> str:
    """Return 2nd, 3rd, 4th ..., as used in citations and slugs, up to 20th."""
    return f"{number}{_ENDINGS.get(number, 'th')}"


def _join(*parts: str) -> str:
    return re.sub(r"-+", "-", "-".join(parts))


@lru_cache(maxsize=1_024)
def _kebab(property: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", property).lower()


def _values(property: str, value: str | None) -> list[str]:
    return [] if property == "existence" else [_value_slug(value)]


def _numbers(number: int) -> list[str]:
    return [] if number == 1 else [ordinal(number)]


@lru_cache(maxsize=16_384)
def _value_slug(value: str | None) -> str:
    """Return the value in ASCII, with part of its hash if it was cut short or characters of it were lost."""
    if value is None:
        return "unknown"
    folded = unicodedata.normalize("NFKD", value.replace("ß", "ss"))
    plain = _SEPARATORS.sub("-", "".join(one for one in folded if not unicodedata.combining(one)).lower()).strip("-")
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if slug == plain and len(slug) <= _LONGEST_VALUE:
        return slug
    return f"{slug[:_LONGEST_VALUE].strip('-')}-{hashlib.sha256(value.encode()).hexdigest()[:8]}".strip("-")
