"""Counts what two have to do with each other, from one day to another."""

import psycopg


def tally_pairs(connection: psycopg.Connection) -> None:
    """Counts all anew; where little has changed, `Recount` does it for those whom that concerns."""
    connection.execute("SELECT tally_pairs()")
    connection.execute("ANALYZE tie, pair_tally")
