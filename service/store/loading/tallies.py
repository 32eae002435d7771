"""Count facts and claims by what lists of them are counted and filtered by, by range of publication days."""

from collections.abc import Collection, Mapping

import psycopg

from service.store.connection import scalar
from service.store.enums import PRESENT
from service.store.layout import TABLES

_OF_SNAPSHOT = "snapshot.typename, snapshot.known_from, snapshot.known_until"


def _in_roles(grouping: str, kinds: str, *roles: str) -> str:
    """Return the query for the actors who are in facts of some types in these roles."""
    return f"""
        SELECT 0 AS actor_id, '{grouping}' AS grouping, coalesce(presence.actor_id, 0) AS entry_id, {_OF_SNAPSHOT}
        FROM snapshot LEFT JOIN presence ON snapshot_id = snapshot.id AND roles && '{{{",".join(roles)}}}'
        WHERE snapshot.typename IN ({kinds})"""


def _of_places(grouping: str, column: str) -> str:
    """Return the query for what the places of meetings are, or lie in, each once for all places of a meeting."""
    return f"""
        SELECT 0, '{grouping}', coalesce({column}, 0), {_OF_SNAPSHOT}
        FROM snapshot LEFT JOIN LATERAL (
            SELECT DISTINCT {column} FROM meeting_place JOIN place ON place.id = place_id
            WHERE snapshot_id = snapshot.id
        ) AS place ON true
        WHERE snapshot.typename IN ('Summit', 'Talks')"""


def _of_column(grouping: str, table: str, column: str) -> str:
    """Return the query for the actors that a column of a table names, each with facts of a kind."""
    return f"""
        SELECT 0, '{grouping}', coalesce({column}, 0), {_OF_SNAPSHOT}
        FROM snapshot JOIN {table} ON snapshot_id = snapshot.id"""


def _of_actor(grouping: str, types: str, *roles: str) -> str:
    """Return the query for the actors in these roles in facts of some types, by actor in the fact in any role."""
    return f"""
        SELECT member.actor_id, '{grouping}', coalesce(presence.actor_id, 0), {_OF_SNAPSHOT}
        FROM presence AS member JOIN snapshot ON snapshot.id = member.snapshot_id
        LEFT JOIN presence ON presence.snapshot_id = snapshot.id AND presence.roles && '{{{",".join(roles)}}}'
        WHERE snapshot.typename IN ({types})"""


_TOGETHER = f"""
        SELECT one.actor_id, 'TOGETHER', other.actor_id, {_OF_SNAPSHOT}
        FROM presence AS one JOIN presence AS other USING (snapshot_id) JOIN snapshot ON snapshot.id = snapshot_id
        WHERE one.actor_id < other.actor_id"""
_OUTLETS = """
        SELECT 0, 'OUTLET', coalesce(outlet_id, 0), typename, greatest(known_from, told_since), known_until
        FROM snapshot JOIN (
            SELECT fact_id, outlet_id, min(claim.reported_on) AS told_since
            FROM claim JOIN source ON source.id = source_id GROUP BY fact_id, outlet_id
        ) AS told ON told.fact_id = snapshot.fact_id AND told_since <= known_until"""
_NO_OUTLETS = """
        SELECT 0, 'OUTLET', 0, typename, known_from, least(known_until, told_since - 1)
        FROM snapshot LEFT JOIN (
            SELECT fact_id, min(reported_on) AS told_since FROM claim GROUP BY fact_id
        ) AS told ON told.fact_id = snapshot.fact_id
        WHERE told_since IS NULL OR told_since > known_from"""
"""Relationships before any source speaks of them; they exist as soon as two share something."""
_ENTRIES = " UNION ALL ".join(
    (
        _in_roles("ADDRESSEE", "'Quote'", "ADDRESSEE"),
        _in_roles("ABOUT", "'Quote'", "ABOUT"),
        _in_roles("PARTICIPANT", "'Summit', 'Talks'", *(role.value for role in PRESENT)),
        _of_places("PLACE", "place_id"),
        _of_places("COUNTRY", "country_id"),
        _of_column("PARTICIPANT_COUNTRY", "participant_country", "country_id"),
        _of_column("SPEAKER", "quote", "speaker_id"),
        _of_column("ISSUER", "invitation", "issuer_id"),
        _of_column("INVITEE", "invitation", "invitee_id"),
        _of_column("OF", "office", "of_id"),
        _of_column("PERSON", "office", "person_id"),
        _of_actor("ADDRESSEE", "'Quote'", "ADDRESSEE"),
        _of_actor("PARTICIPANT", "'Summit', 'Talks'", *(role.value for role in PRESENT)),
        _TOGETHER,
        _OUTLETS,
        _NO_OUTLETS,
    )
)
_VALUES = " UNION ALL ".join(
    (
        f"SELECT 'CURATION' AS grouping, curation AS value, {_OF_SNAPSHOT} FROM snapshot",
        *(
            f"SELECT '{grouping}', {column}::text, {_OF_SNAPSHOT}"
            f" FROM snapshot JOIN {table} ON snapshot_id = snapshot.id"
            for grouping, table, column in (
                ("RESPONSE", "invitation", "response"),
                ("MEDIUM", "invitation", "medium"),
                ("LEADS", "office", "leads"),
                ("AGREEMENT", "agreement", "kind"),
            )
        ),
    )
)
_DATES = "typename, first_on, last_on, is_dated, known_from, known_until"
TALLIES = {
    "fact_tally": ("typename", "snapshot"),
    "actor_tally": (
        "actor_id, typename",
        f"(SELECT coalesce(actor_id, 0) AS actor_id, {_OF_SNAPSHOT}"
        " FROM snapshot LEFT JOIN presence ON snapshot_id = snapshot.id) AS involved",
    ),
    "date_tally": (
        "actor_id, typename, first_on, last_on, is_dated",
        f"(SELECT 0 AS actor_id, {_DATES} FROM snapshot UNION ALL SELECT actor_id, {_DATES} FROM presence) AS dated",
    ),
    "entry_tally": ("actor_id, grouping, typename, entry_id", f"({_ENTRIES}) AS entered"),
    "quote_tally": ("form, medium, language, is_hearsay", "snapshot JOIN quote ON snapshot_id = snapshot.id"),
    "meeting_tally": (
        "typename, level, format, status, phase, outcome, setting",
        "snapshot JOIN meeting ON snapshot_id = snapshot.id",
    ),
    "event_tally": (
        "event_type, quad_class, modality, medium, score, is_withdrawn, first_on, last_on, is_dated",
        "snapshot JOIN event ON snapshot_id = snapshot.id",
    ),
    "claim_tally": (
        "outlet_id, property, reported_on",
        "(SELECT coalesce(outlet_id, 0) AS outlet_id, property, claim.reported_on, claim.reported_on AS known_from,"
        " date 'infinity' AS known_until FROM claim JOIN source ON source.id = source_id) AS claimed",
    ),
    "source_tally": (
        "source_id",
        "(SELECT source_id, reported_on AS known_from, date 'infinity' AS known_until FROM claim) AS claimed",
    ),
    "value_tally": ("grouping, typename, value", f"({_VALUES}) AS valued"),
}
"""The columns that each tally is counted by, and the rows that are counted."""
LISTED = {
    "listed_tally": (
        "typename, is_leader, kind, language, outlet_id",
        "(SELECT typename, is_leader, '' AS kind, '' AS language, 0 AS outlet_id, known_since AS known_from,"
        " date 'infinity' AS known_until FROM actor"
        " UNION ALL SELECT 'Place', false, kind, '', 0, known_since, 'infinity' FROM place"
        " UNION ALL SELECT 'Conflict', false, '', '', 0, known_since, 'infinity' FROM conflict"
        " UNION ALL SELECT 'Source', false, kind, language, coalesce(outlet_id, 0), reported_on, 'infinity' FROM source"
        ") AS listed",
    ),
}
"""The same for entries that are not facts, which are so few that each load counts them all."""
RANK = (
    """
    DELETE FROM actor_rank
    WHERE actor_id NOT IN (SELECT id FROM actor UNION ALL SELECT 0 WHERE EXISTS (SELECT FROM actor))
    """,
    """
    INSERT INTO actor_rank (actor_id, actor_slug, facts)
    SELECT actor_id, slug, coalesce(facts, 0)
    FROM (
        SELECT id AS actor_id, slug FROM actor UNION ALL SELECT 0, '' WHERE EXISTS (SELECT FROM actor)
    ) AS ranked
    LEFT JOIN (
        SELECT actor_id, sum(count) AS facts FROM actor_tally WHERE known_until = 'infinity' GROUP BY actor_id
    ) AS tallied USING (actor_id)
    WHERE NOT EXISTS (
        SELECT FROM actor_rank AS same
        WHERE same.actor_id = ranked.actor_id AND actor_slug = slug AND same.facts = coalesce(tallied.facts, 0)
    )
    -- all are found before the first is written: else the table is looked through for each, as far as it is filled
    ORDER BY coalesce(facts, 0) DESC, slug
    ON CONFLICT (actor_id) DO UPDATE SET actor_slug = excluded.actor_slug, facts = excluded.facts
    """,
)
"""Bring the ranks of actors to the number of facts that each is in now."""
_SUM = """
turn (known_from, number, {by}) AS (
    SELECT known_from, number, {by} FROM span
    UNION ALL SELECT known_until + 1, -number, {by} FROM span WHERE known_until < 'infinity'
),
day (known_from, number, {by}) AS (SELECT known_from, sum(number), {by} FROM turn GROUP BY known_from, {by}),
told AS (
    SELECT {by}, known_from, coalesce(lead(known_from) OVER days - 1, 'infinity') AS known_until,
        (sum(number) OVER days)::integer AS count
    FROM day WHERE number <> 0 WINDOW days AS (PARTITION BY {by} ORDER BY known_from)
)
SELECT {by}, known_from, known_until, count FROM told WHERE count > 0
"""
"""Turn numbers for ranges of days, which may overlap, into the number on each day."""
_COUNT = f"""
CREATE TEMP TABLE counted ON COMMIT DROP AS
WITH span (known_from, known_until, number, {{by}}) AS (
    SELECT known_from, known_until, count(*), {{by}} FROM {{rows}} GROUP BY known_from, known_until, {{by}}
),{_SUM}"""
_DIFFERENCE = """
CREATE TEMP TABLE IF NOT EXISTS {tally}_difference ON COMMIT DROP AS
SELECT {by}, known_from, known_until, 0::bigint AS number FROM {tally} WITH NO DATA
"""
_OF_FACTS = ", ".join(
    f"{table} AS (SELECT * FROM {table} WHERE {condition})"
    for table, condition in {
        "snapshot": "fact_id = ANY(%(facts)s)",
        "presence": "snapshot_id IN (SELECT id FROM snapshot)",
        "claim": "fact_id = ANY(%(facts)s)",
    }.items()
)
"""These take precedence over the tables of the same names."""
_CONTRIBUTE = f"""
WITH {_OF_FACTS}
INSERT INTO {{tally}}_difference ({{by}}, known_from, known_until, number)
SELECT {{by}}, known_from, known_until, %(sign)s * count(*) FROM {{rows}} GROUP BY {{by}}, known_from, known_until
"""
_DIFFER = """
CREATE TEMP TABLE difference ON COMMIT DROP AS
SELECT {by}, known_from, known_until, sum(number) AS number FROM {tally}_difference
GROUP BY {by}, known_from, known_until HAVING sum(number) <> 0
"""
_RECOUNT = f"""
CREATE TEMP TABLE counted ON COMMIT DROP AS
WITH span (known_from, known_until, number, {{by}}) AS (
    SELECT known_from, known_until, number, {{by}} FROM difference
    UNION ALL SELECT known_from, known_until, count, {{by}} FROM {{tally}}
        JOIN (SELECT DISTINCT {{by}} FROM difference) AS concerned USING ({{by}})
),{_SUM}"""
MOST = 2_000
"""Maximum number of facts for which a difference is counted; with more, it is as quick to count everything."""
CONCERNED: dict[str, str] = {
    "fact": "SELECT unnest(%(ids)s::integer[])",
    "source": "SELECT DISTINCT fact_id FROM claim WHERE source_id = ANY(%(ids)s)",
    "place": (
        "SELECT DISTINCT fact_id FROM meeting_place JOIN snapshot ON snapshot.id = snapshot_id"
        " WHERE place_id = ANY(%(ids)s)"
    ),
}
"""By table, the facts whose counts depend on its entries."""
PAIRS = """
SELECT between_id, md5(concat_ws(
    ' ', to_jsonb(shared) - 'snapshot_id', to_jsonb(meeting) - 'snapshot_id', to_jsonb(event) - 'snapshot_id'))
FROM shared LEFT JOIN meeting USING (snapshot_id) LEFT JOIN event USING (snapshot_id)
WHERE snapshot_id IN (SELECT id FROM snapshot WHERE fact_id = ANY(%(facts)s))
UNION SELECT fact_id, md5(concat_ws(' ', known_from, known_until, is_withdrawn, to_jsonb(relationship)))
FROM snapshot JOIN relationship ON snapshot_id = snapshot.id WHERE fact_id = ANY(%(facts)s)
"""
"""The pairs that have something in common through some facts, each with a digest of all that is counted of it.

What is counted of a relationship refers to its snapshot, whose number changes when it is rewritten.
"""


def is_tallied(connection: psycopg.Connection) -> bool:
    """Return whether each tally has been counted; one that a migration has created is still empty."""
    exist = " AND ".join(f"EXISTS (SELECT FROM {tally})" for tally in (*TALLIES, *LISTED))
    return bool(scalar(connection, f"SELECT {exist}"))


def tally_facts(connection: psycopg.Connection) -> None:
    """Count all facts and claims again, and write those numbers that have changed."""
    _tally(connection, TALLIES)


def tally_listed(connection: psycopg.Connection) -> None:
    """Count entries that are not facts in the same way, and rank the actors."""
    _tally(connection, LISTED)
    for statement in RANK:
        connection.execute(statement.encode())


def _tally(connection: psycopg.Connection, tallies: Mapping[str, tuple[str, str]]) -> None:
    for tally, (by, rows) in tallies.items():
        columns, key = f"{by}, known_from, known_until, count", TABLES[tally].key
        for statement in (
            _COUNT.format(by=by, rows=rows),
            "ANALYZE counted",
            f"DELETE FROM {tally} WHERE NOT EXISTS (SELECT FROM counted WHERE {_same(columns, tally)})",
            f"INSERT INTO {tally} ({columns}) SELECT {columns} FROM counted"
            # in key order, so that the index is dense and rows that are read together are stored together
            f" WHERE NOT EXISTS (SELECT FROM {tally} WHERE {_same(columns, tally)}) ORDER BY {', '.join(key)}",
            f"ANALYZE {tally}",
            "DROP TABLE counted",
        ):
            connection.execute(statement.encode())


class Recount:
    """Update of the tallies and pairs for what a load has changed.

    What facts contributed before is subtracted, and what they contribute afterwards is added.
    """

    def __init__(self, connection: psycopg.Connection, *, is_known: bool) -> None:
        self.connection = connection
        self.is_known = is_known
        """Whether the difference is known, which it is not if much has changed."""
        self._facts: set[int] = set()
        self._before: set[tuple[int, str]] = set()
        self._pairs: set[int] = set()

    def take(self, table: str, ids: Collection[int]) -> None:
        """Subtract what is counted of some entries, before any of their rows is changed."""
        if not (ids and self.is_known and table in CONCERNED):
            return
        found = self.connection.execute(CONCERNED[table].encode(), {"ids": [*ids]})
        facts = {number for (number,) in found} - self._facts
        self.is_known = len(self._facts) + len(facts) <= MOST
        if self.is_known:
            self._contribute(facts, -1)
            self._before |= self._pairs_of(facts)
            self._facts |= facts

    def give(self, facts: Collection[int]) -> None:
        """Note new facts; what is counted of them is added at the end."""
        self._facts |= {*facts} if self.is_known else set()
        self.is_known &= len(self._facts) <= MOST

    def finish(self) -> None:
        """Add what is counted of the facts now, and write the tallies and pairs that have changed."""
        self._contribute(self._facts, 1)
        self._pairs = {pair for pair, _ in self._before ^ self._pairs_of(self._facts)}
        for tally, (by, _) in TALLIES.items() if self._facts else ():
            columns = f"{by}, known_from, known_until, count"
            for statement in (
                _DIFFER.format(tally=tally, by=by),
                _RECOUNT.format(tally=tally, by=by),
                f"DELETE FROM {tally} USING (SELECT DISTINCT {by} FROM difference) AS counted WHERE {_same(by, tally)}",
                f"INSERT INTO {tally} ({columns}) SELECT {columns} FROM counted",
                f"DROP TABLE counted, difference, {tally}_difference",
            ):
                self.connection.execute(statement.encode())
        if self._pairs:
            self.connection.execute("SELECT tally_pairs(%s)", ([*self._pairs],))

    @property
    def has_pairs(self) -> bool:
        """Whether what two share has changed."""
        return bool(self._pairs)

    def _contribute(self, facts: Collection[int], sign: int) -> None:
        if not facts:
            return
        given = {"facts": [*facts], "sign": sign}
        for tally, (by, rows) in TALLIES.items():
            self.connection.execute(_DIFFERENCE.format(tally=tally, by=by).encode())
            self.connection.execute(_CONTRIBUTE.format(tally=tally, by=by, rows=rows).encode(), given)

    def _pairs_of(self, facts: Collection[int]) -> set[tuple[int, str]]:
        return {*self.connection.execute(PAIRS.encode(), {"facts": [*facts]})} if facts else set()


def _same(columns: str, tally: str) -> str:
    """Return the condition that a row of a tally and a counted one are the same; none of their values is null."""
    return " AND ".join(f"{tally}.{each} = counted.{each}" for each in columns.split(", "))
