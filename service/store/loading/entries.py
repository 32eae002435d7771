"""All rows of one actor, place, source or conflict, and since when actors and places are known."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from service.store import dates
from service.store.loading.searching import Office, add_named, add_source, spellings, told
from service.store.record.record import Actor, Claim, Conflict, Name, Passage, Place, Record, Source
from service.store.record.snapshots import Snapshot
from service.store.rows import Item, Key, Row, key_of, passage_key
from service.store.search.document import Text
from service.store.search.document import name as searched_name
from service.store.wording import labels
from service.store.wording.names import by_tag, display, folded, told_in


def actor_item(
    actor: Actor,
    known_since: date,
    cldr: Mapping[str, str],
    days: Iterable[date] = (),
    offices: Sequence[Office] = (),
    home: Sequence[Name] = (),
    successors: Iterable[str] = (),
) -> Item:
    """`cldr`: what a state is called by tag, for languages in which no common name is recorded; `days`: those on which
    facts that name the actor were told; `home`: the names of the actor's country; `successors`: the known states that
    followed on a state.
    """
    item = Item(Key("actor", (actor.slug,)))
    # a state's own country is itself
    country = actor.slug if actor.typename == "Country" else actor.country
    row: Row = {
        "id": item.key,
        "slug": actor.slug,
        "typename": actor.typename,
        "country_id": key_of("actor", country),
        "wikidata": actor.wikidata,
        "is_leader": actor.is_leader,
        "organisation_kind": actor.organisation_kind,
        "code": actor.code,
        "alpha3": actor.alpha3,
        "former_code": actor.former_code,
        "existed_from": actor.existed_from,
        "existed_until": actor.existed_until,
        "known_since": known_since,
    }
    item.add("actor", row | _called(actor.slug, actor.names, cldr))
    for successor in successors:
        item.add("succession", {"predecessor_id": item.key, "successor_id": key_of("actor", successor)})
    add_names(item, "actor_id", actor.names)
    names = _spelt(actor.slug, actor.names, cldr)
    add_named(item, actor.typename, actor.slug, names, known_since, days, offices, told(home))
    return item


def place_item(
    place: Place, containing: Sequence[str], known_since: date, cldr: Mapping[str, str], days: Iterable[date] = ()
) -> Item:
    """`containing`: the place itself and every place that it is part of; `cldr` and `days` as for actors."""
    item = Item(Key("place", (place.slug,)))
    row: Row = {
        "id": item.key,
        "slug": place.slug,
        "kind": place.kind,
        "country_id": key_of("actor", place.country),
        "part_of_id": key_of("place", place.part_of),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "timezone": place.timezone,
        "known_since": known_since,
    }
    item.add("place", row | _called(place.slug, place.names, cldr))
    for container in containing:
        item.add("place_within", {"container_id": key_of("place", container), "place_id": item.key})
    add_names(item, "place_id", place.names)
    add_named(item, "Place", place.slug, _spelt(place.slug, place.names, cldr), known_since, days)
    return item


def source_item(record: Record, source: Source, passages: Iterable[Passage]) -> Item:
    item = Item(Key("source", (source.slug,)))
    published = dates.parse(source.published)
    row: Row = {
        "id": item.key,
        "slug": source.slug,
        "document": source.document,
        "kind": source.kind,
        "title": source.title,
        "language": source.language,
        "outlet_id": key_of("actor", source.outlet),
        "outlet_basis": source.outlet_basis if source.outlet else None,
        "author_id": key_of("actor", source.author),
        "author_description": source.author_description,
        "published": source.published,
        "published_basis": source.published_basis,
        "first_on": published.earliest,
        "last_on": published.latest,
        "reported_on": source.reported_on,
        "sha256": source.sha256,
        "url": source.url,
        "transcript_of_id": key_of("source", source.transcript_of),
        "dataset": source.dataset,
        "retracted_on": source.retracted_on,
        "withdrawn_on": source.withdrawn_on,
        "labels": labels.of_source(record, source),
    }
    item.add("source", row, source.reported_on)
    for position, credited in enumerate(source.credits, start=1):
        credit: Row = {"source_id": item.key, "organisation_id": key_of("actor", credited), "position": position}
        item.add("source_credit", credit, source.reported_on)
    for superseded in source.supersedes:
        item.add("supersession", {"source_id": item.key, "superseded_id": key_of("source", superseded)})
    spans = {(found.start, found.end): found for found in passages}
    for _, found in sorted(spans.items()):
        item.add("passage", _passage_row(item.key, found))
    add_source(item, source, labels.of_source(record, source))
    return item


def conflict_item(record: Record, conflict: Conflict, claims: Iterable[Claim], snapshot: Snapshot) -> Item:
    """`claims`: those that do not agree; `snapshot`: of the fact concerned, as it was first told of."""
    item = Item(Key("conflict", (conflict.slug,)))
    told = sorted(claims, key=lambda claim: (claim.reported_on, claim.slug))
    row: Row = {
        "id": item.key,
        "slug": conflict.slug,
        "property": conflict.property,
        "basis": conflict.basis,
        "note": by_tag(conflict.note) if conflict.note else None,
        "labels": labels.of_conflict(record, conflict, snapshot),
        "known_since": told[min(1, len(told) - 1)].reported_on,
    }
    item.add("conflict", row)
    for claim in told:
        item.add("conflict_claim", {"conflict_id": item.key, "claim_id": key_of("claim", claim.slug)})
    return item


def add_names(item: Item, owner: str, names: Iterable[Name]) -> None:
    """The names of an actor, a place or a meeting, each spelling once, with the sources that print it."""
    spelt = {(name.language, name.kind, name.text): name for name in names}
    for position, (natural, name) in enumerate(spelt.items(), start=1):
        key = Key("name", (item.key.table, *item.key.natural, *natural))
        row: Row = {"text": name.text, "language": name.language, "kind": name.kind, "position": position}
        item.add("name", {"id": key, owner: item.key} | row)
        for source, occurrences in sorted(name.occurrences.items()):
            found: Row = {"source_id": key_of("source", source), "occurrences": occurrences}
            item.add("name_source", {"name_id": key} | found)


def containers(places: Mapping[str, Place]) -> dict[str, list[str]]:
    """For each place itself and the places that it is part of, from the inside outward."""
    found: dict[str, list[str]] = {}
    for slug in places:
        found[slug] = [slug]
        while (outer := places[found[slug][-1]].part_of) and outer not in found[slug]:
            found[slug].append(outer)
    return found


def known(record: Record, named: Iterable[Mapping[Key, date]]) -> dict[Key, date]:
    """Since when each actor and place is known: named, or the country or place that one named belongs to."""
    since: dict[Key, date] = {}
    for names in named:
        for key, day in names.items():
            since[key] = min(day, since.get(key, day))
    waiting = list(since)
    while waiting:
        key = waiting.pop()
        for around in _belongs_to(record, key):
            if since.get(around, date.max) > since[key]:
                since[around] = since[key]
                waiting.append(around)
    return since


def _belongs_to(record: Record, key: Key) -> list[Key]:
    slug = str(key.natural[0])
    if key.table == "actor":
        around = [key_of("actor", record.actors[slug].country)]
    else:
        place = record.places[slug]
        around = [key_of("actor", place.country), key_of("place", place.part_of)]
    return [found for found in around if found]


def _called(slug: str, names: Iterable[Name], cldr: Mapping[str, str]) -> Row:
    texts = display(names, cldr)
    name = told_in(texts, "en") or slug
    return {"name": name, "name_key": folded(name), "names": texts}


def _spelt(slug: str, names: Iterable[Name], cldr: Mapping[str, str]) -> list[Text]:
    return spellings(names, cldr) or [searched_name(slug)]


def _passage_row(source: Key, found: Passage) -> Row:
    return {
        "id": passage_key(found.source, found.start, found.end),
        "source_id": source,
        "from_char": found.start,
        "to_char": found.end,
        "paragraph": found.paragraph,
        "role": found.role,
        "sha256": found.sha256,
        "exact": found.exact,
        "state": found.state,
        "start_time": found.start_time,
        "end_time": found.end_time,
    }
