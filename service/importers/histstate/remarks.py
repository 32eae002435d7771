"""Reading of a row: its remarks clause by clause, and the visit or trip that its fields describe."""

from collections.abc import Callable, Mapping

from service.importers.histstate import meetings, stays
from service.importers.histstate.clauses import Clause, split_clauses
from service.importers.histstate.doubts import find_doubts
from service.importers.histstate.notes import Notes
from service.importers.histstate.readings import Reading
from service.importers.histstate.rows import Row
from service.importers.histstate.tables import Phrase

READERS: Mapping[str, Callable[[Notes, Clause, Phrase], None]] = {
    "MEETING": meetings.read_meeting,
    "SUMMIT": meetings.read_summit,
    "CANCELLED": meetings.read_cancelled,
    "HOST": meetings.read_host,
    "ATTENDED": meetings.read_attended,
    "PRESENT": meetings.read_present,
    "IMPLIED": meetings.read_implied,
    "STAY": stays.read_kind,
    "TRAVEL": stays.read_travel,
    "ACT": stays.read_act,
    "ACCOMPANIED_BY": stays.read_companions,
    "ACCOMPANIED": stays.read_accompanied,
    "REMARK": stays.ignore,
}
"""Reader of each kind of clause in phrases.yaml."""


def read(row: Row) -> Reading:
    """Return everything that a row says."""
    notes = Notes(row)
    for clause in split_clauses(row) if row.remarks else ():
        if clause.phrase is None:
            notes.doubt_reading(clause)
        else:
            READERS[clause.phrase.reads](notes, clause, clause.phrase)
    notes.encounters += notes.bodies
    stays.widen_occasions(notes)
    meetings.imply_president(notes)
    meetings.place_by_elimination(notes)
    return Reading(
        key=row.key,
        stay=stays.to_stay(notes),
        encounters=tuple(notes.encounters),
        acts=tuple(notes.acts),
        doubts=(*notes.doubts, *find_doubts(notes)),
        last_modified=row.last_modified,
    )
