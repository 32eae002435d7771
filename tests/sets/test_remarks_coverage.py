"""All rows of the two lists, if their data are in one of the folders of documents: how much of them is read."""

import os
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from service.importers.histstate.coverage import measure
from service.importers.histstate.readings import ActKind, EncounterKind, Reading
from service.importers.histstate.remarks import read
from service.importers.histstate.rows import Row, read_rows
from service.importers.histstate.tables import Tables, read_tables
from service.settings import SEEDS
from service.store import dates
from service.store.documents.addresses import locate, parse_address
from service.store.documents.corpus import Document
from tests.conftest import CORPUS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Return the tables that are stored with the set."""
    return read_tables(SEEDS)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Return all rows."""
    folders = [Path(folder) / "histstate" for folder in os.environ.get(CORPUS, "").split(os.pathsep) if folder]
    found = next((folder for folder in folders if folder.is_dir()), None)
    if found is None:
        pytest.skip(f"needs the data: name the folder that holds histstate in {CORPUS}")
    return list(read_rows(found))


@pytest.fixture(scope="module")
def readings(tables: Tables, rows: list[Row]) -> list[Reading]:
    """Return what each row says."""
    return [read(tables, row) for row in rows]


def test_every_clause_of_every_row_is_understood(readings: list[Reading]) -> None:
    coverage = measure(readings)

    assert coverage.unread == []
    assert coverage.rows == {"wholly": 4096}


def test_everybody_with_whom_somebody_did_something_is_told_of(
    tables: Tables, rows: list[Row], readings: list[Reading]
) -> None:
    """A title with a name after "with" or a comma is a mention, or an American whom the President met abroad."""
    someone = re.compile(rf"\b(?:with|,) (?:the )?(?:[A-Z][a-z]+ )?(?:{tables.any_title}) ([A-ZÀ-Þ][\w’'-]+)")
    missed = [
        (row.key, name)
        for row, reading in zip(rows, readings, strict=True)
        for name in someone.findall(row.remarks)
        if name not in _words_of_people(reading) and name not in ("Assembly", "Council")
    ]

    assert missed == []


def test_days_are_dates_and_passages_stand_in_the_rows(rows: list[Row], readings: list[Reading]) -> None:
    for row, reading in zip(rows, readings, strict=True):
        document = Document(row.key, row.data.document, row.data.text)
        for encounter in reading.encounters:
            dates.parse(encounter.day.edtf)
            assert locate(document, parse_address(encounter.address))


def test_rows_that_share_the_key_of_a_gathering_are_of_one_time(rows: list[Row], readings: list[Reading]) -> None:
    """The conference of Paris met from January to June; its President went home in between."""
    stays: dict[str, list[tuple[date, date]]] = {}
    for row, reading in zip(rows, readings, strict=True):
        for encounter in reading.encounters:
            if encounter.kind is EncounterKind.GATHERING and encounter.gathering:
                stays.setdefault(encounter.gathering.key, []).append((row.start, row.end))

    apart = [key for key, days in stays.items() if not _touch(sorted(days))]
    assert apart == ["paris-peace-conference-1919"]


def _words_of_people(reading: Reading) -> str:
    """Return the words of all mentions of a row, and of those whom the President met among his own people."""
    people = [person for one in reading.encounters for party in one.parties for person in party.people]
    americans = [person for one in reading.encounters for person in one.american]
    words = [person.words for person in (*people, *americans, *reading.stay.travellers)]
    return " ".join([*words, *(act.object for act in reading.acts if act.kind is ActKind.MET)])


def _touch(days: list[tuple[date, date]]) -> bool:
    latest = days[0][1]
    for _, (first, last) in pairwise(days):
        if first > latest + timedelta(days=1):
            return False
        latest = max(latest, last)
    return True
