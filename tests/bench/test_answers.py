"""The benchmark compares like with like: on a small store, the service and the Strawberry peer return the same."""

from __future__ import annotations

import orjson
import pytest

from bench.measure import ask_all
from bench.operations import CONSTANT, SERVICE, STRAWBERRY, contents, operations
from bench.run import BUSIEST, add_views, column
from bench.servers import served
from bench.statements import planning
from bench.store import fill

pytestmark = pytest.mark.slow

QUOTES = 400
VALUES = {
    "one leader": 7,
    "20 summits": 302,
    "leader, 20 quotes": 161,
    "100 quotes": 1453,
    "timeline of two, 50 facts": 150,
    "search, 20 hits": 71,
    "20 summits as of a day": 48,
}
"""How many values each response has, not counting ids."""


def test_service_and_peer_say_the_same(scratch: str) -> None:
    fill(scratch, QUOTES)
    asked = operations(*column(scratch, BUSIEST))
    with served(SERVICE, scratch) as service, served(STRAWBERRY, scratch) as peer, served(CONSTANT, scratch) as none:
        found = [ask_all(each, {SERVICE: service, STRAWBERRY: peer, CONSTANT: none}) for each in asked]
    values = {each.operation.name: list(contents(orjson.loads(each.bodies[SERVICE])["data"])) for each in found}
    assert {name: len(each) for name, each in values.items()} == VALUES
    assert [len(each.bodies[CONSTANT]) for each in found] == [len(each.bodies[SERVICE]) for each in found]


def test_statement_runs_alone_and_planned_as_in_the_service(scratch: str) -> None:
    assert planning(scratch) == "-c jit=off -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1"


def test_views_of_postgraphile_fit_the_tables(scratch: str) -> None:
    add_views(scratch)
    add_views(scratch)
    assert column(scratch, "SELECT count(*) FROM pg_views WHERE schemaname = 'api'") == ["24"]
