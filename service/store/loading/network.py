"""Count the ties between each two people, and the tone between each two, by range of publication days."""

import psycopg


def tally_network(connection: psycopg.Connection) -> None:
    """Count everything again."""
    connection.execute("SELECT tally_network(), tally_network_people(), tally_tones()")
    connection.execute("ANALYZE tone_tally")
