"""Import of the travels of American presidents and visits of foreign leaders listed by the Office of the Historian."""

from pathlib import Path

from service.importers.seedset import SeedSet


def make_set(data: Path, seeds: Path) -> SeedSet:
    """Return the meetings and journeys of the rows in `data`/histstate.

    Raises OSError, DataFileInvalid, RowInvalid.
    """
    from service.importers.histstate.building import Building

    building = Building(data, seeds)
    building.read()
    return building.make()
