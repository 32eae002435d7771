"""Models of the entries of each seed file, the basis of both validation and the JSON Schema for editors."""

from collections.abc import Mapping

from service.store.kinds import KINDS
from service.store.notation.fields import EntryModel
from service.store.seeds.actors import ACTORS
from service.store.seeds.conflicts import ConflictEntry
from service.store.seeds.places import PlaceEntry
from service.store.seeds.properties import PropertyEntry
from service.store.seeds.sources import SourceDatasetEntry, SourceEntry

MODELS: Mapping[str, type[EntryModel]] = {
    **dict(ACTORS.values()),
    "places.yaml": PlaceEntry,
    "datasets.yaml": SourceDatasetEntry,
    "sources.yaml": SourceEntry,
    **{kind.file: kind.entry for kind in KINDS},
    "conflicts.yaml": ConflictEntry,
    "properties.yaml": PropertyEntry,
}
"""Models by file name."""
