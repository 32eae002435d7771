"""Counts facts and claims by what lists of them are counted and filtered by, from one day to another."""

from sqlalchemy import Connection, text

from service.store.enums import PRESENT
from service.store.kinds import METADATA

_OF_SNAPSHOT = "snapshot.typename, snapshot.known_from, snapshot.known_until"


def _in_roles(grouping: str, kinds: str, *roles: str) -> str:
    """Who is in facts of some kinds in these roles."""
    return f"""
        SELECT 0 AS actor_id, '{grouping}' AS grouping, coalesce(presence.actor_id, 0) AS entry_id, {_OF_SNAPSHOT}
        FROM snapshot LEFT JOIN presence ON snapshot_id = snapshot.id AND roles && '{{{",".join(roles)}}}'
        WHERE snapshot.typename IN ({kinds})"""


def _of_places(grouping: str, column: str) -> str:
    """What the places of meetings are, or lie in, each once for all of them."""
    return f"""
        SELECT 0, '{grouping}', coalesce({column}, 0), {_OF_SNAPSHOT}
        FROM snapshot LEFT JOIN LATERAL (
            SELECT DISTINCT {column} FROM meeting_place JOIN place ON place.id = place_id
            WHERE snapshot_id = snapshot.id
        ) AS place ON true
        WHERE snapshot.typename IN ('Summit', 'Talks')"""


_SPEAKERS = f"""
        SELECT 0, 'SPEAKER', coalesce(speaker_id, 0), {_OF_SNAPSHOT}
        FROM snapshot JOIN quote ON snapshot_id = snapshot.id"""
_ADDRESSEES_OF_ACTOR = f"""
        SELECT member.actor_id, 'ADDRESSEE', coalesce(presence.actor_id, 0), {_OF_SNAPSHOT}
        FROM presence AS member JOIN snapshot ON snapshot.id = member.snapshot_id
        LEFT JOIN presence ON presence.snapshot_id = snapshot.id AND presence.roles && '{{ADDRESSEE}}'
        WHERE snapshot.typename = 'Quote'"""
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
"""Of relationships before any source speaks of them: these are there since two share something."""
_ENTRIES = " UNION ALL ".join(
    (
        _in_roles("ADDRESSEE", "'Quote'", "ADDRESSEE"),
        _in_roles("ABOUT", "'Quote'", "ABOUT"),
        _in_roles("PARTICIPANT", "'Summit', 'Talks'", *(role.value for role in PRESENT)),
        _of_places("PLACE", "place_id"),
        _of_places("COUNTRY", "country_id"),
        _SPEAKERS,
        _ADDRESSEES_OF_ACTOR,
        _TOGETHER,
        _OUTLETS,
        _NO_OUTLETS,
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
    "claim_tally": (
        "source_id, outlet_id, property",
        "(SELECT source_id, coalesce(outlet_id, 0) AS outlet_id, property, claim.reported_on AS known_from,"
        " date 'infinity' AS known_until FROM claim JOIN source ON source.id = source_id) AS claimed",
    ),
}
"""What each tally is counted by, and of which rows."""
_COUNT = """
CREATE TEMP TABLE counted ON COMMIT DROP AS
WITH span (known_from, known_until, number, {by}) AS (
    SELECT known_from, known_until, count(*), {by} FROM {rows} GROUP BY known_from, known_until, {by}
),
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


def is_tallied(connection: Connection) -> bool:
    """Whether what is there has been counted, by each tally: one that a migration has made is still empty."""
    exist = " AND ".join(f"EXISTS (SELECT FROM {tally})" for tally in TALLIES)
    return bool(connection.execute(text(f"SELECT {exist}")).scalar_one())


def tally_facts(connection: Connection) -> None:
    """Counts anew, and writes what has another number than before."""
    for tally, (by, rows) in TALLIES.items():
        columns, key = f"{by}, known_from, known_until, count", METADATA.tables[tally].primary_key.columns.keys()
        for statement in (
            _COUNT.format(by=by, rows=rows),
            "ANALYZE counted",
            f"DELETE FROM {tally} WHERE NOT EXISTS (SELECT FROM counted WHERE {_same(columns, tally)})",
            f"INSERT INTO {tally} ({columns}) SELECT {columns} FROM counted"
            # in the order of the key, so that its index is dense and what is read together lies together
            f" WHERE NOT EXISTS (SELECT FROM {tally} WHERE {_same(columns, tally)}) ORDER BY {', '.join(key)}",
            f"ANALYZE {tally}",
            "DROP TABLE counted",
        ):
            connection.execute(text(statement))


def _same(columns: str, tally: str) -> str:
    """Whether a row of a tally and one that is counted are the same; none of their values is null."""
    return " AND ".join(f"{tally}.{each} = counted.{each}" for each in columns.split(", "))
