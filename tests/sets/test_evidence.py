"""What the tables of histstate know is either in a row, or marked as coming from works of reference alone."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import orjson
import pytest
import yaml

from service.importers.decisions import NO_ROW
from service.importers.histstate.merging import bounds
from service.importers.histstate.participants import BY_REFERENCE
from service.settings import REPOSITORY

SETS = REPOSITORY / "seeds" / "sets"
Entry = Mapping[str, Any]


def table(name: str) -> Mapping[str, Entry]:
    found: Mapping[str, Entry] = yaml.safe_load((SETS / "histstate" / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


@cache
def entries(set_name: str, noun: str) -> list[Entry]:
    return [orjson.loads(line) for line in (SETS / set_name / f"{noun}.jsonl").read_bytes().splitlines()]


def citations(written: Any) -> Iterator[tuple[str, str]]:
    """Return the source of each citation in an entry, with the note."""
    if isinstance(written, str):
        yield written.split()[0], ""
    elif isinstance(written, dict) and "cite" in written:
        yield written["cite"].split()[0], written.get("note", {}).get("en", "")
    elif isinstance(written, dict | list):
        for each in written.values() if isinstance(written, dict) else written:
            yield from citations(each)


def rows_involving(person: str) -> Iterator[tuple[str, str]]:
    """Return the rows by which a fact involves somebody, with the notes."""
    for entry in (*entries("histstate", "meetings"), *entries("histstate", "events")):
        roles = entry.get("participants") or entry.get("actors") or {}
        if person in roles:
            own = roles[person] if isinstance(roles, dict) else None
            yield from citations(own if isinstance(own, dict | list) else entry["existence"])


def leader_rows(person: str, given: Entry) -> set[str]:
    """Return the rows of the sets of leaders that have somebody lead his state in the years of an office."""
    terms = [span for years in given["offices"].values() if (span := bounds(str(years)))]
    rows = set()
    for office in (*entries("archigos", "offices"), *entries("world-leaders", "offices")):
        spans = [span for day in (*office.get("date", ()), *office.get("attested", ())) if (span := bounds(day))]
        is_then = any(a[0] <= b[1] and b[0] <= a[1] for a in spans for b in terms)
        states = {office["of"]} if isinstance(office["of"], str) else {*office["of"]}
        if office["person"] == person and is_then and given.get("state") in states:
            rows |= {source for source, _ in citations(office["existence"])}
    return rows


HOLDERS = table("holders")


@pytest.mark.parametrize("person", HOLDERS)
def test_a_line_names_the_row_that_tells_it(person: str) -> None:
    given = HOLDERS[person]
    rows = {source for source, note in rows_involving(person)} | leader_rows(person, given)
    if given["row"] != NO_ROW:
        assert given["row"] in rows
    else:
        assert not leader_rows(person, given)


def test_what_no_row_tells_is_marked_in_the_record() -> None:
    marked = {person for person in HOLDERS if any(note.endswith(BY_REFERENCE) for _, note in rows_involving(person))}
    untold = {person for person, given in HOLDERS.items() if given["row"] == NO_ROW}
    decided = {given["decision"].split()[-1] for given in table("decisions").values() if given["row"] == NO_ROW}
    assert untold <= marked <= untold | decided


def test_each_decision_names_a_row_or_none() -> None:
    sources = {one["slug"] for name in ("histstate", "archigos", "world-leaders") for one in entries(name, "sources")}
    decisions = table("decisions")
    assert all(given["row"] in {NO_ROW, *sources} for given in decisions.values())
    # a row does not confirm itself
    own = {slug for slug, given in decisions.items() if f"--{given['row'].removeprefix('histstate-')}--" in slug}
    assert own == set()


def test_whom_a_decision_explains_no_row_names() -> None:
    decided = {slug: given["decision"].split() for slug, given in table("decisions").items()}
    explained = {(f"histstate-{slug.split('--')[1]}", words[1]) for slug, words in decided.items() if len(words) == 2}
    assert [one for one in explained if not all(is_inferred for is_inferred in inferred_marks(*one))] == []


def inferred_marks(row: str, person: str) -> Iterator[bool]:
    """Return whether each claim by which a row involves somebody in a fact says that it is inferred."""
    for entry in (*entries("histstate", "meetings"), *entries("histstate", "events")):
        roles = entry.get("participants") or entry.get("actors") or {}
        if person in roles and any(source == row for source, _ in citations(entry["existence"])):
            own = roles[person] if isinstance(roles, dict) else None
            parts = own.values() if isinstance(own, dict) else [own]
            cites = [one for part in parts if isinstance(part, list) for one in part]
            texts = [one["cite"] if isinstance(one, dict) else one for one in cites]
            yield any(text.startswith(f"{row} ") and "inferred" in text.split() for text in texts)


def test_usual_names_are_of_people_whom_only_the_rows_know() -> None:
    people = {one["slug"]: one for one in entries("histstate", "people")}
    others = {one["slug"] for name in ("archigos", "world-leaders") for one in entries(name, "people")}
    names = table("names")
    assert {slug: people[slug]["names"]["COMMON"]["en"] for slug in names} == names
    assert set(names) & (others | set(HOLDERS)) == set()
    # the printed words stay next to it
    assert [slug for slug in names if "ALIAS" not in people[slug]["names"]] == []
