"""What is cached of an operation is small, as garbage collection over it stops everybody."""

from __future__ import annotations

import gc
from contextlib import nullcontext

import pytest
from graphql.language import Node, Token

from schema import schema
from service.language.errors import OperationError
from service.planner.planner import Planner

pytestmark = pytest.mark.slow

DOCUMENTS = 20
FIELDS = " ".join(f"a{number}: slug" for number in range(50))
ASKED = {
    "accepted": f"query q% {{ leaders {{ nodes {{ {FIELDS} }} }} }}",
    "refused by its cost": "query q% { people(first: 100) { nodes { facts { counts(by: [OUTLET, INVOLVED]) { count } "
    f"nodes {{ {FIELDS} }} }} }} }} }}",
    "refused for an argument": f"query q% {{ leaders(first: 101) {{ nodes {{ {FIELDS} }} }} }}",
    "not valid": f"query q% {{ leaders {{ nodes {{ {FIELDS} nothing }} }} }}",
    "not valid, with a text": f'query q% {{ leader(slug: "a%") {{ {FIELDS} nothing }} }}',
    "no GraphQL": f"query q% {{ leaders {{ nodes {{ {FIELDS} }} }} ",
}


def in_trees() -> int:
    """Return how many objects of parsed documents there are."""
    gc.collect()
    return sum(isinstance(each, Node | Token) for each in gc.get_objects())


def ask(planner: Planner, case: str, number: int = 0) -> None:
    """Run it under a name that nothing else has."""
    with nullcontext() if case == "accepted" else pytest.raises(OperationError):
        planner.prepare(ASKED[case].replace("%", str(number)))


@pytest.mark.parametrize("case", ASKED)
def test_no_tree_is_kept(case: str) -> None:
    planner = Planner(schema)
    ask(planner, case)
    one = in_trees()
    for number in range(1, DOCUMENTS):
        ask(planner, case, number)
    assert len(planner.cache) >= DOCUMENTS
    # the last tree that was read stays until there is another
    assert in_trees() - one < 2 * DOCUMENTS


@pytest.mark.parametrize("case", ASKED)
def test_garbage_is_looked_for_again_afterwards(case: str) -> None:
    assert gc.isenabled()
    ask(Planner(schema), case)
    assert gc.isenabled()
    gc.disable()
    try:
        ask(Planner(schema), case)
        assert not gc.isenabled()
    finally:
        gc.enable()
