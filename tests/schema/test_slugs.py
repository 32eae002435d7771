"""Warnings about slugs that name nothing, next to a response that they do not spoil."""

from typing import Any

import psycopg
import pytest
from graphql import GraphQLInputObjectType, GraphQLList, get_named_type, get_nullable_type

from schema import schema
from service.planner.fields import parameter_of
from service.planner.ids import encode
from service.store.plover import ALL_MODES
from tests.schema.asking import answer


def unknown_slug_warning(path: list[str], argument: str, value: str, *suggestions: str) -> dict[str, Any]:
    return {
        "code": "UNKNOWN_SLUG",
        "path": path,
        "argument": argument,
        "value": value,
        "suggestions": list(suggestions),
    }


def not_yet(path: list[str], argument: str, value: str, known_since: str) -> dict[str, Any]:
    return {"code": "NOT_YET_KNOWN", "path": path, "argument": argument, "value": value, "knownSince": known_since}


async def test_what_names_nothing_is_told_with_its_place_and_what_is_like_it(database: str) -> None:
    query = """{
        first: summits(filter: {involving: ["donald-trump", "kim-jong-unn"], country: ["Vietnm", "RU"]}) {
            totalCount
            nodes { slug said: quotes(filter: {speaker: ["trump"]}) { totalCount } }
        }
    }"""
    assert await answer(database, query) == {
        "data": {"first": {"totalCount": 0, "nodes": []}},
        "extensions": {
            "warnings": [
                unknown_slug_warning(
                    ["first"], "filter.involving", "kim-jong-unn", "kim-jong-un", "kim-yong-chol", "kwon-jong-gun"
                ),
                unknown_slug_warning(["first"], "filter.country", "Vietnm", "vietnam"),
                unknown_slug_warning(["first", "nodes", "said"], "filter.speaker", "trump", "donald-trump"),
            ]
        },
    }


@pytest.mark.parametrize(
    "query",
    [
        "{ summits(filter: {slug: []}) { totalCount } }",
        "{ summits(filter: {slug: null, phase: [HELD]}) { totalCount } }",
        '{ summits(filter: {country: ["kp", "PRK", "prk", "north-korea"]}) { totalCount } }',
        '{ summits(filter: {involvingAll: ["kim-jong-un"], place: ["hanoi"]}) { totalCount } }',
        '{ summits(filter: {sourceAll: ["kremlin-60363"]}) { totalCount } }',
        '{ relationships(filter: {slug: ["donald-trump--kim-jong-un"]}) { totalCount } }',
        '{ conflicts(filter: {slug: ["dmz-2019-place"], fact: ["dmz-2019"]}) { totalCount } }',
        '{ path(from: "kim-jong-un", to: "donald-trump") { length } }',
        '{ person(slug: "kim-jong-un") { name } leader(slug: "kim-jong-un") { name } country(code: "vnm") { code } }',
    ],
)
async def test_where_all_name_something_nothing_is_told(database: str, query: str) -> None:
    assert list(await answer(database, query)) == ["data"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Great Britain", "united-kingdom"),
        ("UK", "united-kingdom"),
        ("FRG", "germany"),
        ("BRD", "germany"),
        ("West Germany", "germany"),
        ("ROK", "south-korea"),
        ("PRC", "china"),
    ],
)
async def test_a_common_name_of_a_state_suggests_it(database: str, name: str, slug: str) -> None:
    query = """query ($name: String!) {
        country(code: $name) { slug }
        meetings(filter: {country: [$name], participantCountry: [$name]}) { totalCount }
        suggest(text: $name, kind: [COUNTRY], first: 1) { entry { slug } }
    }"""
    answered = await answer(database, query, {"name": name})
    warnings = answered["extensions"]["warnings"]
    assert [each["argument"] for each in warnings] == ["code", "filter.country", "filter.participantCountry"]
    assert {each["suggestions"][0] for each in warnings} == {slug}
    assert answered["data"]["suggest"] == [{"entry": {"slug": slug}}]


async def test_a_slug_of_another_kind_names_nothing(database: str) -> None:
    query = (
        '{ offices(filter: {person: ["north-korea"]}) { totalCount } quotes(filter: {meeting: ["x"]}) { totalCount } }'
    )
    assert await answer(database, query) == {
        "data": {"offices": {"totalCount": 0}, "quotes": {"totalCount": 0}},
        "extensions": {
            "warnings": [
                unknown_slug_warning(["offices"], "filter.person", "north-korea"),
                unknown_slug_warning(["quotes"], "filter.meeting", "x"),
            ]
        },
    }


async def test_questions_between_two(database: str) -> None:
    query = """query ($from: String!, $between: [String!]!) {
        __typename
        path(from: $from, to: "kim-jong-un") { length }
        relationship(between: $between) { slug }
        __schema { queryType { name } }
    }"""
    assert await answer(database, query, {"from": "Putin", "between": ["trump", "kim-jong-un"]}) == {
        "data": {
            "__typename": "Query",
            "path": None,
            "relationship": None,
            "__schema": {"queryType": {"name": "Query"}},
        },
        "extensions": {
            "warnings": [
                unknown_slug_warning(["path"], "from", "Putin", "vladimir-putin"),
                unknown_slug_warning(["relationship"], "between", "trump", "donald-trump"),
            ]
        },
    }


async def test_an_entry_that_is_asked_for_by_its_slug(database: str) -> None:
    query = """{
        summit(slug: "hanoi-2091") { slug }
        talks: summit(slug: "new-york-2018") { slug }
        then: summit(slug: "hanoi-2019", asOf: "2018-05-31") { slug }
        person(slug: "trump") { slug }
        leader(slug: "north-korea") { slug }
        country(code: "vietnm") { slug }
        source(slug: "kremlin-6036") { slug }
        fact(slug: "x") { slug }
        claim(slug: "x") { slug }
        conflict(slug: "dmz-2019-plac") { slug }
    }"""
    answered = await answer(database, query)
    assert set(answered["data"].values()) == {None}
    assert answered["extensions"]["warnings"] == [
        unknown_slug_warning(["summit"], "slug", "hanoi-2091", "hanoi-2019"),
        unknown_slug_warning(["talks"], "slug", "new-york-2018"),
        not_yet(["then"], "slug", "hanoi-2019", "2019-04-18"),
        unknown_slug_warning(["person"], "slug", "trump", "donald-trump"),
        unknown_slug_warning(["leader"], "slug", "north-korea"),
        unknown_slug_warning(["country"], "code", "vietnm", "vietnam"),
        unknown_slug_warning(["source"], "slug", "kremlin-6036", "kremlin-60363", "kremlin-60319", "kremlin-60370"),
        unknown_slug_warning(["fact"], "slug", "x"),
        unknown_slug_warning(["claim"], "slug", "x"),
        unknown_slug_warning(["conflict"], "slug", "dmz-2019-plac", "dmz-2019-place", "hanoi-2019-date"),
    ]


async def test_of_two_that_are_asked_for_only_the_unknown_one_is_told_of(database: str) -> None:
    query = """query ($known: String!, $unknown: String!) {
        summits(filter: {involving: ["kim-jong-unn"]}) { totalCount }
        summit(slug: $known) { slug }
        none: summit(slug: $unknown) { slug }
    }"""
    assert await answer(database, query, {"known": "hanoi-2019", "unknown": "hanoi-2091"}) == {
        "data": {"summits": {"totalCount": 0}, "summit": {"slug": "hanoi-2019"}, "none": None},
        "extensions": {
            "warnings": [
                unknown_slug_warning(
                    ["summits"], "filter.involving", "kim-jong-unn", "kim-jong-un", "kim-yong-chol", "kwon-jong-gun"
                ),
                unknown_slug_warning(["none"], "slug", "hanoi-2091", "hanoi-2019"),
            ]
        },
    }


async def test_a_filter_within_a_filter(database: str) -> None:
    query = '{ relationships(filter: {sharing: {source: ["kremlin-6036"]}}) { totalCount } }'
    assert (await answer(database, query))["extensions"]["warnings"] == [
        unknown_slug_warning(
            ["relationships"],
            "filter.sharing.source",
            "kremlin-6036",
            "kremlin-60363",
            "kremlin-60319",
            "kremlin-60370",
        )
    ]


def not_a_term(kind: str, path: list[str], argument: str, value: str, *suggestions: str) -> dict[str, Any]:
    return {**unknown_slug_warning(path, argument, value, *suggestions), "code": f"UNKNOWN_{kind}"}


async def test_what_is_no_property_or_mode_is_told_with_those_that_are_like_it(database: str) -> None:
    query = """{
        claims(asOf: "2018-05-31", filter: {property: ["planneddate", "status", "weapons"]}) { nodes { property } }
        conflicts(filter: {property: ["reasons"]}) { totalCount }
        events(filter: {mode: ["weapon", "ceasefire", "status"]}) { nodes { mode } }
    }"""
    answered = await answer(database, query)
    assert {node["property"] for node in answered["data"]["claims"]["nodes"]} == {"status"}
    assert answered["data"]["conflicts"] == {"totalCount": 0}
    assert {node["mode"] for node in answered["data"]["events"]["nodes"]} == {"ceasefire"}
    assert answered["extensions"]["warnings"] == [
        not_a_term("PROPERTY", ["claims"], "filter.property", "planneddate", "plannedDate"),
        not_a_term("PROPERTY", ["claims"], "filter.property", "weapons", "weapon"),
        not_a_term("PROPERTY", ["conflicts"], "filter.property", "reasons", "reason"),
        not_a_term("MODE", ["events"], "filter.mode", "weapon", "weapons", "heavy-weapons"),
        not_a_term("MODE", ["events"], "filter.mode", "status"),
    ]


def test_each_property_of_a_claim_or_a_conflict_is_one(database: str) -> None:
    query = "SELECT property FROM claim UNION SELECT property FROM conflict EXCEPT SELECT slug FROM property"
    with psycopg.connect(database) as connection:
        assert connection.execute(query).fetchall() == []


def test_each_mode_of_an_event_type_is_one(database: str) -> None:
    with psycopg.connect(database) as connection:
        assert {slug for (slug,) in connection.execute("SELECT slug FROM mode")} == ALL_MODES


# ------------------------------------------------------------------ as of a day


async def test_what_is_not_known_yet_is_told_and_not_suggested(database: str) -> None:
    query = '{ summits(asOf: "2018-05-31", filter: {slug: ["hanoi-2019", "hanoi-2018"]}) { totalCount } }'
    assert (await answer(database, query))["extensions"]["warnings"] == [
        not_yet(["summits"], "filter.slug", "hanoi-2019", "2019-04-18"),
        unknown_slug_warning(["summits"], "filter.slug", "hanoi-2018"),
    ]
    later = await answer(database, query.replace("2018-05-31", "2019-09-17"))
    assert later["extensions"]["warnings"] == [
        unknown_slug_warning(["summits"], "filter.slug", "hanoi-2018", "hanoi-2019")
    ]


async def test_a_state_is_not_known_yet_by_its_code_either(database: str) -> None:
    query = """{
        country(code: "kp", asOf: "1900-01-01") { slug }
        people(filter: {country: ["PRK"]}, asOf: "1900-01-01") { totalCount }
        summits(filter: {country: ["north-korea"]}, asOf: "9999-12-31") { totalCount }
    }"""
    _, *warnings = (await answer(database, query))["extensions"]["warnings"]
    known_since = warnings[0]["knownSince"]
    assert warnings == [
        not_yet(["country"], "code", "kp", known_since),
        not_yet(["people"], "filter.country", "PRK", known_since),
    ]
    day = f'country(code: "kp", asOf: "{known_since}") {{ slug }}'
    assert await answer(database, f"{{ {day} }}") == {"data": {"country": {"slug": "north-korea"}}}


async def ids(database: str) -> list[str]:
    query = """{
        then: person(slug: "kim-jong-un", asOf: "2018-05-31") { id }
        now: person(slug: "kim-jong-un") { id }
    }"""
    data = (await answer(database, query))["data"]
    return [data["then"]["id"], data["now"]["id"]]


UNDER_IDS = """query ($ids: [ID!]!) {
    nodes(ids: $ids) { ... on Person { summits(filter: {slug: ["hanoi-2019"]}) { totalCount } } }
}"""


async def test_under_an_id_the_day_is_its_own(database: str) -> None:
    then, now = await ids(database)
    unknown = [not_yet(["nodes", "summits"], "filter.slug", "hanoi-2019", "2019-04-18")]
    nothing, one = {"summits": {"totalCount": 0}}, {"summits": {"totalCount": 1}}
    assert now == encode("Person", "kim-jong-un")
    assert await answer(database, UNDER_IDS, {"ids": [now]}) == {"data": {"nodes": [one]}}
    for given, found in (([then], [nothing]), ([now, then], [one, nothing])):
        assert await answer(database, UNDER_IDS, {"ids": given}) == {
            "data": {"nodes": found},
            "extensions": {"warnings": unknown},
        }


# ------------------------------------------------------------------ bounds


async def test_it_is_told_once_however_many_types_are_told_apart(database: str) -> None:
    query = """{
        fact(slug: "hanoi-2019") { involvements { actor {
            ... on Person { quotes(filter: {speaker: ["trump"]}) { totalCount } }
            ... on Country { quotes(filter: {speaker: ["trump"]}) { totalCount } }
        } } }
    }"""
    place = ["fact", "involvements", "actor", "quotes"]
    assert (await answer(database, query))["extensions"]["warnings"] == [
        unknown_slug_warning(place, "filter.speaker", "trump", "donald-trump")
    ]


async def test_ten_are_helped(database: str) -> None:
    given = [f"kim-jong-un-{number}" for number in range(12)]
    query = "query ($slugs: [String!]) { people(filter: {slug: $slugs}) { totalCount } }"
    warnings = (await answer(database, query, {"slugs": given}))["extensions"]["warnings"]
    assert [warning["value"] for warning in warnings] == given
    assert [warning["suggestions"][:1] for warning in warnings] == [["kim-jong-un"]] * 10 + [[]] * 2


@pytest.mark.parametrize("slug", ["", "'", '"\\', "%", "김정은", "$1::text", "a" * 10_000])
async def test_any_text_may_be_given(database: str, slug: str) -> None:
    query = "query ($slugs: [String!]) { people(filter: {slug: $slugs}) { totalCount } }"
    assert (await answer(database, query, {"slugs": [slug]}))["extensions"]["warnings"] == [
        unknown_slug_warning(["people"], "filter.slug", slug)
    ]


def test_every_list_of_texts_in_a_filter_names_something() -> None:
    texts = {
        (type_.name, name)
        for type_ in schema._schema.type_map.values()
        if isinstance(type_, GraphQLInputObjectType)
        for name, field in type_.fields.items()
        if isinstance(get_nullable_type(field.type), GraphQLList) and get_named_type(field.type).name == "String"
        if parameter_of(field).entries is None
    }
    assert texts == {
        ("SourceFilter", "document"),
        # about an entry that may no longer exist
        ("ChangeFilter", "slug"),
    }
