"""A part of the record: what has changed since the last load, with everything that it needs of the rest."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar, overload

from service.errors import ServiceError
from service.store.documents.corpus import Corpus, read_lock
from service.store.documents.rows import is_row
from service.store.folders import MANIFEST
from service.store.record.record import Record
from service.store.seeds.digests import FACTS, Digests, Written, dump
from service.store.seeds.files import Problems, SeedFile
from service.store.seeds.models import MODELS
from service.store.seeds.reading import Seeds, build_record, read_documents
from service.store.seeds.sets import ADDITIONS

Entry = TypeVar("Entry")
Other = TypeVar("Other")
WORD = re.compile(r"[\w-]+")
ACTORS = ("people.yaml", "organisations.yaml", "countries.yaml")
CONFLICTS = "conflicts.yaml"
LINKS = (b'"supersedes"', b'"transcriptOf"')
"""Fields of a source that name other sources."""
LEVELS = 2
"""Number of levels of dependency: an entry shows of another entry what that entry shows of a third."""
MOST = 400
"""Maximum number of facts in a part; beyond it, everything is read."""


class PartTooSmall(LookupError):
    """An entry is requested that exists, but not in the part of the record that was read."""


class Entries(dict[str, Entry]):
    """Entries of a part; raises PartTooSmall if another existing entry is requested."""

    def __init__(self, entries: Mapping[str, Entry], known: Collection[str]) -> None:
        super().__init__(entries)
        self._known = known

    def __getitem__(self, slug: str) -> Entry:
        self._require(slug)
        return super().__getitem__(slug)

    def __contains__(self, slug: object) -> bool:
        self._require(slug)
        return super().__contains__(slug)

    @overload
    def get(self, slug: str, default: None = None, /) -> Entry | None: ...
    @overload
    def get(self, slug: str, default: Entry, /) -> Entry: ...
    @overload
    def get(self, slug: str, default: Other, /) -> Entry | Other: ...
    def get(self, slug: str, default: Any = None, /) -> Any:
        """Return the entry, or the default if it does not exist."""
        self._require(slug)
        return super().get(slug, default)

    def _require(self, slug: object) -> None:
        if not super().__contains__(slug) and slug in self._known:
            raise PartTooSmall(slug)


@dataclass(frozen=True)
class Part:
    """Record of a few facts with everything that they need.

    `facts`: the changed facts, and those that may show something of them; `holders`: people who are called by an office
    among these facts; `sources`: the changed sources, by slug.
    """

    record: Record
    facts: frozenset[str]
    holders: frozenset[str]
    sources: frozenset[str]


class Reader:
    """Reader of what differs from the digests of the last load."""

    def __init__(self, parsed: Seeds, given: Written, before: Digests, now: Digests) -> None:
        self.parsed, self.given, self.before, self.now = parsed, given, before, now
        self._words: dict[str, frozenset[str]] = {}

    def read(self, corpus: Corpus | None) -> Part | None:
        """Return the part; None if everything must be read.

        That is so if the changes are of another kind, if much depends on them, or if they contain mistakes, which
        reading everything reports.
        """
        if self.before.rest != self.now.rest or not self._has_anchored_documents(corpus):
            return None
        cites = self._differing("sources") | self._differing("anchors")
        if not cites <= self.given.sources.keys():
            return None
        changed = self._differing("facts") | self._mentioning(cites)
        made, front = set(changed), set(changed)
        for _ in range(LEVELS):
            front = self._mentioning(front) - made
            made |= front
            if len(made) > MOST:
                return None
        holders = self._people_in_offices(made)
        needed = made | self._mentioning(made) | self._calling(holders)
        conflicts = self._conflicts_of(made)
        needed |= {slug for words in conflicts.values() for slug in words & self.given.facts.keys()}
        # a relationship between two is derived from the recorded one, if there is one
        needed |= {slug for slug, typename in self.parsed.index.facts.items() if typename == "Relationship"}
        front = set(needed)
        while front:
            front = {slug for each in front for slug in self._words_of(each) & self.given.facts.keys()} - needed
            needed |= front
        record = self._build(needed, {*conflicts}, holders, made, cites, corpus)
        if record is None:
            return None
        return Part(record, *map(frozenset, (made, holders, map(self.given.slugs.__getitem__, cites))))

    # ------------------------------------------------------------------ what has changed

    def _differing(self, what: str) -> set[str]:
        before, now = getattr(self.before, what), getattr(self.now, what)
        return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}

    def _has_anchored_documents(self, corpus: Corpus | None) -> bool:
        """Return whether each changed row of a file is the one in which its source was anchored.

        A changed document that is not a row is read with everything.
        """
        files = {name.partition("/")[2] for name in self._differing("documents")}
        for cite, source in self.parsed.sources.items() if files else ():
            path = source.source.document
            if path.partition("#")[0] in files:
                if not corpus or not is_row(path):
                    return False
                try:
                    document = corpus.read(path, cite)
                except (OSError, ValueError):
                    return False
                if document.sha256 != source.source.sha256:
                    return False
        return True

    # ------------------------------------------------------------------ what depends on what

    def _words_of(self, slug: str) -> frozenset[str]:
        """Return the words of a fact as written, some of which are slugs and short names."""
        if slug not in self._words:
            self._words[slug] = words_in(self.given.facts[slug]) | words_in(slug.encode())
        return self._words[slug]

    def _mentioning(self, names: Iterable[str]) -> set[str]:
        """Return the facts that contain one of these words."""
        found: set[str] = set()
        for name in names:
            sought = name.encode()
            some = [slug for slug, content in self.given.facts.items() if sought in content]
            found |= {slug for slug in some if name in self._words_of(slug)}
        return found

    def _people_in_offices(self, facts: Iterable[str]) -> set[str]:
        offices = self._offices & {*facts}
        people = {slug for slug, typename in self.parsed.index.actors.items() if typename == "Person"}
        return {word for slug in offices for word in self._words_of(slug) & people}

    def _calling(self, people: Iterable[str]) -> set[str]:
        """Return facts that say how people are called: their offices, and facts in which sources designate them."""
        return {
            slug
            for slug in self._mentioning(people)
            if slug in self._offices or b"designation" in self.given.facts[slug]
        }

    @cached_property
    def _offices(self) -> set[str]:
        return {slug for slug, typename in self.parsed.index.facts.items() if typename == "Office"}

    def _conflicts_of(self, facts: set[str]) -> dict[str, frozenset[str]]:
        """Return the words of the conflicts in which one of the facts has a part, by slug."""
        words = {
            str(slug): words_in(dump(entry))
            for file in self.parsed.files[CONFLICTS]
            for slug, entry in file.entries.items()
        }
        return {slug: each for slug, each in words.items() if not facts.isdisjoint(each)}

    # ------------------------------------------------------------------ the record

    def _build(
        self,
        facts: set[str],
        conflicts: set[str],
        holders: set[str],
        shown: set[str],
        changed: set[str],
        corpus: Corpus | None,
    ) -> Record | None:
        """Return the record of these facts, conflicts and people; None if it contains mistakes.

        `shown`: the facts whose passages include their words; `changed`: the sources that include their text.
        """
        named = changed.union(holders, *map(self._words_of, facts))
        files, words = self._with_actors_and_places(named)
        cites = self._with_linked((words | changed) & self.given.sources.keys())
        slugs = {self.given.slugs[cite] for cite in cites}
        files["sources.yaml"] = [only(file, slugs) for file in self.parsed.files["sources.yaml"]]
        for noun in FACTS:
            files[noun] = [only(file, facts) for file in self.parsed.files[noun]]
        files[CONFLICTS] = [only(file, conflicts) for file in self.parsed.files[CONFLICTS]]
        problems = Problems()
        lines = [self.given.anchors[cite] for cite in sorted(cites & self.given.anchors.keys())]
        named_by = {cite.encode() for cite in cites}
        lines += [line for line in self.given.counts.split(b"\n") if line.partition(b" ")[0] in named_by]
        try:
            lock = read_lock(b"\n".join(lines).decode())
        except (ServiceError, UnicodeDecodeError):
            return None
        part = self.parsed.of(files, problems)
        sources = part.sources
        own = changed.union(*map(self._words_of, shown))
        documents = read_documents({cite: sources[cite] for cite in own & sources.keys()}, corpus, problems)
        if any(document.sha256 != sources[cite].source.sha256 for cite, document in documents.items()):
            return None
        record = build_record(part, lock, documents, problems)
        if problems.found:
            return None
        index = self.parsed.index
        return replace(
            record,
            facts=Entries(record.facts, index.facts.keys()),
            actors=Entries(record.actors, index.actors.keys()),
            places=Entries(record.places, index.places.keys()),
            sources=Entries(record.sources, index.sources.keys()),
        )

    def _with_linked(self, cites: AbstractSet[str]) -> AbstractSet[str]:
        """Return sources with those that supersede or transcribe them, and those that they supersede or transcribe."""
        by_slug = {slug: cite for cite, slug in self.given.slugs.items()}
        links: dict[str, set[str]] = {}
        for cite, content in self.given.sources.items():
            if any(name in content for name in LINKS):
                for other in words_in(content) & by_slug.keys():
                    links.setdefault(cite, set()).add(by_slug[other])
                    links.setdefault(by_slug[other], set()).add(cite)
        found, front = set(cites), set(cites)
        while front:
            front = {other for cite in front for other in links.get(cite, ())} - found
            found |= front
        return found

    def _with_actors_and_places(self, words: set[str]) -> tuple[dict[str, list[SeedFile]], set[str]]:
        """Return the files with only the actors and places that these words name or that belong to them, and all words.

        All words are the given ones and those found on the way.
        """
        index = self.parsed.index
        known = index.actors.keys() | index.places.keys()
        entries: dict[str, list[object]] = {}
        for noun in (*ACTORS, "places.yaml"):
            for file in self.parsed.files[noun]:
                for slug, entry in file.entries.items():
                    entries.setdefault(str(slug), []).append(entry)
        counted = known | self.given.sources.keys()
        waiting, done = [*words], set(words)
        while waiting:
            word = waiting.pop()
            new = set(words_in(self.given.sources[word])) if word in self.given.sources else set()
            if word in known:
                new |= {each for entry in entries[word] for each in words_in(dump(entry))}
            new = (new & counted) - done
            done |= new
            waiting += new
        files = {noun: [*self.parsed.files[noun]] for noun in (*MODELS, MANIFEST, ADDITIONS)}
        for noun in (*ACTORS, "places.yaml"):
            files[noun] = [only(file, done) for file in self.parsed.files[noun]]
        return files, done


def only(file: SeedFile, slugs: set[str]) -> SeedFile:
    """Return the file with only its entries that have one of these slugs, in file order."""
    return file.only(slug for slug in file.entries if slug in slugs)


def words_in(content: bytes) -> frozenset[str]:
    """Return the words of a text; for a pair `A--B` its parts too."""
    words = WORD.findall(content.decode())
    return frozenset([*words, *_parts(words)])


def _parts(words: Iterable[str]) -> Iterator[str]:
    return (part for word in words if "--" in word for part in word.split("--"))
