"""Archigos by year: the lines of one spell (`obsid`) make one row, from its first day to its last."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import groupby
from operator import itemgetter

OF_LAST_LINE = (
    *("enddate", "exit", "exitcode", "prevtimesinoffice", "posttenurefate"),
    *("num.exit", "num.exitcode", "num.posttenurefate"),
)
"""Fields taken from the last line of a spell; all others are in the first line."""
MISSING = ("NA", ".", "-999", "-888", "-777", "-666")


def read_spells(content: bytes) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the key and the fields of each spell, in file order; missing values are empty."""
    lines = csv.DictReader(StringIO(content.decode("latin-1")), delimiter="\t", quoting=csv.QUOTE_NONE)
    for key, group in groupby(lines, itemgetter("obsid")):
        first, *_, last = [*group] * 2
        fields = ((name, (last if name in OF_LAST_LINE else first)[name]) for name in first)
        yield key, [(name, "" if value in MISSING else value) for name, value in fields]
