"""A value of a vocabulary that is forgotten somewhere is told in a sentence, and its migration can be drafted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.copies import change, copied, told

pytestmark = pytest.mark.slow

TERMS = "service/store/enums.py"
QUESTIONS = "schema/enums.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.mark.parametrize(
    ("file", "after", "sentence"),
    [
        (
            TERMS,
            'LETTER = "LETTER", "In a letter."',
            "Medium.NEW is in {}, but not in _VOCABULARIES of schema/words.py.",
        ),
        (
            TERMS,
            'DEFERRED = "DEFERRED", "Put off with no new time: not now, perhaps later."',
            "MeetingStatus.NEW is in {}, but not in PHASES of service/store/enums.py.",
        ),
        (
            TERMS,
            'NOT_HELD = "NOT_HELD", "It was cancelled or deferred."',
            "MeetingOutcome.NEW is in {}, but not in VALUES of service/store/wording/words.py.",
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
    assert told(folder, "schema", "--check") == (2, sentence.format(file) + "\n")


@pytest.mark.parametrize(
    ("file", "before", "after", "sentence"),
    [
        (
            "schema/slugs.py",
            'INVITATIONS = _naming("fact", "Invitation")',
            'INVITATIONS = _naming("fact")',
            "FactKind.INVITATION is in service/store/enums.py, but not in the parameters of schema/slugs.py.",
        ),
        (
            "schema/search.py",
            "| Invitation | Source,",
            "| Source,",
            "SearchKind.INVITATION is in service/store/enums.py, but not in SearchResult of schema/search.py.",
        ),
        (
            "schema/query.py",
            'invitations: InvitationConnection = _all(INVITATION, "All invitations.")',
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
    assert told(folder, "schema", "--check") == (2, sentence + "\n")


def test_words_of_a_value_that_has_gone(folder: Path) -> None:
    change(folder / TERMS, '    LETTER = "LETTER", "In a letter."\n', "")
    assert told(folder, "schema", "--check") == (
        2,
        "LETTER is in _VOCABULARIES of schema/words.py, but not in Medium of service/store/enums.py.\n",
    )


def test_the_migration_that_a_new_value_needs_is_drafted(folder: Path) -> None:
    letter = '    LETTER = "LETTER", "In a letter."\n'
    change(folder / TERMS, letter, f'{letter}    NEW = "NEW", "A new one."\n')
    code, said = told(folder, "migrate", "--check")
    assert (code, "add constraint quote_medium_check" in said) == (1, True)
    assert told(folder, "migrate", "--draft", "allow_new") == (0, "")
    assert told(folder, "migrate", "--check") == (0, "")
