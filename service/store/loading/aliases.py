"""The rows of former slugs, and what has lost its slug without one."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, text

from service.errors import SeedsInvalid
from service.store.loading.write import insert
from service.store.record.record import Aliases
from service.store.rows import EntryRows, Key, Row


def alias_rows(aliases: Aliases, entries: Iterable[EntryRows]) -> list[Row]:
    """A row for each former slug of an entry that there is. Raises SeedsInvalid where one is not former at all."""
    typenames = dict(_typenames(entries))
    rows: list[Row] = []
    for noun, slugs in aliases.items():
        table = noun.removesuffix("s")
        for former, slug in slugs.items():
            if Key(table, (former,)) in typenames:
                raise SeedsInvalid(
                    [f"aliases.yaml:1: {former}: it is no former slug: one of the {noun} is called so now"]
                )
            if slug and (typename := typenames.get(Key(table, (slug,)))):
                rows.append({"entries": table, "former": former, "slug": slug, "typename": typename})
    return rows


def _typenames(entries: Iterable[EntryRows]) -> Iterator[tuple[Key, str]]:
    """The GraphQL type of each entry that has a slug."""
    for entry in entries:
        for table, row in entry.rows:
            if isinstance(key := row.get("id"), Key) and key.natural == (row.get("slug"),):
                yield key, str(row.get("typename") or table.capitalize())


def write_aliases(connection: Connection, rows: list[Row]) -> bool:
    """Brings the table to these rows; whether it had others."""
    query = text("SELECT entries, former, slug, typename FROM alias")
    if {tuple(row) for row in connection.execute(query)} == {tuple(row.values()) for row in rows}:
        return False
    connection.execute(text("DELETE FROM alias"))
    if rows:
        insert(connection, "alias", rows)
    return True


def lost_slugs(gone: Iterable[Key], aliases: Aliases, rows: Iterable[Row]) -> list[str]:
    """What no longer leads to an entry, each as `claim SLUG`: slugs that are gone without an alias, and aliases.

    `rows`: of the aliases that lead somewhere.
    """
    leading = {(row["entries"], row["former"]) for row in rows}
    lost = {(key.table, str(key.natural[0])) for key in gone}
    for noun, slugs in aliases.items():
        for former, now in slugs.items():
            alias = noun.removesuffix("s"), former
            (lost.discard if now is None or alias in leading else lost.add)(alias)
    return [f"{table} {slug}" for table, slug in sorted(lost)]
