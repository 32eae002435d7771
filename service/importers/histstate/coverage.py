"""Coverage of the remarks by the reader: `python -m service.importers.histstate.coverage FOLDER`.

FOLDER is the data set's own folder. Prints the counts, then each clause that is not understood with its row.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from service.importers.histstate.readings import DoubtReason, Reading
from service.importers.histstate.remarks import read
from service.importers.histstate.rows import read_rows
from service.importers.histstate.tables import read_tables
from service.settings import read_settings


@dataclass
class Coverage:
    """Rows by how far they are read, encounters by the American side, doubts by reason, and clauses not understood."""

    rows: Counter[str] = field(default_factory=Counter)
    encounters: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    unread: list[tuple[str, str]] = field(default_factory=list)


def measure(readings: Iterable[Reading]) -> Coverage:
    """Return the coverage of readings; a row is read completely if every clause of its remarks is understood."""
    coverage = Coverage()
    for reading in readings:
        unread = [doubt.words for doubt in reading.doubts if doubt.reason is DoubtReason.NOT_UNDERSTOOD]
        has_content = bool(reading.encounters or reading.acts or reading.stay.kinds or reading.stay.in_country)
        coverage.rows[("in part" if has_content else "not at all") if unread else "wholly"] += 1
        coverage.encounters.update(encounter.side.value for encounter in reading.encounters)
        coverage.doubts.update(doubt.reason.value for doubt in reading.doubts)
        coverage.unread += [(reading.key, words) for words in unread]
    return coverage


def main(folder: str) -> None:
    """Print the coverage of the data set in a folder."""
    tables = read_tables(read_settings().seeds)
    coverage = measure(read(tables, row) for row in read_rows(Path(folder)))
    for name in ("rows", "encounters", "doubts"):
        counts = ", ".join(f"{kind} {count}" for kind, count in sorted(getattr(coverage, name).items()))
        print(f"{name}: {counts}")
    for key, words in coverage.unread:
        print(f"{key}: {words}")


if __name__ == "__main__":
    main(*sys.argv[1:])
