"""Rows of other identifiers of entries in addition to slugs, and the slugs that were lost without an alias."""

from collections.abc import Iterable

import psycopg

from service.errors import SeedsInvalid
from service.store.loading.small_tables import insert
from service.store.record.record import Aliases
from service.store.rows import Key, Row

TYPENAMES = {
    "actor": "typename",
    "place": "'Place'",
    "source": "'Source'",
    "fact": "typename",
    "claim": "'Claim'",
    "conflict": "'Conflict'",
}
"""The SQL for the GraphQL type of an entry, by table."""


def alias_rows(connection: psycopg.Connection, aliases: Aliases) -> list[Row]:
    """Return a row for each former slug of a stored entry, and for each Wikidata id and ISO 3166 code.

    Raises SeedsInvalid if a slug is not a former one.
    """
    rows: list[Row] = []
    for noun, slugs in aliases.items():
        table = noun.removesuffix("s")
        typenames = _typenames(connection, table, [*slugs, *(slug for slug in slugs.values() if slug)])
        for former, slug in slugs.items():
            if former in typenames:
                raise SeedsInvalid([f"aliases.yaml:1: {former}: it is not a former slug: one of the {noun} has it now"])
            if slug and (typename := typenames.get(slug)):
                rows.append({"entries": table, "former": former, "slug": slug, "typename": typename})
    return rows + _identifier_rows(connection)


def _identifier_rows(connection: psycopg.Connection) -> list[Row]:
    """Return a row for the Wikidata id of each stored actor that has one, and for each state's ISO 3166 codes."""
    query = """
        SELECT former, slug, typename
        FROM actor, unnest(ARRAY[wikidata, code, alpha3, former_code]) AS former
        WHERE former IS NOT NULL ORDER BY slug, former
    """
    return [
        {"entries": "actor", "former": former, "slug": slug, "typename": typename}
        for former, slug, typename in connection.execute(query)
    ]


def _typenames(connection: psycopg.Connection, table: str, slugs: list[str]) -> dict[str, str]:
    """Return the GraphQL type of each stored entry of these slugs."""
    query = f"SELECT slug, {TYPENAMES[table]} FROM {table} WHERE slug = ANY(%s)"
    return dict(connection.execute(query.encode(), (slugs,)).fetchall())


def write_aliases(connection: psycopg.Connection, rows: list[Row]) -> bool:
    """Bring the table to these rows, and return whether it had others."""
    query = "SELECT entries, former, slug, typename FROM alias"
    if {*connection.execute(query)} == {tuple(row.values()) for row in rows}:
        return False
    connection.execute("DELETE FROM alias")
    if rows:
        insert(connection, "alias", rows)
    return True


def lost_slugs(gone: Iterable[Key], aliases: Aliases, rows: Iterable[Row]) -> list[str]:
    """Return what no longer leads to an entry, each as `claim SLUG`: removed slugs without an alias, and aliases.

    `rows` are those of the aliases that lead to an entry.
    """
    leading = {(row["entries"], row["former"]) for row in rows}
    lost = {(key.table, str(key.natural[0])) for key in gone}
    for noun, slugs in aliases.items():
        for former, now in slugs.items():
            alias = noun.removesuffix("s"), former
            (lost.discard if now is None or alias in leading else lost.add)(alias)
    return [f"{table} {slug}" for table, slug in sorted(lost)]
