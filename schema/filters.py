"""Filter fields that several filters share: each is a condition of `conditions` with its parameter and its price."""

from typing import Any

from schema.sql import conditions, slugs
from schema.sql.search_parameters import SEARCH
from service.planner.cost import FILTER, Price
from service.planner.fields import Leads, where
from service.planner.parameters import TERMS, Parameter


def by_slug(entries: Parameter, description: str = "Only entries with one of these slugs.") -> Any:
    return where(conditions.is_one_of("slug"), description, parameter=entries, price=conditions.KEY_PRICE)


def by_text(owner: str) -> Any:
    """Condition that a search for a text finds the row; `owner`: the column of search_text that identifies the row."""
    return where(
        conditions.matches_text(owner),
        conditions.MATCHES_TEXT,
        parameter=SEARCH,
        price=conditions.SEARCH_PRICE,
        leads=conditions.by_texts(owner),
    )


def by_term(column: str, description: str) -> Any:
    """Condition that a column holds one of these terms of a vocabulary."""
    return where(conditions.is_term(column), description, parameter=TERMS)


def by_curation() -> Any:
    return by_term("curation", "Only facts recorded in one of these ways.")


def by_dataset(condition: conditions.Condition, description: str) -> Any:
    return where(condition, description, parameter=slugs.SOURCE_DATASETS)


def by_actor(column: str, description: str, entries: Parameter = slugs.ACTORS, leads: Leads | None = None) -> Any:
    """Condition that the actor in a column is one of these."""
    return where(conditions.actor_in(column), description, parameter=entries, leads=leads)


def by_involved_actor(column: str, description: str, entries: Parameter = slugs.ACTORS) -> Any:
    """Condition that the actor in a column of a fact, who is involved in the fact, is one of these."""
    return by_actor(column, description, entries, conditions.BY_ACTORS)


def by_role(role: str, description: str, price: Price = FILTER) -> Any:
    """Condition that the fact involves one of these actors in a role."""
    return where(
        conditions.in_role(role),
        description,
        parameter=slugs.ACTORS,
        price=price,
        leads=conditions.by_role(role),
    )


def _by_index(condition: conditions.Condition, description: str, entries: Parameter) -> Any:
    """Condition that an indexed column holds one of some entries."""
    return where(condition, description, parameter=entries, leads=conditions.by_index(condition))


def by_meeting(column: str, description: str) -> Any:
    """Condition that the meeting in a column is one of these."""
    return _by_index(conditions.fact_in(column), description, slugs.MEETINGS)


def by_place(column: str, description: str) -> Any:
    """Condition that the place in a column is one of these, or lies within one."""
    return _by_index(conditions.place_in(column), description, slugs.PLACES)


def by_country_of_place(column: str) -> Any:
    """Condition that the place in a column lies in one of these states."""
    description = "Only facts at a place in one of these states (ISO codes or slugs)."
    return _by_index(conditions.place_country(column), description, slugs.COUNTRIES)


def by_country(column: str, description: str, leads: Leads | None = None) -> Any:
    """Condition that the state in a column is one of these."""
    return where(conditions.country_in(column), description, parameter=slugs.COUNTRIES, leads=leads)
