"""What the store must know of a kind of fact, and what the kinds share; independent of any single kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict

from service.store.enums import Curation, Medium, Role
from service.store.notation.fields import Citations, Cited, EntryModel, OnlyCited, OpenProperty, Property
from service.store.notation.values import Date, Person, Phrase, Texts, refers_to_fact
from service.store.record.coding import Act
from service.store.record.record import Fact, Record
from service.store.record.snapshots import Snapshot
from service.store.rows import Row
from service.store.search.document import Text


class FactEntry(EntryModel):
    """A fact. Any other key is a property described in properties.yaml, written as value: citations.

    `told_by` is the property whose claims report the fact.
    """

    model_config = ConfigDict(extra="allow")
    told_by: ClassVar[str] = "existence"
    __pydantic_extra__: dict[str, OpenProperty]

    date: OnlyCited[Date] = None
    summary: Texts | None = None
    curation: Curation = Curation.CURATED
    designations: dict[Person, Cited[Phrase]] | None = None


class ExistingFactEntry(FactEntry):
    """A fact whose existence is reported by sources."""

    existence: Annotated[Citations, Property(is_open=False)]


def check_medium(fact: Fact) -> Iterator[str]:
    """Yield the mistake in a fact whose medium is none, unless the fact is a deed."""
    if Medium.NONE.value in values_of(fact, "medium"):
        yield "medium: NONE is allowed only for deeds"


def values_of(fact: Fact, property: str) -> set[str]:
    """Return every value that a property has, written plain or claimed."""
    plain = fact.fields.get(property)
    claimed = {claim.value for claim in fact.claims if claim.property == property and claim.value}
    return claimed | ({plain} if isinstance(plain, str) else set())


def slugs_in(fact: Fact, name: str) -> tuple[str, ...]:
    """Return the slugs written plain in a field, whether one or a list."""
    plain = fact.fields.get(name, ())
    return (plain,) if isinstance(plain, str) else tuple(plain) if isinstance(plain, list | tuple) else ()


@dataclass(frozen=True)
class Search:
    """How a search finds facts of a kind."""

    weigh: Callable[[Snapshot], float]
    """Weight relative to other kinds, above 0 and at most 1: more for the thing itself than for what mentions it."""
    is_result: bool = True
    """Whether a search returns it as a result; otherwise it is found only if facts are filtered by a text."""
    is_whole: bool = False
    """Whether its parties, place and time make up the fact itself; for other kinds they are only its circumstances."""
    place: str = "place"
    """Property that gives the place."""
    texts: Callable[[Record, Snapshot], Iterable[Text]] | None = None
    """Its own texts in addition to its names and its summary; without it, its labels."""


@dataclass(frozen=True, eq=False)
class Kind:
    """Kind of fact. Every kind must give the attributes that have no default here."""

    typenames: tuple[str, ...]
    """Its GraphQL types, from FACT_TYPES."""
    file: str
    """Name of its file under seeds/."""
    entry: type[FactEntry]
    """Model of an entry in that file."""
    table: str
    """Name of the table that stores what is kept of each snapshot."""
    to_row: Callable[[Record, Snapshot], Row]
    """Row of a snapshot in that table, without its key: what is decided, written plain or implied."""
    search: Search
    links_people: bool
    """Whether two people in one fact of this kind make a step of a path if no kinds are specified."""
    to_further_rows: Callable[[Record, Snapshot], Iterable[tuple[str, Row]]] = lambda record, snapshot: ()
    """Rows of further tables for a snapshot, each with its table's name, without the key of the snapshot."""
    required: tuple[tuple[str, ...], ...] = ()
    """What every snapshot must show, from the first day on: one property of each tuple."""
    check: Callable[[Fact], Iterable[str]] = check_medium
    """Mistakes in a fact's entry, each a sentence without the slug."""
    choose_typename: Callable[[Mapping[str | None, Any]], str] | None = None
    """Function that chooses between several types of a fact, by its fields as written."""
    is_pair: bool = False
    """Whether its slug `a--b` names two parties."""
    dated_by: tuple[str, ...] = ("date",)
    """Properties whose dates are used to filter and sort it: the first that has a value."""
    history: str | None = None
    """Property whose changes are listed."""
    also_decided: Mapping[str, str] = field(default_factory=dict)
    """Properties decided by claims of another property, by name."""
    to_acts: Callable[[Record, Fact], Iterable[Act]] = lambda record, fact: ()
    """Events that a fact already is."""

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        """Names of the claims of each field, by the field's name."""
        marks = {
            name: [each for each in info.metadata if isinstance(each, Property)]
            for name, info in self.entry.model_fields.items()
        }
        return {name: replace(own[-1], name=own[-1].name or name) for name, own in marks.items() if own}

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles that actors have in it."""
        own = {role for property in self.properties.values() for role in property.roles}
        return frozenset(own | ({Role.PARTY} if self.is_pair else set()))

    @cached_property
    def references(self) -> frozenset[str]:
        """Fields that contain slugs of facts."""
        fields = self.entry.model_fields.items()
        return frozenset(name for name, info in fields if refers_to_fact(info.annotation))

    @property
    def many(self) -> frozenset[str]:
        """Properties of which all values are shown, so that no claim decides."""
        return frozenset(name for each in self.properties.values() if each.is_many for name in each.names)

    @property
    def is_named(self) -> bool:
        """Whether it has names of its own, with which it can be suggested."""
        return "names" in self.entry.model_fields

    def typename_of(self, fields: Callable[[], Mapping[str | None, Any]]) -> str:
        """Return the GraphQL type of a fact; `fields` returns what is written of it."""
        return self.choose_typename(fields()) if self.choose_typename else self.typenames[0]
