"""Timeline of one or two actors: a lane for each kind of fact, and the tone of the events below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any, NamedTuple

from service.pages.drawing.axis import LABEL_ROOM, MOST_TICKS, Tick, TimeAxis
from service.pages.drawing.labels import shorten_label
from service.pages.drawing.periods import last_day, period_parameters
from service.pages.drawing.tone import ToneBars, draw_tone
from service.pages.view import View

WIDTH, CARD_WIDTH = 960.0, 600.0
LEFT, RIGHT = 130.0, WIDTH - LABEL_ROOM
"""Widths on a page, and on a card in a frame."""
CARD_TICKS = 5
TOP = 34.0
ROW, MARK = 15.0, 11.0
"""Distance between rows of marks, and the height of a mark, which is also its minimum width."""
MOST_ROWS = 8
LABELLED = 14
"""Maximum number of facts in a lane for which there is room for labels."""
LONGEST_LABEL, LETTER = 34, 7.0
KINDS = ("meetings", "quotes", "events", "invitations", "agreements", "offices")

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Mark:
    """A fact at `x`, `width` wide, with its top at `y`. `start`, `end`: positions of its days, however narrow.

    `kind`: "point" for an exact day, "span" for something that lasted, "bounds" for some day within or for an
    approximate date. `phase`: "planned" or "off" for a meeting that was not held, else "held". `open_start`,
    `open_end`: whether no bound is reported on that side, so that the mark extends to the edge. `label`: empty if there
    is no room.
    """

    entry: Entry
    date: Entry
    start: float
    end: float
    x: float
    width: float
    y: float
    kind: str
    phase: str
    open_start: bool
    open_end: bool
    label: str


class Overflow(NamedTuple):
    """Number of further facts that start near `x` but fit into no row."""

    x: float
    y: float
    facts: int


class Listed(NamedTuple):
    """A fact, the name of its lane, and its date or planned date."""

    lane: str
    fact: Entry
    date: Entry | None


@dataclass(frozen=True)
class Lane:
    """`name`: field of the answer.

    `earlier_than`: the day before which facts are left out; None if none are. `begin`: position of that day.
    """

    name: str
    top: float
    height: float
    marks: Sequence[Mark]
    overflows: Sequence[Overflow]
    earlier_than: str | None
    begin: float


@dataclass(frozen=True)
class Timeline:
    """`facts`: all facts for the table, earliest first and undated last. `axis`: None if there are no dates."""

    width: float
    height: float
    axis: TimeAxis | None
    ticks: Sequence[Tick]
    lanes: Sequence[Lane]
    tone: ToneBars | None
    facts: Sequence[Listed]


def draw_timeline(view: View) -> Timeline:
    """Return the shapes for the operation `timeline` or `timeline_of_two`."""
    lists = {name: _own_facts(view.root[name]["nodes"]) for name in KINDS if name in view.root}
    periods = _tone_periods(view)
    # in a frame, it is drawn as wide as the frame, so that all of it is visible
    width = CARD_WIDTH if view.address.frame else WIDTH
    axis = _axis(list(chain.from_iterable(lists.values())), periods, width)
    lanes: list[Lane] = []
    bottom = TOP
    for name, facts in lists.items():
        if axis and any(map(fact_date, facts)):
            lanes.append(_lane(name, facts, axis, bottom, is_cut=view.root[name]["pageInfo"]["hasNextPage"]))
            bottom += lanes[-1].height
    tone = draw_tone(periods, axis, bottom) if axis and periods else None
    listed = [Listed(name, fact, fact_date(fact)) for name, facts in lists.items() for fact in facts]
    return Timeline(
        width=width,
        height=round(bottom + (tone.height if tone else 0) + 6, 1),
        axis=axis,
        ticks=axis.ticks if axis else (),
        lanes=lanes,
        tone=tone,
        facts=sorted(listed, key=lambda each: _sort_key(each.fact)),
    )


def _tone_periods(view: View) -> Sequence[Entry]:
    """Return the years that have events with a tone, in order, each with the parameters that filter its events."""
    if "toneOverTime" in view.root:
        years = [(each["from"], each["tone"]) for each in view.root["toneOverTime"]]
    else:
        years = sorted(
            ((each["keys"][0] or "", each["tone"]) for each in view.root["eventsByYear"]["counts"]),
            key=lambda year: year[0],
        )
    return [_tone_period(view, date.fromisoformat(first), tone) for first, tone in years if first and tone["events"]]


def _tone_period(view: View, first: date, tone: Entry) -> Entry:
    last = last_day("YEAR", first)
    parameters = period_parameters(view, first, last)
    return {"from": first.isoformat(), "to": last.isoformat(), "tone": tone, "parameters": parameters}


def fact_date(fact: Entry) -> Entry | None:
    """Return the date or planned date; None if neither has a bound."""
    days = (fact["date"], fact.get("plannedDate"))
    return next((day for day in days if day and (day["earliest"] or day["latest"])), None)


def _own_facts(facts: Sequence[Entry]) -> list[Entry]:
    """Drop events that only code another fact."""
    return [fact for fact in facts if not fact.get("codes")]


def _sort_key(fact: Entry) -> tuple[str, str]:
    day = fact_date(fact)
    return (day["earliest"] or day["latest"] if day else "~", fact["slug"])


def _axis(facts: Sequence[Entry], periods: Sequence[Entry], width: float) -> TimeAxis | None:
    """Return the range from the first to the last reported day, with a margin; None if no fact has a day."""
    told = [day[end] for fact in facts if (day := fact_date(fact)) for end in ("earliest", "latest") if day[end]]
    told += [period[end] for period in periods for end in ("from", "to")]
    if not told:
        return None
    first, last = date.fromisoformat(min(told)), date.fromisoformat(max(told))
    margin = timedelta(days=max(1, (last - first).days // 40))
    ticks = MOST_TICKS if width == WIDTH else CARD_TICKS
    days = max(date.min + margin, first) - margin, min(date.max - margin, last) + margin
    return TimeAxis(*days, LEFT, width - (WIDTH - RIGHT), ticks)


def _lane(name: str, facts: Sequence[Entry], axis: TimeAxis, top: float, *, is_cut: bool) -> Lane:
    dated = sorted((fact for fact in facts if fact_date(fact)), key=_sort_key)
    marks, overflows = _place(dated, axis, top + 8, is_labelled=len(dated) <= LABELLED)
    lowest = max([mark.y for mark in marks] + [over.y for over in overflows])
    earlier = _sort_key(dated[0])[0] if is_cut else None
    begin = round(axis.start_of(date.fromisoformat(earlier)), 1) if earlier else axis.left
    return Lane(name, top, round(lowest + ROW + 6 - top, 1), marks, overflows, earlier, begin)


def _place(
    facts: Sequence[Entry], axis: TimeAxis, top: float, *, is_labelled: bool
) -> tuple[list[Mark], list[Overflow]]:
    """Place each mark in the first row with room for it. Marks without room are counted where they would start."""
    ends: list[float] = []
    marks: list[Mark] = []
    beyond: dict[int, int] = {}
    for fact in facts:
        start, end = _extent(fact, axis)
        x, width = _widen(start, end, axis)
        label = shorten_label(fact["label"], LONGEST_LABEL) if is_labelled else ""
        # a label after a mark near the right edge would extend beyond the drawing
        if label and x + width + 4 + len(label) * LETTER > axis.right + LABEL_ROOM:
            label = ""
        row = next((index for index, end in enumerate(ends) if end <= x), len(ends))
        if row == MOST_ROWS:
            beyond[int(x // 30)] = beyond.get(int(x // 30), 0) + 1
            continue
        taken = x + width + 2 + (len(label) * LETTER + 8 if label else 0)
        ends[row : row + 1] = [taken]
        marks.append(_mark(fact, (start, end), (x, width), round(top + row * ROW, 1), label))
    bottom = top + MOST_ROWS * ROW
    return marks, [Overflow(cell * 30.0 + 15, round(bottom, 1), count) for cell, count in beyond.items()]


def _extent(fact: Entry, axis: TimeAxis) -> tuple[float, float]:
    """Return where its days start and end. Open ends extend to the edge."""
    day = fact_date(fact)
    assert day is not None
    start = axis.start_of(date.fromisoformat(day["earliest"])) if day["earliest"] else axis.left
    end = axis.end_of(date.fromisoformat(day["latest"])) if day["latest"] else axis.right
    return round(start, 2), round(end, 2)


def _widen(start: float, end: float, axis: TimeAxis) -> tuple[float, float]:
    """Return where its mark starts and its width, which is never too narrow to be selected."""
    if end - start < MARK:
        start = min(max((start + end - MARK) / 2, axis.left), axis.right - MARK)
        end = start + MARK
    return round(start, 1), round(end - start, 1)


def _mark(fact: Entry, days: tuple[float, float], extent: tuple[float, float], y: float, label: str) -> Mark:
    day = fact_date(fact)
    assert day is not None
    is_sure = not (day["isApproximate"] or day["isUncertain"])
    kind = "bounds"
    if is_sure and (day["precision"] == "DAY" or day["extent"] == "THROUGHOUT"):
        kind = "point" if day["precision"] == "DAY" else "span"
    phase = {"PLANNED": "planned", "OFF": "off"}.get(fact.get("phase", ""), "held")
    return Mark(fact, day, *days, *extent, y, kind, phase, not day["earliest"], not day["latest"], label)
