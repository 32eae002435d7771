"""One entry in the rows of two people is detected, and so is a missing person."""

from __future__ import annotations

from tests.sets.sample.namesakes import Namesake, found_in
from tests.sets.sample.register import Actor, Fact, Part
from tests.sets.sample.sample import Person

FATHER = Namesake("visit-of-the-father", Person(("Omar Bongo",), "Gabon"))
SON = Namesake("visit-of-the-son", Person(("Ali Bongo Ondimba", "Ali Bongo"), "Gabon"))


def visit_facts(slug: str, *names: str) -> list[Fact]:
    part = Part(Actor(slug, True, frozenset(names), frozenset({"Gabon"})), True, False)
    return [Fact("visit", False, "", "", frozenset(), None, None, (), (part,))]


def test_two_entries_are_two_people() -> None:
    facts = {
        FATHER.document: visit_facts("omar-bongo", "Omar Bongo"),
        SON.document: visit_facts("ali-bongo", "Ali Bongo"),
    }
    found = found_in(facts, FATHER, SON)
    assert (found.is_whole, found.is_merged) == (True, False)


def test_one_entry_for_two_people_is_a_false_merge() -> None:
    both = visit_facts("bongo", "Omar Bongo", "Ali Bongo")
    found = found_in({FATHER.document: both, SON.document: both}, FATHER, SON)
    assert found.is_merged
    assert str(found) == "Omar Bongo and Ali Bongo Ondimba: bongo and bongo"


def test_a_family_name_is_nobody() -> None:
    facts = {FATHER.document: visit_facts("bongo", "Bongo"), SON.document: visit_facts("ali-bongo", "Ali Bongo")}
    assert not found_in(facts, FATHER, SON).is_whole
