"""The shortest chain of people, each of whom shares a fact with the next."""

from typing import Any

from tests.oracle.things import View

KINDS = ("SUMMIT", "TALKS", "QUOTE", "EVENT", "INVITATION")


class Chains:
    """Who shares facts of some kinds with whom; what only codes another, or is withdrawn, is none."""

    def __init__(self, view: View, kinds: list[str] | None) -> None:
        self._view = view
        wanted = KINDS if kinds is None else kinds
        facts = [fact for fact in view.facts() if fact.typename.upper() in wanted and not fact.is_withdrawn]
        self._facts = [fact for fact in facts if fact.typename != "Event" or fact.codes_id is None]

    def shared(self, one: str, other: str) -> list[Any]:
        return [fact for fact in self._facts if {one, other} <= fact.present]

    def shortest(self, start: str, goal: str, longest: int) -> list[str]:
        """Of the shortest chains of at most so many steps the one whose slugs come first; empty if there is none."""
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
        return {other for fact in self._facts if slug in fact.present for other in fact.present}


class Path:
    def __init__(self, view: View, slugs: list[str], kinds: list[str] | None) -> None:
        self.people = [view.entry("Person", slug) for slug in slugs]
        chains, pairs = Chains(view, kinds), zip(self.people, self.people[1:], strict=False)
        self.steps = [{"from": one, "to": other, "facts": chains.shared(one.slug, other.slug)} for one, other in pairs]
        self.length = len(self.steps)
