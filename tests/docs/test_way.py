"""A request passes through the files that the page on the house names, in that order."""

import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from httpx import AsyncClient

from service.settings import REPOSITORY
from tests.docs.conftest import start_client
from tests.docs.pages import Page

ASKED = {"query": '{ way: summit(slug: "hanoi-2019") { name } }'}


def documented_files() -> list[str]:
    (block,) = (each for each in Page("docs/house.md").blocks if "bytes in" in each.text)
    return [line.split()[0] for line in block.text.splitlines()]


async def trace_files(client: AsyncClient, body: dict[str, Any]) -> list[str]:
    """Return the files that a request passes through, in order, each as often as it is entered."""
    found: list[str] = []

    def look(frame: FrameType, event: str, _: object) -> None:
        at = frame if event == "call" else frame.f_back if event == "return" else None
        path = Path(at.f_code.co_filename) if at else None
        if path and path.is_relative_to(REPOSITORY / "service"):
            name = str(path.relative_to(REPOSITORY))
            if found[-1:] != [name]:
                found.append(name)

    # a new document is prepared in a thread, which is started for the first one
    threading.setprofile(look)
    sys.setprofile(look)
    try:
        await client.post("/graphql", json=body)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return found


async def test_a_request_takes_the_way_of_the_readme(database: str) -> None:
    async with start_client(database) as client:
        left = iter(await trace_files(client, ASKED))
    missed = [name for name in documented_files() if name not in left]
    assert missed == []


async def test_a_kept_plan_is_not_composed_again(client: AsyncClient) -> None:
    await client.post("/graphql", json=ASKED)
    found = await trace_files(client, {"query": ASKED["query"].replace("hanoi-2019", "singapore-2018")})
    assert "service/planner/planner.py" in found
    assert {"service/language/validation.py", "service/planner/composer.py"}.isdisjoint(found)


async def test_a_kept_answer_is_not_asked_of_the_database(database: str) -> None:
    async with start_client(database) as client:
        await client.post("/graphql", json=ASKED)
        found = await trace_files(client, ASKED)
    assert "service/web/answers.py" in found
    assert {"service/store/read_queue.py", "service/web/request.py"} & {*found} == {"service/web/request.py"}


async def test_what_cannot_be_answered_leaves_by_the_problems(client: AsyncClient) -> None:
    assert "service/web/problems.py" in await trace_files(client, {"query": "{"})
