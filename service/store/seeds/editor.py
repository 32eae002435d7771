"""The JSON Schema of the seed files, for editors: `python -m service.store.seeds.editor > seeds/schema.json`.

It says what may stand where, and no more; `read` knows what is right.
"""

import json
from typing import Any

from service.store import terms
from service.store.seeds.citations import SLUG
from service.store.seeds.index import ALL_MODES
from service.store.seeds.nouns import NOUNS, PARTICIPANTS, Field, Noun, Way
from service.store.seeds.values import KINDS, LANGUAGE, Form, Kind
from service.store.terms import Term

Schema = dict[str, Any]

_NULL: Schema = {"type": "null"}
# Editors read a bare 2019 as a number and a bare ~ as null.
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}


def schema() -> Schema:
    """One definition for each file, by its name without `.yaml`, and those that they are made of."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The record of Gipfelbuch",
        "definitions": _parts()
        | _vocabularies()
        | {file.removesuffix(".yaml"): _file(one) for file, one in _entries().items()},
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _parts() -> dict[str, Schema]:
    cited = {"type": "object", "properties": {"cite": {"type": "string"}, "note": _ref("texts")}}
    return {
        "slug": {"type": "string", "pattern": f"^{SLUG}$"},
        "language": {"type": "string", "pattern": f"^{LANGUAGE.pattern}$"},
        "texts": {"type": "object", "propertyNames": _ref("language"), "additionalProperties": _SCALAR},
        "citation": {"anyOf": [{"type": "string"}, cited | {"required": ["cite"], "additionalProperties": False}]},
        "citations": {"anyOf": [_ref("citation"), _list("citation")]},
        "cited": {
            "description": "value: citations",
            "type": "object",
            "additionalProperties": _ref("citations"),
        },
        "names": _names(),
    }


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _names() -> Schema:
    texts = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
    several = {"type": "object", "propertyNames": _ref("language"), "additionalProperties": texts}
    kinds = dict.fromkeys(terms.NameKind.__members__, several) | {"COMMON": _ref("texts")}
    return _object(kinds, ["COMMON"])


def _object(properties: dict[str, Schema], needed: list[str], *, rest: Schema | bool = False) -> Schema:
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": rest}


def _file(entry: Schema) -> Schema:
    """A file is a mapping by slug; it may be empty."""
    return {"type": ["object", "null"], "additionalProperties": entry}


def _entries() -> dict[str, Schema]:
    """What an entry of each file holds."""
    return {
        "people.yaml": _actor({"country": _ref("slug"), "leads": {"type": "string"}}),
        "organisations.yaml": _actor({"kind": _word(terms.OrganisationKind), "country": _ref("slug")}, "kind"),
        "countries.yaml": _actor({"code": _matching("[A-Z]{2}"), "alpha3": _matching("[A-Z]{3}")}, "code", "alpha3"),
        "places.yaml": _place(),
        "sources.yaml": _source(),
        "conflicts.yaml": _conflict(),
        "properties.yaml": {
            "type": "object",
            "properties": {"value": {"enum": [*KINDS]}},
            "additionalProperties": _SCALAR,
            "required": ["en"],
        },
    } | {file: _fact(noun) for file, noun in NOUNS.items()}


def _word(vocabulary: type[Term]) -> Schema:
    return _ref(vocabulary.__name__)


def _vocabularies() -> dict[str, Schema]:
    """Every vocabulary that some field takes its words from."""
    used = {field.kind.words for noun in NOUNS.values() for field in noun.fields.values() if field.kind.words}
    used |= {terms.OrganisationKind, terms.PlaceKind, terms.SourceKind, terms.DateBasis, terms.ConflictBasis}
    return {
        one.__name__: {"description": (one.__doc__ or "").strip(), "enum": [*one.__members__]}
        for one in sorted(used, key=lambda one: one.__name__)
    }


def _matching(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^{pattern}$"}


def _actor(fields: dict[str, Schema], *needed: str) -> Schema:
    return _object({"names": _ref("names"), "wikidata": _matching("Q[1-9][0-9]*")} | fields, ["names", *needed])


def _place() -> Schema:
    fields: dict[str, Schema] = {"names": _ref("names"), "kind": _word(terms.PlaceKind), "timezone": _SCALAR}
    fields |= {"country": _ref("slug"), "partOf": _ref("slug"), "latitude": _SCALAR, "longitude": _SCALAR}
    return _object(fields, ["names", "kind"])


def _source() -> Schema:
    basis = _word(terms.DateBasis)
    addresses = {"type": "array", "items": {"type": "string"}}
    fields: dict[str, Schema] = {
        "cite": _SCALAR,
        "document": {"type": "string"},
        "sha256": _SCALAR,
        "kind": _word(terms.SourceKind),
        "language": _ref("language"),
        "publishedOn": _SCALAR,
        "publishedOnBasis": basis,
    }
    further: dict[str, Schema] = {
        "outlet": _ref("slug"),
        "outletBasis": basis,
        "title": _SCALAR,
        "suppliedTitle": _ref("texts"),
        "url": _matching(r"https?://\S+"),
        "credits": _list("slug"),
        "roles": _object(dict.fromkeys(terms.PassageRole.__members__, addresses), []),
        "unrecorded": {"type": "object", "additionalProperties": _SCALAR},
    }
    return _object(fields | further, [*fields])


def _conflict() -> Schema:
    claims = {"type": "array", "minItems": 2, "items": {"type": "string"}}
    fields = {"property": {"type": "string"}, "basis": _word(terms.ConflictBasis), "claims": claims}
    return _object({**fields, "note": _ref("texts")}, [*fields])


def _fact(noun: Noun) -> Schema:
    fields = {name: _field(field) for name, field in noun.fields.items()} | {"summary": _ref("texts")}
    fields |= {name: {"anyOf": [_ref("texts"), _ref("cited")]} for name in sorted(noun.texts)}
    needed = [name for name, field in noun.fields.items() if field.is_needed]
    if noun.worded:
        fields[noun.worded] = _ref("texts")
        needed.append(noun.worded)
    if noun.existence == "existence":
        fields["existence"] = _ref("citations")
        needed.append("existence")
    if noun.has_names:
        fields |= {"names": _ref("names"), "participants": _participants()}
        needed.append("names")
    if "mode" in fields:
        fields["mode"] = {"enum": [*sorted(ALL_MODES), None]}
    return _object(fields, needed, rest=_ref("cited"))


def _participants() -> Schema:
    cited = _object(dict.fromkeys(PARTICIPANTS, _ref("citations")), [])
    part = {"anyOf": [{"enum": [*PARTICIPANTS]}, cited]}
    return {"type": "object", "propertyNames": _ref("slug"), "additionalProperties": part}


def _field(field: Field) -> Schema:
    plain = {"type": "array", "items": _value(field.kind)} if field.is_list else _value(field.kind)
    ways = [plain, _NULL] if field.way is not Way.CITED else []
    return {"anyOf": [*ways, *([_cited(field.kind)] if field.way is not Way.PLAIN else [])]}


def _value(kind: Kind) -> Schema:
    if kind.words is not None:
        return _word(kind.words)
    return {Form.SLUG: _ref("slug"), Form.LANGUAGE: _ref("language")}.get(kind.form, _SCALAR)


def _cited(kind: Kind) -> Schema:
    """Words of a vocabulary may be followed by `from` and `by`; editors see a key ~ as `null`."""
    if kind.words is None:
        return _ref("cited")
    pattern = f"^(({'|'.join(kind.words.__members__)})( from \\S+)?( by {SLUG})?|~|null|)$"
    return {
        "type": "object",
        "propertyNames": {"pattern": pattern},
        "additionalProperties": _ref("citations"),
    }


def text() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    print(text(), end="")
