"""Records of gatherings, made from a number: what the seeds hardly contain yet, all at once."""

from collections.abc import Iterator
from datetime import date
from random import Random

from service.store.record.record import (
    Actor,
    Claim,
    Fact,
    Involvement,
    Name,
    Passage,
    Place,
    Record,
    Source,
    Step,
    Unnamed,
)
from service.store.record.slugs import claim_slug
from service.store.record.snapshots import property_of_role

DAYS = {"first": "2019-05-02", "second": "2019-06-30", "third": "2020-01-10"}
STATES = ("atlantis", "bohemia", "cathay", "dacia")
PEOPLE = [f"{first}-{state}" for state in STATES for first in ("anna", "boris", "clara")]
PLACES = ("atlantis", "bohemia", "port", "quay", "castle")
PARTS = ("PARTICIPANT", "PARTICIPANT", "PARTICIPANT", "HOST", "DELEGATE", "INTERPRETER")
MEETINGS = 14


def gatherings(number: int) -> Record:
    """Return fourteen meetings of twelve people: of two and of many, some within others, with delegates and
    interpreters.
    """
    random = Random(number)
    meetings = [Maker(random, f"meeting-{index:02}", index).meeting() for index in range(MEETINGS)]
    return Record(
        {slug: source(slug) for slug in DAYS},
        {actor.slug: actor for actor in actors()},
        {place.slug: place for place in places()},
        {fact.slug: fact for fact in meetings},
        {},
        {},
    )


def source(slug: str) -> Source:
    day, language = DAYS[slug], {"second": "de-CH"}.get(slug, "de")
    return Source(slug, f"{slug}.txt", "ARTICLE", language, day, "STATED", date.fromisoformat(day), "a" * 64)


def english_name(text: str) -> tuple[Name, ...]:
    return (Name(text.replace("-", " ").title(), "en", "COMMON", {}),)


def actors() -> Iterator[Actor]:
    for state, letter in zip(STATES, "ABCD", strict=True):
        yield Actor(state, "Country", english_name(state), code=f"X{letter}", alpha3=f"XX{letter}")
    for person in PEOPLE:
        # no source says which side Boris belongs to
        country = None if person.startswith("boris") else person.partition("-")[2]
        yield Actor(person, "Person", english_name(person), country, is_leader=person.startswith("anna"))
    yield Actor("league", "Organisation", english_name("league"), organisation_kind="OTHER")
    yield Actor("ministry", "Organisation", english_name("ministry"), "dacia", organisation_kind="MINISTRY")


def places() -> Iterator[Place]:
    yield Place("atlantis", "COUNTRY", english_name("atlantis"), "atlantis")
    yield Place("bohemia", "COUNTRY", english_name("bohemia"), "bohemia")
    yield Place("port", "CITY", english_name("port"), "atlantis", "atlantis")
    yield Place("quay", "VENUE", english_name("quay"), "atlantis", "port")
    yield Place("castle", "VENUE", english_name("castle"), "bohemia", "bohemia")


class Maker:
    """Maker of one meeting, which may be part of an earlier one."""

    def __init__(self, random: Random, slug: str, index: int) -> None:
        self.random, self.slug, self.index = random, slug, index
        self.claims: dict[str, Claim] = {}
        self.sources = random.sample(sorted(DAYS), random.choice([1, 2, 3]))
        self.fields: dict[str, object] = {"level": random.choice(["LEADERS", "LEADERS", "MINISTERS"])}

    def meeting(self) -> Fact:
        existence = tuple(self.say("existence", None, each).slug for each in self.sources)
        self.say("status", self.random.choice(["HELD", "HELD", "HELD", "SCHEDULED"]))
        self.say("date", f"2019-0{self.random.randint(1, 9)}-1{self.random.randint(0, 9)}")
        self.say_some("format", "MULTILATERAL", "SUMMIT", "CALL")
        self.say_some("setting", "BILATERAL", "MULTILATERAL")
        self.say_within()
        self.say_places()
        involvements = tuple(self.involve(actor, existence) for actor in self.choose_actors())
        unnamed = tuple(self.unnamed_people(existence) for _ in range(self.random.choice([0, 0, 1, 2])))
        for person in self.random.sample(PEOPLE, self.random.choice([0, 1, 2])):
            self.say("designation", self.random.choice(["boss", "chief"]), designates=person)
        typename = "Summit" if self.fields["level"] == "LEADERS" else "Talks"
        return Fact(
            self.slug,
            typename,
            tuple(self.claims.values()),
            self.fields,
            involvements,
            english_name(self.slug),
            unnamed=unnamed,
        )

    def say(self, property: str, value: str | None, source: str | None = None, **more: str | None) -> Claim:
        """Add a claim about the meeting, from one of its sources, at its own passage."""
        source = source or self.random.choice(self.sources)
        start = 1000 * self.index + 10 * len(self.claims)
        claim = Claim(
            claim_slug(source, self.slug, property, value, start),
            self.slug,
            property,
            value,
            source,
            date.fromisoformat(DAYS[source]),
            Passage(source, start, start + 5, 1, "BODY", "b" * 64),
            (Step("OUTLET", None, "paper"),),
            len(self.claims) + 1,
            factuality=self.random.choice(["CERTAIN", "CERTAIN", "CERTAIN", "UNCOMMITTED"]),
            **more,  # type: ignore[arg-type]
        )
        self.claims[claim.slug] = claim
        return claim

    def say_some(self, property: str, *values: str) -> None:
        if self.random.random() < 0.3:
            self.say(property, self.random.choice(values))

    def say_within(self) -> None:
        if self.index and self.random.random() < 0.5:
            outer = f"meeting-{self.random.randrange(self.index):02}"
            self.say("within", outer, value_typename="Summit")
            self.say_some("withinKind", "MARGINS", "PROGRAMME")

    def say_places(self) -> None:
        chosen = self.random.sample(PLACES, self.random.choice([0, 1, 2, 3]))
        if self.random.random() < 0.3:
            self.fields["places"] = tuple(chosen)
        else:
            for place in chosen:
                self.say("places", place, value_typename="Place")
        if self.random.random() < 0.4:
            self.say("place", self.random.choice(PLACES), value_typename="Place")

    def choose_actors(self) -> list[str]:
        return self.random.sample([*PEOPLE, *STATES, "league", "ministry"], self.random.choice([1, 2, 2, 2, 3, 8]))

    def involve(self, actor: str, existence: tuple[str, ...]) -> Involvement:
        """Involve somebody in the meeting, by its existence or by claims of the role, on somebody's behalf or not."""
        role, principal = self.part()
        if self.random.random() < 0.5:
            return Involvement(role, actor, existence, principal)
        property = property_of_role(role)
        tellers = self.random.sample(self.sources, self.random.randint(1, len(self.sources)))
        behalves = [principal, None] if self.random.random() < 0.5 else [principal]
        claims = [self.say(property, actor, each, on_behalf_of=self.random.choice(behalves)) for each in tellers]
        return Involvement(role, actor, tuple(claim.slug for claim in claims))

    def part(self) -> tuple[str, str | None]:
        role = self.random.choice(PARTS)
        has_principal = role in ("DELEGATE", "INTERPRETER") and self.random.random() < 0.7
        return role, self.random.choice([*STATES, "anna-atlantis", "league"]) if has_principal else None

    def unnamed_people(self, existence: tuple[str, ...]) -> Unnamed:
        role, principal = self.part()
        description, count = self.random.choice(["an aide", "some aides"]), self.random.choice([None, 1, 3])
        if self.random.random() < 0.5:
            return Unnamed(role, description, existence, count, principal)
        claim = self.say(property_of_role(role), description, on_behalf_of=principal)
        return Unnamed(role, description, (claim.slug,), count, principal)
