"""The steps of docs/adding.md, taken one after the other on a copy of the seeds, and the answer that they lead to.

`briefing.lock` holds what `gipfelbuch anchor` adds: with it all but the commands is tried without the documents too.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from service.settings import REPOSITORY
from service.store.loading.load import load
from service.store.migrations import writing
from tests.docs.conftest import serving
from tests.docs.pages import Block, Page, formatted

PAGE = Page("docs/adding.md")
BRIEFING = Path(__file__).with_name("briefing.lock")
LOCK = "seeds/anchors.lock"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of the seeds, as the page leaves it when its files are written."""
    shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")
    file = ""
    for block in PAGE.blocks:
        file = block.file or file
        if block.language in ("text", "yaml", "diff"):
            write(tmp_path / file, block)
    return tmp_path


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


def commands() -> Iterator[list[str]]:
    """The commands of the page, and what it puts into the environment."""
    for block in PAGE.blocks:
        if block.language == "sh":
            yield from map(shlex.split, block.text.splitlines())


def run(folder: Path, corpus: Path, url: str) -> dict[str, str]:
    """Runs the commands beside the documents; returns what each but `export` said, by its name."""
    shutil.copytree(corpus, folder / "corpus", dirs_exist_ok=True)
    environment = {**os.environ, "DATABASE_URL": url, "GIPFELBUCH_SEEDS": str(folder / "seeds")}
    said = {}
    for name, *arguments in commands():
        if name == "export":
            environment |= dict(each.split("=") for each in arguments)
        else:
            assert name == "gipfelbuch"
            command = [sys.executable, "-m", "service.cli", *arguments]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            said[arguments[0]] = done.stdout
    return said


def lock(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


async def test_the_steps_lead_to_the_answer(
    folder: Path, corpus: Path, scratch: str, request: pytest.FixtureRequest
) -> None:
    said = run(folder, corpus, scratch)
    assert list(said) == ["show", "find", "anchor", "verify", "load"]
    assert said["find"] == "p4s7 w12-13\n"
    assert said["verify"].rstrip().endswith("of 11 documents is recorded or explained.")
    added = set(lock(folder / LOCK)) - set(lock(REPOSITORY / LOCK))
    if request.config.getoption("--record"):
        BRIEFING.write_text("".join(f"{line}\n" for line in sorted(added)), encoding="utf-8")
    assert sorted(added) == lock(BRIEFING)
    ((question, answer),) = PAGE.pairs()
    assert answer is not None
    async with serving(scratch) as client:
        found = (await client.post("/graphql", json={"query": question.text})).json()
    if request.config.getoption("--record"):
        PAGE.path.write_text(PAGE.text[: answer.start] + formatted(found) + "\n" + PAGE.text[answer.end :])
    else:
        assert answer.text == formatted(found) + "\n"


async def test_the_lock_is_enough_to_load_it(folder: Path, scratch: str) -> None:
    with (folder / LOCK).open("a", encoding="utf-8") as file:
        file.write(BRIEFING.read_text(encoding="utf-8"))
    with writing(scratch) as connection:
        load(connection, folder / "seeds")
    ((question, answer),) = PAGE.pairs()
    assert answer is not None
    async with serving(scratch) as client:
        found = (await client.post("/graphql", json={"query": question.text})).content
    assert orjson.loads(found) == orjson.loads(answer.text.replace("VERIFIED", "UNCHECKED"))


async def test_before_it_nothing_was_known(database: str) -> None:
    ((question, _),) = PAGE.pairs()
    async with serving(database) as client:
        assert (await client.post("/graphql", json={"query": question.text})).json() == {"data": {"summit": None}}
