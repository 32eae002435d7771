"""The first and the last possible day: they are days like others, not an end of time."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.http.conftest import Ask

FIRST, LAST, BEFORE_LAST = "0001-01-01", "9999-12-31", "9999-12-30"
EDGE = [LAST, BEFORE_LAST, "2019-04-26"]


def decode(id_: str) -> str:
    return base64.urlsafe_b64decode(id_ + "=" * (-len(id_) % 4)).decode()


def encode(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def ids_in(value: Any) -> list[str]:
    """Return everything under the key `id`, at any depth."""
    if isinstance(value, dict):
        own = [value["id"]] if isinstance(value.get("id"), str) else []
        return own + [id_ for each in value.values() for id_ in ids_in(each)]
    return [id_ for each in value for id_ in ids_in(each)] if isinstance(value, list) else []


DEEP = """{
  id
  facts(first: 3) { nodes { id sources(first: 2) { nodes { id } } claims(first: 1) { nodes { id source { id } } } } }
  country { id people(first: 2) { nodes { id } } }
}"""


@pytest.mark.parametrize("day", EDGE)
def test_ids_carry_the_day(ask: Ask, day: str) -> None:
    entry = ask(f'{{ leader(slug: "kim-jong-un", asOf: "{day}") {DEEP} }}').body["data"]["leader"]
    found = ids_in(entry)
    assert len(found) > 10
    assert {decode(id_).partition("@")[2] for id_ in found} == {day}
    assert (
        ask('query ($d: Date) { leader(slug: "kim-jong-un", asOf: $d) ' + DEEP + " }", {"d": day}).body["data"][
            "leader"
        ]
        == entry
    )


@pytest.mark.parametrize("day", EDGE)
def test_each_kind_of_entry_carries_the_day_and_is_found_again(ask: Ask, day: str) -> None:
    names = ["people", "organisations", "countries", "places", "facts", "sources", "claims", "conflicts"]
    lists = " ".join(f"{name}(first: 3, asOf: $d) {{ nodes {{ id slug label }} }}" for name in names)
    data = ask(f"query ($d: Date!) {{ {lists} }}", {"d": day}).body["data"]
    entries = [node for each in data.values() for node in each["nodes"]]
    assert len(entries) == 24
    assert {decode(entry["id"]).partition("@")[2] for entry in entries} == {day}
    ids = [entry["id"] for entry in entries]
    again = ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Entry { slug label } } }", {"ids": ids})
    assert again.body["data"]["nodes"] == entries
    one = ask("query ($id: ID!) { node(id: $id) { id ... on Entry { slug label } } }", {"id": ids[0]})
    assert one.body["data"]["node"] == entries[0]


def test_what_is_below_an_entry_found_by_its_id_is_seen_on_that_day(ask: Ask) -> None:
    for day in EDGE:
        id_ = encode(f"Person:kim-jong-un@{day}")
        found = ask("query ($id: ID!) { node(id: $id) { ... on Person " + DEEP + " } }", {"id": id_}).body["data"][
            "node"
        ]
        assert found["id"] == id_
        assert {decode(each).partition("@")[2] for each in ids_in(found)} == {day}


def test_search_on_the_last_day(ask: Ask) -> None:
    query = (
        'query ($d: Date) { search(text: "kim", asOf: $d, first: 5) { totalCount nodes { ... on Entry { id slug } } } }'
    )
    plain, last = (ask(query, {"d": day}).body["data"]["search"] for day in (None, LAST))
    assert [node["slug"] for node in last["nodes"]] == [node["slug"] for node in plain["nodes"]]
    assert {decode(node["id"]).partition("@")[2] for node in last["nodes"]} == {LAST}
    assert {decode(node["id"]).partition("@")[2] for node in plain["nodes"]} == {""}


def test_before_anything_was_known(ask: Ask) -> None:
    query = f"""{{
      leader(slug: "kim-jong-un", asOf: "{FIRST}") {{ id }}
      people(asOf: "{FIRST}") {{ totalCount }}
      facts(asOf: "{FIRST}") {{ totalCount nodes {{ id }} }}
      search(text: "kim", asOf: "{FIRST}") {{ totalCount }}
      node(id: "{encode(f"Person:kim-jong-un@{FIRST}")}") {{ id }}
    }}"""
    assert ask(query).body["data"] == {
        "leader": None,
        "people": {"totalCount": 0},
        "facts": {"totalCount": 0, "nodes": []},
        "search": {"totalCount": 0},
        "node": None,
    }


OPEN = ["events", "quotes", "facts", "summits", "meetings", "invitations", "offices"]


@pytest.mark.parametrize("match", ["OVERLAPS", "WITHIN"])
@pytest.mark.parametrize("day", [(None, LAST, BEFORE_LAST), (FIRST, None, "0001-01-02")], ids=["to", "from"])
def test_the_last_day_of_a_range_is_no_open_end(ask: Ask, match: str, day: tuple[str | None, ...]) -> None:
    """A date that ends on no day lies in no range that does."""
    start, end, near = day
    lists = " ".join(f"{name}(filter: {{date: $r}}) {{ totalCount }}" for name in OPEN)
    query = f"query ($r: DateRange) {{ {lists} }}"
    at_the_edge = ask(query, {"r": {"from": start, "to": end, "match": match}}).body
    beside_it = ask(query, {"r": {"from": start and near, "to": end and near, "match": match}}).body
    assert at_the_edge == beside_it


def test_ranges_of_the_other_days_at_the_edge(ask: Ask) -> None:
    for field, name in (("facts", "knownSince"), ("claims", "reportedOn"), ("sources", "publishedOn")):
        query = f"query ($r: DateRange) {{ {field}(filter: {{{name}: $r}}) {{ totalCount }} }}"
        ranges: tuple[dict[str, str], ...] = ({"from": FIRST, "to": LAST}, {}, {"from": LAST}, {"to": FIRST})
        found = [ask(query, {"r": each}).body["data"][field]["totalCount"] for each in ranges]
        assert found == [found[1], found[1], 0, 0]
        assert found[1] > 0


def test_offices_on_the_last_day(ask: Ask) -> None:
    query = (
        "query ($d: Date) { offices(filter: {on: $d}) { totalCount } people { nodes { offices(on: $d) { slug } } } }"
    )
    assert ask(query, {"d": LAST}).body == ask(query, {"d": BEFORE_LAST}).body
    assert ask(query, {"d": FIRST}).body == ask(query, {"d": "0001-01-02"}).body


NO_DAYS = [
    *("infinity", "-infinity", "Infinity", "now", "today", "epoch", "", "0000-01-01", "-0001-01-01", "10000-01-01"),
    *("2019-02-29", "2019-13-01", "2019-00-10", "2019-2-28", "20190228", "2019-W09-4", "2019-059", "28.2.2019"),
    *(
        "2019-02-28T00:00:00Z",
        " 2019-02-28",
        "2019-02-28\n",
        "٢٠١٩-٠٢-٢٨",
        "2019‐02‐28",
        "5874898-01-01",
        "4714-11-24 BC",
    ),
]


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day(ask: Ask, text: str) -> None:
    for field, argument in (
        ('leader(slug: "kim-jong-un", asOf: $d) { id }', "asOf"),
        ("facts(filter: {date: {from: $d}}) { totalCount }", "filter.date.from"),
        ("facts(filter: {knownSince: {to: $d}}) { totalCount }", "filter.knownSince.to"),
        ("offices(filter: {on: $d}) { totalCount }", "filter.on"),
        ("people(first: 1) { nodes { offices(on: $d) { slug } } }", "on"),
    ):
        by_variable = ask(f"query ($d: Date) {{ {field} }}", {"d": text})
        assert by_variable.body["data"] is None
        ((code, _, told),) = by_variable.error_places
        assert (code, told) == ("BAD_USER_INPUT", argument)
        assert by_variable.body["errors"][0]["extensions"]["reason"] == "INVALID_DATE"
        written = '"' + text.replace("\n", "\\n") + '"'
        assert ask(f"{{ {field.replace('$d', written)} }}").body == by_variable.body


@pytest.mark.parametrize("day", ["infinity", "-infinity", "0000-01-01", "10000-01-01", "2019-02-30", "", "now"])
def test_an_id_of_no_day_names_nothing(ask: Ask, day: str) -> None:
    id_ = encode(f"Person:kim-jong-un@{day}")
    assert ask("query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }", {"id": id_}).body == {
        "data": {"node": None, "nodes": [None]}
    }
