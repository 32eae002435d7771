"""Places as the seeds write them, and how they lie in each other."""

from collections.abc import Iterator, Mapping

from service.store import terms
from service.store.record.record import Place
from service.store.seeds import values
from service.store.seeds.entry import Entry, entries
from service.store.seeds.files import Keyed, Problems
from service.store.seeds.names import read_names
from service.store.seeds.passages import Passages
from service.store.seeds.values import Index

_FIELDS = ("names", "kind", "country", "partOf", "latitude", "longitude", "timezone")
_DEGREES = r"-?[0-9]{1,3}(\.[0-9]+)?"
_TIMEZONE = r"[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2}"


def read_places(file: Keyed, index: Index, passages: Passages, problems: Problems) -> dict[str, Place]:
    """The places by slug."""
    found = {entry.slug: _place(entry, index, passages) for entry in entries(file, problems)}
    for entry in entries(file, problems):
        for reason in _place_faults(found[entry.slug], found):
            entry.fault(reason)
    return found


def _place(entry: Entry, index: Index, passages: Passages) -> Place:
    entry.only(*_FIELDS)
    latitude, longitude = _degrees(entry, "latitude", 90), _degrees(entry, "longitude", 180)
    if entry.has("latitude") != entry.has("longitude"):
        entry.fault("latitude and longitude stand together")
    return Place(
        slug=entry.slug,
        kind=entry.value("kind", values.word(terms.PlaceKind), index, is_needed=True) or "",
        names=read_names(entry, passages),
        country=entry.value("country", values.COUNTRY, index),
        part_of=entry.value("partOf", values.PLACE, index),
        latitude=latitude,
        longitude=longitude,
        timezone=entry.matched("timezone", _TIMEZONE),
    )


def _degrees(entry: Entry, name: str, most: int) -> float | None:
    text = entry.matched(name, _DEGREES)
    degrees = float(text) if text else None
    if degrees is not None and abs(degrees) > most:
        entry.fault(f"{text} is beyond {most} degrees", name)
        return None
    return degrees


def _place_faults(place: Place, places: Mapping[str, Place]) -> Iterator[str]:
    within = [place.slug]
    while (outer := places[within[-1]].part_of) and outer in places:
        if outer in within:
            yield f"it is part of itself: {' in '.join([*within, outer])}"
            return
        within.append(outer)
    state = next((slug for slug in within if places[slug].kind == "COUNTRY"), None)
    if place.kind == "COUNTRY" and place.country != place.slug:
        yield "a place of kind COUNTRY has the slug of its country"
    elif place.country and place.country not in places:
        yield f"the country {place.country!r} has no Place of kind COUNTRY with its slug in places.yaml"
    elif place.country != state:
        yield f"its country is {place.country or 'none'}, but by partOf it lies in {state or 'none'}"
