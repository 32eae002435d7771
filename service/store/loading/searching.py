"""The rows by which entries are searched and suggested."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from service.store.enums import PHASES, MeetingPhase, MeetingStatus
from service.store.loading.rows import Item, Key, Row
from service.store.record.record import Name, Record, Source
from service.store.record.snapshots import Snapshot
from service.store.search.analysers import ANALYSERS
from service.store.search.context import claimed_values, context_lines, source_lines
from service.store.search.document import TOLD, Text, name, search_document, title
from service.store.search.prominence import level, prominence, spans
from service.store.search.suggestions import beginnings
from service.store.wording import labels
from service.store.wording.names import primary

WEIGHTS = {"Summit": 1.0, "Talks": 0.95, "Invitation": 0.9, "Source": 0.7, "Event": 0.7, "Quote": 0.55}
"""What a kind of entry counts as beside the others: the thing itself more than what mentions it."""
NOT_HELD = 0.6
"""What a meeting that was not held, or not yet, counts as beside one that was."""
MEETINGS = ("Summit", "Talks")

Office = tuple[date, date, tuple[Text, ...]]
"""From when until when the titles of an office are known, and what else is claimed of it."""


def offices(told: Iterable[Snapshot]) -> dict[str, list[Office]]:
    """The titles of the offices of each person, by slug, with what else is claimed of them."""
    found: dict[str, list[Office]] = {}
    for snapshot in told:
        if snapshot.is_withdrawn:
            continue
        holder = snapshot.value("person") or snapshot.involved("HOLDER")
        titles = (title(text, language) for language, text in snapshot.texts("title").items())
        texts = (*titles, *claimed_values(snapshot))
        if holder and texts:
            found.setdefault(holder, []).append((snapshot.known_from, snapshot.known_until, texts))
    return found


def add_named(
    item: Item,
    typename: str,
    slug: str,
    names: Sequence[Text],
    known_since: date,
    days: Iterable[date],
    held: Sequence[Office] = (),
    around: Sequence[Text] = (),
) -> None:
    """Rows of an actor or a place; `days`: those on which the facts that name it were told; `around`: what is told of
    it besides.
    """
    entry: Row = {"typename": typename, "slug": slug, f"{item.key.table}_id": item.key}
    cuts = [start for start, _, _ in held]
    for span in spans(known_since, days, cuts):
        titles = [text for start, end, texts in held if start <= span.known_from <= end for text in texts]
        row = search_document(entry, span.known_from, span.known_until, [*names, *titles, *around], span.prominence)
        item.add("search_text", row)
        _add_suggestions(item, entry, span.known_from, span.known_until, span.level, names)


def add_fact(item: Item, record: Record, snapshot: Snapshot, key: Key, lines: Mapping[str, str]) -> None:
    """Rows of a fact in one of its snapshots; `lines`: its labels by language."""
    fact = snapshot.fact
    entry: Row = {"typename": fact.typename, "slug": fact.slug, "snapshot_id": key}
    names = spellings(fact.names)
    texts = [*names, *_own_texts(record, snapshot, lines)]
    texts += [*context_lines(record, snapshot), *claimed_values(snapshot)]
    days = snapshot.known_from, snapshot.known_until
    weight = _weight(snapshot) * prominence(level(len(snapshot.standing)))
    item.add("search_text", search_document(entry, *days, texts, weight))
    if fact.typename in MEETINGS:
        sources = {claim.source for claim in snapshot.standing}
        _add_suggestions(item, entry, *days, level(len(sources)), names)


def add_source(item: Item, source: Source, lines: Mapping[str, str]) -> None:
    """The row of a source, by its title and by its labels in each language."""
    entry: Row = {"typename": "Source", "slug": source.slug, "source_id": item.key}
    texts = [Text(line, language) for language, line in lines.items()]
    texts += [title(source.title, source.language)] if source.title else []
    texts += source_lines(source)
    item.add("search_text", search_document(entry, source.reported_on, date.max, texts, WEIGHTS["Source"]))


def spellings(names: Iterable[Name], otherwise: Mapping[str, str] | None = None) -> list[Text]:
    """Names of every kind; `otherwise`: further ones by tag, of which those in the languages of a search are taken."""
    found = [name(each.text, each.language) for each in names]
    further = (otherwise or {}).items()
    return found + [name(text, tag) for tag, text in further if primary(tag) in ANALYSERS]


def told(names: Iterable[Name]) -> list[Text]:
    """The names of what an entry belongs to."""
    return [Text(each.text, each.language, TOLD) for each in names]


def _own_texts(record: Record, snapshot: Snapshot, lines: Mapping[str, str]) -> Iterator[Text]:
    fact = snapshot.fact
    if fact.typename == "Quote":
        yield title(snapshot.needed("text"), snapshot.value("language"))
        yield from (title(text, language) for language, text in snapshot.texts("translation").items())
        yield from map(Text, labels.speakers(record, snapshot))
    else:
        yield from (Text(line, language) for language, line in lines.items())
    if fact.summary and snapshot.is_last:
        yield from (Text(text, language) for language, text in fact.summary.items())


def _weight(snapshot: Snapshot) -> float:
    weight = WEIGHTS.get(snapshot.fact.typename, 1.0)
    if snapshot.fact.typename not in MEETINGS:
        return weight
    phase = PHASES[MeetingStatus[snapshot.value("status") or "RUMOURED"]]
    return weight if phase == MeetingPhase.HELD else weight * NOT_HELD


def _add_suggestions(
    item: Item, entry: Row, known_from: date, known_until: date, level_: int, names: Iterable[Text]
) -> None:
    days: Row = {"known_from": known_from, "known_until": known_until, "level": level_}
    for each in beginnings(text.text for text in names):
        item.add("suggestion", {**entry, **days, **each._asdict()})
