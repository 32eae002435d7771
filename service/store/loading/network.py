"""Counts what ties each two people, and the tone between each two, from one day to another."""

import psycopg


def tally_network(connection: psycopg.Connection) -> None:
    """Counts anew."""
    connection.execute("SELECT tally_network(), tally_network_people(), tally_tones()")
    connection.execute("ANALYZE tone_tally")
