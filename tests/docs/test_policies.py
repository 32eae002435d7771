"""Deprecated members say what replaces them and how long they stay, as the policy requires."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from graphql import GraphQLSchema, build_schema

from schema import schema
from tests.docs.pages import Page

REASON = re.compile(r"Use `\w+`; stays until (\d{4}-\d{2}-\d{2})\.")


def deprecated_without_notice(schema: GraphQLSchema) -> Iterator[str]:
    """Return the members that are deprecated without a replacement or a day."""
    for name, type_ in schema.type_map.items():
        members = {**getattr(type_, "fields", {}), **getattr(type_, "values", {})}
        for member, one in members.items():
            for key, each in {member: one, **getattr(one, "args", {})}.items():
                reason = each.deprecation_reason
                if reason is not None and not is_fair(reason):
                    yield f"{name}.{key}"


def is_fair(reason: str) -> bool:
    found = REASON.fullmatch(reason)
    return found is not None and date.fromisoformat(found[1]) > date(2026, 1, 1)


def test_what_goes_says_what_comes_and_when() -> None:
    assert list(deprecated_without_notice(schema._schema)) == []


@pytest.mark.parametrize(
    ("reason", "found"),
    [("Use `b`; stays until 2027-12-31.", []), ("No longer.", ["Query.a"]), ("Use `b`.", ["Query.a"])],
)
def test_a_reason_without_them_is_found(reason: str, found: list[str]) -> None:
    assert (
        list(deprecated_without_notice(build_schema(f'type Query {{ a: Int @deprecated(reason: "{reason}") b: Int }}')))
        == found
    )


def test_the_page_shows_such_a_reason() -> None:
    assert REASON.search(Page("docs/policies.md").text) is not None
