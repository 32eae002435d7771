"""Each question on the pages is valid, and its response is exactly the block after it.

`pytest tests/docs --record` writes the responses again; read the difference before you keep it.
"""

import orjson
import pytest
from graphql import parse, validate
from httpx import AsyncClient

from schema import schema
from tests.docs.pages import PAGES, Page, format_json

# what docs/adding.md asks is answered once its steps are taken, and what the sets are asked by them all:
# test_adding.py, tests/sets/test_pages.py
ELSEWHERE = {"docs/adding.md", "docs/imported-questions.md"}
ANSWERED = [page for page in PAGES if page.name not in ELSEWHERE and any(answer for _, answer in page.pairs())]


async def answers(page: Page, client: AsyncClient) -> list[tuple[str, bytes]]:
    """Return the responses that the page shows for its questions, and the actual ones."""
    found = []
    for question, answer in page.pairs():
        if answer is not None:
            response = await client.post("/graphql", json={"query": question.text})
            found.append((answer.text, response.content))
    return found


@pytest.mark.parametrize("page", ANSWERED, ids=lambda page: page.name)
async def test_the_answers_are_exactly_these(page: Page, client: AsyncClient, request: pytest.FixtureRequest) -> None:
    found = await answers(page, client)
    if request.config.getoption("--record"):
        record(page, [content for _, content in found])
    for said, content in await answers(Page(page.name), client):
        # as bytes: the keys are in the same order too
        assert orjson.dumps(orjson.loads(said)) == orjson.dumps(orjson.loads(content))
        assert said == format_json(orjson.loads(content)) + "\n"


def record(page: Page, contents: list[bytes]) -> None:
    """Write the responses into the page."""
    text = page.text
    answers = [answer for _, answer in page.pairs() if answer is not None]
    for answer, content in reversed(list(zip(answers, contents, strict=True))):
        text = text[: answer.start] + format_json(orjson.loads(content)) + "\n" + text[answer.end :]
    page.path.write_text(text, encoding="utf-8")


def test_five_questions_are_answered_and_two_of_them_at_first() -> None:
    pairs = {question.text: answer for question, answer in Page("docs/questions.md").pairs()}
    assert len(pairs) == 5
    assert all(pairs.values())
    first = [question.text for question, _ in Page("README.md").pairs()]
    assert first == [*pairs][:2]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_question_is_valid(page: Page) -> None:
    for question, _ in page.pairs():
        assert validate(schema._schema, parse(question.text)) == [], question.text


async def test_readme_tells_what_the_record_is(client: AsyncClient) -> None:
    query = """{
      articles: sources(filter: { kind: [ARTICLE] }) { totalCount nodes { language } }
      records: sources(filter: { kind: [OFFICIAL_RECORD] }) { totalCount }
      dataset { licence }
    }"""
    data = (await client.post("/graphql", json={"query": query})).json()["data"]
    assert {each["language"].partition("-")[0] for each in data["articles"]["nodes"]} == {"de"}
    assert (data["articles"]["totalCount"], data["records"]["totalCount"]) == (5, 5)
    text = Page("README.md").text.replace("\n", " ")
    assert "five German news articles" in text
    assert "five official records" in text
    assert f"The record is under {data['dataset']['licence']};" in text
