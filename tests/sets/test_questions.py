"""Questions that only the imported sets answer, each with its exact response, as in tests/queries.

`pytest tests/sets/test_questions.py --record` writes the responses again; read the difference before you keep it.
"""

from pathlib import Path

import pytest

from tests.queries.test_cases import check_answer

pytestmark = pytest.mark.slow

CASES = sorted((Path(__file__).parent / "questions").glob("*.graphql"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
async def test_the_answer_is_exactly_this(case: Path, sets_database: str, request: pytest.FixtureRequest) -> None:
    await check_answer(case, sets_database, is_recording=request.config.getoption("--record"))
