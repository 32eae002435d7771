"""What the clauses of one row have said so far, and what all encounters of a row have in common."""

import re
from dataclasses import dataclass, field
from datetime import date

from service.importers.histstate.acts import ATTENDANCE
from service.importers.histstate.clauses import Clause
from service.importers.histstate.days import DAYS, MONTH, Run, find_runs, within
from service.importers.histstate.mentions import travellers
from service.importers.histstate.occasions import find_gatherings, find_margins
from service.importers.histstate.readings import (
    Act,
    ActKind,
    AmericanSide,
    Day,
    Doubt,
    DoubtReason,
    Encounter,
    EncounterKind,
    Mention,
    Party,
    RowSet,
    StayKind,
    StayType,
)
from service.importers.histstate.rows import Row
from service.importers.histstate.tables import Tables
from service.store.enums import DateBasis, Factuality

_PLACE = re.compile(
    r"(?:\b(?:at|in|visit to)|\A *At|\A *In(?= [A-Z]\w+, met\b)) (?P<place>(?:the )?[A-Z“][^;]*?)"
    r"(?=,? (?:while|during|where|met|at reception|to|for|on|with|concerning|and (?!at|in|[A-Z])|and with|as) "
    rf"|,? \(?{MONTH} ?\d|;|\Z)"
)
_ELSEWHERE = re.compile(r"\b(?:en route|returning|return|after|before|for|following|during vacation)\b.*")
"""Pattern of words about other days and places than those of the meeting."""

_DEPARTED = re.compile(rf"\b[Dd]eparted (?:the )?U\.S\. (?P<day>{DAYS})")

_AND_ANOTHER = re.compile(r" \([^()]*\d\),? and (?:at )?[A-Z]")
"""Pattern of a second place after the days of the first: "at Washington (April 16–17) and Hyde Park"."""

_GATHERING = "¤"
"""Placeholder for a gathering whose name might be read as the name of a place."""

_BEHIND_A_GATHERING = re.compile(rf"{_GATHERING}[^;{_GATHERING}]*, (?P<place>[A-Z][\w’' -]+ \([A-Z][\w.]+\))\.?\Z")
"""Pattern of a place after a gathering and a comma: "Economic Summit Meeting, Williamsburg (Va.)"."""


@dataclass(slots=True)
class Notes:
    """What is known of one row after some of its clauses.

    `bodies` are encounters with councils, which follow those with people. `implied` is the first clause that implies
    the President. `accompanied` are those with whom, by the row, the visitor came. `onward` is the address of the last
    sentence that says where he travelled on to afterwards.
    """

    tables: Tables
    row: Row
    encounters: list[Encounter] = field(default_factory=list)
    bodies: list[Encounter] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    kinds: list[StayType] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    companions: list[Mention] = field(default_factory=list)
    accompanied: tuple[Party, ...] = ()
    arrived: date | None = None
    departed: date | None = None
    implied: Clause | None = None
    onward: str = ""

    def add_act(self, clause: Clause, kind: ActKind, words: str = "") -> None:
        """Add an act that the clause reports, by default in the clause's words, on the day that it gives."""
        runs = list(find_runs(clause.words, self.row.start))
        day = Day(to_edtf(runs), DateBasis.STATED) if runs else None
        done = clause.phrase.done if clause.phrase else ""
        self.acts.append(Act(kind, words or clause.words, day, clause.address, done))

    def add_attendance(self, clause: Clause, text: str) -> None:
        """Add what a text says was also attended, if it is an occasion ("while attending UN General Assembly")."""
        margins = find_margins(self.tables, text, self.row.start)
        if margins and margins.is_occasion:
            self.acts.append(Act(ActKind.ATTENDED, margins.name, None, clause.address, ATTENDANCE))

    def add_kinds(self, clause: Clause, kinds: tuple[StayKind, ...]) -> None:
        """Add the kinds of stay that the opening of the clause gives."""
        words = re.sub(r"^(?i:included|first|as part of a) ", "", clause.opening.strip("[ "))
        self.kinds += [StayType(kind, words, clause.address) for kind in kinds]

    def add_private(self, clause: Clause, text: str) -> None:
        """Mark the visit as private if the meeting is described as such, whatever else the row calls the visit."""
        if "during a private visit" in text:
            self.kinds.append(StayType(StayKind.PRIVATE, "private visit", clause.address))

    def doubt_reading(self, clause: Clause) -> None:
        """Note that the clause is not understood."""
        if re.search(r"\w", clause.words):
            self.doubts.append(Doubt(DoubtReason.NOT_UNDERSTOOD, clause.words, clause.address))

    def to_encounter(self, clause: Clause, tail: str) -> Encounter:
        """Return a meeting of this clause without its parties; `tail` is the text that may give its day and place."""
        row = self.row
        is_trip = row.set is RowSet.TRIP
        opening = clause.opening.replace(clause.topic, "") if clause.topic else clause.opening
        scene = _scene(self.tables, row, f"{opening} {tail}")
        is_elsewhere = "territory" in clause.opening
        return Encounter(
            kind=EncounterKind.MEETING,
            side=AmericanSide.TRAVELLER if is_trip else AmericanSide.ABSENT,
            american=travellers(self.tables, row) if is_trip else (),
            parties=(),
            day=_day(row, scene, is_onward=self.onward == clause.address and clause is not self.implied),
            address=clause.address,
            place=_place(scene) or ("" if is_elsewhere else _only_locality(row)),
            is_elsewhere=is_elsewhere,
            within=find_margins(self.tables, tail, row.start),
            format=clause.phrase.format if clause.phrase else "",
            topic=clause.topic,
            is_beside=clause.opening.lower().startswith("also met"),
            factuality=Factuality.PROBABLE if clause.phrase and clause.phrase.is_likely else Factuality.CERTAIN,
        )

    def find_place(self, text: str) -> str:
        """Return the words of the place that a clause gives ("at Camp David, Md."); "" for none, or for a gathering."""
        return _place(_scene(self.tables, self.row, text))


def to_edtf(runs: list[Run]) -> str:
    """Return the days as EDTF: a day, an interval, or all of several."""
    if len(runs) == 1:
        return runs[0].edtf
    return "{" + ",".join(str(run.first) if run.is_day else f"{run.first}..{run.last}" for run in runs) + "}"


def _scene(tables: Tables, row: Row, text: str) -> str:
    """Return what a text says of the meeting itself: without names of gatherings, and what was before and after."""
    for _, match in find_gatherings(tables, text, row.start):
        text = text.replace(match.group(), _GATHERING)
    return _ELSEWHERE.sub("", text)


def _place(scene: str) -> str:
    places = ((match["place"].strip(" ,."), match.end()) for match in _PLACE.finditer(scene))
    found = next(((place, end) for place, end in places if _GATHERING not in place and place != "U.S"), None)
    if found:
        place, end = found
        return "" if _AND_ANOTHER.match(scene, end) else place
    behind = _BEHIND_A_GATHERING.search(scene)
    return behind["place"] if behind else ""


def _only_locality(row: Row) -> str:
    """Return the locality of a trip that has only one."""
    return row.localities[0] if len(row.localities) == 1 else ""


def _day(row: Row, text: str, *, is_onward: bool) -> Day:
    """Return the day that the words give, else some day of the stay; for a stay of one day that is the day itself.

    `is_onward`: else some day from the end of the stay until the visitor left the country.
    """
    if runs := list(find_runs(text, row.start)):
        return Day(to_edtf(runs), DateBasis.STATED)
    if row.end < row.start:
        return Day(f"{row.start}?", DateBasis.INFERRED)
    if is_onward:
        return Day(within(row.end, last) if (last := _departure(row)) else f"[{row.end}..]", DateBasis.INFERRED)
    return Day(within(row.start, row.end), DateBasis.STATED if row.start == row.end else DateBasis.INFERRED)


def _departure(row: Row) -> date | None:
    """Return the day on which the visitor left the country, if the row gives it."""
    match = _DEPARTED.search(row.remarks)
    return next((run.last for run in find_runs(match["day"], row.start)), None) if match else None
