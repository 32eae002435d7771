"""What claims are called; facts and entries are called as the seeds call them.

A claim's slug says who says what of which fact: source, fact, property and value. Where in the document it stands is no
part of it, so a document may be corrected and a citation moved without a new slug. Where one source says the same at
several places, the citation of each further place bears a number (`2nd`, `3rd`), which ends the slug; that of the first
bears none. Numbers are written in the seeds and not counted: a claim that is added or taken away renames no other.
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
    """The slug of what a source says of a property of a fact; `number`: at which of the places where it says so."""
    return _join(source, fact, _kebab(property), *_values(property, value), *_numbers(number))


def copy_slug(claim: Claim, coded: str, event: str, property: str, value: str | None) -> str:
    """The slug of a copy that tells of an event which the fact `coded` is.

    It is the event's own claim of the property; where the fact's claim is of another, that one follows.
    """
    parts = [claim.source, event, _kebab(property), *_values(property, value)]
    if claim.fact != coded:
        parts.append(claim.fact)
    if claim.property != property:
        parts.append(_kebab(claim.property))
        parts.extend(() if claim.value == value else _values(claim.property, claim.value))
    return _join(*parts, *_numbers(claim.number))


def ordinal(number: int) -> str:
    """2nd, 3rd, 4th ..., as citations and slugs have it, up to 20th."""
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
    """The value in ASCII; a piece of its hash follows where it is cut short or characters of it are lost."""
    if value is None:
        return "unknown"
    folded = unicodedata.normalize("NFKD", value.replace("ß", "ss"))
    plain = _SEPARATORS.sub("-", "".join(one for one in folded if not unicodedata.combining(one)).lower()).strip("-")
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if slug == plain and len(slug) <= _LONGEST_VALUE:
        return slug
    return f"{slug[:_LONGEST_VALUE].strip('-')}-{hashlib.sha256(value.encode()).hexdigest()[:8]}".strip("-")
