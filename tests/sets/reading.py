"""Rows made up of excerpts, and what is read from them in one line per encounter."""

from datetime import date

from service.importers.histstate.readings import Encounter, Mention, Party, Reading, RowSet
from service.importers.histstate.remarks import read
from service.importers.histstate.rows import Row
from service.importers.histstate.tables import read_tables
from service.settings import SEEDS
from service.store.documents.rows import DataRow

TABLES = read_tables(SEEDS)


def read_trip(remarks: str, country: str, days: str, *, locale: str = "") -> Reading:
    """Return what a trip of President Ronald Reagan says; `days` are one (`1985-11-16`) or two separated by a slash."""
    names = {"name": "Ronald Reagan", "country": country, "locale": locale, "remarks": remarks}
    return read(TABLES, to_row(RowSet.TRIP, names, days))


def read_visit(remarks: str, visitor: str, country: str, days: str) -> Reading:
    """Return what a visit says."""
    return read(TABLES, to_row(RowSet.VISIT, {"visitor": visitor, "from": country, "description": remarks}, days))


def to_row(row_set: RowSet, fields: dict[str, str], days: str) -> Row:
    """Return a row with these fields; `days` as in `read_trip`."""
    first, _, last = days.partition("/")
    given = {"id": "1", **fields, "start-date": first}
    return Row(
        set=row_set,
        data=DataRow("", {name: value for name, value in given.items() if value}),
        start=date.fromisoformat(first),
        end=date.fromisoformat(last or first),
        last_modified=date(2010, 2, 27),
    )


def encounters(reading: Reading) -> list[str]:
    """Return each encounter in a line: what or whom of the American side, with whom, when, where."""
    return [_encounter(one, reading) for one in reading.encounters]


def _encounter(one: Encounter, reading: Reading) -> str:
    parties = [party for party in one.parties if party.people != reading.stay.travellers]
    american = " and ".join(_person(person) for person in one.american if person not in reading.stay.travellers)
    what = one.gathering.key if one.gathering else one.format or "meeting"
    words = [what, one.side.lower(), american, "with " + "; ".join(map(_party, parties)) if parties else ""]
    within = f"within {one.within.key}" if one.within else ""
    words += [f"{one.day.edtf} {one.day.basis.value}", f"at {one.place}" if one.place else "", within]
    return " | ".join(word for word in words if word)


def _party(party: Party) -> str:
    state = party.state.slug or f"({party.state.words})" if party.state else "?"
    return f"{state}: {' and '.join(map(_person, party.people)) or '-'}"


def _person(person: Mention) -> str:
    marks = "former " if person.is_former else ""
    return f"{marks}{person.title}/{person.name}"
