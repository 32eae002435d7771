"""The import of trips and visits: rows about one meeting, decisions, and the effect of a changed row."""

import shutil
from pathlib import Path

import pytest

from service.importers.decisions import DecisionInvalid, ReviewLineUnknown, decide, read_decisions
from service.importers.histstate import make_set
from service.importers.seedset import render_set, write_set
from service.settings import REPOSITORY
from tests.sets.making import facts, trip, visit, write_data

pytestmark = pytest.mark.slow

TRIPS = [
    trip("1", "Ronald Reagan", "1981-03-10", "1981-03-11", "Canada", "Met with Prime Minister Trudeau.", "Ottawa"),
    trip("2", "Donald J. Trump", "2018-06-10", "2018-06-13", "Singapore", "Participated in the summit with "
         "North Korean leader Kim Jong-un and bilateral events with Singaporean Prime Minister Lee Hsien Loong.",
         "Singapore"),
    trip("3", "William H. Taft", "1909-10-16", "1909-10-16", "Mexico", "Met with President Diaz.", "Ciudad Juarez"),
    trip("4", "Franklin D. Roosevelt", "1934-03-29", "1934-04-11", "United Kingdom", "Fishing trip.", "The Bahamas"),
]  # fmt: skip
VISITS = [
    visit("1", "President Porfirio Diaz", "1909-10-16", "1909-10-16", "Mexico", "Met with President Taft in El Paso."),
    visit("2", "Prime Minister Pierre Trudeau", "1981-07-10", "1981-07-11", "Canada", "Working visit."),
    visit("3", "Prime Minister Pierre Trudeau", "1981-07-10", "1981-07-10", "Canada", "Met with President Reagan."),
    visit("4", "President Durand", "1951-03-28", "1951-04-02", "France", "State visit."),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_data(tmp_path / "data", TRIPS, VISITS)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Return a copy of the seeds without any decisions."""
    copy = tmp_path / "seeds"
    shutil.copytree(REPOSITORY / "seeds", copy)
    (copy / "sets/histstate/decisions.yaml").unlink()
    return copy


def test_a_stay_bounds_the_meeting(data: Path, seeds: Path) -> None:
    entry = facts(make_set(data, seeds))["trip-1-canada"]
    assert "names" not in entry
    assert entry["participants"] == {"ronald-reagan": "PARTICIPANT", "pierre-trudeau": "PARTICIPANT"}
    assert entry["date"] == {"[1981-03-10..1981-03-11]": ["histstate-trip-1 p4-5 inferred"]}
    assert entry["place"] == {"ottawa": ["histstate-trip-1 p8"]}
    assert entry["curation"] == "IMPORTED"


def test_guests_of_one_row_did_not_meet_each_other(data: Path, seeds: Path) -> None:
    made = facts(make_set(data, seeds))
    assert [*made["singapore-2018"]["participants"]] == ["donald-trump", "kim-jong-un"]
    assert [*made["singapore-2018-lee"]["participants"]] == ["donald-trump", "lee-hsien-loong"]


def test_who_met_nobody_is_in_an_event(data: Path, seeds: Path) -> None:
    entry = facts(make_set(data, seeds))["trip-4"]
    assert (entry["eventType"], entry["actors"], entry["act"]["en"]) == ("CONSULT", ["franklin-d-roosevelt"], "Holiday")
    assert "recipients" not in entry


def test_whom_nobody_can_name_stays_a_description(data: Path, seeds: Path) -> None:
    made = make_set(data, seeds)
    entry = facts(made)["visit-4"]
    assert entry["unnamed"] == {
        "President Durand of France": {"PARTICIPANT for france": ["histstate-visit-4 p4s1 w2-3"]}
    }
    assert entry["participants"] == {"harry-s-truman": {"PARTICIPANT": ["histstate-visit-4 p7s1 likely inferred"]}}
    assert "person--visit-4--president-durand" in {line["slug"] for line in made.review}


def test_two_rows_of_one_stay_are_one_meeting(data: Path, seeds: Path) -> None:
    made = facts(make_set(data, seeds))
    assert made["visit-2"]["existence"] == ["histstate-visit-2 p7s1", "histstate-visit-3 p7s1"]
    assert "visit-3" not in made


def test_what_is_less_certain_waits_for_a_decision(data: Path, seeds: Path) -> None:
    slug = "same-encounter--trip-3-mexico--visit-1"
    made = make_set(data, seeds)
    assert {"trip-3-mexico", "visit-1"} <= facts(made).keys()
    (line,) = (line for line in made.review if line["slug"] == slug)
    assert line["texts"] == ["histstate-trip-3 p9s1", "histstate-visit-1 p7s1"]

    write_set(seeds, "histstate", render_set(seeds, made))
    decide(seeds, "histstate", slug, "same", "Both tell of the exchange across the border.")
    decided = make_set(data, seeds)
    assert facts(decided)["trip-3-mexico"]["existence"] == ["histstate-trip-3 p9s1", "histstate-visit-1 p7s1"]
    assert "visit-1" not in facts(decided)
    assert slug not in {line["slug"] for line in decided.review}


def test_only_answers_of_a_line_are_taken(data: Path, seeds: Path) -> None:
    write_set(seeds, "histstate", render_set(seeds, make_set(data, seeds)))
    with pytest.raises(ReviewLineUnknown):
        decide(seeds, "histstate", "same-encounter--a--b", "same")
    for answer in ("nobody", "person pierre-trudeau", "same enough"):
        with pytest.raises(DecisionInvalid):
            decide(seeds, "histstate", "same-encounter--trip-3-mexico--visit-1", answer)
    assert read_decisions(seeds, "histstate") == {}


def test_a_changed_row_changes_its_own_facts_alone(data: Path, seeds: Path, tmp_path: Path) -> None:
    before = facts(make_set(data, seeds))
    changed = [TRIPS[0].replace("1981-03-11", "1981-03-12"), *TRIPS[1:]]
    after = facts(make_set(write_data(tmp_path / "changed", changed, VISITS), seeds))
    assert {slug for slug in before.keys() | after.keys() if before.get(slug) != after.get(slug)} == {"trip-1-canada"}
    assert [*after["trip-1-canada"]["date"]] == ["[1981-03-10..1981-03-12]"]


def test_the_same_rows_give_the_same_set(data: Path, seeds: Path) -> None:
    assert render_set(seeds, make_set(data, seeds)) == render_set(seeds, make_set(data, seeds))


def test_states_behind_a_summit_sat_in_it(data: Path, seeds: Path) -> None:
    text = (
        "Attended Summit Meeting on International Cooperation and Development. "
        "Met with the Heads of State and Government of Algeria, Canada, and Mexico."
    )
    cancun = trip("2914", "Ronald Reagan", "1981-10-21", "1981-10-24", "Mexico", text, "Cancun")
    made = facts(make_set(write_data(data, [cancun], VISITS), seeds))
    assert {slug for slug in made if slug.startswith("trip-")} == set()
    assert [*made["cancun-summit-1981"]["participants"]] == ["ronald-reagan", "algeria", "canada", "mexico"]
    assert made["cancun-summit-1981"]["existence"] == ["histstate-trip-2914 p9s1-2"]


def test_who_leads_by_rows_and_sets_makes_another_doubtful(data: Path, seeds: Path) -> None:
    rows = [
        visit("1", "President Rafael Angel Calderon", "1992-05-20", "1992-05-20", "Costa Rica", "Working visit."),
        visit("2", "President Jose Figueres Ferrer", "1994-12-09", "1994-12-11", "Costa Rica", "Working visit."),
        visit("3", "President Oscar Arias", "1989-04-04", "1989-04-04", "Costa Rica", "Working visit."),
        visit("4", "Prime Minister Nguyen Tan Dung", "2016-02-15", "2016-02-16", "Vietnam", "Working visit."),
        visit("5", "Prime Minister Nguyen Xuan Phuc", "2017-05-31", "2017-05-31", "Vietnam", "Working visit."),
        visit(
            "6", "Prime Minister Nguyen Tan Dung", "2022-05-12", "2022-05-13", "Vietnam", "Met with President Biden."
        ),
    ]
    made = make_set(write_data(data, [], rows), seeds)
    reasons = {line["slug"]: line["reason"] for line in made.review if line["slug"].startswith("office--")}
    successor = "other rows name Nguyen Xuan Phuc in this office before that day"
    others = "according to other sources, José María Figueres held this office on that day"
    assert reasons == {
        "office--visit-2--president-jose-figueres-ferrer": others,
        "office--visit-6--prime-minister-nguyen-tan-dung": successor,
    }
    (cite,) = facts(made)["visit-6"]["participants"]["nguyen-tan-dung"]["PARTICIPANT"]
    assert cite["note"] == {"en": f"This is what the row says, but {successor}."}


def test_a_commemoration_is_an_event_and_the_stay_another(data: Path, seeds: Path) -> None:
    text = (
        "State visit. Attended commemorative ceremony for former Israeli Prime Minister Rabin; "
        "discussed Chechnya crisis with Russian Prime Minister Putin."
    )
    oslo = trip("2626", "William J. Clinton", "1999-11-01", "1999-11-02", "Norway", text, "Oslo")
    made = facts(make_set(write_data(data, [oslo], VISITS), seeds))
    assert {slug for slug in made if "visit" not in slug} == {
        "commemoration-rabin-1999",
        "trip-2626-russia",
        "trip-2626",
    }
    ceremony, stay = made["commemoration-rabin-1999"], made["trip-2626"]
    assert ceremony["act"] == {"en": "Commemorative ceremony for former Israeli Prime Minister Rabin"}
    assert (ceremony["actors"], [*ceremony["place"]]) == (["bill-clinton"], ["oslo"])
    assert (stay["act"]["en"], stay["recipients"]) == ("State visit", ["norway"])


def test_an_event_says_who_came_even_if_nobody_knows_him(data: Path, seeds: Path) -> None:
    rows = [*VISITS, visit("5", "President Durand", "1951-06-01", "1951-06-02", "France", "Visited Chicago.")]
    entry = facts(make_set(write_data(data, TRIPS, rows), seeds))["visit-5"]
    assert entry["act"] == {"en": "Visit of President Durand of France"}
    assert "actors" not in entry
