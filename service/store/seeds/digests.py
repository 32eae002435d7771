"""Digests of what a load reads, so that the next load need read only what has changed; decides nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from zlib import compress, decompress

import orjson

from service.store.fingerprints import fingerprint_of_code
from service.store.folders import MANIFEST
from service.store.kinds import KINDS
from service.store.seeds.files import JsonLines, SeedFile
from service.store.seeds.models import MODELS
from service.store.seeds.reading import Seeds
from service.store.seeds.sets import ADDITIONS

BYTES = 16
FACTS = (*dict.fromkeys(kind.file for kind in KINDS), ADDITIONS)
"""Nouns whose entries are facts, or add to a fact."""
OF_ONE_SOURCE = ("sha256",)
"""Fields of a source on which only its own text depends."""
FAST = 1
ESCAPE = rb"\u"


@dataclass(frozen=True)
class Digests:
    """Digests of each written fact and source, of positions in each source, and of each file of documents.

    `rest`: digest of the code and of everything that belongs to none of the others; while it is unchanged, so is their
    number.
    `outward`: for each fact, what dependent entries need of it.
    """

    rest: str
    facts: Mapping[str, str]
    sources: Mapping[str, str]
    anchors: Mapping[str, str]
    documents: Mapping[str, str]
    outward: Mapping[str, str] = field(default_factory=dict)

    def dump(self) -> bytes:
        """Return the digests as bytes."""
        return compress(orjson.dumps(self), FAST)

    @staticmethod
    def load(dumped: bytes) -> "Digests":
        """Return the digests from the output of `dump`."""
        return Digests(**orjson.loads(decompress(dumped)))


@dataclass(frozen=True)
class Written:
    """Entries of facts and sources as written, as JSON: facts by slug, sources by short name.

    `slugs`: those of the sources by short name; `anchors`: the lines of the locks by the short names of the sources;
    `counts`: all other lines of the locks, which count spellings.
    """

    facts: Mapping[str, bytes]
    sources: Mapping[str, bytes]
    slugs: Mapping[str, str]
    anchors: Mapping[str, bytes]
    counts: bytes


def read_written(parsed: Seeds) -> Written:
    """Return the contents of files without mistakes."""
    facts: dict[str, bytes] = {}
    for noun in FACTS:
        for file in parsed.files[noun]:
            for slug, content in _contents(file):
                # additions to a fact belong to it
                facts[str(slug)] = facts.get(str(slug), b"") + file.name.encode() + b"\n" + content
    sources: dict[str, bytes] = {}
    slugs: dict[str, str] = {}
    for slug, content in (each for file in parsed.files["sources.yaml"] for each in _contents(file)):
        entry = orjson.loads(content)
        cite = str(entry.get("cite")) if isinstance(entry, dict) else ""
        sources[cite], slugs[cite] = content, str(slug)
    anchors: dict[str, list[bytes]] = {}
    others: list[bytes] = []
    for line in b"\n".join(lock or b"" for lock in parsed.locks.values()).split(b"\n"):
        name, _, place = line.partition(b" ")
        if place and place[:1] != b"|" and line[:1] != b"#":
            anchors.setdefault(name.decode(errors="replace"), []).append(line)
        else:
            others.append(line)
    together = {cite: b"\n".join(lines) for cite, lines in anchors.items()}
    return Written(facts, sources, slugs, together, b"\n".join(others))


def _contents(file: SeedFile) -> Iterator[tuple[str | None, bytes]]:
    """Yield the entries as JSON; generated ones as written, unless they contain escaped letters."""
    written = file.entries.written if isinstance(file.entries, JsonLines) else {}
    for slug in file.entries:
        line = written.get(slug, ESCAPE)
        yield slug, dump(file.entries[slug]) if ESCAPE in line else line


def digests(parsed: Seeds, given: Written, corpus: Iterable[Path] | None, *settings: object) -> Digests:
    """Return the digests of files without mistakes; `settings`: anything else that affects a load."""
    documents = dict(_documents(corpus))
    names = [path.name for path in corpus] if corpus else None
    rest = blake2b(digest_size=BYTES)
    about = [names, sorted(documents), [*given.facts], [*given.sources], [*map(str, settings)]]
    for part in (fingerprint_of_code().encode(), orjson.dumps(about), given.counts, *_others(parsed)):
        rest.update(b"%d\n" % len(part) + part)
    each = (given.facts, given.sources, given.anchors)
    facts, sources, anchors = ({name: digest(content) for name, content in some.items()} for some in each)
    return Digests(rest.hexdigest(), facts, sources, anchors, documents)


def _others(parsed: Seeds) -> Iterator[bytes]:
    """Yield the contents of the files of all other nouns, and of sources everything except their own text."""
    for noun in (*MODELS, MANIFEST):
        for file in parsed.files[noun]:
            if noun in FACTS:
                yield dump([file.name, *file.entries])
            elif noun == "sources.yaml":
                yield dump([file.name, *map(_without_text, file.entries.values())])
            else:
                yield dump([file.name, *file.entries.items()])
    yield dump([[file.name, *file.entries] for file in parsed.files[ADDITIONS]])
    yield dump([[file.name, *file.entries.items()] for file in parsed.aliases])
    yield dump([*parsed.locks])


def _without_text(source: object) -> object:
    whole = source if isinstance(source, dict) else {}
    return {name: value for name, value in whole.items() if name not in OF_ONE_SOURCE}


def _documents(corpus: Iterable[Path] | None) -> Iterator[tuple[str, str]]:
    """Yield the files of documents, each with its digest."""
    for number, folder in enumerate(corpus or ()):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield f"{number}/{path.relative_to(folder).as_posix()}", digest(path.read_bytes())


def dump(entry: object) -> bytes:
    """Return an entry as JSON."""
    return orjson.dumps(entry, option=orjson.OPT_NON_STR_KEYS)


def digest(content: bytes) -> str:
    """Return a digest of bytes."""
    return blake2b(content, digest_size=BYTES).hexdigest()
