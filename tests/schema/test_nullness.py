"""Whatever the schema promises never to be null, the database ensures: by NOT NULL, a foreign key or a named check."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import psycopg
import pytest
from graphql import GraphQLNonNull, GraphQLObjectType

from schema import schema
from service.planner.fields import RELATIONS, declaration, definition
from service.planner.relations import Relation, Row, Rows
from service.sql import aliases

COLUMN = re.compile(r"(t\d+)\.(\w+)")
REFERENCE = re.compile(r"t\d+\.\w+ = (t\d+\.\w+)")

CHECKED = {
    "actor.organisation_kind": "actor_organisation_check",
}
"""Columns that only some rows of a table have: the checks that require them for those."""
EXPRESSIONS = {
    "Conflict.independentOrigins": "a count",
    "Conflict.isWithdrawn": "a comparison of a count",
    "Source.isWithdrawn": "whether there is a day",
    "Claim.isWithdrawn": "whether there is a day",
    "Relationship.meetingCount": "a count",
    "Relationship.tone": "sums over rows, be there none",
    "Dataset.name": "a constant",
    "Dataset.contract": "a constant",
    "Dataset.softwareVersion": "a constant",
    "Dataset.licence": "a constant",
    "Dataset.languages": "an array of rows, be there none",
    "Quote.isTranslation": "false unless a language asks for a translation",
    "EntryChange.kind": "a type, in capitals",
    "Claim.label": "two columns that are NOT NULL, of texts that a check has in English",
    "Passage.sha256": "the digits of a column that is NOT NULL",
    "Claim.isUnknown": "a comparison of what is never null, and whether a value is",
    "Claim.decides": "whether there is a row",
    "Dataset.firstPublished": "the least of all sources; a register has some",
    "Dataset.lastPublished": "the greatest of all sources; a register has some",
}
"""Fields besides ids and labels that are not columns, and why they are never null."""
REACHED = {"EdtfDate.basis"}
"""Fields that are a column of the row through which the object is reached."""


class Promise(NamedTuple):
    """Field that is never null, and the column that it depends on; none if it is an expression."""

    field: str
    column: str | None
    sql: str


def is_table(relation: Relation) -> bool:
    """Return whether its rows are stored, not assembled by a query."""
    return not relation.table.sql.startswith("(")


def promises() -> Iterator[Promise]:
    """Return the fields without required arguments of all types that are rows of tables."""
    for type_ in schema._schema.type_map.values():
        relation = RELATIONS.get(type_.name)
        if isinstance(type_, GraphQLObjectType) and relation is not None and is_table(relation):
            for name, field in type_.fields.items():
                is_needed = any(isinstance(each.type, GraphQLNonNull) for each in field.args.values())
                if isinstance(field.type, GraphQLNonNull) and not is_needed:
                    yield from _promise(f"{type_.name}.{name}", field, relation)


def _promise(name: str, field: Any, relation: Relation) -> Iterator[Promise]:
    row = Row(relation, aliases())
    if name in REACHED:
        return
    resolve = declaration(definition(field)).resolve
    value = row[definition(field).python_name] if resolve is None else resolve(row)
    if isinstance(value, Rows):
        if str(field.type).startswith("[") or str(field.type).endswith("Connection!"):
            return
        found = REFERENCE.fullmatch(str(value.conditions[0])) if value.conditions else None
        text = found[1] if found else " AND ".join(map(str, value.conditions))
    else:
        text = str(value)
    yield Promise(name, _column_named(row, text), text)


def _column_named(row: Row, text: str) -> str | None:
    """Return the column, with its table, that a text of SQL is."""
    found = COLUMN.fullmatch(text)
    if found is None:
        return None
    tables = {alias: joined.table for joined, alias in row.joins.items()} | {row.alias: row.relation.table}
    return f"{tables[found[1]].sql}.{found[2]}"


def fetch_texts(url: str, sql: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {str(row[0]) for row in connection.execute(sql.encode())}


@pytest.fixture(scope="module")
def not_null_columns(database: str) -> set[str]:
    """Return the columns that are NOT NULL."""
    columns = "SELECT table_name || '.' || column_name FROM information_schema.columns"
    return fetch_texts(database, f"{columns} WHERE is_nullable = 'NO' AND table_schema = 'public'")


def test_a_column_that_is_promised_is_not_null(not_null_columns: set[str]) -> None:
    found = [promise for promise in promises() if promise.column is not None]
    assert {"Claim.reportedOn", "Involvement.actor", "Invitation.invitee", "Summit.level"} <= {p.field for p in found}
    assert [promise for promise in found if promise.column not in not_null_columns | CHECKED.keys()] == []


def test_a_label_that_is_promised_is_there_in_english(database: str) -> None:
    checks = "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'c' AND pg_get_constraintdef(oid)"
    checked = fetch_texts(database, f"{checks} LIKE '%labels ? ''en''%'")
    relations = {RELATIONS[promise.field.partition(".")[0]] for promise in promises() if "labels" in promise.sql}
    assert {relation.table.sql for relation in relations} <= checked


def test_why_all_else_that_is_promised_is_never_null() -> None:
    others = [promise for promise in promises() if promise.column is None and "labels" not in promise.sql]
    assert {p.field for p in others if not p.field.endswith(".id")} == EXPRESSIONS.keys()


@pytest.mark.parametrize(
    ("typename", "given", "check"),
    [
        ("Person", {"code": "XX", "alpha3": "XXX"}, "actor_country_check"),
        ("Country", {"code": "XX"}, "actor_codes_check"),
        ("Country", {"alpha3": "XXX"}, "actor_codes_check"),
        ("Country", {"former_code": "XXXX"}, "actor_former_check"),
        ("Organisation", {}, "actor_organisation_check"),
    ],
)
def test_the_checks_refuse_an_actor_without_them(
    scratch: str, typename: str, given: dict[str, str], check: str
) -> None:
    row = {"slug": "x", "typename": typename, "name": "X", "name_key": "x", "names": "{}", "is_leader": "false"}
    row |= {"known_since": "2019-04-18", "digest": "x"} | given
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    with psycopg.connect(scratch) as connection, pytest.raises(psycopg.errors.CheckViolation) as refused:
        connection.execute(f"INSERT INTO actor ({names}) VALUES ({marks})".encode(), list(row.values()))
    assert refused.value.diag.constraint_name == check
