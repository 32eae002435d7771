"""Names of people in languages other than English: a table that is stored with each set, by slug."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from service.errors import SeedsInvalid
from service.importers.seedset import SeedSet
from service.store.folders import SETS, set_folder

FILE = "languages.yaml"


def read_languages(seeds: Path, name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the table of a set: names by slug and language."""
    path = set_folder(seeds, name) / FILE
    return yaml.safe_load(path.read_bytes()) or {} if path.exists() else {}


def add_languages(made: SeedSet, seeds: Path) -> None:
    """Add these names to the people of a set; raise SeedsInvalid if a slug of its table names none of them."""
    languages = read_languages(seeds, made.name)
    names = {person["slug"]: person["names"]["COMMON"] for person in made.entries.get("people", ())}
    if unknown := languages.keys() - names.keys():
        path = f"{SETS}/{made.name}/{FILE}"
        raise SeedsInvalid([f"{path}: {slug} is not a person of the set" for slug in sorted(unknown)])
    for slug, called in languages.items():
        names[slug].update(called)
