"""The JSON-LD in every page, read by the context of schema.org, and that of each entry by our own context."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from httpx import AsyncClient
from pyld import jsonld  # type: ignore[import-untyped]

from service.pages.addresses import ADDRESSES
from service.pages.context import DOCUMENT
from tests.pages.test_journey import SAMPLES

BROWSER = {"accept": "text/html", "accept-language": "en"}
SCHEMA_ORG = "https://schema.org/"
VOCABULARY = {"@context": {"@vocab": SCHEMA_ORG}}
"""What schema.org's own context does to names that are its terms."""
PAGES = {name: path for name, path in SAMPLES.items() if not name.startswith("embed_")}
TYPES = {
    "summit": "Event",
    "talks": "Event",
    "event": "Event",
    "invitation": "InviteAction",
    "agreement": "Thing",
    "quote": "Quotation",
    "office": "Thing",
    "claim": "Claim",
    "conflict": "Thing",
    "person": "Person",
    "state": "Country",
    "organisation": "Organization",
    "place": "Place",
    "relationship": "Thing",
    "source": "CreativeWork",
    "timeline": "Person",
    "dataset": "Dataset",
    "people": "ItemList",
    "quotes": "ItemList",
}
"""Type of a page's subject, by its operation."""


def no_document(url: str, _: object) -> Any:
    """Only the context of schema.org is requested."""
    assert url == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": VOCABULARY}


def expand(document: Any) -> Any:
    (node,) = jsonld.expand(document, {"documentLoader": no_document})
    return node


async def data_of(client: AsyncClient, path: str) -> Any:
    """Return the JSON-LD in a page, which must have it."""
    answer = await client.get(path, headers=BROWSER)
    assert answer.status_code == 200
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.S)
    return json.loads(text)


def types_in(value: Any) -> set[str]:
    if isinstance(value, list):
        return {each for item in value for each in types_in(item)}
    if not isinstance(value, dict):
        return set()
    return {*value.get("@type", ())} | {each for inner in value.values() for each in types_in(inner)}


@pytest.mark.parametrize("name", PAGES)
async def test_each_page_says_what_it_is(client: AsyncClient, name: str) -> None:
    node = expand(await data_of(client, PAGES[name]))
    assert node["@type"][0].removeprefix(SCHEMA_ORG) in (
        "WebSite" if name == "start" else "WebPage",
        "CollectionPage",
        "SearchResultsPage",
        "AboutPage",
    )
    assert node[f"{SCHEMA_ORG}name"]
    if name in TYPES:
        (entity,) = node[f"{SCHEMA_ORG}mainEntity"]
        assert entity["@type"] == [SCHEMA_ORG + TYPES[name]]
    # the register judges nobody's claims
    assert f"{SCHEMA_ORG}ClaimReview" not in types_in(node)
    assert ("Claim" in str(types_in(node))) == (name == "claim")


@pytest.mark.parametrize("path", ["/docs", "/downloads"])
async def test_pages_beside_the_addresses_say_it_too(client: AsyncClient, path: str) -> None:
    assert expand(await data_of(client, path))["@type"] == [f"{SCHEMA_ORG}WebPage"]


async def test_a_summit_tells_when_where_and_who(client: AsyncClient) -> None:
    event = (await data_of(client, "/summits/hanoi-2019"))["mainEntity"]
    assert (event["name"], event["startDate"], event["endDate"]) == ("Hanoi 2019", "2019-02-27", "2019-02-28")
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert [each["name"] for each in event["attendee"]] == ["Donald Trump", "Kim Jong Un"]
    assert {each.get("datePublished") for each in event["subjectOf"]} >= {"2019-04-18"}


async def test_a_quote_is_of_who_said_it(client: AsyncClient) -> None:
    said = (await data_of(client, "/quotes/donald-trump-home-in-two-hours"))["mainEntity"]
    assert said["spokenByCharacter"]["@id"] == "http://book.test/people/donald-trump"
    assert (said["text"][:24], said["inLanguage"]) == ("Ich kann dich in nur zwe", "de")


async def test_a_list_names_its_entries_in_order(client: AsyncClient) -> None:
    items = (await data_of(client, "/people"))["mainEntity"]["itemListElement"]
    people = (await client.get("/people.json")).json()["nodes"]
    assert [each["url"] for each in items] == [f"http://book.test/people/{each['slug']}" for each in people]
    assert [each["position"] for each in items] == [*range(1, len(people) + 1)]


@pytest.mark.parametrize("name", [each.operation for each in ADDRESSES if "jsonld" in each.forms and "{" in each.path])
async def test_an_entry_as_json_ld_has_no_term_that_our_context_does_not_explain(
    client: AsyncClient, name: str
) -> None:
    answer = await client.get(f"{SAMPLES[name]}.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    document, known = answer.json(), json.loads(DOCUMENT)["@context"]
    assert document.pop("@context") == "http://book.test/context.jsonld"
    (node,) = jsonld.expand({"@context": known, **document})
    assert (node["@id"], node["@type"]) == (document["id"], [SCHEMA_ORG + TYPES[name]])
    assert document.keys() <= known.keys()
