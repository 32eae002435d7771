"""The change log of a load: the entries it added, changed and removed. Changes that only affect search are left out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import psycopg

from service.store.enums import ChangeKind
from service.store.loading.copying import copy_rows
from service.store.rows import EntryRows, Row


class LoggedChange(NamedTuple):
    """A change to an entry. If it is gone, `labels` are by tag and `involved` are slugs of the actors it involved."""

    typename: str
    slug: str
    change: ChangeKind
    labels: Mapping[str, str] | None = None
    involved: Sequence[str] | None = None


TYPENAMES = {"place": "Place", "source": "Source", "conflict": "Conflict"}
"""GraphQL types by table; all other tables have a column for the type."""
_NAMES = "jsonb_build_object('en', entry.name) || entry.names"
_PRESENT = """
ARRAY(SELECT DISTINCT actor.slug FROM presence JOIN actor ON actor.id = presence.actor_id
      WHERE presence.known_until = 'infinity' AND presence.fact_id IN ({facts}) ORDER BY actor.slug)
"""
_CLAIMED = "SELECT claim.fact_id FROM conflict_claim JOIN claim ON claim.id = claim_id WHERE conflict_id = entry.id"
LAST_TOLD = {
    "actor": f"typename, slug, {_NAMES}, ARRAY[slug] FROM actor AS entry",
    "place": f"'Place', slug, {_NAMES}, ARRAY[]::text[] FROM place AS entry",
    "source": "'Source', slug, labels, ARRAY[]::text[] FROM source AS entry",
    "fact": (
        f"entry.typename, entry.slug, labels, {_PRESENT.format(facts='entry.id')}"
        " FROM fact AS entry JOIN snapshot ON fact_id = entry.id AND known_until = 'infinity'"
    ),
    "conflict": f"'Conflict', slug, labels, {_PRESENT.format(facts=_CLAIMED)} FROM conflict AS entry",
}
"""By table: the type, slug and labels of stored entries, and the actors that they involve."""


def change_of(entry: EntryRows, change: ChangeKind) -> LoggedChange:
    """Return the logged change for an entry that is being written."""
    table, slug = entry.key.table, str(entry.key.natural[0])
    return LoggedChange(TYPENAMES.get(table) or str(entry.rows[0][1]["typename"]), slug, change)


def removals(connection: psycopg.Connection, table: str, ids: Sequence[int]) -> list[LoggedChange]:
    """Return the logged changes for stored entries that are about to be deleted."""
    query = f"SELECT {LAST_TOLD[table]} WHERE entry.id = ANY(%s)"
    found = connection.execute(query.encode(), ([*ids],)) if ids else ()
    return [LoggedChange(typename, slug, ChangeKind.REMOVED, *told) for typename, slug, *told in found]


def write_log(connection: psycopg.Connection, changes: Iterable[LoggedChange], revision: int) -> None:
    """Write the changes of a load, under the revision that it creates."""
    # COPY reads "now" as the time at which the transaction began
    rows: list[Row] = [{"revision": revision, "changed_at": "now", **each._asdict()} for each in changes]
    if rows:
        copy_rows(connection, "entry_change", rows)
