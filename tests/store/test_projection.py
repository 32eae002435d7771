"""What the seeds show as known by a day is what the sources published by that day alone would show."""

from collections.abc import Iterable
from datetime import date

import pytest

from service.settings import REPOSITORY
from service.store.loading.projection import project
from service.store.rows import EntryRows, Key, Row
from service.store.seeds import read

pytestmark = pytest.mark.slow

SEEDS = REPOSITORY / "seeds"
LATER = {"known_until", "position"}
"""Columns that later reports may change."""

Rows = list[tuple[str, Row]]


@pytest.fixture(scope="module")
def projection() -> list[EntryRows]:
    return project(read(SEEDS))


def known_by(day: date, given: Iterable[EntryRows]) -> dict[Key, Rows]:
    """Return the rows of actors, places and facts that an `asOf` response for the day can contain."""
    found = {}
    for entry in given:
        if entry.key.table in ("actor", "place", "fact") and (rows := _known_rows(day, entry)):
            found[entry.key] = rows
    return found


def _known_rows(day: date, entry: EntryRows) -> Rows:
    holding = {row["id"] for table, row in entry.rows if table == "snapshot" and _holds(day, row)}
    rows = [(table, row) for table, row in entry.rows if _is_told(day, table, row, holding)]
    return [
        (table, {name: value for name, value in _row_on(day, row).items() if name not in LATER}) for table, row in rows
    ]


def _row_on(day: date, row: Row) -> Row:
    """Return the row as read on a day: for a text, how well known its entry was then."""
    if "prominence" not in row:
        return row
    former, rises = row.get("former_prominences", []), row.get("risen_on", [])
    assert isinstance(former, list)
    assert isinstance(rises, list)
    levels = [*former, str(row["prominence"])]
    risen = sum(each <= day.isoformat() for each in rises)
    own = {name: value for name, value in row.items() if name not in ("former_prominences", "risen_on")}
    return {**own, "prominence": levels[risen]}


def _is_told(day: date, table: str, row: Row, holding: set[object]) -> bool:
    if "known_from" in row and "snapshot_id" not in row:
        return _holds(day, row)
    if "snapshot_id" in row:
        return row["snapshot_id"] in holding
    since = row.get("reported_on") or row.get("known_since")
    return isinstance(since, date) and since <= day


def _holds(day: date, row: Row) -> bool:
    first, last = row["known_from"], row["known_until"]
    return isinstance(first, date) and isinstance(last, date) and first <= day <= last


@pytest.mark.parametrize(
    ("day", "facts"),
    [
        ("2018-05-30", False),
        ("2018-05-31", True),
        ("2018-06-12", True),
        ("2019-04-18", True),
        ("2019-04-25", True),
        ("2019-04-26", True),
        ("2019-09-17", True),
        ("2020-03-27", True),
        ("2021-02-22", True),
    ],
)
def test_nothing_known_by_a_day_hangs_on_what_was_told_later(
    projection: list[EntryRows], day: str, facts: bool
) -> None:
    told = known_by(date.fromisoformat(day), projection)
    alone = known_by(date.fromisoformat(day), project(read(SEEDS, None, date.fromisoformat(day))))
    assert told == alone
    assert any(key.table == "fact" for key in told) is facts


def test_every_row_refers_to_rows_that_there_are(projection: list[EntryRows]) -> None:
    own = {key for entry in projection for key in entry.own_keys()}
    referred = {
        value for entry in projection for _, row in entry.rows for value in row.values() if isinstance(value, Key)
    }
    assert referred - own == set()
