"""A change to the declared tables, or to a function, without a migration is reported, and can be drafted and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.store.upgrading import differences
from tests.copies import change, copy_house, run_command

pytestmark = pytest.mark.slow

STORE = Path("service/store")


def change_check(folder: Path) -> None:
    change(folder / STORE / "tables/facts.py", "known_since <= known_from AND", "known_since < known_from AND")


def change_condition(folder: Path) -> None:
    change(
        folder / STORE / "tables/events.py",
        'Index("event_score_idx", "score")',
        'Index("event_score_idx", "score", postgresql_where="score > 0")',
    )


def change_order(folder: Path) -> None:
    change(
        folder / STORE / "tables/facts.py",
        '"shared_date_desc_idx", "between_id", desc("is_dated"), desc("first_on")',
        '"shared_date_desc_idx", "between_id", desc("is_dated"), "first_on"',
    )


def change_function(folder: Path) -> None:
    change(folder / STORE / "functions/slug_warnings.sql", "WHEN number <= 10", "WHEN number <= 12")


def change_arguments(folder: Path) -> None:
    change(
        folder / STORE / "functions/suggestions.sql",
        "day date, most integer)",
        "day date, most integer, \"Más\" text DEFAULT E'\\x1f')",
    )


def add_function(folder: Path) -> None:
    text = "CREATE FUNCTION one() RETURNS int LANGUAGE sql IMMUTABLE AS $$\n    SELECT 1 -- \\ 'quoted' \"ö\" 7%\n$$;\n"
    (folder / STORE / "functions/one.sql").write_text(text, encoding="utf-8")


def remove_view(folder: Path) -> None:
    (folder / STORE / "views/mode.sql").unlink()


CHANGES = (
    change_check,
    change_condition,
    change_order,
    change_function,
    change_arguments,
    add_function,
    remove_view,
)
STEPS = (
    "add constraint snapshot_known_check",
    "add function one()",
    "add function suggestions(text[],text[],date,integer,text)",
    "add index event_score_idx",
    "add index shared_date_desc_idx",
    "change function slug_warnings(json)",
    "remove constraint snapshot_known_check",
    "remove function suggestions(text[],text[],date,integer)",
    "remove index event_score_idx",
    "remove index shared_date_desc_idx",
    "remove view mode",
)


def test_what_has_no_migration_is_told_drafted_and_undone(tmp_path: Path, scratch: str) -> None:
    folder = copy_house(tmp_path)
    for forget in CHANGES:
        forget(folder)
    assert run_command(folder, "migrate", "--check") == (
        1,
        f"The migrations do not result in the declared tables. Missing: {', '.join(STEPS)}. "
        "Run `gipfelbuch migrate --draft MESSAGE` to draft a migration.\n",
    )
    assert run_command(folder, "migrate", "--draft", "mend_it") == (0, "")
    assert run_command(folder, "migrate", "--check") == (0, "")
    code, said = run_command(folder, "migrate", DATABASE_URL=scratch)
    assert (code, said.splitlines()[0]) == (0, "Bringing the tables up to date ...")
    assert run_command(folder, "downgrade", "-1", module="alembic", DATABASE_URL=scratch) == (0, "")
    assert differences(scratch) is None


def test_a_file_that_makes_nothing(tmp_path: Path) -> None:
    folder = copy_house(tmp_path)
    change(folder / STORE / "functions/slug_warnings.sql", "CREATE FUNCTION", "CREATE FUNCTIONS")
    assert run_command(folder, "migrate", "--check") == (
        2,
        'The statement in service/store/functions/slug_warnings.sql failed: syntax error at or near "FUNCTIONS"\n',
    )
