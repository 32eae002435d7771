"""Refused parameters of a page: it is shown without them, and its forms keep their values and say what they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphql import GraphQLInputType, get_named_type

from service.pages.parameters import DAY, parameter_name
from service.web.problems import RequestError

DATE = "Enter a date such as 31 May 2018, May 2018 or 2018."
OF_TYPES: Mapping[str, str] = {"Date": DATE, "Int": "Enter a whole number."}
"""What a field takes, by the type of its variable, if the text is of another type. Templates translate it."""
OF_REASONS: Mapping[str, str] = {
    "INVALID_DATE": DATE,
    "TOO_MANY_CHARACTERS": "Enter at most 200 characters.",
    "TOO_MANY_WORDS": "Enter at most 100 words and 10,000 characters.",
}
"""The same by the reason for which a text of the right type is refused."""


class Refusal(NamedTuple):
    """`text`: value as sent. `advice`: what the field takes; None if only the `detail` says so, as for programs."""

    text: str
    advice: str | None
    detail: str


def refusals(
    error: RequestError, pairs: Iterable[tuple[str, str]], types: Mapping[str, GraphQLInputType]
) -> dict[str, Refusal]:
    """Return the parameters that an error refuses, by name; empty if it is about anything else.

    pairs: parameters of the request. types: types of the operation's variables, by name.
    """
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    named = {DAY: "Date"} | {parameter_name(name): get_named_type(type_).name for name, type_ in types.items()}
    told: Iterable[Mapping[str, str]] = error.extensions.get("errors", [{"detail": error.message, **error.extensions}])
    found: dict[str, Refusal] = {}
    for each in told:
        name = each.get("parameter", "")
        if error.code == "BAD_USER_INPUT" and name in texts and name in named:
            is_one = len(texts[name]) == 1
            advice = OF_REASONS.get(each["reason"]) if "reason" in each else OF_TYPES.get(named[name])
            text = ",".join(texts[name]).replace("\0", "\ufffd")
            found[name] = Refusal(text, advice if is_one else None, each["detail"])
    return found
