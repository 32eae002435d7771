"""Single days, and times within a recording in the temporal dimension of W3C Media Fragments: `t=10,20`."""

import re
from datetime import date
from typing import NamedTuple

_CLOCK = r"(?:(?:[0-9]{1,2}:)?[0-5]?[0-9]:[0-5][0-9]|[0-9]{1,6})(?:\.[0-9]{1,3})?"
_SPAN = re.compile(rf"t=({_CLOCK}),({_CLOCK})")


def parse_day(text: str) -> date:
    """Return the day written as YYYY-MM-DD; raise ValueError."""
    try:
        return date(*map(int, re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text, re.ASCII).groups()))  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        raise ValueError(f"{text!r} is not a day such as 2019-04-18") from None


class TimeSpan(NamedTuple):
    """Start and end, in seconds from the beginning."""

    start: float
    end: float


def parse_time_span(text: str) -> TimeSpan:
    """Return the span written as `t=START,END`, each in seconds, `m:ss` or `h:mm:ss`; raise ValueError."""
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a time span such as t=10,20 or t=1:02:03,1:02:07.5")
    span = TimeSpan(*map(_seconds, match.groups()))
    if span.start >= span.end:
        raise ValueError(f"{text!r} does not end after its start")
    return span


def _seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
