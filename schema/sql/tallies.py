"""What a load has counted: how many facts and claims there are, without scanning them."""

from collections.abc import Callable
from dataclasses import replace

from schema.sql import conditions
from schema.sql.relations import actors, among, countries, during, of_two, table
from service.planner.parameters import DEFAULT_SIZE
from service.planner.relations import Lead, Relation, Row, Rows
from service.planner.tallies import Tallied, Tally
from service.sql import Expression, Table, and_, column, func, int_literal, sql_literal, text_literal

ACTOR, OTHER, PAIRS, OUTLET = "actor_id", "other_id", "between_id", "outlet_id"
DAYS = {"known_from": "date", "known_until": "date"}


def _tally(name: str, typename: str | None = None) -> Relation:
    return Relation(table(name), key="", typename=typename, visibility=during)


def _part(name: str, /, *hidden: str, **fixed: Expression) -> Relation:
    """Return the rows of a tally that have one value in some columns, without these columns.

    `hidden`: columns that are only available under another name.
    """
    whole = table(name)
    columns = {name: type_ for name, type_ in whole.columns.items() if name not in {*hidden, *fixed}}

    def visibility(row: Row) -> Expression:
        return and_(*(column(row.alias, name, "") == value for name, value in fixed.items()), during(row))

    return Relation(Table(whole.sql, columns), key="", visibility=visibility)


def _id(name: str) -> Callable[[Row], Expression]:
    """Return an id of a tally, also from a hidden column: null for none."""
    return lambda row: func.nullif(column(row.alias, name, "integer"), int_literal(0))


OF_ALL = int_literal(0)


def _of_entries(grouping: str, name: str, only: str = "") -> Tally:
    """Return the tally of all facts of a kind by entries; `name`: what the entries are to the facts.

    `only`: the column of a fact that names the only such entry; without it, facts may have several.
    """
    relation = _part("entry_tally", actor_id=OF_ALL, grouping=text_literal(grouping))
    named = {name: _id("entry_id")}
    if only:
        return Tally(relation, {**named, only: lambda row: row.entry_id}, single=name)
    return Tally(relation, named, frozenset({name}), name)


OF_FACTS = (
    Tally(_tally("fact_tally")),
    Tally(_part("date_tally", actor_id=OF_ALL)),
    _of_entries("OUTLET", "outlet"),
    Tally(
        _part("entry_tally", actor_id=OF_ALL, grouping=text_literal("OUTLET")),
        {OUTLET: lambda row: row.entry_id},
        frozenset({OUTLET}),
    ),
    Tally(_part("actor_tally", ACTOR), {"involved": _id(ACTOR)}, frozenset({"involved"})),
)
"""The tally by involved actor has no column `actor_id`: filtered by that column, the facts of an actor would appear to
involve that actor alone. Likewise, the tally by `outlet` has no column `outlet_id`, by which facts are filtered.
"""
OF_RANKS = Tally(
    Relation(
        Table(table("actor_rank").sql, {"facts": "integer"}), key="", visibility=lambda row: row.facts > int_literal(0)
    ),
    {"involved": _id(ACTOR), "count": lambda row: row.facts},
    frozenset({"involved"}),
    "involved",
)
"""All facts as they are known today."""
OF_QUOTES = (
    Tally(_tally("quote_tally", "Quote")),
    _of_entries("SPEAKER", "speaker", "speaker_id"),
    _of_entries("ADDRESSEE", "addressee"),
    _of_entries("ABOUT", "about"),
)
OF_MEETINGS = (
    Tally(_tally("meeting_tally")),
    _of_entries("COUNTRY", "country"),
    _of_entries("PLACE", "place"),
    _of_entries("PARTICIPANT", "participant"),
    _of_entries("PARTICIPANT_COUNTRY", "participant_country"),
)
OF_EVENTS = (Tally(_tally("event_tally", "Event")),)


def _of_values(grouping: str, name: str, value: Callable[[Row], Expression] = lambda row: row.value) -> Tally:
    """Return the tally of facts by one column; `value`: that column, from the text stored in the tally."""
    return Tally(_part("value_tally", grouping=text_literal(grouping)), {name: value})


OF_CURATIONS = _of_values("CURATION", "curation")
OF_INVITATIONS = (
    _of_values("RESPONSE", "response"),
    _of_values("MEDIUM", "medium"),
    _of_entries("ISSUER", "issuer", "issuer_id"),
    _of_entries("INVITEE", "invitee", "invitee_id"),
)
OF_OFFICES = (
    _of_values("LEADS", "leads", lambda row: row.value == "true"),
    _of_entries("OF", "of", "of_id"),
    _of_entries("PERSON", "person", "person_id"),
)
OF_KINDS = {
    ("Quote",): OF_QUOTES,
    ("Summit", "Talks"): OF_MEETINGS,
    ("Summit",): OF_MEETINGS,
    ("Event",): OF_EVENTS,
    ("Invitation",): OF_INVITATIONS,
    ("Office",): OF_OFFICES,
    ("Agreement",): (_of_values("AGREEMENT", "kind"),),
}
OF_ACTORS = (
    Tally(_tally("actor_tally"), several=frozenset({ACTOR})),
    Tally(_tally("date_tally"), several=frozenset({ACTOR})),
    *(
        Tally(
            _part("entry_tally", grouping=text_literal(name.upper())),
            {name: _id("entry_id")},
            frozenset({ACTOR, name}),
        )
        for name in ("addressee", "participant")
    ),
)
OF_TWO = Tally(
    _part("entry_tally", grouping=text_literal("TOGETHER")),
    {OTHER: lambda row: row.entry_id},
    frozenset({ACTOR, OTHER}),
)
OF_INVOLVED = Tally(
    Relation(
        Table(
            "involved_tally",
            {"actor_id": "integer", "involved": "integer", "typename": "text", **DAYS, "count": "integer"},
        ),
        key="",
        visibility=during,
    ),
    several=frozenset({ACTOR, "involved"}),
)
"""Actors involved in the facts that involve another actor."""
OF_CLAIMS = (
    Tally(_tally("claim_tally"), {"outlet": _id("outlet_id")}),
    Tally(_tally("source_tally"), {"reported_on": lambda row: row.known_from}),
)
OF_LISTED = (Tally(_tally("listed_tally"), {"outlet_id": _id("outlet_id")}),)

OF_PAIRS = Tally(
    # its other columns belong to the relationship, not to the facts
    Relation(Table(table("pair_tally").sql, DAYS), key="", visibility=during),
    {"count": lambda row: column(row.alias, "facts", "integer")},
)


def tally_of(kind: Relation, row: Row) -> Tallied:
    """Return how many facts of a kind there are."""
    # not a tally, but less to scan than the list: each fact of two actors on its own
    of_pairs = Tally(of_two(kind), {"count": lambda row: int_literal(1)}, frozenset({PAIRS}))
    of_kind = OF_KINDS.get(kind.typenames, ())
    tallies: tuple[Tally, ...] = (*OF_FACTS, *of_kind, OF_CURATIONS, *OF_ACTORS, OF_INVOLVED, OF_TWO, of_pairs)
    if row.as_of is not None or len(kind.typenames) != 1:
        # a value may have a row for each type, and for each span of days
        tallies = tuple(replace(tally, single="") for tally in tallies)
    if row.as_of is None and not kind.typenames:
        tallies = (OF_RANKS, *tallies)
    return _of_types(kind, Tallied(row, tallies))


def tally_of_actor(kind: Relation, row: Row) -> Tallied:
    """Return how many facts of a kind involve an actor."""
    of_actor = Tallied(
        row, (*OF_ACTORS, OF_INVOLVED), (lambda tally: tally.actor_id == row.actor_id,), frozenset({ACTOR})
    )
    return _of_types(kind, of_actor)


def tally_of_relationship(row: Row) -> Tallied:
    """Return how many facts the timeline of a relationship has."""
    return Tallied(row, (OF_PAIRS,), (lambda tally: column(tally.alias, "fact_id", "integer") == row.fact_id,))


def tally_of_claims(row: Row) -> Tallied:
    """Return how many claims there are."""
    return Tallied(row, OF_CLAIMS)


def tally_of_entries(kind: Relation, row: Row) -> Tallied:
    """Return how many entries of a kind there are, for kinds that are not facts."""
    return Tallied(row, OF_LISTED).where(lambda tally: tally.typename == text_literal(kind.typename or ""))


def where_one_is_in(tallied: Tallied, slugs: Expression) -> Tallied | None:
    """Narrow to those that involve an actor, provided that only one is given."""
    return tallied.where_one(
        ACTOR, lambda row: among(row.actor_id, actors(row, slugs)), func.cardinality(slugs) == int_literal(1)
    )


def where_one_outlet_reports(tallied: Tallied, slugs: Expression) -> Tallied | None:
    """Narrow to those that an outlet reports, provided that only one is given."""
    is_only = func.cardinality(slugs) == int_literal(1)
    return tallied.where_one(OUTLET, lambda row: among(row[OUTLET], actors(row, slugs)), is_only)


def where_one_state_takes_part(tallied: Tallied, codes: Expression) -> Tallied | None:
    """Narrow to meetings in which somebody from a state takes part, provided that only one is given."""
    return _where_state_is(tallied, countries(tallied.row, codes))


def where_all_states_take_part(tallied: Tallied, codes: Expression) -> Tallied | None:
    """Narrow to meetings in which somebody from each state takes part, provided that only one is given."""
    return _where_state_is(tallied, conditions.all_countries(tallied.row, codes))


def _where_state_is(tallied: Tallied, ids: Expression) -> Tallied | None:
    is_only = func.cardinality(ids) == int_literal(1)
    return tallied.where_one("participant_country", lambda row: among(row.participant_country, ids), is_only)


def where_all_are_in(tallied: Tallied, slugs: Expression) -> Tallied | None:
    """Narrow to those that involve one actor, or two, or three who each share something, provided that no more are
    given.
    """
    found = tallied.where_one(
        PAIRS, lambda row: conditions.is_of_pairs(row, slugs), conditions.are_pairs(tallied.row, slugs)
    )
    for fewer in (_where_two_are_in(tallied, slugs), where_one_is_in(tallied, slugs)):
        found = replace(fewer, otherwise=found) if fewer else found
    return found


def _where_two_are_in(tallied: Tallied, slugs: Expression) -> Tallied | None:

    def ids(row: Row) -> tuple[Expression, Expression]:
        found = actors(row, slugs)
        return found[1], found[2]

    given = func.cardinality(slugs) == int_literal(2), slugs[1] != slugs[2]
    found = tallied.where_one(ACTOR, lambda row: row[ACTOR] == func.least(*ids(row)), *given)
    return found and found.where_one(OTHER, lambda row: row[OTHER] == func.greatest(*ids(row)))


def _of_types(kind: Relation, tallied: Tallied) -> Tallied:
    if not kind.typenames:
        return tallied
    names = [text_literal(name) for name in kind.typenames]
    return tallied.where(lambda row: row.typename.in_(names))


def leads_by_day(row: Row, find: Callable[[], Rows], tally: Callable[[Row], Tallied]) -> list[Lead]:
    """Return leads to a page of an early day: few facts of a list were known then.

    `find`: returns the facts; `tally`: how many there are, seen from a row.
    """
    if row.as_of is None:
        return []
    facts = find()
    # PostgreSQL expects few rows for a range with two ends, but a third of all for one end, for which it reads the
    # table
    begin = sql_literal("'-infinity'::date", "date")
    facts.where(facts.row.known_since >= begin, facts.row.known_since <= row.as_of)
    count = count_if_few(tally(row).total(), tally(replace(row, as_of=None)).total())
    # if there are none, everything would be read before that is noticed
    facts.where(count > int_literal(0))
    # sorted, so that PostgreSQL reads the index in this order and no more of it
    return [Lead(facts.query(facts.row.fact_id).order_by(facts.row.known_since), count=count)]


def count_if_few(known: Expression, all_: Expression) -> Expression:
    """Return how many rows lead to a page.

    Null if reading in the page's order is faster: that reads, for each row of the page, all rows divided by these.
    """
    # fenced, since otherwise each is counted again for each use
    counted = f"(SELECT {known} AS known, {all_} AS all_rows OFFSET 0) AS counted"
    few = f"known * known <= all_rows * {DEFAULT_SIZE}"
    return sql_literal(f"(SELECT known FROM {counted} WHERE {few})", "bigint")
