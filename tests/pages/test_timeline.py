"""The shapes of a timeline: where marks are drawn, what they are, and what is left out."""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st

from service.pages.drawing import chart, panels
from service.pages.drawing import timeline as timeline_drawing
from service.pages.drawing.axis import MOST_TICKS, TimeAxis
from service.pages.drawing.timeline import LEFT, MARK, MOST_ROWS, RIGHT, Timeline, draw_timeline
from service.pages.templating import environment
from tests.pages.answers import Entry, day, fact, lane, timeline, view_of

DAYS = st.dates(date(1001, 1, 1), date(9998, 12, 31))


def draw_lanes(**lanes: Entry) -> Timeline:
    return draw_timeline(view_of("timeline", timeline(**lanes)))


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2019, 2, 27), date(2019, 2, 28), ["2019-02-27", "2019-02-28"]),
        (date(2018, 12, 5), date(2019, 3, 9), ["2019-01", "2019-02", "2019-03"]),
        (date(2018, 1, 1), date(2020, 8, 1), ["2018-01", "2018-07", "2019-01", "2019-07", "2020-01", "2020-07"]),
        (date(1945, 1, 1), date(2020, 1, 1), ["1950", "1960", "1970", "1980", "1990", "2000", "2010", "2020"]),
    ],
)  # fmt: skip
def test_ticks_are_as_fine_as_there_is_room_for(first: date, last: date, labels: list[str]) -> None:
    assert [tick.label for tick in TimeAxis(first, last, 0, 900).ticks] == labels


@settings(deadline=None, max_examples=50)
@given(DAYS, DAYS)
def test_any_axis_has_few_ticks_within_it(one: date, other: date) -> None:
    axis = TimeAxis(min(one, other), max(one, other), LEFT, RIGHT)
    ticks = axis.ticks
    assert len(ticks) <= MOST_TICKS
    assert all(LEFT <= tick.x <= RIGHT for tick in ticks)
    assert axis.start_of(axis.first) == LEFT
    assert axis.end_of(axis.last) == pytest.approx(RIGHT)


@pytest.mark.parametrize("drawing", [chart, panels, timeline_drawing])
@pytest.mark.parametrize("month", range(1, 13))
def test_the_label_of_the_last_tick_finds_room(drawing: Any, month: int) -> None:
    """Digits of 11 pixels are less than 6.6 wide."""
    longest = 4 if drawing is panels else 7
    for years in (1, 3, 20, 150):
        axis = TimeAxis(date(2020 - years, 1, 1), date(2020, month, 28), drawing.LEFT, drawing.RIGHT)
        assert len(axis.ticks[-1].label) <= 7
        assert axis.ticks[-1].x + 3 + min(longest, len(axis.ticks[-1].label)) * 6.6 <= drawing.WIDTH


def test_a_mark_is_what_its_date_is() -> None:
    facts = [
        fact("sure", day("2018-06-12")),
        fact("about", day("2018-06-12", isApproximate=True)),
        fact("within", day("2018-06-01", "2018-06-30")),
        fact("through", day("2018-06-01", "2018-06-30", extent="THROUGHOUT", precision="INTERVAL")),
    ]
    marks = draw_lanes(quotes=lane(facts)).lanes[0].marks
    assert {mark.entry["slug"]: mark.kind for mark in marks} == {
        "sure": "point", "about": "bounds", "within": "bounds", "through": "span"
    }  # fmt: skip


def test_a_meeting_is_drawn_on_its_day_else_on_the_one_planned_and_marked_unless_held() -> None:
    planned = day("2018-06-12")
    meetings = [
        fact("held", day("2019-02-27"), "Summit", phase="HELD", status="HELD", plannedDate=planned),
        fact("off", None, "Summit", phase="OFF", status="CANCELLED", plannedDate=planned),
        fact("planned", None, "Talks", phase="PLANNED", status="SCHEDULED", plannedDate=planned),
        fact("rumour", None, "Talks", phase="PLANNED", status="RUMOURED", plannedDate=None),
    ]
    drawing = draw_lanes(meetings=lane(meetings))
    assert [(mark.entry["slug"], mark.phase) for mark in drawing.lanes[0].marks] == [
        ("off", "off"), ("planned", "planned"), ("held", "held")
    ]  # fmt: skip
    assert [each.fact["slug"] for each in drawing.facts if each.date is None] == ["rumour"]
    assert [each.fact["slug"] for each in drawing.facts] == ["off", "planned", "held", "rumour"]


def test_an_open_end_goes_to_the_edge_and_says_so() -> None:
    dates = {"before": day(None, "2018-06-12"), "after": day("2018-06-12", None, extent="THROUGHOUT", precision="OPEN")}
    facts = [*(fact(slug, date) for slug, date in dates.items()), fact("other", day("2010-01-01"))]
    marks = {mark.entry["slug"]: mark for mark in draw_lanes(quotes=lane(facts)).lanes[0].marks}
    assert (marks["before"].x, marks["before"].open_start, marks["before"].open_end) == (LEFT, True, False)
    assert (marks["after"].open_start, marks["after"].open_end) == (False, True)
    assert marks["after"].x + marks["after"].width == pytest.approx(RIGHT, abs=0.1)


def test_what_only_codes_another_fact_is_not_drawn_beside_it() -> None:
    events = [fact("own", day("2018-06-12"), "Event", codes=None)]
    events.append(fact("derived", day("2018-06-12"), "Event", codes={"slug": "singapore-2018"}))
    assert [each.fact["slug"] for each in draw_lanes(events=lane(events)).facts] == ["own"]


def test_what_finds_no_row_is_counted_where_it_would_be() -> None:
    facts = [fact(f"f{number}", day("2018-06-12")) for number in range(MOST_ROWS + 5)]
    [only] = draw_lanes(quotes=lane(facts)).lanes
    assert (len(only.marks), [over.facts for over in only.overflows]) == (MOST_ROWS, [5])


def test_a_lane_that_is_cut_says_from_which_day_on_it_is_whole() -> None:
    facts = [fact("b", day("2019-02-27")), fact("a", day("2018-06-12"))]
    assert draw_lanes(quotes=lane(facts, is_cut=True)).lanes[0].earlier_than == "2018-06-12"
    assert draw_lanes(quotes=lane(facts)).lanes[0].earlier_than is None


def test_a_lane_that_is_cut_leads_to_what_was_before_where_it_would_be() -> None:
    facts = [fact("b", day("2019-02-27")), fact("a", day("2018-06-12"))]
    offices = lane([fact("c", day("2001-01-01"), "Office")])
    view = view_of("embed_timeline", timeline(quotes=lane(facts, is_cut=True), offices=offices))
    drawing = draw_timeline(view)
    cut, whole = drawing.lanes
    assert cut.begin == pytest.approx(min(mark.start for mark in cut.marks), abs=0.1)
    assert LEFT == whole.begin < cut.begin
    template = environment("en").from_string('{% from "timeline_parts.html" import lanes %}{{ lanes("A") }}')
    page = template.render(view=view, drawing=drawing, new_tab="")
    [before] = re.findall(r'<a href="([^"]+)" data-start="130.0" data-end="([^"]+)" class="mark before">', page)
    assert before == ("https://register.example/here?to=2018-06-12", str(cut.begin))


def test_without_a_day_nothing_is_drawn_and_all_is_listed() -> None:
    drawing = draw_lanes(quotes=lane([fact("a", None)]))
    assert (drawing.lanes, drawing.ticks, [each.date for each in drawing.facts]) == ([], (), [None])


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=40))
def test_marks_lie_within_the_drawing_and_none_on_another(spans: list[tuple[date, date]]) -> None:
    facts = [
        fact(f"f{number}", day(min(span).isoformat(), max(span).isoformat(), extent="THROUGHOUT", precision="INTERVAL"))
        for number, span in enumerate(spans)
    ]
    drawing = draw_lanes(quotes=lane(facts))
    [only] = drawing.lanes
    assert len(only.marks) + sum(over.facts for over in only.overflows) == len(facts)
    for mark in only.marks:
        assert mark.width >= MARK - 0.1
        assert mark.x >= LEFT - 0.1
        assert mark.x + mark.width <= RIGHT + 0.2
        assert only.top < mark.y < only.top + only.height <= drawing.height
    rows = {y: [mark for mark in only.marks if mark.y == y] for y in {mark.y for mark in only.marks}}
    for row in rows.values():
        assert all(one.x + one.width <= other.x + 0.1 for one, other in itertools.pairwise(row))


def test_the_tone_of_two_is_drawn_up_and_down_on_one_scale() -> None:
    def year(number: int, mean: float | None) -> Entry:
        tone = {"events": 0 if mean is None else 2, "cooperation": 1, "conflict": 1, "mean": mean}
        return {"from": f"{number}-01-01", "to": f"{number}-12-31", "tone": tone}

    data = timeline()["person"] | {"toneOverTime": [year(2017, -2.5), year(2018, None), year(2019, 1.5)]}
    tone = draw_timeline(view_of("timeline_of_two", {"relationship": data})).tone
    assert tone is not None
    assert tone.scale == 3
    assert [(bar.kind, round(bar.height, 2)) for bar in tone.bars] == [("conflict", 33.3), ("cooperation", 20.0)]
    assert tone.bars[0].y == tone.middle
    assert tone.bars[1].y + tone.bars[1].height == tone.middle


def test_the_tone_of_one_is_that_of_the_events_in_the_order_of_their_years() -> None:
    def year(first: str | None, mean: float | None, events: int) -> Entry:
        return {"keys": [first], "tone": {"events": events, "cooperation": 1, "conflict": 1, "mean": mean}}

    counts = [year("2019-01-01", 1.5, 4), year(None, -9, 2), year("2017-01-01", -2.5, 2), year("2018-01-01", None, 0)]
    data = timeline()["person"] | {"eventsByYear": {"counts": counts}}
    asked = view_of("timeline", {"person": data}, **{"from": "2017-06-01"})
    tone = draw_timeline(asked).tone
    assert tone is not None
    assert [(bar.period["from"], bar.kind, bar.period["parameters"] is None) for bar in tone.bars] == [
        ("2017-01-01", "conflict", True), ("2019-01-01", "cooperation", False)
    ]  # fmt: skip


async def test_a_bar_of_the_tone_leads_to_its_events(client: AsyncClient) -> None:
    for path in ("/timeline/donald-trump", "/timeline/donald-trump/kim-jong-un"):
        page = (await client.get(path, headers={"accept": "text/html"})).text
        bars = re.findall(r'<a href="http://book.test(/events[^"]+)"><title>(\d{4}): [^(]+\((\d+) ', page)
        assert {year for _, year, _ in bars} >= {"2018", "2019"}
        for url, _, number in bars:
            listed = (await client.get(url.replace("&amp;", "&").replace("/events?", "/events.json?"))).json()
            assert listed["totalCount"] == int(number)


def test_in_a_frame_all_is_drawn_as_wide_as_the_frame() -> None:
    facts = [fact(f"f{year}", day(f"{year}-05-01"), "Summit", status="HELD") for year in range(1990, 2025)]
    card = draw_timeline(view_of("embed_timeline", timeline(meetings=lane(facts))))
    (meetings,) = card.lanes
    assert card.width == 600 < draw_lanes(meetings=lane(facts)).width
    assert all(mark.x >= LEFT and mark.x + mark.width <= card.width for mark in meetings.marks)
    assert 2 <= len(card.ticks) <= 5
    assert all(one.x + 60 <= other.x for one, other in itertools.pairwise(card.ticks))
