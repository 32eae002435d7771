"""Accept headers, as programs send them, and the responses to them."""

from __future__ import annotations

import pytest

from service.web.negotiation import GRAPHQL_JSON, JSON, is_json, negotiate, wants_page


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("APPLICATION/JSON ; charset=UTF-8", JSON),
        ('application/json; charset="utf-8"', JSON),
        ("application/json, */*", JSON),
        ("application/json, application/graphql-response+json;q=0.9", JSON),
        ("application/graphql-response+json", GRAPHQL_JSON),
        ("application/graphql-response+json, */*", GRAPHQL_JSON),
        ("application/json, application/graphql-response+json", GRAPHQL_JSON),
        ("application/json;q=0.4, application/*;q=0.5", GRAPHQL_JSON),
        ("*/*, application/json;q=0", GRAPHQL_JSON),
        # Apollo Client, urql, Relay and the like
        ("application/graphql-response+json,application/json;q=0.9", GRAPHQL_JSON),
        ("application/graphql-response+json, application/graphql+json, application/json", GRAPHQL_JSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
        ("text/html", None),
        ("application/json;q=0", None),
        ("application/json;q=much", None),
        ("application/json; charset=latin-1", None),
        (",", None),
    ],
)
def test_the_media_type_of_an_answer(accept: str, media: str | None) -> None:
    assert negotiate(accept.encode()) == media


@pytest.mark.parametrize(
    ("accept", "is_page"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/html", True),
        ("text/html, application/json", True),
        ("text/html;q=0.5, application/json", False),
        ("text/html;q=0", False),
        ("text/*", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_only_who_names_html_gets_the_page(accept: str, is_page: bool) -> None:
    assert wants_page(accept.encode()) is is_page


@pytest.mark.parametrize(
    ("content_type", "is_it"),
    [
        ("application/json", True),
        ("Application/JSON;charset=UTF-8", True),
        ('application/json; charset="utf-8"', True),
        ("application/json; charset=utf-16", False),
        ("application/graphql", False),
        ("text/json", False),
        ("", False),
    ],
)
def test_a_body_that_is_said_to_be_json(content_type: str, is_it: bool) -> None:
    assert is_json(content_type.encode()) is is_it
