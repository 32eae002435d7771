"""The benchmark compares like with like: on a small store, the service and the Strawberry peer return the same."""

from __future__ import annotations

import orjson
import pytest

from bench.harness.cost import check_operation
from bench.harness.operations import CONSTANT, SERVICE, STRAWBERRY, leaf_values, operations
from bench.harness.pgbench import planner_options
from bench.harness.servers import start_app
from bench.harness.stores import BUSIEST_SPEAKERS, create_views, fetch_column, fill_store

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
    fill_store(scratch, QUOTES)
    asked = operations(*fetch_column(scratch, BUSIEST_SPEAKERS))
    with (
        start_app(SERVICE, scratch) as service,
        start_app(STRAWBERRY, scratch) as peer,
        start_app(CONSTANT, scratch) as none,
    ):
        found = [check_operation(each, {SERVICE: service, STRAWBERRY: peer, CONSTANT: none}) for each in asked]
    values = {each.operation.name: list(leaf_values(orjson.loads(each.bodies[SERVICE])["data"])) for each in found}
    assert {name: len(each) for name, each in values.items()} == VALUES
    assert [len(each.bodies[CONSTANT]) for each in found] == [len(each.bodies[SERVICE]) for each in found]


def test_statement_runs_alone_and_planned_as_in_the_service(scratch: str) -> None:
    assert planner_options(scratch) == "-c jit=off -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1"


def test_views_of_postgraphile_fit_the_tables(scratch: str) -> None:
    create_views(scratch)
    create_views(scratch)
    assert fetch_column(scratch, "SELECT count(*) FROM pg_views WHERE schemaname = 'api'") == ["24"]
