"""What is reported about a stay in addition to its meetings: the visit itself, its programme, its days and
its places.
"""

import pytest

from tests.sets.making import Made, trip, visit

pytestmark = pytest.mark.slow


def test_whom_a_guest_met_also_he_met_apart_from_his_visit(make: Made) -> None:
    text = (
        "State visit; also met with President Ford in Jacksonville, Florida on November 2. "
        "Addressed joint session of U.S. Congress November 5."
    )
    made = make([], [visit("1", "President Anwar Sadat", "1975-10-27", "1975-11-05", "Egypt", text)])
    state, beside = made["visit-1"], made["visit-1-2"]
    assert state["participants"]["gerald-ford"] == {"PARTICIPANT": ["histstate-visit-1 p7s1 likely inferred"]}
    assert [*state["date"], *state["title"]] == ["[1975-10-27..1975-11-05]", "State visit"]
    assert [*state["programme"]] == ["an address to joint session of U.S. Congress, November 5"]
    assert [*beside["date"], *beside["place"]] == ["1975-11-02", "jacksonville"]
    assert "title" not in beside
    assert "programme" not in beside


def test_a_visit_of_days_is_more_than_a_meeting_on_one_of_them(make: Made) -> None:
    text = "Official visit; met April 8 with the Prime Ministers of Barbados and Dominica."
    made = make([trip("1", "Ronald Reagan", "1982-04-08", "1982-04-11", "Barbados", text, "Bridgetown")], [])
    assert {slug: [*entry["date"]] for slug, entry in made.items()} == {
        "trip-1-barbados": ["1982-04-08"],
        "trip-1-dominica": ["1982-04-08"],
        "trip-1": ["1982-04-08/1982-04-11"],
    }
    assert made["trip-1"]["act"]["en"] == "Official visit"
    assert "title" not in made["trip-1-barbados"]


def test_what_was_signed_with_a_third_state_is_no_part_of_a_meeting(make: Made) -> None:
    text = "Met with President Yeltsin. Signed nuclear disarmament agreement with Ukraine."
    made = make([trip("1", "William J. Clinton", "1994-01-12", "1994-01-15", "Russia", text, "Moscow")], [])
    assert "programme" not in made["trip-1-russia"]
    assert [*made["trip-1"]["programme"]] == ["the signing of nuclear disarmament agreement with Ukraine"]


def test_a_journey_to_another_state_is_no_part_of_a_visit(make: Made) -> None:
    text = "Official visit. Visited Canada March 9–13. Visited New York City March 14."
    made = make([], [visit("1", "Prime Minister Menzies", "1955-03-09", "1955-03-14", "Australia", text)])
    assert [*made["visit-1"]["programme"]] == ["a visit to New York City, March 14"]


def test_what_was_done_on_another_stay_is_no_part_of_a_visit(make: Made) -> None:
    text = "Revisited Washington January 16–19. Addressed U.S. Congress January 17."
    made = make([], [visit("1", "Prime Minister Churchill", "1952-01-05", "1952-01-10", "United Kingdom", text)])
    assert [*made["visit-1"]["date"]] == ["1952-01-05/1952-01-10"]
    assert "programme" not in made["visit-1"]


@pytest.mark.parametrize(
    ("arrived", "days"),
    [
        ("Arrived in Richmond, VA May 3.", {"[2007-05-03..2007-05-08]": ["histstate-visit-1 p7 +p2-3 inferred"]}),
        # a stay without the row's days contradicts it
        ("In U.S. April 3–6.", {"[2007-05-07..2007-05-08]": ["histstate-visit-1 p2-3 inferred"]}),
    ],
)
def test_an_occasion_was_on_some_day_of_the_longer_stay(make: Made, arrived: str, days: dict[str, list[str]]) -> None:
    text = f"State Visit. {arrived} Commemorated the 400th anniversary of the Jamestown Settlement."
    made = make([], [visit("1", "Queen Elizabeth II", "2007-05-07", "2007-05-08", "United Kingdom", text)])
    assert made["jamestown-anniversary-2007"]["date"] == days


def test_days_that_the_fields_do_not_tell_are_cited_from_the_prose(make: Made) -> None:
    rows = [
        visit("1", "King Abdullah II", "2014-02-12", "2014-02-14", "Jordan",
              "Included working visit at Rancho Mirage, California February 14."),
        visit("2", "President Nicolae Ceausescu", "1970-10-24", "1970-10-24", "Romania",
              "Official visit to Washington, October 26–28."),
    ]  # fmt: skip
    made = make([], rows)
    assert made["visit-1"]["date"] == {"2014-02-14": ["histstate-visit-1 p7s1 +p2-3"]}
    assert made["visit-2"]["date"] == {"[1970-10-26..1970-10-28]": ["histstate-visit-2 p7 +p2-3 inferred"]}


def test_a_place_is_cited_from_where_it_stands(make: Made) -> None:
    text = "Attended Economic Summit Meeting. Met with Prime Minister Fanfani in Rome on June 6."
    venice = trip("1", "Ronald Reagan", "1987-06-03", "1987-06-11", "Italy", text, "Venice, Rome")
    houston = visit("1", "King Hussein", "1999-01-05", "1999-01-05", "Jordan", "Private visit to Houston, Texas.")
    made = make([venice], [houston])
    assert made["g7-1987"]["place"] == {"venice": ["histstate-trip-1 p8 inferred"]}
    assert made["trip-1-italy"]["place"] == {"rome": ["histstate-trip-1 p9s2"]}
    assert made["visit-1"]["place"] == {"houston": ["histstate-visit-1 p7s1 w5-6"]}


def test_guests_who_met_without_the_president_met_at_their_own_level(make: Made) -> None:
    rows = [
        visit("1", "Prime Minister Ehud Barak", "1999-12-14", "1999-12-17", "Israel",
              "Private visit. Peace negotiations with Syrian Foreign Minister Farouk Sharaa."),
        visit("2", "Prime Minister Tony Blair", "2003-03-26", "2003-03-27", "United Kingdom",
              "Met with UN Secretary-General Annan in New York City, March 27."),
    ]  # fmt: skip
    made = make([], rows)
    assert (made["visit-1"]["level"], made["visit-2"]["level"]) == ("MINISTERS", "OFFICIALS")


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("Met with President Dreifuss. Addressed ILO Conference.", ["an address to ILO Conference"]),
        ("Met with President Dreifuss. Addressed the World Economic Forum and the Diet.",
         ["an address to the World Economic Forum", "an address to the Diet"]),
        ("Met with President Dreifuss and delivered and address at the University.", ["an address at the University"]),
        ("Met with President Dreifuss. Exchanged ratifications of the INF Treaty.",
         ["the exchange of ratifications of the INF Treaty"]),
        ("Invited by President Dreifuss to sign a protocol. Met with President Dreifuss.",
         ["to sign a protocol"]),
        # these days belong to the meeting
        ("Met with President Dreifuss to sign a protocol June 16.", []),
    ],
)  # fmt: skip
def test_addresses_and_signings_stand_in_the_programme(make: Made, text: str, programme: list[str]) -> None:
    made = make([trip("1", "William J. Clinton", "1999-06-15", "1999-06-17", "Switzerland", text, "Geneva")], [])
    assert [*made["trip-1-switzerland"].get("programme", ())] == programme


def test_a_memorial_service_was_for_somebody(make: Made) -> None:
    text = "Attended the Richard Holbrooke Memorial Service."
    made = make([], [visit("1", "President Asif Ali Zardari", "2011-01-14", "2011-01-14", "Pakistan", text)])
    assert {slug: entry["act"] for slug, entry in made.items()} == {
        "memorial-service-richard-holbrooke-2011": {"en": "Memorial service for Richard Holbrooke"}
    }


def test_who_travels_before_his_office_is_called_elect_by_the_note_alone(make: Made) -> None:
    note = "Met with President Lopez Portillo. [Visit made as President-elect.]"
    other = "Met with President Putin and President-elect Medvedev."
    made = make(
        [
            trip("1", "Ronald Reagan", "1981-01-05", "1981-01-05", "Mexico", note, "Ciudad Juarez"),
            trip("2", "George W. Bush", "2008-04-05", "2008-04-06", "Russia", other, "Sochi"),
        ],
        [],
    )
    assert made["trip-1-mexico"]["designations"] == {
        "ronald-reagan": {"President-elect": ["histstate-trip-1 p9s2 w4"]},
        "jose-lopez-portillo": {"President": ["histstate-trip-1 p9s1 w4-6"]},
    }
    assert "george-w-bush" not in made["trip-2-russia"]["designations"]
