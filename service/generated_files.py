"""The files of the repository that are generated from the code: the layout of the tables and the two schemas."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from service.settings import REPOSITORY, SEEDS

LAYOUT = REPOSITORY / "service" / "store" / "layout.json"
SCHEMA = REPOSITORY / "schema" / "schema.graphql"
SEEDS_SCHEMA = SEEDS / "schema.json"


def write_generated_files() -> None:
    """Write the files that are out of date."""
    for make_texts in GENERATORS:
        for path, text in _outdated_texts(make_texts()).items():
            path.write_text(text, encoding="utf-8")


def outdated_files() -> list[Path]:
    """Return the files that are out of date, relative to the repository: those of the first generator that has any."""
    for make_texts in GENERATORS:
        if old := _outdated_texts(make_texts()):
            return [path.relative_to(REPOSITORY) for path in old]
    return []


def _layout() -> Mapping[Path, str]:
    from service.store.tables import layout

    return {LAYOUT: layout.text()}


def _schemas() -> Mapping[Path, str]:
    from schema import print_sdl
    from service.store.seeds import editor

    return {SCHEMA: print_sdl(), SEEDS_SCHEMA: editor.text()}


def _outdated_texts(texts: Mapping[Path, str]) -> Mapping[Path, str]:
    return {path: text for path, text in texts.items() if not path.exists() or path.read_text(encoding="utf-8") != text}


GENERATORS = (_layout, _schemas)
"""The schemas read the tables from the layout, which is therefore written before."""
