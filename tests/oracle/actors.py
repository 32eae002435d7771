"""Actors and places."""

from datetime import date
from typing import Any

from tests.oracle.things import NamedThing, SortKeys, Thing


class Actor(NamedThing):
    owner = "actor_id"

    @property
    def country(self) -> Any:
        return self if self.typename == "Country" else self.view.thing("actor", self.row.country_id)

    def _in(self, *typenames: str) -> list[Any]:
        """Return the facts of some types that involve the actor, in any role."""
        keys = dict.fromkeys(row.fact_id for row in self.view.rows("involvement", actor_id=self.key))
        found = [self.view.fact(key) for key in keys]
        return [fact for fact in found if fact and (not typenames or fact.typename in typenames)]

    def facts(self) -> list[Any]:
        return self._in()

    def quotes(self, role: list[str] | None) -> list[Any]:
        return [quote for quote in self._in("Quote") if role is None or quote.roles(self.slug) & set(role)]

    def meetings(self) -> list[Any]:
        return self._in("Summit", "Talks")

    def summits(self) -> list[Any]:
        return self._in("Summit")

    def events(self) -> list[Any]:
        return self._in("Event")

    def invitations(self, direction: str | None) -> list[Any]:
        side = {"ISSUED": "issuer_id", "RECEIVED": "invitee_id"}.get(direction or "")
        return [each for each in self._in("Invitation") if side is None or getattr(each, side) == self.key]

    def agreements(self) -> list[Any]:
        return self._in("Agreement")

    def sort_keys(self, order: str) -> SortKeys:
        if order == "FACTS_DESC":
            return [(len(self._in()), True), (self.slug, False)]
        if order == "SOURCES_DESC":
            return [(len(self.view.rows("source", outlet_id=self.key)), True), (self.slug, False)]
        return [(self.row.name_key, order == "NAME_DESC"), (self.slug, False)]


class Person(Actor):
    def offices(self, on: str | None) -> list[Any]:
        held = [office for office in self.view.facts("Office") if office.person_id == self.key]
        chosen = [office for office in held if on is None or office.is_held_on(date.fromisoformat(on))]
        return sorted(chosen, key=lambda office: [key for key, _ in office.sort_keys("DATE_ASC")])

    @property
    def designations(self) -> list["Designation"]:
        claims: dict[tuple[str, str], list[Any]] = {}
        for claim in self.view.things("claim", designated_id=self.key):
            claims.setdefault((claim.row.value, claim.source.language.partition("-")[0]), []).append(claim)
        ordered = sorted(claims, key=lambda word: (min(claim.row.reported_on for claim in claims[word]), word))
        return [Designation(*word, claims[word]) for word in ordered]

    def relationships(self) -> list[Any]:
        return [each for each in self.view.facts("Relationship") if self.key in (each.one_id, each.other_id)]

    def named_or_told_in(self, slugs: list[str]) -> bool:
        """Return whether one of these sources prints a name of the person, or reports a fact that involves
        the person.
        """
        names = self.view.rows("name", actor_id=self.key)
        links = [link for name in names for link in self.view.rows("name_source", name_id=name.id)]
        sources = [self.view.row("source", link.source_id) for link in links]
        for involvement in self.view.rows("involvement", actor_id=self.key):
            claims = self.view.rows("involvement_claim", involvement_id=involvement.id)
            told = [self.view.row("claim", link.claim_id) for link in claims]
            sources += [self.view.row("source", claim.source_id) for claim in told if claim]
        return any(source.slug in slugs for source in sources if source)


class Designation:
    """Word that sources in one language use for a person."""

    typename = "Designation"

    def __init__(self, text: str, language: str, claims: list[Any]) -> None:
        self.text, self.language, self._claims = text, language, claims

    def claims(self) -> list[Any]:
        return self._claims


class Organisation(Actor):
    @property
    def kind(self) -> str:
        kind: str = self.row.organisation_kind
        return kind

    def sources(self) -> list[Any]:
        return self.view.things("source", outlet_id=self.key)


class Country(Actor):
    def people(self) -> list[Any]:
        found = self.view.things("actor", country_id=self.key)
        return [actor for actor in found if actor.typename == "Person"]

    def leaders(self, on: str | None) -> list[Any]:
        offices = [office for office in self.view.facts("Office") if office.of_id == self.key and office.row.leads]
        held = [office for office in offices if on is None or office.is_held_on(date.fromisoformat(on))]
        found = [self.view.thing("actor", key) for key in dict.fromkeys(office.person_id for office in held)]
        return [person for person in found if person and person.is_leader]

    def answers_to(self, codes: list[str]) -> bool:
        """Return whether these include the slug or a code of two or three letters."""
        own = {self.row.code, self.row.alpha3, self.row.former_code}
        return self.slug in codes or bool(own & {code.upper() for code in codes})

    @property
    def flag(self) -> str | None:
        code = self.row.code
        return code and "".join(chr(ord("🇦") + ord(letter) - ord("A")) for letter in code)

    @property
    def existed_from(self) -> Any:
        return self.view.date(self.row.existed_from, "STATED")

    @property
    def existed_until(self) -> Any:
        return self.view.date(self.row.existed_until, "STATED")

    @property
    def is_former(self) -> bool:
        return self.row.existed_until is not None

    def existed_on(self, day: date) -> bool:
        """Return whether no recorded day speaks against its existence."""
        first = self.existed_from.earliest if self.existed_from else None
        last = self.existed_until.latest if self.existed_until else None
        return (first is None or first <= day) and (last is None or day <= last)

    @property
    def place(self) -> Any:
        return next(
            (each for each in self.view.things("place", country_id=self.key) if each.row.kind == "COUNTRY"), None
        )

    def predecessors(self) -> list[Any]:
        return self._states("successor_id", "predecessor_id")

    def successors(self) -> list[Any]:
        return self._states("predecessor_id", "successor_id")

    def _states(self, own: str, other: str) -> list[Any]:
        links = self.view.register.where("succession", own, self.key)
        states = (self.view.thing("actor", getattr(link, other)) for link in links)
        return sorted((state for state in states if state), key=lambda state: (state.row.name_key, state.slug))


class Place(NamedThing):
    owner = "place_id"

    @property
    def country(self) -> Any:
        return self.view.thing("actor", self.row.country_id)

    @property
    def part_of(self) -> Any:
        return self.view.thing("place", self.row.part_of_id)

    def around(self) -> list["Place"]:
        """Return the place itself, and the places that contain it."""
        return [self, *(self.part_of.around() if self.part_of else [])]

    def _holds(self, place: "Place") -> bool:
        return self.slug in [around.slug for around in place.around()]

    def meetings(self) -> list[Any]:
        return [each for each in self.view.facts("Summit", "Talks") if any(map(self._holds, each.places))]

    def events(self) -> list[Any]:
        return self._here("Event")

    def agreements(self) -> list[Any]:
        return self._here("Agreement")

    def _here(self, typename: str) -> list[Any]:
        return [fact for fact in self.view.facts(typename) if fact.place and self._holds(fact.place)]

    def sort_keys(self, order: str) -> SortKeys:
        return [(self.row.name_key, False), (self.slug, False)]


class Involvement(Thing):
    @property
    def actor(self) -> Any:
        return self.view.thing("actor", self.row.actor_id)

    @property
    def on_behalf_of(self) -> Any:
        return self.view.thing("actor", self.row.on_behalf_of_id)

    def claims(self) -> list[Any]:
        links = self.view.rows("involvement_claim", involvement_id=self.row.id)
        return [claim for link in links if (claim := self.view.thing("claim", link.claim_id))]


class Unnamed(Thing):
    @property
    def typename(self) -> str:
        return "UnnamedInvolvement"

    @property
    def count(self) -> int | None:
        found: int | None = self.row.people
        return found

    @property
    def on_behalf_of(self) -> Any:
        return self.view.thing("actor", self.row.on_behalf_of_id)

    def claims(self) -> list[Any]:
        links = self.view.rows("unnamed_claim", unnamed_id=self.row.id)
        return [claim for link in links if (claim := self.view.thing("claim", link.claim_id))]
