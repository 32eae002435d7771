"""The steps of docs/adding.md, taken one after another on a copy of the seeds, and the response at the end.

`briefing.lock` holds what `gipfelbuch anchor` adds: with it everything but the commands is tested without the documents
too.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from service.settings import REPOSITORY
from service.store.loading.load import load
from service.store.transactions import write_transaction
from tests.docs.conftest import start_client
from tests.docs.pages import Block, Page, format_json

pytestmark = pytest.mark.slow

PAGE = Page("docs/adding.md")
BRIEFING = Path(__file__).with_name("briefing.lock")
LOCK = "seeds/anchors.lock"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a copy of the seeds, as after writing the page's files."""
    found = tmp_path / "repository"
    shutil.copytree(REPOSITORY / "seeds", found / "seeds")
    file = ""
    for block in PAGE.blocks:
        file = block.file or file
        if block.language in ("text", "yaml", "diff"):
            write(found / file, block)
    return found


def write(path: Path, block: Block) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if block.language == "diff":
        lines = [(line[0], line[1:]) for line in block.text.splitlines(keepends=True)]
        old = "".join(text for sign, text in lines if sign in " -")
        assert before.count(old) == 1, block.text
        after = before.replace(old, "".join(text for sign, text in lines if sign in " +"))
    else:
        after = before + block.text
    path.write_text(after, encoding="utf-8")


def run(folder: Path, corpus: Path, url: str) -> list[str]:
    """Run the blocks of commands in turn, next to the documents and the installed commands; return the output
    of each.
    """
    shutil.copytree(corpus, folder.parent / "corpus", dirs_exist_ok=True)
    (folder / ".venv").symlink_to(sys.prefix)
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "GIPFELBUCH_SEEDS": str(folder / "seeds"),
        "GIPFELBUCH_SETS": "none",
    }
    first, *others = (block.text for block in PAGE.blocks if block.language == "sh")
    said = []
    for commands in others:
        script = ["sh", "-ec", first + commands]
        done = subprocess.run(script, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        said.append(done.stdout + done.stderr)
    return said


def lock(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


async def test_the_steps_lead_to_the_answer(
    folder: Path, corpus: Path, scratch: str, request: pytest.FixtureRequest
) -> None:
    shown, anchored, verified, loaded = run(folder, corpus, scratch)
    assert shown.startswith("# briefing: records/briefing-2018-05-24.txt, 5 paragraphs\n")
    assert shown.endswith("\np4s7 w12-13\n")
    assert " 0 removed, " in anchored
    assert verified.endswith(" of 11 documents is recorded or explained.\n")
    assert " 11 sources, " in loaded
    added = set(lock(folder / LOCK)) - set(lock(REPOSITORY / LOCK))
    if request.config.getoption("--record"):
        BRIEFING.write_text("".join(f"{line}\n" for line in sorted(added)), encoding="utf-8")
    assert sorted(added) == lock(BRIEFING)
    ((question, answer),) = PAGE.pairs()
    assert answer is not None
    async with start_client(scratch) as client:
        found = (await client.post("/graphql", json={"query": question.text})).json()
    if request.config.getoption("--record"):
        PAGE.path.write_text(PAGE.text[: answer.start] + format_json(found) + "\n" + PAGE.text[answer.end :])
    else:
        assert answer.text == format_json(found) + "\n"


async def test_the_lock_is_enough_to_load_it(folder: Path, scratch: str) -> None:
    with (folder / LOCK).open("a", encoding="utf-8") as file:
        file.write(BRIEFING.read_text(encoding="utf-8"))
    with write_transaction(scratch) as connection:
        load(connection, folder / "seeds")
    ((question, answer),) = PAGE.pairs()
    assert answer is not None
    async with start_client(scratch) as client:
        found = (await client.post("/graphql", json={"query": question.text})).content
    assert orjson.loads(found) == orjson.loads(answer.text.replace("VERIFIED", "UNCHECKED"))


async def test_before_it_nothing_was_known(database: str) -> None:
    ((question, _),) = PAGE.pairs()
    async with start_client(database) as client:
        answer = (await client.post("/graphql", json={"query": question.text})).json()
    assert answer["data"] == {"summit": None}
    (warning,) = answer["extensions"]["warnings"]
    assert (warning["code"], warning["value"]) == ("NOT_YET_KNOWN", "singapore-2018")
