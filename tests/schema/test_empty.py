"""An empty store responds to every question, with nothing."""

import json
from typing import Any

import pytest
from graphql import get_named_type

from schema import schema
from service.store.loading.load import load_record
from service.store.record.record import Record
from service.store.transactions import write_transaction
from tests.schema.asking import answer

GIVEN = {
    "slug": '"kim-jong-un"',
    "code": '"KP"',
    "between": '["donald-trump", "kim-jong-un"]',
    "from": '"donald-trump"',
    "to": '"kim-jong-un"',
    "text": '"Hanoi"',
    "id": '"UGVyc29uOmtpbS1qb25nLXVu"',
    "ids": '["UGVyc29uOmtpbS1qb25nLXVu"]',
}
NOWHERE = {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None}
PAGE = "nodes { __typename } edges { cursor } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
FIELDS: dict[str, Any] = schema._schema.query_type.fields  # type: ignore[union-attr]
CONNECTIONS = sorted(name for name, field in FIELDS.items() if get_named_type(field.type).name.endswith("Connection"))
SINGLE = sorted(FIELDS.keys() - {*CONNECTIONS, "nodes", "dataset", "datasets", "suggest", "network"})


@pytest.fixture
def empty(scratch: str) -> str:
    with write_transaction(scratch) as connection:
        load_record(connection, Record({}, {}, {}, {}, {}, {}))
    return scratch


def required_arguments(name: str) -> str:
    """Return the required arguments of a field."""
    given = [f"{key}: {GIVEN[key]}" for key, each in FIELDS[name].args.items() if str(each.type).endswith("!")]
    return f"({', '.join(given)})" if given else ""


async def test_each_list_is_empty(empty: str) -> None:
    asked = " ".join(f"{name}{required_arguments(name)} {{ {PAGE} }}" for name in CONNECTIONS)
    expected = {"nodes": [], "edges": [], "totalCount": 0, "pageInfo": NOWHERE}
    assert await answer(empty, f"{{ {asked} }}") == {"data": dict.fromkeys(CONNECTIONS, expected)}
    assert len(CONNECTIONS) == 19


async def test_nobody_and_nothing_is_found(empty: str) -> None:
    asked = " ".join(f"{name}{required_arguments(name)} {{ __typename }}" for name in SINGLE)
    asked += f" suggest{required_arguments('suggest')} {{ name }} datasets {{ slug }}"
    found = await answer(empty, f"{{ {asked} nodes{required_arguments('nodes')} {{ id }} }}")
    assert found["data"] == {**dict.fromkeys(SINGLE), "suggest": [], "datasets": [], "nodes": [None]}
    warned = {(*each["path"], each["value"]) for each in found["extensions"]["warnings"]}
    of_two = {(name, who) for name in ("path", "relationship") for who in ("donald-trump", "kim-jong-un")}
    of_one = {name: json.loads(GIVEN[key]) for name in SINGLE for key in ("slug", "code") if key in FIELDS[name].args}
    assert warned == of_two | set(of_one.items())
    assert len(SINGLE) == 18


async def test_there_is_nothing_to_count(empty: str) -> None:
    query = """{
      quotes { counts(by: [SPEAKER, YEAR]) { count } }
      events { counts(by: [MODE]) { count } tone { events cooperation conflict sum mean } }
      search(text: "Hanoi") { counts { count } }
      network { around { slug } people { slug } ties { weight } peopleCount tieCount }
      dataset { counts { kind } languages properties { term } modes { term } downloads { url } }
    }"""
    assert await answer(empty, query) == {
        "data": {
            "quotes": {"counts": []},
            "events": {"counts": [], "tone": {"events": 0, "cooperation": 0, "conflict": 0, "sum": 0, "mean": None}},
            "search": {"counts": []},
            "network": {"around": None, "people": [], "ties": [], "peopleCount": 0, "tieCount": 0},
            "dataset": {"counts": [], "languages": [], "properties": [], "modes": [], "downloads": []},
        }
    }
