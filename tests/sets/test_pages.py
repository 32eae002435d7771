"""The pages' questions to the imported records get exactly the responses shown, from all sets.

`pytest tests/sets/test_pages.py --record` writes the responses again; read the difference before you keep it.
"""

import orjson
import pytest

from tests.docs.pages import Page, format_json
from tests.docs.test_answers import record
from tests.schema.asking import answer

pytestmark = [pytest.mark.slow, pytest.mark.anyio]

PAGE = "docs/imported-questions.md"


async def answers(page: Page, database: str) -> list[bytes]:
    return [orjson.dumps(await answer(database, question.text)) for question, _ in page.pairs()]


async def test_the_answers_are_exactly_these(sets_database: str, request: pytest.FixtureRequest) -> None:
    found = await answers(Page(PAGE), sets_database)
    if request.config.getoption("--record"):
        record(Page(PAGE), found)
    said = [shown.text for _, shown in Page(PAGE).pairs() if shown is not None]
    assert said == [format_json(orjson.loads(content)) + "\n" for content in found]
    assert len(said) == 4
