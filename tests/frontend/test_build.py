"""What the service sends to browsers is exactly, byte for byte, the build of the sources in frontend/."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from service.pages.assets import MODULES
from service.settings import REPOSITORY
from service.web.playground_page import BUILD_FOLDER
from tests.npm import node_with

pytestmark = pytest.mark.slow

SOURCES = REPOSITORY / "frontend"
COMPLETION = Path(__file__).with_name("completion.mjs")
BUILT = {"web/playground": BUILD_FOLDER, "pages/modules": MODULES}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sources, to be built only with the packages that their lock file pins."""
    copy = tmp_path_factory.mktemp("sources") / "frontend"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules"))
    return copy


def run_node(sources: Path, *arguments: str) -> str:
    """Return what Node prints, with the packages of `sources`."""
    done = subprocess.run([node_with(sources), *arguments], cwd=sources, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def service(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of the service that contains only what was built."""
    folder = tmp_path_factory.mktemp("service")
    run_node(sources, "build.mjs", str(folder))
    return folder


@pytest.mark.parametrize("place", BUILT)
def test_the_built_files_are_what_the_sources_build(place: str, service: Path) -> None:
    built = {file.name: file.read_bytes() for file in (service / place).iterdir()}
    committed = {file.name: file.read_bytes() for file in BUILT[place].iterdir()}
    assert sorted(built) == sorted(committed)
    different = [name for name in committed if built[name] != committed[name]]
    assert not different, "`make frontend` builds other files than those that are committed"


def test_every_source_of_a_page_is_built_with_the_land_and_nothing_else_is() -> None:
    sources = {file.name for file in (SOURCES / "pages").glob("*.js")}
    assert {file.name for file in MODULES.iterdir()} == sources | {"LICENSES.txt", "land.json"}


def test_whatever_is_clicked_in_the_explorer_is_valid(sources: Path) -> None:
    schema = REPOSITORY / "schema" / "schema.graphql"
    found = json.loads(run_node(sources, "--no-warnings", str(COMPLETION), str(sources), str(schema)))
    assert found["wrong"] == {}
    assert found["clicked"] > 600


def test_every_package_is_pinned_with_its_hash_and_without_an_address() -> None:
    named = json.loads((SOURCES / "package.json").read_text())["devDependencies"]
    packages = json.loads((SOURCES / "package-lock.json").read_text())["packages"]
    assert packages.pop("")["devDependencies"] == named
    assert {name: packages[f"node_modules/{name}"]["version"] for name in named} == named
    assert [name for name, about in packages.items() if "resolved" in about or "integrity" not in about] == []


@pytest.mark.parametrize("place", BUILT)
def test_the_licence_of_every_package_is_told(place: str) -> None:
    """Each heading names the package, its version and its licence; a text follows."""
    headings, texts = licences(place)
    told = {heading.partition("(")[2].rstrip(")").partition(",")[0] for heading in headings}
    assert told <= {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"}
    assert [text for text in texts if "opyright" not in text] == []


def test_the_licences_of_the_playground_are_those_of_what_it_is_made_of() -> None:
    headings, _ = licences("web/playground")
    assert {heading.partition(" ")[0] for heading in headings} > {"graphiql", "graphiql-explorer", "react", "graphql"}


def licences(place: str) -> tuple[list[str], list[str]]:
    """Return the headings and the texts of LICENSES.txt next to the build."""
    sections = (BUILT[place] / "LICENSES.txt").read_text().split(f"\n{'=' * 78}\n")[1:]
    return sections[::2], sections[1::2]
