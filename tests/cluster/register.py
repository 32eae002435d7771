"""A register that changes with each commit, so that a response shows whether it is correct."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from service.store.commits import announce_commit
from service.store.connection import scalar
from service.store.transactions import write_transaction

BEGAN = datetime(2026, 11, 29, tzinfo=UTC)
FIRST = "INSERT INTO dataset (id, revision, updated_at) VALUES (1, 1, '2026-11-29 00:00:01+00')"
RAISE = "UPDATE dataset SET revision = revision + 1, updated_at = updated_at + interval '1 second' RETURNING revision"
QUESTIONS = (
    "{ dataset { revision updatedAt } }",
    '{ dataset { revision updatedAt } summit(slug: "hanoi-2019") { slug } }',
    '{ dataset { updatedAt revision } summits(asOf: "2019-01-01") { totalCount } }',
)


def commit(url: str, *, announces: bool = True) -> int:
    """Change the register as a load does; return its new revision."""
    with write_transaction(url) as connection:
        revision = int(scalar(connection, RAISE))
        if announces:
            announce_commit(connection)
    return revision


def revision_in(answer: dict[str, Any]) -> int:
    """Return the revision that the whole response comes from."""
    dataset = answer["data"]["dataset"]
    revision = int(dataset["revision"])
    assert datetime.fromisoformat(dataset["updatedAt"]) == BEGAN + timedelta(seconds=revision), answer
    return revision
