"""What GraphQL over HTTP requires of a server, as checked by the audits of npm's graphql-http."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.http.conftest import HERE

pytestmark = pytest.mark.slow

AUDITS = 61


def test_every_audit_passes(node: str, endpoint: str) -> None:
    done = subprocess.run([node, "audits.mjs", endpoint], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [audit for audit in found if audit["status"] != "ok"] == []
    assert len({audit["id"] for audit in found}) == AUDITS
