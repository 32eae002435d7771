"""A value of a vocabulary that is forgotten somewhere is told in a sentence, when the schema is made."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from service.settings import REPOSITORY

pytestmark = pytest.mark.slow

TERMS = "service/store/terms.py"
QUESTIONS = "schema/terms.py"


def told(folder: Path, file: str, before: str, after: str) -> tuple[int, str]:
    """What `gipfelbuch schema --check` says of the code with one file changed."""
    for room in ("service", "schema"):
        shutil.copytree(REPOSITORY / room, folder / room, ignore=shutil.ignore_patterns("__pycache__", "playground"))
    code = (folder / file).read_text(encoding="utf-8")
    assert code.count(before) == 1
    (folder / file).write_text(code.replace(before, after), encoding="utf-8")
    command = [sys.executable, "-m", "service.cli", "schema", "--check"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


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
            "MeetingStatus.NEW is in {}, but not in PHASES of service/store/terms.py.",
        ),
        (
            TERMS,
            'NOT_HELD = "NOT_HELD", "It was cancelled or deferred."',
            "MeetingOutcome.NEW is in {}, but not in VALUES of service/store/wording/words.py.",
        ),
        (
            TERMS,
            'AID = "AID", "Give material help that mainly benefits the recipient. Score 10."',
            "EventType.NEW is in {}, but not in EVENTS of service/store/wording/words.py.",
        ),
        (QUESTIONS, 'FORM = "FORM", "By form."', "QuoteGrouping.NEW is in {}, but not in schema/groupings.py."),
        (
            QUESTIONS,
            'SCORE_ASC = "SCORE_ASC", "By PLOVER score, most conflictual first; ties by slug."',
            "EventOrder.NEW is in {}, but not in ORDERS[EventOrder].",
        ),
    ],
)
def test_a_new_value_that_is_forgotten(file: str, after: str, sentence: str, tmp_path: Path) -> None:
    added = f'{after}\n    NEW = "NEW", "A new one."'
    assert told(tmp_path, file, after, added) == (2, sentence.format(file) + "\n")


def test_words_of_a_value_that_has_gone(tmp_path: Path) -> None:
    assert told(tmp_path, TERMS, '    LETTER = "LETTER", "In a letter."\n', "") == (
        2,
        "LETTER is in _VOCABULARIES of schema/words.py, but not in Medium of service/store/terms.py.\n",
    )
