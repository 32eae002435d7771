"""The processes that are measured: started, asked for their CPU time, ended; no others are touched."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from starlette.applications import Starlette

from service.app import create_app
from service.settings import REPOSITORY, read_settings

HOST = "127.0.0.1"
START_SECONDS, STOP_SECONDS = 30, 10
FLAGS = (
    "--factory",
    "--loop=uvloop",
    "--http=httptools",
    "--no-access-log",
    "--log-level=warning",
    "--no-server-header",
)


@dataclass(frozen=True)
class Server:
    """A server that answers on /graphql of a port."""

    name: str
    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """CPU time that the process has used so far."""
        return _used(self.process)


def service() -> Starlette:
    """The service itself, for uvicorn; it reads DATABASE_URL."""
    return create_app(read_settings())


@contextmanager
def serving(name: str, factory: str, database_url: str) -> Iterator[Server]:
    """One worker of uvicorn on a free port, until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", factory, f"--host={HOST}", f"--port={port}", *FLAGS]
    own = {key: value for key, value in os.environ.items() if not key.startswith("GIPFELBUCH_")}
    process = subprocess.Popen(command, cwd=REPOSITORY, env={**own, "DATABASE_URL": database_url})
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
    """The PostgreSQL that this process has started."""

    def __init__(self) -> None:
        children = psutil.Process().children()
        self._postmaster = next(child for child in children if child.name() == "postgres")

    def cpu_seconds(self) -> float:
        """CPU time of the server and of all processes that it has or had."""
        while True:
            children = self._postmaster.children()
            try:
                seconds = sum(_used(child) for child in children)
            except psutil.NoSuchProcess:
                continue
            times = self._postmaster.cpu_times()
            # one that ended meanwhile would count twice or not at all
            if self._postmaster.children() == children:
                return seconds + _used(self._postmaster) + float(times.children_user + times.children_system)


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
