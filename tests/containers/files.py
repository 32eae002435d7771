"""The Dockerfile and the compose file as data, and the repository files that an image is made from."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from dockerfile_parse import DockerfileParser  # type: ignore[import-untyped]

from service.settings import REPOSITORY

DOCKERFILE = REPOSITORY / "Dockerfile"
COMPOSE = REPOSITORY / "docker-compose.yml"
REFERENCE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<form>[-?+])(?P<text>[^}]*))?\}")


class Instruction(NamedTuple):
    """Instruction of a Dockerfile, in capitals, and what follows it."""

    name: str
    value: str


class Unset(Exception):
    """A variable without a default is not set."""


def stages() -> list[list[Instruction]]:
    """Return the instructions of the Dockerfile, a list for each FROM."""
    parser = DockerfileParser(fileobj=BytesIO(DOCKERFILE.read_bytes()))
    found: list[list[Instruction]] = []
    for each in parser.structure:
        if each["instruction"] == "FROM":
            found.append([])
        if each["instruction"] != "COMMENT":
            found[-1].append(Instruction(each["instruction"], each["value"]))
    return found


def values(stage: list[Instruction], name: str) -> list[str]:
    """Return what follows each instruction of that name."""
    return [value for each, value in stage if each == name]


def single_value(stage: list[Instruction], name: str) -> str:
    (found,) = values(stage, name)
    return found


def variables() -> dict[str, str]:
    """Return the variables that the image sets."""
    pairs = re.findall(r"(\w+)=(\S+)", single_value(stages()[-1], "ENV"))
    return dict(pairs)


def health_command() -> list[str]:
    """Return the image's health check."""
    _, _, command = single_value(stages()[-1], "HEALTHCHECK").partition("CMD ")
    found: list[str] = json.loads(command)
    return found


def compose(**given: str) -> dict[str, Any]:
    """Return the compose file with variables fill in as compose does. Raises Unset."""

    def fill(found: Any) -> Any:
        if isinstance(found, dict):
            return {key: fill(value) for key, value in found.items()}
        if isinstance(found, list):
            return [fill(value) for value in found]
        return REFERENCE.sub(choose, found) if isinstance(found, str) else found

    def choose(match: re.Match[str]) -> str:
        name, form, text = match["name"], match["form"], match["text"]
        if form == "+":
            return str(text) if given.get(name) else ""
        if given.get(name):
            return given[name]
        if form == "-":
            return str(text)
        raise Unset(f"{name}: {text}")

    found: dict[str, Any] = fill(yaml.safe_load(COMPOSE.read_text(encoding="utf-8")))
    return found


def build_context_files() -> Iterator[str]:
    """Return what .dockerignore lets through: it excludes everything, and lists the exceptions."""
    lines = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    assert patterns[0] == "*"
    for pattern in patterns[1:]:
        if pattern.startswith("!"):
            yield pattern.removeprefix("!")
        else:
            assert pattern == "**/__pycache__"


def run_copy(value: str, into: Path) -> None:
    """Run a COPY from the repository, limited to the files sent."""
    *sources, target = value.split()
    for source in sources:
        assert source in list(build_context_files())
        origin, goal = REPOSITORY / source, into / target
        if origin.is_dir():
            shutil.copytree(origin, goal, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(origin, goal)
