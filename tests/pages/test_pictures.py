"""The pictures for links: read back as PNG, in every language of the pages, the same each time."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from httpx import AsyncClient
from PIL import Image, ImageFont

from service.pages.assets import ASSETS
from service.pages.forms import FORMS
from service.pages.forms.png import picture_of
from service.pages.picture import FONTS, FOOTER_TOP, HEIGHT, LANE_LEFT, WIDTH, Picture, draw_picture, is_drawable
from service.pages.rendering import MOST_WAITING, Renderer
from service.pages.words import languages, translate
from service.store.failures import ReadFailed
from tests.pages.answers import day, fact, lane, timeline, view_of

BROWSER = {"accept": "text/html", "accept-language": "en"}
REGISTER = Picture(
    heading="",
    title="The register of summits",
    lines=["Who met, what was said, and how we know"],
    footer="English · Français · Deutsch · 한국어 · Русский",
)
ENTRIES = (
    "/summits/hanoi-2019",
    "/talks/pyongyang-2018",
    "/events/donald-trump-revives-singapore-summit",
    "/invitations/putin-invites-kim-to-russia",
    "/agreements/korean-armistice-1953",
    "/quotes/donald-trump-home-in-two-hours",
    "/offices/donald-trump-president",
    "/claims/004-330859f3abdfc3e6-donald-trump-president-attested-2018-05-31",
    "/conflicts/hanoi-2019-date",
    "/people/kim-jong-un",
    "/states/KP",
    "/organisations/kcna",
    "/places/hanoi",
    "/relationships/donald-trump--kim-jong-un",
    "/sources/004-330859f3abdfc3e6",
    "/timeline/kim-jong-un",
    "/timeline/donald-trump/kim-jong-un",
)


def quote(text: str, language: str = "en", **changes: Any) -> Mapping[str, Any]:
    entry = {"__typename": "Quote", "slug": "a-quote", "label": "Somebody: a quote", "isWithdrawn": False}
    said = {"speaker": {"label": "Somebody"}, "date": None, "isHearsay": True, "isTranslation": False}
    return {**entry, **said, "inReadersLanguage": text, "readersLanguage": language, **changes}


def draw_quote(quoted: Mapping[str, Any]) -> Picture:
    return picture_of(view_of("quote", {"quote": quoted}))


def text_of(picture: Picture) -> str:
    return " | ".join((picture.heading, picture.title, *picture.lines, picture.footer))


@pytest.mark.parametrize("path", ENTRIES)
async def test_an_entry_has_a_picture_that_its_page_names(client: AsyncClient, path: str) -> None:
    page = (await client.get(path, headers=BROWSER)).text
    named = dict(re.findall(r'<meta property="og:image(:?\w*)" content="([^"]+)">', page))
    assert named[""] == f"http://book.test{path}.png?lang=en"
    answer = await client.get(named[""])
    image = Image.open(io.BytesIO(answer.content))
    assert (answer.headers["content-type"], image.format) == ("image/png", "PNG")
    assert (*image.size,) == (int(named[":width"]), int(named[":height"])) == (1200, 630)
    # there is text on it
    assert len(image.convert("L").getcolors() or ()) > 50
    assert named[":alt"]
    assert '<meta name="twitter:card" content="summary_large_image">' in page


async def test_a_timeline_has_its_lanes_in_its_picture(client: AsyncClient) -> None:
    """One line of marks for each kind of fact, if the page's drawing has them."""
    whole = Image.open(io.BytesIO((await client.get("/timeline/donald-trump/kim-jong-un.png")).content))
    of_a_day = Image.open(io.BytesIO((await client.get("/timeline/donald-trump/kim-jong-un.png?to=2017")).content))
    page = (await client.get("/timeline/donald-trump/kim-jong-un", headers=BROWSER)).text
    (said,) = re.findall(r'<meta property="og:image:alt" content="([^"]+)">', page)
    assert said.startswith("Timeline. Donald Trump – Kim Jong Un. ")
    facts = (await client.get("/timeline/donald-trump/kim-jong-un.json")).json()
    assert f"Meetings: {facts['meetings']['totalCount']}" in said
    right_of_names = (LANE_LEFT, 330, WIDTH, FOOTER_TOP - 50)
    inks = [image.crop(right_of_names).histogram()[200:] for image in (whole, of_a_day)]
    assert sum(inks[0]) > 1000 + sum(inks[1])


@pytest.mark.parametrize("language", languages())
def test_the_picture_of_a_timeline_says_where_facts_are_left_out(language: str) -> None:
    quotes = [fact("a", day("2018-06-12")), fact("b", day("2019-02-27"))]
    offices = lane([fact("c", day("2001-01-01"), "Office")])
    whole, cut = (
        picture_of(replace(view_of("timeline", timeline(quotes=quoted, offices=offices)), language=language))
        for quoted in (lane(quotes), lane(quotes, is_cut=True))
    )
    assert (len(whole.lines), len(cut.lines)) == (1, 2)
    assert cut.lines[1].startswith(translate("Quotes", language))
    assert cut.lines[1].endswith(translate("only the latest are shown.", language))
    assert cut.chart
    assert whole.chart
    (_, bars), (_, others) = cut.chart.lanes
    # from the beginning up to the first that is drawn
    assert (bars[0].kind, bars[0].start) == ("left out", 0)
    assert bars[0].end == pytest.approx(bars[1].start, abs=0.001)
    assert "left out" not in {bar.kind for bar in (*others, *whole.chart.lanes[0][1])}
    inks = [Image.open(io.BytesIO(draw_picture(each))).convert("L").getcolors() for each in (whole, cut)]
    assert inks[0] != inks[1]


@pytest.mark.parametrize("path", ["/", "/summits", "/network"])
async def test_any_other_page_has_that_of_the_register(client: AsyncClient, path: str) -> None:
    page = (await client.get(path, headers=BROWSER)).text
    (address,) = re.findall(r'<meta property="og:image" content="([^"]+)">', page)
    assert (await client.get(address)).content == (ASSETS / "gipfelbuch.png").read_bytes()


def test_the_picture_of_the_register_is_as_it_is_drawn(request: pytest.FixtureRequest) -> None:
    path = ASSETS / "gipfelbuch.png"
    if request.config.getoption("--record"):
        path.write_bytes(draw_picture(REGISTER))
    kept, now = Image.open(path), Image.open(io.BytesIO(draw_picture(REGISTER)))
    assert (kept.size, kept.getpalette(), kept.tobytes()) == (now.size, now.getpalette(), now.tobytes())


async def test_it_is_kept_and_asked_for_by_its_tag(client: AsyncClient) -> None:
    first, again = [await client.get("/summits/hanoi-2019.png") for _ in range(2)]
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    held = await client.get("/summits/hanoi-2019.png", headers={"if-none-match": first.headers["etag"]})
    assert (held.status_code, held.content) == (304, b"")
    coded = await client.get("/summits/hanoi-2019.png", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in coded.headers
    by_accept = await client.get("/summits/hanoi-2019", headers={"accept": "image/png"})
    assert by_accept.content == first.content


async def test_each_language_of_the_pages_is_drawn_and_another_in_english(client: AsyncClient) -> None:
    pictures = {tag: (await client.get(f"/summits/hanoi-2019.png?lang={tag}")).content for tag in languages()}
    assert len(set(pictures.values())) == len(languages())
    answer = await client.get("/summits/hanoi-2019.png?lang=zh")
    assert (answer.content, answer.headers["content-language"]) == (pictures["en"], "en")


@pytest.mark.parametrize(
    "text", ["김정은, 하노이에서", "Ким Чен Ын в Ханое", "Nguyễn Phú Trọng — “Łódź”", "Kim Jong-un à Hanoï"]
)
def test_the_scripts_of_the_pages_can_be_drawn(text: str) -> None:
    assert is_drawable(text)


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_the_fonts_have_each_character_that_they_are_said_to_have(weight: str) -> None:
    font = ImageFont.truetype(FONTS / f"{weight}.otf", 40, layout_engine=ImageFont.Layout.BASIC)
    gap = bytes(font.getmask("\uffff"))
    characters = (FONTS / "characters.txt").read_text(encoding="utf-8").replace("\n", "")
    assert [each for each in characters if bytes(font.getmask(each)) == gap] == []


def test_what_the_fonts_do_not_have_is_left_out() -> None:
    picture = draw_quote(quote("会谈", "zh", label="Xi 习近平", speaker={"label": "习近平"}))
    assert (picture.title, [*picture.lines]) == ("a-quote", ["hearsay"])


def test_a_picture_says_what_a_reader_must_know() -> None:
    told = draw_quote(quote("Ich gehe.", "de", isTranslation=True, isWithdrawn=True))
    assert text_of(told) == "Quote · withdrawn | „Ich gehe.“ | Somebody | hearsay · our translation | "


def test_words_without_end_are_cut_in_time() -> None:
    began = time.process_time()
    for text in ("W" * 100_000, "i " * 100_000, "가" * 100_000):
        image = Image.open(io.BytesIO(draw_picture(drawn_long(text))))
        assert image.size == (WIDTH, HEIGHT)
        # nothing is written across the margin
        assert image.crop((WIDTH - 60, 0, WIDTH, HEIGHT)).getextrema() == (0, 0)
    assert time.process_time() - began < 3


def drawn_long(text: str) -> Picture:
    return Picture(heading=text, title=text, lines=[text] * 5, footer=text)


async def test_too_many_at_once_are_told_to_come_again() -> None:
    renderer, view = Renderer(), view_of("quote", {"quote": quote("I go.")})
    renderer._waiting = MOST_WAITING
    with pytest.raises(ReadFailed) as refused:
        await renderer.render(FORMS["png"], view)
    assert refused.value.failure.status == 503
    renderer._waiting = 0
    assert (await renderer.render(FORMS["png"], view)).startswith(b"\x89PNG")
    assert renderer._waiting == 0
