"""Properties to which claims refer: those with fields in kinds, and those described in properties.yaml."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter

from service.store.kinds import KINDS
from service.store.notation import values
from service.store.notation.fields import Cited, EntryModel
from service.store.notation.values import Index, Language, Phrase
from service.store.plover import ALL_MODES
from service.store.record.record import Texts
from service.store.seeds.entry import Entry, read_entries
from service.store.seeds.files import Problems, SeedFile


class PropertyEntry(EntryModel):
    """Meaning of a property or another open term in each language. `value` is the kind of value that it takes."""

    slug = str
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Language, str]

    value: Literal["phrase", "date", "number", "actor", "place", "fact"] | None = None
    en: str


VALUE_TYPES: Mapping[str, TypeAdapter[Any]] = {
    "phrase": TypeAdapter(Cited[Phrase]),
    "date": TypeAdapter(Cited[values.Date]),
    "number": TypeAdapter(Cited[values.Number]),
    "actor": TypeAdapter(Cited[values.Actor]),
    "place": TypeAdapter(Cited[values.Place]),
    "fact": TypeAdapter(Cited[values.Fact]),
}
"""Type of the claims of a property, by the kind of value that properties.yaml gives it."""

KNOWN_PROPERTIES: Mapping[str, Any] = {
    name: kind.entry.model_fields[field].annotation if property.is_open and not property.roles else None
    for kind in KINDS
    for field, property in kind.properties.items()
    for name in property.names
}
"""The properties that some kind has a field for, and that sources can be cited for.

Those that any fact can have claims of, whether or not its kind has the field, with what is written there."""


@cache
def type_of_property(name: str) -> TypeAdapter[Any] | None:
    """Return the type of claims of a known property, if any fact can have such claims."""
    return TypeAdapter(KNOWN_PROPERTIES[name], config=EntryModel.model_config) if KNOWN_PROPERTIES.get(name) else None


def read_properties(
    files: Sequence[SeedFile], index: Index, problems: Problems
) -> tuple[dict[str, Texts], dict[str, TypeAdapter[Any]]]:
    """Return the descriptions of all terms and, for the open properties among them, the type of their claims."""
    described: dict[str, Texts] = {}
    types: dict[str, TypeAdapter[Any]] = {}
    for entry in read_entries(files, PropertyEntry, index, problems):
        for reason in _term_faults(entry):
            entry.report(reason)
        described[entry.slug] = {str(name): str(text) for name, text in entry.given.items() if name != "value"}
        if entry.slug not in KNOWN_PROPERTIES and entry.slug not in ALL_MODES:
            types[entry.slug] = VALUE_TYPES[entry.fields.value or "phrase"]
    return described, types


def _term_faults(entry: Entry[PropertyEntry]) -> Iterator[str]:
    kind = entry.fields.value
    if entry.slug in ALL_MODES or entry.slug in KNOWN_PROPERTIES:
        if kind:
            yield "value is not allowed here: the values of this term are known already"
        return
    if not entry.slug.isascii() or not entry.slug.isalnum() or not entry.slug[0].islower():
        yield "the name of a property must be in camel case"
    # The rules that decide between claims know dates by their names.
    if entry.is_whole and (kind == "date") != entry.slug.endswith(("Date", "On")):
        yield "the name of a property must end in Date or On if its values are dates, and only then"
