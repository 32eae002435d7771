"""The schema says what it is about, both in introspection and in its printed form."""

import orjson
from graphql import build_schema

from schema import DESCRIPTION, print_sdl, schema
from service.planner.planner import Planner


def test_the_schema_says_what_the_register_is() -> None:
    body = Planner(schema).prepare("{ __schema { description } }").body(None)
    assert DESCRIPTION.startswith("Gipfelbuch, the register of summits")
    assert build_schema(print_sdl()).description == DESCRIPTION
    assert DESCRIPTION.split("\n")[0].encode() in bytes(body)


def test_the_types_are_listed_by_name() -> None:
    body = Planner(schema).prepare("{ __schema { types { name } } }").body(None)
    names = [each["name"] for each in orjson.loads(bytes(body))["data"]["__schema"]["types"]]
    assert names == sorted(names)
    assert len(names) > 100
