"""The shortest chain of people, each of whom shares a fact with the next."""

from typing import Any

from tests.oracle.things import View

NO_STEPS = ("Office", "Relationship")
"""Kinds that are no step of a path if no kind is requested."""


class Chains:
    """Who shares facts of some kinds with whom; facts that only code another, or are withdrawn, do not count."""

    def __init__(self, view: View, kinds: list[str] | None, settings: list[str] | None) -> None:
        self._view = view
        facts = [
            fact
            for fact in view.facts()
            if (fact.typename not in NO_STEPS if kinds is None else fact.typename.upper() in kinds)
        ]
        facts = [fact for fact in facts if fact.typename != "Event" or fact.codes_id is None]
        facts = [fact for fact in facts if not fact.is_withdrawn]
        chosen = [fact for fact in facts if settings is None or getattr(fact.row, "setting", None) in (None, *settings)]
        self._joined = [(fact, people_in(fact)) for fact in chosen]

    def shared_facts(self, one: str, other: str) -> list[Any]:
        return [fact for fact, people in self._joined if {one, other} <= people]

    def shortest(self, start: str, goal: str, longest: int) -> list[str]:
        """Return the shortest chain of at most so many steps, the first by its slugs if there are several; empty if
        none.
        """
        people = {person.slug for person in self._view.things("actor", typename="Person")}
        if not {start, goal} <= people:
            return []
        chains, seen = [[start]], {start}
        for _ in range(longest + 1):
            for chain in chains:
                if chain[-1] == goal:
                    return chain
            reached: dict[str, list[str]] = {}
            for chain in chains:
                for beside in sorted(self._beside(chain[-1]) & people - seen):
                    reached.setdefault(beside, [*chain, beside])
            chains, seen = list(reached.values()), seen | set(reached)
        return []

    def _beside(self, slug: str) -> set[str]:
        return {other for _, people in self._joined if slug in people for other in people}


def people_in(fact: Any) -> set[str]:
    """Return the people in a fact, except those who only interpret."""
    return {slug for slug in fact.present if fact.roles(slug) != {"INTERPRETER"}}


class Path:
    def __init__(
        self, view: View, slugs: list[str], kinds: list[str] | None, settings: list[str] | None = None
    ) -> None:
        self.people = [view.entry("Person", slug) for slug in slugs]
        chains, pairs = Chains(view, kinds, settings), zip(self.people, self.people[1:], strict=False)
        self.steps = [
            {"from": one, "to": other, "facts": chains.shared_facts(one.slug, other.slug)} for one, other in pairs
        ]
        self.length = len(self.steps)
