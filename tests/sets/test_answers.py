"""Questions that only the lists of the Office of the Historian answer, compared by hand with what the rows say."""

from typing import Any

import pytest

from tests.schema.asking import answer

pytestmark = [pytest.mark.slow, pytest.mark.anyio]

MEETINGS = """
query ($involving: [String!], $date: DateRange, $place: [String!], $setting: [MeetingSetting!]) {
  meetings(
    filter: { involvingAll: $involving, date: $date, place: $place, setting: $setting, status: [HELD] }
    orderBy: DATE_ASC
    first: 50
  ) {
    totalCount
    nodes {
      slug
      date { edtf }
      place { slug }
      participants { actor { slug } }
      sources { nodes { slug } }
    }
  }
}
"""


async def ask(database: str, **variables: Any) -> list[dict[str, Any]]:
    """Return the held meetings that a filter leaves, in chronological order."""
    found = (await answer(database, MEETINGS, variables))["data"]["meetings"]
    assert found["totalCount"] == len(found["nodes"])
    return list(found["nodes"])


async def test_how_often_reagan_and_gorbachev_met(sets_database: str) -> None:
    met = await ask(sets_database, involving=["ronald-reagan", "mikhail-gorbachev"])
    assert [(one["date"]["edtf"], one["place"]["slug"], one["sources"]["nodes"][0]["slug"]) for one in met] == [
        ("1985-11-19/1985-11-21", "geneva", "histstate-trip-2942"),
        ("1986-10-10/1986-10-11", "reykjavik", "histstate-trip-2948"),
        ("[1987-12-07..1987-12-10]", "united-states", "histstate-visit-671"),
        ("[1988-05-29..1988-06-02]", "moscow", "histstate-trip-2957"),
        ("1988-12-07", "new-york", "histstate-visit-697"),
    ]


async def test_whom_kennedy_received_in_1961(sets_database: str) -> None:
    year = {"from": "1961-01-01", "to": "1961-12-31", "match": "WITHIN"}
    met = await ask(sets_database, involving=["john-f-kennedy"], date=year, place=["united-states"])
    guests = [actor["actor"]["slug"] for one in met for actor in one["participants"]]
    assert [guest for guest in guests if guest != "john-f-kennedy"] == [
        "robert-menzies",
        "keith-holyoake",
        "harold-macmillan",
        "konstantinos-karamanlis",
        "habib-bourguiba",
        "prince-rainier-iii",
        "david-ben-gurion",
        "hayato-ikeda",
        "ayub-khan",
        "abubakar-tafawa-balewa",
        "chen-cheng",
        "manuel-prado-ugarteche",
        "norodom-sihanouk",
        "arturo-frondizi",
        "ibrahim-abboud",
        "urho-kekkonen",
        "william-tubman",
        "leopold-sedar-senghor",
        "jawaharlal-nehru",
        "konrad-adenauer",
        "arturo-frondizi",
    ]
    assert len(met) == 21  # one row has Prime Minister Ch'en, whose whole name a table has


async def test_the_first_visit_of_a_leader_of_china(sets_database: str) -> None:
    first = (await ask(sets_database, involving=["deng-xiaoping", "jimmy-carter"]))[0]
    assert (first["slug"], first["date"]["edtf"]) == ("visit-3082", "[1979-01-29..1979-02-05]")


@pytest.mark.parametrize(
    ("president", "bilateral", "gatherings"),
    [("george-w-bush", 6, 2), ("barack-obama", 9, 4), ("donald-trump", 2, 0), ("joe-biden", 2, 0)],
)
async def test_how_often_merkel_met_presidents(
    sets_database: str, president: str, bilateral: int, gatherings: int
) -> None:
    both = ["angela-merkel", president]
    assert len(await ask(sets_database, involving=both, setting=["BILATERAL"])) == bilateral
    assert len(await ask(sets_database, involving=both, setting=["MULTILATERAL"])) == gatherings


async def test_one_encounter_of_two_lists_has_one_origin(sets_database: str) -> None:
    query = """{
        meeting(slug: "helsinki-2018") {
            curation
            claims(filter: { property: ["date"] }) {
                nodes { value source { slug } attribution { actor { slug } } }
            }
        }
    }"""
    found = (await answer(sets_database, query))["data"]["meeting"]
    assert found["curation"] == "CURATED"
    claims = found["claims"]["nodes"]
    assert {one["source"]["slug"] for one in claims} == {"histstate-travels-trump", "histstate-trip-3817"}
    assert {one["value"] for one in claims} == {"2018-07-16"}
    origins = {one["attribution"][0]["actor"]["slug"] for one in claims}
    assert origins == {"office-of-the-historian"}
