"""Relationships of two actors."""

from typing import Any

from tests.oracle.counting import Tone, periods
from tests.oracle.facts import Fact, RelationshipState
from tests.oracle.filters import in_range
from tests.oracle.histories import steps
from tests.oracle.things import EdtfDate, SortKeys

BOTH = {"PARTICIPANT", "HOST", "DELEGATE"}
TOWARDS = {"ADDRESSEE", "ABOUT"}


class Relationship(Fact):
    @property
    def parties(self) -> list[Any]:
        found = [self.view.thing("actor", key) for key in (self.row.one_id, self.row.other_id)]
        return sorted((actor for actor in found if actor), key=lambda actor: actor.slug)

    @property
    def history(self) -> list[RelationshipState]:
        return [RelationshipState(self.view, step) for step in steps(self, "state")]

    def shared_facts(self, *typenames: str) -> list[Any]:
        """Return the facts of some types that involve both."""
        both = {party.slug for party in self.parties}
        return [fact for fact in self.view.facts(*typenames) if both <= fact.present]

    def _roles(self, fact: Any) -> list[set[str]]:
        return [fact.roles(party.slug) for party in self.parties]

    def _held_meetings(self, setting: list[str] | None = None, date: dict[str, Any] | None = None) -> list[Any]:
        """Return the held meetings at which both were present, with these settings and in this range if given."""
        met = [each for each in self._joint_meetings() if setting is None or each.setting in setting]
        met = self.within_days(met, date)
        wholes = {each.key for each in met}
        # part of a programme counts with the whole
        return [each for each in met if each.within_kind != "PROGRAMME" or each.within_id not in wholes]

    def _joint_meetings(self) -> list[Any]:
        """Return the held meetings in which both took part, but not both for one side of several."""
        one, other = (party.slug for party in self.parties)
        met = [each for each in self.shared_facts("Summit", "Talks") if each.phase == "HELD" and not each.is_withdrawn]
        met = [each for each in met if all(roles & BOTH for roles in self._roles(each))]
        return [each for each in met if not (each.has_several_sides and each.side(one) == each.side(other) != "")]

    def meeting_count(self, setting: list[str] | None = None, date: dict[str, Any] | None = None) -> int:
        return len(self._held_meetings(setting, date))

    def first_met(self, setting: list[str] | None) -> EdtfDate | None:
        dated = sorted(
            (each for each in self._held_meetings(setting) if each.span), key=lambda each: (*each.span, each.slug)
        )
        return dated[0].date if dated else None

    def last_met(self, setting: list[str] | None) -> EdtfDate | None:
        last = self._last(setting)
        return last.date if last else None

    def _last(self, setting: list[str] | None = None) -> Any:
        dated = sorted((each for each in self._held_meetings(setting) if each.span), key=lambda each: each.slug)
        return max(dated, key=lambda each: each.span, default=None)

    def claims(self) -> list[Any]:
        """Return its own claims; what is only counted rests on the claims of the facts that the two share."""
        return self.all_claims or [claim for fact in self.timeline() for claim in fact.claims()]

    def timeline(self) -> list[Any]:
        """Return all facts of both, except itself and the events that only code a meeting or an invitation."""
        facts = [fact for fact in self.shared_facts() if fact.typename != "Relationship"]
        return [fact for fact in facts if fact.typename != "Event" or fact.codes_id is None]

    def summits(self) -> list[Any]:
        return self.shared_facts("Summit")

    def events(self) -> list[Any]:
        sides = {"ACTOR", "RECIPIENT"}
        return [each for each in self.shared_facts("Event") if all(roles & sides for roles in self._roles(each))]

    def invitations(self) -> list[Any]:
        return self.shared_facts("Invitation")

    def agreements(self) -> list[Any]:
        return self.shared_facts("Agreement")

    def quotes(self) -> list[Any]:
        """Return words of the one to or about the other."""
        return [quote for quote in self.shared_facts("Quote") if any(self.each_way(quote))]

    def invitations_to_other(self) -> list[Any]:
        """Return invitations from the one to the other."""
        return [each for each in self.invitations() if any(self.each_way(each))]

    def each_way(self, fact: Any) -> list[bool]:
        """Return whether a quote or an invitation leads from the first of the two to the other, and whether one leads
        back.
        """
        role, towards = ("SPEAKER", TOWARDS) if fact.typename == "Quote" else ("ISSUER", {"INVITEE"})
        one, other = self._roles(fact)
        return [role in who and bool(to & towards) for who, to in ((one, other), (other, one))]

    def tone(self, date: dict[str, Any] | None) -> Tone:
        return Tone(self.within_days(self.events(), date))

    def tone_over_time(self, by: str, date: dict[str, Any] | None) -> list[dict[str, Any]]:
        return periods(self.within_days(self.events(), date), by)

    def within_days(self, facts: list[Any], date: dict[str, Any] | None) -> list[Any]:
        """Return those of some facts that lie in a range of days, if one is given."""
        return [fact for fact in facts if date is None or in_range(fact.span, date)]

    def sort_keys(self, order: str) -> SortKeys:
        if order == "FACTS_DESC":
            return [(len(self.timeline()), True), (self.slug, False)]
        if order == "MEETINGS_DESC":
            return [(self.meeting_count(), True), (self.slug, False)]
        if order == "BILATERAL_MEETINGS_DESC":
            return [(self.meeting_count(["BILATERAL"]), True), (self.slug, False)]
        if order == "LAST_MET_DESC":
            last = self._last()
            return [(last is not None, True), (last.span if last else (), True), (self.slug, False)]
        return super().sort_keys(order)
