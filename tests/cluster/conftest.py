"""A primary and two standbys, new for each test; their contents are the same, and made once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from service.settings import SEEDS
from service.store.current import fingerprint, mark_current
from service.store.migrations import migrate
from service.store.transactions import write_transaction
from tests.cluster.nodes import Cluster, Node, cluster_of, new_data
from tests.cluster.register import FIRST


@pytest.fixture(scope="session")
def loaded_data() -> Iterator[Path]:
    """Return data of a register at revision 1, which a service considers loaded; no server runs on them."""
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o711)
        new_data(folder / "primed")
        node = Node("primed", folder / "primed")
        try:
            node.start()
            migrate(node.own_url)
            with psycopg.connect(node.own_url) as connection:
                connection.execute(FIRST)
            with write_transaction(node.own_url) as connection:
                mark_current(connection, fingerprint(SEEDS, None))
            node.end()
        finally:
            node.close()
        yield folder / "primed"


@pytest.fixture
def cluster(loaded_data: Path) -> Iterator[Cluster]:
    """Yield a primary with two standbys that have caught up with it."""
    with (
        tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name,
        cluster_of(loaded_data, Path(name).resolve()) as found,
    ):
        yield found
