"""Chromium, driven by a script; a test that cannot run it is skipped."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.npm import node_with

HERE = Path(__file__).resolve().parent


def browse(script: Path, *arguments: str) -> Any:
    """Return the JSON that `script` prints, given `arguments` after the path of Chromium (Debian's package
    `chromium`).
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("needs Chromium")
    command = [node_with(HERE), str(script), chromium, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
