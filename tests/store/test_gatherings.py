"""What follows for a meeting from its participants, its place and the meeting that it is part of: no database."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

import pytest

from service.store.kinds.events import mode_of_meeting
from service.store.kinds.gatherings import check_within, participant_countries, places_of, setting_of, sides_of
from service.store.loading.derived import add_derived_facts
from service.store.loading.projection import project
from service.store.record.decide import never_within
from service.store.record.record import Actor, Claim, Fact, Involvement, Name, Passage, Record, Source, Step, Unnamed
from service.store.record.snapshots import Snapshot, snapshots

DAYS = {"a": "2019-04-18", "b": "2019-04-25", "c": "2021-02-22"}
EXISTENCE = ("a-existence-0",)
STATES = ("france", "japan", "russia")


def make_claim(property: str, value: str | None, source: str = "a", start: int = 0, **more: object) -> Claim:
    given: dict[str, object] = {
        "slug": f"{source}-{property}-{start}".lower(),
        "fact": "meeting",
        "property": property,
        "value": value,
        "source": source,
        "reported_on": date.fromisoformat(DAYS[source]),
        "passage": Passage(source, start, start + 1, 1, "BODY", "0" * 64),
        "steps": (Step("OUTLET", "paper"),),
        "position": 1,
    }
    return Claim(**(given | more))  # type: ignore[arg-type]


def parts(*parts: str) -> tuple[Involvement, ...]:
    """Return parts from `ROLE ACTOR [PRINCIPAL]`, resting on the existence of the meeting."""
    split = (part.split() for part in parts)
    return tuple(Involvement(role, actor, EXISTENCE, *principal) for role, actor, *principal in split)


def meeting(*claims: Claim, involved: Sequence[Involvement] = (), slug: str = "meeting", **more: object) -> Fact:
    names = (Name("Meeting", "en", "COMMON", {}),)
    fields = {"fields": {"level": "LEADERS"}} | more
    told = (make_claim("existence", None), *claims)
    return Fact(slug, "Summit", told, involvements=tuple(involved), names=names, **fields)  # type: ignore[arg-type]


def record(*facts: Fact, people: int = 0) -> Record:
    actors = {state: Actor(state, "Country", (), code=state[:2].upper(), alpha3=state[:3].upper()) for state in STATES}
    countries = {"abe": "japan", "aso": "japan", "macron": "france", "putin": "russia", "pope": None}
    countries |= {f"guest-{index:03}": STATES[index % 3] for index in range(people)}
    actors |= {slug: Actor(slug, "Person", (), country) for slug, country in countries.items()}
    organisations = {
        "league": ("OTHER", None),
        "agency": ("NEWS_AGENCY", "japan"),
        "ministry": ("MINISTRY", "france"),
        "paper": ("NEWSPAPER", None),
    }
    actors |= {
        slug: Actor(slug, "Organisation", (), country, organisation_kind=kind)
        for slug, (kind, country) in organisations.items()
    }
    sources = {
        slug: Source(slug, f"{slug}.txt", "ARTICLE", "de", day, "STATED", date.fromisoformat(day), "0" * 64)
        for slug, day in DAYS.items()
    }
    return Record(sources, actors, {}, {fact.slug: fact for fact in facts}, {}, {})


def known_snapshots(fact: Fact) -> list[Snapshot]:
    return snapshots(fact, never_within)


# ------------------------------------------------------------------ setting


@pytest.mark.parametrize(
    ("involved", "setting"),
    [
        (["PARTICIPANT abe", "PARTICIPANT putin"], "BILATERAL"),
        (["PARTICIPANT abe", "HOST russia", "PARTICIPANT aso", "PARTICIPANT putin"], "BILATERAL"),
        (["PARTICIPANT abe", "PARTICIPANT ministry"], "BILATERAL"),
        (["PARTICIPANT abe", "PARTICIPANT league"], "BILATERAL"),
        (["PARTICIPANT abe", "HOST macron", "PARTICIPANT putin"], "MULTILATERAL"),
        (["PARTICIPANT abe", "PARTICIPANT macron", "PARTICIPANT putin", "PARTICIPANT pope"], "MULTILATERAL"),
        (["PARTICIPANT abe", "PARTICIPANT putin", "INTERPRETER macron"], "BILATERAL"),
        (["PARTICIPANT abe", "DELEGATE pope russia"], "BILATERAL"),
        (["PARTICIPANT abe", "PARTICIPANT putin", "DELEGATE aso france"], "MULTILATERAL"),
        (["PARTICIPANT abe", "PARTICIPANT putin", "PARTICIPANT pope"], "UNKNOWN"),
        (["PARTICIPANT abe", "PARTICIPANT agency"], "UNKNOWN"),
        (["PARTICIPANT abe", "PARTICIPANT aso"], "UNKNOWN"),
        (["PARTICIPANT abe"], "UNKNOWN"),
        ([], "UNKNOWN"),
    ],
)
def test_the_setting_follows_from_the_sides_of_those_who_take_part(involved: list[str], setting: str) -> None:
    (snapshot,) = known_snapshots(meeting(involved=parts(*involved)))
    assert setting_of(record(), snapshot) == setting


def test_what_a_source_tells_goes_before_the_rule() -> None:
    two = parts("PARTICIPANT abe", "PARTICIPANT putin")
    (told,) = known_snapshots(meeting(make_claim("setting", "MULTILATERAL", start=1), involved=two))
    assert setting_of(record(), told) == "MULTILATERAL"
    (called,) = known_snapshots(
        meeting(make_claim("format", "MULTILATERAL", start=1), make_claim("format", "SUMMIT", start=2), involved=two)
    )
    assert setting_of(record(), called) == "MULTILATERAL"
    (denied,) = known_snapshots(
        meeting(make_claim("format", "MULTILATERAL", start=1, factuality="DENIED"), involved=two)
    )
    assert setting_of(record(), denied) == "BILATERAL"


@pytest.mark.parametrize(
    ("involved", "states"),
    [
        (["PARTICIPANT abe", "HOST putin"], ["japan", "russia"]),
        (["PARTICIPANT abe", "PARTICIPANT aso", "PARTICIPANT japan"], ["japan"]),
        (["PARTICIPANT abe", "DELEGATE aso france"], ["japan"]),
        (["DELEGATE pope russia"], []),
        (["PARTICIPANT agency", "PARTICIPANT ministry", "PARTICIPANT league"], ["japan", "france"]),
        (["PARTICIPANT abe", "INTERPRETER macron"], ["japan"]),
        (["INTERPRETER macron", "HOST macron"], ["france"]),
        ([], []),
    ],
)
def test_the_states_at_a_meeting_are_those_that_who_takes_part_belongs_to(
    involved: list[str], states: list[str]
) -> None:
    (snapshot,) = known_snapshots(meeting(involved=parts(*involved)))
    assert participant_countries(record(), snapshot) == states


def test_the_setting_is_that_of_those_who_were_known_by_then() -> None:
    joins = make_claim("participant", "macron", "b", 5)
    delegate = make_claim("delegate", "aso", "c", 6, on_behalf_of="france")
    late = (Involvement("PARTICIPANT", "macron", (joins.slug,)), Involvement("DELEGATE", "aso", (delegate.slug,)))
    fact = meeting(joins, delegate, involved=(*parts("PARTICIPANT abe", "PARTICIPANT putin"), *late))
    assert [setting_of(record(), each) for each in known_snapshots(fact)] == [
        "BILATERAL",
        "MULTILATERAL",
        "MULTILATERAL",
    ]


def test_an_unnamed_delegate_has_a_side_from_the_day_on_which_he_is_told() -> None:
    claim = make_claim("delegate", "a minister", "b", 5, on_behalf_of="france")
    unnamed = (Unnamed("DELEGATE", "a minister", (claim.slug,), None, "france"),)
    fact = meeting(claim, involved=parts("PARTICIPANT abe", "PARTICIPANT putin"), unnamed=unnamed)
    assert [setting_of(record(), each) for each in known_snapshots(fact)] == ["BILATERAL", "MULTILATERAL"]


# ------------------------------------------------------------------ sides


@pytest.mark.parametrize(
    ("involved", "sides"),
    [
        (["PARTICIPANT abe", "PARTICIPANT aso", "HOST putin"], {"abe": "japan", "aso": "japan", "putin": "russia"}),
        (
            ["PARTICIPANT abe", "DELEGATE pope japan", "PARTICIPANT league"],
            dict.fromkeys(("abe", "pope"), "japan") | {"league": "league"},
        ),
        (["PARTICIPANT abe", "PARTICIPANT aso", "PARTICIPANT pope"], {"abe": "japan", "aso": "japan"}),
        (["PARTICIPANT abe", "DELEGATE abe france", "PARTICIPANT putin"], {"putin": "russia"}),
        (["PARTICIPANT abe", "INTERPRETER aso", "PARTICIPANT putin"], {"abe": "japan", "putin": "russia"}),
        (["PARTICIPANT abe", "PARTICIPANT aso"], {}),
        (["PARTICIPANT abe", "PARTICIPANT aso", "INTERPRETER putin"], {}),
        ([], {}),
    ],
)
def test_whose_side_somebody_is_on_is_told_where_there_are_several(involved: list[str], sides: dict[str, str]) -> None:
    (snapshot,) = known_snapshots(meeting(involved=parts(*involved)))
    assert sides_of(record(), snapshot) == sides


def test_the_unnamed_of_another_state_are_another_side() -> None:
    two = parts("PARTICIPANT abe", "PARTICIPANT aso")
    claim = make_claim("delegate", "a minister", start=5, on_behalf_of="france")
    unnamed = (Unnamed("DELEGATE", "a minister", (claim.slug,), None, "france"),)
    (snapshot,) = known_snapshots(meeting(claim, involved=two, unnamed=unnamed))
    assert sides_of(record(), snapshot) == {"abe": "japan", "aso": "japan"}


# ------------------------------------------------------------------ on whose behalf, where


def test_on_whose_behalf_somebody_comes_may_be_told_later_than_that_he_does() -> None:
    claims = (
        make_claim("delegate", "aso", start=1),
        make_claim("delegate", "aso", "b", 2, on_behalf_of="abe"),
        make_claim("delegate", "aso", "c", 3, on_behalf_of="putin", factuality="DENIED"),
        make_claim("delegate", "aso", "c", 4, on_behalf_of="japan"),
    )
    involvement = Involvement("DELEGATE", "aso", tuple(claim.slug for claim in claims))
    told = known_snapshots(meeting(*claims, involved=[involvement]))
    assert [snapshot.principal_of(involvement) for snapshot in told] == [None, "abe", "japan"]


def test_places_are_in_the_order_told_and_the_first_is_the_one_if_nothing_decides() -> None:
    claims = (
        make_claim("places", "osan", start=1),
        make_claim("places", "seoul", start=2),
        make_claim("places", "osan", "b", 3),
    )
    denied = make_claim("places", "busan", start=4, factuality="DENIED")
    assert [places_of(each) for each in known_snapshots(meeting(*claims, denied))] == [["osan", "seoul"]]
    (one,) = known_snapshots(meeting(make_claim("place", "seoul", start=1)))
    assert places_of(one) == ["seoul"]
    (plain,) = known_snapshots(meeting(fields={"level": "LEADERS", "places": ("osan", "seoul")}))
    assert places_of(plain) == ["osan", "seoul"]
    (nowhere,) = known_snapshots(meeting())
    assert places_of(nowhere) == []


# ------------------------------------------------------------------ within


def within_claims(slug: str, outer: str, day: str | None = None, kind: str | None = None) -> Fact:
    told = [("within", outer), ("date", day), ("withinKind", kind)]
    claims = (make_claim(property, value, start=n) for n, (property, value) in enumerate(told, 1) if value)
    return meeting(*claims, slug=slug)


def test_no_meeting_lies_within_itself_at_whatever_remove() -> None:
    circle = [
        within_claims("one", "two"),
        within_claims("two", "three"),
        within_claims("three", "one"),
        within_claims("four", "one"),
    ]
    found = {fact.slug: list(check_within(record(*circle), fact)) for fact in circle}
    itself = ["within: the meeting is within itself"]
    assert found == {"one": itself, "two": itself, "three": itself, "four": []}
    own = within_claims("one", "one")
    assert list(check_within(record(own), own)) == itself


@pytest.mark.parametrize(
    ("day", "kind", "is_right"),
    [
        ("2019-06-28", "PROGRAMME", True),
        ("2019-06", None, True),
        ("../2019-06-28", "PROGRAMME", True),
        ("2019-06-30", "PROGRAMME", False),
        ("2019-06-30", "MARGINS", True),
        ("2019-06-27", "MARGINS", True),
        ("2019-06-26", "MARGINS", False),
        ("2019-07-01/..", "MARGINS", False),
        (None, "PROGRAMME", True),
    ],
)
def test_a_part_has_a_day_in_common_with_the_whole(day: str | None, kind: str | None, is_right: bool) -> None:
    whole = meeting(make_claim("date", "2019-06-28/2019-06-29", start=1), slug="whole")
    part = within_claims("part", "whole", day, kind)
    fault = [] if is_right else ["within: none of the days reported for it is a day of whole"]
    assert list(check_within(record(whole, part), part)) == fault


def test_a_way_of_being_within_needs_something_to_be_within() -> None:
    part = meeting(make_claim("withinKind", "MARGINS", start=1))
    assert list(check_within(record(part), part)) == ["withinKind: within is missing"]


# ------------------------------------------------------------------ what it codes, and makes


def held_meeting(*involved: str, slug: str = "meeting", more: Sequence[Claim] = ()) -> Fact:
    return meeting(make_claim("status", "HELD", start=1), *more, involved=parts(*involved), slug=slug)


def test_a_gathering_is_one_consultation_of_all_who_took_part() -> None:
    many = held_meeting(
        "PARTICIPANT abe", "PARTICIPANT macron", "PARTICIPANT putin", "DELEGATE aso japan", "INTERPRETER pope"
    )
    made, _ = add_derived_facts(record(many))
    (event,) = [fact for fact in made.facts.values() if fact.typename == "Event"]
    assert [one.actor for one in event.involvements] == ["abe", "macron", "putin", "aso"]
    assert mode_of_meeting(record(), known_snapshots(many)[0]) == "multilateral"
    assert mode_of_meeting(record(), known_snapshots(held_meeting("PARTICIPANT abe", "PARTICIPANT putin"))[0]) is None


@pytest.mark.parametrize(
    ("kind", "guest", "count"), [("PROGRAMME", "abe", 1), ("PROGRAMME", "aso", 2), ("MARGINS", "abe", 2)]
)
def test_part_of_a_programme_is_one_act_with_the_whole(kind: str, guest: str, count: int) -> None:
    whole = held_meeting("PARTICIPANT abe", "PARTICIPANT putin", slug="whole")
    more = make_claim("within", "whole", start=2), make_claim("withinKind", kind, start=3)
    part = held_meeting("PARTICIPANT putin", f"PARTICIPANT {guest}", more=more)
    made, _ = add_derived_facts(record(whole, part))
    assert sum(fact.typename == "Event" for fact in made.facts.values()) == count


def test_what_a_gathering_of_many_writes_grows_with_its_pairs_and_not_with_the_days_on_which_it_is_told() -> None:
    """Each two have a relationship, with a row of `shared` for the meeting and one for its event."""
    n = 20
    involved = [f"PARTICIPANT guest-{index:03}" for index in range(n)]
    fact = held_meeting(*involved, more=[make_claim("existence", None, "b", 9), make_claim("status", "HELD", "b", 8)])
    rows: dict[str, int] = {}
    for entry in project(record(fact, people=n)):
        for table, _ in entry.rows:
            rows[table] = rows.get(table, 0) + 1
    pairs = len(list(combinations(range(n), 2)))
    assert rows["relationship"] == pairs
    assert rows["shared"] == pairs * 3  # one for the relationship itself
    assert rows["presence"] == n * 2 + pairs * 2
    assert rows["involvement"] == n * 2 + pairs * 2
