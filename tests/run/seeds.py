"""Seeds that differ in one thing from those of the repository."""

from __future__ import annotations

import shutil
from pathlib import Path

from service.settings import SEEDS

QUESTION = '{ summit(slug: "vladivostok-2019") { name } }'
RENAMED = {"data": {"summit": {"name": "Vladivostok - 2019"}}}
"""The response once they are loaded."""


def with_another_name(folder: Path) -> Path:
    """Write the record into a new folder, with another name for a summit."""
    shutil.copytree(SEEDS, folder, ignore=shutil.ignore_patterns("sets"))
    meetings = folder / "meetings.yaml"
    text = meetings.read_text(encoding="utf-8")
    assert text.count("en: Vladivostok 2019,") == 1
    meetings.write_text(text.replace("en: Vladivostok 2019,", "en: Vladivostok - 2019,"), encoding="utf-8")
    return folder
