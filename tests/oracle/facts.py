"""Facts: what they have in common, and meetings."""

from datetime import date
from operator import attrgetter
from typing import Any

from service.store.kinds import KINDS
from service.store.layout import TABLES
from tests.oracle.actors import Involvement
from tests.oracle.histories import steps
from tests.oracle.things import EdtfDate, Entry, NamedThing, SortKeys, Thing, choose_text

FOREVER = date.max
PRESENT = ("PARTICIPANT", "HOST", "DELEGATE")
TARGETS = {
    column: reference.partition(".")[0] for kind in KINDS for column, reference in TABLES[kind.table].references.items()
}
"""The table that a column of a kind refers to."""


class Fact(Entry):
    def __getattr__(self, name: str) -> Any:
        """Return what the column `NAME_id` refers to, or the date of a column; else the column itself."""
        if (table := TARGETS.get(f"{name}_id")) is not None:
            key = getattr(self.row, f"{name}_id")
            return self.view.fact(key) if table == "fact" else self.view.thing(table, key)
        if TARGETS.get(name) == "edtf":
            return self.view.date(getattr(self.row, name), getattr(self.row, f"{name}_basis"))
        return super().__getattr__(name)

    @property
    def date(self) -> EdtfDate | None:
        return self.view.date(self.row.date, self.row.date_basis)

    def summary(self, language: str | None) -> str | None:
        return choose_text(self.row.summary, language)

    def involvements(self, role: list[str] | None = None) -> list[Involvement]:
        rows = sorted(self.view.rows("involvement", fact_id=self.key), key=lambda row: row.position)
        return [Involvement(self.view, row) for row in rows if role is None or row.role in role]

    @property
    def all_claims(self) -> list[Any]:
        """Return the claims about it."""
        return self.view.things("claim", fact_id=self.key)

    def claims(self) -> list[Any]:
        return self.all_claims

    def sources(self) -> list[Any]:
        keys = dict.fromkeys(claim.source_id for claim in self.claims())
        return [self.view.thing("source", key) for key in keys]

    def decided_by(self, property: str) -> Any:
        for row in self.view.rows("decided", fact_id=self.key):
            if row.property == property and row.known_from <= (self.view.day or FOREVER) <= row.known_until:
                return self.view.thing("claim", row.claim_id)
        return None

    @property
    def conflicts(self) -> list[Any]:
        found = {conflict.slug: conflict for claim in self.all_claims for conflict in claim.conflicts}
        return [found[slug] for slug in sorted(found)]

    # ---------------------------------------------------------------- what is asked of it by others

    def actors_in(self, *roles: str) -> list[Any]:
        return [found.actor for found in self.involvements(list(roles))]

    def roles(self, slug: str) -> set[str]:
        """Return the roles of an actor in it."""
        return {found.role for found in self.involvements() if found.actor.slug == slug}

    @property
    def present(self) -> set[str]:
        """Return the actors that it involves, by slug."""
        return {found.actor.slug for found in self.involvements()}

    @property
    def span(self) -> tuple[Any, Any] | None:
        """Return the first and last possible day; for a meeting without a date, those planned."""
        found = self.date or getattr(self, "planned_date", None)
        return found.span if found else None

    @property
    def about_facts(self) -> list[Any]:
        return by_slug([self.view.fact(row.about_id) for row in self.view.rows("fact_about", fact_id=self.key)])

    def sort_keys(self, order: str) -> SortKeys:
        first, last = self.span or (FOREVER, FOREVER)
        orders: dict[str, SortKeys] = {
            "DATE_ASC": [(first, False), (last, False)],
            "DATE_DESC": [(self.span is not None, True), (first, True), (last, True)],
            "KNOWN_SINCE_ASC": [(self.row.known_since, False)],
            "KNOWN_SINCE_DESC": [(self.row.known_since, True)],
        }
        return [*orders[order], (self.slug, False)]


def by_slug(facts: list[Any]) -> list[Any]:
    return sorted((fact for fact in facts if fact), key=lambda fact: fact.slug)


def _side(involvement: Involvement) -> str:
    """Return the side of a participant: their own, or that of whoever they represent."""
    return _state(involvement.on_behalf_of or involvement.actor)


def _state(actor: Any) -> str:
    if actor.typename == "Country":
        return str(actor.slug)
    if actor.typename == "Person" or actor.organisation_kind in ("GOVERNMENT", "MINISTRY"):
        return str(actor.country.slug) if actor.country else ""
    return "" if actor.country else str(actor.slug)


class Meeting(NamedThing, Fact):
    owner = "fact_id"
    label = Entry.label

    @property
    def planned_date(self) -> EdtfDate | None:
        return self.view.date(self.row.planned, self.row.planned_basis)

    @property
    def places(self) -> list[Any]:
        rows = sorted(self.view.rows("meeting_place", snapshot_id=self.row.snapshot_id), key=lambda row: row.position)
        return [self.view.thing("place", row.place_id) for row in rows]

    def parts(self) -> list[Any]:
        return [each for each in self.view.facts("Summit", "Talks") if each.within_id == self.key]

    @property
    def participants(self) -> list[Involvement]:
        return self.involvements(list(PRESENT))

    @property
    def has_several_sides(self) -> bool:
        """Return whether the participants, including unnamed ones, are of more than one state, or of no known state."""
        named = [_side(each) for each in self.participants]
        unnamed = [_state(each.on_behalf_of) for each in self.unnamed if each.role in PRESENT and each.on_behalf_of]
        return len({*named, *unnamed}) > 1

    def side(self, slug: str) -> str:
        """Return the state, or body of no state, that somebody represents; empty if unknown or more than one."""
        sides = {_side(each) for each in self.participants if each.actor.slug == slug}
        return sides.pop() if len(sides) == 1 else ""

    @property
    def interpreters(self) -> list[Involvement]:
        return self.involvements(["INTERPRETER"])

    @property
    def unnamed(self) -> list[Any]:
        return self.view.things("unnamed", fact_id=self.key)

    @property
    def history(self) -> list[Any]:
        return [StatusChange(self.view, step) for step in steps(self, "status")]

    def _at(self, typename: str) -> list[Any]:
        return [fact for fact in self.view.facts(typename) if fact.meeting_id == self.key]

    def quotes(self) -> list[Any]:
        return self._at("Quote")

    def events(self) -> list[Any]:
        return self._at("Event")

    def invitations(self) -> list[Any]:
        return self._at("Invitation")

    def agreements(self) -> list[Any]:
        return [fact for fact in self.view.facts("Agreement") if fact.concluded_at_id == self.key]

    # ---------------------------------------------------------------- the meetings of the same people

    @property
    def _turn(self) -> tuple[Any, ...]:
        """Return the keys that order meetings with days; empty for a meeting without one."""
        return (*self.span, self.slug) if self.span else ()

    def _where_all_were(self) -> list[Any]:
        """Return the meetings of the same people, the earliest first."""
        people = {each.actor.slug for each in self.participants if each.actor.typename == "Person"}
        if len(people) < 2 or not self._turn:
            return []
        others = [
            each
            for each in self.view.facts("Summit", "Talks")
            if each._turn
            and people <= {found.actor.slug for found in each.participants}
            and each.phase != "OFF"
            and not each.is_withdrawn
            and self.within_id != each.key
            and each.within_id != self.key
        ]
        return sorted(others, key=attrgetter("_turn"))

    @property
    def previous(self) -> Any:
        before = [each for each in self._where_all_were() if each._turn < self._turn]
        return before[-1] if before else None

    @property
    def next(self) -> Any:
        after = [each for each in self._where_all_were() if each._turn > self._turn]
        return after[0] if after else None


class Summit(Meeting):
    pass


class Talks(Meeting):
    pass


class Change(Thing):
    """One step of a history."""

    @property
    def effective(self) -> EdtfDate | None:
        return self.view.date(self.row.effective, self.row.effective_basis)

    def claims(self) -> list[Any]:
        return [self.view.thing("claim", claim.id) for claim in self.row.claims]


class StatusChange(Change):
    @property
    def status(self) -> Any:
        return self.row.value


class RelationshipState(Change):
    @property
    def state(self) -> Any:
        return self.row.value
