"""The seeds as a whole: read into a record, and anchored in the documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from service.errors import CorpusUnusable, SeedsInvalid
from service.memory import pause_garbage_collection
from service.store.documents.addresses import whole_document
from service.store.documents.corpus import Corpus, Document, Folders, Lock, LockError, read_lock, write_lock
from service.store.documents.rows import DataFileInvalid
from service.store.enums import TextAccess
from service.store.folders import MANIFEST, require_seeds
from service.store.label_points import locate_states
from service.store.notation.values import Index
from service.store.record.record import Record, SourceDataset
from service.store.seeds import aliases
from service.store.seeds.actors import read_actors
from service.store.seeds.additions import extend_facts
from service.store.seeds.checks import check
from service.store.seeds.conflicts import ClaimIndex, read_conflicts
from service.store.seeds.facts import read_facts
from service.store.seeds.files import Mark, Problems, SeedFile, read_file
from service.store.seeds.index import build_index
from service.store.seeds.models import MODELS
from service.store.seeds.passages import Anchors, DocumentAnchors, LockAnchors, Passages
from service.store.seeds.places import read_places
from service.store.seeds.properties import read_properties
from service.store.seeds.published import limit_to_published as only_published_by
from service.store.seeds.sets import (
    ADDITIONS,
    LOCK,
    SOURCES,
    ManifestEntry,
    SetFolder,
    aliases_file,
    entry_files,
    manifest_file,
    read_sets,
    required_sets,
)
from service.store.seeds.sources import CitedSource, read_datasets, read_sources


@dataclass(frozen=True)
class Seeds:
    """Files by noun, with what is known of them before facts are read; `locks` by the paths of their files.

    `shown`: the most of a document that is in the record. Mistakes are reported to `problems`, those in sources once
    `sources` is accessed.
    """

    files: Mapping[str, Sequence[SeedFile]]
    aliases: Sequence[SeedFile]
    index: Index
    datasets: Mapping[str, SourceDataset]
    locks: Mapping[str, bytes | None]
    shown: TextAccess
    problems: Problems

    @cached_property
    def sources(self) -> Mapping[str, CitedSource]:
        """Sources by their short names."""
        return read_sources(self.files["sources.yaml"], self.index, self.problems, self.datasets, self.shown)

    def of(self, files: Mapping[str, Sequence[SeedFile]], problems: Problems) -> "Seeds":
        """Return the same seeds with other files."""
        return replace(self, files=files, problems=problems)


def read(
    seeds: Path,
    corpus: Corpus | Folders | None = None,
    published_by: date | None = None,
    sets: Iterable[str] | None = (),
    shown: TextAccess = TextAccess.WHOLE,
) -> Record:
    """Return the record in the seeds; raise SeedsInvalid with all mistakes at once, SeedsMissing, SetUnknown.

    Without the documents (`corpus`), passages are as in the lock; with them, passages have their text and are compared
    with the lock; raises CorpusUnusable. With `published_by`, only sources published by that day count. `sets`: names
    of the sets to read too, with those that they require; None means all sets. `shown`: the most of a document that is
    in the record, whatever its licence allows.
    """
    problems = Problems()
    with pause_garbage_collection():
        return read_whole(read_files(seeds, read_sets(seeds, sets), problems, shown), problems, corpus, published_by)


def read_whole(
    parsed: Seeds, problems: Problems, corpus: Corpus | Folders | None = None, published_by: date | None = None
) -> Record:
    """Return the record, as `read`, from files already read; `problems`: mistakes found in them."""
    record = _read_record(parsed, problems, corpus)
    return only_published_by(record, published_by) if published_by else record


def _read_record(parsed: Seeds, problems: Problems, corpus: Corpus | Folders | None) -> Record:
    documents: dict[str, Document] = {}
    if corpus:
        corpus = corpus if isinstance(corpus, Corpus) else Corpus(corpus)
        documents = _read_all_documents(parsed.sources, corpus, problems)
    lock = _read_locks(parsed.locks, problems)
    if lock is None:
        record = _build_record(parsed, DocumentAnchors(documents), {}, problems, Problems())
    else:
        record = build_record(parsed, lock, documents, problems)
    if not problems.found:
        aliases.check_aliases(parsed.aliases, record, problems)
    if problems.found:
        raise SeedsInvalid(list(problems))
    return record


def cited_sources(seeds: Path, sets: Iterable[str] | None = ()) -> Mapping[str, CitedSource]:
    """Return the sources by short name, as far as they can be read: mistakes are left to `read`."""
    return read_files(seeds, read_sets(seeds, sets), Problems()).sources


def anchor(seeds: Path, corpus: Folders, of_set: str | None = None) -> str:
    """Return the text of the lock: where all that the seeds cite is, and how often each source prints each name.

    `of_set`: the name of a set, to return its lock instead. Raises SetUnknown, and SeedsInvalid if files or sources
    cannot be read or the documents do not contain what is cited; other mistakes are left to `read`.
    """
    problems = Problems()
    sets = read_sets(seeds, [of_set] if of_set else ())
    parsed = read_files(seeds, sets, problems)
    file = sets[-1].path(SOURCES) if sets else "sources.yaml"
    sources = {cite: source for cite, source in parsed.sources.items() if source.mark.file == file}
    documents = _read_all_documents(sources, Corpus(corpus), problems)
    for cite, source in sources.items() if documents else ():
        document = documents.get(cite)
        if document is None:
            problems.add(source.mark, f"{source.source.document} is not in the corpus")
        elif document.sha256 != source.source.sha256:
            reason = f"is a different document: its SHA-256 is {document.sha256}"
            problems.add(source.mark, f"{source.source.document} {reason}")
    if documents.keys() < sources.keys():
        # each citation of a missing document would otherwise be a mistake of its own
        raise SeedsInvalid(list(problems))
    return _anchor(parsed, sets[-1].path(LOCK) if sets else LOCK, documents, problems, others=Problems())


def anchor_set(seeds: Path, folder: SetFolder, documents: Mapping[str, Document]) -> str:
    """Return the text of the lock of a set that need not be on disk yet; `documents`: its sources', by short name.

    Raises SeedsInvalid with all mistakes in the set.
    """
    problems = Problems()
    parsed = read_files(seeds, [*read_sets(seeds, required_sets(folder)), folder], problems)
    return _anchor(parsed, folder.path(LOCK), documents, problems, others=problems)


def _anchor(
    parsed: Seeds, path: str, documents: Mapping[str, Document], problems: Problems, *, others: Problems
) -> str:
    """Return the text of one lock; the other locks give positions elsewhere. `others`: for mistakes of other kinds."""
    known = _read_locks({other: lock for other, lock in parsed.locks.items() if other != path}, problems)
    anchors = DocumentAnchors(documents, LockAnchors(known) if known else None)
    _build_record(parsed, anchors, documents, others, problems)
    if problems.found:
        raise SeedsInvalid(list(problems))
    try:
        return write_lock([*anchors.written, *map(whole_document, anchors.documents.values()), *anchors.counts()])
    except LockError as error:
        raise SeedsInvalid([f"{path}:1: {error}"]) from None


def read_files(
    seeds: Path, sets: Iterable[SetFolder], problems: Problems, shown: TextAccess = TextAccess.WHOLE
) -> Seeds:
    names = [*MODELS, aliases.FILE]
    require_seeds(seeds)
    for path in sorted(seeds.glob("*.y*ml")):
        if path.name not in names and path.name[0] != ".":
            problems.add(Mark(path.name, 1), f"this file is unknown; the files of the seeds are {', '.join(names)}")
    written = {name: read_file(seeds / name, problems) for name in names}
    if not written["sources.yaml"]:
        problems.add(Mark("sources.yaml", 1), "it must contain at least one source")
    files = {name: [SeedFile(name, written[name])] for name in MODELS} | {MANIFEST: [], ADDITIONS: []}
    former = [SeedFile(aliases.FILE, written[aliases.FILE])]
    locks = {LOCK: (seeds / LOCK).read_bytes() if (seeds / LOCK).exists() else None}
    for folder in sets:
        files[MANIFEST].append(manifest_file(folder, problems))
        for noun, file in entry_files(folder, problems):
            files[noun].append(file)
        former.append(aliases_file(folder, problems))
        locks[folder.path(LOCK)] = folder.files.get(LOCK)
    index = build_index(files, problems)
    datasets = read_datasets(files["datasets.yaml"], index, problems)
    datasets |= read_datasets(files[MANIFEST], index, problems, ManifestEntry)
    return Seeds(files, former, index, datasets, locks, shown, problems)


def _build_record(
    written: Seeds, anchors: Anchors, documents: Mapping[str, Document], problems: Problems, astray: Problems
) -> Record:
    """Return the record; passages that cannot be found are reported to `astray`."""
    files, index = written.files, written.index
    passages = Passages(anchors, written.sources, documents, astray)
    for source in written.sources.values():
        passages.check(source)
    properties, described = read_properties(files["properties.yaml"], index, problems)
    facts, lines = read_facts(files, described, passages, index, problems)
    extend_facts(facts, lines, files[ADDITIONS], described, passages, index, problems)
    claimed = ClaimIndex(facts, lines.unread, passages)
    actors = read_actors(files, index, passages, problems)
    record = Record(
        sources={source.source.slug: source.source for source in written.sources.values()},
        actors=actors,
        places=locate_states(read_places(files["places.yaml"], index, passages, problems), actors),
        facts=facts,
        conflicts=read_conflicts(files["conflicts.yaml"], claimed, index, problems),
        properties=properties,
        datasets=written.datasets,
        aliases=aliases.read_aliases(written.aliases, problems),
        texts={source.source.slug: text for source in written.sources.values() if (text := passages.text_of(source))},
    )
    check(record, lines, problems)
    return record


def read_documents(
    sources: Mapping[str, CitedSource], corpus: Corpus | None, problems: Problems
) -> dict[str, Document]:
    """Return the documents in the corpus, by the short names of their sources."""
    documents: dict[str, Document] = {}
    if corpus is None:
        return documents
    for cite, source in sources.items():
        try:
            documents[cite] = corpus.read(source.source.document, cite)
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError, DataFileInvalid) as error:
            problems.add(source.mark, f"{source.source.document} cannot be read: {error}")
    return documents


def _read_all_documents(sources: Mapping[str, CitedSource], corpus: Corpus, problems: Problems) -> dict[str, Document]:
    """Return the documents of all sources. Raises CorpusUnusable if none of them exists."""
    documents = read_documents(sources, corpus, problems)
    if sources and not documents and not problems.found:
        raise CorpusUnusable(f"None of the documents is in {corpus}")
    return documents


def build_record(parsed: Seeds, lock: Lock, documents: Mapping[str, Document], problems: Problems) -> Record:
    """Return the record of these files, with passages as in the lock; mistakes are reported to `problems`."""
    _compare_with_lock(lock, parsed.sources, problems)
    return _build_record(parsed, LockAnchors(lock), documents, problems, problems)


def _read_locks(locks: Mapping[str, bytes | None], problems: Problems) -> Lock | None:
    """Return all locks as one; None if one is missing or cannot be read, which is reported."""
    read = [_read_lock(path, content, problems) for path, content in locks.items()]
    if not all(read):
        return None
    united = Lock({}, {})
    for lock in read:
        united = Lock({**united.anchors, **lock.anchors}, {**united.counts, **lock.counts}) if lock else united
    return united


def _read_lock(path: str, content: bytes | None, problems: Problems) -> Lock | None:
    if content is None:
        problems.add(Mark(path, 1), "it is missing: run `gipfelbuch anchor`")
        return None
    try:
        return read_lock(content.decode("utf-8"))
    except (UnicodeDecodeError, LockError) as error:
        problems.add(Mark(path, 1), f"it cannot be read: {error}")
    return None


def _compare_with_lock(lock: Lock, sources: Mapping[str, CitedSource], problems: Problems) -> None:
    """Report each source whose document is not the one that was anchored."""
    for cite, source in sources.items():
        anchored = lock.anchors.get((cite, "document"))
        if anchored is None:
            problems.add(source.mark, f"{cite}: its document is not anchored: run `gipfelbuch anchor`")
        elif anchored.sha256 != source.source.sha256:
            problems.add(source.mark, f"{cite}: the lock is of a different document: run `gipfelbuch anchor`")
