"""Places as written in the seeds, and how they are contained in each other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import Field

from service.store import enums
from service.store.notation import values
from service.store.notation.fields import EntryModel, Names
from service.store.notation.values import Index
from service.store.record.record import Place
from service.store.seeds.entry import read_entries
from service.store.seeds.files import Problems, SeedFile
from service.store.seeds.passages import Passages
from service.store.seeds.uniting import unite


class PlaceEntry(EntryModel):
    """A country as a place, a region, a city or a venue."""

    names: Names
    kind: enums.PlaceKind
    country: values.Country | None = None
    partOf: values.Place | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    timezone: Annotated[str, Field(pattern="^[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2}$")] | None = None


def read_places(files: Iterable[SeedFile], index: Index, passages: Passages, problems: Problems) -> dict[str, Place]:
    """Return the places by slug."""
    entries = unite(read_entries(files, PlaceEntry, index, problems))
    places = {entry.slug: _to_place(entry.slug, entry.fields, passages) for entry in entries}
    for entry in entries:
        for reason in _place_faults(places[entry.slug], places) if entry.is_whole else ():
            entry.report(reason)
    return places


def _to_place(slug: str, fields: PlaceEntry, passages: Passages) -> Place:
    return Place(
        slug=slug,
        kind=fields.kind,
        names=passages.names(fields.names),
        country=fields.country and str(fields.country),
        part_of=fields.partOf and str(fields.partOf),
        latitude=fields.latitude,
        longitude=fields.longitude,
        timezone=fields.timezone,
    )


def _place_faults(place: Place, places: Mapping[str, Place]) -> Iterator[str]:
    if (place.latitude is None) != (place.longitude is None):
        yield "latitude and longitude must be given together"
    within = [place.slug]
    while (outer := places[within[-1]].part_of) and outer in places:
        if outer in within:
            yield f"it is part of itself: {' in '.join([*within, outer])}"
            return
        within.append(outer)
    state = next((slug for slug in within if places[slug].kind == "COUNTRY"), None)
    if place.kind == "COUNTRY" and place.country != place.slug:
        yield "a place of kind COUNTRY must have the slug of its country"
    elif place.country and place.country not in places:
        yield f"the country {place.country!r} has no Place of kind COUNTRY with its slug in places.yaml"
    elif place.country != state:
        yield f"its country is {place.country or 'none'}, but according to partOf it is in {state or 'none'}"
