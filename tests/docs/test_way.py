"""The page on the house names the files that a request passes through, in that order, and every package."""

import json
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import FrameType

import pytest
from httpx import AsyncClient, Response

from service.settings import REPOSITORY
from tests.docs.conftest import start_client
from tests.docs.pages import Page

PAGE = Page("docs/house.md")
ASKED = {"query": '{ way: summit(slug: "hanoi-2019") { name } }'}


MCP_HEADERS = {"accept": "application/json, text/event-stream", "host": "127.0.0.1:8000"}
MCP_PARAMETERS = {"name": "entry", "arguments": {"entry": "/summits/hanoi-2019"}}
Call = Callable[[AsyncClient], Awaitable[Response]]
OTHER_REQUESTS: dict[str, Call] = {
    "An address": lambda client: client.get("/summits/hanoi-2019", headers={"accept": "text/html"}),
    "A tool for language models": lambda client: client.post(
        "/mcp",
        json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": MCP_PARAMETERS},
        headers=MCP_HEADERS,
    ),
    "A batch of names to reconcile": lambda client: client.post(
        "/reconcile", data={"queries": json.dumps({"q0": {"query": "Kim Jong Un"}})}
    ),
}
"""Requests to other paths, by the heading under which the page names their files."""


def block_under(heading: str) -> str:
    (text,) = (each.text for each in PAGE.blocks if each.lead.lstrip("# ") == heading)
    return text


def files_under(heading: str) -> list[str]:
    """Return the files in the block under a heading, in order."""
    return [line.split()[0] for line in block_under(heading).splitlines()]


async def files_passed(client: AsyncClient, call: Call) -> list[str]:
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
        response = await call(client)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    assert response.status_code == 200
    return found


async def query_passed(client: AsyncClient, query: str = ASKED["query"]) -> list[str]:
    return await files_passed(client, lambda client: client.post("/graphql", json={"query": query}))


async def test_a_request_takes_the_way_of_the_readme(database: str) -> None:
    async with start_client(database) as client:
        left = iter(await query_passed(client))
    assert [name for name in files_under("How a request is handled") if name not in left] == []


@pytest.mark.parametrize("heading", OTHER_REQUESTS)
async def test_a_request_to_another_path_takes_the_way_of_the_page(heading: str, database: str) -> None:
    async with start_client(database) as client:
        left = iter(await files_passed(client, OTHER_REQUESTS[heading]))
    assert [name for name in files_under(heading) if name not in left] == []


async def test_a_kept_plan_is_not_composed_again(client: AsyncClient) -> None:
    await client.post("/graphql", json=ASKED)
    found = await query_passed(client, ASKED["query"].replace("hanoi-2019", "singapore-2018"))
    assert "service/planner/planner.py" in found
    assert {"service/language/validation.py", "service/planner/composer.py"}.isdisjoint(found)


async def test_a_kept_answer_is_not_asked_of_the_database(database: str) -> None:
    async with start_client(database) as client:
        await client.post("/graphql", json=ASKED)
        found = await query_passed(client)
    assert "service/web/answers.py" in found
    assert {"service/store/read_queue.py", "service/web/request.py"} & {*found} == {"service/web/request.py"}


async def test_what_cannot_be_answered_leaves_by_the_problems(client: AsyncClient) -> None:
    found: list[str] = []
    sys.setprofile(lambda frame, event, _: found.append(frame.f_code.co_filename))
    try:
        await client.post("/graphql", json={"query": "{"})
    finally:
        sys.setprofile(None)
    assert str(REPOSITORY / "service/web/problems.py") in found


def test_every_package_is_on_the_page() -> None:
    packages = {path.parent for room in ("service", "schema") for path in (REPOSITORY / room).rglob("__init__.py")}
    layout = block_under("Directory layout")
    assert [each for each in packages if f"{each.name}/" not in layout] == []


def test_every_module_of_the_service_itself_is_on_the_page() -> None:
    (block,) = (each.text for each in PAGE.blocks if each.lead == "The modules directly in `service/`:")
    modules = {path.name for path in (REPOSITORY / "service").glob("*.py")} - {"__init__.py"}
    assert {line.split()[0] for line in block.splitlines()} == modules
