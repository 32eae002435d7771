"""The notebook runs from its first cell to its last against a service with all sets, with the outputs that it shows.

`pytest tests/sets/test_notebook.py --record` writes its outputs again. For pictures, only their existence is compared:
how they are drawn depends on the versions of the libraries that draw them.
"""

import re
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from service.app import create_app
from service.downloads import publish
from service.settings import REPOSITORY, Settings
from service.store.transactions import write_transaction
from tests.conftest import copy_database
from tests.http_server import serve_app

pytestmark = pytest.mark.slow

NOTEBOOK = REPOSITORY / "docs" / "notebook.ipynb"
ADDRESS = "http://127.0.0.1:8000"
PICTURE = "image/png"


@pytest.fixture(scope="module")
def address(server: str, sets_database: str) -> Iterator[str]:
    """Yield the URL of the service on a copy of the seeds and the sets, with their files."""
    url = copy_database(server, "notebook", "seeded_with_sets")
    with write_transaction(url) as connection:
        publish(connection, kept=1)
    with serve_app(create_app(Settings(database_url=url))) as address:
        yield address


@pytest.fixture(scope="module")
def stored_notebook() -> Any:
    """Return the notebook as in the repository."""
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def run(stored_notebook: Any, address: str) -> Any:
    """Return the same, run against that service; an error in a cell is raised."""
    text = nbformat.writes(stored_notebook)
    assert text.count(ADDRESS) == 1
    run = nbformat.reads(text.replace(ADDRESS, address), as_version=4)
    NotebookClient(run, timeout=120, record_timing=False).execute()
    run.metadata = stored_notebook.metadata
    return nbformat.reads(nbformat.writes(run).replace(address, ADDRESS), as_version=4)


def cell_outputs(notebook: Any) -> dict[str, list[Any]]:
    """Return what each code cell shows, by its name."""
    return {cell.id: list(map(texts, cell.outputs)) for cell in notebook.cells if cell.cell_type == "code"}


def texts(output: Any) -> Any:
    """Return what is printed, or a value by media type; for a picture, that there is one."""
    return output.get("text") or {media: media == PICTURE or value for media, value in output.data.items()}


def test_the_outputs_are_what_the_register_answers(
    run: Any, stored_notebook: Any, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--record"):
        nbformat.write(run, NOTEBOOK)
    else:
        assert cell_outputs(run) == cell_outputs(stored_notebook)


def test_it_draws_three_pictures(stored_notebook: Any) -> None:
    assert [
        name for name, found in cell_outputs(stored_notebook).items() if any(PICTURE in each for each in found)
    ] == [
        "tone",
        "years",
        "picture",
    ]


def test_it_was_run_in_order_and_names_nothing_of_the_machine(stored_notebook: Any) -> None:
    counts = [cell.execution_count for cell in stored_notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert re.findall(r"https?://[\w.:]+", text) == [ADDRESS]
    assert re.findall(r"/(?:home|root|tmp|usr|work)/", text) == []


def test_what_it_imports_is_what_it_says_that_it_needs(stored_notebook: Any) -> None:
    (line,) = re.findall(r"^    pip install (.+)$", stored_notebook.cells[0].source, re.MULTILINE)
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    (group,) = re.findall(r"^notebook = \[(.+)\]$", project, re.MULTILINE)
    assert line.split() == re.findall(r'"([\w-]+)"', group)
