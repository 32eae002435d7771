"""Notation of fields: names, citations, and values that are plain or cited."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetPydanticSchema,
    Tag,
    WithJsonSchema,
)
from pydantic_core import core_schema
from typing_extensions import TypeAliasType

from service.store.documents.addresses import Address, parse_address
from service.store.enums import NameKind, Role
from service.store.notation import values
from service.store.notation.citations import Citation, CitedClaim, Part, parse_citation, parse_cited_claim
from service.store.notation.times import TimeSpan, parse_day, parse_time_span
from service.store.notation.values import LANGUAGE, Language, Phrase, Slug, Texts
from service.store.record.snapshots import property_of_role

T = TypeVar("T")
_LANGUAGE = re.compile(LANGUAGE)


class EntryModel(BaseModel):
    """An entry of a seed file; its fields have the same names as in the file."""

    model_config = ConfigDict(
        extra="forbid",
        use_enum_values=True,
        defer_build=True,
        model_title_generator=lambda model: model.__name__.removesuffix("Entry"),
    )
    slug: ClassVar[Any] = Slug


@dataclass(frozen=True)
class Property:
    """Names of the claims of a field (for None, its role or else the field's name), and whose role they give.

    `parts`: the roles of which the field gives each actor one; its claims are named after them. `is_many`: all values
    are shown, so that no claim decides. `is_open`: a fact of any kind can have claims of it.
    """

    name: str | None = None
    role: Role | None = None
    parts: tuple[Role, ...] = ()
    is_many: bool = False
    is_open: bool = True

    @property
    def roles(self) -> tuple[Role, ...]:
        return (self.role,) if self.role else self.parts

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its claims."""
        return tuple(map(property_of_role, self.roles)) or (str(self.name),)


class CitedValues(dict[Any, Any]):
    """Citations by value."""


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
    """Return a schema for what `parse` makes of a text."""
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


class NotedCitation(EntryModel):
    """A citation, optionally with a note."""

    cite: OneCitation
    note: Texts | None = None


_Noted = Annotated[NotedCitation, BeforeValidator(_long_form, json_schema_input_type=OneCitation | NotedCitation)]
Citations = TypeAliasType("Citations", OneOrMore[_Noted])

# ------------------------------------------------------------------ plain or cited


def _tag_of_form(given: Any) -> str | None:
    return next((form.__name__ for form in (str, list, dict) if isinstance(given, form)), None)


def _tag_of_texts(given: Any) -> str | None:
    if not isinstance(given, dict):
        return None
    is_texts = all(isinstance(text, str) and _LANGUAGE.match(key or "") for key, text in given.items())
    return "texts" if is_texts else "dict"


def _by_form(ways: str, form: Callable[[Any], str | None] = _tag_of_form) -> Discriminator:
    """Return a discriminator that chooses, by form, between ways of writing a value."""
    return Discriminator(form, "way", f"write it {ways}")


def _require_mapping(given: Any) -> Any:
    if not isinstance(given, dict):
        raise ValueError("write it as value: citations")
    return given


def _check_once(slugs: list[str]) -> list[str]:
    if twice := next((slug for slug in slugs if slugs.count(slug) > 1), None):
        raise ValueError(f"{twice} is listed twice")
    return slugs


Plain = Annotated[T, Tag("str")]
Cited = Annotated[
    dict[T | None, Citations], BeforeValidator(_require_mapping), AfterValidator(CitedValues), Tag("dict")
]
Slugs = Annotated[list[T], AfterValidator(_check_once), Field(json_schema_extra={"uniqueItems": True}), Tag("list")]

OnlyCited = Annotated[Cited[T] | None, Property()]
Value = Annotated[Annotated[Plain[T] | Cited[T], _by_form("plain or as value: citations")] | None, Property()]
Values = Annotated[
    Annotated[Slugs[T] | Cited[T], _by_form("as a list of slugs or as value: citations")] | None,
    Property(is_many=True),
]
TextsOrValue = Annotated[
    Annotated[
        Annotated[Texts, Tag("texts")] | Cited[Phrase],
        _by_form("as texts by language or as value: citations", _tag_of_texts),
    ]
    | None,
    Property(),
]
PartInMeeting = Annotated[Part, values.part_in_meeting(is_counted=False)]
PartOfUnnamed = Annotated[Part, values.part_in_meeting(is_counted=True)]
_PARTS = _by_form("plain or as part: citations")
_Participation = Annotated[Plain[PartInMeeting] | Cited[PartInMeeting], _PARTS]
Participants = Annotated[dict[values.Actor, _Participation] | None, Property(parts=values.PARTS, is_many=True)]
Unnamed = dict[Phrase, Annotated[Plain[PartOfUnnamed] | Cited[PartOfUnnamed], _PARTS]] | None
OpenProperty = Annotated[
    Any, WithJsonSchema({"type": "object", "additionalProperties": {"$ref": "#/definitions/Citations"}})
]

# ------------------------------------------------------------------ names

Spelling = Annotated[str, Field(pattern=r"^[^\s|]([^|\r\n]*[^\s|])?$")]


def _require_common(names: dict[NameKind, dict[str, list[str]]]) -> dict[NameKind, dict[str, list[str]]]:
    common = names.get(NameKind.COMMON)
    if not common:
        raise ValueError("a COMMON name is missing")
    if any(len(texts) > 1 for texts in common.values()):
        raise ValueError("COMMON takes one name for each language, the one that is displayed")
    for texts in (texts for by_language in names.values() for texts in by_language.values()):
        _check_once(texts)
    return names


_COMMON: Any = {"type": "object", "propertyNames": {"pattern": LANGUAGE}, "additionalProperties": {"type": "string"}}
_NAMES = Field(json_schema_extra={"required": ["COMMON"], "properties": {"COMMON": _COMMON}})
Names = TypeAliasType(
    "Names",
    Annotated[dict[NameKind, dict[Language, OneOrMore[Spelling]]], AfterValidator(_require_common), _NAMES],
)
