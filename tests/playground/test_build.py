"""What the service hands out is what the sources of the playground build, byte for byte."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from service.settings import REPOSITORY
from service.web.page import BUILD_FOLDER
from tests.npm import node_with

pytestmark = pytest.mark.slow

SOURCES = REPOSITORY / "playground"


def test_the_built_files_are_what_the_sources_build(tmp_path: Path) -> None:
    sources = tmp_path / "playground"
    shutil.copytree(SOURCES, sources, ignore=shutil.ignore_patterns("node_modules"))
    built = tmp_path / "built"
    done = subprocess.run([node_with(sources), "build.mjs", str(built)], cwd=sources, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    committed = {file.name: file.read_bytes() for file in BUILD_FOLDER.iterdir()}
    assert sorted(committed) == ["LICENSES.txt", "playground.css", "playground.html", "playground.js"]
    assert {file.name for file in built.iterdir()} == set(committed)
    different = [name for name in committed if (built / name).read_bytes() != committed[name]]
    assert not different, "`make playground` builds other files than those that are committed"


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
