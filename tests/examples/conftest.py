"""The React example, as its README starts it and as it is built, on its own origin next to the service."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from service.app import create_app
from service.settings import REPOSITORY, Settings
from tests.http_server import serve_app
from tests.npm import node_with

EXAMPLE = REPOSITORY / "examples" / "react"
SECONDS_TO_START = 60


class QuietHandler(SimpleHTTPRequestHandler):
    """Handler that logs nothing."""

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="session")
def service(database: str) -> Iterator[str]:
    """Yield the URL of the service, on the seeds."""
    with serve_app(create_app(Settings(database_url=database))) as address:
        yield address


@pytest.fixture(scope="session", params=["dev", "build"])
def page(request: pytest.FixtureRequest, service: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the URL of the example, querying the service: from the server of `npm run dev`, and as built by `npm run
    build`.
    """
    node_with(EXAMPLE)
    environment = {**os.environ, "VITE_REGISTER": service}
    if request.param == "dev":
        with dev_server(environment) as address:
            yield address
    else:
        folder = tmp_path_factory.mktemp("example")
        command = [npm(), "run", "build", "--", "--outDir", str(folder)]
        done = subprocess.run(command, cwd=EXAMPLE, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        with file_server(folder) as address:
            yield address


@contextmanager
def dev_server(environment: dict[str, str]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [npm(), "run", "dev", "--", "--host", "127.0.0.1", "--port", str(port), "--strictPort"]
    process = subprocess.Popen(
        command, cwd=EXAMPLE, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        address = f"http://127.0.0.1:{port}/"
        wait_for(address, process)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(address)
        except httpx.ConnectError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"nothing listens at {address}")


@contextmanager
def file_server(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def npm() -> str:
    found = shutil.which("npm")
    assert found is not None
    return found
