"""Counts what ties each two people, and the tone between each two, from one day to another."""

from sqlalchemy import Connection, text


def tally_network(connection: Connection) -> None:
    """Counts anew."""
    connection.execute(text("SELECT tally_network(), tally_network_people(), tally_tones()"))
    connection.execute(text("ANALYZE tone_tally"))
