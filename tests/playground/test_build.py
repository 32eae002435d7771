"""What the service hands out is what the sources of the playground build, byte for byte."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from service.settings import REPOSITORY
from service.web.page import BUILD_FOLDER
from tests.npm import node_with
from tests.playground.conftest import HERE

pytestmark = pytest.mark.slow

SOURCES = REPOSITORY / "playground"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, to be built with no packages but those that their lock pins."""
    copy = tmp_path_factory.mktemp("sources") / "playground"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules"))
    return copy


def run_node(sources: Path, *arguments: str) -> str:
    """What Node prints, with the packages of `sources`."""
    done = subprocess.run([node_with(sources), *arguments], cwd=sources, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_built_files_are_what_the_sources_build(sources: Path, tmp_path: Path) -> None:
    built = tmp_path / "built"
    run_node(sources, "build.mjs", str(built))
    committed = {file.name: file.read_bytes() for file in BUILD_FOLDER.iterdir()}
    assert sorted(committed) == ["LICENSES.txt", "playground.css", "playground.html", "playground.js"]
    assert {file.name for file in built.iterdir()} == set(committed)
    different = [name for name in committed if (built / name).read_bytes() != committed[name]]
    assert not different, "`make playground` builds other files than those that are committed"


def test_whatever_is_clicked_in_the_explorer_is_valid(sources: Path) -> None:
    schema = REPOSITORY / "schema" / "schema.graphql"
    found = json.loads(run_node(sources, "--no-warnings", str(HERE / "completion.mjs"), str(sources), str(schema)))
    assert found["wrong"] == {}
    assert found["clicked"] > 600


def test_every_package_is_pinned_with_its_hash_and_without_an_address() -> None:
    named = json.loads((SOURCES / "package.json").read_text())["devDependencies"]
    packages = json.loads((SOURCES / "package-lock.json").read_text())["packages"]
    assert packages.pop("")["devDependencies"] == named
    assert {name: packages[f"node_modules/{name}"]["version"] for name in named} == named
    assert [name for name, about in packages.items() if "resolved" in about or "integrity" not in about] == []


def test_the_licence_of_every_package_is_told() -> None:
    """Each heading names the package, its version and its licence; a text follows."""
    sections = (BUILD_FOLDER / "LICENSES.txt").read_text().split(f"\n{'=' * 78}\n")[1:]
    headings, texts = sections[::2], sections[1::2]
    licences = {heading.partition("(")[2].rstrip(")").partition(",")[0] for heading in headings}
    assert licences == {"0BSD", "Apache-2.0", "BSD-2-Clause", "MIT"}
    assert {heading.partition(" ")[0] for heading in headings} > {"graphiql", "graphiql-explorer", "react", "graphql"}
    assert [text for text in texts if "opyright" not in text] == []
