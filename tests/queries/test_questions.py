"""The users' questions as cases: one for each, which says what is asked and how the response shows it."""

import re
from pathlib import Path

import pytest

QUESTIONS = sorted((Path(__file__).parent / "questions").glob("*.graphql"))
NAMED = re.compile(r"(a\d{3})_[a-z0-9_]+")


def test_seventy_six_questions_have_a_case_each() -> None:
    ids = [found[1] for path in QUESTIONS if (found := NAMED.fullmatch(path.stem))]
    assert len(ids) == len(set(ids)) == len(QUESTIONS) == 76


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_case_says_what_is_asked_and_how_the_answer_shows(path: Path) -> None:
    question, answer, operation = path.read_text(encoding="utf-8").splitlines()[:3]
    assert re.fullmatch(r"# .+[?.]", question)
    assert re.fullmatch(r"# .+\.", answer)
    assert re.fullmatch(r"query [A-Z]\w+.* ?[({]", operation)
