"""Loads the record into the store, all or nothing, and says what changed; it decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, text

from service.store import dates
from service.store.documents.corpus import Corpus, Folders
from service.store.enums import AnchorState
from service.store.i18n.dates import date_labels
from service.store.i18n.names import by_tag
from service.store.kinds import METADATA
from service.store.loading.aliases import alias_rows, lost_slugs, write_aliases
from service.store.loading.claims import passages_of
from service.store.loading.projection import project
from service.store.loading.write import TABLES, Changes, delete_missing, upsert, write
from service.store.migrations import WRITE_LOCK
from service.store.plover import ALL_MODES
from service.store.record.record import Record, Source
from service.store.rows import EntryRows, Row
from service.store.seeds import read

NOUNS = {"fact": "facts", "source": "sources", "actor": "actors", "place": "places", "conflict": "conflicts"}
MOST_LOST = 10


@dataclass(frozen=True)
class Counts:
    """How many were added, changed, removed and left as they were."""

    added: int
    changed: int
    removed: int
    unchanged: int

    @property
    def total(self) -> int:
        """How many there are now."""
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True)
class LoadReport:
    """What a load did: counts by plural noun, and the revision that the register has now.

    `orphans`: how many passages have another text now, by document that is not the one that was anchored.
    `lost`: entries that the register had and has no more, of which `aliases.yaml` does not tell, each as `claim SLUG`.
    """

    counts: Mapping[str, Counts]
    revision: int
    changed_anything: bool
    orphans: Mapping[str, int] = field(default_factory=dict)
    lost: Sequence[str] = ()

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
    return f"{document} is not the document that was anchored: {some} another text now (state ORPHAN)."


def _lost_warning(lost: Sequence[str]) -> list[str]:
    if not lost:
        return []
    slugs = "1 slug names" if len(lost) == 1 else f"{len(lost)} slugs name"
    named = [*lost[:MOST_LOST], *([f"and {len(lost) - MOST_LOST} more"] if len(lost) > MOST_LOST else [])]
    return [f"{slugs} nothing any more, and aliases.yaml does not say what is meant now: {', '.join(named)}."]


def _count_of(number: int, noun: str) -> str:
    return f"{number} {noun.removesuffix('s') if number == 1 else noun}"


def load(
    connection: Connection,
    seeds: Path,
    corpus: Folders | None = None,
    published_by: date | None = None,
    sets: Iterable[str] | None = (),
) -> LoadReport:
    """Brings the store to the seeds and these sets in the caller's transaction; `corpus`: where the documents lie.

    Of sources published after `published_by` nothing is read. Raises SeedsInvalid, SetUnknown.
    """
    record = read(seeds, corpus, published_by, sets)
    report = store(connection, record)
    if published_by:
        # what later sources tell is not lost
        report = replace(report, lost=())
    return replace(report, orphans=_count_orphans(record, Corpus(corpus))) if corpus else report


def store(connection: Connection, record: Record) -> LoadReport:
    """Brings the store to a record in the caller's transaction; one load at a time."""
    connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})"))
    entries = project(record)
    days, terms, datasets = _edtf_rows(entries), term_rows(record), _dataset_rows(record)
    changed = upsert(connection, "edtf", "text", days)
    changed |= upsert(connection, "source_dataset", "slug", datasets)
    changes = write(connection, entries)
    changed |= bool(changes) | delete_missing(connection, "edtf", "text", days)
    changed |= delete_missing(connection, "source_dataset", "slug", datasets)
    changed |= upsert(connection, "term", "term", terms) | delete_missing(connection, "term", "term", terms)
    aliases = alias_rows(record.aliases, entries)
    changed |= write_aliases(connection, aliases)
    lost = lost_slugs(changes.gone, record.aliases, aliases)
    report = LoadReport(_counts(changes), revision(connection, raised=changed), changed, lost=lost)
    if changed:
        connection.execute(text(f"ANALYZE {', '.join(TABLES)}"))
    return report


def _count_orphans(record: Record, corpus: Corpus) -> dict[str, int]:
    """How many passages have another text now, by document that is not the one that was anchored."""
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


def _edtf_rows(entries: Iterable[EntryRows]) -> list[Row]:
    """Every date that a row holds, with its bounds and labels."""
    columns = {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if any(reference.target_fullname == "edtf.text" for reference in column.foreign_keys)
    }
    texts = {
        str(value)
        for entry in entries
        for table, row in entry.rows
        for column, value in row.items()
        if value is not None and (table, column) in columns
    }
    return [_edtf_row(day) for day in sorted(texts)]


def _edtf_row(day: str) -> Row:
    edtf = dates.parse(day)
    return {
        "text": edtf.text,
        "earliest": edtf.earliest,
        "latest": edtf.latest,
        "precision": edtf.precision,
        "extent": edtf.extent,
        "is_approximate": edtf.is_approximate,
        "is_uncertain": edtf.is_uncertain,
        "labels": date_labels(edtf),
    }


def _dataset_rows(record: Record) -> list[Row]:
    """The data sets that sources are taken from, each known since the first of these."""
    since: dict[str, date] = {}
    for source in record.sources.values():
        if source.dataset:
            since[source.dataset] = min(source.reported_on, since.get(source.dataset, source.reported_on))
    return [asdict(record.datasets[slug]) | {"known_since": day} for slug, day in since.items()]


def term_rows(record: Record) -> list[Row]:
    """The open terms that are described: properties of claims and modes of events."""
    return [
        {"term": term, "descriptions": by_tag(texts), "is_mode": term in ALL_MODES}
        for term, texts in record.properties.items()
    ]


def _counts(written: Changes) -> dict[str, Counts]:
    return {
        noun: Counts(
            *(
                sum(key.table == table for key in keys)
                for keys in (written.added, written.changed, written.removed, written.unchanged)
            )
        )
        for table, noun in NOUNS.items()
    }


def is_empty(connection: Connection) -> bool:
    """Whether nothing has been loaded yet."""
    return not connection.execute(text("SELECT EXISTS (SELECT FROM dataset)")).scalar_one()


def revision(connection: Connection, *, raised: bool) -> int:
    """The revision of the register, which a load that changes something raises by one."""
    number = connection.execute(text("SELECT revision FROM dataset")).scalar()
    if number is None or raised:
        number = connection.execute(
            text(
                "INSERT INTO dataset (id, revision, updated_at) VALUES (1, 1, now()) ON CONFLICT (id)"
                " DO UPDATE SET revision = dataset.revision + 1, updated_at = now() RETURNING revision"
            )
        ).scalar_one()
    return int(number)
