"""All rows of one actor, place, source or conflict, and the day since when actors and places are known."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from service.store import dates
from service.store.i18n import labels
from service.store.i18n.names import by_tag, display_names, sort_key, text_in
from service.store.loading.claims import wording_row
from service.store.loading.searching import Titles, add_actor_or_place, add_source, names_of_home, spellings
from service.store.record.record import Actor, Claim, Conflict, Name, Place, Record, Source
from service.store.record.snapshots import Snapshot
from service.store.rows import EntryRows, Key, Row, key_of
from service.store.search.document import Text
from service.store.search.document import name as searched_name


def project_actor(
    actor: Actor,
    known_since: date,
    cldr: Mapping[str, str],
    days: Iterable[date] = (),
    titles: Sequence[Titles] = (),
    home: Sequence[Name] = (),
    successors: Iterable[str] = (),
) -> EntryRows:
    """Return an actor with all of its rows.

    `cldr`: names of a state by tag, for languages in which no common name is recorded; `days`: the days on which facts
    that name the actor were told; `home`: the names of the actor's country; `successors`: the known states that
    followed on a state.
    """
    entry = EntryRows(Key("actor", (actor.slug,)))
    # a state is its own country
    country = actor.slug if actor.typename == "Country" else actor.country
    row: Row = {
        "id": entry.key,
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
    entry.add("actor", row | _name_columns(actor.slug, actor.names, cldr))
    for successor in successors:
        entry.add("succession", {"predecessor_id": entry.key, "successor_id": key_of("actor", successor)})
    add_names(entry, "actor_id", actor.names)
    names = _searched_names(actor.slug, actor.names, cldr)
    around = names_of_home(home)
    add_actor_or_place(entry, actor.typename, actor.slug, names, known_since, days, titles, around, actor.wikidata)
    return entry


def project_place(
    place: Place, containing: Sequence[str], known_since: date, cldr: Mapping[str, str], days: Iterable[date] = ()
) -> EntryRows:
    """Return a place with all of its rows.

    `containing`: the place itself and every place that it is part of; `cldr` and `days` as for actors.
    """
    entry = EntryRows(Key("place", (place.slug,)))
    row: Row = {
        "id": entry.key,
        "slug": place.slug,
        "kind": place.kind,
        "country_id": key_of("actor", place.country),
        "part_of_id": key_of("place", place.part_of),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "timezone": place.timezone,
        "known_since": known_since,
    }
    entry.add("place", row | _name_columns(place.slug, place.names, cldr))
    for container in containing:
        entry.add("place_within", {"container_id": key_of("place", container), "place_id": entry.key})
    add_names(entry, "place_id", place.names)
    add_actor_or_place(entry, "Place", place.slug, _searched_names(place.slug, place.names, cldr), known_since, days)
    return entry


def project_source(record: Record, source: Source) -> EntryRows:
    entry = EntryRows(Key("source", (source.slug,)))
    published, lines = dates.parse(source.published), labels.source_labels(record, source)
    byline = wording_row(labels.bylines(record, source))
    row: Row = {
        "id": entry.key,
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
        "licence": source.licence,
        "text_access": source.text_access,
        "text": record.texts.get(source.slug),
        "labels": lines,
        "byline_id": byline["id"],
    }
    entry.add("source", row, source.reported_on)
    entry.add("wording", byline)
    for position, credited in enumerate(source.credits, start=1):
        credit: Row = {"source_id": entry.key, "organisation_id": key_of("actor", credited), "position": position}
        entry.add("source_credit", credit, source.reported_on)
    for superseded in source.supersedes:
        entry.add("supersession", {"source_id": entry.key, "superseded_id": key_of("source", superseded)})
    add_source(entry, source, lines)
    return entry


def project_conflict(record: Record, conflict: Conflict, claims: Iterable[Claim], snapshot: Snapshot) -> EntryRows:
    """Return a conflict with all of its rows.

    `claims`: those that do not agree; `snapshot`: that of the fact concerned, as it was first told of.
    """
    entry = EntryRows(Key("conflict", (conflict.slug,)))
    in_order = sorted(claims, key=lambda claim: (claim.reported_on, claim.slug))
    row: Row = {
        "id": entry.key,
        "slug": conflict.slug,
        "property": conflict.property,
        "basis": conflict.basis,
        "note": by_tag(conflict.note) if conflict.note else None,
        "labels": labels.conflict_labels(record, conflict, snapshot),
        "known_since": in_order[min(1, len(in_order) - 1)].reported_on,
    }
    entry.add("conflict", row)
    for claim in in_order:
        entry.add("conflict_claim", {"conflict_id": entry.key, "claim_id": key_of("claim", claim.slug)})
    return entry


def add_names(entry: EntryRows, owner: str, names: Iterable[Name]) -> None:
    """Add the names of an actor, a place or a meeting, each spelling once, with the sources that print it."""
    by_spelling = {(name.language, name.kind, name.text): name for name in names}
    for position, (natural, name) in enumerate(by_spelling.items(), start=1):
        key = Key("name", (entry.key.table, *entry.key.natural, *natural))
        row: Row = {"text": name.text, "language": name.language, "kind": name.kind, "position": position}
        entry.add("name", {"id": key, owner: entry.key} | row)
        for source, occurrences in sorted(name.occurrences.items()):
            row_of_source: Row = {"source_id": key_of("source", source), "occurrences": occurrences}
            entry.add("name_source", {"name_id": key} | row_of_source)


def containers(places: Mapping[str, Place]) -> dict[str, list[str]]:
    """Return each place with itself and the places that it is part of, from the inside outward."""
    containers_by_place: dict[str, list[str]] = {}
    for slug in places:
        containers_by_place[slug] = [slug]
        while (outer := places[containers_by_place[slug][-1]].part_of) and outer not in containers_by_place[slug]:
            containers_by_place[slug].append(outer)
    return containers_by_place


def _name_columns(slug: str, names: Iterable[Name], cldr: Mapping[str, str]) -> Row:
    texts = display_names(names, cldr)
    name = text_in(texts, "en") or slug
    return {"name": name, "name_key": sort_key(name), "names": texts}


def _searched_names(slug: str, names: Iterable[Name], cldr: Mapping[str, str]) -> list[Text]:
    return spellings(names, cldr) or [searched_name(slug)]
