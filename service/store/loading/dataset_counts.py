"""Count the entries of each kind that a data set's sources tell of, during the load, so that nobody waits for it."""

import psycopg

TOLD = {
    "source": "SELECT source.dataset, 'SOURCE', source.reported_on FROM source",
    "claim": "SELECT source.dataset, 'CLAIM', source.reported_on FROM claim JOIN source ON source.id = source_id",
    "fact": (
        "SELECT source.dataset, upper(fact.typename), min(source.reported_on)"
        " FROM claim JOIN source ON source.id = source_id JOIN fact ON fact.id = fact_id"
        " GROUP BY source.dataset, fact.id"
    ),
    "actor": (
        "SELECT source.dataset, upper(actor.typename), min(source.reported_on)"
        " FROM involvement_claim JOIN claim ON claim.id = claim_id JOIN source ON source.id = source_id"
        " JOIN involvement ON involvement.id = involvement_id JOIN actor ON actor.id = actor_id"
        " GROUP BY source.dataset, actor.id"
    ),
}
"""Each entry once for a data set, with its kind and the day since when one of the set's sources tells of it.

Actors are those who are in a fact according to such a source.
"""

_COUNT = f"""
WITH told (dataset, kind, day) AS ({" UNION ALL ".join(TOLD.values())}),
new (dataset, kind, day, number) AS (
    SELECT dataset, kind, day, count(*) FROM told WHERE dataset IS NOT NULL GROUP BY dataset, kind, day
)
INSERT INTO source_dataset_count (dataset, kind, known_from, known_until, count)
SELECT dataset, kind, day, coalesce(lead(day) OVER days - 1, 'infinity'), sum(number) OVER days
FROM new WINDOW days AS (PARTITION BY dataset, kind ORDER BY day)
"""


def count_entries(connection: psycopg.Connection) -> None:
    """Count again, from the day of each source on."""
    connection.execute("DELETE FROM source_dataset_count")
    connection.execute(_COUNT.encode())
