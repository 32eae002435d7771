"""Names of people in languages other than English: a table that is stored with each set, by slug."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from service.importers.seedset import SeedSet
from service.importers.tables import Word, mark_in, raise_problems, require_table
from service.store.folders import set_folder
from service.store.notation.values import Language, Slug
from service.store.seeds.files import Problems

FILE = "languages.yaml"
_FORM = TypeAdapter(Mapping[Slug, Mapping[Language, Word]])


def read_languages(seeds: Path, name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the table of a set, if it has one: names by slug and language; raise SeedsInvalid."""
    return require_table(seeds, name, FILE, _FORM) if (set_folder(seeds, name) / FILE).exists() else {}


def add_languages(made: SeedSet, seeds: Path) -> None:
    """Add these names to the people of a set; raise SeedsInvalid, also if a slug of the table names none of them."""
    languages, problems = read_languages(seeds, made.name), Problems()
    names = {person["slug"]: person["names"]["COMMON"] for person in made.entries.get("people", ())}
    for slug in languages.keys() - names.keys():
        problems.add(mark_in(seeds, made.name, FILE, slug), f"{slug} is not a person of the set")
    raise_problems(problems)
    for slug, called in languages.items():
        names[slug].update(called)
