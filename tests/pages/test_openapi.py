"""The OpenAPI document is valid and correct: each address is in it, and responses match it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from httpx import AsyncClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from schema import schema
from service.pages.addresses import ADDRESSES, Address
from service.pages.forms import FORMS
from service.pages.openapi import describe_addresses
from service.pages.operations import stored_operation
from service.pages.problem_types import PROBLEM_TYPES

API = describe_addresses(schema._schema, None)
HANOI = "/summits/hanoi-2019"


def component(kind: str, reference: str) -> Any:
    return API["components"][kind][reference.rpartition("/")[2]]


def parameters(path: str) -> dict[str, Any]:
    """Return the parameters of a path, by name."""
    found = [component("parameters", each["$ref"]) for each in API["paths"][path]["get"]["parameters"]]
    return {each["name"]: each for each in found}


def close_objects(node: Any) -> Any:
    """Return the same schema, without undescribed properties in any object."""
    if isinstance(node, list):
        return [close_objects(each) for each in node]
    if not isinstance(node, dict):
        return node
    shut = {"additionalProperties": False} if isinstance(node.get("properties"), dict) else {}
    return {name: close_objects(value) for name, value in node.items()} | shut


def problems(name: str, answer: Any) -> Iterator[str]:
    """Return how a response differs from a schema of the document."""
    yield from differences({"$ref": f"#/components/schemas/{name}"}, answer)


def differences(told: Any, answer: Any) -> Iterator[str]:
    """Return how a response differs from a schema, which may refer to the document's components."""
    whole = {**close_objects(told), "components": close_objects(API["components"])}
    for error in Draft202012Validator(whole).iter_errors(answer):
        yield f"{error.json_path}: {error.message[:200]}"


async def test_it_is_valid(client: AsyncClient) -> None:
    response = await client.get("/openapi.json")
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.json() == API
    validate(API)


def test_each_address_is_in_it_with_each_of_its_forms() -> None:
    for address in ADDRESSES:
        content = API["paths"][address.path]["get"]["responses"]["200"]["content"]
        if address.path == "/":
            assert list(content) == ["text/html", "application/json"]
            continue
        assert list(content) == [FORMS[form].media.partition(";")[0] for form in address.forms]
        for form in address.forms:
            told = API["paths"][f"{address.path}.{form}"]["get"]
            assert list(told["responses"]["200"]["content"]) == [FORMS[form].media.partition(";")[0]]


def test_each_variable_is_a_parameter_that_says_what_it_is() -> None:
    for address in ADDRESSES:
        variables = stored_operation(address.operation).variables(schema._schema)
        assert len(parameters(address.path)) == len(variables) + ("language" not in variables)
        assert all(each["description"] for each in parameters(address.path).values())


def test_parameters_are_told_as_they_are_written() -> None:
    told = parameters("/summits")
    assert told["status"]["schema"]["items"] == {"$ref": "#/components/schemas/MeetingStatus"}
    assert (told["status"]["style"], told["status"]["explode"]) == ("form", True)
    assert told["order_by"]["schema"]["default"] == "DATE_ASC"
    assert told["as_of"]["schema"]["pattern"] == r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"
    assert "with `as_of`, as they were dated on that day" in told["from"]["description"]
    assert parameters("/summits/{slug}")["slug"]["required"]


@pytest.mark.parametrize(
    ("path", "name", "bounds"),
    [
        ("/summits", "first", {"minimum": 0, "maximum": 100, "default": 20}),
        ("/summits", "last", {"minimum": 0, "maximum": 100}),
        ("/suggest", "first", {"minimum": 0, "maximum": 20, "default": 10}),
        ("/network", "first", {"minimum": 0, "maximum": 100, "default": 60}),
        ("/changes", "since", {"minimum": 0, "maximum": 2_147_483_647}),
    ],
)
def test_numbers_have_the_bounds_of_their_arguments(path: str, name: str, bounds: dict[str, int]) -> None:
    assert parameters(path)[name]["schema"] == {"type": "integer", **bounds}


@pytest.mark.parametrize(
    ("path", "name"),
    [("/summits?first=100", "SummitsAnswer"), (HANOI, "SummitAnswer"), ("/summits?involving=nobody", "SummitsAnswer")],
)
async def test_answers_are_as_it_says_and_nothing_else(client: AsyncClient, path: str, name: str) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    assert list(problems(name, response.json())) == []


SLUGS = {
    "summits": "hanoi-2019",
    "people": "kim-jong-un",
    "states": "KP",
    "relationships": "donald-trump--kim-jong-un",
}
"""Slugs of entries. Other kinds are requested by the first slug of their list."""


@pytest.mark.slow
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda each: each.path)
async def test_each_json_form_of_each_address_is_as_it_says(client: AsyncClient, address: Address) -> None:
    path = address.path
    if path.count("{") > 1:
        path = path.replace("{slug}", "donald-trump").replace("{other}", "kim-jong-un")
    elif "{" in path:
        folder = path.partition("/{")[0].rpartition("/")[2]
        slug = SLUGS.get(folder) or (
            "kim-jong-un"
            if folder == "timeline"
            else (await client.get(f"/{folder}.json?first=1")).json()["nodes"][0]["slug"]
        )
        path = path.replace("{slug}", slug).replace("{code}", slug)
    query = {"/search": "?text=kim", "/suggest": "?text=kim", "/path": "?from=kim-jong-un&to=moon-jae-in"}.get(path, "")
    for form in address.forms:
        media = FORMS[form].media.partition(";")[0]
        if not media.endswith("json") or address.path == "/":
            continue
        response = await client.get(f"{path}.{form}{query}")
        assert response.status_code == 200
        told = API["paths"][f"{address.path}.{form}"]["get"]["responses"]["200"]["content"][media]["schema"]
        assert list(differences(told, response.json())) == []


@pytest.mark.parametrize("path", ["/summits/hanoi-2019", "/quotes/donald-trump-home-in-two-hours"])
async def test_cards_are_as_it_says(client: AsyncClient, path: str) -> None:
    response = await client.get(f"/oembed?url=http://book.test{path}")
    told = API["paths"]["/oembed"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert response.status_code == 200
    assert list(differences(told, response.json())) == []


def test_what_is_not_as_it_says_is_seen() -> None:
    assert list(problems("Day", {"edtf": "2019"}))
    assert list(problems("Link", {"__typename": "Summit", "slug": "a", "label": "a", "more": 1}))


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/summits?first=101", {}, 400),
        ("/summits?peak=1", {}, 400),
        ("/summits?from=2018-02-31&to=abc", {}, 400),
        ("/summits/hanoi-2091", {}, 404),
        ("/summits", {"accept": "image/png"}, 406),
    ],
)
async def test_problems_are_as_it_says(client: AsyncClient, path: str, headers: dict[str, str], status: int) -> None:
    response = await client.get(path, headers=headers)
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert response.status_code == problem["status"] == status == PROBLEM_TYPES[problem["code"]].status
    assert problem["type"] == f"http://book.test/docs#{problem['code']}"
    assert list(problems("Problem", problem)) == []


async def test_the_page_shows_each_address_and_each_kind_of_problem(client: AsyncClient) -> None:
    response = await client.get("/docs", headers={"accept": "text/html", "accept-language": "de"})
    assert (response.status_code, response.headers["content-language"]) == (200, "de")
    for address in ADDRESSES:
        assert f"<code>{address.path}</code>" in response.text
    for code in PROBLEM_TYPES:
        assert f'id="{code}"' in response.text


async def test_it_says_where_the_service_stands() -> None:
    assert "servers" not in API
    assert describe_addresses(schema._schema, "https://example.org/book")["servers"] == [
        {"url": "https://example.org/book"}
    ]
