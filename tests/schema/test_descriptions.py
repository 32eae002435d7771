"""Everything in the schema is described, and the schema that is checked in is the one that is served."""

from collections.abc import Iterator
from typing import Any

from schema import print_sdl, schema
from service.settings import REPOSITORY


def descriptions() -> Iterator[tuple[str, str | None]]:
    """Return each type, field, argument and enum value with its description."""
    for type_ in schema._schema.type_map.values():
        if type_.name.startswith("__"):
            continue
        yield type_.name, type_.description
        members: dict[str, Any] = getattr(type_, "fields", None) or getattr(type_, "values", None) or {}
        for name, member in members.items():
            yield f"{type_.name}.{name}", member.description
            for argument, taken in getattr(member, "args", {}).items():
                yield f"{type_.name}.{name}({argument})", taken.description


def test_every_type_field_argument_and_value_is_described() -> None:
    found = dict(descriptions())
    assert {"Person", "Person.offices", "Person.offices(on)", "DateRange.match", "Rank.NORMAL"} <= found.keys()
    assert [name for name, description in found.items() if not (description or "").strip()] == []


def test_a_description_is_a_sentence() -> None:
    endings = {name: (description or "").rstrip()[-1:] for name, description in descriptions()}
    assert [name for name, ending in endings.items() if ending not in (".", "`", ")")] == []


def test_the_schema_that_is_checked_in_is_the_one_that_is_served() -> None:
    checked_in = (REPOSITORY / "schema" / "schema.graphql").read_text(encoding="utf-8")
    assert checked_in == print_sdl()
