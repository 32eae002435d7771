"""Whatever is sent, as bytes, as JSON or as tokens of GraphQL in any order: an answer with data or a code, no 500.

FUZZ_EXAMPLES says how many of each are made; they are the same each time.
"""

from __future__ import annotations

import json
import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.http.test_malformed import GRAPHQL, JSON, Case, answer

EXAMPLES = 5 * int(os.environ.get("FUZZ_EXAMPLES", "40"))
TOKENS = [
    *"{}()[]:!=|&@$,#",
    *("...", "query", "mutation", "fragment", "on", "F", "Query", "Person", "__typename", "__schema", "types", "name"),
    *("leaders", "leader", "facts", "first", "slug", "nodes", "node", "id", "filter", "asOf", "after", "skip", "if"),
    *('"x"', '"2019-02-28"', '"""', "1", "-1", "1e9", "true", "null", "RANK", "\\", "\n", "\u00e4", "\ufeff"),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=9,
)
DOCUMENTS = st.lists(st.sampled_from(TOKENS), max_size=40).map(" ".join)
DECLARED = (
    "query ($a: PersonFilter, $b: Int, $c: [ID!], $d: Date) { leaders(filter: $a, first: $b, asOf: $d) { totalCount } "
)
REQUESTS = st.fixed_dictionaries(
    {"query": DOCUMENTS | st.just(DECLARED + "nodes(ids: $c) { id } }") | st.just(DECLARED + "}") | VALUES},
    optional={
        "operationName": st.none() | st.just("F") | VALUES,
        "variables": st.dictionaries(st.sampled_from("abcd"), VALUES) | VALUES,
        "extensions": VALUES,
    },
)
BODIES = st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode())
ENOUGH = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(endpoint: str, body: bytes) -> None:
    status, headers, said = answer(endpoint, Case(body, 0, None, JSON | GRAPHQL))
    assert status in (200, 400)
    assert headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    found = json.loads(said)
    codes = [error["extensions"]["code"] for error in found.get("errors", [])]
    assert codes or isinstance(found["data"], dict)
    assert "INTERNAL_SERVER_ERROR" not in codes


@given(body=BODIES)
@ENOUGH
def test_any_bytes(endpoint: str, body: bytes) -> None:
    check(endpoint, body)


@given(asked=REQUESTS)
@ENOUGH
def test_any_parameters(endpoint: str, asked: dict[str, object]) -> None:
    check(endpoint, json.dumps(asked).encode())
