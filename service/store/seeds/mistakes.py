"""Mistakes found by pydantic, in words for the authors of the seeds."""

from collections.abc import Collection
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from service.store.notation.citations import SLUG
from service.store.notation.values import LANGUAGE, NUMBER, PAIR

_REASONS = {
    "value_error": "{error}",
    "way": "{msg}",
    "missing": "{name} is missing",
    "enum": "{given!r} is not one of {expected}",
    "literal_error": "{given!r} is not one of {expected}",
    "string_too_long": "it has {length} characters; the maximum is {max_length}",
    "too_short": "at least {min_length} are required here",
    "greater_than_equal": "{given} is less than {ge:g}",
    "less_than_equal": "{given} is greater than {le:g}",
    "float_parsing": "{given!r} is not a number",
    "list_type": "a list is expected here",
    "dict_type": "a mapping is expected here",
}
_FORMS = {
    f"^{SLUG}$": "is not a slug: use lower-case ASCII letters, digits and hyphens",
    f"^{PAIR}$": "is not two slugs joined by --",
    LANGUAGE: "is not a language tag",
    NUMBER: "is not a whole number",
}


def describe_mistake(error: ErrorDetails, known: Collection[str]) -> str:
    """Return what is wrong, without the field; `known` are the names allowed there."""
    kind, given, told = error["type"], error["input"], error.get("ctx", {})
    name = str((error["loc"] or ("",))[-1])
    if kind == "extra_forbidden":
        return describe_unknown(name, known)
    if kind == "string_pattern_mismatch":
        pattern = told["pattern"]
        return f"{given!r} {_FORMS.get(pattern, 'does not match ' + pattern.strip('^$'))}"
    form = _REASONS.get(kind, "")
    if (not isinstance(given, str) and "{given" in form) or not form:
        form = "a value is missing" if given is None else "a plain value is expected here"
        return f"{name}: {form}" if len(error["loc"]) > 1 and name.isalnum() and not name.isdigit() else form
    told = told | {"expected": str(told.get("expected")).replace("'", "")}
    return form.format(**told, msg=error["msg"], given=given, name=name, length=len(given or ""))


def describe_unknown(name: str, known: Collection[str], otherwise: str | None = None) -> str:
    """Return that there is no such field, with the field that may be meant, else all fields."""
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else otherwise or f"valid fields are {', '.join(known)}"
    return f"unknown field {name}: {hint}"
