"""The table of addresses matches the code, and each curl line gets its response.

`pytest tests/docs --record` writes the table again.
"""

from __future__ import annotations

import shlex

import orjson
import pytest
from httpx import AsyncClient, Response

from service.pages.addresses import ADDRESSES
from service.pages.operations import stored_operation
from tests.docs.pages import Page, format_json

NAME = "docs/addresses.md"
HEADER = ("Address", "What it gives", "Forms")
SITE = "http://127.0.0.1:8000"
PAGE = Page(NAME)
CURLS = [line for block in PAGE.blocks if block.language == "sh" for line in block.text.splitlines()]


def test_the_addresses_are_these(request: pytest.FixtureRequest) -> None:
    rows = [[f"`{each.path}`", stored_operation(each.operation).summary, ", ".join(each.forms)] for each in ADDRESSES]
    if request.config.getoption("--record"):
        PAGE.write_table(HEADER, rows)
    assert Page(NAME).table(*HEADER) == rows


async def ask(line: str, client: AsyncClient) -> Response:
    """Return the response that curl would get."""
    command, *words = shlex.split(line)
    assert command == "curl"
    url = next(word for word in words if word.startswith(SITE))
    headers = [words[at + 1].partition(": ") for at, word in enumerate(words) if word == "-H"]
    asked = {"accept": "*/*", **{name: value for name, _, value in headers}}
    return await client.get(url, headers=asked, follow_redirects="-sL" in words)


@pytest.mark.parametrize("line", CURLS)
async def test_each_example_is_answered(line: str, client: AsyncClient) -> None:
    response = await ask(line, client)
    assert response.status_code == (400 if "first=101" in line else 200)
    assert len(response.content) > 100


async def test_a_problem_is_told_so(client: AsyncClient) -> None:
    (shown,) = (block.text for block in PAGE.blocks if block.language == "json")
    assert format_json(orjson.loads((await ask(CURLS[-1], client)).content)) + "\n" == shown
