"""Convert the query string of a URL to the variables of a stored operation: `as_of` is `$asOf`, lists are repeated."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputType, GraphQLList, GraphQLNonNull, get_named_type, get_nullable_type

from service.web.problems import RequestError

Variables = dict[str, Any]

LANGUAGE = "lang"
"""Parameter for the language."""
DAY = "as_of"
"""Parameter for the day as of which the record is viewed."""
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")
IGNORED = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")
"""Tracking parameters that other sites add to shared links. They are ignored."""
OTHER_NAMES = {"q": "text", "query": "text", "language": "in_language"}
"""Common names of parameters elsewhere, and GraphQL names that are already taken by a variable."""
UNFINISHED_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)


@lru_cache(1024)
def parameter_name(variable: str) -> str:
    """Return the spelling of a variable in a URL: `asOf` is `as_of`."""
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", variable)


def meaningful_parameters(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Drop parameters that a form left empty and tracking parameters."""
    return [(name, text) for name, text in pairs if text and not IGNORED.fullmatch(name)]


def named_as_here(
    pairs: Sequence[tuple[str, str]], types: Mapping[str, GraphQLInputType]
) -> list[tuple[str, str]] | None:
    """Rename parameters to the names used here; None if nothing changes. `types`: as in `parse_parameters`."""
    names = {parameter_name(name) for name in types if name != "language"}
    renamed = [
        (OTHER_NAMES[name] if name not in names and OTHER_NAMES.get(name) in names else name, text)
        for name, text in pairs
    ]
    return renamed if renamed != list(pairs) else None


def parse_parameters(pairs: Iterable[tuple[str, str]], types: Mapping[str, GraphQLInputType]) -> Variables:
    """Convert URL parameters to variables. Empty parameters are treated as absent. Raises RequestError.

    types: types of the operation's variables, by name.
    """
    names = {parameter_name(name): name for name in types}
    texts: dict[str, list[str]] = {}
    for parameter, text in pairs:
        if parameter not in names:
            if not IGNORED.fullmatch(parameter):
                raise _unknown(parameter, names)
        elif text:
            texts.setdefault(parameter, []).append(text)
    return {names[parameter]: _value(parameter, given, types[names[parameter]]) for parameter, given in texts.items()}


def _unknown(parameter: str, names: Iterable[str]) -> RequestError:
    near = get_close_matches(parameter, names, 1)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    known = ", ".join(f"`{name}`" for name in sorted([*names, LANGUAGE]))
    return bad_parameter(parameter, f"There is no parameter `{parameter}` here.{hint} Valid parameters: {known}.")


def bad_parameter(parameter: str, message: str) -> RequestError:
    """Return the error for an invalid parameter."""
    return RequestError(400, "BAD_USER_INPUT", message, parameter=parameter)


def _value(parameter: str, texts: list[str], type_: GraphQLInputType) -> object:
    if isinstance(get_nullable_type(type_), GraphQLList):
        return [_scalar(parameter, part, type_) for text in texts for part in text.split(",") if part]
    if len(texts) > 1:
        raise bad_parameter(parameter, f"`{parameter}` is given {len(texts)} times, but takes only one value.")
    return _scalar(parameter, texts[0], type_)


def _scalar(parameter: str, text: str, type_: GraphQLInputType) -> object:
    named = get_named_type(type_)
    if isinstance(named, GraphQLEnumType):
        return _enum_value(parameter, text, named)
    match named.name:
        case "Int":
            if not re.fullmatch(r"-?\d{1,10}", text):
                raise bad_parameter(parameter, f"`{parameter}` must be a whole number.")
            return int(text)
        case "Float":
            if not re.fullmatch(r"-?\d{1,10}(\.\d{1,10})?", text):
                raise bad_parameter(parameter, f"`{parameter}` must be a number.")
            return float(text)
        case "Boolean":
            if text.lower() not in ("true", "false"):
                raise bad_parameter(parameter, f"`{parameter}` must be `true` or `false`.")
            return text.lower() == "true"
        case "Date":
            return whole_day(parameter, text)
        case _:
            return text


def _enum_value(parameter: str, text: str, enum: GraphQLEnumType) -> str:
    value = text.upper().replace("-", "_")
    if value not in enum.values:
        raise bad_parameter(parameter, f"`{parameter}` must be one of {', '.join(enum.values)}.")
    return value


def whole_day(parameter: str, text: str) -> str:
    """Complete a year or month to its first day, or to its last day if the parameter is the end of a range."""
    parts = UNFINISHED_DAY.fullmatch(text)
    if not parts:
        return text
    is_end = parameter in ("to", "as_of") or parameter.endswith("_to")
    month = int(parts[2] or (12 if is_end else 1))
    if not 1 <= month <= 12:
        raise bad_day(parameter)
    day = monthrange(max(1, int(parts[1])), month)[1] if is_end else 1
    return f"{parts[1]}-{month:02}-{day:02}"


def is_day(text: str) -> bool:
    """Whether a text is a day, or a month or year, which stands for its last day."""
    try:
        date.fromisoformat(whole_day(DAY, text))
    except (ValueError, RequestError):
        return False
    return True


def bad_day(parameter: str) -> RequestError:
    """Return the error for a parameter that is not a day."""
    return bad_parameter(parameter, f"`{parameter}` must be a day (2018-05-31), a month (2018-05) or a year.")


def required_variables(types: Mapping[str, GraphQLInputType]) -> list[str]:
    """List the required variables of the operation."""
    return [name for name, type_ in types.items() if isinstance(type_, GraphQLNonNull)]
