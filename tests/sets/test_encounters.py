"""Who met whom according to a row: what it says about each state, gatherings, who came along, and the stay."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from service.importers.histstate import make_set
from service.importers.histstate.conflicts import Comparison
from service.importers.histstate.row_facts import Citation, RowFact
from service.settings import REPOSITORY
from tests.sets.making import Made, trip, visit, write_data

pytestmark = pytest.mark.slow


def people(entry: Mapping[str, Any]) -> set[str]:
    return {*entry.get("participants", ()), *entry.get("actors", ())}


def test_who_is_of_another_state_than_the_trip_was_met_apart(make: Made) -> None:
    text = "Met with Prime Minister Renzi and President Francois Hollande."
    made = make([trip("1", "Barack Obama", "2014-10-16", "2014-10-17", "Italy", text, "Milan")], [])
    assert {slug: people(entry) for slug, entry in made.items()} == {
        "trip-1-italy": {"barack-obama", "matteo-renzi"},
        "trip-1-france": {"barack-obama", "francois-hollande"},
    }


def test_who_sat_at_one_table_was_met_there_of_whatever_state(make: Made) -> None:
    text = "Attended a meeting with Prime Minister Benjamin Netanyahu and Chairman Yasir Arafat at Erez."
    row = trip("1", "Bill Clinton", "1998-12-14", "1998-12-15", "Palestinian Authority", text, "Gaza, Erez")
    made = make([row], [])
    assert {slug: people(entry) for slug, entry in made.items()} == {
        "trip-1-palestine": {"bill-clinton", "benjamin-netanyahu", "yasir-arafat"}
    }


def test_what_was_done_before_somebody_was_also_met_belongs_to_the_meeting_before(make: Made) -> None:
    text = "Summit Meeting with Soviet President Gorbachev. Issued joint statement. Also met with President Koivisto."
    made = make([trip("1", "George H. W. Bush", "1990-09-08", "1990-09-09", "Finland", text, "Helsinki")], [])
    assert made["trip-1-soviet-union"]["programme"] == {"the issuing of joint statement": ["histstate-trip-1 p9s2"]}
    assert "programme" not in made["trip-1-finland"]


def test_what_was_done_after_somebody_was_also_met_belongs_to_the_stay(make: Made) -> None:
    text = "Summit Meeting with Soviet President Gorbachev. Also met with President Koivisto. Issued joint statement."
    made = make([trip("1", "George H. W. Bush", "1990-09-08", "1990-09-09", "Finland", text, "Helsinki")], [])
    assert made["trip-1-finland"]["programme"] == {"the issuing of joint statement": ["histstate-trip-1 p9s3"]}
    assert "programme" not in made["trip-1-soviet-union"]


def test_a_council_does_not_take_part_for_a_state_before_there_was_one(make: Made) -> None:
    text = "Met with Kosovar Transitional Council."
    made = make(
        [trip("1", "Bill Clinton", "1999-11-23", "1999-11-23", "Serbia-Montenegro (Kosovo)", text, "Pristina")], []
    )
    (met,) = made.values()
    assert met["unnamed"] == {"Kosovar Transitional Council": {"PARTICIPANT": ["histstate-trip-1 p9s1 w4-6"]}}


def test_a_state_does_not_come_beside_its_leader_to_a_meeting_of_the_record(make: Made) -> None:
    text = "Attended the second North Korea-U.S. summit."
    made = make([trip("3901", "Donald J. Trump", "2019-02-26", "2019-02-28", "Vietnam", text, "Hanoi")], [])
    assert people(made["hanoi-2019"]) == {"donald-trump"}


def test_a_surname_is_no_leader_of_another_state_with_another_title(make: Made) -> None:
    text = "Met with President Giscard d'Estaing and Prime Minister Barre."
    paris = trip("1", "Jimmy Carter", "1978-01-04", "1978-01-06", "France", text, "Paris")
    barre = visit("1", "Prime Minister Raymond Barre", "1977-09-15", "1977-09-16", "France", "Official visit.")
    siad = visit("2", "President Mohammed Siad Barre", "1978-02-01", "1978-02-02", "Somalia", "Official visit.")
    made = make([paris], [barre, siad])
    assert people(made["trip-1-france"]) == {"jimmy-carter", "valery-giscard-destaing", "raymond-barre"}


def test_leaders_met_also_did_not_sit_in_the_summit(make: Made) -> None:
    text = "Attended the G-8 Summit Meeting. Also met with the leaders of Angola and Algeria."
    made = make([trip("1", "Barack Obama", "2009-07-08", "2009-07-10", "Italy", text)], [])
    assert people(made["g8-2009"]) == {"barack-obama"}
    assert people(made["trip-1-angola"]) == {"barack-obama", "angola"}


def test_who_was_attending_a_summit_was_there_some_day(make: Made) -> None:
    text = "Met with President Bush while attending a U.N. Security Council Summit in New York City."
    made = make([], [visit("1", "Prime Minister John Major", "1992-01-30", "1992-01-31", "United Kingdom", text)])
    summit = made["un-security-council-summit-1992"]
    assert people(summit) == {"george-h-w-bush", "john-major"}
    assert summit["date"] == {"[1992-01-30..1992-01-31]": ["histstate-visit-1 p2-3 inferred"]}


def test_a_working_visit_is_not_what_guests_met_each_other_for(make: Made) -> None:
    text = "Working visit. Also met with Pakistani President Musharraf on September 27."
    made = make([], [visit("1", "President Hamid Karzai", "2006-09-24", "2006-09-27", "Afghanistan", text)])
    assert people(made["visit-1"]) == {"hamid-karzai", "pervez-musharraf"}
    assert "title" not in made["visit-1"]
    assert [*made["visit-1-2"]["title"]] == ["Working visit"]


def test_who_came_along_is_in_the_visit_but_not_in_the_meeting(make: Made) -> None:
    text = (
        "Met with President Bush at Camp David, Maryland. Accompanied by President Barroso of the European Commission."
    )
    made = make([], [visit("1", "President Nicolas Sarkozy", "2008-10-18", "2008-10-18", "France", text)])
    assert people(made["visit-1"]) == {"nicolas-sarkozy", "george-w-bush"}
    assert people(made["visit-1-stay"]) == {"nicolas-sarkozy", "jose-manuel-barroso"}


def test_with_whom_the_president_spent_holidays_he_did_not_meet(make: Made) -> None:
    text = "Vacationed with King Juan Carlos I and Queen Sophia and attended a NATO Summit Meeting in Madrid."
    made = make([trip("1", "William J. Clinton", "1997-07-04", "1997-07-10", "Spain", text, "Palma, Madrid")], [])
    assert people(made["nato-1997"]) == {"bill-clinton"}
    assert made["trip-1"]["act"]["en"] == "Holiday"
    assert people(made["trip-1"]) == {"bill-clinton", "juan-carlos-i-of-spain", "queen-sophia"}


def test_americans_whom_the_president_met_abroad_were_of_no_other_state(make: Made) -> None:
    text = "Met with Gen. Petraeus, Secretary of State Rice and Prime Minister Maliki."
    made = make([trip("1", "George W. Bush", "2007-09-03", "2007-09-03", "Iraq", text, "Baghdad")], [])
    assert people(made["trip-1-others"]) == {"george-w-bush", "david-petraeus", "condoleezza-rice"}
    assert made["trip-1-others"]["level"] == "MINISTERS"
    assert people(made["trip-1-iraq"]) == {"george-w-bush", "nouri-al-maliki"}


def test_a_stay_is_told_where_all_else_was_on_other_days(make: Made) -> None:
    text = "Private visit while en route to Europe. Met again with President Carter February 7, on return."
    made = make([], [visit("1", "Prime Minister Fraser", "1980-01-31", "1980-01-31", "Australia", text)])
    assert [*made["visit-1"]["date"]] == ["1980-02-07"]
    assert (people(made["visit-1-stay"]), [*made["visit-1-stay"]["date"]]) == ({"malcolm-fraser"}, ["1980-01-31"])


def test_a_queen_beside_her_king_leads_nobody(tmp_path: Path) -> None:
    trips = [
        trip("1", "Barack Obama", "2009-12-10", "2009-12-11", "Norway", "Met with King Harald V and Queen Sonja."),
        trip("2", "Barack Obama", "2009-03-31", "2009-04-03", "United Kingdom", "Met with Queen Elizabeth II."),
    ]
    made = make_set(write_data(tmp_path / "data", trips, []), REPOSITORY / "seeds").entries["people"]
    assert {one["slug"]: "leads" in one for one in made if one["slug"] != "barack-obama"} == {
        "king-harald-v": True,
        "queen-sonja": False,
        "queen-elizabeth-ii": True,
    }


def test_a_visit_for_a_summit_is_no_second_meeting_with_the_president(make: Made) -> None:
    begin = visit(
        "1", "Prime Minister Menachem Begin", "1978-09-03", "1978-09-19", "Israel",
        "Official visit (Camp David summit talks).",
    )  # fmt: skip
    modi = visit(
        "2", "Prime Minister Narendra Modi", "2021-09-24", "2021-09-24", "India", "Working Visit; Quad Leaders' Summit."
    )
    rop = visit(
        "3", "Prime Minister Anton Rop", "2004-03-28", "2004-03-30", "Slovenia",
        "Working visit. Attended NATO Accession ceremony.",
    )  # fmt: skip
    made = make([], [begin, modi, rop])
    assert {slug: (people(entry), "eventType" in entry) for slug, entry in made.items()} == {
        "camp-david-summit-1978": ({"jimmy-carter", "menachem-begin"}, False),
        "quad-leaders-summit-2021": ({"joe-biden", "narendra-modi"}, False),
        "visit-1": ({"menachem-begin"}, True),
        "visit-2": ({"narendra-modi"}, True),
        "nato-accession-2004": ({"george-w-bush", "anton-rop"}, True),
        "visit-3": ({"george-w-bush", "anton-rop"}, False),
    }


def test_a_meeting_of_others_implies_no_president(make: Made) -> None:
    text = "Attended meeting of Caribbean Heads of Government in Charleston (S.C.). Met with President Reagan July 19."
    made = make([], [visit("1", "Prime Minister Edward Seaga", "1984-07-17", "1984-07-19", "Jamaica", text)])
    assert {slug: people(entry) for slug, entry in made.items()} == {
        "caribbean-heads-of-government-1984": {"edward-seaga"},
        "visit-1": {"ronald-reagan", "edward-seaga"},
    }


def test_whom_the_visitor_accompanied_came_too(make: Made) -> None:
    queen = visit("1", "Queen Elizabeth II", "1957-10-17", "1957-10-20", "United Kingdom", "")
    premier = visit(
        "2", "Prime Minister Diefenbaker", "1957-10-16", "1957-10-21", "Canada", "Accompanied Queen Elizabeth II."
    )
    chairman = visit(
        "3", "Prime Minister Poul Nyrup Rasmussen", "1993-05-06", "1993-05-07", "Denmark",
        "Accompanied EC President Delors to discuss the Bosnian crisis with President Clinton.",
    )  # fmt: skip
    made = make([], [queen, premier, chairman])
    assert {slug: people(entry) for slug, entry in made.items()} == {
        "visit-1": {"queen-elizabeth-ii"},
        "visit-2": {"john-diefenbaker", "queen-elizabeth-ii"},
        "visit-3": {"poul-nyrup-rasmussen", "jacques-delors", "bill-clinton"},
    }


def test_whom_somebody_met_afterwards_he_met_behind_his_stay(make: Made) -> None:
    text = (
        "Summit meeting in Washington, D.C. Afterwards visited San Francisco, meeting with South Korean President Roh "
        "Tae-woo. Departed the U.S. June 4."
    )
    gorbachev = visit("1", "President Mikhail S. Gorbachev", "1990-05-30", "1990-06-03", "U.S.S.R.", text)
    roh = visit(
        "2", "President Roh Tae-woo", "1990-06-06", "1990-06-06", "South Korea",
        "Private visit. Had met with Soviet President Gorbachev in San Francisco, June 4.",
    )  # fmt: skip
    made = make([], [gorbachev, roh])
    assert made["visit-1"]["date"].keys() == {"[1990-05-30..1990-06-03]"}
    assert made["visit-1-2"]["date"].keys() == {"[1990-06-03..1990-06-04]", "1990-06-04"}


def test_those_who_receive_a_medal_together_are_at_a_ceremony(make: Made) -> None:
    text = "Received the Presidential medal of Freedom along with former British Prime Minister Tony Blair."
    made = make([], [visit("1", "President Alvaro Uribe", "2009-01-13", "2009-01-13", "Colombia", text)])
    award = made["medal-of-freedom-2009"]
    assert (people(award), award["act"]["en"]) == (
        {"alvaro-uribe", "tony-blair", "george-w-bush"},
        "Award of the Presidential Medal of Freedom",
    )


def test_what_several_rows_say_was_signed_is_one_event(make: Made) -> None:
    text = "Official visit. Signed Egyptian-Israeli Peace Treaty March 26."
    begin = visit("1", "Prime Minister Menachem Begin", "1979-03-23", "1979-03-29", "Israel", text)
    sadat = visit("2", "President Anwar Sadat", "1979-03-24", "1979-03-29", "Egypt", text)
    made = make([], [begin, sadat])
    signing = made["egypt-israel-treaty-signing-1979"]
    assert people(signing) == {"menachem-begin", "anwar-el-sadat", "jimmy-carter"}
    assert signing["date"].keys() == {"1979-03-26"}
    assert [people(made[slug]) for slug in ("visit-1", "visit-2")] == [
        {"menachem-begin", "jimmy-carter"},
        {"anwar-el-sadat", "jimmy-carter"},
    ]


def test_a_visit_of_which_a_ceremony_alone_is_told_is_that_ceremony(make: Made) -> None:
    text = "Dedicated a monument at the St. Lawrence Power Dam, Massena, New York."
    made = make([], [visit("1", "Queen Elizabeth II", "1959-06-27", "1959-06-27", "United Kingdom", text)])
    assert made["visit-1"]["act"]["en"] == "Dedication of a monument at the St. Lawrence Power Dam, Massena, New York"
    assert [*made["visit-1"]["place"]] == ["massena"]


def test_a_ceremony_in_which_somebody_joined_is_told_of_the_meeting(make: Made) -> None:
    text = "Joined Queen Elizabeth II in ceremony opening St. Lawrence Seaway."
    made = make([trip("1", "Dwight D. Eisenhower", "1959-06-26", "1959-06-26", "Canada", text, "Montreal")], [])
    assert people(made["trip-1-canada"]) == {"dwight-d-eisenhower", "queen-elizabeth-ii"}
    assert [*made["trip-1-canada"]["programme"]] == ["the opening of St. Lawrence Seaway"]
    assert [*made["trip-1-canada"]["title"]] == ["ceremony"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("addressed a Joint Session of the Chilean Congress", "an address to a Joint Session of the Chilean Congress"),
        ("delivered a Memorial Day address in Normandy", "a Memorial Day address in Normandy"),
        ("made a speech at the University of Warwick", "a speech at the University of Warwick"),
        ("opened new Chancery", "the opening of new Chancery"),
        ("dedicated new U.S. Embassy", "the dedication of new U.S. Embassy"),
        ("laid a wreath at the tomb of Padre Eusebio Kino", "the laying of a wreath at the tomb of Padre Eusebio Kino"),
        ("addressed Parliament on December 7", "an address to Parliament, December 7"),
        ("addressed Parliament (December l7)", "an address to Parliament, December 17"),
        ("senior Chilean officials", "a meeting with senior Chilean officials"),
        ("representatives of Chilean civil society", "a meeting with representatives of Chilean civil society"),
    ],
)
def test_what_else_was_done_is_the_programme(make: Made, text: str, phrase: str) -> None:
    row = ("George H. W. Bush", "1990-12-06", "1990-12-07", "Chile", f"Met with President Aylwin and {text}.")
    made = make([trip("1", *row, "Santiago")], [])
    assert [*made["trip-1-chile"]["programme"]] == [phrase]


@pytest.mark.parametrize("group", ["other officials", "various heads of state"])
def test_a_group_of_which_the_words_tell_too_little_is_no_programme(make: Made, group: str) -> None:
    row = ("George H. W. Bush", "1990-12-06", "1990-12-07", "Chile", f"Met with President Aylwin and {group}.")
    made = make([trip("1", *row, "Santiago")], [])
    assert "programme" not in made["trip-1-chile"]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Met with President Bush while attending the U.N. General Assembly.", ["histstate-visit-1 p7s1"]),
        ("Met with President Bush at the UN General Assembly.", ["histstate-visit-1 p7s1 inferred"]),
        ("Informal visit while attending UN General Assembly.", ["histstate-visit-1 p7s1"]),
        ("Met with U.S. officials while attending a UN General Assembly session.", ["histstate-visit-1 p7s1"]),
        ("Met with President Bush after attending the UN General Assembly.", None),
    ],
)
def test_who_was_at_an_occasion_attended_it(make: Made, text: str, phrases: list[str] | None) -> None:
    made = make([], [visit("1", "King Hussein", "1991-09-24", "1991-09-24", "Jordan", text)])
    programme = made["visit-1"].get("programme", {})
    assert programme.get("attendance at the United Nations General Assembly") == phrases


def test_a_summit_that_only_meetings_beside_it_tell_of_stands_in_their_programme(make: Made) -> None:
    row = ("2000-09-07", "2000-09-07", "France")
    beside = visit("1", "President Jacques Chirac", *row, "Met with President Clinton at the UN Millenium Summit.")
    there = visit("2", "Prime Minister Lionel Jospin", *row, "Attended the UN Millenium Summit.")
    alone, both = make([], [beside])["visit-1"], make([], [beside, there])["visit-1"]
    assert [*alone["programme"]] == ["attendance at the United Nations Millennium Summit"]
    assert [*both["within"]] == ["un-millennium-summit-2000"]
    assert "programme" not in both


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("the U.S.-Gulf Cooperation Council Summit", "U.S.-Gulf Cooperation Council Summit"),
        ("the North American Leaders’ Summit", "North American Leaders’ Summit"),
        ("Economic Summit Meeting of the Heads of State and Government of Canada", "Economic Summit Meeting"),
        ("NATO and EU Summit Meetings", "EU Summit"),
        ("the Special Summit of the Americas", "Special Summit of the Americas"),
        ("a World Leader Summit at the start of the COP26", "World Leader Summit at the start of the COP26"),
        ("a meeting of NATO Heads of Government", "meeting of NATO Heads of Government"),
    ],
)
def test_a_gathering_has_its_whole_name(make: Made, words: str, title: str) -> None:
    row = ("1", "Barack Obama", "2016-04-20", "2016-04-21", "Saudi Arabia", f"Attended {words}.", "Riyadh")
    made = make([trip(*row)], [])
    assert [*{one for entry in made.values() for one in entry.get("title", ())}] == [title]


@pytest.mark.parametrize(
    "text",
    [
        "Attended summit with leaders of the Bucharest Nine.",
        "Addressed North Atlantic Council.",
        "Attended the Pacific Alliance and APEC meetings.",
    ],
)
def test_a_body_is_no_title_of_its_meeting(make: Made, text: str) -> None:
    made = make([trip("1", "Barack Obama", "2016-04-20", "2016-04-21", "Peru", text, "Lima")], [])
    assert [entry["slug"] for entry in made.values() if "title" in entry] == []


def test_a_summit_of_business_is_none_of_leaders(make: Made) -> None:
    text = "Attended the Asia-Pacific Economic Cooperation’s CEO Summit Meetings."
    made = make([trip("1", "Barack Obama", "2010-11-12", "2010-11-14", "Japan", text, "Yokohama")], [])
    assert {slug: entry["act"] for slug, entry in made.items()} == {"apec-ceo-summit-2010": {"en": "APEC CEO summit"}}


def test_who_met_the_leaders_of_a_body_was_at_no_summit(make: Made) -> None:
    text = "Met with leaders of the Gulf Cooperation Council."
    made = make([trip("1", "Donald J. Trump", "2017-05-20", "2017-05-22", "Saudi Arabia", text)], [])
    assert made["gcc-summit-2017"]["names"]["COMMON"] == {
        "en": "Meeting with the leaders of the Gulf Cooperation Council 2017"
    }


def test_what_was_done_beside_a_summit_is_told_of_the_stay(make: Made) -> None:
    text = "Attended NATO’s 50th Anniversary Summit and discussed the Caucasus situation."
    made = make([], [visit("1", "President Heydar Aliyev", "1999-04-23", "1999-04-26", "Azerbaijan", text)])
    assert people(made["visit-1"]) == {"heydar-aliyev"}
    assert [*made["visit-1"]["programme"]] == ["discussion of the Caucasus situation"]


def test_a_clause_is_no_title_of_a_visit(make: Made) -> None:
    text = "Officially returned President-elect Hoover’s visit."
    made = make([], [visit("1", "President-elect Prestes", "1930-06-11", "1930-06-15", "Brazil", text)])
    assert made["visit-1"]["format"].keys() == {"VISIT"}
    assert "title" not in made["visit-1"]


def test_a_step_across_the_border_was_nowhere_in_the_state_of_the_row(make: Made) -> None:
    text = (
        "Crossed briefly into North Korean territory where he was photographed with and spoke to Chairman Kim Jong-un."
    )
    made = make([trip("1", "Donald J. Trump", "2019-07-30", "2019-07-30", "Korea, South", text, "Seoul")], [])
    assert "place" not in made["trip-1-north-korea"]


def test_ceremonies_are_told(make: Made) -> None:
    text = "Informal visit; met with Prime Minister Pearson in ceremonies related to the Columbia River Treaty."
    row = ("1", "Lyndon B. Johnson", "1964-09-16", "1964-09-16", "Canada", text, "Vancouver")
    guest = ("1", "Prime Minister Pearson", "1964-09-17", "1964-09-17", "Canada")
    made = make([trip(*row)], [visit(*guest, "Ceremonial visits at Great Falls (Montana), and Blaine (Washington).")])
    assert [*made["trip-1-canada"]["programme"]] == ["ceremonies related to the Columbia River Treaty"]
    assert made["visit-1"]["act"]["en"] == "Ceremonial visits at Great Falls (Montana), and Blaine (Washington)"


@pytest.mark.parametrize(
    ("text", "has_met"),
    [
        ("Informal discussions on international control of atomic energy.", True),
        ("Officially returned President-elect Hoover’s visit.", True),
        ("Discussed bilateral trade relations.", False),
        ("Joint discussions on economic cooperation.", False),
        ("Private visit. Discussed proposals for nuclear arms limitations.", False),
        ("Discussed the peace process with Northern Irish political leaders.", False),
        ("Multilateral economic conversations before the World Monetary and Economic Conference.", False),
    ],
)
def test_what_kind_of_visit_implies_the_president(make: Made, text: str, has_met: bool) -> None:
    row = ("Prime Minister Mackenzie King", "1935-11-07", "1935-11-09", "Canada", text)
    entry = make([], [visit("1", *row)])["visit-1"]
    cited = entry.get("participants", {}).get("franklin-d-roosevelt")
    assert cited == ({"PARTICIPANT": ["histstate-visit-1 p7s1 likely inferred"]} if has_met else None)


def test_whom_a_row_says_were_met_separately_did_not_sit_together(make: Made) -> None:
    text = "Met separately with King Baudouin I and Queen Fabiola, Prime Minister Tindemans."
    made = make([trip("1", "Richard M. Nixon", "1974-06-25", "1974-06-26", "Belgium", text, "Brussels")], [])
    assert {slug: people(entry) for slug, entry in made.items()} == {
        "trip-1-belgium": {"richard-nixon", "king-baudouin-i", "queen-fabiola"},
        "trip-1-belgium-2": {"richard-nixon", "leo-tindemans"},
    }


def test_a_council_was_met_without_a_name(make: Made) -> None:
    text = "Met with members of the Coalition Provisional Authority and the Iraqi Governing Council."
    made = make([trip("1", "George W. Bush", "2003-11-27", "2003-11-27", "Iraq", text, "Baghdad")], [])
    (unnamed,) = made["trip-1-iraq"]["unnamed"].items()
    assert unnamed == ("Iraqi Governing Council", {"PARTICIPANT for iraq": ["histstate-trip-1 p9s1 w12-14"]})


def test_an_island_is_no_town(tmp_path: Path) -> None:
    text = "Discussed the Middle East peace process with Prime Minister Major."
    row = trip("1", "George H. W. Bush", "1991-03-14", "1991-03-16", "United Kingdom", text, "Bermuda")
    made = make_set(write_data(tmp_path / "data", [row], []), REPOSITORY / "seeds")
    kinds = {place["slug"]: place["kind"] for place in made.entries["places"]}
    assert kinds == {"bermuda": "REGION", "united-kingdom": "COUNTRY"}


@pytest.mark.parametrize(("town", "state"), [("Leningrad", "russia"), ("Yalta", "soviet-union")])
def test_in_which_state_a_town_of_one_that_is_no_more_lies(tmp_path: Path, town: str, state: str) -> None:
    text = "Met with Premier Stalin."
    row = trip("1", "Franklin D. Roosevelt", "1945-02-03", "1945-02-12", "Soviet Union", text, town)
    made = make_set(write_data(tmp_path / "data", [row], []), REPOSITORY / "seeds")
    countries = {place["slug"]: place["country"] for place in made.entries["places"]}
    assert countries[town.lower()] == state


def test_a_state_dinner_in_brackets_is_told(make: Made) -> None:
    text = "Met with Prime Minister Hailemariam Desalegn (State dinner)."
    made = make([trip("1", "Barack Obama", "2015-07-26", "2015-07-28", "Ethiopia", text, "Addis Ababa")], [])
    assert [*made["trip-1-ethiopia"]["programme"]] == ["attendance at State dinner"]


def test_a_state_visit_stays_one_beside_a_summit(make: Made) -> None:
    text = "Attended Asia-Pacific Economic Cooperation Leaders meeting; State visit."
    made = make([trip("1", "William J. Clinton", "1999-09-11", "1999-09-15", "New Zealand", text)], [])
    assert made["apec-1999"]["date"].keys() == {"[1999-09-11..1999-09-15]"}
    assert made["trip-1"]["act"]["en"] == "State visit"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Met with President Bush in Washington, DC and Camp David, MD.", "united-states"),
        ("Met with President Bush at Camp David, MD.", "camp-david"),
        ("Met with President Bush at Washington (June 24–25) and Camp David (June 27).", "united-states"),
        ("Met with President Bush at the U.S.S. Intrepid Museum in New York City.", "new-york"),
        ("Met with President Bush. Was receiving medical treatment at the Cleveland Clinic.", "united-states"),
        ("Participated in a rally in Houston, Texas.", "houston"),
        ("Visited New York City.", "united-states"),
        ("Visited Washington as guest of U.S. Government.", "washington"),
    ],
)
def test_one_of_several_places_is_not_guessed(make: Made, text: str, place: str) -> None:
    made = make([], [visit("1", "President Pervez Musharraf", "2003-06-23", "2003-06-27", "Pakistan", text)])
    assert [*made["visit-1"]["place"]] == [place]


def test_a_town_that_the_sentence_names_is_the_place(make: Made) -> None:
    text = "Met with President Sezer and attended NATO Summit meeting in Istanbul."
    made = make([trip("1", "George W. Bush", "2004-06-26", "2004-06-29", "Turkey", text, "Ankara, Istanbul")], [])
    assert [*made["nato-2004"]["place"]] == ["istanbul"]
    assert [*made["trip-1-turkey"]["place"]] == ["turkey"]


def test_a_gathering_was_where_no_other_meeting_of_the_trip_was(make: Made) -> None:
    text = (
        "Attended the G-8 Economic Summit. Met with Pope John Paul II at Castel Gandolfo "
        "and with Prime Minister Berlusconi in Rome."
    )
    stay = ("George W. Bush", "2001-07-20", "2001-07-24", "Italy", text)
    made = make([trip("1", *stay, "Genoa, Castel Gandolfo, Rome")], [])
    assert made["g8-2001"]["place"] == {"genoa": ["histstate-trip-1 p8 inferred"]}
    open_which = make([trip("1", *stay, "Genoa, Turin, Castel Gandolfo, Rome")], [])
    assert [*open_which["g8-2001"]["place"]] == ["italy"]


def test_a_gathering_may_be_called_by_its_place(make: Made) -> None:
    text = "Attended White House dinner on 25th Anniversary of the U.N."
    made = make([], [visit("1", "Prime Minister Golda Meir", "1970-10-24", "1970-10-24", "Israel", text)])
    assert made["un-anniversary-dinner-1970"]["place"] == {"white-house": ["histstate-visit-1 p7s1"]}


def test_a_president_whom_no_row_names_is_in_the_set(tmp_path: Path) -> None:
    rows = [visit("1", "President X. Y.", "2021-09-19", "2021-09-22", "Peru", "State visit.")]
    made = make_set(write_data(tmp_path / "data", [], rows), REPOSITORY / "seeds")
    (meeting,) = made.entries["meetings"]
    assert [*meeting["participants"]] == ["joe-biden"]
    assert [*meeting["unnamed"]] == ["President X. Y. of Peru"]
    assert {one["slug"]: one["names"]["COMMON"]["en"] for one in made.entries["people"]} == {"joe-biden": "Joe Biden"}


@pytest.mark.parametrize(
    ("name", "day", "state", "slug"),
    [
        ("Prime Minister Prayut Chan-O-Cha", "2016-02-16", "Thailand", "prayuth-chan-ocha"),
        ("King Peter II", "1942-06-21", "Yugoslavia", "peter-ii-of-yugoslavia"),
    ],
)
def test_a_leader_of_another_set_is_no_second_person(make: Made, name: str, day: str, state: str, slug: str) -> None:
    made = make([], [visit("1", name, day, day, state, "State visit.")])
    assert slug in people(made["visit-1"])


def test_who_is_told_after_his_death_is_told_with_a_note(tmp_path: Path) -> None:
    rows = [
        visit("1", "King Salman bin Abdel Aziz al-Saud", "2018-03-20", "2018-03-22", "Saudi Arabia", "State visit.")
    ]
    made = make_set(write_data(tmp_path / "data", [], rows), REPOSITORY / "seeds")
    (cite,) = made.entries["meetings"][0]["participants"]["salman-of-saudi-arabia"]["PARTICIPANT"]
    assert cite["note"] == {
        "en": "This is what the row says, but other sources say that this person died on 2015-12-31."
    }
    (line,) = (line for line in made.review if line["slug"].startswith("death--"))
    assert line["texts"] == ["archigos-sau-2015 p9", "histstate-visit-1 p4"]


def test_places_of_one_gathering_that_do_not_agree_wait_for_a_person(tmp_path: Path) -> None:
    rows = [
        trip("1", "Barack Obama", "2009-04-03", "2009-04-04", "France", "Attended the NATO Summit.", "Strasbourg"),
        trip("2", "Barack Obama", "2009-04-03", "2009-04-04", "Germany", "Attended the NATO Summit.", "Kehl"),
    ]
    made = make_set(write_data(tmp_path / "data", rows, []), REPOSITORY / "seeds")
    assert {line["slug"]: line["facts"] for line in made.review} == {
        "conflict--nato-2009--place--trip-1--trip-2": ["nato-2009"]
    }


@pytest.mark.parametrize(
    ("property", "disagree"), [("participant", [True, False]), ("status", [True, False]), ("place", [False, True])]
)
def test_what_two_rows_of_one_meeting_can_disagree_on(property: str, disagree: list[bool]) -> None:
    def fact_of(guest: str, place: str, status: str) -> RowFact:
        found = RowFact("trip-1", "trip-1", "meetings", Citation("trip-1", "p9"))
        found.add_role("participants", guest, "PARTICIPANT", found.existence)
        found.add("place", place, found.existence)
        found.add("status", status, found.existence)
        return found

    one = fact_of("helmut-kohl", "bonn", "HELD from 1994-07-10")
    others = [fact_of("roman-herzog", "germany", "CANCELLED"), fact_of("helmut-kohl", "berlin", "HELD from 1994-07-11")]
    states = {"helmut-kohl": "germany", "roman-herzog": "germany"}
    differ = Comparison({"bonn": "germany", "berlin": "germany"}.get, states).by_property()[property]
    assert [differ(one, other) for other in others] == disagree


REFERENCE = "No row identifies this person; works of reference do."


@pytest.mark.parametrize(
    ("row", "person", "note"),
    [
        (
            visit("2723", "President Otto Fernandez Perez", "2014-07-25", "2014-07-25", "Guatemala", "Working visit."),
            "otto-perez-molina",
            "The row calls this person Otto Fernandez Perez.",
        ),
        (
            visit("529", "President Kurt Carstens", "1983-10-03", "1983-10-07", "West Germany", "State visit."),
            "karl-carstens",
            f"The row calls this person Kurt Carstens. {REFERENCE}",
        ),
        (
            visit("192", "Prime Minister Chong Pil Kim", "1973-01-05", "1973-01-05", "Korea", "Visited Chicago."),
            "chong-pil-kim",
            f"The row calls this person Chong Pil Kim. {REFERENCE}",
        ),
        (
            visit("2231", "President Bjornsson", "1944-08-24", "1944-08-26", "Iceland", "Visited Chicago."),
            "sveinn-bjornsson",
            REFERENCE,
        ),
    ],
)
def test_what_a_row_does_not_tell_of_a_name_is_told_with_a_note(make: Made, row: str, person: str, note: str) -> None:
    (entry,) = make([], [row]).values()
    part = (entry.get("participants") or entry["actors"])[person]
    (cite,) = part["PARTICIPANT"] if isinstance(part, dict) else part
    assert cite["note"] == {"en": note}
    assert cite["cite"].endswith("inferred")


def test_a_row_that_prints_the_whole_name_tells_who_it_is(make: Made) -> None:
    made = make(
        [],
        [
            visit(
                "534",
                "Prime Minister Edward Seaga",
                "1983-11-06",
                "1983-11-06",
                "Jamaica",
                "Met with President Reagan.",
            )
        ],
    )
    assert made["visit-534"]["participants"]["edward-seaga"] == "PARTICIPANT"


@pytest.mark.parametrize(
    ("name", "state", "day", "person"),
    [
        ("President Kresimir Zubac", "Bosnian Federation", "1996-05-14", "kresimir-zubac"),
        ("President Louis Mapou", "New Caledonia", "2023-09-25", "louis-mapou"),
        ("President Milo Djukanovic", "Montenegro", "1999-06-21", "milo-djukanovic"),
        ("First Minister Robinson", "United Kingdom", "2009-03-17", "peter-robinson"),
    ],
)
def test_who_leads_a_part_of_a_state_leads_no_state(
    tmp_path: Path, name: str, state: str, day: str, person: str
) -> None:
    rows = [visit("1", name, day, day, state, "Met with the President.")]
    made = make_set(write_data(tmp_path / "data", [], rows), REPOSITORY / "seeds")
    (entry,) = made.entries["meetings"]
    assert (person in entry["participants"], entry["level"]) == (True, "OFFICIALS")
    assert ["leads" in one for one in made.entries["people"] if one["slug"] == person] == [False]
    assert [line["slug"] for line in made.review] == []


def test_a_name_of_two_states_names_nobody(make: Made) -> None:
    text = "Met with President Museveni and with the Presidents of Rwanda, Kenya, and the Congo."
    made = make([trip("2590", "William J. Clinton", "1998-03-23", "1998-03-25", "Uganda", text, "Entebbe")], [])
    entry = made["trip-2590-others"]
    assert people(entry) == {"bill-clinton"}
    assert entry["unnamed"] == {"President of Congo": {"PARTICIPANT": ["histstate-trip-2590 p9s1"]}}


def test_a_name_that_is_not_the_persons_is_told_as_the_row_has_it(tmp_path: Path) -> None:
    text = "Met with the Queen. In Belfast, met with First Minister Robertson and Deputy First Minister McGuinness."
    row = trip("2513", "George W. Bush", "2008-06-15", "2008-06-16", "United Kingdom", text, "London, Belfast")
    made = make_set(write_data(tmp_path / "data", [row], []), REPOSITORY / "seeds")
    (entry,) = (one for one in made.entries["meetings"] if "peter-robinson" in one["participants"])
    assert entry["participants"]["peter-robinson"] == {
        "PARTICIPANT": [
            {
                "cite": "histstate-trip-2513 p9s2 w5-7 inferred",
                "note": {"en": f"The row calls this person Robertson. {REFERENCE}"},
            }
        ]
    }
    assert entry["designations"] == {
        "peter-robinson": {"First Minister Robertson": ["histstate-trip-2513 p9s2 w5-7 inferred"]},
        "martin-mcguinness": {"Deputy First Minister": ["histstate-trip-2513 p9s2 w9-12 inferred"]},
    }
    assert entry["place"] == {"belfast": ["histstate-trip-2513 p9s2"]}
    (line,) = (one for one in made.review if one["slug"].startswith("name--"))
    assert line["slug"] == "name--trip-2513--first-minister-robertson"
    assert line["reason"] == "the row calls peter-robinson Robertson, which is not one of the known names"
    leading = {one["slug"] for one in made.entries["people"] if "leads" in one}
    assert leading & {"peter-robinson", "martin-mcguinness"} == set()


@pytest.mark.parametrize(
    ("text", "slug", "format", "title"),
    [
        ("Attended a U.S.-ASEAN Leaders’ meeting and the East Asia Summit.", "us-asean-summit-2012", "MULTILATERAL",
         "U.S.-ASEAN Leaders’ meeting"),
        ("Attended NATO’s 50th Anniversary Summit.", "nato-2012", "SUMMIT", "NATO’s 50th Anniversary Summit"),
        ("Attended NATO and East Asia Summit Meetings.", "nato-2012", "SUMMIT", None),
        ("Briefed NATO Heads of State on the U.S.-Soviet Summit Meeting.", "nato-2012", "MULTILATERAL", None),
        ("Attended the APEC Summit Meeting.", "apec-2012", "SUMMIT", "APEC Summit Meeting"),
        ("Attended meeting of the Presidents of Central American Republics.", "central-american-summit-2012",
         "MULTILATERAL", "meeting of the Presidents of Central American Republics"),
        ("Summit meeting with Latin American chiefs of state.", "latin-american-summit-2012", "SUMMIT",
         "Summit meeting with Latin American chiefs of state"),
    ],
)  # fmt: skip
def test_a_gathering_is_a_summit_where_the_row_calls_it_one(
    make: Made, text: str, slug: str, format: str, title: str | None
) -> None:
    entry = make([trip("1", "Barack Obama", "2012-11-19", "2012-11-19", "Cambodia", text, "Phnom Penh")], [])[slug]
    assert ([*entry["format"]], [*entry.get("title", {})]) == ([format], [title] if title else [])


@pytest.mark.parametrize(
    ("text", "slug", "level"),
    [
        ("Addressed NATO Ministers meeting.", "nato-ministers-2012", "MINISTERS"),
        (
            "Attended summit with leaders of the Bucharest Nine and NATO Secretary General Jens Stoltenberg.",
            "bucharest-nine-summit-2012",
            "LEADERS",
        ),
    ],
)
def test_at_what_level_a_gathering_was(make: Made, text: str, slug: str, level: str) -> None:
    made = make([trip("1", "Barack Obama", "2012-11-19", "2012-11-19", "Poland", text, "Warsaw")], [])
    assert made[slug]["level"] == level


@pytest.mark.parametrize(
    ("name", "state", "day"),
    [
        ("Lieutenant General Olusegun Obasanjo", "Nigeria", "1977-10-10"),
        ("President of the Council of Ministers Hussain Mohammad Ershad", "Bangladesh", "1983-10-24"),
    ],
)
def test_who_leads_a_state_does_so_under_any_title(make: Made, name: str, state: str, day: str) -> None:
    (entry,) = make([], [visit("1", name, day, day, state, "State visit.")]).values()
    assert entry["level"] == "LEADERS"


def test_who_leads_another_party_was_met_apart(make: Made) -> None:
    text = "Met with Queen Elizabeth II, Prime Minister Cameron, and Labour Party leader Miliband."
    made = make([trip("3050", "Barack Obama", "2011-05-23", "2011-05-26", "United Kingdom", text, "London")], [])
    own, other = made["trip-3050-united-kingdom"], made["trip-3050-united-kingdom-2"]
    assert people(own) == {"barack-obama", "queen-elizabeth-ii", "david-cameron"}
    assert (people(other), other["level"]) == ({"barack-obama", "ed-miliband"}, "OFFICIALS")


def test_a_conference_of_weeks_is_not_dated_by_the_stay_of_one_guest(make: Made) -> None:
    attended = "Attended the Trident Conference with Roosevelt."
    rows = [
        visit("1", "Prime Minister Churchill", "1943-05-11", "1943-05-26", "United Kingdom", attended),
        visit("2", "Prime Minister Mackenzie King", "1943-05-18", "1943-05-21", "Canada", attended),
    ]
    date = make([], rows)["trident-conference-1943"]["date"]
    assert [*date] == ["[1943-05-11..1943-05-26]"]
    assert [one["cite"] for one in date["[1943-05-11..1943-05-26]"]] == [
        "histstate-visit-1 p2-3 inferred",
        "histstate-visit-2 p2-3 inferred",
    ]


def test_stays_with_no_day_in_common_date_a_summit_together(make: Made) -> None:
    met = "Met with President Bush while attending a U.N. Security Council Summit in New York City."
    attended = "Attended U.N. Security Council Summit Meeting in New York City."
    rows = [
        visit("1", "Prime Minister John Major", "1992-01-30", "1992-01-30", "United Kingdom", met),
        visit("2", "President Boris Yeltsin", "1992-01-31", "1992-02-01", "Russia", attended),
        visit("3", "King Hassan II", "1992-01-29", "1992-01-30", "Morocco", attended),
    ]
    summit = make([], rows)["un-security-council-summit-1992"]
    assert [*summit["date"]] == ["[1992-01-29..1992-02-01]"]
    assert [*summit["status"]] == ["HELD from [1992-01-29..1992-02-01]"]
    # these two have a day in common
    summit = make([], rows[::2])["un-security-council-summit-1992"]
    assert [*summit["date"]] == ["1992-01-30", "[1992-01-29..1992-01-30]"]


def test_somebody_named_twice_in_a_sentence_was_met_once(make: Made) -> None:
    text = "Met with Prime Minister Blair and Quartet Representative Blair."
    made = make([trip("1", "George W. Bush", "2008-06-15", "2008-06-16", "United Kingdom", text, "London")], [])
    met = [entry for entry in made.values() if len(people(entry)) > 1]
    assert len(met) == 1


def test_the_general_assembly_is_not_dated_by_a_visit(make: Made) -> None:
    text = "Informal visit. In U.S. October 11–30, led Moroccan delegation to UN General Assembly."
    made = make([], [visit("2390", "Prime Minister Ibrahim", "1959-10-15", "1959-10-15", "Morocco", text)])
    assert [*made] == ["visit-2390"]
    assert [*made["visit-2390"]["programme"]] == ["attendance at the United Nations General Assembly"]


@pytest.mark.parametrize(
    ("text", "act", "programme"),
    [
        (
            "Issued joint statement on security relations.",
            "Visit",
            "the issuing of joint statement on security relations",
        ),
        ("Concluded Nassau agreement.", "Visit", "the conclusion of Nassau agreement"),
        ("Announced the Atlantic Charter.", "Visit", "the announcement of the Atlantic Charter"),
        ("Proposed four-nation peace talks.", "Visit", "the proposal of four-nation peace talks"),
        ("Rested before returning to the United States.", "Visit", "rest before returning to the United States"),
        ("Visited Reims as part of a State Visit.", "State visit", "a visit to Reims"),
    ],
)
def test_what_a_trip_was_and_what_was_done_on_it(make: Made, text: str, act: str, programme: str) -> None:
    (entry,) = make([trip("1", "Barack Obama", "2012-11-19", "2012-11-19", "France", text, "Paris")], []).values()
    assert (entry["act"]["en"], [*entry["programme"]]) == (act, [programme])
