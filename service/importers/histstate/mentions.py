"""People of a list as mentions with their states, and the side of each; identifies nobody."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from service.importers.histstate.items import Item, Kind
from service.importers.histstate.readings import Mention, Party, RowSet, State
from service.importers.histstate.rows import Row
from service.importers.histstate.tables import Tables
from service.importers.histstate.visitors import read_visitors
from service.importers.texts import address_of


def row_state(tables: Tables, row: Row) -> State | None:
    """Return the state that the row is about: the visitor's own, or the state of the trip."""
    return State(row.country, tables.state_slug(row.country, row.start), False) if row.country else None


def travellers(tables: Tables, row: Row) -> tuple[Mention, ...]:
    """Return the President whose trip it is, or the visitors, from the row's field."""
    if row.set is RowSet.TRIP:
        elect = "[Visit made as President-elect" in row.remarks
        title = "President-elect" if elect else "President"
        return (Mention(row["name"], title, row["name"], None, str(address_of(row.data, "name")), is_elect=elect),)
    address = str(address_of(row.data, "visitor"))
    return tuple(
        to_mention(tables, row, item, row_state(tables, row), address) for item in read_visitors(tables, row["visitor"])
    )


def own_party(tables: Tables, row: Row) -> Party:
    """Return the visitors with their state."""
    return Party(row_state(tables, row), travellers(tables, row))


def to_mention(tables: Tables, row: Row, item: Item, state: State | None, address: str) -> Mention:
    """Return a mention of a person; the title and the words show whether he is elect or former."""
    is_elect = item.title.endswith(("-elect", "-designate"))
    title = tables.titles.get(item.title)
    is_of_part = bool((title and title[0].is_of_part) or (state and tables.is_part_of_state(state.words, row.start)))
    return Mention(item.words, item.title, item.name, state, address, item.is_former, is_elect, is_of_part)


def is_american(tables: Tables, item: Item) -> bool:
    """Return whether a row means an American: an American office and name with no other state."""
    if item.kind is not Kind.PERSON or item.state or item.body:
        return False
    surname = item.name.split()[-1] if item.name else ""
    return (item.title, surname) in tables.american_offices or (
        not item.title and ("President", surname) in tables.american_offices
    )


def is_the_president(item: Item) -> bool:
    """Return whether a visit's row means the President by his office alone ("met with the President")."""
    return item.kind is Kind.PERSON and item.title == "President" and not (item.name or item.state or item.body)


def american_mentions(tables: Tables, row: Row, items: Iterable[Item], address: str) -> tuple[Mention, ...]:
    """Return the people of a list who are on the American side."""
    return tuple(
        to_mention(tables, row, item, None, address)
        for item in items
        if is_american(tables, item) or (row.set is RowSet.VISIT and is_the_president(item))
    )


def foreign_parties(tables: Tables, row: Row, items: Sequence[Item], address: str) -> tuple[Party, ...]:
    """Return the states of a list with their people, in list order; each person without a state stands alone."""
    parties: list[Party] = []
    for item, state in zip(items, _states(tables, row, items), strict=True):
        if item.kind is Kind.GROUP or is_american(tables, item) or (row.set is RowSet.VISIT and is_the_president(item)):
            continue
        people = (to_mention(tables, row, item, state, address),) if item.kind is Kind.PERSON else ()
        same = next((n for n, one in enumerate(parties) if _is_same(one.state, state)), None)
        if same is None:
            parties.append(Party(state, people))
        else:
            parties[same] = replace(parties[same], people=parties[same].people + people)
    return tuple(parties)


def _is_same(one: State | None, other: State | None) -> bool:
    if one is None or other is None:
        return False
    return (one.slug or one.words) == (other.slug or other.words)


def _states(tables: Tables, row: Row, items: Sequence[Item]) -> Iterator[State | None]:
    """Yield the state of each item: from its own words, else the row's state until the list has left it."""
    has_left = False
    for item in items:
        state = _stated_state(tables, row, item)
        if state is None and item.title and not item.body and not has_left and _may_be(tables, item, row):
            state = row_state(tables, row)
        home = row_state(tables, row)
        has_left = has_left or state is None or (home is not None and not _is_same(state, home))
        yield state


def _stated_state(tables: Tables, row: Row, item: Item) -> State | None:
    title = tables.titles.get(item.title)
    words = item.state or (title[0].acts_for if title else "")
    return State(words, tables.state_slug(words, row.start), True) if words else None


def _may_be(tables: Tables, item: Item, row: Row) -> bool:
    """Return whether the row's state has officers of this title."""
    title = tables.titles.get(item.title)
    if title is None or not title[0].states:
        return True
    home = tables.state_slug(row.country, row.start)
    return home in {tables.state_slug(state, row.start) for state in title[0].states}
