"""Values of fields and properties, as types that pydantic checks; references are looked up in an `Index`."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, GetPydanticSchema, TypeAdapter, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema
from typing_extensions import TypeAliasType

from service.store import dates
from service.store.enums import FACT_TYPES, PRESENT, Role
from service.store.notation.citations import SLUG, Change, Part, parse_change, parse_part

PAIR = f"{SLUG}--{SLUG}"
NUMBER = "^(0|[1-9][0-9]{0,8})$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"


@dataclass
class Index:
    """GraphQL type of every entry written in the seeds, by slug; `agencies` are the news agencies."""

    actors: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    datasets: dict[str, str] = field(default_factory=dict)
    agencies: set[str] = field(default_factory=set)


class Reference(str):
    """Slug of an entry, with the GraphQL type of that entry."""

    typename: str


_OF_FACT = object()


def contains(annotation: Any, part: object) -> bool:
    """Return whether the type of a field contains a part, at any depth."""
    return annotation == part or any(contains(each, part) for each in get_args(annotation))


def takes_dates(annotation: Any) -> bool:
    """Return whether the type of a field takes dates."""
    return contains(annotation, _VALID_DATE)


def refers_to_fact(annotation: Any) -> bool:
    """Return whether the type of a field holds slugs of facts."""
    return contains(annotation, _OF_FACT)


def _slug_of(entries: str, *typenames: str, called: str = "") -> AfterValidator:
    """Return a validator that looks for an entry in the index among `entries`."""

    def find(slug: str, info: ValidationInfo[Index]) -> Reference:
        typename = getattr(info.context, entries).get(slug)
        if typename in typenames:
            reference = Reference(slug)
            reference.typename = typename
            return reference
        if entries == "places" and info.context and info.context.actors.get(slug) == "Country":
            raise ValueError(f"the country {slug!r} has no Place of kind COUNTRY with its slug in places.yaml")
        raise ValueError(f"there is no {called or ' or '.join(typenames)} {slug!r}")

    return AfterValidator(find)


def _check_date(text: str) -> str:
    try:
        dates.parse(text)
    except dates.InvalidDate as error:
        raise ValueError(f"{text!r}: {error}") from None
    return text


Slug = Annotated[str, Field(pattern=f"^{SLUG}$")]
Language = Annotated[str, Field(pattern=LANGUAGE)]
Number = Annotated[str, Field(pattern=NUMBER)]
Phrase = Annotated[str, Field(max_length=200)]
_VALID_DATE = AfterValidator(_check_date)
Date = Annotated[str, _VALID_DATE]
Texts = TypeAliasType("Texts", dict[Language, str])

Actor = Annotated[Slug, _slug_of("actors", "Country", "Organisation", "Person", called="actor")]
Person = Annotated[Slug, _slug_of("actors", "Person")]
Organisation = Annotated[Slug, _slug_of("actors", "Organisation")]
Country = Annotated[Slug, _slug_of("actors", "Country")]
Source = Annotated[Slug, _slug_of("sources", "Source")]
Place = Annotated[Slug, _slug_of("places", "Place")]
Meeting = Annotated[Slug, _slug_of("facts", "Summit", "Talks"), _OF_FACT]
Quote = Annotated[Slug, _slug_of("facts", "Quote"), _OF_FACT]
SourceDataset = Annotated[Slug, _slug_of("datasets", "SourceDataset", called="data set")]
Fact = Annotated[Slug, _slug_of("facts", *FACT_TYPES, called="fact"), _OF_FACT]


_ACTOR: TypeAdapter[str] = TypeAdapter(Actor)


def changing_value(*, has_author: bool) -> GetPydanticSchema:
    """Mark a value that changes: `VALUE [from EDTF] [by ACTOR]`, read into a `Change`."""

    def read(text: Any, value_of: Callable[[Any], Any], info: ValidationInfo[Index]) -> Change:
        change = parse_change(str(text), has_author=has_author)
        if change.effective:
            _check_date(change.effective)
        if change.by:
            _ACTOR.validate_python(change.by, context=info.context)
        return replace(change, value=value_of(change.value))

    def pattern(schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        words = handler.resolve_ref_schema(value := handler(schema)).get("enum")
        return {"pattern": rf"^({'|'.join(words)})( from \S+)?( by {SLUG})?$"} if words else value

    return GetPydanticSchema(
        lambda source, handler: core_schema.with_info_wrap_validator_function(read, handler(source)), pattern
    )


PARTS = (*PRESENT, Role.INTERPRETER)
"""Roles that an actor may have in a meeting."""


def part_in_meeting(*, is_counted: bool) -> GetPydanticSchema:
    """Read the part of an actor in a meeting, `[COUNT] ROLE [for ACTOR]`, into a `Part`."""
    pattern = rf"^{'([1-9][0-9]* )?' if is_counted else ''}({'|'.join(role.value for role in PARTS)})( for {SLUG})?$"

    def read(text: Any, info: ValidationInfo[Index]) -> Part:
        part = parse_part(str(text))
        if part.role not in PARTS:
            *others, last = (role.value for role in PARTS)
            raise ValueError(f"{part.role!r} is not one of {', '.join(others)} or {last}")
        if part.count and not is_counted:
            raise ValueError(f"{text!r}: only unnamed participants can have a count")
        if part.on_behalf_of:
            _ACTOR.validate_python(part.on_behalf_of, context=info.context)
        return part

    return GetPydanticSchema(
        lambda source, handler: core_schema.with_info_plain_validator_function(read),
        lambda schema, handler: {"type": "string", "pattern": pattern},
    )
