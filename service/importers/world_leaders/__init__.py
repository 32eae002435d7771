"""Today's leaders of states and bodies, with their numbers in Wikidata and their names as they are written there."""

from pathlib import Path

import yaml

from service.importers.archigos.leaders import read_leaders
from service.importers.seedset import SeedSet
from service.importers.world_leaders.facts import add_offices, add_people, add_source, find_doubt, read_titles
from service.importers.world_leaders.people import identify
from service.importers.world_leaders.positions import NAME, read_positions

KNOWN = "archigos"
"""The set whose people may lead today."""


def make_set(data: Path, seeds: Path) -> SeedSet:
    """The people and offices of the latest snapshot; raises OSError, DataFileInvalid."""
    made = SeedSet(NAME)
    positions = {position.key: position for position in read_positions(data)}
    doubts = {key: find_doubt(position, positions) for key, position in positions.items()}
    recorded = [position for key, position in positions.items() if not doubts[key]]
    states = {state["code"]: slug for slug, state in _read(seeds / "countries.yaml").items() if state.get("code")}
    bodies = _read(seeds / "sets" / NAME / "bodies.yaml")
    holders = identify(recorded, states, read_leaders(seeds, [KNOWN]), seeds)
    for key, position in positions.items():
        add_source(made, position, doubts[key])
    add_offices(
        made, recorded, holders, states | {code: body["slug"] for code, body in bodies.items()}, read_titles(seeds)
    )
    add_people(made, holders.values())
    for body in bodies.values():
        made.add("organisations", **body)
    made.review = [
        {
            "slug": f"doubtful--{key}",
            "reason": reason,
            "score": 0.9,
            "facts": [],
            "texts": [positions[key].cite("title_en", "title_local")],
            "answers": ["as-told"],
        }
        for key, reason in doubts.items()
        if reason
    ]
    return made


def _read(path: Path) -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = yaml.load(path.read_bytes(), yaml.CBaseLoader)
    return entries
