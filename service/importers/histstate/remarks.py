"""Reading of a row: its remarks clause by clause, and the visit or trip that its fields describe."""

from collections.abc import Callable, Mapping

from service.importers.histstate import meetings, stays
from service.importers.histstate.clauses import Clause, split_clauses
from service.importers.histstate.doubts import find_doubts
from service.importers.histstate.notes import Notes
from service.importers.histstate.readings import Reading
from service.importers.histstate.rows import Row
from service.importers.histstate.table_forms import ClauseKind
from service.importers.histstate.tables import Phrase, Tables

READERS: Mapping[ClauseKind, Callable[[Notes, Clause, Phrase], None]] = {
    ClauseKind.MEETING: meetings.read_meeting,
    ClauseKind.SUMMIT: meetings.read_summit,
    ClauseKind.CANCELLED: meetings.read_cancelled,
    ClauseKind.HOST: meetings.read_host,
    ClauseKind.ATTENDED: meetings.read_attended,
    ClauseKind.PRESENT: meetings.read_present,
    ClauseKind.IMPLIED: meetings.read_implied,
    ClauseKind.STAY: stays.read_kind,
    ClauseKind.TRAVEL: stays.read_travel,
    ClauseKind.ACT: stays.read_act,
    ClauseKind.ACCOMPANIED_BY: stays.read_companions,
    ClauseKind.ACCOMPANIED: stays.read_accompanied,
    ClauseKind.REMARK: stays.ignore,
}
"""Reader of each kind of clause in phrases.yaml."""


def read(tables: Tables, row: Row) -> Reading:
    """Return everything that a row says."""
    notes = Notes(tables, row)
    for clause in split_clauses(tables, row) if row.remarks else ():
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
