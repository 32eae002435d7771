"""A version, its section in the changelog and its licence belong together."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.metadata import metadata
from typing import Any

from service.settings import REPOSITORY
from service.version import VERSION
from tests.run.commands import run_command


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def test_the_newest_release_in_the_changelog_is_this_version() -> None:
    headings = re.findall("^## (.*)$", (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    releases = [each for each in headings if each != "Unreleased"]
    assert headings in (releases, ["Unreleased", *releases])
    versions = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) \((\d{4}-\d\d-\d\d)\)", each) for each in releases]
    numbers = [tuple(map(int, each.group(1, 2, 3))) for each in versions if each]
    days = [date.fromisoformat(each[4]) for each in versions if each]
    assert len(numbers) == len(releases)
    assert (numbers, days) == (sorted(numbers, reverse=True), sorted(days, reverse=True))
    assert ".".join(map(str, numbers[0])) == project()["version"] == VERSION


def test_the_command_says_its_version() -> None:
    done = run_command("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"gipfelbuch {VERSION}\n", "")


def test_the_package_says_by_whose_leave_it_is_used() -> None:
    licence = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
    about = metadata("gipfelbuch")
    assert licence.startswith("MIT License\n\nCopyright (c) 2026 the Gipfelbuch authors\n")
    assert (about["License-Expression"], about["Author"]) == ("MIT", "The Gipfelbuch authors")
    assert "Typing :: Typed" in about.get_all("Classifier", [])
    assert [(REPOSITORY / room / "py.typed").exists() for room in ("service", "schema")] == [True, True]
