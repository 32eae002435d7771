"""What a fact's snapshots show, span by span: values, defaults, participants, histories; no database."""

from datetime import date

import pytest

from service.errors import SeedsInvalid
from service.store.kinds import kind_of
from service.store.kinds.quotes import is_hearsay
from service.store.record.decide import never_within
from service.store.record.history import history
from service.store.record.record import Actor, Claim, Fact, Involvement, Name, Passage, Place, Record, Source, Step
from service.store.record.snapshots import DateWithBasis, Snapshot, deciding_spans, involvement_since, snapshots
from service.store.rows import Row

DAYS = {"a": "2019-04-18", "b": "2019-04-25", "c": "2021-02-22"}


def make_claim(property: str, value: str | None, source: str = "a", start: int = 0, **more: object) -> Claim:
    given: dict[str, object] = {
        "slug": f"{source}-{property}-{value}-{start}".lower(),
        "fact": "fact",
        "property": property,
        "value": value,
        "source": source,
        "reported_on": date.fromisoformat(DAYS[source]),
        "passage": Passage(source, start, start + 1, 1, "BODY", "0" * 64),
        "steps": (Step("OUTLET", "paper"),),
        "position": 1,
    }
    return Claim(**(given | more))  # type: ignore[arg-type]


def fact(typename: str, *claims: Claim, slug: str = "fact", **more: object) -> Fact:
    told_by = "text" if typename == "Quote" else "existence"
    return Fact(slug, typename, claims, told_by=told_by, file="facts.yaml", line=7, **more)  # type: ignore[arg-type]


def known_snapshots(typename: str, *claims: Claim, **more: object) -> list[Snapshot]:
    return snapshots(fact(typename, *claims, **more), never_within)  # type: ignore[arg-type]


def record(*facts: Fact) -> Record:
    sources = {
        slug: Source(slug, f"{slug}.txt", "ARTICLE", "de", day, "STATED", date.fromisoformat(day), "0" * 64)
        for slug, day in DAYS.items()
    }
    actors = {
        "kim": Actor("kim", "Person", (), country="north-korea"),
        "putin": Actor("putin", "Person", (), country="russia"),
        "north-korea": Actor("north-korea", "Country", ()),
        "russia": Actor("russia", "Country", ()),
    }
    places = {
        "vladivostok": Place("vladivostok", "CITY", (), country="russia"),
        "hanoi": Place("hanoi", "CITY", (), country="vietnam"),
        "dmz": Place("dmz", "REGION", ()),
    }
    return Record(sources, actors, places, {one.slug: one for one in facts}, {}, {})


def row_of(snapshot: Snapshot) -> Row:
    return kind_of(snapshot.fact).to_row(record(), snapshot)


def values_of(snapshot: Snapshot, *names: str) -> list[object]:
    row = row_of(snapshot)
    return [row[name] for name in names]


# ------------------------------------------------------------------ spans and values


def test_a_snapshot_for_each_span_between_days_of_publication() -> None:
    told = known_snapshots(
        "Office", make_claim("existence", None), make_claim("attested", "2021", "c"), make_claim("of", "x", "b")
    )
    assert [(r.known_since, r.known_from, r.known_until) for r in told] == [
        (date(2019, 4, 18), date(2019, 4, 18), date(2019, 4, 24)),
        (date(2019, 4, 18), date(2019, 4, 25), date(2021, 2, 21)),
        (date(2019, 4, 18), date(2021, 2, 22), date.max),
    ]
    assert [snapshot.is_last for snapshot in told] == [False, False, True]


def test_what_is_only_counted_begins_on_the_day_given() -> None:
    counted = snapshots(fact("Relationship", slug="a--b"), never_within, date(2018, 5, 31))
    assert [(r.known_from, r.known_until) for r in counted] == [(date(2018, 5, 31), date.max)]
    earlier = snapshots(fact("Relationship", make_claim("state", "warm")), never_within, date(2018, 5, 31))
    assert [r.known_from for r in earlier] == [date(2018, 5, 31), date(2019, 4, 18)]


def test_a_fact_that_no_source_tells_of_is_a_mistake() -> None:
    with pytest.raises(SeedsInvalid, match=r"facts\.yaml:7: fact: no source reports it"):
        known_snapshots("Event")


def test_a_value_with_claims_is_known_only_from_them() -> None:
    first, last = known_snapshots(
        "Event", make_claim("existence", None), make_claim("place", "hanoi", "b"), fields={"place": "no", "mode": "yes"}
    )
    assert [first.value("place"), last.value("place")] == [None, "hanoi"]
    assert [first.value("mode"), last.value("quote")] == ["yes", None]
    assert first.deciding_claim("place") is None


def test_a_date_has_the_basis_of_its_claim_or_of_the_existence() -> None:
    first, last = known_snapshots(
        "Invitation",
        make_claim("existence", None, basis="INFERRED"),
        make_claim("date", "2019-04", "b", basis="RELATIVE"),
        fields={"respondedOn": "2019-05"},
    )
    assert first.date_of() == DateWithBasis(None, None)
    assert last.date_of() == DateWithBasis("2019-04", "RELATIVE")
    assert last.date_of("respondedOn") == DateWithBasis("2019-05", "INFERRED")


def test_spans_of_one_deciding_claim_are_joined() -> None:
    held, late = make_claim("status", "HELD", "b"), make_claim("status", "CUT_SHORT", "c")
    told = known_snapshots("Summit", make_claim("existence", None), held, make_claim("status", "HELD", "b", 5), late)
    assert deciding_spans(told, "status") == [
        (date(2019, 4, 25), date(2021, 2, 21), held),
        (date(2021, 2, 22), date.max, late),
    ]
    assert deciding_spans(told, "existence") == [(date(2019, 4, 18), date.max, told[0].existence)]


def test_what_others_tell_too_makes_no_snapshot() -> None:
    told = known_snapshots(
        "Summit",
        *(
            make_claim(property, value, source)
            for property, value in (("existence", None), ("date", "2019"))
            for source in "abc"
        ),
    )
    assert [(r.known_from, r.known_until, r.sayings.count) for r in told] == [(date(2019, 4, 18), date.max, 2)]


# ------------------------------------------------------------------ kinds


@pytest.mark.parametrize(
    ("status", "phase", "outcome"),
    [
        (None, "PLANNED", "PENDING"),
        ("SCHEDULED", "PLANNED", "PENDING"),
        ("IN_PROGRESS", "UNDERWAY", "PENDING"),
        ("HELD", "HELD", "UNKNOWN"),
        ("CUT_SHORT", "HELD", "UNKNOWN"),
        ("CANCELLED", "OFF", "NOT_HELD"),
        ("DEFERRED", "OFF", "PENDING"),
    ],
)
def test_a_meeting_without_claims_has_its_defaults(status: str | None, phase: str, outcome: str) -> None:
    claims = [make_claim("existence", None), *([make_claim("status", status)] if status else [])]
    names = (Name("Wladiwostok", "de", "COMMON", {}), Name("Vladivostok", "en-GB", "COMMON", {}))
    (snapshot,) = known_snapshots("Summit", *claims, fields={"level": "LEADERS"}, names=names)
    assert row_of(snapshot) == {
        "level": "LEADERS",
        "format": "MEETING",
        "status": status or "RUMOURED",
        "phase": phase,
        "outcome": outcome,
        "place_id": None,
        "setting": "UNKNOWN",
        "within_id": None,
        "within_kind": None,
        "planned": None,
        "planned_basis": None,
        "name": "Vladivostok",
        "names": {"de": "Wladiwostok", "en-gb": "Vladivostok", "en": "Vladivostok"},
    }


def test_an_invitation_without_claims_has_its_defaults() -> None:
    fields = {"issuerDescription": "the court", "invitee": "kim"}
    (snapshot,) = known_snapshots("Invitation", make_claim("existence", None), fields=fields)
    row = row_of(snapshot)
    assert {name: value for name, value in row.items() if value is not None} == {
        "issuer_description": "the court",
        "invitee_id": ("actor", ("kim",)),
        "medium": "UNKNOWN",
        "response": "UNKNOWN",
    }


def test_words_and_deeds_differ_in_their_default_medium() -> None:
    def code_event(kind: str, **more: object) -> Row:
        (snapshot,) = known_snapshots("Event", make_claim("existence", None), fields={"eventType": kind, **more})
        return row_of(snapshot)

    words, deed = code_event("REJECT", mode="meet"), code_event("MOBILIZE")
    assert [words["medium"], words["quad_class"], words["score"]] == ["UNKNOWN", "VERBAL_CONFLICT", -2.0]
    assert [deed["medium"], deed["modality"], deed["score"], deed["mode"]] == ["NONE", "ACTUAL", -5.5, None]


def test_the_words_and_the_speaker_are_those_that_decide() -> None:
    fields = {"language": "de", "form": "DIRECT", "speakerDescription": "an official", "translation": {"en": "Yes"}}
    first, last = known_snapshots("Quote", make_claim("text", "Ja"), make_claim("speaker", "kim", "b"), fields=fields)
    row = row_of(first)
    assert [row[name] for name in ("text", "speaker_id", "speaker_description", "medium", "translations")] == [
        "Ja",
        None,
        "an official",
        "UNKNOWN",
        {"en": "Yes"},
    ]
    assert row_of(last)["speaker_id"] == ("actor", ("kim",))


def test_words_of_nobody_are_a_mistake() -> None:
    (snapshot,) = known_snapshots("Quote", make_claim("text", "Ja"), fields={"language": "de", "form": "DIRECT"})
    with pytest.raises(SeedsInvalid, match="fact: its speaker is not yet known on 2019-04-18"):
        row_of(snapshot)


@pytest.mark.parametrize(
    ("steps", "hearsay"),
    [
        ("OUTLET:paper", False),
        ("UTTERER:kim OUTLET:paper", False),
        ("UTTERER:? OUTLET:paper", False),
        ("AGENCY:kim OUTLET:paper", False),
        ("UTTERER:kim AGENCY:kcna OUTLET:paper", True),
        ("AGENCY:kcna OUTLET:paper", True),
        ("UTTERER:kim WITNESS:pottinger OUTLET:paper", True),
        ("UTTERER:kim RELAY:? OUTLET:paper", True),
        ("UTTERER:kim OUTLET:bbc OUTLET:paper", True),
        ("UTTERER:kim TRANSLATOR:? OUTLET:paper", False),
        ("UTTERER:pottinger OUTLET:paper", True),
    ],
)
def test_hearsay_is_about_who_stands_between(steps: str, hearsay: bool) -> None:
    chain = tuple(
        Step(role, None, "somebody") if actor == "?" else Step(role, actor)
        for role, actor in (step.split(":") for step in steps.split())
    )
    assert is_hearsay(make_claim("text", "Ja", steps=chain), "kim", "paper") is hearsay


def test_an_unnamed_speaker_is_no_hearsay_by_himself() -> None:
    chain = (Step("UTTERER", "north-korea"), Step("OUTLET", "paper"))
    assert is_hearsay(make_claim("text", "Ja", steps=chain), None, "paper") is False


def test_an_office_is_attested_from_the_first_to_the_last_day() -> None:
    told = known_snapshots(
        "Office",
        make_claim("existence", None),
        make_claim("attested", "2018-05-31"),
        make_claim("attested", "2019-04-25", "b"),
        make_claim("attested", "2022", "c", factuality="DENIED"),
        make_claim("attested", "2023", "c", 3, factuality="UNCOMMITTED"),
        fields={"person": "kim", "title": {"de": "Chef"}},
    )
    rows = [row_of(snapshot) for snapshot in told]
    assert [(row["attested"], row["attested_basis"]) for row in rows] == [
        ("2018-05-31", "STATED"),
        ("2018-05-31/2019-04-25", "INFERRED"),
        ("2018-05-31/2019-04-25", "INFERRED"),
    ]
    assert [rows[0]["title"], rows[0]["titles"]] == ["Chef", {"de": "Chef"}]


@pytest.mark.parametrize(
    ("attested", "shown"),
    [
        (["2017/2020", "2018-05-31"], "2017/2020"),
        (["2019-02", "2019-02"], "2019-02"),
        (["2019-02/..", "2018-01"], "2019-02/.."),
        ([], None),
    ],
)
def test_one_claim_that_spans_them_all_is_shown_as_it_is(attested: list[str], shown: str | None) -> None:
    claims = [make_claim("attested", value, start=n) for n, value in enumerate(attested)]
    (snapshot,) = known_snapshots(
        "Office", make_claim("existence", None), *claims, fields={"person": "kim", "title": {"en": "Head"}}
    )
    assert row_of(snapshot)["attested"] == shown


# ------------------------------------------------------------------ who is in it


def test_an_involvement_is_known_from_its_own_claims() -> None:
    told = fact(
        "Summit",
        make_claim("existence", None),
        make_claim("participant", "kim", "b"),
        make_claim("host", "x", factuality="DENIED"),
    )
    rests = Involvement("HOST", "putin", ("a-existence-none-0",))
    own = Involvement("PARTICIPANT", "kim", ("b-participant-kim-0",))
    denied = Involvement("HOST", "x", ("a-host-x-0",))
    assert [involvement_since(told, one) for one in (rests, own, denied)] == [
        date(2019, 4, 18),
        date(2019, 4, 25),
        None,
    ]
    first, last = snapshots(Fact("fact", "Summit", told.claims, {}, (own, rests, denied)), never_within)
    assert [first.involvements(), last.involvements()] == [[rests], [own, rests]]


# ------------------------------------------------------------------ history


def steps(*claims: Claim) -> list[tuple[str, str | None, str | None, str, int]]:
    return [
        (step.value, step.effective, step.effective_basis, step.reported_on.isoformat(), len(telling))
        for step, telling in history(claims)
    ]


def test_claims_of_one_status_that_overlap_are_one_change() -> None:
    assert steps(
        make_claim("status", "HELD", "c", effective="2019-02", basis="RELATIVE"),
        make_claim("status", "HELD", "b", effective="2019-02-27/2019-03-02"),
        make_claim("status", "HELD", "a", effective="2019-03-01", basis="INFERRED"),
        make_claim("status", "CUT_SHORT", "a", effective="[2019-02-21..2019-02-28]"),
    ) == [
        ("CUT_SHORT", "[2019-02-21..2019-02-28]", "STATED", "2019-04-18", 1),
        ("HELD", "2019-03-01", "INFERRED", "2019-04-18", 3),
    ]


def test_what_does_not_overlap_is_told_twice() -> None:
    assert steps(
        make_claim("status", "SCHEDULED", "b", effective="2018-06-01"),
        make_claim("status", "CANCELLED", "b", effective="2018-05-24"),
        make_claim("status", "SCHEDULED", "a", effective="2018-05-10"),
    ) == [
        ("SCHEDULED", "2018-05-10", "STATED", "2019-04-18", 1),
        ("CANCELLED", "2018-05-24", "STATED", "2019-04-25", 1),
        ("SCHEDULED", "2018-06-01", "STATED", "2019-04-25", 1),
    ]


def test_without_effective_the_day_of_the_report_counts_and_nothing_is_shown() -> None:
    assert steps(
        make_claim("status", "PROPOSED", "a"),
        make_claim("status", "PROPOSED", "a", 5),
        make_claim("status", "PROPOSED", "b"),
        make_claim("status", "AGREED", "b", effective="2019-04-18", position=2),
        make_claim("status", "AGREED", "a", position=2),
    ) == [
        ("PROPOSED", None, None, "2019-04-18", 2),
        ("AGREED", "2019-04-18", "STATED", "2019-04-18", 2),
        ("PROPOSED", None, None, "2019-04-25", 1),
    ]


def test_what_is_told_again_without_a_day_is_no_step_of_its_own() -> None:
    held = make_claim("status", "HELD", "a", effective="2019-04-17")
    retold = [make_claim("status", "HELD", source, start) for source in "bc" for start in range(3)]
    assert steps(held, *retold) == [("HELD", "2019-04-17", "STATED", "2019-04-18", 7)]
    assert steps(*retold) == [("HELD", None, None, "2019-04-25", 6)]


def test_without_a_day_a_status_begins_anew_where_another_took_effect_since() -> None:
    assert steps(
        make_claim("status", "SCHEDULED", "a", effective="2019-04-01"),
        make_claim("status", "SCHEDULED", "a", 3),
        make_claim("status", "CANCELLED", "b", effective="2019-04-20"),
        make_claim("status", "SCHEDULED", "b", 5),
        make_claim("status", "SCHEDULED", "c"),
    ) == [
        ("SCHEDULED", "2019-04-01", "STATED", "2019-04-18", 2),
        ("CANCELLED", "2019-04-20", "STATED", "2019-04-25", 1),
        ("SCHEDULED", None, None, "2019-04-25", 2),
    ]


def test_statuses_that_are_told_by_turns_without_a_day_are_a_step_each() -> None:
    assert steps(
        *(
            make_claim("status", value, source, start)
            for source in "abc"
            for start, value in enumerate(("AGREED", "PROPOSED"))
        )
    ) == [("AGREED", None, None, "2019-04-18", 3), ("PROPOSED", None, None, "2019-04-18", 3)]


def test_held_is_told_again_after_it_was_cut_short() -> None:
    assert steps(
        make_claim("status", "HELD", "a", effective="2019-04-01"),
        make_claim("status", "CUT_SHORT", "a", effective="2019-04-02"),
        make_claim("status", "HELD", "c"),
    ) == [
        ("HELD", "2019-04-01", "STATED", "2019-04-18", 2),
        ("CUT_SHORT", "2019-04-02", "STATED", "2019-04-18", 1),
    ]


def test_one_day_goes_by_report_then_position_with_held_before_cut_short() -> None:
    assert [
        step[0]
        for step in steps(
            make_claim("status", "CUT_SHORT", "a", effective="2019-02-28"),
            make_claim("status", "HELD", "b", effective="2019-02-28"),
            make_claim("status", "POSTPONED", "a", effective="2019-02-20", position=2),
            make_claim("status", "AGREED", "a", effective="2019-02-20", position=1),
            make_claim("status", "RUMOURED", "b", effective="2019-02-20", position=1),
        )
    ] == ["AGREED", "POSTPONED", "RUMOURED", "HELD", "CUT_SHORT"]


def test_what_is_denied_or_a_slip_is_no_change() -> None:
    assert (
        steps(
            make_claim("status", "CANCELLED", factuality="DENIED"),
            make_claim("status", "HELD", rank="DEPRECATED"),
            make_claim("status", None),
        )
        == []
    )


def test_open_ends_overlap_whatever_comes() -> None:
    assert steps(
        make_claim("state", "tense", "a", effective="2019-02-28/.."),
        make_claim("state", "tense", "c", effective="2020-01-01/2020-02-01"),
        make_claim("state", "warm", "b", effective="../2018"),
    ) == [
        ("warm", "../2018", "STATED", "2019-04-25", 1),
        ("tense", "2020-01-01/2020-02-01", "STATED", "2019-04-18", 2),
    ]


def test_of_what_is_shown_nothing_is_known_too_early() -> None:
    first, last = known_snapshots(
        "Summit",
        make_claim("existence", None),
        make_claim("status", "HELD", "b"),
        make_claim("outcome", "AGREEMENT", "b"),
        make_claim("place", "hanoi", "b"),
        fields={"level": "LEADERS"},
    )
    names = ("status", "outcome", "place_id")
    assert values_of(first, *names) == ["RUMOURED", "PENDING", None]
    assert values_of(last, *names) == ["HELD", "AGREEMENT", ("place", ("hanoi",))]
