"""Count what two actors have in common, by range of publication days."""

import psycopg


def tally_pairs(connection: psycopg.Connection) -> None:
    """Count everything again; if little has changed, `Recount` does it for the pairs concerned."""
    connection.execute("SELECT tally_pairs()")
    connection.execute("ANALYZE tie, pair_tally")
