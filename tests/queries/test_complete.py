"""The cases are complete: each root field, each order and each field of a filter occurs in one."""

from pathlib import Path
from typing import Any

from graphql import (
    EnumValueNode,
    FieldNode,
    GraphQLError,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_input_object_type,
    parse,
    visit,
)

from schema import schema

SCHEMA = schema._schema
CASES = sorted(Path(__file__).parent.glob("*/*.graphql"))


class NameCollector(Visitor):
    """Visitor that collects what documents name, as `Type.name`."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types, self.found = types, set[str]()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent = self.types.get_parent_type()
        self.found.add(f"{parent.name if parent else ''}.{node.name.value}")

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        parent = self.types.get_parent_input_type()
        self.found.add(f"{get_named_type(parent).name if parent else ''}.{node.name.value}")

    def enter_enum_value(self, node: EnumValueNode, *_: Any) -> None:
        type_ = self.types.get_input_type()
        self.found.add(f"{get_named_type(type_).name if type_ else ''}.{node.value}")


def collect_names() -> set[str]:
    found: set[str] = set()
    for case in CASES:
        try:
            document = parse(case.read_text(encoding="utf-8"))
        except GraphQLError:
            continue
        types = TypeInfo(SCHEMA)
        visitor = NameCollector(types)
        visit(document, TypeInfoVisitor(types, visitor))
        found |= visitor.found
    return found


def members(ending: str, of: str) -> set[str]:
    types: list[Any] = [type_ for name, type_ in SCHEMA.type_map.items() if name.endswith(ending)]
    return {f"{type_.name}.{name}" for type_ in types for name in getattr(type_, of)}


def defaults() -> set[str]:
    """Return the default orders of lists; a case need not name them."""
    arguments: list[Any] = [
        field.args["orderBy"]
        for type_ in SCHEMA.type_map.values()
        if not is_input_object_type(type_)
        for field in getattr(type_, "fields", {}).values()
        if "orderBy" in field.args
    ]
    return {f"{get_named_type(each.type).name}.{each.default_value.value}" for each in arguments}


def test_each_field_of_the_root_is_asked() -> None:
    assert members("Query", "fields") - collect_names() == set()


def test_each_field_of_each_filter_is_asked() -> None:
    assert members("Filter", "fields") | members("Range", "fields") <= collect_names()


def test_each_order_is_asked() -> None:
    assert members("Order", "values") - collect_names() - defaults() == set()
