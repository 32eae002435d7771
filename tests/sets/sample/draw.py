"""Draw the rows of the samples from the open data: `python -m tests.sets.sample.draw FOLDER [SAMPLE]` prints them.

The rows of each stratum are sorted by the digest of the sample's seed and document, and the first of them are drawn;
for the second sample, from those that the first one does not have. So the draw is random but the same on each machine,
and a row that is added to the data later replaces at most one other row. Every second row of a stratum is sealed: only
the figures of those are published.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, parse

SEEDS = {"first": "gipfelbuch histstate 2026-11", "second": "gipfelbuch histstate second 2026-11"}
"""The seed of each sample, in the order in which they are drawn."""

ERAS = {1800: "to-1944", 1945: "1945-1968", 1969: "1969-1988", 1989: "1989-2004", 2005: "2005-2024"}
"""The first year of each era, and its name."""

OF_EACH_ERA = {"trip": 14, "visit": 18}
"""Number of rows drawn from the trips and from the visits of each era."""

OF_GATHERINGS = {"trip": 16, "visit": 12}
"""Number of rows drawn from all remaining trips and visits that seem to mention a gathering."""

GATHERING = re.compile(
    r"summit|conference|nato|north atlantic|g-?[78]\b|g-?20|apec|inaugurat|funeral|heads of (state|government)", re.I
)
"""What makes a row seem to mention a gathering. It decides which rows are drawn; what a row says is judged by reading
it.
"""


class Row(NamedTuple):
    document: str
    kind: str
    fields: dict[str, str]

    @property
    def era(self) -> str:
        year = int(self.fields["start-date"][:4])
        return ERAS[max(first for first in ERAS if first <= year)]

    def digest(self, seed: str) -> str:
        return sha256(f"{seed} {self.document}".encode()).hexdigest()

    @property
    def is_gathering(self) -> bool:
        return bool(GATHERING.search(self.fields.get("remarks") or self.fields.get("description") or ""))


class DrawnRows(NamedTuple):
    row: Row
    stratum: str
    part: str


def rows(folder: Path) -> Iterator[Row]:
    for kind, name in (("trip", "president-travels"), ("visit", "visits")):
        for file in sorted((folder / "histstate" / name).glob("*.xml")):
            for element in parse(file).getroot().iter(kind):
                yield Row(f"histstate-{kind}-{element.findtext('id')}", kind, dict(texts(element)))


def texts(element: Element) -> Iterator[tuple[str, str]]:
    return ((field.tag, " ".join("".join(field.itertext()).split())) for field in element)


def drawn_rows(folder: Path, sample: str = "first") -> list[DrawnRows]:
    remaining = list(rows(folder))
    for name, seed in SEEDS.items():
        drawn = draw(sorted(remaining, key=lambda row: row.digest(seed)))
        if name == sample:
            return drawn
        already = {row.document for row, _, _ in drawn}
        remaining = [row for row in remaining if row.document not in already]
    raise ValueError(f"no sample {sample}")


def draw(ordered: list[Row]) -> list[DrawnRows]:
    drawn = [
        taken
        for kind, size in OF_EACH_ERA.items()
        for era in ERAS.values()
        for taken in split_halves(
            f"{kind} {era}", [row for row in ordered if (row.kind, row.era) == (kind, era)][:size]
        )
    ]
    already = {row.document for row, _, _ in drawn}
    for kind, size in OF_GATHERINGS.items():
        remaining = [row for row in ordered if row.kind == kind and row.is_gathering and row.document not in already]
        drawn += split_halves(f"{kind} gathering", remaining[:size])
    return drawn


def split_halves(stratum: str, taken: list[Row]) -> list[DrawnRows]:
    return [DrawnRows(row, stratum, "sealed" if place % 2 else "shown") for place, row in enumerate(taken)]


def main() -> None:
    for row, stratum, part in drawn_rows(Path(sys.argv[1]), *sys.argv[2:]):
        print(row.document, stratum, part, sep="\t")


if __name__ == "__main__":
    main()
