"""The image, built into a folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.containers.building import python, run_instruction
from tests.containers.files import single_value, stages


@pytest.fixture(scope="session")
def image() -> Iterator[Path]:
    """Return a folder with the result of the first stage, which holds what the second one copies."""
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name, tempfile.TemporaryDirectory() as programs:
        (Path(programs) / "python").symlink_to(python())
        folder = Path(name).resolve()
        for each in (folder, Path(programs)):
            each.chmod(0o755)
        for instruction in stages()[0]:
            run_instruction(instruction, folder, f"{programs}:{os.defpath}")
        _, source, target = single_value(stages()[1], "COPY").split()
        assert source == f"{single_value(stages()[0], 'WORKDIR')}/{Path(target)}"
        for each in folder.iterdir():
            if each.name != Path(target).name:
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        yield folder
