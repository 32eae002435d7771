"""The scalars of the contract. Values from clients are checked where they are used, so that an error can name its
argument.
"""

from typing import Any, NewType

import strawberry
from graphql import GraphQLError

from service.language.printing import print_value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f"Expected a string, found {print_value(value)}.")
    return value


Date = NewType("Date", str)
DateTime = NewType("DateTime", str)
EDTF = NewType("EDTF", str)
LanguageTag = NewType("LanguageTag", str)
URI = NewType("URI", str)
ENGLISH = LanguageTag("en")

EXTENDED = (
    "Extended Date/Time Format (Library of Congress 2019; ISO 8601-2), levels 0 and 1 plus the level 2 sets [one of] "
    "and {all of}, with the limits of the register (no seasons, times, exponents or X)."
)


def _scalar(name: str, description: str, url: str) -> Any:
    return strawberry.scalar(name=name, description=description, specified_by_url=url, serialize=str, parse_value=_text)


SCALARS: dict[object, Any] = {
    Date: _scalar(
        "Date",
        "A calendar date in ISO 8601 format: 2019-02-28.",
        "https://scalars.graphql.org/andimarek/local-date.html",
    ),
    DateTime: _scalar(
        "DateTime",
        "A point in time in ISO 8601 format, with offset.",
        "https://scalars.graphql.org/andimarek/date-time.html",
    ),
    EDTF: _scalar("EDTF", EXTENDED, "https://www.loc.gov/standards/datetime/"),
    LanguageTag: _scalar(
        "LanguageTag", "A BCP 47 language tag: de, en, de-CH, ko-Kore.", "https://www.rfc-editor.org/rfc/rfc5646"
    ),
    URI: _scalar("URI", "A URI.", "https://www.rfc-editor.org/rfc/rfc3986"),
}
