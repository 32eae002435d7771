"""What a row calls somebody, in addition to the name."""

import pytest

from service.importers.histstate.designations import designation_of
from tests.sets.reading import TABLES, read_trip, read_visit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Met with Soviet Premier Stalin.", ["Premier"]),
        ("Met with President Kwasniewski and former President Walesa.", ["President", "former President"]),
        ("Met with former South African President Mandela.", ["former South African President"]),
        ("Met with NATO Secretary General Jens Stoltenberg.", ["NATO Secretary General"]),
        ("Met with PLO Chairman Arafat.", ["PLO Chairman"]),
        ("Met with UN Secretary-General Annan.", ["UN Secretary-General"]),
        ("Met with President Barroso of the European Commission.", ["President Barroso of the European Commission"]),
        ("Met with interim President Poher and Gen. Petraeus.", ["interim President", "Gen."]),
        ("Met with Presidents Perez of Venezuela and Carazo of Costa Rica.", ["President", "President"]),
        ("Attended the Trident Conference with Roosevelt and Churchill.", [""]),
        ("Met with the Presidents of Finland and Sweden.", ["", ""]),
        ("Met with the Duke of Windsor.", ["Duke of Windsor"]),
    ],
)
def test_people_are_called_as_the_row_prints_it(text: str, words: list[str]) -> None:
    reading = read_trip(text, "France", "1999-06-01")
    met = [one for each in reading.encounters for one in (*each.american, *(p for q in each.parties for p in q.people))]
    others = [one for one in dict.fromkeys(met) if one not in reading.stay.travellers]
    assert sorted(designation_of(TABLES, one, text) for one in others) == sorted(words)


@pytest.mark.parametrize(
    ("visitor", "words"),
    [
        ("President-Elect Carlos Salinas de Gortari", "President-Elect"),
        ("President- designate Roberto E. Viola", "President-designate"),
        ("Prime Minster Adrian Nastase", "Prime Minister"),
        ("Premier & Prince Norodom Sihanouk", "Premier & Prince"),
        ("Amir Sheik Sabah al-Ahmed al-Jaber al-Sabah", "Amir Sheik"),
        ("Prime Minister Sheikh Hasina", "Prime Minister"),
    ],
)
def test_visitors_are_called_by_their_titles_without_slips(visitor: str, words: str) -> None:
    (mention,) = read_visit("Official visit.", visitor, "Mexico", "1999-06-01").stay.travellers
    assert designation_of(TABLES, mention, "Official visit.", "Sheikh Hasina") == words


def test_whom_no_plural_tells_of_has_no_title_by_it() -> None:
    text = "Met with Presidents Perez of Venezuela and Carazo of Costa Rica."
    (traveller,) = read_trip(text, "Panama", "1978-06-16").stay.travellers
    assert designation_of(TABLES, traveller, text) == ""
