"""The pages of actors, places, relationships and sources, and what all pages have in common."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient, Response
from lxml import html  # type: ignore[import-untyped]

from service.pages.forms.html import render_html
from service.pages.templating import TEMPLATES
from service.pages.words import catalogues, unbroken
from tests.pages.answers import view_of

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "en"}
LISTS = ("people", "states", "organisations", "places", "relationships", "sources")
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


async def page(client: AsyncClient, path: str) -> Response:
    return await client.get(path, headers=BROWSER)


async def urls(client: AsyncClient, path: str) -> list[str]:
    """Return what a sitemap lists, as paths."""
    tree = ElementTree.fromstring((await client.get(path)).text)
    return [(each.text or "").removeprefix("http://book.test") for each in tree.iter(f"{NAMESPACE}loc")]


@pytest.mark.parametrize("folder", LISTS)
async def test_each_entry_has_a_page_to_which_its_list_links(client: AsyncClient, folder: str) -> None:
    entries = (await client.get(f"/{folder}.json?first=100")).json()["nodes"]
    text = (await page(client, f"/{folder}?first=100")).text
    assert entries
    for entry in entries:
        path = f"/{folder}/{entry.get('code') or entry['slug']}"
        assert f'href="http://book.test{path}"' in text
        answer = await page(client, path)
        assert (answer.status_code, "<h1>" in answer.text) == (200, True), path


async def test_a_person_is_told_by_what_the_record_has(client: AsyncClient) -> None:
    text = (await page(client, "/people/kim-jong-un")).text
    for told in ("Kim Jong Un", "/states/KP", "Chairman of the State Affairs Commission", "Hanoi 2019", "Q56226"):
        assert told in text


async def test_a_relationship_tells_how_often_and_when_they_met(client: AsyncClient) -> None:
    text = (await page(client, "/relationships/donald-trump--kim-jong-un")).text
    assert re.search(r"<dt>Meetings</dt><dd>3</dd>", text)
    assert re.search(rf"<dt>First met</dt><dd><time[^>]*>{unbroken('12 June 2018', 'en')}", text)


@pytest.mark.parametrize(
    "path",
    [
        "/relationships/donald-trump--kim-jong-un",
        "/timeline/donald-trump/kim-jong-un",
        "/map",
        "/people",
        "/states",
        "/charts",
        "/charts/summits?by=year",
    ],
)
async def test_headings_of_numbers_are_aligned_with_them(client: AsyncClient, path: str) -> None:
    tree = html.fromstring((await page(client, path)).text)
    columns = {
        tuple("number" in cell.get("class", "") for cell in column)
        for table in tree.iter("table")
        for column in zip(*(list(row) for row in table.iter("tr")), strict=True)
    }
    # a column has numbers in all its rows, including its heading, or in none
    assert {each for column in columns for each in column} == {True, False}
    assert all(len(set(column)) == 1 for column in columns)


@pytest.mark.parametrize("path", ["/states/US", "/people/donald-trump", "/offices?involving=donald-trump"])
async def test_an_office_without_a_known_end_shows_when_it_is_attested(client: AsyncClient, path: str) -> None:
    text = (await page(client, path)).text
    assert re.search(r"known to be in office: <time[^>]*>\d", text)


async def test_the_leaders_of_a_state_are_listed_with_the_periods_of_their_data_sets(client: AsyncClient) -> None:
    country = (await client.get("/states/US.json")).json()
    sets = [
        {"slug": slug, "name": slug, "covers": {"label": "1840 - 2015"}, "counts": [{"kind": "OFFICE", "count": count}]}
        for slug, count in (("leaders", 1), ("travels", 0))
    ]
    data = {"country": country, "datasets": sets, "meetingsWithParticipants": {"totalCount": 0}, "everTold": None}
    told = html.fromstring(render_html(view_of("state", data))).xpath("string(//section[h2/@id='leaders']/p)")
    assert told.endswith("a gap does not mean that nobody was in office: leaders, 1840 - 2015.")
    assert "a gap does not mean" not in (await page(client, "/states/US")).text


async def test_a_state_says_what_its_own_meetings_are_and_leads_to_those_of_its_leaders(client: AsyncClient) -> None:
    text = (await page(client, "/states/US")).text
    assert "A meeting counts as a state&#39;s own only if a source names the state" in text
    leaders = text.partition('<h2 id="leaders">')[2].partition("</section>")[0]
    assert re.search(r">Donald Trump</a>.*President of the United States.*>9 meetings</a>", leaders)
    for path in ("/timeline/donald-trump", "/network?around=donald-trump"):
        assert f'href="http://book.test{path}"' in leaders
    for path in ("/summits?involving=donald-trump", "/relationships?involving=united-states", "/summits?country=US"):
        assert f'href="http://book.test{path}"' in text
    met = r'<a href="http://book.test([^"]+)">Meetings with participants from the state</a> [(](\d+)[)]'
    ((path, count),) = re.findall(met, text)
    assert (path, count) == ("/talks?participant_country=US&amp;level=leaders%2Cministers%2Cenvoys%2Cofficials", "12")
    assert "(12)</h1>" in (await page(client, path.replace("&amp;", "&"))).text
    then = (await page(client, "/states/US?as_of=2018-06-30")).text
    assert [count for _, count in re.findall(met, then)] == ["3"]
    text = (await page(client, "/relationships/north-korea--united-states")).text
    assert "A meeting counts as a state&#39;s own only if a source names the state" in text
    assert 'href="http://book.test/summits?involving=kim-jong-un"' in text


async def test_meetings_are_listed_in_an_order_that_is_chosen_with_status_and_place(client: AsyncClient) -> None:
    text = (await page(client, "/summits?to=2020")).text
    orders = re.findall(r'href="http://book.test(/summits[?]to=2020&amp;order_by=[^"]+)"', text)
    assert len(orders) == 3
    slugs = [each["slug"] for each in (await client.get("/summits.json?to=2020&order_by=date_desc")).json()["nodes"]]
    latest = (await page(client, orders[0].replace("&amp;", "&"))).text
    assert re.findall(r'<li><a href="http://book.test/summits/([^"]+)"', latest) == slugs
    (line,) = re.findall(r'<li><a href="http://book.test/summits/hanoi-2019".*?</li>', text)
    assert re.search(r"cut short · <a [^>]*>Hanoi</a>", line)


async def test_what_is_new_is_one_list_by_the_day_of_the_first_report(client: AsyncClient) -> None:
    text = (await page(client, "/")).text.partition('<h2 id="learnt">')[2].partition("</section>")[0]
    days = re.findall('<h3><time datetime="([^"]+)">', text)
    assert days == sorted(set(days), reverse=True)
    assert days[0] == "2021-02-22"
    folders = re.findall(r'<li><a href="http://book.test/(\w+)/', text)
    assert len(folders) == 9
    assert {"quotes", "events"} <= set(folders)
    assert "offices" not in folders
    then = (await page(client, "/?as_of=2018-06-30")).text.partition('<h2 id="learnt">')[2].partition("</section>")[0]
    assert max(re.findall('<h3><time datetime="([^"]+)">', then)) <= "2018-06-30"


async def test_the_claims_of_a_source_stand_under_their_paragraphs(client: AsyncClient) -> None:
    text = (await page(client, "/sources/003-79e1e6675ae2a211")).text
    paragraphs = [int(each) for each in re.findall(r'<h3 id="p(\d+)">', text)]
    assert paragraphs == sorted(set(paragraphs))
    assert 2 in paragraphs
    assert "/claims/" in text


async def test_a_day_hides_what_was_not_yet_known_and_is_told(client: AsyncClient) -> None:
    now, then = await page(client, "/people/kim-jong-un"), await page(client, "/people/kim-jong-un?as_of=2018-05-31")
    assert ("Hanoi 2019" in now.text, "You are viewing the record as of" in now.text) == (True, False)
    assert ("Hanoi 2019" in then.text, "You are viewing the record as of" in then.text) == (False, True)
    assert 'href="http://book.test/states/KP?as_of=2018-05-31"' in then.text
    assert 'href="http://book.test/people/kim-jong-un">Back to today' in then.text


async def test_the_days_of_publication_can_be_chosen(client: AsyncClient) -> None:
    text = (await page(client, "/people/kim-jong-un")).text
    assert 'href="http://book.test/people/kim-jong-un?as_of=2018-05-31"' in text


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/states/north-korea", "/states/KP"),
        ("/states/north-korea.json?lang=de", "/states/KP.json?lang=de"),
        ("/relationships/hanoi-2019", "/summits/hanoi-2019"),
        ("/people/Q7747", "/people/vladimir-putin"),
        ("/people/Q7747.json?as_of=2019-04-25", "/people/vladimir-putin.json?as_of=2019-04-25"),
        ("/states/Q159", "/states/RU"),
    ],
)
async def test_another_name_leads_to_the_address(client: AsyncClient, path: str, location: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (301, f"http://book.test{location}")


@pytest.mark.parametrize("path", ["/search?text=North+Korea", "/invitations", "/claims?property=destination", "/path"])
async def test_a_state_is_linked_by_its_code(client: AsyncClient, path: str) -> None:
    links = re.findall(r'href="http://book.test(/states/[^"?]+)', (await page(client, path)).text)
    assert [link for link in links if not re.fullmatch("/states/[A-Z]{2}", link)] == []


async def test_a_table_has_the_code_of_what_may_be_a_state_and_of_nothing_else(client: AsyncClient) -> None:
    header = (await client.get("/quotes.csv?first=1")).text.splitlines()[0].split(",")
    assert [name for name in header if name.endswith("code")] == ["speaker.code", "addressees.code"]


async def test_the_root_is_a_page_for_a_browser_alone(client: AsyncClient) -> None:
    assert (await client.get("/")).json()["name"] == "Gipfelbuch"
    answer = await page(client, "/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    questions = re.findall(r'<a href="http://book.test(/[^"]+)">[^<]*\?</a>', answer.text)
    assert len(questions) == 5
    for question in questions:
        assert (await client.get(question.replace("&amp;", "&"))).status_code == 200, question
    assert '<dt><a href="http://book.test/people">People</a></dt><dd>12</dd>' in answer.text


async def test_a_search_finds_a_name_in_any_script(client: AsyncClient) -> None:
    text = (await page(client, "/search?text=Лавров")).text
    assert 'href="http://book.test/people/sergey-lavrov"' in text
    assert 'href="http://book.test/people/vladimir-putin"' in (await page(client, "/search?text=Q7747")).text
    suggested = (await client.get("/suggest.json?text=kim&kind=PERSON")).json()
    assert [each["entry"]["slug"] for each in suggested] == ["kim-jong-un", "kim-yong-chol"]


@pytest.mark.parametrize(
    ("text", "suggests"), [("kim", True), ("-kim", False), ("kim -jong", False), ("kim-jong", True)]
)
async def test_no_name_is_suggested_to_a_search_that_excludes_words(
    client: AsyncClient, text: str, suggests: bool
) -> None:
    assert ('<p class="suggestions">' in (await page(client, f"/search?text={text}")).text) == suggests


async def test_a_chain_has_the_facts_that_link_it(client: AsyncClient) -> None:
    text = (await page(client, "/path?from=donald-trump&to=vladimir-putin")).text
    assert "Helsinki 2018" in text
    assert len(re.findall(r'<span class="person">', text)) == 2
    # each fact links to its claims and to its sources
    facts = re.findall(r'<p><a href="http://book.test(/claims[^"]+)">\d+ claims?</a>: <a href="([^"]+)', text)
    assert facts
    for claims, source in facts:
        assert (await client.get(claims)).json()["nodes"]
        assert "/sources/" in source
    unknown = (await page(client, "/path?from=Trump&to=vladimir-putin")).text
    assert "from=donald-trump" in unknown


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "moon-jae-in&amp;to=vladimir-putin"),
        ("?from=donald-trump", "One person is chosen"),
        ("?from=donald-trump&to=donald-trump", "refer to the same person"),
        ("?from=donald-trump&to=vladimir-putin&kind=agreement", "Include ties of any kind"),
        ("?from=nobody-at-all&to=donald-trump", "matches nothing here"),
    ],
)
async def test_where_there_is_no_chain_the_page_leads_on(query: str, told: str, client: AsyncClient) -> None:
    text = (await page(client, f"/path{query}")).text
    assert told in text
    assert 'value="Donald Trump" data-slug="donald-trump"' in text or "donald-trump" not in query


@pytest.mark.parametrize("path", ["/nowhere", "/people/nobody-at-all", "/summits/x/y"])
async def test_nothing_is_a_page_for_a_browser_and_json_for_a_program(client: AsyncClient, path: str) -> None:
    answer = await page(client, path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert 'role="search"' in answer.text
    assert "json" in (await client.get(path)).headers["content-type"]


async def test_sitemaps_list_every_entry_once(client: AsyncClient) -> None:
    parts = await urls(client, "/sitemap.xml")
    listed = [path for part in parts for path in await urls(client, part)]
    counts = (await client.get("/dataset.json")).json()["counts"]
    expected = sum(each["count"] for each in counts if each["kind"] != "CLAIM")
    entries = [path for path in listed if path.count("/") == 2 and not path.startswith("/charts/")]
    assert (len(entries), len(set(listed))) == (expected, len(listed))
    assert "/states/KP" in entries
    assert (await client.get("/sitemaps/facts-2.xml")).status_code == 404
    assert not [path for path in listed if path.startswith("/embed/")]
    assert "Sitemap: http://book.test/sitemap.xml" in (await client.get("/robots.txt")).text


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemaps/people-1.xml"])
async def test_a_sitemap_that_is_held_is_not_made_again(client: AsyncClient, path: str) -> None:
    tag = (await client.get(path)).headers["etag"]
    held = await client.get(path, headers={"if-none-match": tag})
    assert (held.status_code, held.content, held.headers["etag"]) == (304, b"", tag)
    elsewhere = await client.get(path, headers={"if-none-match": tag, "host": "other.test"})
    assert (elsewhere.status_code, "http://other.test/" in elsewhere.text) == (200, True)


def test_all_words_of_the_pages_are_translated() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    words = {word for pair in re.findall(r"""\b_\((?:"([^"]+)"|'([^']+)')\)""", texts) for word in pair if word}
    assert len(words) > 100
    for tag, catalogue in catalogues().items():
        assert sorted(words - catalogue.keys()) == [], tag
