"""Requests of a client: the manifest, names, suggestions, previews, the extension of a table; and refusals."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from httpx import AsyncClient

from tests.reconciliation.conftest import BASE, Match, valid


async def test_the_manifest_is_valid_and_leads_to_what_is_there(client: AsyncClient) -> None:
    manifest = (await client.get("/reconcile")).json()
    assert valid("manifest", manifest)
    assert manifest["view"]["url"].replace("{{id}}", "states/KP") == f"{BASE}/states/KP"
    for service in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert (await client.get(service["service_url"] + service["service_path"])).status_code == 200
    preview = await client.get(manifest["preview"]["url"].replace("{{id}}", "people%2Fkim-jong-un"))
    assert preview.status_code == 200
    assert "<strong>Kim Jong Un</strong>" in preview.text
    assert "frame-ancestors" not in preview.headers["content-security-policy"]
    assert "x-frame-options" not in preview.headers


async def test_a_batch_is_answered_by_get_and_by_post_alike(client: AsyncClient, match: Match) -> None:
    queries = {f"q{i}": {"query": name, "limit": 3} for i, name in enumerate(["Hanoi", "Kim Jong-un"] * 5)}
    by_get = await client.get("/reconcile", params={"queries": orjson.dumps(queries).decode()})
    assert {key: each["result"] for key, each in by_get.json().items()} == await match(queries)
    assert by_get.headers["access-control-allow-origin"] == "*"
    assert list(by_get.json()) == list(queries)


async def test_a_table_is_extended(client: AsyncClient) -> None:
    asked: dict[str, Any] = {
        "ids": ["people/kim-jong-un", "states/KP", "places/hanoi", "people/nobody", "nonsense"],
        "properties": [{"id": "country"}, {"id": "wikidata"}, {"id": "alpha3"}, {"id": "latitude"}],
    }
    assert valid("data-extension-query", asked)
    answer = (await client.post("/reconcile", data={"extend": orjson.dumps(asked).decode()})).json()
    assert valid("data-extension-response", answer)
    assert answer["meta"][0] == {"id": "country", "name": "State", "type": {"id": "Country", "name": "State"}}
    rows = answer["rows"]
    assert list(rows) == asked["ids"]
    assert rows["people/kim-jong-un"]["country"] == [{"id": "states/KP", "name": "North Korea"}]
    assert rows["people/kim-jong-un"]["wikidata"] == [{"str": "Q56226"}]
    assert rows["states/KP"]["alpha3"] == [{"str": "PRK"}]
    assert rows["places/hanoi"]["latitude"] == [{"float": 21.02}]
    assert rows["nonsense"] == rows["people/nobody"] == {name["id"]: [] for name in asked["properties"]}


async def test_suggestions_and_proposals_are_valid(client: AsyncClient) -> None:
    entities = (await client.get("/reconcile/suggest/entity", params={"prefix": "Ким", "type": "Person"})).json()
    assert valid("suggest-entities-response", entities)
    assert entities["result"][0]["id"] == "people/kim-jong-un"
    properties = (await client.get("/reconcile/suggest/property", params={"prefix": "wiki"})).json()
    assert valid("suggest-properties-response", properties)
    assert properties == {"result": [{"id": "wikidata", "name": "Wikidata"}]}
    types = (await client.get("/reconcile/suggest/type", params={"prefix": "sta"})).json()
    assert valid("suggest-types-response", types)
    assert types == {"result": [{"id": "Country", "name": "State"}]}
    proposed = (await client.get("/reconcile/properties", params={"type": "Country", "limit": "3"})).json()
    assert valid("data-extension-property-proposal", proposed)
    assert [each["id"] for each in proposed["properties"]] == ["wikidata", "slug", "names"]


async def test_nothing_begins_as_nothing(client: AsyncClient) -> None:
    assert (await client.get("/reconcile/suggest/entity")).json() == {"result": []}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"queries": "["}, "is not JSON"),
        ({"queries": "[]"}, "must be a JSON object"),
        ({"queries": '{"q0": 1}'}, "queries.q0"),
        ({"queries": '{"q0": {"query": 1}}'}, "queries.q0"),
        ({"queries": '{"q0": {"query": "x", "limit": 0}}'}, "limit"),
        ({"queries": '{"q0": {"query": "x", "properties": [1]}}'}, "properties"),
        ({"queries": orjson.dumps({str(i): {"query": "x"} for i in range(21)}).decode()}, "at most 20"),
        ({"extend": "{}"}, "ids"),
        ({"extend": '{"ids": [], "properties": [{"id": "shoe size"}]}'}, "Available properties: country"),
    ],
)
async def test_what_is_wrong_is_said(client: AsyncClient, form: dict[str, str], words: str) -> None:
    response = await client.post("/reconcile", data=form)
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (400, "BAD_REQUEST")
    assert words in error["message"]


async def test_http_is_refused_with_codes(client: AsyncClient) -> None:
    as_json = await client.post("/reconcile", json={"queries": {}})
    too_long = await client.post("/reconcile", data={"queries": "x" * 300_000})
    removed = await client.delete("/reconcile")
    gone = await client.get("/reconcile/preview", params={"id": "people/nobody"})
    assert [each.status_code for each in (as_json, too_long, removed, gone)] == [400, 413, 405, 404]
    assert gone.headers["content-type"] == "application/problem+json"
    preflight = await client.options("/reconcile")
    assert preflight.headers["access-control-allow-methods"] == "GET, POST"


async def test_markup_in_a_name_stays_text(client: AsyncClient, match: Match) -> None:
    hostile = "<script>alert(1)</script>"
    assert await match({"q": {"query": hostile}}) == {"q": []}
    assert "<script>" not in (await client.get("/reconcile/preview", params={"id": f"people/{hostile}"})).text


def ids(results: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in results]


async def test_a_name_is_matched_only_where_it_is_surely_the_one(match: Match) -> None:
    asked = {
        "whole": {"query": "kim jong UN"},
        "surname": {"query": "Kim", "type": "Person"},
        "namesakes": {"query": "North Korea"},
        "typed": {"query": "North Korea", "type": "Country"},
        "types": {"query": "North Korea", "type": ["Place"]},
        "turned": {"query": "Putin, Vladimir", "type": "Person"},
        "otherwise": {"query": "Wladimir Puttin", "type": "Person"},
        "initial": {"query": "V. Putin", "type": "Person"},
        "slip": {"query": "Hanoj"},
        "nobody": {"query": "Zaphod Beeblebrox"},
        "empty": {"query": ""},
        "control": {"query": "\0"},
        "syntax": {"query": '-"(or" ' * 30},
        "long": {"query": "Kim " * 100},
        "slug": {"query": "kim-jong-un"},
        "id": {"query": "people/kim-jong-un"},
        "link": {"query": f"{BASE}/states/KP"},
    }
    found = await match(asked)
    sure = {key: ids(results)[0] for key, results in found.items() if results and results[0]["match"]}
    assert sure == {
        "whole": "people/kim-jong-un",
        "typed": "states/KP",
        "types": "places/north-korea",
        "turned": "people/vladimir-putin",
        "slug": "people/kim-jong-un",
        "id": "people/kim-jong-un",
        "link": "states/KP",
    }
    assert ids(found["surname"]) == ["people/kim-jong-un", "people/kim-yong-chol"]
    assert set(ids(found["namesakes"])[:2]) == {"states/KP", "places/north-korea"}
    assert ids(found["otherwise"])[0] == ids(found["initial"])[0] == "people/vladimir-putin"
    assert ids(found["slip"])[0] == "places/hanoi"
    assert found["nobody"] == found["empty"] == []


@pytest.mark.parametrize(
    ("value", "is_sure"),
    [
        ("KP", True),
        ("Nordkorea", True),
        ({"id": "states/KP", "name": "North Korea"}, True),
        (["KR", "KP"], True),
        ("KR", False),
    ],
)
async def test_a_property_tells_for_or_against(match: Match, value: object, is_sure: bool) -> None:
    query = {"query": "Kim Jong Un", "type": "Person", "properties": [{"pid": "country", "v": value}]}
    first = (await match({"q": query}))["q"][0]
    assert (first["id"], first["match"], first["score"]) == ("people/kim-jong-un", is_sure, 100.0 if is_sure else 70.0)


async def test_labels_are_in_the_language_of_who_asks(client: AsyncClient) -> None:
    asked = {"queries": orjson.dumps({"q": {"query": "North Korea", "type": "Country"}}).decode()}
    german = {"accept-language": "de-AT,de;q=0.9,en;q=0.1"}
    (candidate, *_) = (await client.get("/reconcile", params=asked, headers=german)).json()["q"]["result"]
    assert (candidate["id"], candidate["name"], candidate["description"]) == ("states/KP", "Nordkorea", "Staat")
    (chosen, *_) = (await client.post("/reconcile?lang=ko", data=asked, headers=german)).json()["q"]["result"]
    assert (chosen["name"], chosen["match"]) == ("북한", True)
    place = {"prefix": "Hanoi", "type": "Place", "lang": "de"}
    (first, *_) = (await client.get("/reconcile/suggest/entity", params=place)).json()["result"]
    assert (first["name"], first["description"]) == ("Hanoi", "Stadt, Vietnam")
    preview = await client.get("/reconcile/preview?id=states/KP", headers=german)
    assert '<html lang="de">' in preview.text
    assert "<strong>Nordkorea</strong>" in preview.text
    assert (preview.headers["content-language"], "Accept-Language" in preview.headers["vary"]) == ("de", True)


async def test_a_manifest_in_a_language_leads_on_in_it(client: AsyncClient) -> None:
    manifest = (await client.get("/reconcile?lang=de")).json()
    assert valid("manifest", manifest)
    assert manifest["view"]["url"] == f"{BASE}/{{{{id}}}}?lang=de"
    preview = await client.get(manifest["preview"]["url"].replace("{{id}}", "states%2FKP"))
    assert "<strong>Nordkorea</strong>" in preview.text


async def test_an_identifier_comes_before_any_name(match: Match) -> None:
    def query_with(query: str, pid: str, value: object, **more: str) -> dict[str, Any]:
        properties = [{"pid": pid, "v": value}, *({"pid": name, "v": each} for name, each in more.items())]
        return {"query": query, "properties": properties}

    asked = {
        "otherwise": query_with("Wladimir P.", "wikidata", "Q7747"),
        "none": query_with("x", "wikidata", "Q7747"),
        "anothers": query_with("Kim Jong Un", "wikidata", "Q7747"),
        "several": query_with("x", "wikidata", ["Q0", "Q7747"]),
        "slug": query_with("x", "slug", "moon-jae-in"),
        "code": query_with("Korea", "code", "KP"),
        "type": {**query_with("x", "wikidata", "Q7747"), "type": "Place"},
        "against": query_with("x", "wikidata", "Q7747", country="KP"),
        "unknown": query_with("x", "wikidata", "Q0"),
        "both": query_with("x", "slug", "north-korea"),
    }
    found = await match(asked)
    sure = {key: ids(results)[0] for key, results in found.items() if results and results[0]["match"]}
    putin = dict.fromkeys(("otherwise", "none", "anothers", "several"), "people/vladimir-putin")
    assert sure == {**putin, "slug": "people/moon-jae-in", "code": "states/KP"}
    assert ids(found["against"])[0] == "people/vladimir-putin"
    assert set(ids(found["both"])[:2]) == {"states/KP", "places/north-korea"}
    assert "people/vladimir-putin" not in ids(found["type"])


@pytest.mark.parametrize(
    "query",
    [
        {"query": "x", "properties": [{"pid": "wikidata", "v": " q7747 "}]},
        {"query": "x", "properties": [{"pid": "wikidata", "v": "wd:Q7747"}]},
        {"query": "x", "properties": [{"pid": "wikidata", "v": "https://www.wikidata.org/wiki/Q7747"}]},
        {"query": "x", "properties": [{"pid": "wikidata", "v": "http://www.wikidata.org/entity/Q7747"}]},
        {"query": "x", "properties": [{"pid": "wikidata", "v": {"id": "Q7747", "name": "Vladimir Putin"}}]},
        {"query": "x", "type": "Person", "properties": [{"pid": "wikidata", "v": "Q7747"}]},
        {"query": "Kim Jong Un", "limit": 1, "properties": [{"pid": "wikidata", "v": "Q7747"}]},
        {"query": "x", "properties": [{"pid": "wikidata", "v": "Q7747"}, {"pid": "country", "v": "RU"}]},
        # the register does not know these of a person
        {"query": "x", "properties": [{"pid": "wikidata", "v": "Q7747"}, {"pid": "latitude", "v": 55.75}]},
        {"query": "x", "properties": [{"pid": "wikidata", "v": "Q7747"}, {"pid": "born", "v": "1952"}]},
        {"properties": [{"pid": "wikidata", "v": "Q7747"}]},
        {"query": "Q7747"},
        {"query": "q7747", "type": "Person"},
        {"query": "https://www.wikidata.org/wiki/Q7747"},
        {"query": "http://www.wikidata.org/entity/Q7747", "properties": [{"pid": "country", "v": "Russia"}]},
    ],
)
async def test_a_wikidata_identifier_matches_in_any_form(match: Match, query: dict[str, Any]) -> None:
    first, *others = (await match({"q": query}))["q"]
    assert (first["id"], first["score"], first["match"]) == ("people/vladimir-putin", 100.0, True)
    assert not any(each["match"] for each in others)


@pytest.mark.parametrize(
    "query",
    [
        {"query": "Q0"},
        {"query": "Q77470000000"},
        {"query": "Q7747", "type": "Place"},
        {"query": "Q7747", "properties": [{"pid": "country", "v": "KP"}]},
        {"query": "Q7747 Putin"},
    ],
)
async def test_a_wikidata_identifier_that_names_nothing_here_matches_nothing(
    match: Match, query: dict[str, Any]
) -> None:
    assert not any(each["match"] for each in (await match({"q": query}))["q"])
