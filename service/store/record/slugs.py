"""What claims are called; facts and entries are called as the seeds call them."""

import hashlib
import re
import unicodedata

_LONGEST_VALUE = 40
_SEPARATORS = re.compile(r"[\s_,.;:!'\"’‘‚“”„«»()-]+")


def claim_slug(source: str, fact: str, property: str, value: str | None, start: int) -> str:
    """What a claim is called: source, fact, property, value and start of passage."""
    kebab = re.sub(r"(?<!^)(?=[A-Z])", "-", property).lower()
    parts = [source, fact, kebab, *([] if property == "existence" else [_value_slug(value)]), str(start)]
    return re.sub(r"-+", "-", "-".join(parts))


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
