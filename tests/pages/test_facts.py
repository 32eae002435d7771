"""The pages of facts, claims and conflicts: each has an address in each format, and shows its sources."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import psycopg
import pytest
from httpx import AsyncClient

from service.pages.addresses import ADDRESSES, FOLDERS, Address
from service.pages.forms.citation import render_bibtex, render_csl
from service.pages.forms.html import render_html
from service.pages.operations import stored_operation
from service.pages.view import View
from service.pages.words import languages, translate, unbroken
from tests.pages.answers import view_of

FACTS = ("Summit", "Talks", "Event", "Invitation", "Agreement", "Quote", "Office")
HOSTILE = "<script>alert('\"&')</script>"


def address_of(typename: str) -> Address:
    return next(each for each in ADDRESSES if each.path == f"/{FOLDERS[typename]}/{{slug}}")


def slugs(database: str, typename: str) -> list[str]:
    """Return all entries of a type; for claims, every hundredth."""
    queries = {
        "Claim": "SELECT slug FROM claim WHERE id %% 100 = 0",
        "Conflict": "SELECT slug FROM conflict",
    }
    query = queries.get(typename, "SELECT slug FROM fact WHERE typename = %(typename)s")
    with psycopg.connect(database) as connection:
        return [slug for (slug,) in connection.execute(query.encode(), {"typename": typename})]


async def html(client: AsyncClient, path: str) -> str:
    """Return the text of a page, as a reader sees it."""
    response = await client.get(path, headers={"accept": "text/html"})
    assert response.status_code == 200, path
    return unescape(response.text)


@pytest.mark.parametrize("typename", [*FACTS, "Claim", "Conflict"])
async def test_each_entry_of_the_record_has_a_page(client: AsyncClient, database: str, typename: str) -> None:
    entries = slugs(database, typename)
    assert entries
    for slug in entries:
        path = f"/{FOLDERS[typename]}/{slug}"
        text = await html(client, f"{path}.html?lang=de")
        assert not re.search(r"undefined|>None<|\bnone\b", text.partition("<main")[2]), path
    for form in address_of(typename).forms:
        assert (await client.get(f"{path}.{form}")).status_code == 200


@pytest.mark.parametrize("typename", FACTS)
async def test_a_page_shows_what_each_claim_says_and_who_says_it(
    client: AsyncClient, database: str, typename: str
) -> None:
    for slug in slugs(database, typename)[:3]:
        path = f"/{FOLDERS[typename]}/{slug}"
        fact, text = (await client.get(f"{path}.json")).json(), await html(client, path)
        claims = fact["claims"]["nodes"]
        assert claims
        for claim in claims:
            assert f'href="http://book.test/claims/{claim["slug"]}"' in text
            assert claim["source"]["label"] in text
            for step in claim["attribution"]:
                assert (step["actor"]["label"] if step["actor"] else step["description"]) in text


@pytest.mark.parametrize("folder", [FOLDERS[each] for each in (*FACTS, "Conflict")])
async def test_a_list_without_filters_has_all_entries(client: AsyncClient, folder: str) -> None:
    """Including those without a date: no range is requested."""
    noun = {"talks": "meetings(filter: {level: [MINISTERS, ENVOYS, OFFICIALS]})"}.get(folder, folder)
    query = f"{{ all: {noun} {{ totalCount }} }}"
    asked = (await client.post("/graphql", json={"query": query})).json()["data"]["all"]["totalCount"]
    listed = (await client.get(f"/{folder}.json?first=100")).json()
    assert (listed["totalCount"], len(listed["nodes"])) == (asked, asked)
    text = await html(client, f"/{folder}?first=100")
    for node in listed["nodes"]:
        assert f'href="http://book.test/{folder}/{node["slug"]}"' in text


async def test_a_range_has_only_what_is_dated_in_it(client: AsyncClient) -> None:
    listed = (await client.get("/summits.json?to=2018")).json()["nodes"]
    assert listed
    assert all(each["date"]["earliest"] <= "2018-12-31" for each in listed)


async def test_the_claim_that_decides_is_marked(client: AsyncClient) -> None:
    deciding = (await client.get("/summits/hanoi-2019.json")).json()["statusBy"]["slug"]
    text = await html(client, "/summits/hanoi-2019")
    status = text.partition("<dt>Status</dt>")[2].partition("</dd>")[0]
    marked = re.findall(r'<li class="deciding">(.*?)</li>\n', status, re.DOTALL)
    assert len(re.findall("Shown by the register", status)) == 1
    assert f"/claims/{deciding}" in status.partition('class="deciding"')[2]
    assert marked


def evidence_of(text: str, term: str) -> str:
    """Return what is below a term of a page."""
    return text.partition(f"<dt>{term}</dt>")[2].partition("</dd>")[0]


async def test_who_was_there_is_told_by_the_claims_that_tell_of_them(client: AsyncClient) -> None:
    for path in ("/summits/hanoi-2019", "/talks/new-york-2018"):
        fact, text = (await client.get(f"{path}.json")).json(), await html(client, path)
        who = text.partition('<h2 id="who">')[2].partition("</section>")[0]
        claims = {each["slug"] for party in fact["participants"] for each in party["claims"]["nodes"]}
        assert claims
        assert claims <= set(re.findall(r"/claims/([^\"?]+)", who))
        assert "<dt>Reported</dt>" not in text


async def test_who_invited_whom_is_told_by_claims(client: AsyncClient) -> None:
    listed = (await client.get("/invitations.json?first=5")).json()["nodes"]
    for node in listed:
        path = f"/invitations/{node['slug']}"
        fact, text = (await client.get(f"{path}.json")).json(), await html(client, path)
        for role, term in (("ISSUER", "Invited by"), ("INVITEE", "Invited")):
            for party in (each for each in fact["involvements"] if each["role"] == role):
                for claim in party["claims"]["nodes"]:
                    assert f"/claims/{claim['slug']}" in evidence_of(text, term)


async def test_each_value_of_a_quote_names_a_source(client: AsyncClient) -> None:
    text = await html(client, "/quotes/donald-trump-home-in-two-hours")
    for term in ("Speaker", "Addressee", "About", "Form", "Medium"):
        assert term not in re.findall(r"<dt>(.*?)</dt>", text) or "/claims/" in evidence_of(text, term), term
    assert "/claims/" in evidence_of(text, "Form")


async def test_what_no_source_says_is_called_derived(client: AsyncClient) -> None:
    meeting = (await client.get("/summits/singapore-2018.json")).json()
    assert (meeting["setting"], meeting["settingBy"], meeting["statusBy"] is None) == ("BILATERAL", None, False)
    text = await html(client, "/summits/singapore-2018")
    assert "Derived" in evidence_of(text, "Setting")
    assert "Derived" not in evidence_of(text, "Status")


async def test_a_disagreement_stands_side_by_side(client: AsyncClient) -> None:
    conflict = (await client.get("/conflicts/hanoi-2019-date.json")).json()
    for path in ("/conflicts/hanoi-2019-date", "/summits/hanoi-2019"):
        beside = (await html(client, path)).partition('<ul class="against">')[2].partition("</ul>")[0]
        for claim in conflict["claims"]["nodes"]:
            assert unbroken(claim["valueDate"]["label"], "en") in beside
        shown = [claim["slug"] for claim in conflict["claims"]["nodes"] if claim["decides"]]
        assert len(shown) == beside.count("Shown by the register") == 1
        side = beside.partition("Shown by the register")[0].rpartition('<li class="deciding">')[2]
        assert (
            f"/claims/{shown[0]}"
            in side + beside.partition("Shown by the register")[2].partition('<p class="claimed">')[0]
        )


async def test_the_same_people_before_and_after_a_meeting_are_a_click_away(client: AsyncClient) -> None:
    text = await html(client, "/summits/hanoi-2019")
    around = text.partition('<h2 id="around">')[2].partition("</section>")[0]
    assert re.findall(r'<a rel="(\w+)" href="http://book.test/summits/([^"]+)"', around) == [
        ("prev", "singapore-2018"),
        ("next", "dmz-2019"),
    ]
    assert unbroken("12 June 2018", "en") in around
    then = (await html(client, "/summits/hanoi-2019?as_of=2019-04-18")).partition('<h2 id="around">')[2]
    assert "dmz-2019" not in then.partition("</section>")[0]
    assert "involving_all=donald-trump%2Ckim-jong-un" in text


async def test_a_quote_has_its_own_words_and_the_reader_s(client: AsyncClient) -> None:
    quote = next(
        each
        for each in (await client.get("/quotes.json?first=100&lang=en")).json()["nodes"]
        if each["isTranslation"] and each["language"] == "de"
    )
    own = (await client.get(f"/quotes/{quote['slug']}.json?lang=en")).json()
    text = await html(client, f"/quotes/{quote['slug']}?lang=en")
    assert f'<blockquote lang="de">{own["text"]}</blockquote>' in text
    assert f'<blockquote lang="en">{quote["text"]}</blockquote>' in text
    assert "our translation" in text


@pytest.mark.parametrize(
    ("path", "location"),
    [("/talks/hanoi-2019", "/summits/hanoi-2019"), ("/offices/hanoi-2019.csl", "/summits/hanoi-2019.csl")],
)
async def test_what_is_of_another_kind_leads_to_its_address(client: AsyncClient, path: str, location: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (301, f"http://book.test{location}")


async def test_from_a_day_only_what_was_known_is_shown(client: AsyncClient) -> None:
    text = await html(client, "/summits/hanoi-2019?as_of=2019-04-18")
    assert "April 2019" in text
    # the days that can be chosen are below, including later ones
    assert "2021-02-22" not in text.partition("<footer")[0]


# ------------------------------------------------------------------ citations


async def test_an_entry_is_cited_with_the_revision_that_it_is_of(client: AsyncClient) -> None:
    revision = (await client.get("/dataset.json")).json()["revision"]
    (item,) = (await client.get("/summits/hanoi-2019.csl?as_of=2019-04-30")).json()
    assert (item["id"], item["title"], item["version"]) == ("gipfelbuch-hanoi-2019", "Hanoi 2019", str(revision))
    assert item["URL"] == "http://book.test/summits/hanoi-2019?as_of=2019-04-30"
    bibtex = (await client.get("/summits/hanoi-2019.bib")).text
    assert bibtex.startswith("@misc{gipfelbuch-hanoi-2019,\n  title = {{Hanoi 2019}},")
    assert f"note = {{Revision {revision}}}" in bibtex


# ------------------------------------------------------------------ hostile texts


def make_hostile(value: Any) -> Any:
    """Return the same response, in which everything written by a document or an editor is hostile."""
    if isinstance(value, list):
        return [make_hostile(each) for each in value]
    if isinstance(value, dict):
        texts = ("label", "text", "summary", "name", "note", "exact", "description", "value", "inReadersLanguage")
        return {
            name: HOSTILE if name in texts and isinstance(inner, str) else make_hostile(inner)
            for name, inner in value.items()
        }
    return value


@pytest.mark.parametrize("path", ["/summits/hanoi-2019", "/quotes/donald-trump-home-in-two-hours"])
async def test_what_is_told_is_text_and_nothing_else(client: AsyncClient, path: str) -> None:
    _, folder, slug = path.split("/")
    address = next(each for each in ADDRESSES if each.path == f"/{folder}/{{slug}}")
    operation = stored_operation(address.operation)
    variables = {"slug": slug, "language": "en"}
    answer = (await client.post("/graphql", json={"query": operation.text, "variables": variables})).json()
    view = View(
        address=address,
        operation=operation,
        path=path,
        parameters=[],
        variables=variables,
        language="en",
        site="http://book.test",
        data=make_hostile(answer["data"]),
    )
    page = render_html(view).decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert b"alert('\"\\&')" in render_bibtex(view)
    assert HOSTILE.replace('"', '\\"').encode() in render_csl(view)


@pytest.mark.parametrize("language", languages())
async def test_an_imported_gathering_says_that_there_may_be_other_participants(
    client: AsyncClient, language: str
) -> None:
    told = translate("The sources name only the participants listed here; there may be others.", language)
    operation, variables = stored_operation("summit"), {"slug": "hanoi-2019", "language": language}
    answer = (await client.post("/graphql", json={"query": operation.text, "variables": variables})).json()

    def is_said(**changes: object) -> bool:
        data = {**answer["data"], "summit": {**answer["data"]["summit"], **changes}}
        return told in render_html(replace(view_of("summit", data, slug="hanoi-2019"), language=language)).decode()

    assert is_said(setting="MULTILATERAL", curation="IMPORTED")
    assert not is_said(setting="MULTILATERAL")
    assert not is_said(setting="BILATERAL", curation="IMPORTED")
    assert not is_said(setting="MULTILATERAL", curation="IMPORTED", participants=[])


async def test_the_steps_of_a_meeting_say_in_which_order_they_stand(client: AsyncClient) -> None:
    """The Hanoi summit was held and cut short, the second of which was reported first."""
    page = await html(client, "/summits/hanoi-2019?lang=en")
    history = page.partition('<h2 id="history">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", history, re.DOTALL)[1:]
    reported = [re.findall(r'<time datetime="([^"]+)"', row)[-1] for row in rows]
    assert reported != sorted(reported)
    assert "In the order in which each status took effect" in history
    single = await html(client, "/summits/helsinki-2018?lang=en")
    assert '<h2 id="history">' in single
    assert "In the order in which each status took effect" not in single


@pytest.mark.parametrize("path", ["/relationships/north-korea--united-states", "/timeline/north-korea/united-states"])
async def test_two_states_lead_to_the_meetings_of_anybody_of_both(client: AsyncClient, path: str) -> None:
    page = await html(client, path)
    [address] = re.findall(r'<a href="([^"]+)">Meetings with participants from both states</a>', page)
    met = (await client.get(address, headers={"accept": "application/json"})).json()["nodes"]
    assert {"hanoi-2019", "singapore-2018", "new-york-2018"} <= {each["slug"] for each in met}
    assert "from both states" not in await html(client, "/timeline/donald-trump/kim-jong-un")
    [address] = re.findall(r'<a href="([^"]+)">Summits with participants from both states</a>', page)
    summits = (await client.get(address, headers={"accept": "application/json"})).json()["nodes"]
    assert {"hanoi-2019", "singapore-2018"} <= {each["slug"] for each in summits} <= {each["slug"] for each in met}


async def test_the_meetings_of_two_states_are_called_their_own(client: AsyncClient) -> None:
    assert "<dt>Meetings of the states themselves</dt>" in await html(client, "/relationships/russia--united-states")
    assert "<dt>Meetings</dt>" in await html(client, "/relationships/donald-trump--kim-jong-un")


@pytest.mark.parametrize("path", ["/relationships/kim-jong-un--moon-jae-in", "/timeline/kim-jong-un/moon-jae-in"])
async def test_two_people_lead_to_the_visits_of_each(client: AsyncClient, path: str) -> None:
    page = (await html(client, path)).partition("Private and other visits of each of them: ")[2].partition("</p>")[0]
    links = re.findall(r'<a href="([^"]+)">([^<]+)</a> \((\d+)\)', page)
    assert links
    for address, _, count in links:
        assert (await client.get(address, headers={"accept": "application/json"})).json()["totalCount"] == int(count)


@pytest.mark.parametrize("path", ["/summits/hanoi-2019", "/embed/summits/hanoi-2019"])
async def test_a_summary_in_another_language_than_the_page_says_so(client: AsyncClient, path: str) -> None:
    """In German and in Russian there is one, in French none."""
    said = {tag: await html(client, f"{path}?lang={tag}") for tag in ("en", "de", "fr", "ru")}
    marks = {tag: re.findall(r'<p class="summary"([^>]*)>', page) for tag, page in said.items()}
    assert marks == {"en": [""], "de": [""], "ru": [""], "fr": [' lang="en"']}
