"""What a file asks of an entry is all that the entry has."""

from typing import Any

import pytest
from graphql import FieldNode, InlineFragmentNode, OperationDefinitionNode, get_named_type, is_leaf_type, parse

from schema import schema
from schema.downloads import document
from service.store.enums import EntryKind

LEFT_OUT = {"id", "knownSince", "name", "textLanguage", "isTranslation"}
"""Values of an entry that its file need not ask for: they follow from others, or are put before them."""


@pytest.mark.parametrize("kind", list(EntryKind))
def test_every_value_of_an_entry_is_asked_for(kind: EntryKind) -> None:
    type_: Any = schema._schema.type_map[kind.capitalize()]
    values = {name for name, field in type_.fields.items() if is_leaf_type(get_named_type(field.type))}
    assert values - asked(kind) <= LEFT_OUT


def asked(kind: EntryKind) -> set[str]:
    """The fields of an entry that its file asks for."""
    (operation,) = parse(document(kind)).definitions
    assert isinstance(operation, OperationDefinitionNode)
    (nodes,) = operation.selection_set.selections
    assert isinstance(nodes, FieldNode)
    assert nodes.selection_set
    (entry,) = nodes.selection_set.selections
    assert isinstance(entry, InlineFragmentNode)
    return {field.name.value for field in entry.selection_set.selections if isinstance(field, FieldNode)}
