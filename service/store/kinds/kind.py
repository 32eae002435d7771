"""What the store must know of a kind of fact, and what the kinds share; it knows none of them."""

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
    """A fact; any further key is a property that properties.yaml describes, as value: citations.

    `told_by` is the property by which sources tell of it.
    """

    model_config = ConfigDict(extra="allow")
    told_by: ClassVar[str] = "existence"
    __pydantic_extra__: dict[str, OpenProperty]

    date: OnlyCited[Date] = None
    summary: Texts | None = None
    curation: Curation = Curation.CURATED
    designations: dict[Person, Cited[Phrase]] | None = None


class ExistingFactEntry(FactEntry):
    """A fact whose existence sources tell of."""

    existence: Annotated[Citations, Property(is_open=False)]


def check_medium(fact: Fact) -> Iterator[str]:
    """The mistake in a fact whose medium is none, unless it is a deed."""
    if Medium.NONE.value in values_of(fact, "medium"):
        yield "medium: NONE is for deeds only"


def values_of(fact: Fact, property: str) -> set[str]:
    """Every value that a property has, written plain or claimed."""
    plain = fact.fields.get(property)
    claimed = {claim.value for claim in fact.claims if claim.property == property and claim.value}
    return claimed | ({plain} if isinstance(plain, str) else set())


def slugs_in(fact: Fact, name: str) -> tuple[str, ...]:
    """The slugs that are written plain in a field, one or a list of them."""
    plain = fact.fields.get(name, ())
    return (plain,) if isinstance(plain, str) else tuple(plain) if isinstance(plain, list | tuple) else ()


@dataclass(frozen=True)
class Search:
    """How a search finds facts of a kind."""

    weigh: Callable[[Snapshot], float]
    """What it counts as beside the others, above 0 and at most 1: the thing itself more than what mentions it."""
    is_result: bool = True
    """Whether a search gives it as a result; else it is only found where facts are filtered by a text."""
    is_whole: bool = False
    """Whether it is what it was between, where and when; of others these are only told around them."""
    place: str = "place"
    """The property that says where."""
    texts: Callable[[Record, Snapshot], Iterable[Text]] | None = None
    """Its own texts besides its names and its summary; without it, its labels."""


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of fact. What has no default here every kind must say."""

    typenames: tuple[str, ...]
    """Its GraphQL types, of FACT_TYPES."""
    file: str
    """The name of its file under seeds/."""
    entry: type[FactEntry]
    """What an entry of that file holds."""
    table: str
    """The name of the table of what is stored of each snapshot."""
    to_row: Callable[[Record, Snapshot], Row]
    """The row of a snapshot in that table, without its key: what is decided, written plain or goes without saying."""
    search: Search
    links_people: bool
    """Whether two people in one are a step of a path, where it is not said which kinds are."""
    to_further_rows: Callable[[Record, Snapshot], Iterable[tuple[str, Row]]] = lambda record, snapshot: ()
    """Rows of further tables for a snapshot, each with its table's name, without the key of the snapshot."""
    required: tuple[tuple[str, ...], ...] = ()
    """What every snapshot must show, from the first day on: one property of each tuple."""
    check: Callable[[Fact], Iterable[str]] = check_medium
    """The mistakes in what a fact's entry says, each a sentence without the slug."""
    choose_typename: Callable[[Mapping[str | None, Any]], str] | None = None
    """Which of several types a fact is of, by its fields as they are written."""
    is_pair: bool = False
    """Whether its slug `a--b` names two parties."""
    dated_by: tuple[str, ...] = ("date",)
    """The properties whose dates it is filtered and sorted by: the first that has a value."""
    history: str | None = None
    """The property whose changes are listed."""
    also_decided: Mapping[str, str] = field(default_factory=dict)
    """Properties that claims of another property decide, by name."""
    to_acts: Callable[[Record, Fact], Iterable[Act]] = lambda record, fact: ()
    """The events that a fact already is."""

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        """What the claims of each field are called, by the field's name."""
        marks = {
            name: [each for each in info.metadata if isinstance(each, Property)]
            for name, info in self.entry.model_fields.items()
        }
        return {name: replace(own[-1], name=own[-1].name or name) for name, own in marks.items() if own}

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that actors have in it."""
        own = {role for property in self.properties.values() for role in property.roles}
        return frozenset(own | ({Role.PARTY} if self.is_pair else set()))

    @cached_property
    def references(self) -> frozenset[str]:
        """The fields that hold slugs of facts."""
        fields = self.entry.model_fields.items()
        return frozenset(name for name, info in fields if refers_to_fact(info.annotation))

    @property
    def many(self) -> frozenset[str]:
        """The properties of which all values are shown, so that no claim decides."""
        return frozenset(name for each in self.properties.values() if each.is_many for name in each.names)

    @property
    def is_named(self) -> bool:
        """Whether it has names of its own, by which it is suggested."""
        return "names" in self.entry.model_fields

    def typename_of(self, fields: Callable[[], Mapping[str | None, Any]]) -> str:
        """The GraphQL type of a fact; `fields` gives what is written of it."""
        return self.choose_typename(fields()) if self.choose_typename else self.typenames[0]
