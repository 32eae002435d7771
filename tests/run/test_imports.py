"""What a command does not import: each of these takes as long as a tenth of its work, or longer."""

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
        # what answers
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
