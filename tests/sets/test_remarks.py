"""Each kind of phrase in the remarks of the Office of the Historian: an excerpt of a row, and what is read from it."""

import pytest

from service.importers.histstate.readings import ActKind, AmericanSide, DoubtReason, Reading, StayKind
from tests.sets.reading import encounters, read_trip, read_visit

TRIPS = {
    "one state, a stay of two days": (
        ("State visit; met with Prime Minister Trudeau and addressed Parliament.", "Canada", "1981-03-10/1981-03-11"),
        ["meeting | traveller | with canada: Prime Minister/Trudeau | [1981-03-10..1981-03-11] INFERRED"],
    ),
    "one day": (
        ("Audience with Pope John Paul II.", "Italy", "1987-06-06"),
        ["audience | traveller | with vatican-city: Pope/John Paul II | 1987-06-06 STATED"],
    ),
    "a day of its own": (
        ("Met with President Cossiga and Prime Minister Fanfani in Rome on June 6.", "Italy", "1987-06-03/1987-06-11"),
        [
            "meeting | traveller | with italy: President/Cossiga and Prime Minister/Fanfani "
            "| 1987-06-06 STATED | at Rome"
        ],
    ),
    "a day for each list": (
        (
            "Met with President Hu of China, July 16; "
            "and President Lula of Brazil and Prime Minister Singh of India, July 17.",
            "Russia",
            "2006-07-14/2006-07-17",
        ),
        [
            "meeting | traveller | with china: President/Hu | 2006-07-16 STATED",
            "meeting | traveller | with brazil: President/Lula | 2006-07-17 STATED",
            "meeting | traveller | with india: Prime Minister/Singh | 2006-07-17 STATED",
        ],
    ),
    "a summit on days in brackets": (
        (
            "Attended Summit Meeting (November 19-21) with Soviet General Secretary Gorbachev. "
            "Met also with Swiss President Furgler.",
            "Switzerland",
            "1985-11-16/1985-11-21",
        ),
        [
            "summit meeting | traveller | with soviet-union: General Secretary/Gorbachev "
            "| 1985-11-19/1985-11-21 STATED",
            "meeting | traveller | with switzerland: President/Furgler | [1985-11-16..1985-11-21] INFERRED",
        ],
    ),
    "a list is not a meeting of those listed": (
        (
            "Met with Chancellor Angela Merkel, French President Francois Hollande, "
            "and British Prime Minister Theresa May.",
            "Germany",
            "2016-11-16/2016-11-18",
        ),
        [
            "meeting | traveller | with germany: Chancellor/Angela Merkel | [2016-11-16..2016-11-18] INFERRED",
            "meeting | traveller | with france: President/Francois Hollande | [2016-11-16..2016-11-18] INFERRED",
            "meeting | traveller | with united-kingdom: Prime Minister/Theresa May | [2016-11-16..2016-11-18] INFERRED",
        ],
    ),
    "two in Singapore who did not meet each other": (
        (
            "Participated in the summit with North Korean leader Kim Jong-un and bilateral events with "
            "Singaporean Prime Minister Lee Hsien Loong.",
            "Singapore",
            "2018-06-10/2018-06-13",
        ),
        [
            "summit | traveller | with north-korea: leader/Kim Jong-un | [2018-06-10..2018-06-13] INFERRED",
            "meeting | traveller | with singapore: Prime Minister/Lee Hsien Loong | [2018-06-10..2018-06-13] INFERRED",
        ],
    ),
    "a conference is one meeting": (
        (
            "Conference with President De Gaulle, British Prime Minister Macmillan, and German Chancellor Adenauer.",
            "France",
            "1959-12-18/1959-12-21",
        ),
        [
            "conference | traveller | with france: President/De Gaulle; united-kingdom: Prime Minister/Macmillan; "
            "germany: Chancellor/Adenauer | [1959-12-18..1959-12-21] INFERRED"
        ],
    ),
    "offices without names": (
        ("Met with the Presidents of Peru and Bolivia, and with the Vice President of Ecuador.", "Peru", "2002-03-23"),
        [
            "meeting | traveller | with peru: President/ | 2002-03-23 STATED",
            "meeting | traveller | with bolivia: President/ | 2002-03-23 STATED",
            "meeting | traveller | with ecuador: Vice President/ | 2002-03-23 STATED",
        ],
    ),
    "states without people": (
        ("Met with the Heads of State and Government of Great Britain and West Germany.", "Finland", "1975-07-30"),
        [
            "meeting | traveller | with united-kingdom: - | 1975-07-30 STATED",
            "meeting | traveller | with germany: - | 1975-07-30 STATED",
        ],
    ),
    "a plural with names": (
        (
            "Also met informally with Presidents Perez of Venezuela, Carazo of Costa Rica, "
            "and Prime Minister Manley of Jamaica.",
            "Panama",
            "1978-06-16",
        ),
        [
            "meeting | traveller | with venezuela: President/Perez | 1978-06-16 STATED",
            "meeting | traveller | with costa-rica: President/Carazo | 1978-06-16 STATED",
            "meeting | traveller | with jamaica: Prime Minister/Manley | 1978-06-16 STATED",
        ],
    ),
    "a gathering with its states and days": (
        (
            "Attended Economic Summit Meeting June 7-9 of the Heads of State and Government of Canada, France, "
            "and the Federal Republic of Germany.",
            "United Kingdom",
            "1984-06-04/1984-06-10",
        ),
        ["g7-1984 | traveller | with canada: -; france: -; germany: - | 1984-06-07/1984-06-09 STATED"],
    ),
    "who was present at it": (
        (
            "Attended NATO Summit Meeting. "
            "Present were the Heads of State and Government of Canada, Denmark, and Turkey.",
            "Belgium",
            "1988-03-01/1988-03-03",
        ),
        ["nato-1988 | traveller | with canada: -; denmark: -; turkey: - | [1988-03-01..1988-03-03] INFERRED"],
    ),
    "gatherings that share a word": (
        ("Attended the G-8 and G-20 Economic Summit Meetings.", "Canada", "2010-06-25/2010-06-27"),
        [
            "g8-2010 | traveller | [2010-06-25..2010-06-27] INFERRED",
            "g20-2010-toronto | traveller | [2010-06-25..2010-06-27] INFERRED",
        ],
    ),
    "a funeral is for somebody who is not met": (
        ("Attended the funeral of King Hassan II; met with Israeli Prime Minister Barak.", "Morocco", "1999-07-25"),
        [
            "funeral-hassan-ii-1999 | traveller | 1999-07-25 STATED",
            "meeting | traveller | with israel: Prime Minister/Barak | 1999-07-25 STATED",
        ],
    ),
    "a summit of which nobody is named": (
        ("Attended U.S.-Soviet Summit Meeting.", "U.S.S.R.", "1991-07-29/1991-08-01"),
        ["summit meeting | traveller | with soviet-union: - | [1991-07-29..1991-08-01] INFERRED"],
    ),
    "a former president": (
        ("Met with President Kwasniewski and former President Walesa.", "Poland", "1997-07-10"),
        ["meeting | traveller | with poland: President/Kwasniewski and former President/Walesa | 1997-07-10 STATED"],
    ),
    "a title that the state has not": (
        ("Met with Prime Minister Mario Draghi, and Chancellor Angela Merkel.", "Italy", "2021-10-29"),
        [
            "meeting | traveller | with italy: Prime Minister/Mario Draghi | 2021-10-29 STATED",
            "meeting | traveller | with ?: Chancellor/Angela Merkel | 2021-10-29 STATED",
        ],
    ),
    "a body that is no state": (
        (
            "Met with Russian Prime Minister Chernomyrdin and UN Secretary-General Boutrous-Ghali.",
            "France",
            "1996-06-27",
        ),
        [
            "meeting | traveller | with russia: Prime Minister/Chernomyrdin | 1996-06-27 STATED",
            "meeting | traveller | with ?: Secretary General/Boutrous-Ghali | 1996-06-27 STATED",
        ],
    ),
    "words between title and name": (
        ("Met with the Governor of Bermuda, Admiral Sir Ralph Leatham, K.C.B.", "United Kingdom", "1946-08-22"),
        [
            "meeting | traveller | with united-kingdom: Governor of Bermuda Admiral Sir/Ralph Leatham "
            "| 1946-08-22 STATED"
        ],
    ),
    "a transit": (("Refueling stop en route from Uruguay.", "Suriname", "1967-04-14"), []),
    "a state visit that names nobody": (("State visit.", "Canada", "1995-02-23/1995-02-24"), []),
    "people without names": (("Met with Hungarian officials.", "Hungary", "1989-07-11"), []),
    "Americans abroad": (
        ("Met with Gen. Petraeus and Ambassador Crocker.", "Kuwait", "2008-01-11"),
        ["meeting | traveller | General/Petraeus and Ambassador/Crocker | 2008-01-11 STATED"],
    ),
    "a gathering that was addressed": (
        ("Met with President Andrzej Duda and addressed the Three Seas Summit.", "Poland", "2017-07-05"),
        [
            "meeting | traveller | with poland: President/Andrzej Duda | 2017-07-05 STATED",
            "three-seas-summit-2017 | traveller | 2017-07-05 STATED",
        ],
    ),
    "the council of a summit that was addressed": (
        ("Attended NATO summit meeting, addressed the North Atlantic Council.", "Belgium", "1975-05-28"),
        ["nato-1975 | traveller | 1975-05-28 STATED"],
    ),
    "another gathering that was addressed": (
        (
            "Attended Economic Summit Meeting May 7-8. Addressed NATO Ministers meeting on May 10.",
            "United Kingdom",
            "1977-05-05/1977-05-10",
        ),
        [
            "g7-1977 | traveller | 1977-05-07/1977-05-08 STATED",
            "nato-ministers-1977 | traveller | 1977-05-10 STATED",
        ],
    ),
    "what was commemorated": (
        ("Commemorated Israel’s 60th anniversary.", "Israel", "2008-05-14"),
        ["commemoration-israels-60th-anniversary-2008 | traveller | 2008-05-14 STATED"],
    ),
    "a holiday": (("Vacationed with King Juan Carlos I.", "Spain", "1997-07-04"), []),
}

VISITS = {
    "a private visit": (
        ("Private visit. Met with President Reagan March 17.", "President- designate Roberto E. Viola", "Argentina"),
        "1981-03-15/1981-03-18",
        ["meeting | named | President/Reagan | 1981-03-17 STATED"],
    ),
    "a typist's 1": (
        ("Private visit. Met with President Carter November l3.", "Prime Minister Menachem Begin", "Israel"),
        "1980-11-09/1980-11-18",
        ["meeting | named | President/Carter | 1980-11-13 STATED"],
    ),
    "two days and two places": (
        (
            "Conferred with President Roosevelt at Washington (April 16–17) and Hyde Park (April 20).",
            "King X",
            "Canada",
        ),
        "1941-04-16/1941-04-20",
        ["meeting | named | President/Roosevelt | {1941-04-16..1941-04-17,1941-04-20} STATED"],
    ),
    "a day of something else": (
        ("Met with President Bush April 9 after peace talks, beginning April 3.", "President Aliyev", "Azerbaijan"),
        "2001-04-07/2001-04-11",
        ["meeting | named | President/Bush | 2001-04-09 STATED"],
    ),
    "the office alone": (
        ("Unofficial visit. Met informally with the President.", "Prime Minister Macmillan", "United Kingdom"),
        "1958-06-07/1958-06-11",
        ["meeting | office | President/ | [1958-06-07..1958-06-11] INFERRED"],
    ),
    "another American": (
        ("Met briefly with Secretary of State Hull.", "Prime Minister Mackenzie King", "Canada"),
        "1943-12-06",
        ["meeting | named | Secretary of State/Hull | 1943-12-06 STATED"],
    ),
    "before and after a conference that was attended": (
        (
            "Met with President Bush before and after attending the Middle East Peace Conference in Annapolis, MD.",
            "Prime Minister Ehud Olmert",
            "Israel",
        ),
        "2007-11-25/2007-11-28",
        [
            "meeting | named | President/Bush | [2007-11-25..2007-11-28] INFERRED",
            "middle-east-peace-conference-2007 | implied | [2007-11-25..2007-11-28] INFERRED | at Annapolis, MD",
        ],
    ),
    "a place behind a comma": (
        ("Attended Economic Summit Meeting, Williamsburg (Va.).", "Prime Minister Margaret Thatcher", "United Kingdom"),
        "1983-05-28/1983-05-31",
        ["g7-1983 | implied | [1983-05-28..1983-05-31] INFERRED | at Williamsburg (Va.)"],
    ),
    "two Presidents of one day": (
        ("Met with President Carter and President-elect Reagan November 20.", "Chancellor Schmidt", "Germany"),
        "1980-11-18/1980-11-21",
        [
            "meeting | named | President/Carter | 1980-11-20 STATED",
            "meeting | named | President-elect/Reagan | 1980-11-20 STATED",
        ],
    ),
    "a visit that implies the President": (
        ("Official working visit.", "Prime Minister Menachem Begin", "Israel"),
        "1977-07-18/1977-07-21",
        ["meeting | implied | [1977-07-18..1977-07-21] INFERRED"],
    ),
    "a guest of his": (
        ("At invitation of the President. Departed U.S. May 3.", "President Gonzales Videla", "Chile"),
        "1950-04-12/1950-04-15",
        ["meeting | implied | [1950-04-12..1950-04-15] INFERRED"],
    ),
    "a visit to where he lives": (
        ("Informal visit at LBJ Ranch.", "Chancellor Erhard", "Germany, Federal Republic of"),
        "1963-12-28/1963-12-29",
        ["meeting | implied | [1963-12-28..1963-12-29] INFERRED | at LBJ Ranch"],
    ),
    "a visit that implies nobody": (("Private visit.", "King Hussein", "Jordan"), "1974-03-12", []),
    "a visit in words that imply nobody": (("Informal visit.", "King Hussein", "Jordan"), "1967-06-28", []),
    "on the margins of a gathering": (
        ("Met with President Bush while attending the U.N. General Assembly in New York City.", "King X", "Jordan"),
        "1991-09-24",
        ["meeting | named | President/Bush | 1991-09-24 STATED | at New York City | within un-general-assembly-1991"],
    ),
    "after a gathering is not on its margins": (
        ("Met with President Roosevelt at Hyde Park after the Second Quebec Conference.", "Prime Minister X", "Canada"),
        "1944-09-17",
        ["meeting | named | President/Roosevelt | 1944-09-17 STATED | at Hyde Park"],
    ),
    "a gathering": (
        ("Attended the NATO Summit Meeting in Chicago, IL.", "Prime Minister Sali Berisha", "Albania"),
        "2012-05-20/2012-05-21",
        ["nato-2012 | implied | [2012-05-20..2012-05-21] INFERRED | at Chicago, IL"],
    ),
    "a gathering without a verb": (
        ("Working Visit; Quad Leaders' Summit.", "Prime Minister Narendra Modi", "India"),
        "2021-09-24",
        ["quad-leaders-summit-2021 | implied | 2021-09-24 STATED"],
    ),
    "a gathering in brackets": (
        ("Official visit (Camp David summit talks).", "President Anwar Sadat", "Egypt"),
        "1978-09-05/1978-09-19",
        ["camp-david-summit-1978 | implied | [1978-09-05..1978-09-19] INFERRED | at Camp David"],
    ),
    "a funeral": (
        ("Attended funeral of President Kennedy.", "Prime Minister Ikeda", "Japan"),
        "1963-11-24/1963-11-25",
        ["funeral-kennedy-1963 | absent | [1963-11-24..1963-11-25] INFERRED"],
    ),
    "somebody who is no American": (
        (
            "Working visit. Also met with Pakistani President Musharraf on September 27.",
            "President Karzai",
            "Afghanistan",
        ),
        "2006-09-24/2006-09-27",
        [
            "meeting | absent | with pakistan: President/Musharraf | 2006-09-27 STATED",
            "meeting | implied | [2006-09-24..2006-09-27] INFERRED",
        ],
    ),
    "two whom the visitor met": (
        (
            "Discussed the Middle East peace process with President Clinton and "
            "Palestinian Authority President Yasir Arafat.",
            "Prime Minister Benyamin Netanyahu",
            "Israel",
        ),
        "1998-09-28/1998-09-29",
        [
            "talks | named | President/Clinton | [1998-09-28..1998-09-29] INFERRED",
            "talks | absent | with palestine: President/Yasir Arafat | [1998-09-28..1998-09-29] INFERRED",
        ],
    ),
    "the host as the subject": (
        ("Unofficial visit; President Nixon met with the Emperor and Empress.", "Emperor Hirohito", "Japan"),
        "1971-09-26",
        ["meeting | named | President/Nixon | with japan: Empress/ | 1971-09-26 STATED"],
    ),
    "no full stop": (
        ("Official visit at Washington (Maryland) Afterwards visited New York City.", "Premier Khrushchev", "U.S.S.R."),
        "1959-09-15/1959-09-16",
        ["meeting | implied | [1959-09-15..1959-09-16] INFERRED | at Washington (Maryland)"],
    ),
    "topics alone": (("Discussed bilateral trade relations.", "Prime Minister X", "Canada"), "1935-11-07", []),
}


@pytest.mark.parametrize(("row", "told"), TRIPS.values(), ids=TRIPS)
def test_a_trip_tells_whom_the_president_met(row: tuple[str, str, str], told: list[str]) -> None:
    reading = read_trip(*row)

    assert encounters(reading) == told


@pytest.mark.parametrize(("row", "days", "told"), VISITS.values(), ids=VISITS)
def test_a_visit_tells_whom_the_guest_met(row: tuple[str, str, str], days: str, told: list[str]) -> None:
    reading = read_visit(*row, days)

    assert encounters(reading) == told


def test_the_only_locality_of_a_trip_is_where_people_met() -> None:
    one = read_trip("Met with President Koivisto.", "Finland", "1988-05-25", locale="Helsinki")
    two = read_trip("Met with President Tito.", "Yugoslavia", "1988-05-25", locale="Belgrade, Zagreb")

    assert [one.encounters[0].place, two.encounters[0].place] == ["Helsinki", ""]
    assert two.stay.places == ("Belgrade", "Zagreb")


def test_a_step_across_the_border_is_not_in_the_locality_of_the_trip() -> None:
    remarks = (
        "Met with President Moon Jae-in, and crossed briefly into North Korean territory "
        "where he was photographed with and spoke to Chairman Kim Jong-un."
    )
    reading = read_trip(remarks, "Korea, South", "2019-06-30", locale="Seoul")

    assert encounters(reading) == [
        "meeting | traveller | with south-korea: President/Moon Jae-in | 2019-06-30 STATED | at Seoul",
        "meeting | traveller | with north-korea: Chairman/Kim Jong-un | 2019-06-30 STATED",
    ]


def test_a_meeting_that_was_called_off_is_told_as_such() -> None:
    reading = read_visit(
        "Meeting scheduled November 19 with President Reagan cancelled.", "King X", "Israel", "1982-11-11"
    )

    assert [(one.status, one.day.edtf) for one in reading.encounters] == [("CANCELLED", "1982-11-19")]


def test_a_message_that_somebody_brings_makes_a_meeting_probable() -> None:
    reading = read_visit("Presented personal message to President Nixon.", "Prime Minister X", "Morocco", "1970-06-04")

    assert [one.factuality for one in reading.encounters] == ["PROBABLE"]


@pytest.mark.parametrize(
    ("visitor", "people"),
    [
        (
            "President Stjepan Mesic and Prime Minister Ivica Racan",
            ["President/Stjepan Mesic", "Prime Minister/Ivica Racan"],
        ),
        (
            "President Anwar Sadat, Prime Minister Mustafa Khalil",
            ["President/Anwar Sadat", "Prime Minister/Mustafa Khalil"],
        ),
        ("Premier and Prince Sihanouk", ["Premier and Prince/Sihanouk"]),
        ("Premier & Prince Sihanouk", ["Premier and Prince/Sihanouk"]),
        ("Prime Minister-Prince Norodom Kantol", ["Prime Minister-Prince/Norodom Kantol"]),
        ("Amir Sheikh Hamad bin Khalifa al-Thani", ["Amir Sheikh/Hamad bin Khalifa al-Thani"]),
        ("President Archbishop Makarios III", ["President Archbishop/Makarios III"]),
        ("Governor General Earl of Athlone", ["Governor General/Earl of Athlone"]),
        ("Prime MinisterHaidar al- Abadi", ["Prime Minister/Haidar al-Abadi"]),
        ("Prime Minster Mackenzie King", ["Prime Minister/Mackenzie King"]),
        ("President Benigno S. Aquino, 3rd", ["President/Benigno S. Aquino, 3rd"]),
        ("Valdas Adamkus", ["/Valdas Adamkus"]),
    ],
)
def test_a_visitor_has_title_and_name(visitor: str, people: list[str]) -> None:
    reading = read_visit("Working visit.", visitor, "Poland", "2000-01-01")

    assert [f"{one.title}/{one.name}" for one in reading.stay.travellers] == people


def test_who_is_elected_is_told_from_who_is_in_office() -> None:
    elected = read_visit("Private visit.", "President-Elect Carlos Salinas de Gortari", "Mexico", "1988-11-22")
    travelling = read_trip(
        "Met with President Lopez Portillo. [Visit made as President-elect.]", "Mexico", "1981-01-05"
    )

    assert elected.stay.travellers[0].is_elect
    assert [(one.title, one.is_elect) for one in travelling.encounters[0].american] == [("President-elect", True)]
    assert _kinds(travelling) == [StayKind.AS_PRESIDENT_ELECT]


@pytest.mark.parametrize(
    ("remarks", "kinds"),
    [
        ("Official State visit.", [StayKind.OFFICIAL, StayKind.STATE]),
        ("Official select visit at Camp David, MD.", [StayKind.OFFICIAL]),
        ("Offical Visit.", [StayKind.OFFICIAL]),
        ("Private working visit and discussion of the crisis.", [StayKind.PRIVATE, StayKind.WORKING]),
        ("State visit. Private visit to New York City, May 21–23.", [StayKind.STATE]),
        ("State visit. Hunting trip in Alaska after November 9.", [StayKind.STATE]),
        ("Met with President Ford during a private visit.", [StayKind.PRIVATE]),
        ("Good will visit.", [StayKind.GOODWILL]),
        ("Official reception during return from Alaska.", [StayKind.RECEPTION]),
    ],
)
def test_kinds_of_a_visit_are_those_of_the_visit_itself(remarks: str, kinds: list[StayKind]) -> None:
    assert _kinds(read_visit(remarks, "King Mahendra", "Nepal", "1967-11-01")) == kinds


@pytest.mark.parametrize(
    ("remarks", "days"),
    [
        ("In U.S. November 29, 1874–February 2, 1875.", "1874-11-29/1875-02-02"),
        ("In U.S. September 30–October 7, visited Philadelphia.", "1874-09-30/1874-10-07"),
        ("Arrived in U.S. Dec. 2; departed Dec. 26.", "1874-12-02/1874-12-26"),
        ("Departed U.S. December 27.", "../1874-12-27"),
        ("In U.S. December 9; visited Boston.", "1874-12-09/.."),
    ],
)
def test_how_long_a_visitor_was_in_the_country(remarks: str, days: str) -> None:
    stay = read_visit(remarks, "King Kalakaua", "Hawaii", "1874-12-12/1874-12-23").stay

    assert stay.in_country is not None
    assert stay.in_country.edtf == days


def test_other_acts_keep_their_days() -> None:
    reading = read_visit(
        "Addressed U.S. Congress May 4. Signed INF Treaty May 5.", "King X", "Hawaii", "1987-05-03/1987-05-06"
    )

    assert [(act.kind, act.object, act.day and act.day.edtf) for act in reading.acts] == [
        (ActKind.ADDRESSED, "U.S. Congress May 4", "1987-05-04"),
        (ActKind.SIGNED, "INF Treaty May 5", "1987-05-05"),
    ]


def test_passages_are_sentences_of_the_remarks() -> None:
    reading = read_trip(
        "State visit. Met with President Rau. Also met with King Hussein of Jordan.", "Germany", "2000-06-01"
    )

    assert [one.address for one in reading.encounters] == ["p4s2", "p4s3"]
    assert [kind.address for kind in reading.stay.kinds] == ["p4s1"]


@pytest.mark.parametrize(
    ("remarks", "reason", "words"),
    [
        ("Addressed U.S. Congress May 4.", DoubtReason.DAY_OUTSIDE_STAY, "1954-05-04"),
        ("Departed U.S. May 2.", DoubtReason.DAY_OUTSIDE_STAY, "../1954-05-02"),
        ("Met with President Eisenhower May 31.", DoubtReason.DAY_OUTSIDE_STAY, "1954-05-31"),
        ("Offical Visit.", DoubtReason.MISSPELLING, "Offical: Official"),
        ("Balanced a ledger.", DoubtReason.NOT_UNDERSTOOD, "Balanced a ledger"),
        ("Attended the Trident Conference with Roosevelt and Churchill.", DoubtReason.STATE_UNCLEAR, "Churchill"),
    ],
)
def test_what_a_row_leaves_open_is_a_doubt(remarks: str, reason: DoubtReason, words: str) -> None:
    reading = read_visit(remarks, "Emperor Haile Selassie", "Ethiopia", "1954-05-26/1954-05-29")

    assert [(doubt.reason, doubt.words) for doubt in reading.doubts] == [(reason, words)]


def test_a_stay_that_ends_before_it_begins_gives_no_days() -> None:
    reading = read_visit("Met with President Eisenhower.", "King X", "Ethiopia", "1954-05-29/1954-05-26")

    assert reading.stay.days is None
    assert [doubt.reason for doubt in reading.doubts] == [DoubtReason.END_BEFORE_START]


def test_states_that_were_go_by_the_day() -> None:
    before = read_visit("State visit.", "President Diem", "Vietnam", "1957-05-08")
    after = read_visit("Working visit.", "President Tran", "Vietnam", "2000-05-08")

    slugs = [one.encounters[0].parties[0].state for one in (before, after)]
    assert [state and state.slug for state in slugs] == ["south-vietnam", "vietnam"]
    assert {one.encounters[0].side for one in (before, after)} == {AmericanSide.IMPLIED}


def _kinds(reading: Reading) -> list[StayKind]:
    return [one.kind for one in reading.stay.kinds]
