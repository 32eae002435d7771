"""Values that a form can send and a page cannot use: dates are read as readers write them, or the form keeps them."""

from __future__ import annotations

import re

import pytest
from httpx import AsyncClient, Response
from lxml import html  # type: ignore[import-untyped]

from service.pages.typed_dates import date_in_iso
from service.store.search.suggestions import MOST_TYPED

BROWSER = {"accept": "text/html"}
ADVICE = "Enter a date such as 31 May 2018, May 2018 or 2018."


async def page(client: AsyncClient, path: str, **parameters: str) -> Response:
    return await client.get(path, params=parameters or None, headers=BROWSER)


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("1986", "en", "1986"),
        (" 1986-5-1 ", "en", "1986-05-01"),
        ("1986-5", "en", "1986-05"),
        ("1986/05/01", "en", "1986-05-01"),
        ("5/1986", "en", "1986-05"),
        ("1 May 1986", "en", "1986-05-01"),
        ("May 1, 1986", "en", "1986-05-01"),
        ("sept 1986", "en", "1986-09"),
        ("1 May 1986", "de", "1986-05-01"),
        ("01.05.1986", "de", "1986-05-01"),
        ("1. 5. 1986", "de-AT", "1986-05-01"),
        ("1. Mai 1986", "de", "1986-05-01"),
        ("01/05/1986", "fr", "1986-05-01"),
        ("1er mai 1986", "fr", "1986-05-01"),
        ("fevrier 1986", "fr", "1986-02"),
        ("01.05.1986", "ru", "1986-05-01"),
        ("1 мая 1986 г.", "ru", "1986-05-01"),
        ("май 1986 г.", "ru", "1986-05"),
        ("1986년 5월 1일", "ko", "1986-05-01"),
        ("1986. 5. 1.", "ko", "1986-05-01"),
        ("1986년", "ko", "1986"),
        ("1 May 1986", "ja", "1986-05-01"),
    ],
)
def test_a_date_is_read_as_the_language_of_the_page_writes_it(text: str, language: str, read: str) -> None:
    assert date_in_iso(text, language) == read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("01.05.1986", "en"),
        ("1/5/1986", "en"),
        ("1/5/1986", "de"),
        ("1.5/1986", "de"),
        ("1 5 1986", "de"),
        ("01.05.1986", "ko"),
        ("1. Mai 1986", "ru"),
        ("Ju 1986", "en"),
        ("jui 1986", "fr"),
        ("May", "en"),
        ("May June 1986", "en"),
        ("31.2.1986", "de"),
        ("13/1986", "en"),
        ("0/1986", "en"),
        ("86", "en"),
        ("1985-1986", "en"),
        ("1986-05-01-02", "en"),
        ("2018-05-31T00:00", "en"),
        ("-1986", "en"),
        ("１９８６", "en"),
        ("0000-1-1", "en"),
        ("soon", "en"),
    ],
)
def test_no_date_is_read_by_guessing(text: str, language: str) -> None:
    assert date_in_iso(text, language) is None


@pytest.mark.parametrize("path", ["/summits", "/calendar", "/map", "/charts", "/network", "/timeline/kim-jong-un"])
async def test_a_page_redirects_to_dates_in_iso(client: AsyncClient, path: str) -> None:
    response = await page(client, path, **{"from": "1.5.1986", "to": "Mai 2019", "lang": "de"})
    assert response.status_code == 303
    assert response.headers["location"] == f"http://book.test{path}?from=1986-05-01&to=2019-05&lang=de"
    assert (await page(client, response.headers["location"])).status_code == 200


@pytest.mark.parametrize("suffix", [".json", ".csv"])
async def test_programs_write_dates_in_iso(client: AsyncClient, suffix: str) -> None:
    response = await client.get(f"/summits{suffix}", params={"from": "1.5.1986", "lang": "de"})
    assert (response.status_code, response.json()["reason"]) == (400, "INVALID_DATE")


def field_of(response: Response, name: str) -> tuple[str, str]:
    """Return the value of a refused field, and what the page says next to it."""
    tree = html.fromstring(response.text)
    (field,) = tree.xpath(
        f"//main//*[@name='{name}'][not(@type='hidden')] | //footer//*[@name='{name}'][@aria-invalid]"
    )
    assert field.get("aria-invalid") == "true"
    (reason,) = tree.xpath(f"//*[@id='{field.get('aria-describedby')}']")
    (told,) = tree.xpath(f"//*[@role='alert']//li[a/@href='#{field.get('id')}']")
    assert reason.text_content() in told.text_content()
    return field.get("value", ""), reason.text_content()


@pytest.mark.parametrize(
    ("path", "name", "value", "advice"),
    [
        ("/summits", "from", "1/5/1986", ADVICE),
        ("/calendar", "to", "1986-13", ADVICE),
        ("/map", "from", "soon", ADVICE),
        ("/charts", "from", "01.05.1986", ADVICE),
        ("/charts/events", "to", "x", ADVICE),
        ("/charts/tone/donald-trump/kim-jong-un", "to", "x", ADVICE),
        ("/network", "from", "x", ADVICE),
        ("/timeline/kim-jong-un", "from", "x", ADVICE),
        ("/timeline/donald-trump/kim-jong-un", "to", "x", ADVICE),
        ("/changes", "since", "x", "Enter a whole number."),
        ("/changes", "since", "-1", "`since` is -1: it must be 0 to 2147483647.".replace("`", "")),
        ("/search", "text", "a" * (MOST_TYPED + 1), f"Enter at most {MOST_TYPED} characters."),
        ("/people", "text", "a " * 101, "Enter at most 100 words and 10,000 characters."),
    ],
)
async def test_a_page_keeps_a_refused_value_in_its_form_and_says_what_it_takes(
    client: AsyncClient, path: str, name: str, value: str, advice: str
) -> None:
    response = await page(client, path, **{name: value})
    assert response.status_code == 400
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
    assert field_of(response, name) == (value, advice)
    assert "<title>Invalid parameter: " in response.text


async def test_the_other_values_of_the_form_count_and_are_kept(client: AsyncClient) -> None:
    response = await page(
        client, "/summits", **{"from": "1/5/1986", "to": "x", "involving": "kim-jong-un", "lang": "de"}
    )
    assert (response.status_code, field_of(response, "from")[0], field_of(response, "to")[0]) == (400, "1/5/1986", "x")
    count = (await client.get("/summits.json?involving=kim-jong-un")).json()["totalCount"]
    assert f"<h1>Gipfel ({count})</h1>" in response.text
    (involving,) = html.fromstring(response.text).xpath("//main//input[@name='involving']")
    assert involving.get("value") == "kim-jong-un"
    # links to the same list leave out what is refused
    assert response.links["canonical"]["url"] == "http://book.test/summits?involving=kim-jong-un"
    assert response.headers["content-language"] == "de"
    assert "Bitte ein Datum wie 31.05.2018" in response.text


async def test_a_day_that_is_refused_is_shown_at_the_form_for_another_day(client: AsyncClient) -> None:
    for path in ("/summits/hanoi-2019", "/"):
        response = await page(client, path, as_of="soon")
        assert (response.status_code, field_of(response, "as_of")) == (400, ("", ADVICE))
        assert "<q>soon</q>" in response.text


@pytest.mark.parametrize(
    "query", ["phase=abandoned", "first=1000", "after=x", "from=2018&from=2019", "source=a%00", "known_since_from=x"]
)
async def test_what_has_no_advice_of_its_own_is_named_with_the_reason(client: AsyncClient, query: str) -> None:
    response = await page(client, f"/summits?{query}")
    told = html.fromstring(response.text).xpath("//*[@role='alert']//li")
    assert (response.status_code, len(told)) == (400, 1)
    detail = (await client.get(f"/summits.json?{query}")).json()["detail"].replace("`", "")
    assert told[0].text_content().endswith(ADVICE if "known" in query else detail)
    assert "\0" not in response.text
    # a link to a field only if the page has it
    assert bool(told[0].xpath("a")) == query.startswith(("phase", "from"))


async def test_what_no_form_sends_is_a_page_of_its_own(client: AsyncClient) -> None:
    for path in ("/summits?peak=1", "/summits?lang=!", "/embed/timeline/kim-jong-un?from=x"):
        response = await page(client, path)
        assert (response.status_code, 'role="alert"' in response.text) == (400, False)
    missing = await page(client, "/timeline/nobody?from=x")
    assert (missing.status_code, re.search(r"<code>(\w+)</code>", missing.text)[1]) == (404, "NOT_FOUND")  # type: ignore[index]


async def test_a_name_is_not_replaced_by_its_slug_while_another_value_is_refused(client: AsyncClient) -> None:
    response = await page(client, "/summits", **{"involving": "Kim Jong Un", "from": "x"})
    assert response.status_code == 400
    assert "involving=kim-jong-un" in response.text
