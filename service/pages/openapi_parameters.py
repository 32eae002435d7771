"""OpenAPI descriptions of the parameters of an address, built from the variables of its operation."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    Undefined,
    get_named_type,
    get_nullable_type,
)

from service.pages.addresses import Address
from service.pages.answer_schemas import AnswerSchemas, JsonSchema, input_schema
from service.pages.operations import stored_operation
from service.pages.parameters import LANGUAGE_TAG, parameter_name
from service.pages.variables import variable_uses
from service.planner.fields import parameter_of
from service.planner.parameters import Shape

CODE = re.compile(r"`(\w+)`")
Definition = GraphQLArgument | GraphQLInputField
DAY = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"
LANGUAGE_PARAMETER = {
    "name": "lang",
    "in": "query",
    "description": "Language of names, labels and texts, as a BCP 47 tag. Defaults to the language of Accept-Language.",
    "schema": {"type": "string", "pattern": f"^({LANGUAGE_TAG.pattern})?$"},
    "example": "de",
}


def describe_parameters(address: Address, schema: GraphQLSchema, schemas: AnswerSchemas) -> list[dict[str, Any]]:
    """Describe each variable of the operation as a path or query parameter. The language variable is `lang`."""
    operation = stored_operation(address.operation)
    uses, defaults = variable_uses(operation, schema), operation.defaults
    return [
        {
            "name": parameter_name(name),
            "in": "path" if f"{{{name}}}" in address.path else "query",
            "description": _in_names_of_parameters(uses[name].description, uses),
            # empty fields of HTML forms are treated as absent
            **({"required": True} if isinstance(type_, GraphQLNonNull) else {"allowEmptyValue": True}),
            **_notation(name, type_, uses[name].definition, defaults, schemas),
        }
        for name, type_ in operation.variables(schema).items()
        if name != "language"
    ]


def _in_names_of_parameters(text: str, variables: Container[str]) -> str:
    def rename(code: re.Match[str]) -> str:
        return f"`{parameter_name(code[1])}`" if code[1] in variables else code[0]

    return CODE.sub(rename, text)


def _notation(
    name: str, type_: GraphQLInputType, definition: Definition, defaults: Mapping[str, Any], schemas: AnswerSchemas
) -> dict[str, Any]:
    """Return the schema of the value. Lists are written as one parameter per item."""
    schema = _item_schema(type_, definition, schemas)
    if isinstance(get_nullable_type(type_), GraphQLList):
        return {"schema": {"type": "array", "items": schema}, "style": "form", "explode": True}
    if name in defaults:
        schema = {"allOf": [schema]} if "$ref" in schema else schema
        return {"schema": {**schema, "default": defaults[name]}}
    return {"schema": schema}


def _item_schema(type_: GraphQLInputType, definition: Definition, schemas: AnswerSchemas) -> JsonSchema:
    if get_named_type(type_).name == "Int" and isinstance(shape := parameter_of(definition), Shape):
        default = shape.default if definition.default_value is Undefined else definition.default_value
        told = {} if default is None else {"default": default}
        return {"type": "integer", "minimum": shape.minimum, "maximum": shape.maximum, **told}
    if get_named_type(type_).name == "Date":
        return {
            "type": "string",
            "pattern": DAY,
            "description": "A day such as 2018-05-31, a month such as 2018-05, or a year.",
        }
    return input_schema(type_, schemas)
