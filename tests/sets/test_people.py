"""The people of the sets: their names, their states, and the years in which rows mention them."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from service.importers.histstate.names import NameReader, fold
from service.importers.histstate.persons import common_name, missing_state_of, names_of
from service.importers.histstate.readings import Mention, State
from service.importers.histstate.sightings import Known, Person, Sighting, Way
from service.settings import REPOSITORY

SETS = REPOSITORY / "seeds" / "sets"
READER = NameReader()
DAY = date(1994, 12, 9)
TITLES = (
    *("President", "Prime Minister", "Minister", "Premier", "Chancellor", "Chairman", "Governor", "Secretary"),
    *("General", "Colonel", "Marshal", "Admiral", "Lyonpo", "Sir", "Dr.", "Mr.", "Mrs."),
)
ONE_WORD = {
    *(
        "Abdulaziz",
        "Boisrond-Canal",
        "Naruhito",
        "Prajadhipok",
        "Rainilaiarivony",
        "Suharto",
        "Sukarno",
        "Vajiralongkorn",
    ),
    "Willem-Alexander",
}
"""Names of people who have one name, and of two with a double one."""
UNKNOWN = {"Herrise", "Villanueva"}
"""Surnames of leaders about whom Archigos says no more, and whose rows do not show who they were."""


def entries(noun: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the entries of all sets, each with its set."""
    for path in sorted(SETS.glob(f"*/{noun}.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.parent.name, json.loads(line)


def common_names() -> Mapping[str, str]:
    return {entry["slug"]: entry["names"]["COMMON"]["en"] for _, entry in entries("people")}


def sighting_of(row: str, title: str, name: str, state: str | None = "samoa", *, is_of_state: bool = True) -> Sighting:
    told = State(state, state, is_of_state) if state else None
    mention = Mention(f"{title} {name}", title, name, told, "p4")
    return Sighting(row, mention, state, frozenset({state} if state else ()), DAY, DAY, is_of_state)


def test_no_name_has_a_title() -> None:
    assert [name for name in common_names().values() if name.startswith(tuple(f"{title} " for title in TITLES))] == []


def test_nobody_is_called_by_a_surname_alone() -> None:
    assert {name for name in common_names().values() if " " not in name} == ONE_WORD | UNKNOWN


def test_a_name_is_written_in_letters_as_names_are() -> None:
    odd = [name for name in common_names().values() if name != name.strip() or '"' in name or name.isupper()]
    assert [name for name in odd if name not in UNKNOWN] == []


def test_nobody_meets_anybody_for_more_than_a_life() -> None:
    people, days = common_names(), dict[str, list[int]]()
    for _, entry in (*entries("meetings"), *entries("events")):
        years = [int(year) for day in entry.get("date", ()) for year in re.findall(r"\b\d{4}\b", day)]
        for person in (*entry.get("participants", ()), *entry.get("actors", ())):
            days.setdefault(person, []).extend(years)
    spans = {person: max(years) - min(years) for person, years in days.items() if years and person in people}
    assert {person for person, span in spans.items() if span > 40} == {"bhumibol-adulyadej", "queen-elizabeth-ii"}


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (["Fiame Naomi Mata'afa", "Fiamē Naomi Mata’afa"], "Fiamē Naomi Mata’afa"),
        (["Alberto Fernández", "Alberto Fernandez", "Alberto Fernandez"], "Alberto Fernández"),
        # a spelling that differs from that of most rows does not count, with accents or without
        (["Rafiq Hariri", "Rafiq Hariri", "Rafiq al-Harirí"], "Rafiq Hariri"),
    ],
)
def test_of_two_spellings_that_differ_in_accents_the_fuller_one_is_shown(printed: list[str], shown: str) -> None:
    rows = [(sighting_of(f"visit-{number}", "President", name), Way.NAME) for number, name in enumerate(printed)]
    assert common_name(Person(seen=rows), READER) == shown


def test_the_name_of_another_is_no_other_name_of_whom_a_decision_explains() -> None:
    son = Known("jose-maria-figueres", ("José María Figueres",), "costa-rica", frozenset({"costa-rica"}))
    taken = {fold("José Figueres Ferrer"), fold("José María Figueres")}
    father, slip = (
        sighting_of("visit-1", "President", name) for name in ("Jose Figueres Ferrer", "Juan Maria Figueres")
    )
    common = {"en": "José María Figueres"}
    for way, others in ((Way.DECIDED, []), (Way.NAME, ["Jose Figueres Ferrer"])):
        names = names_of(Person(son, [(father, way)]), READER, common, None, taken)
        assert names.get("ALIAS", {"en": []})["en"] == others
    assert names_of(Person(son, [(slip, Way.DECIDED)]), READER, common, None, taken)["ALIAS"] == {
        "en": ["Juan Maria Figueres"]
    }


def test_what_rows_print_stays_though_another_language_calls_somebody_so() -> None:
    known = Known("nouri-al-maliki", ("Nouri al-Maliki",), "iraq", frozenset({"iraq"}))
    row = sighting_of("visit-1", "Prime Minister", "Nuri al-Maliki", "iraq")
    common = {"en": "Nouri al-Maliki", "de": "Nuri al-Maliki"}
    names = names_of(Person(known, [(row, Way.NAME)]), READER, common, None)
    assert names == {"COMMON": common, "ALIAS": {"en": ["Nuri al-Maliki"]}}


def test_whom_other_sets_have_without_a_state_is_of_the_one_of_which_a_row_has_him() -> None:
    known = Known("evariste-ndayishimiye", ("Évariste Ndayishimiye",), None, frozenset())
    own = sighting_of("visit-1", "President", "Evariste Ndayishimiye", "burundi")
    guest = sighting_of("trip-1", "King", "Charles III", "united-kingdom", is_of_state=False)
    assert missing_state_of(Person(known, [(own, Way.NAME)])) == "burundi"
    assert missing_state_of(Person(known, [(guest, Way.NAME)])) is None
    assert (
        missing_state_of(Person(known, [(own, Way.NAME), (sighting_of("visit-2", "", "", "samoa"), Way.NAME)])) is None
    )
