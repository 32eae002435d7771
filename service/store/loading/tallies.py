"""Counts the facts of each type, and those that each actor is in, from one day to another."""

from sqlalchemy import Connection, text

TALLIES = {"fact_tally": ("typename", "snapshot"), "actor_tally": ("actor_id, typename", "presence")}
"""What each tally is counted by, and of which rows."""
_COUNT = """
WITH turn (known_from, number, {by}) AS (
    SELECT known_from, 1, {by} FROM {rows}
    UNION ALL SELECT known_until + 1, -1, {by} FROM {rows} WHERE known_until < 'infinity'
),
day (known_from, number, {by}) AS (SELECT known_from, sum(number), {by} FROM turn GROUP BY known_from, {by}),
told AS (
    SELECT {by}, known_from, coalesce(lead(known_from) OVER days - 1, 'infinity') AS known_until,
        sum(number) OVER days AS count
    FROM day WHERE number <> 0 WINDOW days AS (PARTITION BY {by} ORDER BY known_from)
)
INSERT INTO {tally} ({by}, known_from, known_until, count)
SELECT {by}, known_from, known_until, count FROM told WHERE count > 0
"""


def is_tallied(connection: Connection) -> bool:
    """Whether what is there has been counted."""
    return bool(connection.execute(text("SELECT EXISTS (SELECT FROM fact_tally)")).scalar_one())


def tally_facts(connection: Connection) -> None:
    """Counts anew."""
    for tally, (by, rows) in TALLIES.items():
        connection.execute(text(f"DELETE FROM {tally}"))
        connection.execute(text(_COUNT.format(tally=tally, by=by, rows=rows)))
        connection.execute(text(f"ANALYZE {tally}"))
