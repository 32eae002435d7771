"""Relay's compiler on the printed schema, and the operations that it writes, sent to the service."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.settings import REPOSITORY
from tests.clients.conftest import HERE

pytestmark = pytest.mark.slow

TEXT = re.compile(r'^ +"text": (".*")$', re.MULTILINE)
PERSON = {"slug": "kim-jong-un", "then": "2019-04-18"}


@pytest.fixture(scope="module")
def compiled_operations(node: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the operations that the compiler writes, by name."""
    folder = tmp_path_factory.mktemp("relay")
    shutil.copytree(HERE / "relay", folder / "source")
    shutil.copy(REPOSITORY / "schema" / "schema.graphql", folder)
    settings = {"src": "./source", "schema": "./schema.graphql", "language": "javascript"}
    (folder / "relay.config.json").write_text(json.dumps(settings))
    compiler = HERE / "node_modules" / "relay-compiler" / "cli.js"
    done = subprocess.run([node, str(compiler)], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(operations(folder))


def operations(folder: Path) -> list[tuple[str, str]]:
    written = sorted(folder.glob("source/__generated__/*Query.graphql.js"))
    return [(path.name.partition(".")[0], json.loads(TEXT.findall(path.read_text())[0])) for path in written]


def answer(endpoint: str, query: str, variables: dict[str, Any]) -> Any:
    response = httpx.post(endpoint, json={"query": query, "variables": variables})
    body = response.json()
    assert "errors" not in body
    return body["data"]


def test_it_takes_refetchable_pages_of_a_person_and_of_an_actor(compiled_operations: dict[str, str]) -> None:
    assert list(compiled_operations) == ["ActorQuotesPageQuery", "PersonFactsPageQuery", "TwoDaysQuery"]
    for name in ("ActorQuotesPageQuery", "PersonFactsPageQuery"):
        assert "  node(id: $id) {" in compiled_operations[name]


@pytest.mark.parametrize("day", ["now", "then"])
def test_a_refetched_page_is_of_the_same_day(day: str, compiled_operations: dict[str, str], endpoint: str) -> None:
    person = answer(endpoint, compiled_operations["TwoDaysQuery"], PERSON)[day]
    for name, page in (("facts", "PersonFactsPageQuery"), ("quotes", "ActorQuotesPageQuery")):
        edges = person[name]["edges"]
        assert len(edges) > 2
        found: list[Any] = []
        while len(found) < len(edges):
            given = {"id": person["id"], "count": 2, "cursor": found[-1]["cursor"] if found else None}
            node = answer(endpoint, compiled_operations[page], given)["node"]
            assert node["id"] == person["id"]
            found += node[name]["edges"]
        assert found[: len(edges)] == edges


def test_two_days_of_a_person_have_two_ids(compiled_operations: dict[str, str], endpoint: str) -> None:
    days = answer(endpoint, compiled_operations["TwoDaysQuery"], PERSON)
    assert days["now"]["name"] == days["then"]["name"] == "Kim Jong Un"
    ids = [{edge["node"]["id"] for edge in days[day]["facts"]["edges"]} | {days[day]["id"]} for day in ("now", "then")]
    assert len(ids[0]) > 1 < len(ids[1])
    assert ids[0].isdisjoint(ids[1])
