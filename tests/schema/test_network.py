"""The ties of the network match the relationships themselves, by year, by setting and as of a day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.schema.asking import answer

RANGES = (
    "",
    "year: 2018",
    'from: "2018-06-01", to: "2019-03-31"',
    'from: "2018-06-13", to: "2018-12-31", match: WITHIN',
)
SETTINGS = ("", "[BILATERAL]", "[MULTILATERAL, UNKNOWN]")
DAYS = ("", "2018-06-01", "2019-04-18")


COUNTS = """
  {counted} parties {{ slug }}
  quotes({filter}) {{ totalCount nodes {{ involvements {{ role actor {{ slug }} }} }} }}
  invitations({filter}) {{ nodes {{ issuer {{ slug }} invitee {{ slug }} }} }}
"""


async def ask(url: str, dates: str = "", setting: str = "", day: str = "", around: str = "") -> Any:
    """Return the network, with the counts of each relationship for the same arguments, and the same of all
    relationships.
    """
    date = f"date: {{{dates}}}" if dates else ""
    only = f"setting: {setting}" if setting else ""
    as_of = f'asOf: "{day}"' if day else ""
    counts = COUNTS.format(
        counted=f"meetingCount({only} {date})" if only or date else "meetingCount",
        filter=f"filter: {{isWithdrawn: false {date}}}, first: 20",
    )
    tone = f"tone({date})" if date else "tone"
    network = f"""{{ network(first: 30 {date} {only} {as_of} {around}) {{
      peopleCount tieCount people {{ slug }}
      ties {{
        weight meetingCount invitationCount quoteCount
        fromFirst {{ invitationCount quoteCount }} fromSecond {{ invitationCount quoteCount }}
        tone {{ events sum }} people {{ slug }}
        relationship {{ {counts} {tone} {{ events sum }} }}
      }}
    }} }}"""
    all_ = f"{{ relationships(filter: {{kind: [PEOPLE]}}, first: 30 {as_of}) {{ nodes {{ {counts} }} }} }}"
    found = (await answer(url, network))["data"] | (await answer(url, all_))["data"]
    return found["network"], found["relationships"]["nodes"]


def count_invitations(relationship: dict[str, Any], issuer: str, invitee: str) -> int:
    """Return how often one of the two invited the other."""
    pairs = [(each["issuer"], each["invitee"]) for each in relationship["invitations"]["nodes"]]
    return sum((one and one["slug"], other["slug"]) == (issuer, invitee) for one, other in pairs)


def spoke(relationship: dict[str, Any], speaker: str, whom: str) -> int:
    """Return how often one of the two spoke to or about the other."""
    roles = [
        {(each["role"], each["actor"]["slug"]) for each in quote["involvements"]}
        for quote in relationship["quotes"]["nodes"]
    ]
    return sum(("SPEAKER", speaker) in each and bool({("ADDRESSEE", whom), ("ABOUT", whom)} & each) for each in roles)


def directions(relationship: dict[str, Any]) -> list[dict[str, int]]:
    """Return what leads from the first to the second, and from the second to the first."""
    one, other = (each["slug"] for each in relationship["parties"])
    return [
        {"invitationCount": count_invitations(relationship, *ends), "quoteCount": spoke(relationship, *ends)}
        for ends in ((one, other), (other, one))
    ]


def counts(relationship: dict[str, Any]) -> tuple[int, int, int]:
    invitations = sum(way["invitationCount"] for way in directions(relationship))
    return relationship["meetingCount"], invitations, relationship["quotes"]["totalCount"]


@pytest.mark.parametrize("dates", RANGES)
@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("day", DAYS)
async def test_each_tie_counts_what_its_relationship_does(dates: str, setting: str, day: str, database: str) -> None:
    network, relationships = await ask(database, dates, setting, day)
    for tie in network["ties"]:
        own = tie["relationship"]
        assert (tie["meetingCount"], tie["invitationCount"], tie["quoteCount"]) == counts(own)
        assert [tie["fromFirst"], tie["fromSecond"]] == directions(own)
        assert (tie["tone"], tie["people"]) == (own["tone"], own["parties"])
        assert tie["weight"] == sum(counts(own))
    # nobody is left out who is tied, and nobody else is there
    tied = [each for each in relationships if sum(counts(each))]
    assert network["tieCount"] == len(network["ties"]) == len(tied)
    ends = {each["slug"] for relationship in tied for each in relationship["parties"]}
    assert {each["slug"] for each in network["people"]} == ends
    assert network["peopleCount"] == len(ends)


async def test_around_a_person_are_his_ties_and_those_of_his_neighbours_with_each_other(database: str) -> None:
    whole, _ = await ask(database)
    around, _ = await ask(database, around='around: "kim-jong-un"')
    pairs = [{each["slug"] for each in tie["people"]} for tie in whole["ties"]]
    near = set.union(*(pair for pair in pairs if "kim-jong-un" in pair))
    expected = [pair for pair in pairs if pair <= near]
    found = [{each["slug"] for each in tie["people"]} for tie in around["ties"]]
    assert around["tieCount"] == len(expected) < whole["tieCount"]
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))
    # the person's own first
    assert ["kim-jong-un" in pair for pair in found] == sorted(("kim-jong-un" in pair for pair in found), reverse=True)
