"""The root of the schema, and the register itself."""

from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from service.version import VERSION
from tests.oracle.changes import EntryChange, instant
from tests.oracle.network import Network
from tests.oracle.paths import Chains, Path
from tests.oracle.register import Register
from tests.oracle.search import FoundEntry, SuggestedEntry, find_entries, suggest_entries
from tests.oracle.things import Thing, View, choose_text


class Query:
    """Root fields, each a method; `asOf` has already been applied."""

    typename = "Query"

    def __init__(self, view: View) -> None:
        self.view = view

    def seen_on(self, day: str) -> "Query":
        return Query(self.view.on(date.fromisoformat(day)))

    def node(self, id: str) -> Any:
        """Return the entry of an id, seen from the day in the id."""
        try:
            name, _, day = urlsafe_b64decode(id + "=" * (-len(id) % 4)).decode("ascii").partition("@")
            view = self.view.on(date.fromisoformat(day) if day else None)
        except ValueError:
            return None
        typename, _, slug = name.partition(":")
        return view.entry(typename, view.register.present_slugs.get(slug, slug))

    def nodes(self, ids: list[str]) -> list[Any]:
        return [self.node(id) for id in ids]

    def leader(self, slug: str) -> Any:
        person = self.person(slug)
        return person if person and person.is_leader else None

    def leaders(self) -> list[Any]:
        return [person for person in self.people() if person.is_leader]

    def person(self, slug: str) -> Any:
        return self.view.entry("Person", slug)

    def people(self) -> list[Any]:
        return self.view.things("actor", typename="Person")

    def organisation(self, slug: str) -> Any:
        return self.view.entry("Organisation", slug)

    def organisations(self) -> list[Any]:
        return self.view.things("actor", typename="Organisation")

    def country(self, code: str) -> Any:
        return next((state for state in self.countries() if state.answers_to([code])), None)

    def countries(self) -> list[Any]:
        return self.view.things("actor", typename="Country")

    def place(self, slug: str) -> Any:
        return self.view.entry("Place", slug)

    def places(self) -> list[Any]:
        return self.view.things("place")

    def _fact(self, slug: str, *typenames: str) -> Any:
        return next((fact for fact in self.view.facts(*typenames) if fact.slug == slug), None)

    def fact(self, slug: str) -> Any:
        return self._fact(slug)

    def facts(self) -> list[Any]:
        return self.view.facts()

    def summit(self, slug: str) -> Any:
        return self._fact(slug, "Summit")

    def summits(self) -> list[Any]:
        return self.view.facts("Summit")

    def meeting(self, slug: str) -> Any:
        return self._fact(slug, "Summit", "Talks")

    def meetings(self) -> list[Any]:
        return self.view.facts("Summit", "Talks")

    def quote(self, slug: str) -> Any:
        return self._fact(slug, "Quote")

    def quotes(self) -> list[Any]:
        return self.view.facts("Quote")

    def event(self, slug: str) -> Any:
        return self._fact(slug, "Event")

    def events(self) -> list[Any]:
        return self.view.facts("Event")

    def invitation(self, slug: str) -> Any:
        return self._fact(slug, "Invitation")

    def invitations(self) -> list[Any]:
        return self.view.facts("Invitation")

    def agreement(self, slug: str) -> Any:
        return self._fact(slug, "Agreement")

    def agreements(self) -> list[Any]:
        return self.view.facts("Agreement")

    def offices(self) -> list[Any]:
        return self.view.facts("Office")

    def relationship(self, between: list[str]) -> Any:
        return self._fact("--".join(sorted(between)), "Relationship")

    def relationships(self) -> list[Any]:
        return self.view.facts("Relationship")

    def path(
        self, from_: str, to: str, kind: list[str] | None, max_length: int | None, setting: list[str] | None
    ) -> Any:
        found = Chains(self.view, kind, setting).shortest(from_, to, 6 if max_length is None else max_length)
        return Path(self.view, found, kind, setting) if found else None

    def network(
        self,
        around: str | None,
        kind: list[str] | None,
        setting: list[str] | None,
        date: dict[str, Any] | None,
        first: int | None,
    ) -> Network:
        return Network(self.view, around, kind, setting, date, 60 if first is None else first)

    def source(self, slug: str) -> Any:
        return self.view.entry("Source", slug)

    def sources(self) -> list[Any]:
        return self.view.things("source")

    def claim(self, slug: str) -> Any:
        return self.view.entry("Claim", slug)

    def claims(self) -> list[Any]:
        return self.view.things("claim")

    def conflict(self, slug: str) -> Any:
        return self.view.entry("Conflict", slug)

    def conflicts(self) -> list[Any]:
        return self.view.things("conflict")

    def search(self, text: str, kind: list[str] | None) -> list[FoundEntry]:
        return list(find_entries(self.view.search, self.view, text, kind))

    def suggest(self, text: str, kind: list[str] | None, first: int | None) -> list[SuggestedEntry]:
        return suggest_entries(self.view.search, self.view, text, kind, first)

    def datasets(self) -> list[Any]:
        return sorted(self.view.things("source_dataset"), key=lambda dataset: dataset.slug)

    def changes(self, since: int | None) -> list[EntryChange]:
        logged = self.view.register.tables["entry_change"]
        return [EntryChange(self.view, row) for row in logged if row.revision > (since or 0)]

    @property
    def dataset(self) -> "Dataset":
        return Dataset(self.view, self.view.register.tables["dataset"][0])


class Dataset(Thing):
    """The whole register, whatever the day."""

    name, contract, licence, software_version = "Gipfelbuch", "1.3", "CC BY 4.0", VERSION

    @property
    def _tables(self) -> dict[str, list[Any]]:
        register: Register = self.view.register
        return register.tables

    @property
    def updated_at(self) -> str:
        return instant(self.row.updated_at)

    @property
    def counts(self) -> list[dict[str, Any]]:
        tables = self._tables
        found = Counter(row.typename.upper() for table in ("actor", "fact") for row in tables[table])
        found |= Counter({name.upper(): len(tables[name]) for name in ("place", "source", "claim", "conflict")})
        return [{"kind": kind, "count": found[kind], "typename": "KindCount"} for kind in sorted(found)]

    @property
    def languages(self) -> list[str]:
        return sorted({row.language for row in self._tables["source"]})

    @property
    def properties(self) -> list["TermCount"]:
        return self._count_terms(row.property for row in self._tables["claim"])

    @property
    def modes(self) -> list["TermCount"]:
        events = View(self.view.register).facts("Event")
        return self._count_terms(event.mode for event in events if event.mode)

    def _count_terms(self, terms: Iterable[str]) -> list["TermCount"]:
        """Return the most frequent first, then by term."""
        found = Counter(terms)
        ordered = sorted(found, key=lambda term: (-found[term], term))
        return [TermCount(self.view, term, found[term]) for term in ordered]

    @property
    def downloads(self) -> list[Any]:
        """Return None if no files were written for this revision."""
        return [row for row in self._tables["download"] if row.revision == self.row.revision]

    @property
    def first_published(self) -> Any:
        return min(row.first_on for row in self._tables["source"])

    @property
    def last_published(self) -> Any:
        return max(row.last_on for row in self._tables["source"])


class TermCount(Thing):
    def __init__(self, view: View, term: str, count: int) -> None:
        self.view, self.term, self.count = view, term, count

    def description(self, language: str | None) -> str | None:
        row = self.view.row("term", self.term, "term")
        return choose_text(row.descriptions, language) if row else None
