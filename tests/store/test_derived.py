"""The events that meetings and invitations already are, and the relationships made by sharing a fact."""

from dataclasses import replace
from datetime import date

import pytest

from service.errors import SeedsInvalid
from service.store.loading.derived import add_derived_facts
from service.store.record.record import Actor, Claim, Fact, Involvement, Passage, Record, Step

DAYS = {"a": "2019-04-18", "b": "2019-04-25", "c": "2021-02-22"}
EXISTENCE = "a-meeting-existence-0"


def make_claim(property: str, value: str | None, source: str = "a", start: int = 0, **more: object) -> Claim:
    given: dict[str, object] = {
        "slug": f"{source}-meeting-{property}-{start}".lower(),
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


def make_involvements(*roles: tuple[str, str]) -> tuple[Involvement, ...]:
    return tuple(Involvement(role, actor, (EXISTENCE,)) for role, actor in roles)


def meeting(*claims: Claim, typename: str = "Summit", involved: tuple[Involvement, ...] = ()) -> Fact:
    both = involved or make_involvements(("PARTICIPANT", "kim"), ("HOST", "putin"))
    return Fact("meeting", typename, (make_claim("existence", None), *claims), involvements=both)


def record(*facts: Fact) -> Record:
    people = {"kim": "north-korea", "choe": "north-korea", "putin": "russia", "trump": "united-states", "pope": None}
    actors = {slug: Actor(slug, "Person", (), country=country) for slug, country in people.items()}
    actors |= {slug: Actor(slug, "Country", ()) for slug in ("north-korea", "russia", "united-states", "south-korea")}
    actors["kcna"] = Actor("kcna", "Organisation", (), country="north-korea")
    return Record({}, actors, {}, {fact.slug: fact for fact in facts}, {}, {})


def derive_events(*facts: Fact) -> dict[str, Fact]:
    """Return the derived events by slug."""
    given = {fact.slug for fact in facts}
    made, _ = add_derived_facts(record(*facts))
    return {slug: fact for slug, fact in made.facts.items() if fact.typename == "Event" and slug not in given}


def involved_roles(event: Fact) -> list[str]:
    return [f"{one.role} {one.actor}" for one in event.involvements]


def claimed_values(event: Fact) -> list[tuple[str, str | None, str]]:
    return [(claim.property, claim.value, claim.source) for claim in event.claims]


# ------------------------------------------------------------------ meetings


def test_a_meeting_that_was_held_is_one_consultation_of_all_who_were_there() -> None:
    events = derive_events(
        meeting(
            make_claim("status", "SCHEDULED", factuality="DENIED"),
            make_claim("status", "HELD", "b", 3, effective="2019-04-25"),
            make_claim("status", "CUT_SHORT", "c", 4),
            make_claim("date", "2019-04-25", "b", 5, basis="RELATIVE"),
            make_claim("place", "vladivostok", "a", 6, value_typename="Place"),
            make_claim("place", "island", "b", 7, value_typename="Place"),
        )
    )
    assert list(events) == ["meeting-held"]
    held = events["meeting-held"]
    assert held.fields == {
        "eventType": "CONSULT",
        "modality": "ACTUAL",
        "codes": "meeting",
        "act": "held",
        "medium": "IN_PERSON",
    }
    assert involved_roles(held) == ["ACTOR kim", "ACTOR putin"]
    assert claimed_values(held) == [
        ("existence", None, "b"),
        ("existence", None, "c"),
        ("date", "2019-04-25", "b"),
        ("place", "island", "b"),
    ]
    assert [claim.slug for claim in held.claims] == [
        "b-meeting-held-existence-status-held",
        "c-meeting-held-existence-status-cut-short",
        "b-meeting-held-date-2019-04-25",
        "b-meeting-held-place-island",
    ]
    assert {claim.fact for claim in held.claims} == {"meeting-held"}
    assert [one.claims for one in held.involvements] == [
        ("b-meeting-held-existence-status-held", "c-meeting-held-existence-status-cut-short")
    ] * 2
    assert [claim.value_typename for claim in held.claims] == [None, None, None, "Place"]


def test_agreeing_counts_once_for_each_time_that_it_took_effect() -> None:
    events = derive_events(
        meeting(
            make_claim("status", "AGREED", "a", 1, effective="2018-05"),
            make_claim("status", "SCHEDULED", "b", 2, effective="2018-05-10"),
            make_claim("status", "SCHEDULED", "b", 3),
            make_claim("status", "SCHEDULED", "c", 4, effective="2018-06-01"),
        )
    )
    assert list(events) == ["meeting-agreed", "meeting-agreed-2"]
    assert claimed_values(events["meeting-agreed"]) == [
        ("existence", None, "a"),
        ("existence", None, "b"),
        ("existence", None, "b"),
        ("date", "2018-05", "a"),
        ("date", "2018-05-10", "b"),
    ]
    assert claimed_values(events["meeting-agreed-2"]) == [("existence", None, "c"), ("date", "2018-06-01", "c")]
    assert events["meeting-agreed"].fields["eventType"] == "AGREE"
    assert involved_roles(events["meeting-agreed"]) == ["ACTOR kim", "ACTOR putin"]


def test_claims_without_a_day_are_one_agreement() -> None:
    events = derive_events(meeting(make_claim("status", "AGREED", "a", 1), make_claim("status", "SCHEDULED", "c", 2)))
    assert list(events) == ["meeting-agreed"]
    assert claimed_values(events["meeting-agreed"]) == [
        ("existence", None, "a"),
        ("existence", None, "c"),
        ("date", "[..2019-04-18]", "a"),
    ]


def test_without_a_day_an_act_was_done_by_the_day_on_which_it_was_first_told() -> None:
    events = derive_events(
        meeting(make_claim("status", "AGREED", "b", 1, factuality="UNCOMMITTED"), make_claim("status", "HELD", "c"))
    )
    bounds = {slug: event.claims[-1] for slug, event in events.items()}
    assert [(slug, one.value, one.basis, one.factuality, one.source) for slug, one in bounds.items()] == [
        ("meeting-held", "[..2021-02-22]", "INFERRED", "CERTAIN", "c"),
        ("meeting-agreed", "[..2019-04-25]", "INFERRED", "UNCOMMITTED", "b"),
    ]


def test_who_joined_by_a_claim_of_his_own_is_no_side_but_was_there() -> None:
    joins = make_claim("participant", "choe", "b", 9, value_typename="Person")
    involved = (
        *make_involvements(("PARTICIPANT", "kim"), ("HOST", "putin")),
        Involvement("PARTICIPANT", "choe", (joins.slug,)),
    )
    events = derive_events(
        meeting(
            joins, make_claim("status", "SCHEDULED", "a", 1), make_claim("status", "HELD", "b", 2), involved=involved
        )
    )
    assert involved_roles(events["meeting-agreed"]) == ["ACTOR kim", "ACTOR putin"]
    held = events["meeting-held"]
    assert involved_roles(held) == ["ACTOR kim", "ACTOR putin", "ACTOR choe"]
    assert held.involvements[2].claims == ("b-meeting-held-actor-choe-participant",)
    assert claimed_values(held)[-1] == ("actor", "choe", "b")


@pytest.mark.parametrize(("status", "suffix"), [("CANCELLED", "cancelled"), ("DEFERRED", "deferred")])
@pytest.mark.parametrize("by", ["kim", "north-korea", "kcna"])
def test_calling_off_is_a_rejection_by_one_side_towards_the_other(status: str, suffix: str, by: str) -> None:
    events = derive_events(
        meeting(
            make_claim("status", status, "a", 1, by=by, effective="2018-05-24"), make_claim("status", status, "b", 2)
        )
    )
    assert list(events) == [f"meeting-{suffix}-by-{by}"]
    off = events[f"meeting-{suffix}-by-{by}"]
    assert [off.fields["eventType"], off.fields["mode"]] == ["REJECT", "meet"]
    assert involved_roles(off) == [f"ACTOR {by}", "RECIPIENT putin"]
    assert claimed_values(off) == [("existence", None, "a"), ("date", "2018-05-24", "a")]


def test_nobody_called_off_what_no_source_says_who() -> None:
    assert derive_events(meeting(make_claim("status", "CANCELLED"), make_claim("status", "POSTPONED", by="kim"))) == {}


def test_a_call_is_made_by_call() -> None:
    events = derive_events(meeting(make_claim("status", "HELD"), make_claim("format", "CALL"), typename="Talks"))
    assert events["meeting-held"].fields["medium"] == "CALL"


def test_an_event_of_that_slug_in_the_seeds_is_a_mistake() -> None:
    own = Fact("meeting-held", "Event", (make_claim("existence", None),), file="events.yaml", line=3)
    with pytest.raises(SeedsInvalid, match=r"events\.yaml:3: meeting-held: this slug belongs to a derived event"):
        add_derived_facts(record(meeting(make_claim("status", "HELD")), own))


def test_an_event_is_found_by_its_slug() -> None:
    facts = add_derived_facts(record(meeting(make_claim("status", "HELD"))))[0].facts
    assert facts["meeting-held"].fields["codes"] == "meeting"
    assert [slug in facts for slug in ("meeting-held", "meeting-agreed", "other-held")] == [True, False, False]
    assert [*facts] == ["kim--putin", "meeting", "meeting-held"]
    assert len(facts) == 3


# ------------------------------------------------------------------ invitations


def invitation(*claims: Claim, **fields: object) -> Fact:
    both = make_involvements(("ISSUER", "putin"), ("INVITEE", "kim"))
    return Fact("meeting", "Invitation", (make_claim("existence", None), *claims), fields, both)


def test_an_invitation_is_an_agreement_towards_the_invitee() -> None:
    made = make_claim("madeAt", "vladivostok-2019", "a", 4, value_typename="Summit")
    (issued,) = derive_events(invitation(make_claim("date", "2019-04-25", "b", 2), made, medium="LETTER")).values()
    assert issued.slug == "meeting-issued"
    assert involved_roles(issued) == ["ACTOR putin", "RECIPIENT kim"]
    assert issued.fields == {
        "eventType": "AGREE",
        "modality": "ACTUAL",
        "codes": "meeting",
        "act": "issued",
        "medium": "LETTER",
    }
    assert claimed_values(issued) == [
        ("existence", None, "a"),
        ("date", "2019-04-25", "b"),
        ("meeting", "vladivostok-2019", "a"),
    ]


@pytest.mark.parametrize(
    ("response", "kind", "mode"),
    [("ACCEPTED", "AGREE", None), ("DECLINED", "REJECT", "meet"), ("DEFERRED", "REJECT", "meet")],
)
def test_the_answer_is_an_event_of_the_invitee(response: str, kind: str, mode: str | None) -> None:
    events = derive_events(
        invitation(make_claim("response", response, "b", 2), make_claim("respondedOn", "2019-04-26", "b", 3))
    )
    answered = events[f"meeting-{response.lower()}"]
    assert [answered.fields["eventType"], answered.fields.get("mode")] == [kind, mode]
    assert involved_roles(answered) == ["ACTOR kim", "RECIPIENT putin"]
    assert claimed_values(answered) == [("existence", None, "b"), ("date", "2019-04-26", "b")]


def test_an_open_answer_is_no_event() -> None:
    assert list(derive_events(invitation(make_claim("response", "PENDING", "b", 2)))) == ["meeting-issued"]


def visit(*claims: Claim) -> Fact:
    """Return the meeting of Putin's invitation, hosted by Kim."""
    involved = make_involvements(("PARTICIPANT", "putin"), ("HOST", "kim"))
    return Fact("visit", "Summit", (make_claim("existence", None), *claims), involvements=involved)


@pytest.mark.parametrize(
    ("response", "status", "kept"),
    [
        ("ACCEPTED", {"value": "AGREED"}, "visit-agreed"),
        ("ACCEPTED", {"value": "SCHEDULED"}, "visit-agreed"),
        ("DEFERRED", {"value": "DEFERRED", "by": "kim"}, "visit-deferred-by-kim"),
        ("DECLINED", {"value": "CANCELLED", "by": "kim"}, "visit-cancelled-by-kim"),
    ],
)
def test_an_answer_that_the_same_passage_tells_of_the_meeting_is_one_act(
    response: str, status: dict[str, str], kept: str
) -> None:
    asked = invitation(
        make_claim("response", response, "b", 2), make_claim("response", response, "c", 5), meeting="visit"
    )
    same = make_claim("status", status["value"], "b", 2, fact="visit", by=status.get("by"))
    assert sorted(derive_events(asked, visit(same))) == ["meeting-issued", kept]
    other = make_claim("status", status["value"], "b", 3, fact="visit", by=status.get("by"))
    assert set(derive_events(asked, visit(other))) == {"meeting-issued", f"meeting-{response.lower()}", kept}


def test_the_one_act_rests_on_what_tells_of_the_answer_too() -> None:
    asked = invitation(
        make_claim("response", "ACCEPTED", "a", 9),
        make_claim("response", "ACCEPTED", "b", 2),
        make_claim("respondedOn", "2019-04-25", "b", 2),
        meeting="visit",
    )
    agreed = derive_events(asked, visit(make_claim("status", "AGREED", "b", 2, fact="visit")))["visit-agreed"]
    assert claimed_values(agreed) == [("existence", None, "b"), ("existence", None, "a"), ("date", "2019-04-25", "b")]


# ------------------------------------------------------------------ relationships


def test_two_people_or_two_states_that_share_a_fact_have_a_relationship() -> None:
    involved = make_involvements(*(("PARTICIPANT", slug) for slug in ("putin", "kim", "russia", "north-korea", "kcna")))
    made, counted = add_derived_facts(record(meeting(involved=involved)))
    assert counted == {
        "kim--putin": date(2019, 4, 18),
        "north-korea--russia": date(2019, 4, 18),
    }
    assert made.facts["kim--putin"] == Fact(
        "kim--putin",
        "Relationship",
        (),
        involvements=(Involvement("PARTY", "kim", ()), Involvement("PARTY", "putin", ())),
    )


def test_it_is_known_when_both_are_known_to_be_in_the_same_fact() -> None:
    joins = make_claim("participant", "trump", "b", 9)
    involved = (*make_involvements(("PARTICIPANT", "kim")), Involvement("PARTICIPANT", "trump", (joins.slug,)))
    later = Fact(
        "later",
        "Quote",
        (make_claim("text", "Ja", "c"),),
        involvements=tuple(Involvement("ABOUT", slug, ("c-meeting-text-0",)) for slug in ("kim", "trump", "pope")),
    )
    _, counted = add_derived_facts(record(meeting(joins, involved=involved), later))
    assert counted == {
        "kim--trump": date(2019, 4, 25),
        "kim--pope": date(2021, 2, 22),
        "pope--trump": date(2021, 2, 22),
    }


def test_it_is_of_the_curation_of_the_fact_by_which_it_is_known_first_or_of_the_foremost_of_that_day() -> None:
    meetings = (meeting(make_claim("status", "HELD")), replace(meeting(), slug="other"))
    curations = [("IMPORTED", "REVIEWED"), ("REVIEWED", "IMPORTED"), ("IMPORTED", "IMPORTED")]
    made = [
        add_derived_facts(record(*(replace(each, curation=one) for each, one in zip(meetings, some, strict=True))))[0]
        for some in curations
    ]
    assert [each.facts["kim--putin"].curation for each in made] == ["REVIEWED", "REVIEWED", "IMPORTED"]


def test_a_recorded_one_keeps_its_claims_and_is_known_since_the_earlier_day() -> None:
    state = make_claim("state", "cool", "a", 8, fact="kim--putin")
    recorded = Fact("kim--putin", "Relationship", (state,))
    made, counted = add_derived_facts(record(recorded))
    assert counted == {"kim--putin": date(2019, 4, 18)}
    assert made.facts["kim--putin"].claims == (state,)
    assert [one.role for one in made.facts["kim--putin"].involvements] == ["PARTY", "PARTY"]
