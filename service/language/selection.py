"""What an operation selects on a type: fields by response key, with fragments expanded, @skip and @include applied."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    is_abstract_type,
)

from service.errors import BadInput
from service.language.errors import ArgumentLocation, Path


@dataclass
class SelectedField:
    """Everything selected under one response key."""

    key: str
    nodes: list[FieldNode]

    @property
    def name(self) -> str:
        return self.nodes[0].name.value

    @property
    def arguments(self) -> dict[str, ValueNode]:
        return {argument.name.value: argument.value for argument in self.nodes[0].arguments or ()}

    @property
    def selections(self) -> list[SelectionSetNode]:
        return [node.selection_set for node in self.nodes if node.selection_set]


Refuse = Callable[[BadInput], None]


class Selection:
    """Selections of one document, for one set of variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self._schema, self._fragments, self._variables = schema, fragments, variables

    def fields_of(
        self, type_: GraphQLNamedType, sets: Iterable[SelectionSetNode], path: Path, refuse: Refuse
    ) -> list[SelectedField]:
        """Return the fields selected on an object of this type, in the order of the response.

        A selection whose condition is null is left out, and the condition refused.
        """
        fields: dict[str, SelectedField] = {}
        seen: set[str] = set()
        for set_ in sets:
            for node in self._fields(type_, set_, seen, path, refuse):
                key = node.alias.value if node.alias else node.name.value
                fields.setdefault(key, SelectedField(key, [])).nodes.append(node)
        return list(fields.values())

    def narrower_types(self, type_: GraphQLNamedType, sets: Iterable[SelectionSetNode]) -> set[str]:
        """Return the types named by fragments here that not every object of this type belongs to."""
        names: set[str] = set()
        for node in (node for set_ in sets for node in set_.selections):
            if not isinstance(node, FieldNode):
                opened: Any = self._fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
                condition = opened.type_condition
                if condition is not None and not self.applies(condition.name.value, type_):
                    names.add(condition.name.value)
                names |= self.narrower_types(type_, [opened.selection_set])
        return names

    def _fields(
        self, type_: GraphQLNamedType, set_: SelectionSetNode, seen: set[str], path: Path, refuse: Refuse
    ) -> Iterator[FieldNode]:
        for node in set_.selections:
            if not self._is_included(node, path, refuse):
                continue
            if isinstance(node, FieldNode):
                yield node
            else:
                yield from self._fragment_fields(type_, node, seen, path, refuse)

    def _fragment_fields(
        self, type_: GraphQLNamedType, node: SelectionNode, seen: set[str], path: Path, refuse: Refuse
    ) -> Iterator[FieldNode]:
        if isinstance(node, FragmentSpreadNode):
            if node.name.value in seen:
                return
            seen.add(node.name.value)
            node = self._fragments[node.name.value]  # type: ignore[assignment]
        condition: Any = getattr(node, "type_condition", None)
        if condition is None or self.applies(condition.name.value, type_):
            inner: SelectionSetNode = node.selection_set  # type: ignore[attr-defined]
            yield from self._fields(type_, inner, seen, path, refuse)

    def applies(self, name: str, type_: Any) -> bool:
        """Return whether a fragment on one type applies to objects of another."""
        fragment_type: Any = self._schema.get_type(name)
        return fragment_type is type_ or (
            is_abstract_type(fragment_type) and self._schema.is_sub_type(fragment_type, type_)
        )

    def _is_included(self, node: SelectionNode, path: Path, refuse: Refuse) -> bool:
        """Return whether no directive excludes the node; @skip takes precedence (GraphQL, 3.13.2)."""
        directives = {each.name.value: each for each in node.directives or ()}
        for name in [name for name in ("skip", "include") if name in directives]:
            value: Any = (directives[name].arguments or ())[0].value
            is_true = self._variables.get(value.name.value) if isinstance(value, VariableNode) else value.value
            if is_true is None:
                refuse(ArgumentLocation(_path_of(node, path), "if").refuse_null())
                return False
            if is_true == (name == "skip"):
                return False
        return True


def _path_of(node: SelectionNode, path: Path) -> Path:
    """Return the path of a field; for a fragment, the path of the object that it applies to."""
    return (*path, (node.alias or node.name).value) if isinstance(node, FieldNode) else path
