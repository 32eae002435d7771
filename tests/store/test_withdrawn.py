"""What a fact shows once one of its sources is retracted or superseded."""

from dataclasses import replace
from datetime import date

import pytest

from service.store.kinds import kind_of
from service.store.record.decide import never_within
from service.store.record.record import Claim, Fact, Involvement
from service.store.record.snapshots import Snapshot, snapshots, spans
from tests.store.test_snapshots import make_claim, record

RETRACTED = date(2019, 5, 1)


def withdrawn(claim: Claim, day: date = RETRACTED) -> Claim:
    return replace(claim, withdrawn_on=day)


def make_snapshots(typename: str, *claims: Claim, involvements: tuple[Involvement, ...] = ()) -> list[Snapshot]:
    fields = {"level": "LEADERS"}
    told_by = "text" if typename == "Quote" else "existence"
    return snapshots(Fact("fact", typename, claims, fields, involvements, told_by=told_by), never_within)


def snapshot_on(told: list[Snapshot], day: date) -> Snapshot:
    (snapshot,) = [one for one in told if one.known_from <= day <= one.known_until]
    return snapshot


def value_on(told: list[Snapshot], property: str, day: date) -> str | None:
    return snapshot_on(told, day).value(property)


BEFORE, AFTER = date(2019, 4, 30), RETRACTED


def test_until_the_day_before_nothing_changes_and_then_what_another_source_tells_decides() -> None:
    paper, record_ = make_claim("place", "hanoi", "b"), make_claim("place", "dmz", "a")
    plain = make_snapshots("Summit", make_claim("existence", None), make_claim("existence", None, "b"), record_, paper)
    told = make_snapshots(
        "Summit",
        make_claim("existence", None),
        withdrawn(make_claim("existence", None, "b")),
        record_,
        withdrawn(paper),
    )
    assert value_on(told, "place", BEFORE) == value_on(plain, "place", BEFORE) == "hanoi"
    assert [value_on(told, "place", AFTER), value_on(plain, "place", AFTER)] == ["dmz", "hanoi"]


def test_a_value_that_only_a_withdrawn_source_tells_is_no_longer_known() -> None:
    told = make_snapshots(
        "Summit",
        make_claim("existence", None),
        withdrawn(make_claim("existence", None, "b")),
        withdrawn(make_claim("date", "2019-04-25", "b")),
        withdrawn(make_claim("status", "HELD", "b", rank="PREFERRED")),
    )
    assert [value_on(told, name, BEFORE) for name in ("date", "status")] == ["2019-04-25", "HELD"]
    assert [value_on(told, name, AFTER) for name in ("date", "status")] == [None, None]
    after = snapshot_on(told, AFTER)
    assert kind_of(after.fact).to_row(record(), after)["status"] == "RUMOURED"
    assert [snapshot.is_withdrawn for snapshot in told] == [False, False, False]


def test_a_fact_that_only_withdrawn_sources_tell_keeps_what_they_told_and_is_marked() -> None:
    told = make_snapshots("Summit", withdrawn(make_claim("existence", None)), withdrawn(make_claim("status", "HELD")))
    assert [(one.is_withdrawn, one.value("status"), len(one.standing_claims)) for one in told] == [
        (False, "HELD", 2),
        (True, "HELD", 2),
    ]
    assert snapshot_on(told, BEFORE).is_withdrawn is False


def test_it_stands_again_from_the_day_on_which_another_source_tells_of_it() -> None:
    told = make_snapshots(
        "Summit",
        withdrawn(make_claim("existence", None)),
        make_claim("existence", None, "c"),
        make_claim("place", "hanoi", "c"),
    )
    assert [one.is_withdrawn for one in told] == [False, True, False]
    assert told[-1].known_from == date(2021, 2, 22)
    assert {one.known_since for one in told} == {date(2019, 4, 18)}


def test_a_denial_does_not_make_a_fact_stand() -> None:
    told = make_snapshots(
        "Summit", withdrawn(make_claim("existence", None)), make_claim("existence", None, "b", factuality="DENIED")
    )
    assert snapshot_on(told, AFTER).is_withdrawn
    only_denied = make_snapshots("Summit", make_claim("existence", None, factuality="DENIED"))
    assert not only_denied[0].is_withdrawn


def test_a_quote_stands_by_the_sources_of_its_text() -> None:
    told = make_snapshots("Quote", withdrawn(make_claim("text", "Ja")), make_claim("date", "2019-04-25", "a", 5))
    assert [one.is_withdrawn for one in told] == [False, True]


def test_a_relationship_is_counted_and_never_withdrawn_but_its_state_is() -> None:
    claims = (withdrawn(make_claim("existence", None)), withdrawn(make_claim("state", "calm")))
    parties = (Involvement("PARTY", "kim", ()),)
    told = snapshots(Fact("kim--putin", "Relationship", claims, {}, parties), never_within)
    assert [one.is_withdrawn for one in told] == [False, False]
    assert [[claim.value for claim in one.claims("state")] for one in told] == [["calm"], []]
    assert [len(one.involvements()) for one in told] == [1, 1]


def test_whom_only_a_withdrawn_source_puts_there_is_not_there_any_more() -> None:
    first, last = make_claim("participant", "kim", "b"), make_claim("participant", "kim", "c")
    kim = Involvement("PARTICIPANT", "kim", (first.slug, last.slug))
    told = make_snapshots("Summit", make_claim("existence", None), withdrawn(first), last, involvements=(kim,))
    assert spans(told, lambda one: kim if kim in one.involvements() else None) == [
        (date(2019, 4, 25), BEFORE, kim),
        (date(2021, 2, 22), date.max, kim),
    ]


@pytest.mark.parametrize("day", [date(2019, 4, 25), date(2019, 4, 26)])
def test_a_source_may_be_withdrawn_on_its_own_day(day: date) -> None:
    told = make_snapshots("Summit", make_claim("existence", None), withdrawn(make_claim("place", "hanoi", "b"), day))
    assert value_on(told, "place", date(2019, 4, 25)) == (None if day == date(2019, 4, 25) else "hanoi")
    assert value_on(told, "place", day) is None
