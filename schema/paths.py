"""The shortest chain of people between two people, each of whom shares a fact with the next."""

from collections.abc import Callable
from typing import Any

import strawberry

from schema.actors import Person
from schema.facts import FactConnection
from schema.relationships import shared_facts
from schema.scalars import Date
from schema.sql.relations import FACT, FOREVER, PERSON, RELATIONSHIP, among
from service.planner.fields import pages, sql
from service.planner.relations import Relation, Row, Rows
from service.sql import NULL, and_, func, or_, select, sql_literal
from service.store.enums import FactKind, MeetingSetting
from service.store.kinds import typenames_where

MAX_STEPS = 6
INTERPRETS = sql_literal("'{INTERPRETER}'::text[]")
"""Roles of somebody who only interprets at a meeting: such a person links nobody."""
KINDS = typenames_where(lambda kind: kind.links_people)
"""Kinds that count if none is requested."""


def path(
    row: Row,
    from_: str,
    to: str,
    kind: list[FactKind] | None = strawberry.UNSET,
    max_length: int | None = MAX_STEPS,
    setting: list[MeetingSetting] | None = strawberry.UNSET,
    as_of: Date | None = strawberry.UNSET,
) -> Rows:
    longest = MAX_STEPS if max_length is None else max_length
    kinds: Any = sql_literal(f"'{{{','.join(KINDS)}}}'::text[]") if kind is strawberry.UNSET else kind
    settings: Any = NULL.cast("text[]") if setting is strawberry.UNSET else setting
    ends = [_person_id(row, slug) for slug in (from_, to)]
    day = FOREVER if row.as_of is None else row.as_of
    people = func.shortest_path(*ends, kinds, sql_literal(str(longest)), day, settings).label("people")
    arguments = select(people, kinds.label("kinds"), settings.label("settings"))
    # fenced, or the path would be searched for again on each use
    paths = row.find(Relation(arguments.with_fence().subquery()))
    return paths.where(paths.row.people.is_not_null())


def _person_id(row: Row, slug: str) -> Any:
    return row.find(PERSON, lambda person: person.slug == slug).value("id")


def _people(row: Row) -> Rows:
    people = row.find(PERSON, lambda person: among(person.id, row.people))
    return people.order_by(func.array_position(row.people, people.row.id))


def _steps(row: Row) -> Rows:
    people = row.people
    pairs = select(
        sql_literal(f"({people})[step]").label("one_id"),
        sql_literal(f"({people})[step + 1]").label("other_id"),
        sql_literal(f"{row.kinds}").label("kinds"),
        sql_literal(f"{row.settings}").label("settings"),
        sql_literal("step").label("step"),
    ).select_from(f"generate_series(1, cardinality({people}) - 1) AS step")
    steps = row.find(Relation(pairs.subquery()))
    return steps.order_by(steps.row.step)


def _person(name: str) -> Callable[[Row], Rows]:
    return lambda row: row.find(PERSON, lambda person: person.id == row[name])


def _facts(row: Row) -> Rows:
    ways = [(row.one_id, row.other_id), (row.other_id, row.one_id)]
    between = row.find(RELATIONSHIP)
    between.where(or_(*(and_(between.row.one_id == one, between.row.other_id == other) for one, other in ways)))
    facts = shared_facts(FACT, between.value("fact_id"), row)
    facts.where(~facts.row.is_coding, ~facts.row.is_withdrawn, among(facts.row.typename, row.kinds))
    facts.where(*(~(roles == INTERPRETS) for roles in (facts.row.roles_of_one, facts.row.roles_of_other)))
    is_chosen = among(facts.row.setting, row.settings)
    return facts.where(or_(row.settings.is_null(), facts.row.setting.is_null(), is_chosen))


@strawberry.type(description="Step from one person on a path to the next.")
class PathStep:
    from_: Person = sql(_person("one_id"), "Person at the start of the step.", name="from")
    to: Person = sql(_person("other_id"), "Person at the end of the step.")
    facts: FactConnection = pages(_facts, "Facts that both people share, of the requested kinds.", rows=5)


@strawberry.type(description="Shortest chain of people between two people.")
class Path:
    length: int = sql(lambda row: sql_literal(f"(cardinality({row.people}) - 1)"), "Number of steps.")
    people: list[Person] = sql(_people, "People on the path, from one end to the other.", rows=4)
    steps: list[PathStep] = sql(_steps, "Steps of the path, in order.", rows=3)
