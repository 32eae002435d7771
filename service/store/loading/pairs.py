"""Counts what two have to do with each other, from one day to another."""

from sqlalchemy import Connection, text


def tally_pairs(connection: Connection) -> None:
    """Counts anew."""
    connection.execute(text("SELECT tally_pairs()"))
    connection.execute(text("ANALYZE tie, pair_tally"))
