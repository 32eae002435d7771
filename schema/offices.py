"""Offices that people hold or held."""

import strawberry

from schema import filters
from schema.actors import BY_DAY_HELD, Actor, Person, is_held_on
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.entries import EdtfDate, edtf
from schema.enums import FactOrder, OfficeGrouping
from schema.facts import CommonFactFilter, Fact, decided_entry
from schema.scalars import Date
from schema.sql import conditions, groupings, slugs
from schema.sql.relations import ACTOR, OFFICE, PERSON, one
from schema.sql.texts import in_language
from service.planner.fields import column, relation, sql, where


@strawberry.type(description="An office that a person holds or held.")
@relation(OFFICE)
class Office(Fact):
    person: Person = sql(one(PERSON, "person_id"), "Person who holds or held the office.")
    title: str = sql(in_language("titles", "title"), "Title of the office.")
    of: Actor | None = sql(one(ACTOR, "of_id"), "State or organisation to which the office belongs.")
    leads: bool = column(
        "True for the office of a head of state or government or of a de facto leader; false for all others, such as "
        "a minister's."
    )
    held_under: Actor | None = sql(
        decided_entry(ACTOR, "heldUnder"), "Leader under whom the office was held, if a source names one."
    )
    attested: EdtfDate | None = sql(
        edtf("attested"),
        "First and last day for which a source shows the person in the office. The term (`date`) may be longer, and "
        "often no source gives it.",
    )


@strawberry.input(description="Conditions on offices, all of which must be met.")
class OfficeFilter(CommonFactFilter):
    slug: list[str] | None = filters.by_slug(slugs.OFFICES)
    person: list[str] | None = filters.by_involved_actor(
        "person_id", "Only offices held by one of these people.", slugs.PEOPLE
    )
    of: list[str] | None = filters.by_actor(
        "of_id", "Only offices of one of these states or organisations.", leads=conditions.BY_OFFICE_OF
    )
    leads: bool | None = where(
        conditions.flag("leads"),
        "True for offices of heads of state or government and of de facto leaders, false for all others.",
    )
    on: Date | None = where(
        is_held_on,
        "Only offices held on this day, which must lie within the term or the attested span. If an end of the term is "
        "not known, only the attested span counts.",
        leads=BY_DAY_HELD,
    )


@connection("An office", "offices", filter=OfficeFilter, order=FactOrder.DATE_ASC)
class OfficeConnection(Connection[Office]):
    counts: list[Count] = counts_by(
        {
            OfficeGrouping.OF: groupings.actor("of_id", tallied="of"),
            OfficeGrouping.PERSON: groupings.actor("person_id", tallied="person"),
            OfficeGrouping.LEADS: groupings.term("Leads", lambda row: row.leads.cast("text")),
            OfficeGrouping.CURATION: groupings.term("Curation", "curation"),
            **groupings.periods(OfficeGrouping),
        }
    )
