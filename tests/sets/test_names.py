"""Names as printed in rows: which ones can be one person's."""

import pytest

from service.importers.histstate.names import Agreement, Name, NameReader, compare_names, share_surname

READER = NameReader({"jack": "john", "chou en lai": "zhou enlai"})
FULL, PART, NONE = Agreement.FULL, Agreement.PART, Agreement.NONE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Angela Merkel", Name(("angela", "merkel"))),
        ("Gandhi, I.", Name(("gandhi",), initials=("i",))),
        ("Abdullah II ibn Al Hussein", Name(("abdullah", "hussein"), mark="ii")),
        ("Benigno S. Aquino, 3rd", Name(("benigno", "aquino"), initials=("s",), mark="iii")),
        ("Salman bin Hamad Al Khalifa", Name(("salman", "khalifa"), fathers=("hamad",))),
        ("Mohammed Nawaz Sharif", Name(("nawaz", "sharif"))),
        ("Mohammed bin Salman", Name(("mohammed",), fathers=("salman",))),
        ("Chou En-lai", Name(("zhou", "enlai"))),
    ],
)
def test_a_name_is_read(text: str, name: Name) -> None:
    assert READER.read(text) == name


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("Angela Merkel", "Merkel", PART),
        ("Kishida Fumio", "Fumio Kishida", FULL),
        ("Jose Lopez Portillo", "Lopez Portillo", PART),
        ("John M. Lynch", "Jack Lynch", FULL),
        ("Ferdinand Marcos", "Ferdinand Marcos Jr.", NONE),
        ("George H. W. Bush", "George W. Bush", NONE),
        ("George VI", "David Lloyd George", PART),
        ("Amata Kabua", "Imata Kabua", NONE),
        ("Salman bin Hamad Al Khalifa", "Hamad bin Isa Al Khalifa", NONE),
        ("Sabah al-Ahmad al-Jaber al-Sabah", "Jaber al-Ahmad al-Sabah", PART),
        ("Pope John Paul II", "Pope John Paul I", NONE),
        ("Lech Kaczynski", "Jaroslaw Kaczynski", NONE),
        ("Hafez al-Assad", "Bashar al-Assad", NONE),
        ("Indira Gandhi", "Gandhi, R.", NONE),
    ],
)
def test_two_names_agree_as_far_as_they_can_be_one_persons(one: str, other: str, agreement: Agreement) -> None:
    assert compare_names(READER.read(one), READER.read(other)) == agreement
    assert compare_names(READER.read(other), READER.read(one)) == agreement


@pytest.mark.parametrize(
    ("full", "other", "is_shared"),
    [
        ("Felipe Gonzalez", "Gonzalez Marquez", True),
        ("Juan Manuel Santos", "Santos Calderon", True),
        ("Juan Carlos", "Carlos Arias Navarro", False),
        ("Jaroslaw Kaczynski", "Lech Kaczynski", False),
        ("Castro", "Castro Ruz", False),
    ],
)
def test_a_surname_may_be_the_first_of_two(full: str, other: str, is_shared: bool) -> None:
    assert share_surname(READER.read(full), READER.read(other)) == is_shared
