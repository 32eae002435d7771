"""Ranking the actors takes time in proportion to their number: the table is not scanned while it is filled."""

import re

import psycopg
import pytest

from service.store.loading.tallies import RANK

ACTORS = """
INSERT INTO actor (slug, typename, name, name_key, names, is_leader, known_since, digest)
SELECT 'person-' || number, 'Person', 'Person', 'person', '{}', false, '2019-06-01', ''
FROM generate_series(1, %s) AS number
"""


def blocks_of_first_ranking(url: str, actors: int) -> int:
    """Return how many blocks PostgreSQL reads to rank this many actors, none of whom has been ranked."""
    with psycopg.connect(url) as connection:
        connection.execute(ACTORS.encode(), (actors,))
        connection.execute("ANALYZE actor, actor_rank, actor_tally")
        plan = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS) {RANK[-1]}".encode()).fetchall()
        assert connection.execute("SELECT count(*) FROM actor_rank").fetchone() == (actors + 1,)
        connection.rollback()
    (hit,) = re.findall(r"Buffers: shared hit=(\d+)", " ".join(line for (line,) in plan if "Buffers" in line))[:1]
    return int(hit)


@pytest.mark.slow
def test_actors_are_ranked_in_proportion(scratch: str) -> None:
    assert blocks_of_first_ranking(scratch, 8_000) < 6 * blocks_of_first_ranking(scratch, 2_000)
