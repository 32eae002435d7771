"""HTTP of an address: formats, languages, methods, entity tags, links, redirects and problems of every kind."""

from __future__ import annotations

import re

import pytest
from graphql import GraphQLScalarType
from httpx import AsyncClient

from schema import schema

DATE = schema._schema.type_map["Date"]
assert isinstance(DATE, GraphQLScalarType)
DAYS = {"from": DATE, "to": DATE}
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HANOI = "/summits/hanoi-2019"
JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
CSV = "text/csv; charset=utf-8; header=present"


@pytest.mark.parametrize(
    ("path", "accept", "media"),
    [
        ("/summits", "", JSON),
        ("/summits", "*/*", JSON),
        ("/summits", "text/*", HTML),
        ("/summits", "text/csv, application/json;q=0.5", CSV),
        ("/summits", "text/html, application/json", HTML),
        ("/summits", "text/html;q=0.1, application/json", JSON),
        ("/summits.csv", "application/json", CSV),
        ("/summits.html", "*/*", HTML),
        ("/", "text/html", HTML),
        ("/", "*/*", JSON),
    ],
)
async def test_the_form_is_that_of_the_suffix_else_the_one_accepted(
    client: AsyncClient, path: str, accept: str, media: str
) -> None:
    response = await client.get(path, headers={"accept": accept} if accept else {})
    assert (response.status_code, response.headers["content-type"]) == (200, media)


@pytest.mark.parametrize(
    ("lang", "accepted", "content_language", "html_language"),
    [
        (None, "de-AT, en;q=0.5", "de", "de"),
        (None, "ja, ko;q=0.5", "ko", "ko"),
        (None, "ja", "en", "en"),
        ("de-AT", "ko", "de-AT", "de"),
        ("zh", "ko", "zh, en", "en"),
    ],
)
async def test_the_language_is_told(
    client: AsyncClient, lang: str | None, accepted: str, content_language: str, html_language: str
) -> None:
    params = {"lang": lang} if lang else {}
    response = await client.get(HANOI, params=params, headers={**BROWSER, "accept-language": accepted})
    assert response.headers["content-language"] == content_language
    assert f'<html lang="{html_language}">' in response.text
    assert "Accept-Language" in response.headers["vary"]


async def test_an_answer_that_is_held_is_not_sent_again_but_in_another_language_it_is(client: AsyncClient) -> None:
    first = await client.get(HANOI, headers={"accept-language": "de"})
    held = {"if-none-match": first.headers["etag"]}
    again = await client.get(HANOI, headers={**held, "accept-language": "de"})
    assert (again.status_code, again.content, again.headers["vary"]) == (304, b"", first.headers["vary"])
    for other in ({"accept-language": "ko"}, {"accept-language": "de", **BROWSER}):
        assert (await client.get(HANOI, headers={**held, **other})).status_code == 200


async def test_head_is_get_without_its_body(client: AsyncClient) -> None:
    got, headed = await client.get(HANOI), await client.head(HANOI)
    own = {"x-request-id"}
    assert {name: value for name, value in headed.headers.items() if name not in own} == {
        name: value for name, value in got.headers.items() if name not in own
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_an_address_can_only_be_read(client: AsyncClient, method: str) -> None:
    response = await client.request(method, HANOI)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["code"] == "METHOD_NOT_ALLOWED"


async def test_links_lead_through_a_list_and_back(client: AsyncClient) -> None:
    whole = [each["slug"] for each in (await client.get("/summits.json?lang=de")).json()["nodes"]]
    found, response = [], await client.get("/summits.json?first=3&lang=de")
    while True:
        found += [each["slug"] for each in response.json()["nodes"]]
        if "next" not in response.links:
            break
        response = await client.get(response.links["next"]["url"], headers={"accept": "application/json"})
    assert found == whole
    back = await client.get(response.links["prev"]["url"])
    assert back.json()["pageInfo"]["hasNextPage"]


async def test_a_page_of_nothing_leads_nowhere(client: AsyncClient) -> None:
    response = await client.get("/summits?first=0")
    assert response.json()["nodes"] == []
    assert {"next", "prev"}.isdisjoint(response.links)


async def test_what_says_nothing_is_no_part_of_the_canonical_address(client: AsyncClient) -> None:
    response = await client.get("/summits?status=&utm_source=x&from=2018&lang=de")
    assert response.links["canonical"]["url"] == "http://book.test/summits?from=2018"


@pytest.mark.parametrize(
    ("query", "parameter", "reason"),
    [
        ("first=101", "first", "PAGE_TOO_LARGE"),
        ("first=-1", "first", "PAGE_SIZE_NEGATIVE"),
        ("first=x", "first", None),
        ("first=1&last=1", "last", "FIRST_AND_LAST"),
        ("after=x", "after", "INVALID_CURSOR"),
        ("status=abandoned", "status", None),
        ("text=%00", "text", "INVALID_TEXT"),
        ("from=2018-02-31", "from", "INVALID_DATE"),
        ("as_of=28/2/2019", "as_of", "INVALID_DATE"),
        ("lang=German", "lang", None),
        ("to=31.1.2019", "to", "INVALID_DATE"),
        ("to=2019-13", "to", None),
        ("as_of=2019&as_of=2018", "as_of", None),
        ("lang=?", "lang", None),
        ("lang=de&lang=ko", "lang", None),
        ("peak=1", "peak", None),
        ("peak=", "peak", None),
    ],
)
async def test_the_parameter_that_cannot_be_used_is_named(
    client: AsyncClient, query: str, parameter: str, reason: str | None
) -> None:
    response = await client.get(f"/summits?{query}")
    problem = response.json()
    assert (response.status_code, problem["code"]) == (400, "BAD_USER_INPUT")
    assert (problem["parameter"], problem.get("reason")) == (parameter, reason)
    assert response.headers["cache-control"] == "no-store"


async def test_the_start_page_links_to_no_other_form(client: AsyncClient) -> None:
    response = await client.get("/", headers=BROWSER)
    assert response.headers["link"] == '<http://book.test/>; rel="canonical"'


async def test_the_score_of_an_event_is_in_the_notation_of_the_language(client: AsyncClient) -> None:
    response = await client.get("/events/donald-trump-revives-singapore-summit?lang=de", headers=BROWSER)
    assert "<dt>Ton</dt><dd>Kooperation in Worten, +2,5</dd>" in response.text


async def test_the_list_of_addresses_shows_code_as_such(client: AsyncClient) -> None:
    response = await client.get("/docs", headers=BROWSER)
    assert "the <code>Accept</code> header" in response.text


async def test_several_are_all_named(client: AsyncClient) -> None:
    problem = (await client.get("/summits?from=x&to=y")).json()
    assert [each["parameter"] for each in problem["errors"]] == ["from", "to"]


async def test_a_slug_of_a_filter_that_names_nothing_is_warned_of(client: AsyncClient) -> None:
    answer = (await client.get("/summits?involving=kim-jong-une")).json()
    (warning,) = answer["warnings"]
    assert (warning["code"], warning["parameter"], warning["value"]) == ("UNKNOWN_SLUG", "involving", "kim-jong-une")
    assert "kim-jong-un" in warning["suggestions"]


async def test_a_slug_that_names_nothing_is_not_found(client: AsyncClient) -> None:
    response = await client.get("/summits/hanoi-2018")
    assert response.status_code == 404
    assert "hanoi-2019" in response.json()["suggestions"]


@pytest.mark.parametrize("path", ["/summits/hanoi-2018", "/peaks", "/summits/hanoi%2F2019", "/summits.xml", "/peaks/"])
async def test_a_browser_is_told_by_a_page(client: AsyncClient, path: str) -> None:
    response = await client.get(path, headers={**BROWSER, "accept-language": "de"})
    assert (response.status_code, response.headers["content-type"]) == (404, HTML)
    assert '<html lang="de">' in response.text
    assert "script-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "accept"), [("/summits", "image/png"), ("/docs", "application/json"), ("/downloads", "text/csv")]
)
async def test_whoever_accepts_nothing_that_there_is_is_told(client: AsyncClient, path: str, accept: str) -> None:
    response = await client.get(path, headers={"accept": accept})
    assert (response.status_code, response.json()["code"]) == (406, "NOT_ACCEPTABLE")
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "accept", "media"),
    [
        ("/docs", "*/*", "text/html; charset=utf-8"),
        ("/docs", "text/html,application/json", "text/html; charset=utf-8"),
        ("/downloads", "*/*", "application/json; charset=utf-8"),
        ("/downloads", "text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("/downloads", "application/json", "application/json; charset=utf-8"),
        ("/downloads.json", "text/csv", "application/json; charset=utf-8"),
    ],
)
async def test_pages_at_no_address_choose_their_form_as_lists_do(
    client: AsyncClient, path: str, accept: str, media: str
) -> None:
    response = await client.get(path, headers={"accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, media)
    assert (await client.get("/summits.json", headers={"accept": "image/png"})).status_code == 200


async def test_who_is_meant_by_one_of_two_slugs_is_suggested(client: AsyncClient) -> None:
    response = await client.get("/timeline/donald-trump/kim-jong-unn")
    assert response.status_code == 404
    assert "Did you mean /timeline/donald-trump/kim-jong-un or" in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/relationships/kim-jong-un--donald-trump", "/relationships/donald-trump--kim-jong-un"),
        ("/relationships/KP--US.json?lang=de", "/relationships/north-korea--united-states.json?lang=de"),
        ("/timeline/US/RU", "/timeline/russia/united-states"),
        ("/timeline/US/russia", "/timeline/united-states/russia"),
        ("/timeline/US/kp.json", "/timeline/united-states/north-korea.json"),
        ("/charts/tone/US/KP?by=year", "/charts/tone/north-korea/united-states?by=year"),
    ],
)
async def test_two_are_understood_in_either_order_and_states_by_their_codes(
    client: AsyncClient, path: str, location: str
) -> None:
    response = await client.get(path)
    assert (response.status_code, response.headers["location"]) == (301, f"http://book.test{location}")
    assert (await client.get(response.headers["location"])).status_code == 200


@pytest.mark.parametrize("path", ["/relationships/US--XX", "/relationships/us--", "/timeline/US/XX", "/timeline/US"])
async def test_who_is_in_no_relationship_is_not_found(client: AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/relationships/SG--VN", "/timeline/vn/singapore", "/charts/tone/SG/VN"])
async def test_two_states_without_a_relationship_lead_to_the_meetings_of_their_people(
    client: AsyncClient, path: str
) -> None:
    told = (await client.get(path)).json()
    assert (told["status"], {*told["states"]}) == (404, {"singapore", "vietnam"})
    page = (await client.get(path, headers=BROWSER)).text
    links = re.findall(r'<a href="http://book.test(/(?:summits|talks)[?][^"]*participant_country_all=[^"]*)"', page)
    assert len(links) == 2
    for link in links:
        assert (await client.get(link.replace("&amp;", "&"))).status_code == 200


async def test_one_state_twice_or_with_somebody_has_no_meetings_of_both(client: AsyncClient) -> None:
    for path in ("/timeline/US/US", "/timeline/US/singapore-2018", "/relationships/US--XX"):
        assert "states" not in (await client.get(path)).json(), path


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/summits/", "/summits"),
        ("/summits/hanoi-2019/?lang=de&as_of=2021-02-22", "/summits/hanoi-2019?lang=de&as_of=2021-02-22"),
        ("/downloads/latest/", "/downloads/latest"),
    ],
)
async def test_a_slash_at_the_end_is_left_out(client: AsyncClient, path: str, location: str) -> None:
    response = await client.get(path)
    assert (response.status_code, response.headers["location"]) == (301, f"http://book.test{location}")
    assert response.headers["cache-control"] == "no-cache"


async def test_a_slash_leads_to_nothing_that_is_not_there(client: AsyncClient) -> None:
    for path in ("/peaks/", "/summits/hanoi/2019/"):
        assert (await client.get(path)).status_code == 404
    assert (await client.post("/summits/")).status_code == 404
    assert (await client.get("/", headers=BROWSER)).status_code == 200


async def test_a_page_of_a_problem_leads_on(client: AsyncClient) -> None:
    response = await client.get("/summits/hanoi-2018?lang=de", headers=BROWSER)
    assert response.status_code == 404
    assert '<a href="http://book.test/summits/hanoi-2019?lang=de">/summits/hanoi-2019</a>' in response.text
    assert "Did you mean" not in response.text
    assert '<a href="http://book.test/summits/hanoi-2018?lang=ko" hreflang="ko"' in response.text
    problem = (await client.get("/summits/hanoi-2018")).json()
    assert problem["addresses"] == [f"/summits/{slug}" for slug in problem["suggestions"]]


async def test_a_page_of_a_problem_shows_code_as_code(client: AsyncClient) -> None:
    text = (await client.get("/summits?firstt=1&from=2018&lang=de", headers=BROWSER)).text
    assert "There is no parameter <code>firstt</code> here." in text
    assert 'href="http://book.test/summits?firstt=1&amp;from=2018&amp;lang=fr"' in text
    assert "<code><b></code>" not in (await client.get("/summits?<b>=1", headers=BROWSER)).text


async def test_a_browser_is_told_what_the_address_for_assistants_is_for(client: AsyncClient) -> None:
    response = await client.get("/mcp", headers=BROWSER)
    assert (response.status_code, response.headers["allow"]) == (405, "OPTIONS, POST")
    assert "This is the address of an MCP server" in response.text


@pytest.mark.parametrize("path", ["/summits/hanoi-2019", "/quotes/donald-trump-home-in-two-hours"])
async def test_the_kind_above_the_name_leads_to_the_list(client: AsyncClient, path: str) -> None:
    text = (await client.get(path, headers=BROWSER)).text
    assert f'<p class="kind"><a href="http://book.test{path.rpartition("/")[0]}">' in text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "/summits?peak=1",
            ["Ungültiger Parameter", "Berichtigen oder entfernen Sie ihn", "Parameter: <code>peak</code>"],
        ),
        ("/people/xyzzy-qq", ["Unter dieser Adresse hat das Register nichts", "Suchen Sie danach"]),
        ("/nowhere", ["Unter dieser Adresse hat das Register nichts", "Suchen Sie danach"]),
        ("/summits/hanoi-2019?as_of=1990", ["bis zu diesem Tag war nichts darüber berichtet"]),
        ("/mcp", ["Diese Adresse ist für Programme gedacht"]),
        ("/embed/summits/nowhere", ["Unter dieser Adresse hat das Register nichts"]),
    ],
)
async def test_a_page_of_a_problem_speaks_the_language_of_its_reader(
    client: AsyncClient, path: str, told: list[str]
) -> None:
    response = await client.get(path, headers={**BROWSER, "accept-language": "de"})
    assert response.headers["content-language"] == "de"
    for words in told:
        assert words in response.text
    # the text about the specific case is English, and marked as such
    detail = '<p class="aside">Einzelheiten (englisch): <span lang="en">'
    assert (detail in response.text) == ("as_of" not in path)


async def test_a_problem_for_programs_is_english_whoever_asks(client: AsyncClient) -> None:
    response = await client.get("/summits?first=1000&lang=de", headers={"accept-language": "de"})
    assert response.headers["content-language"] == "en"
    assert response.json()["title"] == "Invalid parameter"


async def test_suggestions_are_in_the_language_of_who_asks(client: AsyncClient) -> None:
    for headers, lang, label in (
        ({"accept-language": "de"}, "", "Nordkorea"),
        ({"accept-language": "de"}, "ko", "북한"),
    ):
        response = await client.get("/suggest.json", params={"text": "North Kor", "lang": lang}, headers=headers)
        assert (response.json()[0]["entry"]["label"], response.headers["content-language"]) == (label, lang or "de")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pomepo", "No results contain exactly these words. The results below are spelt similarly."),
        ("Kim Pumpernickel", "No results contain all of these words. The results below contain some of them."),
        ("Pompeo", None),
        ("Hanoy", None),
    ],
)
async def test_what_is_only_similar_is_no_find(client: AsyncClient, text: str, told: str | None) -> None:
    page = (await client.get("/search", params={"text": text, "lang": "en"}, headers=BROWSER)).text
    assert ('<p class="nothing">' in page, told is None or told in page) == (told is not None, True)
    edges = (await client.get("/search.json", params={"text": text})).json()["edges"]
    assert edges
    assert any(edge["hasAllWords"] and not edge["isSimilar"] for edge in edges) == (told is None)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/search?q=Kim&lang=de", "/search?text=Kim&lang=de"),
        ("/search.json?query=Kim+Jong", "/search.json?text=Kim+Jong"),
        ("/people?q=kim", "/people?text=kim"),
    ],
)
async def test_a_parameter_is_understood_by_its_name_elsewhere(client: AsyncClient, asked: str, path: str) -> None:
    response = await client.get(asked)
    assert (response.status_code, response.headers["location"]) == (301, f"http://book.test{path}")


async def test_a_name_from_elsewhere_is_none_where_there_is_nothing_like_it(client: AsyncClient) -> None:
    assert (await client.get("/conflicts?q=kim")).json()["parameter"] == "q"


@pytest.mark.parametrize("path", ["/summits/reykjavik-1986", "/nowhere/reykjavik-1986"])
async def test_what_is_not_found_can_be_searched_for(client: AsyncClient, path: str) -> None:
    text = (await client.get(f"{path}?lang=fr", headers=BROWSER)).text
    assert '<a href="http://book.test/search?lang=fr&amp;text=reykjavik+1986">reykjavik 1986</a>' in text


async def test_whoever_is_at_no_end_of_a_chain_is_told_of_once(client: AsyncClient) -> None:
    text = (await client.get("/path?from=kim-jong-un&to=nobody-at-all", headers=BROWSER)).text
    assert re.findall(r"<q>([^<]*)</q> matches nothing here", text) == ["nobody-at-all"]
