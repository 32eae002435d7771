"""Which claim decides: every clause of the rule on its own, then the worked cases of the domain notes."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest

from service.store.record.decide import as_date, decide, effective_day, never_within
from service.store.record.record import Claim, Passage

PART_OF = {"russky-island": "vladivostok", "vladivostok": "russia"}


def is_within(inner: str, outer: str) -> bool:
    container = PART_OF.get(inner)
    return container is not None and (container == outer or is_within(container, outer))


def make_claim(
    value: str | None,
    reported_on: str,
    *,
    property: str = "date",
    source: str = "a",
    start: int = 0,
    position: int = 1,
    factuality: str = "CERTAIN",
    basis: str = "STATED",
    rank: str = "NORMAL",
    effective: str | None = None,
) -> Claim:
    return Claim(
        slug=f"{source}-{property}-{start}-{position}",
        fact="fact",
        property=property,
        value=value,
        source=source,
        reported_on=date.fromisoformat(reported_on),
        passage=Passage(source, start, start + 1, 1, "BODY", "0" * 64),
        steps=(),
        position=position,
        factuality=factuality,
        basis=basis,
        rank=rank,
        effective=effective,
    )


def find_deciding(claims: Sequence[Claim], property: str = "date") -> Claim | None:
    """Return the deciding claim, which must not depend on the order of the claims."""
    answers = {decide(property, order, is_within) for order in permutations(claims)}
    assert len(answers) == 1
    return answers.pop()


def status_claim(value: str, reported_on: str, effective: str | None = None, **more: object) -> Claim:
    return make_claim(value, reported_on, property="status", effective=effective, **more)  # type: ignore[arg-type]


# ------------------------------------------------------------------ candidates


def test_nothing_told_decides_nothing() -> None:
    assert decide("date", []) is None


@pytest.mark.parametrize("out", [{"rank": "DEPRECATED"}, {"factuality": "DENIED"}])
def test_deprecated_and_denied_claims_do_not_stand(out: dict[str, str]) -> None:
    assert find_deciding([make_claim("2019-02-28", "2019-03-01", **out)]) is None  # type: ignore[arg-type]
    stays = make_claim("2019-02-27", "2019-01-01", source="b", factuality="UNCOMMITTED")
    assert find_deciding([make_claim("2019-02-28", "2019-03-01", **out), stays]) is stays  # type: ignore[arg-type]


def test_only_the_highest_rank_stands() -> None:
    preferred = make_claim("2019-02-27", "2019-01-01", rank="PREFERRED", factuality="POSSIBLE", basis="INFERRED")
    normal = make_claim("2019-02-28", "2019-03-01", source="b")
    assert find_deciding([preferred, normal]) is preferred
    denied = make_claim("2019-02-27", "2019-01-01", source="c", rank="PREFERRED", factuality="DENIED")
    assert find_deciding([denied, normal]) is normal


# ------------------------------------------------------------------ rule 1, what does not change


def test_vouched_for_goes_before_later_told() -> None:
    probable = make_claim("2019-02-27", "2019-01-01", factuality="PROBABLE", basis="INFERRED")
    for factuality in ("POSSIBLE", "UNCOMMITTED"):
        assert find_deciding([probable, make_claim("2019-02-28", "2019-03-01", factuality=factuality)]) is probable


def test_probable_stands_level_with_certain() -> None:
    later = make_claim("2019-02-28", "2019-03-01", factuality="PROBABLE", source="b")
    assert find_deciding([make_claim("2019-02-27", "2019-01-01"), later]) is later


def test_the_latest_report_goes_before_the_better_basis() -> None:
    later = make_claim("2019-02-28", "2019-03-02", basis="INFERRED", source="b")
    assert find_deciding([make_claim("2019-02-27", "2019-03-01"), later]) is later


def test_basis_then_source_then_passage_break_ties() -> None:
    day = "2019-03-01"
    stated = make_claim("2019-02-26", day, source="z", start=9)
    relative = make_claim("2019-02-27", day, source="y", basis="RELATIVE")
    inferred = make_claim("2019-02-28", day, source="x", basis="INFERRED")
    assert find_deciding([inferred, relative, stated]) is stated
    assert find_deciding([inferred, relative]) is relative
    assert find_deciding([stated, make_claim("2019-02-25", day, source="y", start=10)]) == make_claim(
        "2019-02-25", day, source="y", start=10
    )
    earlier = make_claim("2019-02-25", day, source="z", start=8)
    assert find_deciding([stated, earlier]) is earlier


def test_that_the_value_is_not_known_can_be_the_last_word() -> None:
    unknown = make_claim(None, "2019-04-26", property="reason", source="b")
    known = make_claim("work", "2019-04-25", property="reason")
    assert find_deciding([known, unknown], "reason") is unknown
    assert find_deciding([make_claim("work", "2019-04-27", property="reason"), unknown], "reason") == make_claim(
        "work", "2019-04-27", property="reason"
    )


# ------------------------------------------------------------------ rule 1, what changes


def test_held_goes_before_any_other_status_whatever_the_day() -> None:
    held = status_claim("HELD", "2019-03-01", "2019-02-27", factuality="UNCOMMITTED")
    assert find_deciding([held, status_claim("POSTPONED", "2019-05-01", "2019-05-01", source="b")], "status") is held
    cut_short = status_claim("CUT_SHORT", "2019-03-01", "2019-02-26", factuality="POSSIBLE")
    assert find_deciding([cut_short, status_claim("IN_PROGRESS", "2019-05-01", source="b")], "status") is cut_short


def test_what_took_effect_last_decides_before_what_is_vouched_for() -> None:
    told = status_claim("REINSTATED", "2018-05-31", "2018-05-25", factuality="UNCOMMITTED")
    assert find_deciding([told, status_claim("CANCELLED", "2018-06-30", "2018-05-24", source="b")], "status") is told


def test_effective_counts_by_its_last_possible_day() -> None:
    month = status_claim("POSTPONED", "2018-07-01", "2018-05")
    assert find_deciding([month, status_claim("AGREED", "2018-07-02", "2018-05-30", source="b")], "status") is month


def test_without_effective_or_a_last_day_the_report_counts() -> None:
    plain = status_claim("AGREED", "2018-05-30")
    assert effective_day(plain) == date(2018, 5, 30)
    assert effective_day(status_claim("AGREED", "2018-05-30", "2018-05-01/..")) == date(2018, 5, 30)
    assert effective_day(status_claim("AGREED", "2018-05-30", "../2018-05-01")) == date(2018, 5, 1)
    assert find_deciding([plain, status_claim("CANCELLED", "2018-07-01", "2018-05-29", source="b")], "status") is plain


def test_then_vouched_for_then_the_latest_report() -> None:
    early = status_claim("CANCELLED", "2018-05-31", "2018-05-24", factuality="PROBABLE")
    told = status_claim("DEFERRED", "2018-06-30", "2018-05-24", source="b", factuality="UNCOMMITTED")
    late = status_claim("POSTPONED", "2018-06-01", "2018-05-24", source="c")
    assert find_deciding([early, told], "status") is early
    assert find_deciding([early, told, late], "status") is late


def test_position_counts_within_one_source_only() -> None:
    first = make_claim("ACCEPTED", "2019-04-26", property="response", source="b", position=1, start=5)
    second = make_claim("DEFERRED", "2019-04-26", property="response", source="b", position=2, start=1)
    other = make_claim("DECLINED", "2019-04-26", property="response", source="a", position=1, start=9)
    assert find_deciding([first, second], "response") is second
    assert find_deciding([first, second, other], "response") is other


def test_the_state_of_a_relationship_changes_too() -> None:
    cooled = make_claim("cooled", "2021-02-22", property="state", effective="2019-02-28/..")
    warm = make_claim("very good", "2019-09-17", property="state", source="b", effective="2019-09-16/..")
    assert find_deciding([cooled, warm], "state") is cooled


# ------------------------------------------------------------------ rule 2


@pytest.mark.parametrize("wide", ["2019-02", "2019", "[2019-02-21..2019-02-28]", "[2019-02-27,2019-02-28]"])
def test_a_day_inside_narrows(wide: str) -> None:
    day = make_claim("2019-02-27", "2019-03-01")
    assert find_deciding([day, make_claim(wide, "2021-02-22", source="b")]) is day


def test_a_span_inside_a_month_narrows_and_nothing_narrows_a_span() -> None:
    span = make_claim("2019-02-27/2019-02-28", "2020-03-27")
    assert find_deciding([span, make_claim("2019-02", "2021-02-22", source="b")]) is span
    later = make_claim("2019-02-26/2019-02-28", "2021-02-22", source="b")
    assert find_deciding([span, later, make_claim("2019-02-27", "2019-03-01", source="c")]) is later


def test_narrowing_goes_on_step_by_step() -> None:
    year, month = make_claim("2019", "2021-01-01"), make_claim("2019-02", "2020-01-01", source="b")
    day = make_claim("2019-02-27", "2019-03-01", source="c")
    assert find_deciding([year, month, day]) is day
    assert find_deciding([year, month, make_claim("2018-02-27", "2019-03-01", source="c")]) is month


def test_of_several_inside_the_one_that_comes_first_wins() -> None:
    year = make_claim("2019", "2021-01-01")
    late, early = make_claim("2019-03-01", "2020-01-01", source="b"), make_claim("2019-02-27", "2019-03-01", source="c")
    assert find_deciding([year, late, early]) is late


def test_who_is_less_well_vouched_for_does_not_narrow() -> None:
    month = make_claim("2019-04", "2019-04-18", property="plannedDate")
    told = make_claim("2019-04-23", "2019-04-18", property="plannedDate", source="b", factuality="POSSIBLE")
    assert find_deciding([month, told], "plannedDate") is month
    probable = make_claim("2019-04-24", "2019-04-18", property="plannedDate", source="b", factuality="PROBABLE")
    assert find_deciding([month, probable], "plannedDate") is probable
    rumour = make_claim("2019-04", "2019-04-18", property="plannedDate", factuality="UNCOMMITTED")
    assert find_deciding([rumour, told], "plannedDate") is told


def test_deprecated_and_lower_ranks_do_not_narrow() -> None:
    month = make_claim("2019-02", "2021-02-22", rank="PREFERRED")
    assert find_deciding([month, make_claim("2019-02-27", "2019-03-01", source="b")]) is month
    slip = make_claim("2019-02-27", "2019-03-01", source="b", rank="DEPRECATED")
    assert find_deciding([make_claim("2019-02", "2021-02-22"), slip]) == make_claim("2019-02", "2021-02-22")


def test_a_part_of_the_place_narrows() -> None:
    island = make_claim("russky-island", "2019-04-25", property="place")
    russia = make_claim("russia", "2019-04-26", property="place", source="b")
    city = make_claim("vladivostok", "2019-04-26", property="place", source="c")
    assert find_deciding([island, russia, city], "place") is island
    assert find_deciding([russia, city], "place") is city
    hanoi = make_claim("hanoi", "2019-04-25", property="place")
    assert find_deciding([hanoi, russia], "place") is russia
    assert decide("place", [island, russia], never_within) is russia
    assert find_deciding([island, russia], "origin") is russia


@pytest.mark.parametrize(
    ("property", "inner", "outer"),
    [
        ("status", "CUT_SHORT", "HELD"),
        ("status", "REINSTATED", "SCHEDULED"),
        ("outcome", "JOINT_STATEMENT", "UNDERSTANDING"),
        ("outcome", "DECLARATION", "UNDERSTANDING"),
        ("outcome", "AGREEMENT", "UNDERSTANDING"),
        ("format", "SUMMIT", "MEETING"),
        ("format", "DINNER", "MEETING"),
    ],
)
def test_the_more_exact_word_narrows_and_never_the_other_way(property: str, inner: str, outer: str) -> None:
    exact = make_claim(inner, "2019-03-01", property=property)
    later = make_claim(outer, "2021-02-22", property=property, source="b")
    assert find_deciding([exact, later], property) is exact
    early, late = make_claim(outer, "2019-03-01", property=property), make_claim(inner, "2021-02-22", property=property)
    assert find_deciding([early, late], property) is late


@pytest.mark.parametrize(
    ("property", "early", "late"),
    [
        ("outcome", "NO_AGREEMENT", "UNDERSTANDING"),
        ("format", "SUMMIT", "TALKS"),
        ("status", "AGREED", "SCHEDULED"),
        ("outcome", "AGREEMENT", "JOINT_STATEMENT"),
    ],
)
def test_other_words_do_not_narrow(property: str, early: str, late: str) -> None:
    claims = [make_claim(early, "2019-03-01", property=property), make_claim(late, "2021-02-22", property=property)]
    assert find_deciding(claims, property) is claims[1]


# ------------------------------------------------------------------ rule 3


def test_of_the_winning_value_the_best_and_earliest_claim_is_shown() -> None:
    value = "2019-04-25"
    told = make_claim(value, "2019-04-24", source="a", factuality="UNCOMMITTED")
    relative = make_claim(value, "2019-04-25", source="b", basis="RELATIVE")
    stated = make_claim(value, "2019-04-27", source="c")
    last = make_claim(value, "2019-04-28", source="d", basis="INFERRED")
    assert find_deciding([told, last]) is last
    assert find_deciding([told, relative, last]) is relative
    assert find_deciding([told, relative, stated, last]) is stated


def test_ties_of_one_value_go_by_day_source_and_offset() -> None:
    claims = [
        make_claim("2019-04-25", "2019-04-27", source="a", start=1),
        make_claim("2019-04-25", "2019-04-26", source="c", start=1),
        make_claim("2019-04-25", "2019-04-26", source="b", start=7),
        make_claim("2019-04-25", "2019-04-26", source="b", start=3),
    ]
    for count in (4, 3, 2, 1):
        assert find_deciding(claims[:count]) is claims[count - 1]


def test_which_values_are_dates() -> None:
    for property in ("date", "plannedDate", "respondedOn", "attested"):
        read = as_date(property, "2019-04-25")
        assert read is not None
        assert read.earliest == date(2019, 4, 25)
    assert [as_date(p, "2019") for p in ("status", "place", "text", "first", "toldMeetingCount")] == [None] * 5
    assert [as_date("date", value) for value in (None, "soon")] == [None, None]


# ------------------------------------------------------------------ worked cases


def test_vladivostok_before_and_after() -> None:
    announced = status_claim("SCHEDULED", "2019-04-18", "2019-04-18", source="kremlin-60319")
    retold = status_claim(
        "SCHEDULED", "2019-04-18", "2019-04-18", source="002", factuality="UNCOMMITTED", basis="RELATIVE"
    )
    held = status_claim("HELD", "2019-04-25", "2019-04-25", source="kremlin-60363")
    again = status_claim("HELD", "2019-04-26", "2019-04-25", source="003", basis="RELATIVE")
    assert find_deciding([announced, retold], "status") is announced
    assert find_deciding([announced, retold, held, again], "status") is held

    half = make_claim("[2019-04-16..2019-04-30]", "2019-04-18", property="plannedDate", source="kremlin-60319")
    rumour = make_claim("[2019-04-23,2019-04-24]", "2019-04-18", property="plannedDate", factuality="UNCOMMITTED")
    assert find_deciding([half, rumour], "plannedDate") is half

    russia = make_claim("russia", "2019-04-18", property="place", source="kremlin-60319")
    city = make_claim("vladivostok", "2019-04-18", property="place", source="002", factuality="UNCOMMITTED")
    island = make_claim("russky-island", "2019-04-25", property="place", source="kremlin-60363")
    confirmed = make_claim("vladivostok", "2019-04-26", property="place", source="003")
    assert find_deciding([russia, city], "place") is russia
    assert find_deciding([russia, city, island, confirmed], "place") is island

    stated = make_claim("2019-04-25", "2019-04-25", source="kremlin-60363")
    yesterday = make_claim("2019-04-25", "2019-04-26", source="003", basis="RELATIVE")
    assert find_deciding([stated, yesterday]) is stated


def test_hanoi_stays_cut_short_when_later_sources_only_say_held() -> None:
    cut = status_claim("CUT_SHORT", "2019-04-18", "[2019-02-21..2019-02-28]", source="002")
    record = status_claim("HELD", "2020-03-27", "2019-02-27/2019-02-28", source="histstate")
    late = status_claim("HELD", "2021-02-22", "2019-02", source="000")
    assert find_deciding([cut], "status") is cut
    assert find_deciding([cut, record, late], "status") is cut

    end = make_claim("[2019-02-21..2019-02-28]", "2019-04-18", source="002")
    days = make_claim("2019-02-27/2019-02-28", "2020-03-27", source="histstate")
    month = make_claim("2019-02", "2021-02-22", source="000")
    ago = make_claim("2019-02", "2019-04-26", source="003", basis="RELATIVE")
    assert find_deciding([end]) is end
    assert find_deciding([end, ago]) is end
    assert find_deciding([end, days, month, ago]) is days


def test_singapore_before_and_after() -> None:
    planned = status_claim("SCHEDULED", "2018-05-31", source="004", position=1, effective="../2018-05-24")
    cancelled = status_claim("CANCELLED", "2018-05-31", "2018-05-24", source="004", position=2)
    again = status_claim("UNDER_RECONSIDERATION", "2018-05-31", "2018-05-25", source="004", position=3)
    assert find_deciding([planned, cancelled, again], "status") is again
    held = status_claim("HELD", "2018-06-12", "2018-06-12", source="joint-statement")
    assert find_deciding([planned, cancelled, again, held], "status") is held
    loose = make_claim("UNDERSTANDING", "2021-02-22", property="outcome", source="000")
    signed = make_claim("JOINT_STATEMENT", "2018-06-12", property="outcome", source="joint-statement")
    assert find_deciding([loose, signed], "outcome") is signed
