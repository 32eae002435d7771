"""oEmbed 1.0: the specification's requirements for responses and status codes, with requests like those of
consumers.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient, Response

from service.pages.addresses import CARDS

BROWSER = {"accept": "text/html", "accept-language": "en"}
PAGES = (
    "/summits/hanoi-2019",
    "/talks/pyongyang-2018",
    "/quotes/donald-trump-home-in-two-hours",
    "/timeline/kim-jong-un",
    "/timeline/donald-trump/kim-jong-un",
)


async def ask(client: AsyncClient, url: str, **parameters: Any) -> Response:
    return await client.get("/oembed", params={"url": url, **parameters})


@pytest.mark.parametrize("path", PAGES)
async def test_it_is_discovered_and_tells_all_that_is_required(client: AsyncClient, path: str) -> None:
    page = (await client.get(path, headers=BROWSER)).text
    found = dict(re.findall(r'<link rel="alternate" type="(\w+/\w+)\+oembed" href="([^"]+)"', page))
    answer = await client.get(html.unescape(found["application/json"]))
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    told = answer.json()
    assert (told["type"], told["version"]) == ("rich", "1.0")
    assert (type(told["width"]), type(told["height"])) == (int, int)
    assert told["title"]
    assert told["provider_url"] == "http://book.test/"
    source = re.search(r'^<iframe src="([^"]+)" width="(\d+)" height="(\d+)"', told["html"])
    assert source
    assert [int(each) for each in source.groups()[1:]] == [told["width"], told["height"]]
    card = await client.get(html.unescape(source[1]), headers=BROWSER)
    assert card.status_code == 200
    assert "frame-ancestors *" in card.headers["content-security-policy"]
    xml = await client.get(html.unescape(found["text/xml"]))
    assert xml.headers["content-type"] == "text/xml; charset=utf-8"
    assert xml.text.startswith('<?xml version="1.0" encoding="utf-8" standalone="yes"?>')
    root = ElementTree.fromstring(xml.text)
    assert root.tag == "oembed"
    assert {each.tag: each.text for each in root} == {name: str(value) for name, value in told.items()}


def test_each_kind_of_card_is_asked_for() -> None:
    assert [re.sub(r"(?<=/)(?!summits|talks|quotes|timeline)[^/]+", "{}", path) for path in PAGES] == [
        re.sub(r"{\w+}", "{}", path) for path in CARDS
    ]


async def test_a_picture_comes_with_what_has_one_and_room_for_it(client: AsyncClient) -> None:
    url = "http://book.test/summits/hanoi-2019?lang=de"
    told = (await ask(client, url)).json()
    picture = await client.get(told["thumbnail_url"])
    assert (picture.headers["content-type"], told["thumbnail_url"][-8:]) == ("image/png", "?lang=de")
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (1200, 630)
    narrow = (await ask(client, url, maxwidth=400, maxheight=200)).json()
    assert (narrow["width"], narrow["height"]) == (400, 200)
    assert not [name for name in narrow if name.startswith("thumbnail")]
    timeline = (await ask(client, "http://book.test/timeline/kim-jong-un")).json()
    assert "/timeline/kim-jong-un.png" in timeline["thumbnail_url"]


async def test_the_day_and_the_language_of_the_page_hold_for_its_card(client: AsyncClient) -> None:
    told = (await ask(client, "https://book.test/embed/summits/hanoi-2019?as_of=2019-05-01&lang=ru")).json()
    assert told["title"].startswith("Ханой")
    assert "/embed/summits/hanoi-2019?as_of=2019-05-01&amp;lang=ru" in told["html"]


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.test/summits/hanoi-2019",
        "http://book.test.elsewhere.test/summits/hanoi-2019",
        "http://book.test@elsewhere.test/summits/hanoi-2019",
        "ftp://book.test/summits/hanoi-2019",
        "//book.test/summits/hanoi-2019",
        "http://book.test/summits/hanoi-2018",
        "http://book.test/people/kim-jong-un",
        "http://book.test/summits",
        "http://[",
        "x",
    ],
)
async def test_what_has_no_card_here_is_not_found(client: AsyncClient, url: str) -> None:
    answer = await ask(client, url)
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")


async def test_what_was_not_yet_known_on_the_day_has_no_card(client: AsyncClient) -> None:
    answer = await ask(client, "http://book.test/summits/hanoi-2019?as_of=2018-01-01")
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_YET_KNOWN")


@pytest.mark.parametrize(
    ("parameters", "status", "code"),
    [
        ({"format": "yaml"}, 501, "NOT_IMPLEMENTED"),
        ({"maxwidth": "wide"}, 400, "BAD_USER_INPUT"),
        ({"maxheight": "0"}, 400, "BAD_USER_INPUT"),
        ({"url": ""}, 400, "BAD_USER_INPUT"),
        ({"url": ["http://book.test/summits/hanoi-2019"] * 2}, 400, "BAD_USER_INPUT"),
    ],
)
async def test_what_cannot_be_answered_says_why(
    client: AsyncClient, parameters: dict[str, Any], status: int, code: str
) -> None:
    answer = await client.get("/oembed", params={"url": "http://book.test/summits/hanoi-2019", **parameters})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_former_address_is_followed_by_the_frame(client: AsyncClient) -> None:
    told = (await ask(client, f"http://book.test/talks/{quote('hanoi-2019')}")).json()
    source = re.search(r'src="([^"]+)"', told["html"])
    assert source
    card = await client.get(html.unescape(source[1]), follow_redirects=True)
    assert (card.status_code, card.url.path) == (200, "/embed/summits/hanoi-2019")
