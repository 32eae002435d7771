"""What a row is called, which has no title of its own."""

import pytest

from service.importers.histstate.readings import RowSet
from service.importers.histstate.row_titles import row_title
from tests.sets.reading import TABLES, to_row

NAMES = {
    "canada": {"en": "Canada", "de": "Kanada", "fr": "Canada", "ru": "Канада", "ko-Kore": "캐나다"},
    "hawaii": {"en": "Hawaii"},
}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Trip abroad: Canada, 10-11 March 1981"),
        ("de", "Auslandsreise: Kanada, 10.-11. März 1981"),
        ("fr", "Voyage à l’étranger : Canada, 10-11 mars 1981"),
        ("ru", "Зарубежная поездка: Канада, 10-11 марта 1981 г."),
        ("ko-Kore", "해외 방문: 캐나다, 1981년 3월 10일-11일"),
    ],
)
def test_a_trip_is_called_by_its_state_and_days(language: str, title: str) -> None:
    row = to_row(RowSet.TRIP, {"name": "Ronald Reagan", "country": "Canada"}, "1981-03-10/1981-03-11")
    assert row_title(TABLES, row, NAMES)[language] == title


def test_a_visit_of_one_day_is_called_by_where_the_visitor_came_from() -> None:
    row = to_row(RowSet.VISIT, {"visitor": "Prime Minister Pierre Trudeau", "from": "Canada"}, "1981-07-10")
    assert row_title(TABLES, row, NAMES)["en"] == "Visit from abroad: Canada, 10 July 1981"


def test_a_title_is_only_in_the_languages_of_the_states_name() -> None:
    row = to_row(RowSet.VISIT, {"visitor": "King Kalakaua", "from": "Hawaii"}, "1874-12-15")
    assert row_title(TABLES, row, NAMES) == {"en": "Visit from abroad: Hawaii, 15 December 1874"}


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Atlantis", "Atlantis"),
        ("West Bank", "West Bank"),
        ("Korea, South", "South Korea"),
        ("Germany, Federal Republic of", "Federal Republic of Germany"),
    ],
)
def test_words_that_are_no_common_name_stand_as_the_row_has_them(words: str, state: str) -> None:
    names = {"palestine": {"en": "Palestine", "de": "Palästina"}, "germany": {"en": "Germany", "de": "Deutschland"}}
    row = to_row(RowSet.VISIT, {"visitor": "Chairman", "from": words}, "1981-07-10")
    assert row_title(TABLES, row, NAMES | names) == {"en": f"Visit from abroad: {state}, 10 July 1981"}
