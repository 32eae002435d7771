"""How well names in other spellings find the people meant; and that none is matched with somebody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from httpx import ASGITransport, AsyncClient

from service.app import create_app
from service.settings import Settings
from tests.reconciliation.conftest import BASE, Match

LEADERS: dict[str, str] = yaml.safe_load(Path(__file__).with_name("leaders.yaml").read_text(encoding="utf-8"))
LANGUAGES = ["de", "en", "ko", "ru"]
NAMES = "query ($language: LanguageTag!) { people { nodes { slug name(language: $language) } } }"
UNKNOWN = [
    "George Bush",
    "Kim Jong Nam",
    "Angela Davis",
    "Jose Luis Rodriguez",
    "Carlos Arias",
    "Gorbatschow",
    "Merkel",
]
"""Names of several, of somebody not in the register, or a surname alone."""


UNFOUND = {"Jamal Abd al-Nasir", "Kim Chong-il"}
"""Spellings whose leader is not the first candidate."""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_names_of_the_record_find_their_people(match: Match, client: AsyncClient, language: str) -> None:
    answer = (await client.post("/graphql", json={"query": NAMES, "variables": {"language": language}})).json()
    names = {each["slug"]: each["name"] for each in answer["data"]["people"]["nodes"]}
    found = await match({slug: {"query": name, "type": "Person"} for slug, name in names.items()})
    assert {slug: results[0]["id"] for slug, results in found.items()} == {slug: f"people/{slug}" for slug in names}
    assert all(results[0]["match"] for results in found.values())


@pytest.mark.slow
async def test_other_spellings_find_the_leaders_and_none_is_matched_wrongly(sets_database: str) -> None:
    app = create_app(Settings(database_url=sets_database))
    transport = ASGITransport(app)
    async with app.router.lifespan_context(app), AsyncClient(transport=transport, base_url=BASE, timeout=60) as client:
        found: dict[str, list[dict[str, Any]]] = {}
        names = [*LEADERS, *UNKNOWN]
        for start in range(0, len(names), 10):
            queries = {name: {"query": name, "type": "Person", "limit": 3} for name in names[start : start + 10]}
            response = await client.post("/reconcile", data={"queries": orjson.dumps(queries).decode()})
            found |= {name: each["result"] for name, each in response.json().items()}
    first = {name: results[0] if results else {} for name, results in found.items()}
    right = [name for name in LEADERS if first[name].get("id") == f"people/{LEADERS[name]}"]
    wrong = [name for name in names if first[name].get("match") and first[name]["id"] != f"people/{LEADERS.get(name)}"]
    assert wrong == []
    matched = [name for name in LEADERS if first[name].get("match")]
    assert (set(LEADERS) - set(right), len(matched)) == (UNFOUND, 39)
