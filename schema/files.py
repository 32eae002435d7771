"""Content of the files of the whole register: the fields of the GraphQL types, except those named here."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLField, get_named_type, is_leaf_type, is_required_argument

from schema import schema
from service.store.enums import EntryKind

LEFT_OUT: Mapping[str, str] = {
    "Actor": "name quotes meetings events invitations agreements",
    "EdtfDate": "label",
    "Entry": "id slug label",
    "Fact": "knownSince",
    "Meeting": "participants previous next",
    "Passage": "exact",
    "Person": "relationships summits",
    "Place": "name",
    "Quote": "textLanguage isTranslation",
    "Relationship": "agreements events invitations quotes summits toneOverTime",
    "Source": "text",
    "SourceDataset": "counts covers",
}
"""By type: fields that precede the others, follow from them or are in other files; and the documents' own words, which
belong to their outlets."""
WRITTEN_OUT = ("SourceDataset",)
"""Types that have no file of their own, so fields that refer to one write it out: for a source, the licence it is
under."""
GIVEN = {"language": "en"}
"""Values for required arguments; a field with any other required argument is left out."""


def document(kind: EntryKind) -> str:
    """The operation whose answer a file holds; it takes `ids`."""
    typename = kind.capitalize()
    fields = " ".join(_selections(schema._schema.type_map[typename], is_entry=True))
    return f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {typename} {{ slug label {fields} }} }} }}"


def _selections(type_: Any, *, is_entry: bool) -> Iterator[str]:
    """Selections on an object: its values, other entries by slug and, for an entry itself, the length of its lists."""
    names = [type_.name, *(interface.name for interface in type_.interfaces)]
    left_out = {field for name in names for field in LEFT_OUT.get(name, "").split()}
    for name, field in type_.fields.items():
        arguments = {argument for argument, each in field.args.items() if is_required_argument(each)}
        if name not in left_out and arguments <= GIVEN.keys():
            given = ", ".join(f'{argument}: "{GIVEN[argument]}"' for argument in arguments)
            yield from _selection(f"{name}({given})" if given else name, field, is_entry=is_entry)


def _selection(selected: str, field: GraphQLField, *, is_entry: bool) -> Iterator[str]:
    type_: Any = get_named_type(field.type)
    if is_leaf_type(type_):
        yield selected
    elif "slug" in type_.fields and type_.name not in WRITTEN_OUT:
        yield f"{selected} {{ slug }}"
    elif "totalCount" not in type_.fields:
        yield f"{selected} {{ {' '.join(_selections(type_, is_entry=False))} }}"
    elif is_entry:
        yield f"{selected} {{ totalCount }}"
