"""Counts what two have to do with each other, from one day to another."""

from sqlalchemy import Connection, text


def tally_pairs(connection: Connection) -> None:
    """Counts all anew; where little has changed, `Recount` does it for those whom that concerns."""
    connection.execute(text("SELECT tally_pairs()"))
    connection.execute(text("ANALYZE tie, pair_tally"))
