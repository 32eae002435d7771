"""Import of today's leaders of states and bodies, with their Wikidata numbers and their names as written locally."""

from pathlib import Path
from typing import Any

from service.importers.leaders import read_leaders
from service.importers.seedset import SeedSet
from service.importers.tables import read_seed_file
from service.importers.world_leaders.facts import OUTLET, add_offices, add_people, add_source, find_doubt
from service.importers.world_leaders.people import identify
from service.importers.world_leaders.positions import NAME, Position, read_positions
from service.importers.world_leaders.tables import read_bodies, read_titles

KNOWN = "archigos"
"""Set whose people may lead today."""


def make_set(data: Path, seeds: Path) -> SeedSet:
    """Return the people and offices of the latest snapshot; raise OSError, DataFileInvalid, SeedsInvalid."""
    made = SeedSet(NAME)
    positions = {position.key: position for position in read_positions(data)}
    doubts = {key: find_doubt(position, positions) for key, position in positions.items()}
    recorded = [position for key, position in positions.items() if not doubts[key]]
    countries = read_seed_file(seeds, "countries.yaml")
    states = {state["code"]: slug for slug, state in countries.items() if "code" in state}
    bodies = read_bodies(seeds, {position.code for position in positions.values()} - states.keys())
    titles = read_titles(seeds, (position.title for position in recorded if position.holder))
    holders = identify(recorded, states, read_leaders(seeds, [KNOWN]), seeds)
    names = {code: countries[slug]["names"]["COMMON"] for code, slug in states.items()}
    names |= {code: body.names.COMMON for code, body in bodies.items()}
    for key, position in positions.items():
        add_source(made, position, names[position.code], doubts[key])
    slugs = states | {code: body.slug for code, body in bodies.items()}
    add_offices(made, recorded, holders, slugs, titles)
    add_people(made, holders.values())
    for body in bodies.values():
        made.add("organisations", **body.model_dump(mode="json"))
    made.add("organisations", OUTLET, names={"COMMON": {"en": "Open Data Archive"}}, kind="WEBSITE")
    made.review = [_review_line(positions[key], reason) for key, reason in doubts.items() if reason]
    return made


def _review_line(position: Position, reason: str) -> dict[str, Any]:
    """Return a line that a person has to check, and may leave as reported."""
    texts = [position.cite("title_en", "title_local")]
    doubtful = {"slug": f"doubtful--{position.key}", "reason": reason, "score": 0.9}
    return {**doubtful, "facts": [], "texts": texts, "answers": ["as-told"]}
