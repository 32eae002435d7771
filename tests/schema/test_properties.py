"""An entry that a claim names by slug is not only in the claim: the type of its fact has a field for it."""

import psycopg
from graphql import GraphQLObjectType

from schema import schema

NAMED = "SELECT DISTINCT typename, property FROM claim JOIN fact ON fact.id = fact_id WHERE value_typename IS NOT NULL"
FIELDS = {
    "participant": "participants",
    "host": "participants",
    "addressee": "addressees",
    "actor": "actors",
    "recipient": "recipients",
    "holder": "person",
    "aboutFact": "aboutFacts",
    "delegate": "participants",
    "interpreter": "interpreters",
    "signatory": "parties",
}
"""The field of a property with a different name."""


def test_each_property_that_names_an_entry_has_a_field(database: str) -> None:
    with psycopg.connect(database) as connection:
        named = set(connection.execute(NAMED).fetchall())
    assert {("Quote", "place"), ("Event", "deliveredBy"), ("Office", "heldUnder")} <= named
    types = schema._schema.type_map.items()
    fields = {name: type_.fields for name, type_ in types if isinstance(type_, GraphQLObjectType)}
    assert [pair for pair in named if FIELDS.get(pair[1], pair[1]) not in fields[pair[0]]] == []
