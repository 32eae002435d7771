"""What clients of other APIs guess: it works, or is refused with a hint that is enough to correct it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from graphql import GraphQLInputObjectType

from schema import schema
from schema.guesses import ARGUMENTS, CONDITIONS, FIELDS, ROOT_FIELDS
from service.language.hints import first_word
from tests.docs.pages import Page
from tests.queries.test_cases import run_query

OPERATIONS = [
    pytest.param(operation, id=f"{kind}-{number}")
    for kind, operations in yaml.safe_load(Path(__file__).with_name("operations.yaml").read_text("utf-8")).items()
    for number, operation in enumerate(operations, 1)
]
PAGE = Page("docs/api.md")


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_a_guess_is_answered_or_put_right(operation: dict[str, Any], database: str) -> None:
    answer, _ = await run_query(database, operation["asks"], operation.get("variables") or {})
    if "instead" not in operation:
        assert "errors" not in answer
        return
    messages = " ".join(error["message"] for error in answer["errors"])
    assert [hint for hint in operation["hints"] if hint not in messages] == [], messages
    pages = {error["extensions"]["see"] for error in answer["errors"] if "see" in error["extensions"]}
    assert pages
    assert {page.removeprefix("docs/api.md#") for page in pages} <= PAGE.anchors
    answer, _ = await run_query(database, operation["instead"], {})
    assert "errors" not in answer


def test_there_are_sixty_guesses() -> None:
    assert len(OPERATIONS) >= 60


@pytest.mark.parametrize("row", PAGE.table("asked", "refused with"), ids=lambda row: row[0])
async def test_the_page_tells_what_a_refusal_says(row: list[str], database: str) -> None:
    answer, _ = await run_query(database, row[0].strip("`"), {})
    assert row[1] in [error["message"] for error in answer["errors"]]


def test_whatever_a_hint_names_is_there() -> None:
    types = schema._schema.type_map.values()
    inputs = {field for type_ in types if isinstance(type_, GraphQLInputObjectType) for field in type_.fields}
    outputs = [
        field
        for type_ in types
        if not isinstance(type_, GraphQLInputObjectType)
        for field in getattr(type_, "fields", {}).items()
    ]
    arguments = {argument for _, field in outputs for argument in field.args}
    known = {**dict.fromkeys(name for name, _ in outputs), "__typename": None}
    for guesses, names in ((ROOT_FIELDS, known), (FIELDS, known), (ARGUMENTS, arguments), (CONDITIONS, inputs)):
        for meant in [each for several in guesses.values() for each in several]:
            assert first_word(meant) in names, meant
