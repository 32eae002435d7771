"""The page of a source: its text with the passages marked and the claims next to it, or its outline."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from service.app import create_app
from service.pages.addresses import Address
from service.pages.drawing.document import Paragraph, draw_document
from service.pages.operations import stored_operation
from service.pages.view import View
from service.settings import REPOSITORY, Settings
from service.store.loading.load import load
from service.store.transactions import write_transaction
from tests.conftest import copy_database

TEXT = "First line.\r\n\n  \nKim met Trump. They talked.\nLast 🏔 line."
BROWSER = {"accept": "text/html", "accept-language": "en"}


def claim(start: int, end: int, paragraph: int) -> dict[str, Any]:
    return {"passage": {"start": start, "end": end, "paragraph": paragraph, "role": "BODY", "exact": None}}


def draw_text(
    *claims: dict[str, Any], text: str | None = TEXT, after: str | None = None, has_next: bool = False
) -> list[Paragraph]:
    """Return the drawing of a response with these claims."""
    source = {"text": text, "claims": {"nodes": claims, "pageInfo": {"hasNextPage": has_next}}}
    view = View(
        address=Address("/sources/{slug}", "source", "source"),
        operation=stored_operation("source"),
        path="/sources/x",
        parameters=(),
        variables={"after": after} if after else {},
        language="en",
        site="http://book.test",
        data={"source": source},
    )
    return [*draw_document(view)]


def pieces_of(paragraphs: list[Paragraph]) -> list[list[tuple[str, int]]]:
    """Return the pieces of each paragraph, with the number of passages that each belongs to."""
    return [[(piece.text, piece.depth) for piece in paragraph.pieces] for paragraph in paragraphs]


def test_paragraphs_are_the_lines_that_are_not_empty() -> None:
    paragraphs = draw_text()
    assert [paragraph.number for paragraph in paragraphs] == [1, 2, 3]
    assert pieces_of(paragraphs) == [[("First line.", 0)], [("Kim met Trump. They talked.", 0)], [("Last 🏔 line.", 0)]]


def test_passages_that_overlap_are_cut_where_each_begins_and_ends() -> None:
    at = TEXT.index("Kim")
    paragraphs = draw_text(claim(at, at + 14, 2), claim(at + 8, at + 27, 2))
    assert pieces_of(paragraphs)[1] == [("Kim met ", 1), ("Trump.", 2), (" They talked.", 1)]
    first, middle, last = paragraphs[1].pieces
    assert [[each.number for each in piece.begins] for piece in (first, middle, last)] == [[1], [2], []]
    assert [[each.number for each in piece.ends] for piece in (first, middle, last)] == [[], [1], [2]]


def test_a_piece_leads_to_the_shortest_passage_that_it_is_in() -> None:
    at = TEXT.index("Kim")
    pieces = draw_text(claim(at, at + 3, 2), claim(at, at + 14, 2), claim(at, at + 27, 2))[1].pieces
    assert [(piece.text, piece.depth, piece.passage and piece.passage.number) for piece in pieces] == [
        ("Kim", 3, 1),
        (" met Trump.", 2, 2),
        (" They talked.", 1, 3),
    ]


def test_a_passage_may_go_on_in_the_next_paragraph_and_counts_code_points() -> None:
    at = TEXT.index("They")
    paragraphs = draw_text(claim(at, TEXT.index("🏔") + 1, 2))
    assert pieces_of(paragraphs)[1:] == [
        [("Kim met Trump. ", 0), ("They talked.", 1)],
        [("Last 🏔", 1), (" line.", 0)],
    ]
    assert ([len(each.begins) for each in paragraphs[1].pieces], len(paragraphs[2].pieces[0].ends)) == ([0, 1], 1)
    assert ([len(each.passages) for each in paragraphs]) == [0, 1, 0]


def test_claims_of_one_passage_stand_together() -> None:
    paragraphs = draw_text(claim(0, 5, 1), claim(0, 5, 1), claim(6, 10, 1))
    assert [len(passage.claims) for passage in paragraphs[0].passages] == [2, 1]


def test_a_page_has_the_paragraphs_of_its_claims() -> None:
    at = TEXT.index("Kim")
    assert [each.number for each in draw_text(claim(at, at + 3, 2), has_next=True)] == [1, 2]
    assert [each.number for each in draw_text(claim(at, at + 3, 2), after="x")] == [2, 3]


def test_without_a_text_the_outline_has_the_paragraphs_that_are_cited() -> None:
    paragraphs = draw_text(claim(0, 5, 1), claim(at := TEXT.index("Last"), at + 4, 3), text=None)
    assert [(each.number, each.pieces, len(each.passages)) for each in paragraphs] == [(1, (), 1), (3, (), 1)]


# ------------------------------------------------------------------ the pages


@pytest.fixture(scope="module")
async def reader(server: str, template: str, corpus: Path) -> AsyncIterator[AsyncClient]:
    """Yield a client of a service that has the documents."""
    url = copy_database(server, "documents")
    with write_transaction(url) as connection:
        load(connection, REPOSITORY / "seeds", corpus)
    app = create_app(Settings(database_url=url))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://book.test", headers=BROWSER) as client,
    ):
        yield client


async def test_a_text_that_may_be_passed_on_stands_whole_with_links_both_ways(
    reader: AsyncClient, corpus: Path
) -> None:
    page = (await reader.get("/sources/joint-statement-singapore")).text
    for line in (corpus / "records/joint-statement-singapore.txt").read_text(encoding="utf-8").splitlines():
        paragraphs = re.findall(r'<p class="text"[^>]*>(.*?)</p>', page, re.DOTALL)
        texts = [re.sub(r"<sup>.*?</sup>|<[^>]+>", "", each).replace("&#39;", "'") for each in paragraphs]
        assert not line or line in texts
    marks, told = set(re.findall(r'href="#claims-([\d-]+)"', page)), set(re.findall(r'<li id="claims-([\d-]+)"', page))
    assert marks == told
    assert set(re.findall(r'href="#passage-([\d-]+)"', page)) == set(re.findall(r'id="passage-([\d-]+)"', page)) == told


async def test_a_document_is_paged_by_place(reader: AsyncClient) -> None:
    first = (await reader.get("/sources/kremlin-60370")).text
    [further] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = (await reader.get(further.replace("&amp;", "&"))).text
    starts = [[int(each) for each in re.findall(r'<li id="claims-(\d+)-', page)] for page in (first, second)]
    assert starts[0] + starts[1] == sorted(starts[0] + starts[1])
    assert starts[1]
    # text between two passages within a third is marked, but not a link
    assert not re.search(r'<a href="#claims-[^"]*">\s*</a>', first + second)
    assert "Thank you. I wish you all the best." not in first
    assert "Thank you. I wish you all the best." in second


async def test_of_an_article_only_passages_are_shown(reader: AsyncClient, corpus: Path) -> None:
    answer = (await reader.get("/sources/004-330859f3abdfc3e6.json")).json()
    assert (answer["text"], answer["textAccess"]) == (None, "PASSAGES")
    page = (await reader.get("/sources/004-330859f3abdfc3e6")).text
    assert '<p class="text"' not in page
    assert answer["claims"]["nodes"][0]["passage"]["exact"] in page


async def test_without_the_documents_the_page_is_an_outline(client: AsyncClient) -> None:
    page = (await client.get("/sources/kremlin-60370", headers=BROWSER)).text
    assert '<p class="text"' not in page
    assert "<blockquote" not in page
    assert re.findall(r'<h3 id="p(\d+)">', page)[:3] == ["1", "2", "3"]
    assert 'id="passage-0-' in page


@pytest.mark.parametrize(("source", "is_long"), [("kremlin-60319", False), ("004-330859f3abdfc3e6", True)])
async def test_a_claim_leads_to_its_place_in_the_document(source: str, is_long: bool, client: AsyncClient) -> None:
    """In a document with several pages, to the page with the passage."""
    pages = [(await client.get(f"/sources/{source}", headers=BROWSER)).text]
    while further := re.findall(r'rel="next" href="([^"]+)"><|rel="next" href="([^"]+)">', pages[-1]):
        pages.append((await client.get("".join(further[0]).replace("&amp;", "&"), headers=BROWSER)).text)
    assert (len(pages) > 1) is is_long
    slugs = [re.findall(r"/claims/([^\"?]+)", page) for page in pages]
    for slug in [of_page[index] for of_page in slugs for index in (0, -1)]:
        page = (await client.get(f"/claims/{slug}", headers=BROWSER)).text
        [(url, place)] = re.findall(r'href="http://book.test(/sources/[^"#]+)#(claims-[\d-]+)"', page)
        document = (await client.get(url, headers=BROWSER)).text
        [told] = re.findall(f'<li id="{place}">.*?</li>\n</ol>|<li id="{place}">.*?<li id', document, re.DOTALL)
        assert f"/claims/{slug}" in told
        assert ("Start of the document" in document) is is_long
