"""OpenRefine itself: it guesses the type of a column, matches it, and adds columns from the register."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from service.app import create_app
from service.settings import Settings
from tests.http_server import serve_app

pytestmark = pytest.mark.slow

PROGRAM = Path("/usr/share/openrefine/refine")
"""The path in Debian's package."""
START_SECONDS, WORK_SECONDS = 120, 60
ALL_ROWS = {"engine": '{"facets": [], "mode": "row-based"}'}
TABLE = """\
name\tstate
Kim Jong-un\tNorth Korea
Trump, Donald\tUnited States
Путин\tRussia
Nobody Atall\t
"""


class OpenRefine:
    """Requests of its page to its server, on one table."""

    def __init__(self, client: httpx.Client, table: str) -> None:
        self._client = client
        options = {"separator": "\t", "headerLines": 1}
        answer = client.post(
            "create-project-from-upload",
            params={"csrf_token": self._token()},
            data={"project-name": "leaders", "format": "text/line-based/*sv", "options": _json(options)},
            files={"project-file": ("leaders.tsv", table, "text/tab-separated-values")},
        )
        self._project = answer.headers["location"].partition("project=")[2]

    def do(self, command: str, **form: str) -> dict[str, Any]:
        """Return the response to a command that changes something, once everything that it started has finished."""
        answer = self._client.post(
            command, params={"csrf_token": self._token()}, data={"project": self._project, **form}
        )
        _wait(lambda: not self._get("get-processes")["processes"], WORK_SECONDS)
        told: dict[str, Any] = answer.json()
        assert told["code"] in ("ok", "pending"), told
        return told

    def matches(self) -> dict[str, str | None]:
        """Return the identifier that each cell of the first column is matched with."""
        answer = self._client.post("get-rows", params={"project": self._project, "limit": 50}, data=ALL_ROWS).json()
        judged = answer["pool"]["recons"]
        cells = [row["cells"][0] for row in answer["rows"]]
        return {cell["v"]: judged[cell["r"]].get("m", {}).get("id") for cell in cells}

    def lines(self) -> list[list[str]]:
        """Return the exported table."""
        form = {"project": self._project, "format": "tsv", **ALL_ROWS}
        return [line.split("\t") for line in self._client.post("export-rows/leaders.tsv", data=form).text.splitlines()]

    def _get(self, command: str) -> dict[str, Any]:
        found: dict[str, Any] = self._client.get(command, params={"project": self._project}).json()
        return found

    def _token(self) -> str:
        return str(self._client.get("get-csrf-token").json()["token"])


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _wait(is_done: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < end, f"not done within {seconds} s"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def openrefine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Yield its server, on a free port of this machine."""
    if not PROGRAM.exists() or shutil.which("java") is None:
        pytest.skip("needs OpenRefine and Java")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("openrefine")
    command = [
        str(PROGRAM),
        "-i",
        "127.0.0.1",
        "-p",
        str(port),
        "-m",
        "512M",
        "-d",
        str(folder),
        "-x",
        "refine.headless=true",
    ]
    # the script starts Java, which is ended with the process group
    process = subprocess.Popen(
        command, cwd=PROGRAM.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/command/core/", timeout=30) as client:

            def answers() -> bool:
                try:
                    return client.get("get-version").status_code == 200
                except httpx.TransportError:
                    return False

            _wait(answers, START_SECONDS)
            yield client
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(START_SECONDS)


def test_a_table_is_matched_and_extended(openrefine: httpx.Client, database: str) -> None:
    with serve_app(create_app(Settings(database_url=database))) as address:
        url = f"{address}/reconcile"
        manifest = httpx.get(url).json()
        spaces = {name: manifest[name] for name in ("identifierSpace", "schemaSpace")}
        table = OpenRefine(openrefine, TABLE)

        guessed = table.do("guess-types-of-column", columnName="name", service=url)["types"]
        assert guessed[0]["id"] == "Person"

        configuration = {
            "mode": "standard-service",
            "service": url,
            **spaces,
            "type": {"id": "Person", "name": "Person"},
            "autoMatch": True,
            "columnDetails": [{"column": "state", "propertyName": "State", "propertyID": "country"}],
            "limit": 0,
        }
        table.do("reconcile", columnName="name", config=_json(configuration), **ALL_ROWS)
        assert table.matches() == {
            "Kim Jong-un": "people/kim-jong-un",
            "Trump, Donald": "people/donald-trump",
            # a person must decide on a surname alone
            "Путин": None,
            "Nobody Atall": None,
        }

        extension = _json({"properties": [{"id": "country"}, {"id": "wikidata"}]})
        table.do(
            "extend-data",
            baseColumnName="name",
            endpoint=url,
            **spaces,
            extension=extension,
            columnInsertIndex="1",
            **ALL_ROWS,
        )
        assert table.lines() == [
            ["name", "State", "Wikidata", "state"],
            ["Kim Jong Un", "North Korea", "Q56226", "North Korea"],
            ["Donald Trump", "United States", "Q22686", "United States"],
            ["Путин", "", "", "Russia"],
            ["Nobody Atall", "", "", ""],
        ]
