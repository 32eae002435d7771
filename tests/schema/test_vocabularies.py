"""A value of a vocabulary that is missing somewhere is reported in a sentence, and its migration can be drafted."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.store.i18n.languages import LANGUAGES
from tests.copies import change, copy_house, run_command

pytestmark = pytest.mark.slow

TERMS = "service/store/enums.py"
QUESTIONS = "schema/enums.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_house(tmp_path)


def words_missing(vocabulary: str) -> str:
    """Return the message about a new value that has no word in any language."""
    return "\n".join(
        f"{vocabulary}.NEW is in {{}}, but not in {vocabulary} of service/store/i18n/languages/{tag}.py."
        for tag in LANGUAGES
    )


@pytest.mark.parametrize(
    ("file", "after", "sentence"),
    [
        (
            TERMS,
            'LETTER = "LETTER", "In a letter."',
            words_missing("Medium"),
        ),
        (
            TERMS,
            'DEFERRED = "DEFERRED", "Put off with no new time: not now, perhaps later."',
            "MeetingStatus.NEW is in {}, but not in PHASES of service/store/enums.py.",
        ),
        (
            TERMS,
            'NOT_HELD = "NOT_HELD", "It was cancelled or deferred."',
            words_missing("MeetingOutcome"),
        ),
        (
            TERMS,
            'AID = "AID", "Give material help that mainly benefits the recipient. Score 10."',
            "EventType.NEW is in {}, but not in _TABLE of service/store/plover.py.",
        ),
        (
            QUESTIONS,
            'FORM = "FORM", "By form."',
            "QuoteGrouping.NEW is in {}, but not in the counts of schema/ by QuoteGrouping.",
        ),
        (
            QUESTIONS,
            'SCORE_ASC = "SCORE_ASC", "By PLOVER score, most conflictual first; ties by slug."',
            "EventOrder.NEW is in {}, but not in ORDERS[EventOrder].",
        ),
    ],
)
def test_a_new_value_that_is_forgotten(file: str, after: str, sentence: str, folder: Path) -> None:
    change(folder / file, after, f'{after}\n    NEW = "NEW", "A new one."')
    assert run_command(folder, "schema", "--check") == (2, sentence.replace("{}", file) + "\n")


@pytest.mark.parametrize(
    ("file", "before", "after", "sentence"),
    [
        (
            "schema/sql/slugs.py",
            'INVITATIONS = _parameter("fact", "Invitation")',
            'INVITATIONS = _parameter("fact")',
            "FactKind.INVITATION is in service/store/enums.py, but not in the parameters of schema/sql/slugs.py.",
        ),
        (
            "schema/search.py",
            "| Agreement | Source,",
            "| Source,",
            "SearchKind.AGREEMENT is in service/store/enums.py, but not in SearchResult of schema/search.py.",
        ),
        (
            "schema/query.py",
            'invitations: InvitationConnection = _list_facts(INVITATION, "All invitations.")',
            "",
            "Invitation is in KINDS of service/store/kinds/__init__.py, but not in a list of schema/query.py.",
        ),
        (
            "schema/kinds.py",
            'UNCOUNTED = ("Office", "Relationship")',
            'UNCOUNTED = ("Office",)',
            "RelationshipConnection has no counts, and Relationship is not in UNCOUNTED of schema/kinds.py.",
        ),
    ],
)
def test_a_kind_that_is_forgotten_in_the_schema(
    file: str, before: str, after: str, sentence: str, folder: Path
) -> None:
    change(folder / file, before, after)
    assert run_command(folder, "schema", "--check") == (2, sentence + "\n")


def test_words_of_a_value_that_has_gone(folder: Path) -> None:
    change(folder / TERMS, '    LETTER = "LETTER", "In a letter."\n', "")
    assert run_command(folder, "schema", "--check") == (
        2,
        "".join(
            f"LETTER is in Medium of service/store/i18n/languages/{tag}.py, but not in Medium of {TERMS}.\n"
            for tag in LANGUAGES
        ),
    )


def test_the_migration_that_a_new_value_needs_is_drafted(folder: Path) -> None:
    letter = '    LETTER = "LETTER", "In a letter."\n'
    change(folder / TERMS, letter, f'{letter}    NEW = "NEW", "A new one."\n')
    code, said = run_command(folder, "migrate", "--check")
    assert (code, "add constraint quote_medium_check" in said) == (1, True), said
    assert run_command(folder, "migrate", "--draft", "allow_new") == (0, "")
    assert run_command(folder, "migrate", "--check") == (0, "")
