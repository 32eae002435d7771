"""Rows for searching entries and suggesting them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from service.store.i18n.names import primary
from service.store.kinds import kind_of
from service.store.kinds.offices import holder_of
from service.store.record.record import Claim, Name, Record, Source, Texts
from service.store.record.snapshots import Snapshot
from service.store.record.snapshots import spans as snapshot_spans
from service.store.record.standing import Tally, Turn
from service.store.rows import EntryRows, Row
from service.store.search.analysers import ANALYSERS
from service.store.search.context import claimed_values, context_lines, source_lines
from service.store.search.document import TOLD, Text, name, search_document, title, words_of_source
from service.store.search.prominence import Span, level, prominence, spans
from service.store.search.suggestions import beginnings

SOURCE_WEIGHT = 0.7
"""Weight of a source in comparison with facts."""

Titles = tuple[date, date, tuple[Text, ...]]
"""First and last day on which texts are known: an office's titles and other claims, or what a person is called."""


def office_titles(snapshots: Iterable[Snapshot], holder: str) -> Iterator[Titles]:
    """Yield an office's titles and other claimed values for those snapshots in which somebody holds it."""
    for snapshot in snapshots:
        if snapshot.is_withdrawn or holder_of(snapshot) != holder:
            continue
        titles = (title(text, language) for language, text in snapshot.texts("title").items())
        if texts := (*titles, *claimed_values(snapshot)):
            yield snapshot.known_from, snapshot.known_until, texts


def designations(record: Record, claims: Iterable[Claim]) -> dict[str, list[Titles]]:
    """Return the words by which claims call each person, by slug, each once, until its first source is withdrawn."""
    words: dict[str, dict[str, Titles]] = {}
    for claim in sorted(claims, key=lambda claim: claim.reported_on):
        end = claim.withdrawn_on - timedelta(days=1) if claim.withdrawn_on else date.max
        text = words_of_source(claim.value or "", record.sources[claim.source].language)
        words.setdefault(claim.designates or "", {}).setdefault(text.text, (claim.reported_on, end, (text,)))
    return {slug: [*by_word.values()] for slug, by_word in words.items()}


def add_actor_or_place(
    entry: EntryRows,
    typename: str,
    slug: str,
    names: Sequence[Text],
    known_since: date,
    days: Iterable[date],
    titles: Sequence[Titles] = (),
    around: Sequence[Text] = (),
    wikidata: str | None = None,
) -> None:
    """Add the rows of an actor or a place.

    `days`: those on which the facts that name it were told; `titles`: of its offices, and what it is called; `around`:
    what else is told of it; `wikidata`: its Wikidata id.
    """
    ids = [title(wikidata)] if wikidata else []
    owner: Row = {"typename": typename, "slug": slug, f"{entry.key.table}_id": entry.key}
    cuts = [start for start, _, _ in titles]
    levels = spans(known_since, days, cuts)
    for held, alike in groupby(levels, lambda span: _held_at(titles, span.known_from)):
        same = [*alike]
        texts, last = [*names, *ids, *held, *around], same[-1]
        row = search_document(owner, same[0].known_from, last.known_until, texts, last.prominence)
        entry.add("search_text", row | _rise(same))
    _add_suggestions(entry, owner, levels, [*names, *ids])


def _held_at(titles: Iterable[Titles], day: date) -> tuple[Text, ...]:
    return tuple(text for start, end, texts in titles if start <= day <= end for text in texts)


def _rise(spans: Sequence[Span]) -> Row:
    """Return the days since when an entry is better known than before, from spans with the same texts."""
    if len(spans) == 1:
        return {}
    return {
        "risen_on": [span.known_from.isoformat() for span in spans[1:]],
        "former_prominences": [str(span.prominence) for span in spans[:-1]],
    }


def prominence_days(turns: Iterable[Turn]) -> Iterator[date]:
    """Yield the days on which a fact becomes as well known as it then is, by how many tell of it."""
    tally, before = Tally(), (-1, -1)
    for turn in turns:
        tally.change(turn)
        levels = level(tally.claims), level(tally.sources)
        if levels != before:
            yield turn.day
        before = levels


def add_fact(entry: EntryRows, record: Record, snapshots: Sequence[Snapshot], lines: Mapping[date, Texts]) -> None:
    """Add the rows of a fact by its snapshots; `lines`: its labels by language, by each snapshot's first day."""
    fact, kind = snapshots[0].fact, kind_of(snapshots[0].fact)
    owner: Row = {"typename": fact.typename, "slug": fact.slug, "fact_id": entry.key}
    names = spellings(fact.names)

    def found_by(snapshot: Snapshot) -> tuple[tuple[Text, ...], float]:
        texts = _texts(record, snapshot, names, lines[snapshot.known_from])
        return (*texts,), kind.search.weigh(snapshot) * prominence(level(snapshot.sayings.count))

    for start, end, (texts, weight) in snapshot_spans(snapshots, found_by):
        entry.add("search_text", search_document(owner, start, end, texts, weight))
    if kind.is_named:
        levels = snapshot_spans(snapshots, lambda snapshot: level(snapshot.sayings.sources))
        _add_suggestions(entry, owner, levels, names)


def _texts(record: Record, snapshot: Snapshot, names: Sequence[Text], lines: Texts) -> Iterator[Text]:
    """Yield the texts by which a fact is found in a snapshot."""
    fact, search = snapshot.fact, kind_of(snapshot.fact).search
    yield from names
    yield from (
        search.texts(record, snapshot) if search.texts else (Text(line, language) for language, line in lines.items())
    )
    if fact.summary and snapshot.is_last:
        yield from (Text(text, language) for language, text in fact.summary.items())
    # a quote is found by its words, of which its label has only a part
    own = {} if search.texts else lines
    yield from context_lines(record, snapshot, search.place, own, is_whole=search.is_whole)
    yield from claimed_values(snapshot)


def add_source(entry: EntryRows, source: Source, lines: Mapping[str, str]) -> None:
    """Add the row of a source, by its title and by its labels in each language."""
    owner: Row = {"typename": "Source", "slug": source.slug, "source_id": entry.key}
    texts = [Text(line, language) for language, line in lines.items()]
    texts += [title(source.title, source.language)] if source.title else []
    texts += source_lines(source)
    entry.add("search_text", search_document(owner, source.reported_on, date.max, texts, SOURCE_WEIGHT))


def spellings(names: Iterable[Name], otherwise: Mapping[str, str] | None = None) -> list[Text]:
    """Return names of every kind; `otherwise`: further names by tag, used in the languages that search supports."""
    texts = [name(each.text, each.language) for each in names]
    further = (otherwise or {}).items()
    return texts + [name(text, tag) for tag, text in further if primary(tag) in ANALYSERS]


def names_of_home(names: Iterable[Name]) -> list[Text]:
    """Return the names of what an entry belongs to."""
    return [Text(each.text, each.language, TOLD) for each in names]


def _add_suggestions(
    entry: EntryRows, owner: Row, levels: Iterable[tuple[date, date, int]], names: Iterable[Text]
) -> None:
    """Add suggestions; `levels`: ranges of days, each with how well known the entry is in it."""
    begun = [each._asdict() for each in beginnings(text.text for text in names)]
    for known_from, known_until, level_ in levels:
        days: Row = {"known_from": known_from, "known_until": known_until, "level": level_}
        for each in begun:
            entry.add("suggestion", {**owner, **days, **each})
