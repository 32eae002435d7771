"""The closest relationships: all ties, counted one by one, reduced to the strongest."""

from collections import Counter
from typing import Any

from tests.oracle.things import View

COUNTS = {"MEETING": "meeting_count", "INVITATION": "invitation_count", "QUOTE": "quote_count"}


class Tie:
    """Tie of two people in a range of days; `weight`: how often, in some ways."""

    typename = "Tie"

    def __init__(
        self, relationship: Any, kinds: list[str] | None, setting: list[str] | None, date: dict[str, Any] | None
    ) -> None:
        self.relationship, self._date = relationship, date
        self.slug: str = relationship.slug
        self.people: list[Any] = relationship.parties
        self.meeting_count: int = relationship.meeting_count(setting, date)
        invitations = relationship.within_days(not_withdrawn(relationship.invitations_to_other()), date)
        quotes = relationship.within_days(not_withdrawn(relationship.quotes()), date)
        self.invitation_count, self.quote_count = len(invitations), len(quotes)
        self.from_first, self.from_second = (
            {
                "invitation_count": sum(relationship.each_way(each)[end] for each in invitations),
                "quote_count": sum(relationship.each_way(each)[end] for each in quotes),
            }
            for end in range(2)
        )
        self.weight: int = sum(getattr(self, COUNTS[kind]) for kind in set(COUNTS if kinds is None else kinds))

    def has(self, slug: str) -> bool:
        return slug in {person.slug for person in self.people}

    def other(self, slug: str) -> str:
        return next(str(person.slug) for person in self.people if person.slug != slug)

    @property
    def tone(self) -> Any:
        return self.relationship.tone(self._date)


class Network:
    typename = "Network"

    def __init__(
        self,
        view: View,
        around: str | None,
        kind: list[str] | None,
        setting: list[str] | None,
        date: dict[str, Any] | None,
        first: int,
    ) -> None:
        self.around = None if around is None else view.entry("Person", around)
        between = [each for each in view.facts("Relationship") if each.kind == "PEOPLE"]
        ties = [tie for each in between if (tie := Tie(each, kind, setting, date)).weight]
        ties.sort(key=lambda tie: (-tie.weight, tie.slug))
        whole, left = (ties, ties) if around is None else _ties_around(ties, around, (first + 1) // 2)
        self.tie_count, self.people_count = len(whole), len({person.slug for tie in whole for person in tie.people})
        self.ties: list[Tie] = left[:first]
        weights = Counter[str]()
        for tie in self.ties:
            weights.update({person.slug: tie.weight for person in tie.people})
        people = {person.slug: person for tie in self.ties for person in tie.people}
        self.people = [people[slug] for slug in sorted(people, key=lambda slug: (-weights[slug], slug))]


def _ties_around(ties: list[Tie], center: str, neighbours: int) -> tuple[list[Tie], list[Tie]]:
    """Return the ties between a person and the person's neighbours, the person's own first, with so many neighbours
    left.
    """
    own = [tie for tie in ties if tie.has(center)]
    near = [center, *(tie.other(center) for tie in own)]
    beside = [tie for tie in ties if not tie.has(center) and all(person.slug in near for person in tie.people)]
    kept = near[: neighbours + 1]
    return own + beside, [tie for tie in own + beside if all(person.slug in kept for person in tie.people)]


def not_withdrawn(facts: list[Any]) -> list[Any]:
    """Return those that a source reports which is not withdrawn."""
    return [fact for fact in facts if not fact.is_withdrawn]
