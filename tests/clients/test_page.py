"""The snippets of docs/clients.md, written into files as the page names them, built and run with the real packages."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import get_named_type, get_nullable_type, is_input_object_type, is_list_type, is_object_type

from schema import schema
from service.settings import REPOSITORY
from tests.clients.conftest import HERE
from tests.docs.pages import Page

pytestmark = pytest.mark.slow

PAGE = Page("docs/clients.md")
ADDRESS = "http://127.0.0.1:8000"
SLUG = "kim-jong-un"
COMPILER: dict[str, Any] = {
    "compilerOptions": {
        "module": "nodenext",
        "noUncheckedIndexedAccess": True,
        "outDir": "out",
        "resolveJsonModule": True,
        "rootDir": "src",
        "skipLibCheck": True,
        "strict": True,
        "target": "es2022",
        "types": [],
    },
    "include": ["src/**/*.ts"],
}
ALL_FACTS = (
    "const { allFacts } = await import(process.argv[1]); console.log(JSON.stringify(await allFacts(process.argv[2])));"
)
TWO_PARTS = """
const { client } = await import(process.argv[1]);
const { gql } = await import("@apollo/client");
const ask = (date, passage, dataset, tone) => gql`{
  summit(slug: "hanoi-2019") { id date { ${date} } decidedBy(property: "status") { id passage { ${passage} } } }
  relationship(between: ["kim-jong-un", "donald-trump"]) { id tone { ${tone} } }
  dataset { ${dataset} }
}`;
const one = ask("edtf", "paragraph", "name", "sum");
const { data } = await client.query({ query: one });
await client.query({ query: ask("label", "sha256", "revision", "events") });
console.log(JSON.stringify([data, client.readQuery({ query: one })]));
"""


@pytest.fixture(scope="module")
def project(node: str, endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the page's files, which query the service of the tests, and the packages."""
    folder = tmp_path_factory.mktemp("clients")
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    shutil.copy(REPOSITORY / "schema" / "schema.graphql", folder)
    for name, text in PAGE.files("ts", "js", "json").items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(ADDRESS, address(endpoint)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def compiled_project(node: str, project: Path) -> Path:
    """Return the same with codegen's output, compiled by TypeScript."""
    (project / "package.json").write_text('{"type": "module"}')
    (project / "tsconfig.json").write_text(json.dumps(COMPILER))
    run_program(node, "node_modules/.bin/graphql-codegen", folder=project)
    run_program(node, "node_modules/.bin/tsc", folder=project)
    return project


@pytest.fixture(scope="module")
def facts(endpoint: str) -> list[dict[str, Any]]:
    """Return all facts of a person, as the service returns them in one page: fewer than a hundred, more than
    two pages.
    """
    query = "query ($slug: String!) { person(slug: $slug) { facts(%s) { nodes { id label } } } }"
    asked = {"query": query % "first: 100, orderBy: DATE_DESC", "variables": {"slug": SLUG}}
    found: list[dict[str, Any]] = httpx.post(endpoint, json=asked).json()["data"]["person"]["facts"]["nodes"]
    assert 40 < len(found) < 100
    return found


def address(endpoint: str) -> str:
    return endpoint.removesuffix("/graphql")


def run_program(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_curl_is_answered_so(endpoint: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    post, others = (block for block in PAGE.blocks if block.language == "sh" and "curl" in block.text)
    answer = PAGE.blocks[PAGE.blocks.index(post) + 1]
    assert answer.language == "json"
    said = run_program("sh", "-ec", post.text.replace(ADDRESS, address(endpoint)), folder=tmp_path)
    assert json.loads(said) == json.loads(answer.text)
    said = run_program("sh", "-ec", others.text.replace(ADDRESS, address(endpoint)), folder=tmp_path)
    assert json.loads(said)["data"]["places"]["totalCount"] > 0
    schema = REPOSITORY / "schema" / "schema.graphql"
    assert (tmp_path / "schema.graphql").read_bytes() == schema.read_bytes()


def test_codegen_types_what_may_come_later(compiled_project: Path) -> None:
    made = (compiled_project / "src" / "gql" / "graphql.ts").read_text(encoding="utf-8")
    status = made.partition("export type MeetingStatus =")[2].partition(";")[0]
    assert "'HELD'" in status
    assert "'%future added value'" in status


@pytest.mark.parametrize("client", ["apollo", "urql"])
def test_a_cache_joins_the_pages(client: str, node: str, compiled_project: Path, facts: list[dict[str, Any]]) -> None:
    module = (compiled_project / "out" / f"{client}.js").as_uri()
    done = subprocess.run(
        [node, "--no-warnings", "--input-type=module", "--eval", ALL_FACTS, module, SLUG],
        cwd=compiled_project,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    edges = json.loads(done.stdout)
    assert [{"id": edge["node"]["id"], "label": edge["node"]["label"]} for edge in edges] == facts


def test_apollo_joins_what_two_parts_of_a_page_ask(node: str, compiled_project: Path) -> None:
    module = (compiled_project / "out" / "apollo.js").as_uri()
    done = subprocess.run(
        [node, "--no-warnings", "--input-type=module", "--eval", TWO_PARTS, module],
        cwd=compiled_project,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, ""), "a warning says that cached data may be lost"
    asked, kept = json.loads(done.stdout)
    assert asked == kept
    assert asked["summit"]["date"]["edtf"] == "2019-02-27/2019-02-28"


@pytest.mark.parametrize("file", ["docs/clients.md", "examples/react/src/client.ts"])
def test_the_snippet_knows_each_type_that_stands_alone_without_an_id(file: str) -> None:
    types = [type_ for type_ in schema._schema.type_map.values() if not type_.name.startswith("__")]
    fields = [
        field for type_ in types if not is_input_object_type(type_) for field in getattr(type_, "fields", {}).values()
    ]
    alone = {get_named_type(field.type) for field in fields if not is_list_type(get_nullable_type(field.type))}
    embedded = {type_.name for type_ in alone if is_object_type(type_) and "id" not in type_.fields}
    lines = (REPOSITORY / file).read_text(encoding="utf-8").splitlines()
    named = json.loads(next(line for line in lines if "EMBEDDED = " in line).partition("= ")[2].strip(";"))
    assert set(named) == {name for name in embedded if not name.endswith(("Connection", "PageInfo"))}


def test_relay_pages_on(node: str, project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "relay"
    shutil.copytree(project, folder, symlinks=True, ignore=shutil.ignore_patterns("package.json"))
    run_program(node, "node_modules/.bin/relay-compiler", folder=folder)
    said = run_program(node, str(HERE / "relay-run.cjs"), str(folder), SLUG, folder=folder)
    assert json.loads(said) == {"first": 20, "both": 40}


def test_the_override_is_the_one_that_is_tried() -> None:
    overrides = json.dumps(json.loads((HERE / "package.json").read_text())["overrides"])
    assert f'`"overrides": {overrides}`' in PAGE.text
