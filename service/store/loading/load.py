"""Load the record into the store, all or nothing, and report what changed. This module decides nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import psycopg

from service.memory import give_back, limit_garbage_collection, pause_garbage_collection
from service.store.connection import scalar
from service.store.documents.corpus import Corpus, Folders
from service.store.enums import AnchorState, TextAccess
from service.store.i18n.names import by_tag
from service.store.layout import TABLES
from service.store.loading.aliases import alias_rows, lost_slugs, write_aliases
from service.store.loading.claims import passages_of
from service.store.loading.dataset_counts import count_entries
from service.store.loading.days import write_dates
from service.store.loading.indexes import build_indexes_afterwards
from service.store.loading.network import tally_network
from service.store.loading.pairs import tally_pairs
from service.store.loading.part import PartOfLoad, outward
from service.store.loading.projection import Projection
from service.store.loading.small_tables import delete_missing, upsert
from service.store.loading.tallies import is_tallied, tally_facts, tally_listed
from service.store.loading.touched import Touched
from service.store.loading.write import Changes, Progress, fetch_inputs, write
from service.store.plover import ALL_MODES
from service.store.record.record import Record, Source
from service.store.rows import Key, Row
from service.store.seeds.digests import Digests, digests, read_written
from service.store.seeds.files import Problems
from service.store.seeds.part import Reader
from service.store.seeds.reading import Seeds, read_files, read_whole
from service.store.seeds.sets import read_sets
from service.store.transactions import TAKE_LOCK

NOUNS = {"fact": "facts", "source": "sources", "actor": "actors", "place": "places", "conflict": "conflicts"}
MOST_LOST = 10
MUCH = 0.05
"""Share of changed entries above which tables are analysed at once; otherwise PostgreSQL does so in its own time."""
Begin = Callable[[int], Progress]
"""Takes the maximum number of entries, and returns a callback for the number of entries that are done."""


@dataclass(frozen=True)
class Counts:
    """Numbers of entries that were added, changed, removed and left unchanged."""

    added: int
    changed: int
    removed: int
    unchanged: int

    @property
    def total(self) -> int:
        """Number of entries that exist now."""
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True)
class LoadReport:
    """Result of a load: counts by plural noun, and the present revision of the register.

    `orphans` is the number of passages whose text has changed, by document that is not the one that was anchored.
    `lost` lists entries that the register no longer has and that `aliases.yaml` does not mention, each as `claim SLUG`.
    `touched` holds the entries of which something other than before may be reported, or None if they are many.
    """

    counts: Mapping[str, Counts]
    revision: int
    changed_anything: bool
    orphans: Mapping[str, int] = field(default_factory=dict)
    lost: Sequence[str] = ()
    touched: Touched | None = None

    def __str__(self) -> str:
        return "\n".join([*map(_orphan_warning, self.orphans.items()), *_lost_warning(self.lost), self._summary()])

    def _summary(self) -> str:
        totals = ", ".join(_count_of(counts.total, noun) for noun, counts in self.counts.items())
        if not self.changed_anything:
            return f"Nothing changed: {totals} (revision {self.revision})."
        added, changed, removed = (
            sum(getattr(counts, done) for counts in self.counts.values()) for done in ("added", "changed", "removed")
        )
        return f"{added} added, {changed} changed, {removed} removed: {totals} (revision {self.revision})."


def _orphan_warning(orphans: tuple[str, int]) -> str:
    document, count = orphans
    some = "1 passage has" if count == 1 else f"{count} passages have"
    return f"{document} is not the document that was anchored: {some} different text now (state ORPHAN)."


def _lost_warning(lost: Sequence[str]) -> list[str]:
    if not lost:
        return []
    slugs = "1 slug no longer exists and is" if len(lost) == 1 else f"{len(lost)} slugs no longer exist and are"
    named = [*lost[:MOST_LOST], *([f"and {len(lost) - MOST_LOST} more"] if len(lost) > MOST_LOST else [])]
    return [f"{slugs} not in aliases.yaml: {', '.join(named)}."]


def _count_of(number: int, noun: str) -> str:
    return f"{number} {noun.removesuffix('s') if number == 1 else noun}"


def load(
    connection: psycopg.Connection,
    seeds: Path,
    corpus: Folders | None = None,
    published_by: date | None = None,
    sets: Iterable[str] | None = (),
    begin: Begin | None = None,
    shown: TextAccess = TextAccess.WHOLE,
) -> LoadReport:
    """Bring the store to the seeds and these sets in the caller's transaction; `corpus` holds the documents.

    Sources published after `published_by` are not read, and no more of a document is kept than `shown` allows. Raises
    SeedsInvalid and SetUnknown.
    """
    documents = Corpus(corpus) if corpus else None
    problems = Problems()
    with pause_garbage_collection():
        parsed = read_files(seeds, read_sets(seeds, sets), problems, shown)
        now = None
        if not (problems.found or published_by or None in parsed.locks.values()):
            report, now = _load_changes(connection, parsed, documents, shown)
            if report:
                return report
        record = read_whole(parsed, problems, documents, published_by)
    orphans = _count_orphans(record, documents) if documents else {}
    # the record already holds everything that is needed from them
    del documents, parsed
    give_back()
    report = load_record(connection, record, begin)
    if now and not orphans:
        shown_of = {slug: outward(record, fact) for slug, fact in record.facts.items()}
        _remember(connection, replace(now, outward=shown_of))
    if published_by:
        # entries that later sources report are not lost
        report = replace(report, lost=())
    return replace(report, orphans=orphans)


def _load_changes(
    connection: psycopg.Connection, parsed: Seeds, documents: Corpus | None, shown: TextAccess
) -> tuple[LoadReport | None, Digests]:
    """Load only what has changed, if all else stays as it is; return the report, if so, and digests of all inputs."""
    given = read_written(parsed)
    now = digests(parsed, given, documents.folders if documents else None, shown)
    connection.execute(TAKE_LOCK)
    remembered = scalar(connection, "SELECT digests FROM load_digest")
    before = Digests.load(remembered) if remembered else None
    part = Reader(parsed, given, before, now).read(documents) if before else None
    entries = PartOfLoad(connection, part, before.outward).entries() if before and part else None
    if before is None or part is None or entries is None:
        return None, now
    since = revision(connection, raised=False)
    changes = write(connection, entries, _no_row, lambda done: None, since + 1, is_part=True)
    report = _finish(connection, part.record, changes, since)
    _remember(connection, replace(now, outward=before.outward))
    return report, now


def _no_row(key: Key) -> Row:
    raise KeyError(key)


def _remember(connection: psycopg.Connection, read: Digests) -> None:
    """Store the digests of what was read, for the next load."""
    connection.execute("DELETE FROM load_digest")
    connection.execute("INSERT INTO load_digest (id, digests) VALUES (1, %s)", (read.dump(),))


def load_record(connection: psycopg.Connection, record: Record, begin: Begin | None = None) -> LoadReport:
    """Bring the store to a record in the caller's transaction; only one load runs at a time."""
    connection.execute(TAKE_LOCK)
    # the stored digests do not describe what is stored from here on
    connection.execute("DELETE FROM load_digest")
    terms, datasets = term_rows(record), _dataset_rows(record)
    is_first = is_empty(connection)
    since = 0 if is_first else revision(connection, raised=False)
    write_dates(connection, {str(row["covers"]) for row in datasets if row["covers"]})
    changed = upsert(connection, "source_dataset", "slug", datasets)
    with limit_garbage_collection(), _with_dense_indexes(connection):
        projection = Projection(record, partial(fetch_inputs, connection))
        progress = begin(len(projection)) if begin else lambda done: None
        changes = write(connection, projection.entries(), projection.bare_row, progress, since + 1, is_first=is_first)
    changed |= delete_missing(connection, "source_dataset", "slug", datasets)
    if changed:
        # the name of a data set is shown with each of its sources
        changes.touched = None
    changed |= upsert(connection, "term", "term", terms) | delete_missing(connection, "term", "term", terms)
    return _finish(connection, record, changes, since, changed=changed)


def _finish(
    connection: psycopg.Connection, record: Record, changes: Changes, since: int, *, changed: bool = False
) -> LoadReport:
    """Update what is counted and report what became of the entries; `changed`: whether anything else has changed."""
    changed |= bool(changes)
    if changes.share > MUCH:
        # before anything is counted: without ANALYZE, PostgreSQL takes each table for almost empty
        connection.execute(f"ANALYZE {', '.join(TABLES)}".encode())
    if changed:
        count_entries(connection)
    recount = changes.recount if is_tallied(connection) else None
    if recount:
        recount.finish()
    else:
        tally_pairs(connection)
        tally_facts(connection)
    tally_listed(connection)
    if recount is None or recount.has_pairs:
        tally_network(connection)
    aliases = alias_rows(connection, record.aliases)
    changed |= write_aliases(connection, aliases)
    lost = lost_slugs(changes.gone, record.aliases, aliases)
    now = revision(connection, raised=changed)
    touched = Touched(since, now, changes.touched) if changes.touched is not None else None
    return LoadReport(_counts(changes), now, changed, lost=lost, touched=touched)


def _with_dense_indexes(connection: psycopg.Connection) -> AbstractContextManager[None]:
    """On a first load, build the indexes at the end: nobody could read anything yet."""
    return build_indexes_afterwards(connection, [*TABLES]) if is_empty(connection) else nullcontext()


def _count_orphans(record: Record, corpus: Corpus) -> dict[str, int]:
    """Return how many passages have changed text, by document that is not the one that was anchored."""
    spans_by_source: dict[str, set[tuple[int, int]]] = {
        source.slug: set() for source in record.sources.values() if _is_other_document(corpus, source)
    }
    for fact in record.facts.values():
        for passage in passages_of(fact):
            if AnchorState[passage.state] is AnchorState.ORPHAN:
                spans_by_source[passage.source].add((passage.start, passage.end))
    return {record.sources[slug].document: len(spans) for slug, spans in spans_by_source.items()}


def _is_other_document(corpus: Corpus, source: Source) -> bool:
    try:
        return corpus.read(source.document, source.slug).sha256 != source.sha256
    except FileNotFoundError:
        return False


def _dataset_rows(record: Record) -> list[Row]:
    """Return the data sets that sources are taken from, each known since the first of its sources."""
    since: dict[str, date] = {}
    for source in record.sources.values():
        if source.dataset:
            since[source.dataset] = min(source.reported_on, since.get(source.dataset, source.reported_on))
    # how much of a text is shown is recorded for each source
    rows: list[Row] = [asdict(record.datasets[slug]) | {"known_since": day} for slug, day in since.items()]
    return [{name: value for name, value in row.items() if name != "text_access"} for row in rows]


def term_rows(record: Record) -> list[Row]:
    """Return the open terms that have descriptions: properties of claims and modes of events."""
    return [
        {"term": term, "descriptions": by_tag(texts), "is_mode": term in ALL_MODES}
        for term, texts in record.properties.items()
    ]


def _counts(changes: Changes) -> dict[str, Counts]:
    parts = (changes.added, changes.changed, changes.removed, changes.unchanged)
    return {noun: Counts(*(counter[table] for counter in parts)) for table, noun in NOUNS.items()}


def is_empty(connection: psycopg.Connection) -> bool:
    """Return whether nothing has been loaded yet."""
    return not scalar(connection, "SELECT EXISTS (SELECT FROM dataset)")


def revision(connection: psycopg.Connection, *, raised: bool) -> int:
    """Return the revision of the register, raised by one for a load that changes something."""
    number = scalar(connection, "SELECT revision FROM dataset")
    if number is None or raised:
        number = scalar(
            connection,
            "INSERT INTO dataset (id, revision, updated_at) VALUES (1, 1, now()) ON CONFLICT (id)"
            " DO UPDATE SET revision = dataset.revision + 1, updated_at = now() RETURNING revision",
        )
    return int(number)
