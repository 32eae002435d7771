"""The change log that a load writes, and GraphQL's view of it."""

from dataclasses import replace
from typing import Any

import pytest

from service.settings import SEEDS
from service.store.loading.load import load_record
from service.store.record.record import Name, Record
from service.store.seeds import read
from service.store.transactions import write_transaction
from tests.conftest import statement
from tests.schema.asking import answer

pytestmark = [pytest.mark.slow, pytest.mark.sql]

QUERY = """
query ($since: Int, $involving: [String!], $language: LanguageTag) {
  dataset { revision }
  changes(since: $since, filter: {involving: $involving}, orderBy: REVISION_ASC, first: 100) {
    totalCount completeSince
    nodes { revision change kind slug label(language: $language) entry { slug label } }
  }
}
"""
QUOTE = "donald-trump-love-letters"


@pytest.fixture(scope="module")
def seeds() -> Record:
    return read(SEEDS)


def load(url: str, record: Record) -> int:
    """Run a load and return the revision after it."""
    with write_transaction(url) as connection:
        return load_record(connection, record).revision


async def fetch_changes(url: str, **variables: Any) -> list[tuple[int, str, str, str]]:
    changes = (await answer(url, QUERY, variables))["data"]["changes"]
    assert changes["totalCount"] == len(changes["nodes"])
    return [tuple(node[name] for name in ("revision", "change", "kind", "slug")) for node in changes["nodes"]]


def without_fact(record: Record, slug: str) -> Record:
    return replace(record, facts={key: fact for key, fact in record.facts.items() if key != slug})


def with_name(record: Record, actor: str, name: Name) -> Record:
    one = record.actors[actor]
    return replace(record, actors={**record.actors, actor: replace(one, names=(*one.names, name))})


async def test_a_first_load_adds_each_entry_once_and_the_same_again_changes_nothing(
    scratch: str, seeds: Record
) -> None:
    assert [load(scratch, seeds), load(scratch, seeds)] == [1, 1]
    data = (await answer(scratch, "{ dataset { counts { kind count } } changes { totalCount completeSince } }"))["data"]
    entries = sum(each["count"] for each in data["dataset"]["counts"] if each["kind"] != "CLAIM")
    assert data["changes"] == {"totalCount": entries, "completeSince": 0}
    assert await fetch_changes(scratch, since=1) == []


async def test_what_goes_keeps_its_label_and_whom_it_involved_until_it_comes_back(scratch: str, seeds: Record) -> None:
    load(scratch, seeds)
    label = f'{{ quote(slug: "{QUOTE}") {{ label(language: "de") }} }}'
    last_told = (await answer(scratch, label))["data"]["quote"]["label"]
    assert load(scratch, without_fact(seeds, QUOTE)) == 2
    # the speaker is less well known now, which only shows in the search
    assert await fetch_changes(scratch, since=1) == [(2, "REMOVED", "QUOTE", QUOTE)]
    gone = (await answer(scratch, QUERY, {"since": 1, "language": "de", "involving": ["donald-trump"]}))["data"]
    (change,) = gone["changes"]["nodes"]
    assert (change["label"], change["entry"], gone["dataset"]["revision"]) == (last_told, None, 2)
    filter_ = f'{{slug: "{QUOTE}", involving: "donald-trump"}}'
    both = f"{{ changes(filter: {filter_}) {{ nodes {{ revision label entry {{ id }} }} }} }}"
    english = (await answer(scratch, both))["data"]["changes"]["nodes"]
    assert [(each["revision"], each["entry"]) for each in english] == [(2, None), (1, None)]
    assert english[0]["label"] == english[1]["label"] != QUOTE
    load(scratch, seeds)
    assert await fetch_changes(scratch, since=2, involving=["donald-trump"]) == [(3, "ADDED", "QUOTE", QUOTE)]
    back = (await answer(scratch, both))["data"]["changes"]["nodes"]
    assert [each["revision"] for each in back if each["entry"]] == [3, 2, 1]


async def test_another_name_changes_the_entry_alone(scratch: str, seeds: Record) -> None:
    load(scratch, seeds)
    load(scratch, with_name(seeds, "moon-jae-in", Name("Whoever", "en", "ALIAS", {})))
    assert await fetch_changes(scratch, since=1) == [(2, "CHANGED", "PERSON", "moon-jae-in")]
    assert await fetch_changes(scratch, since=1, involving=["vladimir-putin"]) == []


async def test_a_register_that_was_loaded_before_there_was_a_log_says_since_when_it_is_whole(
    scratch: str, seeds: Record
) -> None:
    load(scratch, seeds)
    statement(scratch, "TRUNCATE entry_change")
    query = "{ changes { totalCount completeSince } }"
    assert (await answer(scratch, query))["data"]["changes"] == {"totalCount": 0, "completeSince": 1}
    load(scratch, without_fact(seeds, QUOTE))
    assert (await answer(scratch, query))["data"]["changes"] == {"totalCount": 1, "completeSince": 1}
