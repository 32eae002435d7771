"""Content that other sites embed: cards in frames, in a real browser from another origin, and their headers."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from service.pages.addresses import ADDRESSES, CARDS, EMBED
from service.pages.templating import TEMPLATES
from service.pages.words import catalogues
from tests.browser.chromium import browse

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "en"}
ENTRIES = {
    "/summits/hanoi-2019": "Hanoi 2019",
    "/talks/pyongyang-2018": "Pyongyang 2018",
    "/quotes/donald-trump-home-in-two-hours": "I can get you home in just two hours, if you want.",
    "/timeline/kim-jong-un": "Timeline: Kim Jong Un",
    "/timeline/donald-trump/kim-jong-un": "Timeline: Donald Trump",
}
HERE = Path(__file__).resolve().parent


def frame_ancestors(policy: str) -> str | None:
    found = re.search(r"frame-ancestors ([^;]+)", policy)
    return found[1] if found else None


async def test_cards_alone_may_be_framed(client: AsyncClient) -> None:
    for path in ENTRIES:
        page, card = await client.get(f"{path}.html"), await client.get(f"{EMBED}{path}")
        assert frame_ancestors(page.headers["content-security-policy"]) == "'none'"
        assert frame_ancestors(card.headers["content-security-policy"]) == "*"
        assert "script-src" not in card.headers["content-security-policy"]
        assert "<script" not in card.text
        assert "set-cookie" not in card.headers
        assert card.links["canonical"]["url"] == f"http://book.test{path}"


async def test_a_card_says_who_says_so_and_where_the_page_is(client: AsyncClient) -> None:
    text = (await client.get("/embed/summits/hanoi-2019?as_of=2019-05-01&lang=de")).text
    assert 'lang="de"' in text
    assert "Stand <time" in text
    page = "http://book.test/summits/hanoi-2019?as_of=2019-05-01"
    assert f'href="{page}"' in text
    assert "Erzählt von" in text or "Süddeutsche Zeitung" in text
    assert re.search(r'href="http://book.test/sources/[^"]+as_of=2019-05-01', text)


async def test_a_page_has_the_code_of_its_card(client: AsyncClient) -> None:
    assert {*CARDS} <= {each.path for each in ADDRESSES}
    text = (await client.get("/summits/hanoi-2019?as_of=2019-05-01", headers=BROWSER)).text
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.S)
    assert found
    code = html.unescape(found[1])
    source = re.search(r'src="([^"]+)"', code)
    assert source
    assert 'width="600" height="400" title="Hanoi 2019 · Gipfelbuch"' in code
    card = await client.get(html.unescape(source[1]))
    assert (card.status_code, "2019-05-01" in card.text) == (200, True)
    assert "<textarea" not in (await client.get("/people/kim-jong-un", headers=BROWSER)).text


@pytest.mark.parametrize(
    ("path", "location"),
    [("/embed/talks/hanoi-2019?lang=de", "/embed/summits/hanoi-2019?lang=de")],
)
async def test_a_card_leads_to_that_at_the_address_of_its_kind(client: AsyncClient, path: str, location: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (301, f"http://book.test{location}")


async def test_where_there_is_no_card_the_frame_says_so(client: AsyncClient) -> None:
    answer = await client.get("/embed/summits/hanoi-2018", headers=BROWSER)
    assert (answer.status_code, frame_ancestors(answer.headers["content-security-policy"])) == (404, "*")
    assert "There is nothing at /embed/summits/hanoi-2018" in answer.text
    assert "<form" not in answer.text


@pytest.mark.parametrize("name", ["card", "embed_summit", "embed_timeline", "base"])
def test_all_words_of_a_card_are_translated(name: str) -> None:
    words = re.findall(r'_\("([^"]+)"\)', (TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))
    for tag, catalogue in catalogues().items():
        assert not [each for each in words if each not in catalogue], tag


@pytest.fixture(scope="module")
def observations(site: str) -> Any:
    """Return what frames.mjs saw of a card of each kind, and of a page."""
    return browse(HERE / "frames.mjs", site, " ".join([*(f"{EMBED}{path}" for path in ENTRIES), *ENTRIES]))


@pytest.mark.slow
def test_another_site_frames_cards_and_no_pages(observations: Any) -> None:
    for path, heading in ENTRIES.items():
        card, page = observations["frames"][f"{EMBED}{path}"], observations["frames"][path]
        assert card["heading"].strip().startswith(heading), path
        assert (card["scripts"], card["links"]) == (0, True), path
        assert page["heading"] is None, path
    for path in ("/summits/hanoi-2019", "/talks/pyongyang-2018"):
        whole = observations["frames"][f"{EMBED}{path}"]["whole"]
        assert whole, path
        assert all(whole), path
    assert observations["opened"] == ["/summits/hanoi-2019", None]
    assert observations["cookies"] == 0
