"""JSON Schemas (2020-12) of the answers of stored operations, built from their selections and the GraphQL types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_object_type,
)

from service.pages.operations import StoredOperation

JsonSchema = dict[str, Any]

SCALARS: Mapping[str, JsonSchema] = {
    "Boolean": {"type": "boolean"},
    "Date": {"type": "string", "format": "date"},
    "DateTime": {"type": "string", "format": "date-time"},
    "EDTF": {"type": "string", "description": "A date in the Extended Date/Time Format."},
    "Float": {"type": "number", "format": "double"},
    "ID": {"type": "string"},
    "Int": {"type": "integer", "format": "int32"},
    "LanguageTag": {"type": "string", "description": "A BCP 47 tag."},
    "String": {"type": "string"},
    "URI": {"type": "string", "format": "uri"},
}


class Selection(NamedTuple):
    """Selected fields of a type. `is_certain`: whether they are present for every possible type of the object."""

    fields: SelectionSetNode
    type: GraphQLCompositeType
    is_certain: bool = True


class SelectedField(NamedTuple):
    """A selected field and the type it is selected on."""

    node: FieldNode
    parent: GraphQLCompositeType
    is_certain: bool

    @property
    def key(self) -> str:
        return self.node.alias.value if self.node.alias else self.node.name.value


class AnswerSchemas:
    """Builds schemas of answers. `components` collects shared enums and fragments, by name."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._fragments: dict[str, FragmentDefinitionNode] = {}
        self.components: dict[str, JsonSchema] = {}

    def data(self, operation: StoredOperation) -> JsonSchema:
        """Return the schema of `data`: an object with a property for each field of the operation."""
        for node in operation.document.definitions:
            if isinstance(node, FragmentDefinitionNode):
                self._fragments[node.name.value] = node
        definition: OperationDefinitionNode = operation.definition
        query = self._schema.query_type
        assert query is not None
        return self._object([Selection(definition.selection_set, query)], query)

    def enum(self, type_: GraphQLEnumType) -> JsonSchema:
        """Return a reference to the schema of an enum."""
        if type_.name not in self.components:
            told = [f"* `{name}`: {value.description or ''}" for name, value in type_.values.items()]
            description = "\n".join([type_.description or "", "", *told]).strip()
            self.components[type_.name] = {
                "type": "string",
                "enum": list(type_.values),
                "description": description,
            }
        return _reference(type_.name)

    def _object(self, selections: Sequence[Selection], type_: GraphQLCompositeType) -> JsonSchema:
        by_key: dict[str, list[SelectedField]] = {}
        for selection in selections:
            for field in self._fields(selection, type_):
                by_key.setdefault(field.key, []).append(field)
        properties = {key: self._property(fields, type_) for key, fields in by_key.items()}
        certain = [key for key, fields in by_key.items() if any(each.is_certain for each in fields)]
        return {"type": "object", "properties": properties, **({"required": certain} if certain else {})}

    def _fields(self, selection: Selection, whole: GraphQLCompositeType) -> Iterator[SelectedField]:
        """Yield the fields of a selection, including those of its fragments."""
        for node in selection.fields.selections:
            is_certain = selection.is_certain and not node.directives
            match node:
                case FieldNode():
                    yield SelectedField(node, selection.type, is_certain)
                case FragmentSpreadNode():
                    fragment = self._fragments[node.name.value]
                    yield from self._fields(self._within(fragment, selection.type, is_certain, whole), whole)
                case InlineFragmentNode():
                    yield from self._fields(self._within(node, selection.type, is_certain, whole), whole)

    def _within(
        self,
        node: FragmentDefinitionNode | InlineFragmentNode,
        outer: GraphQLCompositeType,
        is_certain: bool,
        whole: GraphQLCompositeType,
    ) -> Selection:
        """Return the selection of a fragment. It is certain if the object cannot be of another type."""
        type_ = self._type(node.type_condition.name.value) if node.type_condition else outer
        always = self._possible_names(whole) <= self._possible_names(type_)
        return Selection(node.selection_set, type_, is_certain and always)

    def _property(self, fields: Sequence[SelectedField], whole: GraphQLCompositeType) -> JsonSchema:
        """Return the schema of a response key, with the description of the field."""
        if fields[0].node.name.value == "__typename":
            return {"type": "string", "enum": sorted(self._possible_names(whole))}
        by_type: dict[str, list[tuple[SelectedField, GraphQLField]]] = {}
        for each in fields:
            field = self._definition(each)
            by_type.setdefault(str(field.type), []).append((each, field))
        shapes = [
            self._output(same[0][1].type, [each.node.selection_set for each, _ in same if each.node.selection_set])
            for same in by_type.values()
        ]
        shape = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
        description = next(iter(by_type.values()))[0][1].description
        return {**shape, "description": description} if description else shape

    def _definition(self, selected: SelectedField) -> GraphQLField:
        fields: Mapping[str, GraphQLField] = getattr(selected.parent, "fields", {})
        return fields[selected.node.name.value]

    def _output(self, type_: GraphQLOutputType, sets: Sequence[SelectionSetNode]) -> JsonSchema:
        if isinstance(type_, GraphQLNonNull):
            return self._not_null(type_.of_type, sets)
        return nullable(self._not_null(type_, sets))

    def _not_null(self, type_: Any, sets: Sequence[SelectionSetNode]) -> JsonSchema:
        if isinstance(type_, GraphQLList):
            return {"type": "array", "items": self._output(type_.of_type, sets)}
        if isinstance(type_, GraphQLEnumType):
            return self.enum(type_)
        if not sets:
            return dict(SCALARS[type_.name])
        if (fragment := self._only_fragment(sets, type_)) is not None:
            return self._component(fragment)
        return self._object([Selection(each, type_) for each in sets], type_)

    def _only_fragment(
        self, sets: Sequence[SelectionSetNode], type_: GraphQLCompositeType
    ) -> FragmentDefinitionNode | None:
        """Return the fragment if it is the only thing selected: its name then serves as the name of the object."""
        spreads = [each.selections[0] for each in sets if len(each.selections) == 1]
        names = {each.name.value for each in spreads if isinstance(each, FragmentSpreadNode) and not each.directives}
        if len(spreads) != len(sets) or len(names) != 1:
            return None
        fragment = self._fragments[names.pop()]
        always = self._possible_names(type_) <= self._possible_names(self._type(fragment.type_condition.name.value))
        return fragment if always else None

    def _component(self, fragment: FragmentDefinitionNode) -> JsonSchema:
        name = fragment.name.value
        if name not in self.components:
            type_ = self._type(fragment.type_condition.name.value)
            self.components[name] = {}
            self.components[name] = self._object([Selection(fragment.selection_set, type_)], type_)
        return _reference(name)

    def _type(self, name: str) -> GraphQLCompositeType:
        type_: Any = self._schema.type_map[name]
        return type_  # type: ignore[no-any-return]

    def _possible_names(self, type_: Any) -> set[str]:
        if is_object_type(type_):
            return {type_.name}
        return {each.name for each in self._schema.get_possible_types(type_)}


def input_schema(type_: GraphQLInputType, schemas: AnswerSchemas) -> JsonSchema:
    """Return the schema of the parameter value for a variable, or of the items if the variable is a list."""
    named: GraphQLNamedType = get_named_type(type_)
    return schemas.enum(named) if isinstance(named, GraphQLEnumType) else dict(SCALARS[named.name])


def nullable(schema: JsonSchema) -> JsonSchema:
    """Return the schema, extended to allow null."""
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _reference(name: str) -> JsonSchema:
    return {"$ref": f"#/components/schemas/{name}"}
