"""Names of the people of the rows, and their entries: a slug, names as rows print them, a state, who leads."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from service.importers.histstate.citing import RowText
from service.importers.histstate.identity import Identities
from service.importers.histstate.names import NameReader, fold
from service.importers.histstate.places import to_slug
from service.importers.histstate.sightings import Person, Sighting, Way
from service.importers.histstate.titles import is_royal

Texts = Mapping[str, str]


def assign_slugs(identities: Identities, taken: Collection[str]) -> None:
    """Give each person known only from the rows a slug of his name, with his state if another person has that slug."""
    own = [person for person in identities.people if person.seen and not person.known]
    by_name: defaultdict[str, list[Person]] = defaultdict(list)
    for person in own:
        by_name[to_slug(common_name(person, identities.reader))].append(person)
    for person in identities.people:
        if person.known:
            person.slug = person.known.slug
    used = {*taken, *(person.slug for person in identities.people if person.known)}
    for name, people in sorted(by_name.items()):
        for number, person in enumerate(sorted(people, key=lambda one: one.seen[0][0].first), 1):
            state = state_of(person)
            slug = name if len(people) == 1 and name not in used else f"{name}-{state}" if state else name
            person.slug = slug if slug not in used else f"{slug}-{number}"
            used.add(person.slug)


def common_name(person: Person, reader: NameReader) -> str:
    """Return the name in the record or a table, else the one most rows print, with its accents if one row prints them.

    For a monarch, with his title.
    """
    if person.known:
        return person.known.names[0]
    counts = Counter(printed_name(sighting, reader) for sighting, _ in person.seen if is_whole(sighting, reader))
    counts = counts or Counter(printed_name(sighting, reader) for sighting, _ in person.seen)
    alike = Counter[str]()
    for name, count in counts.items():
        alike[fold(name)] += count
    return min(counts, key=lambda name: (-alike[fold(name)], -_count_accents(name), -counts[name], -len(name), name))


def _count_accents(name: str) -> int:
    """Return the number of letters with accents: of two spellings that differ only in them, the fuller one is right."""
    return sum(letter.isalpha() and not letter.isascii() for letter in name)


def printed_name(sighting: Sighting, reader: NameReader) -> str:
    """Return the name as the row prints it; a single given name with the title that goes with it."""
    title, name = sighting.mention.title, sighting.mention.name.removeprefix("Dr. ")
    is_given = title == "Pope" or (is_royal(title) and len(reader.read(name).words) == 1)
    return f"{title} {name}" if is_given and not name.startswith(title) else name


def is_whole(sighting: Sighting, reader: NameReader) -> bool:
    """Return whether the name is more than a surname."""
    name = reader.read(sighting.mention.name)
    if not sighting.mention.name:
        return False
    return name.is_full or bool(name.mark) or is_royal(sighting.mention.title)


def state_of(person: Person) -> str | None:
    """Return the state that most rows give him."""
    counts = Counter(sighting.state for sighting, _ in person.seen if sighting.state)
    return min(counts, key=lambda state: (-counts[state], state)) if counts else None


def home_of(person: Person) -> str | None:
    """Return the state that most rows give him, or the state in the record if no row gives one."""
    return state_of(person) or (person.known.country if person.known else None)


def missing_state_of(person: Person) -> str | None:
    """Return the state that rows give for a person who is known from elsewhere, but without a state."""
    own = {sighting.state for sighting, _ in person.seen if sighting.is_of_state and sighting.state}
    return own.pop() if person.known and not person.known.country and len(own) == 1 else None


def names_of(
    person: Person, reader: NameReader, known: Texts | None, usual: str | None, taken: Collection[str] = ()
) -> dict[str, Any]:
    """Return COMMON as in the record, else the usual or most printed name; ALIAS: other names in rows, if complete.

    `taken`: the folded names of all who are known from elsewhere; a row that somebody had to explain may have one.
    """
    common = dict(known or {"en": usual or common_name(person, reader)})
    own = {fold(text) for text in (person.known.names if person.known else ())}
    printed = {
        name
        for one, way in person.seen
        if is_whole(one, reader)
        and (name := printed_name(one, reader))
        and not (way is Way.DECIDED and fold(name) in taken and fold(name) not in own)
    }
    others = sorted(printed - {common["en"]})
    return {"COMMON": common, **({"ALIAS": {"en": others}} if others else {})}


def people_entries(
    identities: Identities,
    texts: Mapping[str, RowText],
    names: Mapping[str, Texts],
    usual: Mapping[str, str],
    used: Collection[str],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the entries of people named in facts; `usual` are names, by slug, of people known only from the rows."""
    taken = {fold(text) for one in identities.people if one.known for text in one.known.names}
    for person in identities.people:
        if person.slug not in used or (not person.seen and person.slug in names):
            continue
        known, own = names.get(person.slug), usual.get(person.slug)
        entry: dict[str, Any] = {"names": names_of(person, identities.reader, known, own, taken)}
        if state := missing_state_of(person) if person.slug in names else home_of(person):
            entry["country"] = state
        if leads := _leads(person, identities, texts):
            entry["leads"] = leads
        yield person.slug, entry


def _is_consort(sighting: Sighting, identities: Identities) -> bool:
    """Return whether the row has her with the King or the Emperor of the same state."""
    husband = {"Queen": "King", "Empress": "Emperor"}.get(sighting.mention.title)
    return any(
        one.mention.title == husband and (one.row, one.state) == (sighting.row, sighting.state)
        for one in identities.sightings
        if husband
    )


def _leads(person: Person, identities: Identities, texts: Mapping[str, RowText]) -> str | None:
    """Return a passage that calls the person a leader of a state."""
    for sighting, way in sorted(person.seen, key=lambda seen: seen[1] is Way.DECIDED):
        if _is_consort(sighting, identities):
            continue
        if sighting.is_leading and sighting.state and way is not Way.ROWS:
            cite = texts[sighting.row].cite(sighting.mention.address)
            return f"{cite.cite} {cite.address}"
    return None
