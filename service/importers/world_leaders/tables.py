"""Tables of the set that a person can correct: its titles, and its bodies that are not states."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import Field, TypeAdapter

from service.importers.tables import Form, Word, require_table
from service.importers.world_leaders.positions import NAME
from service.store.enums import OrganisationKind
from service.store.notation.values import Language, Slug


class TitleForm(Form):
    """Entry of titles.yaml."""

    en: Word
    de: Word
    ko_kore: Word = Field(alias="ko-Kore")
    ru: Word
    fr: Word
    of: Mapping[Slug, Mapping[Language, Word]] = {}

    def write(self, body: str) -> dict[str, str]:
        """Return the title by language, as it is called in a state or body."""
        return {**self.model_dump(by_alias=True, exclude={"of"}), **self.of.get(body, {})}


class NamesForm(Form):
    """Names of an entry of bodies.yaml."""

    COMMON: dict[Language, Word]


class BodyForm(Form):
    """Entry of bodies.yaml."""

    slug: Slug
    names: NamesForm
    kind: OrganisationKind


Titles = Mapping[str, TitleForm]
Bodies = Mapping[str, BodyForm]


def read_titles(seeds: Path, titles: Iterable[str]) -> Titles:
    """Return the table of titles; raise SeedsInvalid, also if it lacks one of these."""
    return require_table(seeds, NAME, "titles.yaml", TypeAdapter(dict[Word, TitleForm]), titles)


def read_bodies(seeds: Path, codes: Iterable[str]) -> Bodies:
    """Return the table of bodies by their codes; raise SeedsInvalid, also if it lacks one of these."""
    return require_table(seeds, NAME, "bodies.yaml", TypeAdapter(dict[Word, BodyForm]), codes)
