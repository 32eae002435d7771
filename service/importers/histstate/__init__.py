"""The travels of American presidents and the visits of foreign leaders, as the Office of the Historian lists them."""

from pathlib import Path

from service.importers.seedset import SeedSet


def make_set(data: Path, seeds: Path) -> SeedSet:
    """The meetings and journeys of the rows in `data`/histstate; raises OSError, DataFileInvalid, RowInvalid."""
    from service.importers.histstate.building import Building

    building = Building(data, seeds)
    building.read()
    return building.make()
