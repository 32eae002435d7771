"""The judge finds each kind of mistake, and none if the register has what the row says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import CORPUS
from tests.sets.sample.draw import drawn_rows
from tests.sets.sample.judge import CATEGORIES, figure, on_identity, report
from tests.sets.sample.reading import Reading
from tests.sets.sample.register import Actor, Fact, Part, Place, facts_by_document
from tests.sets.sample.sample import HOW_TOLD, SAMPLES, sample

ROWS = {row.document: row for row in sample().rows}
SECOND = {row.document: row for row in sample("second").rows}
EGYPT, VENICE, NORMANDY = "histstate-trip-2731", "histstate-trip-2950", "histstate-trip-2935"
STATE_VISIT, GUEST, VACATION = "histstate-visit-634", "histstate-visit-2231", "histstate-trip-2682"
CANADA = Place(True, frozenset({"Canada"}))


def person(key: str, slug: str | None = None, name: str | None = None, state: str | None = None) -> Actor:
    of = sample().people[key]
    names = frozenset({name or of.spellings[0]})
    return Actor(slug or key, True, names, frozenset({state or of.state}))


def meeting(
    *people: Actor,
    days: str = "",
    words: str = "",
    places: tuple[Place, ...] = (),
    printed: bool = True,
    likely: bool = False,
    is_meeting: bool = True,
) -> Fact:
    first, last = days.strip("[]").replace("..", "/").split("/") if len(days) > 10 else (days, days)
    parts = tuple(Part(actor, printed, likely) for actor in people)
    slug = "-".join(actor.slug for actor in people)
    return Fact(slug, is_meeting, "UNKNOWN", words, frozenset({days} if days else ()), first, last, places, parts)


def mistakes(document: str, *facts: Fact) -> set[tuple[str, str, str]]:
    """Return category, kind and wording of everything that is wrong or missing."""
    return {
        (verdict.category, "wrong" if verdict.is_said else "missing", verdict.about.split(" (")[0])
        for verdict in Reading((ROWS | SECOND)[document], list(facts), sample()).verdicts()
        if not verdict.is_right and (verdict.is_said or verdict.is_told)
    }


ROOSEVELT, FAROUK, SELASSIE = person("franklin-roosevelt"), person("farouk"), person("haile-selassie")
IBN_SAUD, CHURCHILL = person("ibn-saud"), person("churchill")
BOUND = "[1945-02-13..1945-02-15]"
REST = [meeting(ROOSEVELT, other, days=BOUND) for other in (SELASSIE, IBN_SAUD, CHURCHILL)]


def test_what_the_row_tells_is_right() -> None:
    assert not mistakes(EGYPT, meeting(ROOSEVELT, FAROUK, days=BOUND), *REST)


def test_a_stay_is_not_the_days_of_a_meeting() -> None:
    for days in ("1945-02-13/1945-02-15", "1945-02-13", "[1945-02-13..1945-02-14]"):
        found = mistakes(EGYPT, meeting(ROOSEVELT, FAROUK, days=days), *REST)
        assert found == {("days", "wrong", f"has {days}, not {BOUND}")}


def test_a_meeting_without_its_days_lacks_them() -> None:
    assert mistakes(EGYPT, meeting(ROOSEVELT, FAROUK), *REST) == {("days", "missing", f"has no day, not {BOUND}")}


def test_guests_of_one_row_did_not_meet() -> None:
    together = meeting(ROOSEVELT, FAROUK, SELASSIE, days=BOUND)
    found = mistakes(EGYPT, together, *REST[1:])
    assert found == {("encounters", "wrong", "has farouk and haile-selassie together")}


def test_what_is_not_there_is_missing() -> None:
    assert mistakes(EGYPT, *REST) == {
        ("people", "missing", "has no farouk"),
        ("encounters", "missing", "has not that franklin-roosevelt met or attended farouk"),
        ("days", "missing", "has not that franklin-roosevelt met or attended farouk"),
    }


def test_a_meeting_that_is_there_twice_is_once_wrong() -> None:
    twice = [meeting(ROOSEVELT, FAROUK, days=BOUND)] * 2
    assert mistakes(EGYPT, *twice, *REST) == {("encounters", "wrong", "has farouk as met")}


@pytest.mark.parametrize(
    "other",
    [
        person("churchill", "churchill", name="Churchill"),
        person("churchill", "winston-churchill", state="Canada"),
        person("churchill", "randolph-churchill", name="Randolph Churchill"),
    ],
)
def test_a_family_name_or_another_state_is_nobody(other: Actor) -> None:
    found = mistakes(EGYPT, meeting(ROOSEVELT, FAROUK, days=BOUND), *REST[:2], meeting(ROOSEVELT, other, days=BOUND))
    assert ("people", "wrong", f"has {other.slug}") in found
    assert ("people", "missing", "has no churchill") in found
    assert ("encounters", "wrong", f"has {other.slug} as met") in found


def test_spellings_of_a_whole_name_are_one() -> None:
    other = person("ibn-saud", name="ABDULAZIZ, IBN SAUD")
    assert not mistakes(
        EGYPT, *REST[::2], meeting(ROOSEVELT, FAROUK, days=BOUND), meeting(ROOSEVELT, other, days=BOUND)
    )


REAGAN, COSSIGA, FANFANI = person("ronald-reagan"), person("cossiga"), person("fanfani")
IN_ROME = meeting(REAGAN, COSSIGA, FANFANI, days="1987-06-06", places=(Place(False, frozenset({"Rome"})),))
G7 = meeting(REAGAN, days="1987-06-08/1987-06-10", words="G7 1987", places=(Place(False, frozenset({"Venice"})),))


def test_days_and_places_within_a_journey() -> None:
    assert not mistakes(VENICE, IN_ROME, G7)
    in_venice = IN_ROME._replace(places=G7.places)
    assert mistakes(VENICE, in_venice, G7) == {("places", "wrong", "has Venice, not Rome")}


def test_one_place_of_several_is_a_guess_and_a_country_is_none() -> None:
    there = meeting(ROOSEVELT, FAROUK, days=BOUND, places=(Place(False, frozenset({"Alexandria"})),))
    assert {category for category, _, _ in mistakes(EGYPT, there, *REST)} == {"places"}
    assert not mistakes(EGYPT, there._replace(places=(CANADA,)), *REST)


def test_a_gathering_is_found_by_its_name_and_days() -> None:
    for other in (G7._replace(earliest="1986-05-04", latest="1986-05-06"), G7._replace(words="Meeting in Italy")):
        found = mistakes(VENICE, IN_ROME, other)
        assert ("encounters", "missing", "has not that ronald-reagan met or attended g7-1987") in found


def test_members_whom_the_row_does_not_tell_are_wrong() -> None:
    crowded = G7._replace(parts=(*G7.parts, Part(person("kohl"), True, False)))
    assert ("encounters", "wrong", "has kohl at g7-1987") in mistakes(VENICE, IN_ROME, crowded)


def test_members_whom_the_row_tells_are_due() -> None:
    found = mistakes(NORMANDY, meeting(REAGAN, person("mitterrand"), days="1984-06-06", words="Normandy 1984"))
    assert ("encounters", "missing", "has not that elizabeth-ii was at d-day-1984") in found
    assert ("encounters", "missing", "has not that mitterrand was at d-day-1984") not in found


@pytest.mark.parametrize(
    ("document", "printed", "likely", "is_right"),
    [
        (STATE_VISIT, True, False, False),
        (STATE_VISIT, False, False, True),
        (STATE_VISIT, False, True, True),
        (GUEST, True, False, False),
        (GUEST, False, False, False),
        (GUEST, False, True, True),
    ],
)
def test_what_is_implied_is_said_no_more_certainly(document: str, printed: bool, likely: bool, is_right: bool) -> None:
    row = ROWS[document]
    ((other, telling),) = row.met.items()
    said = meeting(person(row.self), person(other), days=telling.days[0], printed=printed, likely=likely)
    assert not mistakes(document, meeting(person(row.self), is_meeting=False))
    assert bool(mistakes(document, said)) is not is_right


def test_a_vacation_is_no_meeting() -> None:
    assert not mistakes(VACATION, meeting(ROOSEVELT, is_meeting=False))
    assert {category for category, _, _ in mistakes(VACATION, meeting(ROOSEVELT))} == {"encounters"}


def test_one_person_is_one_entry_and_nobody_else() -> None:
    rows = [ROWS[f"histstate-{name}"] for name in ("trip-2682", "trip-2690", "trip-2683")]
    entries = [ROOSEVELT, ROOSEVELT, person("franklin-roosevelt", "roosevelt-2")]
    readings = [
        Reading(row, [meeting(entry, is_meeting=False)], sample()) for row, entry in zip(rows, entries, strict=True)
    ]
    assert [verdict.is_right for verdict in on_identity(readings)] == [True, True, False]
    both = ROOSEVELT._replace(names=ROOSEVELT.names | {"Harry S. Truman"})
    merged = Reading(rows[0], [meeting(both, is_meeting=False)], sample())
    assert [verdict.is_right for verdict in on_identity([merged])] == [False]


def test_figures_count_what_is_said_and_what_is_told() -> None:
    verdicts = list(Reading(ROWS[EGYPT], [meeting(ROOSEVELT, FAROUK, SELASSIE, days=BOUND)], sample()).verdicts())
    people, encounters, days = (figure(verdicts, category) for category in ("people", "encounters", "days"))
    assert (people.precision, people.recall) == (1.0, 3 / 5)
    assert (encounters.precision, encounters.recall) == (2 / 3, 2 / 4)
    assert (days.precision, days.recall) == (1.0, 2 / 4)
    misses = [line.split(": ")[0] for line in report(verdicts)][3 * len(CATEGORIES) :]
    assert set(misses) == {
        f"{EGYPT} {kind}" for kind in ("people missing", "encounters wrong", "encounters missing", "days missing")
    }
    assert ROWS[EGYPT].is_sealed
    assert len(list(report(verdicts, is_opened=False))) == 3 * len(CATEGORIES), "a miss of a sealed row is shown"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_whole(name: str) -> None:
    of = sample(name)
    assert len({row.document for row in of.rows}) == len(of.rows) == 188
    assert sum(row.is_sealed for row in of.rows) == 94
    for row in of.rows:
        assert row.people <= set(of.people)
        assert set(row.attended) <= set(of.gatherings)
        assert set(row.present) <= set(row.attended)
        assert set(row.again) <= set(row.met)
        assert {telling.how for telling in (row.met | row.again | row.attended).values()} <= set(HOW_TOLD)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_what_was_drawn(name: str) -> None:
    folders = [Path(name) for name in os.environ.get(CORPUS, "").split(os.pathsep) if name]
    folder = next((folder for folder in folders if (folder / "histstate").is_dir()), None)
    if not folder:
        pytest.skip("needs the open data among the folders of the corpus")
    drawn = [(row.document, stratum, part == "sealed") for row, stratum, part in drawn_rows(folder, name)]
    assert [(row.document, row.stratum, row.is_sealed) for row in sample(name).rows] == drawn


def test_the_samples_have_no_row_in_common() -> None:
    assert not ROWS.keys() & SECOND.keys()


async def test_the_register_is_asked_for_what_a_document_tells(database: str) -> None:
    found = await facts_by_document(database, ["histstate-travels-trump", "nothing"])
    assert not found["nothing"]
    told = {fact.slug: fact for fact in found["histstate-travels-trump"]}
    south_korea = told["south-korea-2017"]
    assert south_korea.is_meeting
    assert south_korea.days == {"[2017-11-07..2017-11-08]"}
    assert {part.actor.slug for part in south_korea.people} == {"donald-trump", "moon-jae-in"}
    assert all("South Korea" in part.actor.states for part in south_korea.people if part.actor.slug == "moon-jae-in")
    assert [place.is_country for place in south_korea.places] == [True]


def test_a_talk_on_the_margins_is_not_the_gathering() -> None:
    document = "histstate-visit-1743"
    people = person("allawi"), person("george-w-bush")
    there = (Place(False, frozenset({"New York"})),)
    talk = meeting(*people, days="[2004-09-21..2004-09-24]", words="General Assembly", places=there)
    assert not mistakes(document, talk._replace(setting="BILATERAL"))
    assert mistakes(document, talk._replace(setting="MULTILATERAL"))


def test_two_meetings_with_one_person_are_two_and_a_third_is_wrong() -> None:
    document, people = "histstate-visit-2187", (person("mackenzie-king"), ROOSEVELT)
    washington, hyde_park = (Place(False, frozenset({name})) for name in ("Washington", "Hyde Park"))
    first = meeting(*people, days="[1941-04-16..1941-04-17]", places=(washington,))
    second = meeting(*people, days="1941-04-20", places=(hyde_park,))
    assert not mistakes(document, first, second)
    assert not mistakes(document, second, first)
    assert {kind for _, kind, _ in mistakes(document, first)} == {"missing"}
    assert ("encounters", "wrong", "has franklin-roosevelt as met") in mistakes(document, first, second, second)


def test_two_visitors_are_one_side() -> None:
    document, visitors = "histstate-visit-379", (person("sadat"), person("mustafa-khalil"))
    talk = meeting(*visitors, person("jimmy-carter"), days="[1979-03-24..1979-03-29]", printed=False)
    assert not mistakes(document, talk)
    alone = meeting(visitors[0], person("jimmy-carter"), days="[1979-03-24..1979-03-29]", printed=False)
    assert mistakes(document, alone) == {("people", "missing", "has no mustafa-khalil")}
