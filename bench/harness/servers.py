"""The processes that are measured: started, checked for their CPU time, ended; no others are touched."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import psutil
import psycopg

from bench.harness.cpu_time import cpu_seconds
from bench.harness.operations import CONSTANT, POSTGRAPHILE, SERVICE, STRAWBERRY
from service.settings import PREFIX, REPOSITORY, Settings

HOST = "127.0.0.1"
START_SECONDS, STOP_SECONDS = 30, 10
CACHE_SETTING = "answer_cache_bytes"
"""The setting for cached responses, which earlier copies do not have."""
POOL_SIZE = Settings.model_fields["pool_size"].default
APPS = {
    SERVICE: "__main__:service",
    STRAWBERRY: "bench.peers.strawberry_server:app",
    CONSTANT: "bench.peers.constant_body:app",
}
SERVE = Path(__file__).parent / "serve.py"
FOLDER = Path(__file__).parents[1] / "peers" / "postgraphile"


@dataclass(frozen=True)
class Server:
    """Server that responds on /graphql of a port."""

    name: str
    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the CPU time that the process has used so far."""
        return cpu_seconds(self.process)


@contextmanager
def start_all(database_url: str) -> Iterator[dict[str, Server]]:
    """Yield all servers that are measured, by name, until the block ends."""
    with ExitStack() as stack:
        found = {name: stack.enter_context(start_app(name, database_url)) for name in APPS}
        found[POSTGRAPHILE] = stack.enter_context(start_postgraphile(database_url))
        yield {name: found[name] for name in (SERVICE, POSTGRAPHILE, STRAWBERRY, CONSTANT)}


@contextmanager
def start_app(name: str, database_url: str, folder: Path = REPOSITORY, *, cache_bytes: int = 0) -> Iterator[Server]:
    """Yield an app on the service's HTTP server, on a free port, until the block ends; it runs the working copy in a
    folder.

    `cache_bytes`: maximum size of cached responses; without it, each response is queried from the database, as by the
    peers.
    """
    port = _free_port()
    # earlier copies do not have the file
    command = [sys.executable, "-P", str(SERVE), APPS[name], str(port)]
    variables = {"DATABASE_URL": database_url, "PYTHONPATH": str(folder)}
    if CACHE_SETTING in (folder / "service" / "settings.py").read_text(encoding="utf-8"):
        variables[f"{PREFIX}{CACHE_SETTING.upper()}"] = str(cache_bytes)
    with _start_process(name, port, command, variables, folder) as server:
        yield server


@contextmanager
def start_postgraphile(database_url: str) -> Iterator[Server]:
    """Yield PostGraphile in one process of Node; npm installs both if they are missing."""
    if not (FOLDER / "node_modules" / ".package-lock.json").exists():
        subprocess.run(["npm", "ci", "--silent"], cwd=FOLDER, check=True)
    port = _free_port()
    command = [str(FOLDER / "node_modules" / ".bin" / "node"), str(FOLDER / "server.mjs"), str(port)]
    variables = {"DATABASE_URL": database_url, "NODE_ENV": "production", "POOL_SIZE": str(POOL_SIZE)}
    with _start_process(POSTGRAPHILE, port, command, variables) as server:
        yield server


def node_versions() -> list[str]:
    """Return what PostGraphile runs on, with versions."""
    lock = orjson.loads((FOLDER / "package-lock.json").read_bytes())["packages"]
    return [f"{part} {lock['node_modules/' + part]['version']}" for part in ("postgraphile", "grafast", "node")]


@contextmanager
def _start_process(
    name: str, port: int, command: list[str], variables: Mapping[str, str], folder: Path = REPOSITORY
) -> Iterator[Server]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("GIPFELBUCH_")}
    process = subprocess.Popen(command, cwd=folder, env={**own, **variables})
    try:
        _wait(process, port)
        yield Server(name, port, psutil.Process(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/graphql?query={{__typename}}", timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not answer")


class Database:
    """PostgreSQL on this machine, named by the URL."""

    def __init__(self, url: str) -> None:
        with psycopg.connect(url) as connection:
            backend = psutil.Process(connection.info.backend_pid)
            self._postmaster = backend.parents()[0]

    def memory_bytes(self) -> int:
        """Return the memory of its processes beyond what they share."""
        return sum(child.memory_full_info().uss for child in self._postmaster.children())

    def cpu_seconds(self) -> float:
        """Return the CPU time of the server and of all its processes, past and present."""
        while True:
            children = self._postmaster.children()
            try:
                seconds = sum(cpu_seconds(child) for child in children)
            except psutil.NoSuchProcess:
                continue
            times = self._postmaster.cpu_times()
            # a process that ended meanwhile would count twice or not at all
            if self._postmaster.children() == children:
                return seconds + cpu_seconds(self._postmaster) + float(times.children_user + times.children_system)
