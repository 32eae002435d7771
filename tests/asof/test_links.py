"""A fact may name a meeting that only later sources report: on earlier days, that meeting is absent."""

from dataclasses import replace
from typing import Any

import pytest

from service.settings import REPOSITORY
from service.store.loading.load import load_record
from service.store.record.record import Fact
from service.store.seeds import read
from service.store.transactions import write_transaction
from tests.oracle.oracle import Oracle
from tests.oracle.register import read as register_in
from tests.oracle.search import Search
from tests.schema.asking import answer

pytestmark = pytest.mark.slow

LATER = "hanoi-2019"
"""A meeting first reported in April 2019."""
EARLY = {
    "quotes": "russia-values-korean-rapprochement",
    "events": "russia-praises-korean-rapprochement",
    "invitations": "lavrov-invites-kim-to-russia",
}
"""Facts reported in May 2018."""
QUERY = """query ($day: Date, $meeting: [String!]) {
    quotes(asOf: $day, filter: {meeting: $meeting}) { totalCount nodes { slug meeting { slug } } }
    events(asOf: $day, filter: {meeting: $meeting}) { totalCount nodes { slug meeting { slug } } }
    invitations(asOf: $day, filter: {meeting: $meeting}) { totalCount nodes { slug meeting { slug } } }
}"""


@pytest.fixture
def linked_register(scratch: str) -> str:
    """Return the register with three facts linked to a meeting that is reported later than they are."""
    record = read(REPOSITORY / "seeds")
    facts = {**record.facts, **{slug: at_meeting(record.facts[slug]) for slug in EARLY.values()}}
    with write_transaction(scratch) as connection:
        load_record(connection, replace(record, facts=facts))
    return scratch


def at_meeting(fact: Fact) -> Fact:
    claims = tuple(claim for claim in fact.claims if claim.property != "meeting")
    return replace(fact, claims=claims, fields={**fact.fields, "meeting": LATER})


@pytest.mark.parametrize(("day", "is_known"), [("2018-05-31", False), ("2019-04-18", True), (None, True)])
async def test_a_filter_finds_nothing_by_a_meeting_that_is_not_known_yet(
    linked_register: str, day: str | None, is_known: bool
) -> None:
    variables: dict[str, Any] = {"day": day, "meeting": [LATER]}
    answered = (await answer(linked_register, QUERY, variables))["data"]
    for name, slug in EARLY.items():
        assert (slug in [node["slug"] for node in answered[name]["nodes"]]) == is_known
        assert (answered[name]["totalCount"] > 0) == is_known
    assert Oracle(await register_in(linked_register), Search(linked_register)).answer(QUERY, variables) == answered
