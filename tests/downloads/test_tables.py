"""The documented contents of the tables, and that each list of an entry is in one of them."""

from typing import Any

import pytest
from graphql import GraphQLList, get_nullable_type, parse

from schema import schema
from schema.files import document
from schema.tables import LINKS, TOLD, tables
from service.store.enums import EntryKind


def lists_in_file(kind: EntryKind) -> list[list[str]]:
    """Return the lists that a file queries on an entry, each by the names under which it is declared."""
    type_: Any = schema._schema.type_map[kind.capitalize()]
    operation: Any = parse(document(kind)).definitions[0]
    selected = operation.selection_set.selections[0].selection_set.selections[0].selection_set.selections
    names = [node.name.value for node in selected]
    lists = [name for name in names if isinstance(get_nullable_type(type_.fields[name].type), GraphQLList)]
    return [[f"{each.name}.{name}" for each in (type_, *type_.interfaces)] for name in lists]


@pytest.mark.parametrize("kind", EntryKind)
def test_each_list_has_a_table_or_is_told_by_one(kind: EntryKind) -> None:
    for declared in lists_in_file(kind):
        assert [each for each in declared if each in LINKS or each in TOLD], declared


def test_nothing_is_named_that_is_not_there() -> None:
    declared = {each for kind in EntryKind for names in lists_in_file(kind) for each in names}
    assert LINKS.keys() | TOLD.keys() <= declared
    assert set(TOLD.values()) <= tables().keys()
    assert not LINKS.keys() & TOLD.keys()


def test_columns_are_described_and_refer_to_tables() -> None:
    for table in tables().values():
        assert table.description
        assert len(set(table.header)) == len(table.header)
        assert set(table.key) <= set(table.header)
        for column in table.columns:
            assert column.description, column.name
            assert column.references is None or "slug" in tables()[column.references].header


def test_what_the_schema_says_is_what_a_column_is_described_by() -> None:
    claims = {column.name: column for column in tables()["claims"].columns}
    fields: Any = schema._schema.type_map["Claim"].fields  # type: ignore[attr-defined]
    dates: Any = schema._schema.type_map["EdtfDate"].fields  # type: ignore[attr-defined]
    assert claims["factuality"].description == fields["factuality"].description
    assert claims["source.slug"].description == fields["source"].description
    effective = f"{fields['effective'].description} {dates['earliest'].description}"
    assert (claims["effective.earliest"].description, claims["effective.earliest"].is_required) == (effective, False)
    assert (claims["source.slug"].references, claims["fact.slug"].references) == ("sources", "facts")
    assert claims["valueEntry.slug"].references is None
