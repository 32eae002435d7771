"""JSON Schema of the seed files, for editors: `python -m service.store.seeds.editor > seeds/schema.json`.

The schema says only what may appear where; `read` checks what is correct.
"""

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from service.store.notation.citations import SLUG
from service.store.seeds.aliases import NOUNS
from service.store.seeds.models import MODELS

# Editors read a bare 2019 as a number and a bare ~ as null.
_SCALAR = ["string", "number", "boolean"]
_NULL_KEY = {"pattern": "^(~|null|)$"}


class _ForEditors(GenerateJsonSchema):
    """JSON Schema of the contents of YAML, where every text may look like another type."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        made = super().str_schema(schema)
        return made if "pattern" in made else made | {"type": _SCALAR}

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        return super().float_schema(schema) | {"type": ["number", "string"]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        keys = schema["keys_schema"]
        names = self.generate_inner(keys["schema"] if keys["type"] == "nullable" else keys)
        made = {"type": "object", "additionalProperties": self.generate_inner(schema["values_schema"])}
        if names == {"type": _SCALAR}:
            return made
        return made | {"propertyNames": {"anyOf": [names, _NULL_KEY]} if keys["type"] == "nullable" else names}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        return {"anyOf": super().tagged_union_schema(schema)["oneOf"]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema() -> JsonSchemaValue:
    """Return one definition for each file, by its name without `.yaml`, and the definitions that these use."""
    files = {file.removesuffix(".yaml"): TypeAdapter(dict[model.slug, model]) for file, model in MODELS.items()}  # type: ignore[valid-type,name-defined]
    made, parts = TypeAdapter.json_schemas(
        [(name, "validation", one) for name, one in files.items()],
        ref_template="#/definitions/{model}",
        schema_generator=_ForEditors,
    )
    return {
        "$schema": _ForEditors.schema_dialect,
        "title": "The record of Gipfelbuch",
        "definitions": parts["$defs"]
        | {name: made[name, "validation"] | {"type": ["object", "null"]} for name in files}
        | {"aliases": _aliases()},
    }


def _aliases() -> JsonSchemaValue:
    slug = {"type": "string", "pattern": f"^{SLUG}(--{SLUG})?$"}
    one = {"type": "object", "propertyNames": slug, "additionalProperties": {"anyOf": [slug, {"type": "null"}]}}
    return {
        "type": ["object", "null"],
        "properties": dict.fromkeys(NOUNS, one),
        "additionalProperties": False,
    }


def text() -> str:
    """Return the schema as stored in the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    print(text(), end="")
