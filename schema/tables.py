"""Content of the flat tables of the whole register: the values that files.py queries, described by the schema.

The table of a kind has one row per entry, with the values that are not in a list. A list has a table of its own, in
which each row begins with the entry that the list belongs to.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from graphql import GraphQLList, OperationDefinitionNode, get_named_type, get_nullable_type, is_non_null_type, parse

from schema import schema
from schema.files import document
from service.store.enums import EntryKind, FactKind

ACTOR_KINDS = (EntryKind.PERSON, EntryKind.ORGANISATION, EntryKind.COUNTRY)
KNOWN_SINCE = "knownSince"
POSITION = "position"
Shape = tuple[tuple[str, "Shape | None"], ...]
"""Names of an object's values in order, each with the shape of an object or with None for a leaf."""


class Link(NamedTuple):
    """The table of a list: what its rows call the entry that has the list and, if the list is of entries, those
    entries.
    """

    table: str
    owner: str
    item: str = ""


LINKS: Mapping[str, Link] = {
    "Actor.names": Link("names", "entry"),
    "Place.names": Link("names", "entry"),
    "Meeting.names": Link("names", "entry"),
    "Agreement.names": Link("names", "entry"),
    "Person.designations": Link("designations", "person"),
    "Country.successors": Link("successions", "country", "successor"),
    "Fact.involvements": Link("involvements", "fact"),
    "Meeting.unnamed": Link("unnamed", "meeting"),
    "Meeting.places": Link("meeting_places", "meeting", "place"),
    "Meeting.history": Link("status_changes", "meeting"),
    "Relationship.history": Link("relationship_states", "relationship"),
    "Quote.aboutFacts": Link("about_facts", "fact", "about"),
    "Event.aboutFacts": Link("about_facts", "fact", "about"),
    "Quote.attribution": Link("quote_attributions", "quote"),
    "Quote.translations": Link("translations", "quote"),
    "Quote.variants": Link("variants", "quote", "variant"),
    "Source.credits": Link("credits", "source", "organisation"),
    "Source.supersedes": Link("supersessions", "source", "superseded"),
    "Claim.attribution": Link("attributions", "claim"),
    "Claim.context": Link("contexts", "claim"),
    "Claim.conflicts": Link("conflict_claims", "claim", "conflict"),
}
TOLD: Mapping[str, str] = {
    "Agreement.parties": "involvements",
    "Country.predecessors": "successions",
    "Event.about": "involvements",
    "Event.actors": "involvements",
    "Event.recipients": "involvements",
    "Fact.conflicts": "conflict_claims",
    "Meeting.interpreters": "involvements",
    "Person.offices": "offices",
    "Quote.about": "involvements",
    "Quote.addressees": "involvements",
    "Quote.events": "events",
    "Relationship.parties": "relationships",
    "Source.supersededBy": "supersessions",
}
"""Lists whose content is already in another table."""
PARTIES = ("one", "other")
"""Names of the two parties of a relationship: each party of a pair has a column."""
UNIONS: Mapping[str, tuple[str, tuple[EntryKind, ...]]] = {
    "actors": ("Actor", ACTOR_KINDS),
    "facts": ("Fact", tuple(EntryKind[kind] for kind in FactKind.__members__)),
}
"""Tables of all entries with an interface, with the columns that their kinds share."""
EDGES = "edges"
EDGES_ABOUT = (
    "Who was present with whom: one row for every two people and every two states recorded as present at the same "
    "meeting, whatever became of it (see its `status` and `phase`)."
)
MEETING_COLUMNS = (
    "knownSince",
    *(f"date.{name}" for name in ("edtf", "earliest", "latest", "basis")),
    *(f"plannedDate.{name}" for name in ("edtf", "earliest", "latest")),
    *("level", "format", "status", "phase", "outcome", "setting"),
    *("place.slug", "within.slug", "withinKind", "isWithdrawn", "curation"),
)
"""Columns of the meeting that `edges` repeats."""
MEETINGS = (EntryKind.SUMMIT, EntryKind.TALKS)
POSITION_ABOUT = "Position in the list, starting at 1."


@dataclass(frozen=True)
class Column:
    """A column, named after its field or after the path of names down to it (`date.earliest`)."""

    name: str
    description: str
    type: Any
    """GraphQL type of its values: a scalar or an enum."""
    is_required: bool = False
    references: str | None = None
    """Table whose `slug` the column holds."""


@dataclass(frozen=True)
class Table:
    """A flat table. `key`: columns that together identify a row."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("slug",)

    @property
    def header(self) -> list[str]:
        """Names of the columns."""
        return [column.name for column in self.columns]


class KindTable(NamedTuple):
    """The table of a kind, the shape of a row within an entry, and for each list of an entry its table and an item's
    shape.
    """

    table: Table
    shape: Shape
    lists: Mapping[str, tuple[Link, Shape]]


def table_name(kind: EntryKind) -> str:
    """Name of the table of a kind: the plural."""
    irregular = {EntryKind.PERSON: "people", EntryKind.COUNTRY: "countries", EntryKind.TALKS: "talks"}
    return irregular.get(kind, f"{kind.lower()}s")


@cache
def kind_table(kind: EntryKind) -> KindTable:
    """The table of a kind."""
    type_, selected = _types()[kind.capitalize()], _selected_of(kind)
    columns, shape = _flatten(type_, selected)
    since = _own_column(_types()["Fact"], KNOWN_SINCE)
    columns.insert(2, replace(since, is_required=True))
    shape = (*shape[:2], (KNOWN_SINCE, None), *shape[2:])
    if kind is EntryKind.RELATIONSHIP:
        columns += [_slug_column(f"{party}.slug", "Relationship.parties", ACTOR_KINDS) for party in PARTIES]
        shape = (*shape, *((party, (("slug", None),)) for party in PARTIES))
    return KindTable(Table(table_name(kind), type_.description, tuple(columns)), shape, dict(_lists(type_, selected)))


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name, in the order in which they are listed."""
    own = [kind_table(kind).table for kind in EntryKind]
    unions = [_union(name, interface, kinds) for name, (interface, kinds) in UNIONS.items()]
    links = [_link_table(name) for name in dict.fromkeys(link.table for link in LINKS.values())]
    return {table.name: table for table in (*own, *unions, _edges(), *links)}


def _types() -> dict[str, Any]:
    return schema._schema.type_map


def _own_column(type_: Any, name: str) -> Column:
    field = type_.fields[name]
    return Column(name, field.description, get_named_type(field.type), is_non_null_type(field.type))


def _slug_column(name: str, described_by: str, kinds: Iterable[EntryKind]) -> Column:
    """Slug of an entry of one of these kinds; the field `Type.field` describes it."""
    type_, _, field = described_by.partition(".")
    about = _types()[type_].fields[field].description
    return Column(name, about, _types()["String"], is_required=True, references=_table_of(kinds))


def _table_of(kinds: Iterable[EntryKind]) -> str | None:
    """The table that has all entries of these kinds; None if there is none."""
    own = {table_name(kind): {kind} for kind in EntryKind}
    unions = {name: set(of) for name, (_, of) in UNIONS.items()}
    return next((name for name, of in (own | unions).items() if set(kinds) <= of), None)


def _kinds_of(type_: Any) -> list[EntryKind]:
    """Kinds of entry that have a type, which may be an interface."""
    names = [name for name, each in _types().items() if each is type_ or type_ in getattr(each, "interfaces", ())]
    return [kind for kind in EntryKind if kind.capitalize() in names]


def _selected_of(kind: EntryKind) -> Sequence[Any]:
    """Selections on an entry."""
    operation: Any = parse(document(kind)).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    fragment: Any = operation.selection_set.selections[0].selection_set.selections[0]  # type: ignore[attr-defined]
    selected: Sequence[Any] = fragment.selection_set.selections
    return selected


def _flatten(type_: Any, selected: Iterable[Any], above: Column | None = None) -> tuple[list[Column], Shape]:
    """Columns and shape of the selections on an object, without its lists."""
    columns: list[Column] = []
    shape: list[tuple[str, Shape | None]] = []
    for node in selected:
        field, column = type_.fields[node.name.value], _column(type_, node.name.value, above)
        if _is_list(field):
            continue
        below, inner = [column], None
        if node.selection_set:
            below, inner = _flatten(get_named_type(field.type), node.selection_set.selections, column)
        columns += below
        shape.append((node.name.value, inner))
    return columns, tuple(shape)


def _column(type_: Any, name: str, above: Column | None) -> Column:
    """Column of a field; `above` is the column of the object that the field belongs to."""
    own = _own_column(type_, name)
    if above is None:
        return own
    # a slug or a number needs no description beyond that of its object
    about = [above.description, *([] if name in ("slug", "totalCount") else [own.description])]
    references = _table_of(_kinds_of(type_)) if name == "slug" and _kinds_of(type_) else None
    is_required = above.is_required and own.is_required
    return Column(f"{above.name}.{name}", " ".join(about), own.type, is_required, references)


def _is_list(field: Any) -> bool:
    return isinstance(get_nullable_type(field.type), GraphQLList)


def _lists(type_: Any, selected: Iterable[Any]) -> Iterator[tuple[str, tuple[Link, Shape]]]:
    """The lists of an entry that have a table."""
    for node in selected:
        field = type_.fields[node.name.value]
        declared = [f"{each.name}.{node.name.value}" for each in (type_, *type_.interfaces)]
        link = next((LINKS[each] for each in declared if each in LINKS), None)
        if link and _is_list(field):
            yield node.name.value, (link, _flatten(get_named_type(field.type), node.selection_set.selections)[1])


def _link_table(name: str) -> Table:
    """The table of lists; its rows are identified by the owner of the list and the position in it."""
    declared = [each for each, link in LINKS.items() if link.table == name]
    type_, _, field = declared[0].partition(".")
    link, listed = LINKS[declared[0]], _types()[type_].fields[field]
    kinds = [kind for each in declared for kind in _kinds_of(_types()[each.partition(".")[0]])]
    owner = [_slug_column(f"{link.owner}.slug", "Entry.slug", kinds)]
    if len(kinds) > 1:
        owner.insert(0, _kind_column(f"{link.owner}.kind"))
    items = [_slug_column(f"{link.item}.slug", declared[0], _kinds_of(get_named_type(listed.type)))]
    if not link.item:
        node = next(each for each in _selected_of(kinds[0]) if each.name.value == field)
        items, _ = _flatten(get_named_type(listed.type), node.selection_set.selections)
    own = POSITION in [item.name for item in items]
    position = [] if own else [Column(POSITION, POSITION_ABOUT, _types()["Int"], is_required=True)]
    key = (*(column.name for column in owner), POSITION)
    return Table(name, listed.description, (*owner, *position, *items), key)


def _kind_column(name: str) -> Column:
    return Column(name, _types()["EntryKind"].description, _types()["EntryKind"], is_required=True)


def _union(name: str, interface: str, kinds: Iterable[EntryKind]) -> Table:
    """The columns that all these kinds have, and the kind."""
    first, *others = (kind_table(kind).table for kind in kinds)
    shared = [column for column in first.columns if all(column.name in other.header for other in others)]
    return Table(name, _types()[interface].description, (shared[0], _kind_column("kind"), *shared[1:]))


def _edges() -> Table:
    meeting = {column.name: column for column in kind_table(EntryKind.SUMMIT).table.columns}
    parties = [
        column
        for party in PARTIES
        for column in (
            _slug_column(f"{party}.slug", "Involvement.actor", ACTOR_KINDS),
            replace(_own_column(_types()["Involvement"], "role"), name=f"{party}.role"),
        )
    ]
    columns = (
        _slug_column("relationship.slug", "Entry.slug", [EntryKind.RELATIONSHIP]),
        _own_column(_types()["Relationship"], "kind"),
        *parties,
        _slug_column("meeting.slug", "Entry.slug", MEETINGS),
        *(meeting[name] for name in MEETING_COLUMNS),
    )
    return Table(EDGES, EDGES_ABOUT, columns, ("relationship.slug", "meeting.slug"))
