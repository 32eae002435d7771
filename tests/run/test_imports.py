"""Modules that a command does not import: each takes at least a tenth of the time of the work itself."""

import subprocess
import sys

import pytest

from service.settings import REPOSITORY

pytestmark = pytest.mark.slow

COSTLY = "alembic", "psycopg", "sqlalchemy", "sqlmodel"


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("service.cli", []),
        # whether there is something new
        ("service.store.current", []),
        # what serves
        ("service.app", []),
        # a load whose tables are those of this version
        ("service.store.migrations", ["psycopg"]),
        ("service.store.loading.load", ["psycopg"]),
        ("service.downloads", ["psycopg"]),
    ],
)
def test_what_is_imported(module: str, imported: list[str]) -> None:
    code = f"import sys, {module}; print(*(name for name in {COSTLY} if name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert run.stdout.split() == imported
