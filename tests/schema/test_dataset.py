"""What the register says about itself."""

from tests.schema.asking import answer


async def test_the_modes_that_events_have(database: str) -> None:
    query = '{ dataset { modes { term count description de: description(language: "de-AT") } } }'
    modes = (await answer(database, query))["data"]["dataset"]["modes"]
    assert modes[0] == {
        "term": "weapons",
        "count": 5,
        "description": "Weapons are tested, shown or made ready.",
        "de": "Waffen werden getestet, gezeigt oder bereit gemacht.",
    }
    assert [(mode["term"], mode["count"]) for mode in modes] == [
        ("weapons", 5),
        ("disapprove", 4),
        ("third-party", 3),
        ("assist", 2),
        ("change", 2),
        ("meet", 2),
        ("visit", 2),
        ("ceasefire", 1),
        ("phone", 1),
        ("withdraw", 1),
        ("yield", 1),
    ]


async def test_modes_count_as_events_do(database: str) -> None:
    query = "{ dataset { modes { term count } } events { counts(by: [MODE]) { keys count } } }"
    data = (await answer(database, query))["data"]
    counted = {tuple(row["keys"]): row["count"] for row in data["events"]["counts"]}
    assert {(mode["term"],): mode["count"] for mode in data["dataset"]["modes"]} == {
        keys: count for keys, count in counted.items() if keys != (None,)
    }


async def test_every_mode_is_described(database: str) -> None:
    data = (await answer(database, "{ dataset { modes { description } } }"))["data"]
    assert [mode for mode in data["dataset"]["modes"] if not mode["description"]] == []


async def test_every_language_of_the_sources_has_a_name(database: str) -> None:
    query = "{ dataset { languages } sources { counts(by: LANGUAGE) { keys labels } } }"
    data = (await answer(database, query))["data"]
    named = {row["keys"][0]: row["labels"][0] for row in data["sources"]["counts"]}
    assert sorted(named) == sorted(data["dataset"]["languages"])
    assert named == {"de": "German", "de-CH": "Swiss High German", "en": "English"}
