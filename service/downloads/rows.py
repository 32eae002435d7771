"""Rows of the flat tables, made from entries as the schema returns them; schema/tables.py describes the tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from operator import itemgetter
from typing import Any

from schema.tables import (
    EDGES,
    MEETING_COLUMNS,
    MEETINGS,
    PARTIES,
    POSITION,
    UNIONS,
    Link,
    Shape,
    Table,
    kind_table,
    tables,
)
from service.store.enums import PRESENT, EntryKind, RelationshipKind

Entry = dict[str, Any]
Row = Sequence[object]
PAIRED = {EntryKind.PERSON: RelationshipKind.PEOPLE, EntryKind.COUNTRY: RelationshipKind.STATES}
"""The kinds of which two can have a relationship, and the kind of that relationship."""


class Rows:
    """Maker of entries' rows."""

    def __init__(self, actors: Mapping[str, EntryKind]) -> None:
        """Create the maker. `actors`: the kind of each actor, by its slug."""
        self._kinds = {slug: PAIRED[kind] for slug, kind in actors.items() if kind in PAIRED}

    def of(self, kind: EntryKind, entries: Iterable[Entry]) -> Mapping[str, list[Row]]:
        """Return the rows of some entries of a kind by table, in the order of the entries."""
        table, shape, lists = kind_table(kind)
        unions = {name: _picker(table.name, name) for name, (_, kinds) in UNIONS.items() if kind in kinds}
        made: defaultdict[str, list[Row]] = defaultdict(list)
        for entry in entries:
            if kind is EntryKind.RELATIONSHIP:
                entry = {**entry, **dict(zip(PARTIES, entry["parties"], strict=True))}
            cells = _cells(entry, shape)
            made[table.name].append(cells)
            for name, pick in unions.items():
                slug, *others = pick(cells)
                made[name].append((slug, kind.value, *others))
            for field, (link, item) in lists.items():
                made[link.table] += _link_rows(kind, entry, field, link, item)
            if kind in MEETINGS:
                made[EDGES] += self._edges(entry, _picker(table.name, EDGES)(cells))
        return made

    def _edges(self, meeting: Entry, cells: Row) -> Iterator[Row]:
        """Return a row for each two of those present who are people, or states."""
        roles: dict[str, str] = {}
        for each in meeting["involvements"]:
            if each["role"] in PRESENT:
                roles.setdefault(each["actor"]["slug"], each["role"])
        for one, other in combinations(sorted(roles), 2):
            kind = self._kinds.get(one)
            if kind and kind is self._kinds.get(other):
                yield (f"{one}--{other}", kind.value, one, roles[one], other, roles[other], meeting["slug"], *cells)


def _link_rows(kind: EntryKind, entry: Entry, field: str, link: Link, item: Shape) -> Iterator[Row]:
    header = tables()[link.table].header
    owner = (kind.value, entry["slug"]) if header[0].endswith(".kind") else (entry["slug"],)
    is_counted = header[len(owner)] == POSITION and (POSITION, None) not in item
    for position, each in enumerate(entry[field], start=1):
        yield (*owner, *((position,) if is_counted else ()), *_cells(each, item))


@cache
def tables_of(kind: EntryKind) -> Sequence[Table]:
    """Return the tables in which entries of a kind have rows."""
    own, _, lists = kind_table(kind)
    unions = [name for name, (_, kinds) in UNIONS.items() if kind in kinds]
    names = [own.name, *unions, *(link.table for link, _ in lists.values()), *([EDGES] if kind in MEETINGS else [])]
    return [tables()[name] for name in dict.fromkeys(names)]


@cache
def _picker(table: str, to: str) -> Any:
    """Return a function that takes from a row of a kind's table the cells that another table repeats."""
    header = tables()[table].header
    names = MEETING_COLUMNS if to == EDGES else [name for name in tables()[to].header if name != "kind"]
    return itemgetter(*map(header.index, names))


def _cells(value: Entry, shape: Shape) -> list[object]:
    cells: list[object] = []
    _add_cells(value, shape, cells)
    return cells


def _add_cells(value: Entry | None, shape: Shape, cells: list[object]) -> None:
    for name, inner in shape:
        each = None if value is None else value[name]
        if inner is not None:
            _add_cells(each, inner, cells)
        elif each is True or each is False:
            cells.append("true" if each else "false")
        else:
            cells.append(each)
