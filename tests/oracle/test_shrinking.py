"""A faulty operation is reported as small as possible."""

from graphql import build_schema

from schema import print_sdl
from tests.oracle.operations import Operation
from tests.oracle.shrinking import shrink

QUERY = """query Q($first: Int = 3, $slug: String!, $without: Boolean!) {
  people(first: $first) { nodes { ...A slug @skip(if: $without) facts { nodes { ... on Quote { text ...B } } } } }
  person(slug: $slug) { label }
}
fragment A on Person { name isLeader }
fragment B on Fact { knownSince label(language: "de") }"""
SMALLEST = (
    "query Q { people { nodes { facts { nodes { ... on Quote { ...B } } } } } } fragment B on Fact { knownSince }"
)


async def test_all_that_does_not_matter_goes() -> None:
    async def shows(operation: Operation) -> bool:
        return "knownSince" in operation.query

    operation = Operation(QUERY, {"first": 2, "slug": "kim-jong-un", "without": False})
    smallest = await shrink(build_schema(print_sdl()), operation, shows)
    assert (" ".join(smallest.query.split()), smallest.variables) == (SMALLEST, {})


async def test_what_shows_slowly_is_not_made_smaller_for_ever() -> None:
    async def shows(operation: Operation) -> bool:
        return True

    operation = Operation(QUERY, {"first": 2, "slug": "kim-jong-un", "without": False})
    assert await shrink(build_schema(print_sdl()), operation, shows, seconds=0) == operation
