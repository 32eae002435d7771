"""The list of natural operations: each is valid and gets a response, and pages find their rows by an index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from bench.harness.stores import fill_store
from bench.natural import NAME_QUERIES, fetch_names, fetch_plan, main, natural_operations
from schema import search
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate
from service.store.search.shares import HIDDEN, SHARES

pytestmark = pytest.mark.slow

QUOTES = 600
LARGE = {"snapshot", "claim", "presence", "involvement", "search_text", "shared"}
"""Tables that grow with the facts. A page may read no more of them than it shows, or than its leads find."""
PAGES = [each for each in natural_operations() if each.bound == 10]
IN_ORDER = {
    "facts: facts of a rare one": ["presence_date_idx", "snapshot_date_idx"],
    "facts: facts of a rare one, latest first": ["presence_date_desc_idx", "snapshot_date_desc_idx"],
    "facts: facts of a source": ["snapshot_date_idx"],
    "facts: facts of a hub outlet": ["snapshot_date_idx"],
    "quotes: quotes of a hub outlet": ["snapshot_type_date_idx"],
    "quotes: a rare one's quotes": ["presence_type_idx", "snapshot_type_date_idx"],
    "quotes: quotes of one to another": ["presence_type_idx", "snapshot_type_date_idx"],
    "meetings: a hub's meetings": ["presence_type_idx", "presence_type_idx"],
    "others: offices held on a day": ["snapshot_type_date_idx"],
    "sources: claims of a source": ["claim_order_idx"],
    "relationships: a hub's relationships": ["pair_tally_facts_idx"],
    "facts: facts as of a day, latest first": ["snapshot_foretold_idx", "snapshot_date_desc_idx"],
    "quotes: quotes as of a day, latest first": ["snapshot_foretold_idx", "snapshot_type_date_desc_idx"],
    "meetings: meetings as of a day, latest first": ["snapshot_foretold_idx"],
    "facts: facts known up to a day, latest first": ["snapshot_foretold_idx", "snapshot_date_desc_idx"],
    "quotes: quotes known up to a day, latest first": ["snapshot_foretold_idx", "snapshot_type_date_desc_idx"],
}
"""Indexes with the order of a page, for conditions that many rows meet: of one owner's rows, type by type, where a
table has that; else of all.
"""
AS_OF_A_DAY = (
    "facts: facts as of a day, latest first",
    "quotes: quotes as of a day, latest first",
    "meetings: meetings as of a day, latest first",
    "facts: facts known up to a day, latest first",
    "quotes: quotes known up to a day, latest first",
    "meetings: meetings with somebody of a hub state as of a day, latest first",
)
OWNED = {
    "meetings: meetings at a place": "meeting_place_date_idx",
    "meetings: when somebody of two states met": "participant_country_date_idx",
    "meetings: when somebody of two states met, latest first": "participant_country_date_desc_idx",
    "meetings: meetings with somebody of a hub state": "participant_country_date_idx",
    "meetings: meetings with somebody of a hub state, latest first": "participant_country_date_desc_idx",
    "meetings: meetings with somebody of a hub state as of a day, latest first": "participant_country_foretold_idx",
    "meetings: summits with somebody of a hub state, last told first": "participant_country_known_idx",
    "others: offices of a state": "office_of_idx",
    "facts: invitations and offices among facts": "snapshot_type_date_idx",
    "people: all leaders": "actor_leader_idx",
    "people: people by facts": "actor_rank_facts_idx",
    "facts: facts by who is involved": "actor_rank_facts_idx",
    "quotes: quotes by speaker": "entry_tally_now_idx",
    "meetings: a leader's own meetings": "presence_type_idx",
}
"""The index with the rows of a kind, or the most frequent kind, in the order of the page, however small the store is.
"""
COUNTED = (
    *("facts: how many facts", "facts: how many facts as of a day", "facts: how many facts of a hub"),
    *("facts: how many facts of two hubs", "facts: how many facts of a year", "facts: facts by kind"),
    *("facts: facts by month", "facts: facts by year and kind", "facts: facts by who is involved"),
    *("facts: how many facts of a rare outlet", "facts: how many facts of a hub outlet"),
    *("facts: how many facts of a hub outlet as of a day", "facts: a hub outlet's facts by kind"),
    *("facts: facts by outlet", "facts: a hub's facts by kind", "facts: a hub's facts by month"),
    *("quotes: how many quotes", "quotes: how many quotes as of a day", "quotes: how many quotes of a hub"),
    *("quotes: how many quotes by form and language", "quotes: quotes by speaker", "quotes: quotes by form"),
    *("quotes: quotes by medium", "quotes: quotes by language", "quotes: quotes by outlet", "quotes: quotes by month"),
    *("quotes: a hub's quotes by addressee", "meetings: how many meetings", "meetings: meetings by country"),
    "meetings: how many meetings with somebody of a hub state",
    *("meetings: meetings by participant", "meetings: meetings by status", "sources: how many claims"),
    *("sources: claims by outlet", "sources: claims by property", "sources: how many conflicts"),
    *("people: how many people", "sources: sources by outlet", "others: invitations by response"),
    *(f"network: {each.name}" for each in natural_operations() if "network" in each.name),
)
"""Tables with counts made by a load."""
SORTED_AS_COUNTED = {
    "relationships: all relationships": "pair_tally_facts_idx",
    "relationships: relationships by meetings": "pair_tally_meetings_idx",
    "relationships: relationships by when they last met": "pair_tally_last_met_idx",
    "relationships: relationships that share a date": "pair_tally_facts_idx",
}
"""The index on counts made by the load that gives the order of a page."""


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    with throwaway_database() as url:
        migrate(url)
        fill_store(url, QUOTES)
        yield url


@pytest.fixture(scope="module")
def in_order(store: str) -> str:
    """Return the same store, where PostgreSQL does not scan small tables completely."""
    return f"{store}&options=-c%20enable_seqscan%3Doff%20-c%20enable_bitmapscan%3Doff"


def nodes(plan: Any) -> Iterator[Any]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def fetch_plan_nodes(store: str, name: str, options: str = "VERBOSE OFF") -> list[Any]:
    (asked,) = (each for each in natural_operations() if f"{each.noun}: {each.name}" == name)
    return list(nodes(orjson.loads(fetch_plan(store, asked, options))[0]["Plan"]))


def test_each_operation_is_answered(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = natural_operations()
    assert fetch_names(store).keys() == NAME_QUERIES.keys()
    assert main([store, "--rounds", "1"]) in (0, 1)
    told = [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert told[1:] == [f"{each.noun}: {each.name}" for each in asked]
    assert len({(each.noun, each.name) for each in asked}) == len(asked) == 193


@pytest.mark.parametrize("name", [f"{each.noun}: {each.name}" for each in PAGES])
def test_a_page_reads_no_large_table_whole(store: str, name: str) -> None:
    read = {node.get("Relation Name") for node in fetch_plan_nodes(store, name) if node["Node Type"] == "Seq Scan"}
    assert read & LARGE == set()


@pytest.mark.parametrize("name", IN_ORDER)
def test_where_many_meet_a_filter_they_are_read_in_the_order_of_the_page(in_order: str, name: str) -> None:
    """The arms after the first are limits directly over the index of the order, with nothing to sort."""
    union = next(node for node in fetch_plan_nodes(in_order, name) if node["Node Type"] == "Merge Append")["Plans"]
    looked_up, *others = [arm for arm in union if arm["Parent Relationship"] == "Member"]
    assert "Sort" in {node["Node Type"] for node in nodes(looked_up)}
    for index, arm in zip(IN_ORDER[name], others, strict=False):
        assert arm["Node Type"] == "Limit"
        assert index in {node.get("Index Name") for node in nodes(arm)}
        assert "Sort" not in {node["Node Type"] for node in nodes(arm)}


@pytest.mark.parametrize("name", ["quotes: quotes at a meeting", "quotes: quotes at a meeting as of a day"])
def test_what_is_looked_up_is_not_asked_for_what_its_keys_tell(store: str, name: str) -> None:
    """A statement that looks up the quotes of a meeting does not read again at which meeting each was said."""
    union = next(node for node in fetch_plan_nodes(store, name) if node["Node Type"] in ("Append", "Merge Append"))[
        "Plans"
    ]
    looked_up, *_ = [arm for arm in union if arm["Parent Relationship"] == "Member"]
    assert {node.get("Relation Name") for node in nodes(looked_up)} - {None} == {"snapshot"}


@pytest.mark.parametrize("name", ["facts: facts of a rare one", "others: events of a hub as of a day, latest first"])
def test_what_an_actor_is_in_is_not_looked_up_again(in_order: str, name: str) -> None:
    """The row by which a fact involves an actor says in which roles."""
    union = next(node for node in fetch_plan_nodes(in_order, name) if node["Node Type"] == "Merge Append")["Plans"]
    _, of_owner, *_ = [arm for arm in union if arm["Parent Relationship"] == "Member"]
    assert [node["Relation Name"] for node in nodes(of_owner) if "Relation Name" in node] == ["presence", "snapshot"]


@pytest.mark.parametrize("name", AS_OF_A_DAY)
def test_what_was_known_on_a_day_is_read_from_the_day_on(in_order: str, name: str) -> None:
    """Nothing that has become known since then is read."""
    conditions = [node["Index Cond"] for node in fetch_plan_nodes(in_order, name) if "Index Cond" in node]
    assert any("first_on) <= ROW(true" in each for each in conditions)


@pytest.mark.parametrize("name", ["quotes: quotes known from a day on", "meetings: meetings known from a day on"])
def test_what_was_told_from_a_day_on_is_read_by_lateness(in_order: str, name: str) -> None:
    """For each lateness, reading starts where that one begins, with nothing to sort."""
    limits = [node for node in fetch_plan_nodes(in_order, name) if node["Node Type"] == "Limit"]
    *_, late = (each for each in limits if "snapshot_lateness_idx" in {node.get("Index Name") for node in nodes(each)})
    assert "Sort" not in {node["Node Type"] for node in nodes(late)}
    assert any("first_on >= CASE" in node.get("Index Cond", "") for node in nodes(late))


@pytest.mark.parametrize("name", OWNED)
def test_what_an_index_has_in_order_is_not_sorted(in_order: str, name: str) -> None:
    """Beyond rows that are equal in the columns of the index."""
    limits = [node for node in fetch_plan_nodes(in_order, name) if node["Node Type"] == "Limit"]
    by_index = [limit for limit in limits if OWNED[name] in {node.get("Index Name") for node in nodes(limit)}]
    assert any("Sort" not in {node["Node Type"] for node in nodes(limit)} for limit in by_index)


def test_what_was_known_of_a_leader_on_an_early_day_is_found_by_it(store: str) -> None:
    """By the index of an actor's facts by day, up to that day."""
    found = fetch_plan_nodes(store, "quotes: a leader's quotes as of an early day")
    by_day = [node for node in found if node.get("Index Name") == "presence_known_idx"]
    assert any("known_since <=" in node["Index Cond"] for node in by_day)


@pytest.mark.parametrize("name", COUNTED)
def test_what_a_load_has_counted_looks_at_none_of_it(store: str, name: str) -> None:
    """Of the two arms only that of the tally runs."""
    run = [node for node in fetch_plan_nodes(store, name, "ANALYZE, TIMING OFF") if node["Actual Loops"]]
    read = {node["Relation Name"] for node in run if "Relation Name" in node}
    assert read & LARGE == set()
    assert any(name.endswith(("_tally", "_rank")) for name in read)


@pytest.mark.parametrize(
    ("name", "large"),
    [
        ("facts: two hubs' facts by year", {"shared", "snapshot"}),
        ("facts: three hubs' facts by kind", {"shared", "snapshot"}),
        ("relationships: the tone between two hubs over time", {"snapshot"}),
    ],
)
def test_what_some_share_is_counted_where_it_stands(store: str, name: str, large: set[str]) -> None:
    """None of the facts is looked up in the list, only the relationships of each two."""
    run = [node for node in fetch_plan_nodes(store, name, "ANALYZE, TIMING OFF") if node["Actual Loops"]]
    assert {node.get("Relation Name") for node in run} & LARGE == large
    looked_up = [node["Actual Rows"] * node["Actual Loops"] for node in run if node.get("Relation Name") == "snapshot"]
    assert max(looked_up) <= 3


@pytest.mark.parametrize("name", SORTED_AS_COUNTED)
def test_what_is_counted_at_the_load_is_not_counted_again(store: str, name: str) -> None:
    """The page is a limit over the index of its order, without a sort."""
    page = next(node for node in fetch_plan_nodes(store, name) if node["Node Type"] == "Limit")
    assert SORTED_AS_COUNTED[name] in {node.get("Index Name") for node in nodes(page)}
    assert not {"Sort", "Incremental Sort"} & {node["Node Type"] for node in nodes(page)}


def test_where_enough_is_found_no_further_share_is_read(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_RANKED", 5)
    (asked,) = (each for each in natural_operations() if f"{each.noun}: {each.name}" == "search: one letter")
    plan = orjson.loads(fetch_plan(store, asked, "ANALYZE, TIMING OFF"))[0]["Plan"]
    shares = [node for node in nodes(plan) if node["Node Type"] == "Bitmap Index Scan"]
    results = {
        f"search_text_{name}_idx" for name, share in SHARES.items() if share.typenames != HIDDEN and not share.is_former
    }
    assert {node["Index Name"] for node in shares} == results
    # once for exact names, once for entries with the word, and for the others if there were too few
    assert [node["Actual Loops"] for node in shares if node["Index Name"] == "search_text_quote_idx"] == [1, 0, 0]
