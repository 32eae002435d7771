"""What runs the gate elsewhere: the workflow and the hooks, checked by their schema and by what they call."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from service.settings import REPOSITORY

HOOKS = REPOSITORY / ".pre-commit-config.yaml"
MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8")


def workflow() -> dict[str, Any]:
    """Return the workflow; YAML 1.1 reads its key `on` as a yes."""
    found = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in found.items()}


def hooks() -> list[dict[str, Any]]:
    (local,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))["repos"]
    assert local["repo"] == "local"
    found: list[dict[str, Any]] = local["hooks"]
    return found


def test_the_workflow_keeps_to_its_schema() -> None:
    text = files("check_jsonschema").joinpath("builtin_schemas/vendor/github-workflows.json").read_text("utf-8")
    validator = jsonschema.validators.validator_for(json.loads(text))(json.loads(text))
    assert [error.message for error in validator.iter_errors(workflow())] == []
    wrong = workflow()
    wrong["jobs"]["gate"]["timeout-minuets"] = 5
    assert not validator.is_valid(wrong)


def test_the_workflow_runs_the_gate_on_each_python_that_make_looks_for() -> None:
    gate = workflow()["jobs"]["gate"]
    pythons = gate["strategy"]["matrix"]["python"]
    assert [f"python{each}" for each in pythons] == sorted(re.findall(r"python3\.\d+", MAKEFILE))
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={pythons[0]}"
    *_, last = gate["steps"]
    assert last["run"].splitlines()[-1] == ".ci/run"
    assert last["env"] == {"PYTHON": "/usr/local/bin/python${{ matrix.python }}"}
    assert os.access(REPOSITORY / ".ci" / "run", os.X_OK)


def test_git_takes_the_hooks() -> None:
    command = [str(Path(sys.executable).with_name("pre-commit")), "validate-config", str(HOOKS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_hooks_are_targets_of_make_and_download_nothing() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))
    for hook in hooks():
        command, target = hook["entry"].split()
        assert (command, hook["language"], hook["pass_filenames"]) == ("make", "system", False)
        assert target in targets
