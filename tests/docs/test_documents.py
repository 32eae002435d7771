"""The table of the first documents says what the record says about each."""

from typing import Any

from service.settings import REPOSITORY
from tests.schema.asking import answer

QUERY = """{
    sources(first: 100) {
        nodes { slug label title outlet { name } outletBasis publishedOn { label basis } url }
    }
}"""


def row(source: dict[str, Any]) -> str:
    """Return what the table must say about a source."""
    title = source["title"] or "none printed"
    outlet, day = source["outlet"]["name"], source["publishedOn"]["label"]
    bases = (basis.lower() for basis in (source["outletBasis"], source["publishedOn"]["basis"]))
    cells = (f"`{source['slug']}`", title, *map("{}, {}".format, (outlet, day), bases), source["url"] or "")
    return f"| {' | '.join(cells)} |"


async def test_each_document_is_told_of_as_the_record_does(database: str) -> None:
    sources = (await answer(database, QUERY))["data"]["sources"]["nodes"]
    page = (REPOSITORY / "docs/sources.md").read_text(encoding="utf-8")
    told = [line for line in page.splitlines() if line.startswith("| `")]
    assert told == [row(source) for source in sources]
