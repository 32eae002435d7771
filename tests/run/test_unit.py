"""The systemd unit under examples/, tested by systemd's own check if it is installed, and by what the unit starts."""

from __future__ import annotations

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from service.cli import app
from service.settings import REPOSITORY, Settings, variable

UNIT = REPOSITORY / "examples" / "gipfelbuch.service"


@pytest.fixture
def unit() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT.read_text(encoding="utf-8"))
    return parser


def test_it_runs_the_command_with_settings_that_there_are(unit: configparser.ConfigParser) -> None:
    program, command = unit["Service"]["ExecStart"].split()
    assert program == "/opt/gipfelbuch/bin/gipfelbuch"
    assert command in get_command(app).commands  # type: ignore[attr-defined]
    name, _, folder = unit["Service"]["Environment"].partition("=")
    assert name in map(variable, Settings.model_fields)
    assert folder == "%S/" + unit["Service"]["StateDirectory"]
    assert unit["Service"]["RestartPreventExitStatus"] == "2"
    assert "User" not in unit["Service"]


def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd here")
    text = UNIT.read_text(encoding="utf-8").replace("/opt/gipfelbuch/bin/gipfelbuch", "/bin/true")

    def check(text: str) -> str:
        path = tmp_path / UNIT.name
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True, check=False
        )
        return "\n".join(line for line in done.stderr.splitlines() if UNIT.name in line)

    assert check(text) == ""
    assert "ProtectSytem" in check(text.replace("ProtectSystem", "ProtectSytem"))
