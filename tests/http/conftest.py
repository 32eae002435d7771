"""The service on a port of this machine, and the audits from npm to ask it."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn

from service.app import create_app
from service.settings import Settings

HERE = Path(__file__).resolve().parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"
OLDEST = 20
UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ENETUNREACH", "ETIMEDOUT", "ENOTCACHED")
"""What npm says where there is no network."""


@pytest.fixture(scope="session")
def node() -> str:
    """Node, with the packages that the lock pins beside it."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found is None or npm is None:
        pytest.skip("needs Node and npm")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version[1:].partition(".")[0]) < OLDEST:
        pytest.skip(f"needs Node {OLDEST} or later, this is {version}")
    if not is_installed():
        install(npm)
    return found


def is_installed() -> bool:
    lock = HERE / "package-lock.json"
    return INSTALLED.exists() and INSTALLED.stat().st_mtime >= lock.stat().st_mtime


def install(npm: str) -> None:
    done = subprocess.run([npm, "ci"], cwd=HERE, capture_output=True, text=True, check=False)
    if any(reason in done.stderr for reason in UNREACHABLE):
        pytest.skip("needs packages from npm, which cannot be reached")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def endpoint(database: str) -> Iterator[str]:
    """The URL of the service on the seeds, served as the command line serves it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        app = create_app(Settings(database_url=database))
        config = uvicorn.Config(app, loop="uvloop", http="httptools", log_config=None, lifespan="on")
        serving = uvicorn.Server(config)
        thread = Thread(target=serving.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/graphql"
        serving.should_exit = True
        thread.join()
