"""Pages of imported meetings say what their rows leave open."""

import pytest
from httpx import ASGITransport, AsyncClient

from service.app import create_app
from service.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.anyio]

NOTE = "The sources name only the participants listed here"
HAS_NOTE = {"/summits/nato-2006": True, "/summits/trip-2655-panama": False, "/summits/singapore-2018": False}
"""Whether a page says so: that of an imported meeting of many does, those of two sides or of an editor do not."""


async def test_a_meeting_of_many_says_that_others_may_have_taken_part(sets_database: str) -> None:
    app = create_app(Settings(database_url=sets_database))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://book.test", timeout=60) as client,
    ):
        pages = {path: await client.get(f"{path}.html?lang=en") for path in HAS_NOTE}
    assert {path: (page.status_code, NOTE in page.text) for path, page in pages.items()} == {
        path: (200, has_note) for path, has_note in HAS_NOTE.items()
    }
