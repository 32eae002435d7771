"""What all objects of the oracle have: the day that they are seen from, ids, texts in a language, dates."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from tests.oracle.register import Register, Row

SINCE = {
    "actor": "known_since",
    "place": "known_since",
    "source": "reported_on",
    "source_dataset": "known_since",
    "claim": "reported_on",
    "conflict": "known_since",
}
"""The column that says from which day a row is known; rows of other tables are parts of these."""
SPANS = ("involvement", "unnamed", "fact_about")
"""Tables whose rows are known from one day to another."""

TABLES = {"Person": "actor", "Organisation": "actor", "Country": "actor", "Place": "place", "Source": "source"} | {
    "Claim": "claim",
    "Conflict": "conflict",
}
"""The table of each entry that is not a fact."""

TYPES: dict[str, type["Thing"]] = {}
SortKeys = list[tuple[Any, bool]]
"""The values that a list is sorted by, and whether each descends."""


class Thing:
    """Object of the schema: its attributes and methods are its fields, in snake case.

    Undefined attributes are the columns of that name. A method takes the arguments of its field.
    """

    def __init_subclass__(cls) -> None:
        TYPES[cls.__name__] = cls

    def __init__(self, view: "View", row: Row) -> None:
        self.view, self.row = view, row

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    @property
    def typename(self) -> str:
        return type(self).__name__


class View:
    """The register as it was known on a day; without one, as it is."""

    def __init__(self, register: Register, day: date | None = None, search: Any = None) -> None:
        """Create the view. `search`: says what a text finds."""
        self.register, self.day, self.search = register, day, search

    def on(self, day: date | None) -> "View":
        return View(self.register, day, self.search)

    def is_known(self, table: str, row: Row) -> bool:
        if table in SPANS:
            return bool(row.known_from <= (self.day or date.max) <= row.known_until)
        return self.day is None or table not in SINCE or getattr(row, SINCE[table]) <= self.day

    def is_withdrawn(self, row: Row) -> bool:
        """Return whether a source, or the source of a claim, is retracted or superseded by the day."""
        return row.withdrawn_on is not None and row.withdrawn_on <= (self.day or date.max)

    def rows(self, table: str, **wanted: Any) -> list[Row]:
        """Return the known rows of a table; at most one column is filtered by a value."""
        found = self.register.tables[table]
        for column, value in wanted.items():
            found = self.register.where(table, column, value)
        return [row for row in found if self.is_known(table, row)]

    def row(self, table: str, key: object, column: str = "id") -> Row:
        """Return the only row with a key, if it is known; none for no key."""
        found = [] if key is None else self.rows(table, **{column: key})
        return found[0] if found else None

    def things(self, table: str, **wanted: Any) -> list[Any]:
        return [self._thing(table, row) for row in self.rows(table, **wanted)]

    def thing(self, table: str, key: object, column: str = "id") -> Any:
        row = self.row(table, key, column)
        return None if row is None else self._thing(table, row)

    def _thing(self, table: str, row: Row) -> Thing:
        return TYPES[row.typename if table == "actor" else table.title().replace("_", "")](self, row)

    def fact(self, key: int | None) -> Any:
        """Return the fact as known by the day; none if nothing was known yet."""
        for snapshot in self.register.snapshots.get(key or 0, []):
            if snapshot.known_from <= (self.day or date.max) <= snapshot.known_until:
                return TYPES[snapshot.typename](self, snapshot)
        return None

    def facts(self, *typenames: str) -> list[Any]:
        """Return the known facts of some types, or of all."""
        found = [self.fact(key) for key in self.register.snapshots]
        return [fact for fact in found if fact and (not typenames or fact.typename in typenames)]

    def entry(self, typename: str | None, slug: str) -> Any:
        """Return the entry of a type and a slug."""
        if typename in TABLES:
            found = self.thing(TABLES[typename], slug, "slug")
        else:
            rows = self.register.where("fact", "slug", slug)
            found = self.fact(rows[0].id) if rows else None
        return found if found is not None and found.typename == typename else None

    def date(self, text: str | None, basis: str | None) -> "EdtfDate | None":
        row = self.row("edtf", text, "text")
        return None if row is None else EdtfDate(self, row, basis)


def choose_text(texts: Mapping[str, str] | None, language: str | None, last: str | None = None) -> str | None:
    """Return the text in that language, one of the same primary subtag, English, or any."""
    tag = (language or "en").lower()
    texts = texts or {}
    for wanted in (tag, tag.partition("-")[0], "en"):
        if wanted in texts:
            return texts[wanted]
    return last or min(texts.values(), default=None)


class EdtfDate(Thing):
    def __init__(self, view: View, row: Row, basis: str | None) -> None:
        super().__init__(view, row)
        self.basis, self.edtf = basis, row.text

    def label(self, language: str | None) -> str | None:
        return choose_text(self.row.labels, language)

    @property
    def span(self) -> tuple[date, date]:
        """Return the first and last possible day; an open end is infinitely far."""
        return self.row.earliest or date.min, self.row.latest or date.max


class Entry(Thing):
    @property
    def id(self) -> str:
        text = f"{self.typename}:{self.slug}" + (f"@{self.view.day}" if self.view.day else "")
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @property
    def key(self) -> int:
        """The tables' name for it."""
        found: int = self.row.id
        return found

    def label(self, language: str | None) -> str | None:
        return choose_text(self.row.labels, language)

    def sort_keys(self, order: str) -> SortKeys:
        """Return the keys by slug, unless a kind of entry has other orders."""
        return [(self.slug, False)]


class NamedThing(Entry):
    """Thing with names of its own: an actor, a place or a meeting; `owner` is the column that names it."""

    owner: ClassVar[str]

    def label(self, language: str | None) -> str | None:
        # a meeting whose name is its label has no names of its own
        return choose_text(self.row.labels if self.row.names is None else self.row.names, language, self.row.name)

    name = label

    def names(self, kind: list[str] | None, language: list[str] | None) -> list["Name"]:
        found = sorted(self.view.rows("name", **{self.owner: self.key}), key=lambda row: row.position)
        tags = None if language is None else [tag.lower() for tag in language]
        kept = [row for row in found if kind is None or row.kind in kind]
        return [Name(self.view, row) for row in kept if tags is None or row.language.lower() in tags]


class Name(Thing):
    def sources(self) -> list[Any]:
        """Return the sources that contain exactly this spelling."""
        links = self.view.rows("name_source", name_id=self.row.id)
        return [source for link in links if (source := self.view.thing("source", link.source_id))]
