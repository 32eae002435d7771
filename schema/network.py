"""The network of the people who have most to do with each other, limited to its strongest ties."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import strawberry

from schema.actors import Person
from schema.enums import DateMatch, TieKind
from schema.facts import DateRange
from schema.relationships import (
    Relationship,
    each_way,
    held_meetings,
    only_from_one_to_other,
    tone_between,
)
from schema.scalars import Date
from schema.sql import conditions
from schema.sql.relations import (
    FOREVER,
    INVITATION,
    MEETING,
    NETWORK_TALLY,
    PERSON,
    QUOTE,
    RELATIONSHIP,
    among,
    of_two,
    one,
)
from schema.tone import Tone
from service.planner.cost import Price
from service.planner.fields import column, sql
from service.planner.relations import Relation, Row, Rows
from service.sql import (
    NULL,
    TRUE,
    Expression,
    Select,
    Union,
    and_,
    array_of,
    case,
    func,
    int_literal,
    or_,
    select,
    sql_literal,
    text_literal,
)
from service.store.enums import MeetingSetting, RelationshipKind, require_each

DEFAULT_TIES, MAX_TIES = 60, 100
COUNTS = {
    TieKind.MEETING: "meeting_count",
    TieKind.INVITATION: "invitation_count",
    TieKind.QUOTE: "quote_count",
}
require_each(COUNTS, "COUNTS of schema/network.py", TieKind)
ROLES = {TieKind.INVITATION: ("ISSUER", "INVITEE"), TieKind.QUOTE: ("SPEAKER", "ADDRESSEE,ABOUT")}
"""For kinds of tie with a direction: the roles of the two people."""
ENDS = ("one", "other")
COUNTS_OF_ENDS = {(end, kind): f"{COUNTS[kind]}_of_{end}" for end in ENDS for kind in ROLES}
OF_TIE = ("fact_id", "one_id", "other_id", *COUNTS.values(), *COUNTS_OF_ENDS.values(), "weight")
"""Columns of a tie: whose relationship it is, and how often each kind of tie occurs, in all and from each end."""


@dataclass(frozen=True)
class DatedRelation(Relation):
    """Rows for which a range of days was given: `date`, as a filter holds it."""

    date: Any = None


def network(
    row: Row,
    around: str | None = strawberry.UNSET,
    kind: list[TieKind] | None = strawberry.UNSET,
    setting: list[MeetingSetting] | None = strawberry.UNSET,
    date: DateRange | None = strawberry.UNSET,
    first: int | None = DEFAULT_TIES,
    as_of: Date | None = strawberry.UNSET,
) -> Rows:
    """One row: the strongest ties, as one array per column, and the number of ties and of people."""
    size = DEFAULT_TIES if first is None else first
    is_around = around is not strawberry.UNSET
    center = row.find(PERSON, lambda person: person.slug == around).value("id") if is_around else NULL.cast("bigint")
    wanted = _Wanted(row, kind, setting, date)
    known, tallied, counted, strongest = (next(row.aliases) for _ in range(4))
    is_known = sql_literal(f"(SELECT is_known FROM {known})", "boolean")
    sizes = ("people_count", "tie_count")
    result = select(
        center.label("around_id"),
        *(_array(name, strongest).label(name) for name in OF_TIE),
        _people_by_weight(row, strongest).label("people"),
        *(
            case(
                (is_known, sql_literal(f"(SELECT {name} FROM {tallied})", "bigint")),
                else_=sql_literal(f"(SELECT {name} FROM {counted})", "bigint"),
            ).label(name)
            for name in sizes
        ),
    )
    arms = _tallied_ties(wanted, tallied).where(is_known), _all_columns(f"{counted}_ties").where(~is_known)
    result.with_(strongest, _all_columns(Union(*arms).subquery("arms")))
    _count_ties(result, row, wanted, counted, center if is_around else None, size)
    result.with_(tallied, _all_columns(wanted.strongest(size, center if is_around else None)))
    result.with_(known, select(wanted.is_known().label("is_known")))
    rows = row.find(DatedRelation(result.subquery(), date=date))
    rows.typical_count = 1.0
    return rows


@dataclass(frozen=True)
class _Wanted:
    """The requested facts that tie two people."""

    row: Row
    kind: Any
    setting: Any
    date: Any

    def is_known(self) -> Expression:
        """Whether a load has counted these facts, which it does for whole months."""
        has_counted = sql_literal("EXISTS (SELECT FROM network_cell)", "boolean")
        return and_(has_counted, *conditions.are_whole_months(self.date))

    def cells(self, *, of_all_kinds: bool = False) -> str:
        """The cells into which these facts fall, as an array that is built once."""
        kinds, settings = (_texts(given) for given in (strawberry.UNSET if of_all_kinds else self.kind, self.setting))
        days = "NULL, NULL"
        if self.date is not strawberry.UNSET:
            given = conditions.ends_of_range(self.date)
            (first,), (last,) = (day or [_date(end)] for day, end in zip(given, ENDLESS, strict=True))
            days = f"{first}, {last}"
        is_within = self.date is not strawberry.UNSET and self.date.get("match") is DateMatch.WITHIN
        return f"(SELECT network_cells({kinds}, {settings}, {days}, {is_within}))::smallint[]"

    def strongest(self, size: int, center: Expression | None) -> str:
        """The function that finds the strongest ties from these facts."""
        if center is not None:
            return f"strongest_ties_around({center}::integer, {self.cells()}, {_texts(self.kind)}, {self.day}, {size})"
        return f"strongest_ties({self.cells()}, {_texts(self.kind)}, {self.day}, {size})"

    @property
    def day(self) -> Expression:
        return FOREVER if self.row.as_of is None else self.row.as_of


ENDLESS = ("-infinity", "infinity")


def _texts(given: Any) -> Expression:
    return (NULL if given is strawberry.UNSET else given).cast("text[]")


def _date(day: str) -> Expression:
    return text_literal(day).cast("date")


def _tallied_ties(wanted: _Wanted, tallied: str) -> Select:
    """The ties that were found, in their order, with the stored counts of each."""
    tally = wanted.row.find(NETWORK_TALLY)
    number = tally.row
    cell = {"kind": sql_literal("cell.kind", "text")}
    numbers: list[Any] = []
    for tie, name in COUNTS.items():
        numbers.append(_sum(number["count"], cell["kind"] == tie.value).label(name))
    for (end, tie), name in COUNTS_OF_ENDS.items():
        numbers.append(_sum(number[f"of_{end}"], cell["kind"] == tie.value).label(name))
    is_asked_for = TRUE if wanted.kind is strawberry.UNSET else among(cell["kind"], wanted.kind)
    numbers.append(_sum(number["count"], is_asked_for).label("weight"))
    tally.where(number.fact_id == sql_literal("found.fact_id", "integer"))
    tally.where(among(number.cell_id, wanted.cells(of_all_kinds=True)))
    conditions_ = tally.all_conditions()
    counts = select(*numbers).select_from(f"{number.source()} JOIN network_cell AS cell ON cell.id = {number.cell_id}")
    counts.where(*conditions_)
    source = (
        f"{tallied} JOIN LATERAL unnest({tallied}.ties) WITH ORDINALITY AS found (fact_id, place) ON true"
        f" JOIN network_tie USING (fact_id) JOIN LATERAL {counts.subquery('numbers')} ON true"
    )
    return select(*(sql_literal(name).label(name) for name in (*OF_TIE, "place"))).select_from(source)


def _sum(number: Expression, of_kind: Expression) -> Expression:
    return func.coalesce(func.sum(number).filter(of_kind), int_literal(0)).with_type("bigint")


def _count_ties(result: Select, row: Row, wanted: _Wanted, counted: str, center: Expression | None, size: int) -> None:
    """The same, counting every fact: it only runs for days that are not whole months, and before a load has counted."""
    ties, near, whole = (next(row.aliases) for _ in range(3))
    of_all = ties if center is None else whole
    sizes = select(
        _count(f"SELECT one_id FROM {of_all} UNION SELECT other_id FROM {of_all}").label("people_count"),
        _count(f"SELECT FROM {of_all}").label("tie_count"),
    )
    result.with_(counted, sizes)
    strongest = _first(ties, "weight DESC, slug", size) if center is None else _strongest_around(near, whole, size)
    result.with_(f"{counted}_ties", select(*map(sql_literal, (*OF_TIE, "place"))).select_from(strongest.subquery("t")))
    if center is not None:
        result.with_(whole, _all_columns(ties).where(*_are_among(near)))
        result.with_(near, _neighbours(ties, center))
    result.with_(ties, _ties(row, _counts_of_each_two(row, wanted.kind, wanted.setting, wanted.date)))


def _counts_of_each_two(row: Row, kind: Any, setting: Any, date: Any) -> Select:
    """How often each pair met, invited each other and spoke of each other; `weight`: the number in the given kinds."""
    facts = {
        TieKind.MEETING: held_meetings(lambda: row.find(of_two(MEETING)), setting, date),
        TieKind.INVITATION: only_from_one_to_other(row.find(of_two(INVITATION)), *ROLES[TieKind.INVITATION]),
        TieKind.QUOTE: only_from_one_to_other(row.find(of_two(QUOTE)), *ROLES[TieKind.QUOTE]),
    }
    for each in (facts[TieKind.INVITATION], facts[TieKind.QUOTE]):
        conditions.only_dated_in(each.where(~each.row.is_withdrawn), date)
    of_each = (_kind_and_ends(tie, rows) for tie, rows in facts.items())
    of = sql_literal("kind")
    counts = [func.count().filter(of == tie.value).label(name) for tie, name in COUNTS.items()]
    for (end, tie), name in COUNTS_OF_ENDS.items():
        counts.append(func.count().filter(and_(of == tie.value, sql_literal(f"is_of_{end}", "boolean"))).label(name))
    weight = func.count() if kind is strawberry.UNSET else func.count().filter(among(of, kind))
    columns = [sql_literal("between_id").label("between_id"), *counts, weight.label("weight")]
    return select(*columns).select_from(Union(*of_each).subquery(next(row.aliases))).group_by(int_literal(1))


def _kind_and_ends(tie: TieKind, facts: Rows) -> Select:
    """For each fact of a pair: the pair, the kind of tie, and whether it leads from the one and from the other."""
    none = sql_literal("false", "boolean")
    ways = each_way(facts.row, *ROLES[tie]) if tie in ROLES else (none, none)
    is_of = (way.label(f"is_of_{end}") for end, way in zip(ENDS, ways, strict=True))
    return facts.query(facts.row.between_id.label("between_id"), text_literal(tie.value).label("kind"), *is_of)


def _ties(row: Row, counts: Select) -> Select:
    """Each pair of people with counts, if their weight is at least one."""
    counted, people = counts.subquery(next(row.aliases)), row.find(RELATIONSHIP)
    people.where(people.row.kind == text_literal(RelationshipKind.PEOPLE.value))
    parties = [people.row[name].label(name) for name in ("fact_id", "one_id", "other_id", "slug")]
    # fenced, or the parties of each pair are looked up separately
    between = people.query(*parties).with_fence().subquery("between")
    columns = (*between.columns, *COUNTS.values(), *COUNTS_OF_ENDS.values(), "weight")
    source = f"{between} JOIN {counted} ON between_id = fact_id"
    return (
        select(*(sql_literal(name).label(name) for name in columns))
        .select_from(source)
        .where(sql_literal("weight > 0", "boolean"))
    )


def _neighbours(ties: str, center: Expression) -> Select:
    """The person at place 0, and from place 1 on everybody tied to that person, by weight of the tie."""
    person = f"(SELECT {center} AS id) AS center"
    place = "row_number() OVER (ORDER BY weight DESC, slug) AS place"
    columns = ("CASE one_id WHEN id THEN other_id ELSE one_id END AS person_id", place)
    others = select(*map(sql_literal, columns)).select_from(f"{ties} JOIN {person} ON id IN (one_id, other_id)")
    itself = select(sql_literal("id"), sql_literal("0")).select_from(person)
    return _all_columns(Union(others, itself).subquery("near"))


def _are_among(near: str, most: int | None = None) -> list[Expression]:
    """Both people of a tie are the person or neighbours of the person; `most`: limits the number of neighbours."""
    people = f"SELECT person_id FROM {near}" + ("" if most is None else f" WHERE place <= {most}")
    # this way the people are hashed once, and no join is planned on an estimate of their number
    return [sql_literal(f"({end}_id IN ({people})) IS TRUE", "boolean") for end in ENDS]


def _strongest_around(near: str, whole: str, size: int) -> Select:
    """The person's own ties come first, to half as many neighbours as there may be ties: the rest is for the other
    ties.
    """
    is_own = f"(SELECT person_id FROM {near} WHERE place = 0) IN (one_id, other_id)"
    kept = _all_columns(whole).where(*_are_among(near, (size + 1) // 2)).subquery("kept")
    return _first(kept, f"{is_own} DESC, weight DESC, slug", size)


def _first(ties: object, order: str, size: int) -> Select:
    """The first ties, each with its place. Only the ties that are kept are numbered, because numbering all would sort
    all.
    """
    first = _all_columns(ties).order_by(sql_literal(order)).limit(size).subquery("first_of_all")
    return select(sql_literal("*"), sql_literal(f"row_number() OVER (ORDER BY {order}) AS place")).select_from(first)


def _all_columns(source: object) -> Select:
    return select(sql_literal("*")).select_from(source)


def _array(name: str, ties: str) -> Expression:
    return array_of(select(sql_literal(name)).select_from(ties).order_by(sql_literal("place")))


def _people_by_weight(row: Row, ties: str) -> Expression:
    """People connected by the ties, the most strongly tied first."""
    ends = " UNION ALL ".join(f"SELECT {end}_id AS person_id, weight FROM {ties}" for end in ENDS)
    person = row.find(PERSON).row
    source = f"({ends}) AS ends JOIN {person.source()} ON {person.actor_id} = ends.person_id"
    query = select(person.actor_id).select_from(source).group_by(person.actor_id, person.slug)
    return array_of(query.order_by(sql_literal("sum(weight) DESC"), person.slug))


def _count(query: str) -> Expression:
    return sql_literal(f"(SELECT count(*) FROM ({query}) AS counted)", "bigint")


def _people(row: Row) -> Rows:
    people = row.find(PERSON, lambda person: among(person.id, row.people))
    return people.order_by(func.array_position(row.people, people.row.id))


def _strongest_ties(row: Row) -> Rows:
    arrays, names = ", ".join(str(row[name]) for name in OF_TIE), ", ".join(OF_TIE)
    columns = [sql_literal(name, "bigint").label(name) for name in (*OF_TIE, "place")]
    listed = select(*columns).select_from(f"unnest({arrays}) WITH ORDINALITY AS tie({names}, place)")
    ties = row.find(DatedRelation(listed.subquery(), date=_date_of(row)))
    return ties.order_by(ties.row.place)


def _date_of(row: Row) -> Any:
    relation: Any = row.relation
    return relation.date


def _two(row: Row) -> Rows:
    two = row.find(PERSON, lambda person: or_(person.id == row.one_id, person.id == row.other_id))
    return two.order_by(two.row.slug)


def _from(end: str) -> Callable[[Row], Row]:
    """The same row, with the counts from one end of the tie as its counts."""

    def direction(row: Row) -> Row:
        own = {COUNTS[kind]: row[COUNTS_OF_ENDS[end, kind]] for kind in ROLES}
        return replace(row, computed={**row.computed, **own})

    return direction


@strawberry.type(description="Counts from one of two people to the other.")
class TieDirection:
    invitation_count: int = column("Number of invitations that this person made to the other, alone or with others.")
    quote_count: int = column("Number of quotes by this person to or about the other.")


@strawberry.type(description="What ties two people to each other, and how strongly.")
class Tie:
    people: list[Person] = sql(_two, "Exactly two people, sorted by slug.", rows=2)
    relationship: Relationship = sql(one(RELATIONSHIP, "fact_id"), "Relationship between the two people.")
    weight: int = column("How often one of the requested kinds ties the two: the sum of the counts of these kinds.")
    meeting_count: int = column(
        "Number of held meetings at which both were present, counted as in `Relationship.meetingCount`."
    )
    invitation_count: int = column(
        "Number of invitations from one of the two to the other, except those that only withdrawn sources report."
    )
    quote_count: int = column(
        "Number of quotes by one of the two to or about the other, except those that only withdrawn sources report."
    )
    from_first: TieDirection = sql(
        _from("one"),
        "Counts from the first of `people` to the second. What both said or issued to each other counts in both "
        "directions.",
    )
    from_second: TieDirection = sql(_from("other"), "Counts from the second of `people` to the first.")
    tone: Tone = sql(
        lambda row: tone_between(row, _date_of(row)),
        "Tone of the events in which both act or are acted upon.",
        price=Price(1_300.0),
    )


@strawberry.type(
    description="The people who have most to do with each other: as many of the strongest ties as requested."
)
class Network:
    around: Person | None = sql(one(PERSON, "around_id"), "Person at the centre of the network, if one was requested.")
    people: list[Person] = sql(_people, "People connected by these ties, the most strongly tied first.", rows=60)
    ties: list[Tie] = sql(
        _strongest_ties, "Strongest ties; equally strong ties are sorted by the slug of the relationship.", rows=60
    )
    people_count: int = column("Number of people in the whole network, including those left out.")
    tie_count: int = column("Number of ties in the whole network, including those left out.")
