"""The files stored for the addresses are consistent: operations, each of one statement, templates, words and
folders.
"""

from __future__ import annotations

from typing import Any

import pytest
from graphql import (
    GraphQLList,
    GraphQLObjectType,
    GraphQLScalarType,
    get_named_type,
    get_nullable_type,
    validate,
)

from schema import schema
from service.app import limits
from service.pages.addresses import ADDRESSES, FOLDERS, Address, path_of, present_path
from service.pages.filter_variables import with_filter_variables
from service.pages.operations import FOLDER, StoredOperation, stored_operation
from service.pages.parameters import parameter_name, parse_parameters
from service.pages.reading import COUNTED
from service.pages.templating import TEMPLATES
from service.pages.variables import variable_uses
from service.planner.fields import parameter_of
from service.planner.parameters import Shape
from service.planner.planner import Planner
from service.settings import Settings

OPERATIONS = sorted(path.stem for path in FOLDER.glob("*.graphql"))
each_operation = pytest.mark.parametrize("operation", [*map(stored_operation, OPERATIONS)], ids=OPERATIONS)


@pytest.fixture(scope="module")
def planner() -> Planner:
    """Return a planner with the default limits of the settings."""
    settings = Settings(database_url="postgresql://nowhere/")
    return Planner(schema, limits(settings), cache_bytes=settings.plan_cache_bytes)


def longest_list_variables(operation: StoredOperation) -> dict[str, object]:
    """Return variables for the longest lists, by all filters; participants are only given once."""
    texts = {"Date": "2019-04-18", "Float": "1.5", "LanguageTag": "de", "Int": "1", "Boolean": "true"}
    values: dict[str, object] = {}
    uses = variable_uses(operation, schema._schema)
    for name, type_ in operation.variables(schema._schema).items():
        named = get_named_type(type_)
        if name == COUNTED:
            # an address sends the operation again without it
            values[name] = False
        elif name in ("last", "after", "before", "involvingAll"):
            continue
        elif named.name == "Int" and isinstance(shape := parameter_of(uses[name].definition), Shape):
            values[name] = shape.maximum
        elif isinstance(named, GraphQLScalarType):
            is_list = isinstance(get_nullable_type(type_), GraphQLList)
            text = texts.get(named.name, "kim-jong-un,donald-trump" if is_list else "kim-jong-un")
            values |= parse_parameters([(parameter_name(name), text)], {name: type_})
    return values


@each_operation
def test_each_is_valid_and_says_what_it_answers(operation: StoredOperation) -> None:
    assert validate(schema._schema, operation.document) == []
    assert operation.summary.endswith(".")


@each_operation
def test_each_is_one_statement_within_the_limits_with_the_longest_lists(
    operation: StoredOperation, planner: Planner
) -> None:
    prepared = planner.prepare(operation.text, None, longest_list_variables(operation), read_only=True)
    assert prepared.sql is not None
    assert prepared.sql.startswith("SELECT")
    assert 0 < prepared.cost.work < planner.limits.work


@pytest.mark.parametrize("order", ["FACTS_DESC", "MEETINGS_DESC", "BILATERAL_MEETINGS_DESC"])
def test_the_longest_list_of_relationships_can_be_asked_by_all_filters_at_once(order: str, planner: Planner) -> None:
    operation = stored_operation("relationships")
    pair = ["kim-jong-un", "donald-trump"]
    filters = {"kind": ["PEOPLE"], "curation": ["CURATED"], "involvingAll": pair, "orderBy": order}
    variables = longest_list_variables(operation) | filters
    assert variables.keys() >= operation.variable_names - {"last", "after", "before"}
    prepared = planner.prepare(operation.text_for(variables), None, variables, read_only=True)
    assert prepared.cost.work < planner.limits.work


@each_operation
def test_each_variable_stands_in_an_argument(operation: StoredOperation) -> None:
    assert set(variable_uses(operation, schema._schema)) == set(operation.variables(schema._schema))


def test_each_is_asked_at_an_address_or_for_the_site_map_or_for_the_names_of_filters() -> None:
    site_map = {name for name in OPERATIONS if name.startswith("sitemap")}
    assert {each.operation for each in ADDRESSES} == set(OPERATIONS) - site_map - {"names"}


def test_each_page_has_a_template() -> None:
    pages = {each.operation for each in ADDRESSES if "html" in each.forms}
    assert pages <= {path.stem for path in TEMPLATES.glob("*.html")}


def test_each_type_of_entries_has_a_folder() -> None:
    types = schema._schema.type_map.values()
    entries = {
        each.name
        for each in types
        if isinstance(each, GraphQLObjectType) and "Entry" in {interface.name for interface in each.interfaces}
    }
    assert set(FOLDERS) == entries
    assert path_of("Summit", "a/b") == "/summits/a%2Fb"


KIM, TRUMP = {"__typename": "Person", "slug": "kim-jong-un"}, {"__typename": "Person", "slug": "donald-trump"}


@pytest.mark.parametrize(
    ("path", "asked", "root", "present"),
    [
        ("/people/{slug}", ["kim"], KIM, "/people/kim-jong-un"),
        ("/timeline/{slug}", ["kim"], KIM, "/timeline/kim-jong-un"),
        (
            "/timeline/{slug}/{other}",
            ["kim", "donald-trump"],
            {"parties": [TRUMP, KIM]},
            "/timeline/kim-jong-un/donald-trump",
        ),
        ("/timeline/{slug}/{other}", ["trump", "kim"], {"parties": [TRUMP, KIM]}, "/timeline/donald-trump/kim-jong-un"),
        ("/people", [], {"nodes": []}, None),
        ("/", [], {}, None),
    ],
)
def test_what_was_called_otherwise_has_a_present_path(
    path: str, asked: list[str], root: dict[str, Any], present: str | None
) -> None:
    address = next(each for each in ADDRESSES if each.path == path)
    assert present_path(address, dict(zip(("slug", "other"), asked, strict=False)), root) == present


def test_a_filter_stands_for_one_variable_for_each_of_its_members() -> None:
    default = "{ kind: [ARTICLE], publishedOn: { match: WITHIN } }"
    text = with_filter_variables(f"query ($filter: SourceFilter = {default}) {{ sources(filter: $filter) {{ x }} }}")
    assert "$filter" not in text
    for definition in (
        "$slug: [String!]\n",
        "$kind: [SourceKind!] = [ARTICLE]\n",
        "$inLanguage: [LanguageTag!]\n",
        "$from: Date\n",
        "$dateMatch: DateMatch = WITHIN\n",
    ):
        assert definition in text
    assert "language: $inLanguage" in text
    assert "publishedOn: { from: $from, to: $to, match: $dateMatch }" in text


def test_other_ranges_have_bounds_of_their_own() -> None:
    text = with_filter_variables("query ($filter: EventFilter) { events(filter: $filter) { totalCount } }")
    assert "$dateMatch: DateMatch = OVERLAPS\n" in text
    assert "knownSince: { from: $knownSinceFrom, to: $knownSinceTo }" in text
    assert "score: { from: $scoreFrom, to: $scoreTo }" in text


NO_PARAMETERS = {"sharing", "passageFrom"}
"""Members of filters that are filters themselves, or that cost too much together with all others."""


@pytest.mark.parametrize("address", [each for each in ADDRESSES if "{" not in each.path], ids=lambda each: each.path)
def test_a_list_takes_every_filter_of_its_field(address: Address) -> None:
    query = schema._schema.query_type
    assert query is not None
    filter_ = query.fields[address.root].args.get("filter") if address.root else None
    # the overview of charts draws several lists, using what they have in common
    if filter_ is None or address.path == "/charts":
        return
    taken = {use.argument for use in variable_uses(stored_operation(address.operation), schema._schema).values()}
    members = {".".join(each.split(".")[:2]) for each in taken}
    wanted = {f"filter.{name}" for name in get_named_type(filter_.type).fields.keys() - NO_PARAMETERS}
    assert wanted <= members
