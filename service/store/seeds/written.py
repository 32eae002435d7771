"""How fields are written: names, citations, and values that are plain or cited."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetPydanticSchema,
    Tag,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import core_schema
from typing_extensions import TypeAliasType

from service.store.documents.addresses import Address, parse_address
from service.store.enums import NameKind, Role
from service.store.seeds import values
from service.store.seeds.citations import Citation, CitedClaim, parse_citation, parse_cited_claim
from service.store.seeds.times import TimeSpan, parse_day, parse_time_span
from service.store.seeds.values import LANGUAGE, Language, Phrase, Slug, Texts

T = TypeVar("T")


class Written(BaseModel):
    """What is written in a seed file; its fields are named as they stand there."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)
    slug: ClassVar[Any] = Slug


@dataclass(frozen=True)
class Property:
    """What the claims of a field are called (as the field, for None), and the part that its actor has.

    `is_open`: any fact can have claims of it, whether or not its noun has the field.
    """

    name: str | None = None
    role: Role | None = None
    is_open: bool = True


class Told(dict[Any, Any]):
    """Value: citations."""


# ------------------------------------------------------------------ citations

OneOrMore = Annotated[
    list[T],
    GetPydanticSchema(
        lambda source, handler: core_schema.no_info_before_validator_function(
            lambda given: given if isinstance(given, list) else [given], handler(source)
        ),
        lambda schema, handler: {"anyOf": [(several := handler(schema))["items"], several]},
    ),
]


def _text_of(parse: Callable[[str], object]) -> GetPydanticSchema:
    """What `parse` makes of a text."""
    text = Annotated[str, WithJsonSchema({"type": "string"})]
    return GetPydanticSchema(lambda _, handler: core_schema.no_info_after_validator_function(parse, handler(text)))


def _long_form(given: Any) -> Any:
    if not isinstance(given, str | dict):
        raise ValueError("a citation is expected here")
    return {"cite": given} if isinstance(given, str) else given


OneDay = Annotated[date, _text_of(parse_day)]
OneTimeSpan = Annotated[TimeSpan, _text_of(parse_time_span)]
OneAddress = Annotated[Address, _text_of(parse_address)]
OneClaim = Annotated[CitedClaim, _text_of(parse_cited_claim)]
OneCitation = Annotated[Citation, _text_of(parse_citation)]


class NotedCitation(Written):
    """A citation, with a note if need be."""

    cite: OneCitation
    note: Texts | None = None


_Noted = Annotated[NotedCitation, BeforeValidator(_long_form, json_schema_input_type=OneCitation | NotedCitation)]
Citations = TypeAliasType("Citations", OneOrMore[_Noted])

# ------------------------------------------------------------------ plain or cited


def _form(given: Any) -> str | None:
    return next((form.__name__ for form in (str, list, dict) if isinstance(given, form)), None)


def _texts_or_told(given: Any) -> str | None:
    if not isinstance(given, dict):
        return None
    is_texts = all(isinstance(text, str) and re.match(LANGUAGE, key or "") for key, text in given.items())
    return "texts" if is_texts else "dict"


def _ways(ways: str, form: Callable[[Any], str | None] = _form) -> Discriminator:
    """What chooses a way to write something by its form."""
    return Discriminator(form, "way", f"it is written {ways}")


def _mapping(given: Any) -> Any:
    if not isinstance(given, dict):
        raise ValueError("it is written as value: citations")
    return given


def _each_once(slugs: list[str]) -> list[str]:
    if twice := next((slug for slug in slugs if slugs.count(slug) > 1), None):
        raise ValueError(f"{twice} stands there twice")
    return slugs


Plain = Annotated[T, Tag("str")]
Cited = Annotated[dict[T | None, Citations], BeforeValidator(_mapping), AfterValidator(Told), Tag("dict")]
Slugs = Annotated[list[T], AfterValidator(_each_once), Field(json_schema_extra={"uniqueItems": True}), Tag("list")]

OnlyCited = Annotated[Cited[T] | None, Property()]
Value = Annotated[Annotated[Plain[T] | Cited[T], _ways("plain or as value: citations")] | None, Property()]
Values = Annotated[
    Annotated[Slugs[T] | Cited[T], _ways("as a list of slugs or as value: citations")] | None, Property()
]
TextsOrValue = Annotated[
    Annotated[
        Annotated[Texts, Tag("texts")] | Cited[Phrase],
        _ways("as texts by language or as value: citations", _texts_or_told),
    ]
    | None,
    Property(),
]
PartInMeeting = Literal["PARTICIPANT", "HOST"]
Participation = Annotated[Plain[PartInMeeting] | Cited[PartInMeeting], _ways("plain or as part: citations")]
OpenProperty = Annotated[
    Any, WithJsonSchema({"type": "object", "additionalProperties": {"$ref": "#/definitions/Citations"}})
]

KINDS: Mapping[str, TypeAdapter[Any]] = {
    "phrase": TypeAdapter(Cited[Phrase]),
    "date": TypeAdapter(Cited[values.Date]),
    "number": TypeAdapter(Cited[values.Number]),
    "actor": TypeAdapter(Cited[values.Actor]),
    "place": TypeAdapter(Cited[values.Place]),
    "fact": TypeAdapter(Cited[values.Fact]),
}
"""What the claims of a property must be, by the kind of value that properties.yaml gives it."""

# ------------------------------------------------------------------ names

Spelling = Annotated[str, Field(pattern=r"^[^\s|]([^|\r\n]*[^\s|])?$")]


def _with_common(names: dict[NameKind, dict[str, list[str]]]) -> dict[NameKind, dict[str, list[str]]]:
    common = names.get(NameKind.COMMON)
    if not common:
        raise ValueError("a COMMON name is missing")
    if any(len(texts) > 1 for texts in common.values()):
        raise ValueError("COMMON has one name for each language, the one that is shown")
    for texts in (texts for by_language in names.values() for texts in by_language.values()):
        _each_once(texts)
    return names


_COMMON: Any = {"type": "object", "propertyNames": {"pattern": LANGUAGE}, "additionalProperties": {"type": "string"}}
_NAMES = Field(json_schema_extra={"required": ["COMMON"], "properties": {"COMMON": _COMMON}})
Names = TypeAliasType(
    "Names",
    Annotated[dict[NameKind, dict[Language, OneOrMore[Spelling]]], AfterValidator(_with_common), _NAMES],
)
