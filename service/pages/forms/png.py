"""PNG: preview picture for social networks with the title, date, place and people of a page, and its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from service.pages.drawing.timeline import KINDS, LEFT, RIGHT, Mark, Timeline, draw_timeline
from service.pages.forms.days import date_of
from service.pages.numbers import format_count
from service.pages.picture import Bar, Chart, Picture, draw_picture, is_drawable
from service.pages.plurals import singular
from service.pages.view import View
from service.pages.words import punctuate, translate, word_for
from service.store.i18n.names import primary

Entry = Mapping[str, Any]

TIMELINES = ("timeline", "timeline_of_two")
MOST_NAMES = 6
"""Maximum number of participants, and of sources."""
QUOTATION_MARKS = {"de": ("„", "“"), "fr": ("«\u00a0", "\u00a0»"), "ru": ("«", "»")}
"""Quotation marks by language, where they differ from English."""


def render_png(view: View) -> bytes:
    """Draw the entry of a view as a picture. Text that the fonts do not cover is left out."""
    return draw_picture(picture_of(view))


def picture_of(view: View) -> Picture:
    """Return the contents of the picture of an entry or a timeline."""
    entry = view.root
    if view.address.operation in TIMELINES:
        return _timeline_picture(view, entry)
    lines = _quote_lines(view, entry) if entry["__typename"] == "Quote" else _lines(view, entry)
    title = next(each for each in _titles(entry) if is_drawable(each))
    return Picture(
        heading=_heading(view, entry),
        title=title,
        lines=[line for line in lines if line and line not in title and is_drawable(line)],
        footer=_footer(view, entry),
    )


def _timeline_picture(view: View, entry: Entry) -> Picture:
    timeline = draw_timeline(view)
    names = [each["label"] if is_drawable(each["label"]) else each["slug"] for each in entry.get("parties", (entry,))]
    counts = Counter(each.lane for each in timeline.facts)
    more = {name: "+" if entry[name]["pageInfo"]["hasNextPage"] else "" for name in counts}
    colon = punctuate(": ", view.language)
    words = [
        f"{_lane_name(view, name)}{colon}{format_count(count, view.language)}{more[name]}"
        for name in KINDS
        if (count := counts[name])
    ]
    lines = [" · ".join(words)] if words else []
    if cut := [_lane_name(view, lane.name) for lane in timeline.lanes if lane.earlier_than]:
        lines.append(f"{', '.join(cut)}{colon}{translate('only the latest are shown.', view.language)}")
    return Picture(
        heading=_with_day(view, translate("Timeline", view.language)),
        title=" – ".join(names),
        lines=lines,
        chart=_chart(view, timeline) if timeline.lanes else None,
    )


def _chart(view: View, timeline: Timeline) -> Chart:
    """Return the lanes of the drawing as one row each, including facts that had no room in the drawing."""
    lanes = [
        (
            _lane_name(view, lane.name),
            [
                *([Bar(0, _share(lane.begin), "left out")] if lane.earlier_than else []),
                *(Bar(_share(mark.start), _share(mark.end), _bar_kind(mark)) for mark in lane.marks),
                *(Bar(_share(over.x), _share(over.x), "held") for over in lane.overflows),
            ],
        )
        for lane in timeline.lanes
    ]
    return Chart(lanes, [(_share(tick.x), tick.label) for tick in timeline.ticks if tick.label])


def _bar_kind(mark: Mark) -> str:
    if mark.phase != "held":
        return "unheld"
    return "bounds" if mark.kind == "bounds" else "held"


def _lane_name(view: View, name: str) -> str:
    return translate(name.capitalize(), view.language)


def _share(x: float) -> float:
    return min(1.0, max(0.0, (x - LEFT) / (RIGHT - LEFT)))


def picture_alt(view: View) -> str:
    """Return the alternative text of the picture."""
    picture = picture_of(view)
    return ". ".join(text.rstrip(".") for text in (picture.heading, picture.title, *picture.lines) if text)


def _titles(entry: Entry) -> Iterator[str]:
    """Yield titles in order of preference. The last one is the slug, which can always be drawn."""
    if entry["__typename"] == "Quote":
        opening, closing = QUOTATION_MARKS.get(primary(entry["readersLanguage"]), ("“", "”"))
        yield f"{opening}{entry['inReadersLanguage']}{closing}"
    if name := entry.get("name"):
        yield name
    yield entry["label"]
    yield from (each["text"] for each in entry.get("names", ()))
    yield entry["slug"]


def _heading(view: View, entry: Entry) -> str:
    kind = singular("EntryKind", entry["__typename"].upper(), view.language)
    kind = kind[:1].upper() + kind[1:]
    return _with_day(view, kind, *([translate("withdrawn", view.language)] if entry.get("isWithdrawn") else []))


def _with_day(view: View, kind: str, *words: str) -> str:
    day = [f"{translate('as of', view.language)} {view.as_of}"] if view.as_of else []
    return " · ".join([kind, *day, *words])


def _lines(view: View, entry: Entry) -> Iterator[str]:
    day = date_of({"date": entry.get("date"), "plannedDate": entry.get("plannedDate")})
    place, state = entry.get("place"), entry.get("country")
    status = word_for("MeetingStatus", entry["status"], view.language) if "participants" in entry else ""
    where = place["label"] if place else state["label"] if state else ""
    yield " · ".join(each for each in (day["label"] if day else "", where, status) if each)
    yield entry["fact"]["label"] if "fact" in entry else ""
    yield _names([each["actor"] for each in entry.get("participants", ())])
    yield entry.get("summary") or ""
    meetings = entry["meetings"]["totalCount"] if "meetings" in entry else entry.get("meetingCount")
    colon = punctuate(": ", view.language)
    yield f"{translate('Meetings', view.language)}{colon}{format_count(meetings, view.language)}" if meetings else ""


def _quote_lines(view: View, entry: Entry) -> Iterator[str]:
    speaker, day = entry["speaker"], entry["date"]
    who = speaker["label"] if speaker else entry["speakerDescription"] or ""
    yield " · ".join(each for each in (who, day["label"] if day else "") if each)
    words = [word_for("Hearsay", "true", view.language)] if entry["isHearsay"] else []
    yield " · ".join([*words, *([translate("our translation", view.language)] if entry["isTranslation"] else [])])


def _footer(view: View, entry: Entry) -> str:
    # an organisation's sources are those it published
    sources = {} if entry["__typename"] == "Organisation" else entry.get("sources", {})
    told = sources.get("nodes") or ([entry["source"]] if "source" in entry else [])
    outlets = _names(list({each["slug"]: each for each in map(_outlet, told)}.values()))
    return f"{translate('Reported by:', view.language)} {outlets}" if outlets else ""


def _outlet(source: Entry) -> Entry:
    outlet: Entry = source.get("outlet") or source
    return outlet


def _names(entries: list[Entry]) -> str:
    names = [each["label"] for each in entries if is_drawable(each["label"])]
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
