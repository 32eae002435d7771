"""The root of the schema."""

from dataclasses import replace
from functools import partial
from typing import Any

import strawberry

from schema.actors import Country, CountryConnection, Organisation, OrganisationConnection, Person, PersonConnection
from schema.agreements import Agreement, AgreementConnection
from schema.changes import REVISION, EntryChangeConnection, changes
from schema.claims import Claim, ClaimConnection
from schema.conflicts import Conflict, ConflictConnection
from schema.dataset import DATASET, Dataset
from schema.entries import Node
from schema.enums import SourceOrder
from schema.events import Event, EventConnection
from schema.facts import Fact, FactConnection
from schema.invitations import Invitation, InvitationConnection
from schema.meetings import Meeting, MeetingConnection, Summit, SummitConnection
from schema.network import MAX_TIES, Network, network
from schema.offices import OfficeConnection
from schema.paths import MAX_STEPS, Path, path
from schema.places import Place, PlaceConnection
from schema.quotes import Quote, QuoteConnection
from schema.relationships import Relationship, RelationshipConnection
from schema.scalars import Date
from schema.search import SearchConnection, search
from schema.source_datasets import SourceDataset
from schema.sources import Source, SourceConnection
from schema.sql import slugs
from schema.sql.relations import (
    AGREEMENT,
    CLAIM,
    CONFLICT,
    COUNTED_RELATIONSHIP,
    COUNTRY,
    EVENT,
    FACT,
    INVITATION,
    MEETING,
    OFFICE,
    ORGANISATION,
    PERSON,
    PLACE,
    QUOTE,
    RELATIONSHIP,
    SOURCE,
    SOURCE_DATASET,
    SUMMIT,
    among,
    countries,
)
from schema.sql.search_parameters import RANKED, TYPED
from schema.sql.tallies import leads_by_day, tally_of, tally_of_claims, tally_of_entries
from schema.suggest import MAX_SUGGESTIONS, Suggestion, suggest
from service.planner.cost import Price
from service.planner.fields import pages, sql
from service.planner.parameters import Parameter, Shape, page_size, to_reference
from service.planner.relations import Relation, Row, Rows
from service.sql import select, sql_literal


def _entry_field(relation: Relation, entries: Parameter, description: str) -> Any:
    """Entry with a slug, if it is of that kind; otherwise null."""

    def entry_of_slug(row: Row, slug: str, as_of: Date | None = strawberry.UNSET) -> Rows:
        return row.find(relation, lambda entry: entry.slug == slug)

    return sql(entry_of_slug, description, parameters={"slug": slugs.of_one(entries)})


def _list_field(relation: Relation, description: str, order: Any = None) -> Any:
    """All entries of a kind, in pages."""

    def all_entries(row: Row) -> Rows:
        return _with_tally(row.find(relation), row)

    return pages(all_entries, description, order=order, as_of=Date)


def _with_tally(rows: Rows, row: Row) -> Rows:
    """The entries of a list whose number a load has counted."""
    rows.tally = tally_of_entries(rows.row.relation, row)
    return rows


def _list_facts(relation: Relation, description: str, listed: Relation | None = None) -> Any:
    """All facts of a kind, in pages; a load has counted them. `listed`: the same facts, found in another way."""

    def all_facts(row: Row) -> Rows:
        facts = row.find(listed or relation)
        tally = partial(tally_of, relation)
        facts.tally, facts.leads = tally(row), leads_by_day(row, partial(row.find, relation), tally)
        return facts

    return pages(all_facts, description, as_of=Date)


def _all_claims(row: Row) -> Rows:
    claims = row.find(CLAIM)
    claims.tally = tally_of_claims(row)
    return claims


def _list_by_name(relation: Relation, name: str, description: str) -> Any:
    """All entries of a kind, in pages, sorted by name only; `name`: the name of the order, for cursors."""

    def sorted_rows(row: Row) -> Rows:
        rows = _with_tally(row.find(relation), row)
        rows.order_name = name
        return rows.order_by(rows.row.name_key, rows.row.slug)

    return pages(sorted_rows, description, as_of=Date)


def _leader(row: Row, slug: str, as_of: Date | None = strawberry.UNSET) -> Rows:
    return row.find(PERSON, lambda person: person.slug == slug, lambda person: person.is_leader)


def _leaders(row: Row) -> Rows:
    people = _with_tally(row.find(PERSON, lambda person: person.is_leader), row)
    people.tally = people.tally and people.tally.where(lambda tally: tally.is_leader)
    return people


def _country(row: Row, code: str, as_of: Date | None = strawberry.UNSET) -> Rows:
    codes = sql_literal(f"ARRAY[{code}]")
    return row.find(COUNTRY, lambda state: among(state.id, countries(row, codes)))


def _relationship(row: Row, between: list[str], as_of: Date | None = strawberry.UNSET) -> Rows:
    ordered = "string_agg(party, '--' ORDER BY party COLLATE \"C\")"
    slug = sql_literal(f"(SELECT {ordered} FROM unnest({between}) AS party)")
    return row.find(RELATIONSHIP, lambda each: each.slug == slug)


def _conflicts(row: Row) -> Rows:
    rows = _with_tally(row.find(CONFLICT), row)
    rows.order_name = "ConflictConnection.SLUG"
    return rows.order_by(rows.row.slug)


def _datasets(row: Row, as_of: Date | None = strawberry.UNSET) -> Rows:
    datasets = row.find(SOURCE_DATASET)
    return datasets.order_by(datasets.row.slug)


def _entries_of_ids(row: Row, references: str) -> Rows:
    """Entries with these IDs, in the order requested; each is seen from the day that its ID carries."""
    typename = "split_part(reference, ':', 1)"
    slug = "split_part(split_part(reference, ':', 2), '@', 1)"
    present = f"(SELECT slug FROM alias WHERE former = {slug} AND typename = {typename})"
    columns: list[Any] = [
        sql_literal(typename).label("typename"),
        sql_literal(f"coalesce({present}, {slug})").label("slug"),
        sql_literal("coalesce(nullif(split_part(reference, '@', 2), ''), 'infinity')::date").label("day"),
        sql_literal("position").label("position"),
    ]
    given = f"unnest({references}) WITH ORDINALITY AS given(reference, position)"
    entries = row.find(Relation(select(*columns).select_from(f"{given} OFFSET 0").subquery(), is_reference=True))
    entries.row.as_of = entries.row.day
    return entries.order_by(entries.row.position)


def _node(row: Row, id: strawberry.ID) -> Rows:
    return _entries_of_ids(row, f"ARRAY[{id}]")


def _nodes(row: Row, ids: list[strawberry.ID]) -> Rows:
    return _entries_of_ids(row, f"{ids}")


@strawberry.type(
    description="Every field except `node`, `nodes`, `changes` and `dataset` takes `asOf: D`. The field and "
    "everything below it then return what sources published on or before D had reported, not what had happened by "
    "then. For what had happened by then, filter by date (`summits(filter: {phase: HELD, date: {to: D}})`) without "
    "`asOf`. The `id` of everything below the field carries D, so a cache never mixes two days and `node(id:)` stays "
    "on the same day; the `slug` does not."
)
class Query:
    node: Node | None = sql(
        _node, "Entry with this ID, as seen from the day that the ID carries; null if there is none."
    )
    nodes: list[Node | None] = sql(
        _nodes,
        "Entries with these IDs, in the order requested; null for each ID that has none. At most 100.",
        parameters={"ids": Parameter(convert=to_reference, maximum=100)},
    )
    leader: Person | None = sql(
        _leader,
        "A person who leads, or led, a state or its government; null for anybody else.",
        parameters={"slug": slugs.of_one(slugs.PEOPLE)},
    )
    leaders: PersonConnection = pages(_leaders, "People who lead, or led, a state or its government.", as_of=Date)
    person: Person | None = _entry_field(PERSON, slugs.PEOPLE, "A person.")
    people: PersonConnection = _list_field(PERSON, "All people.")
    organisation: Organisation | None = _entry_field(ORGANISATION, slugs.ORGANISATIONS, "An organisation.")
    organisations: OrganisationConnection = _list_field(ORGANISATION, "All organisations.")
    country: Country | None = sql(
        _country,
        "A state, by its ISO 3166-1 alpha-2 or alpha-3 code, by its ISO 3166-3 code if it no longer exists, or by its "
        "slug. Filters that take a country accept the same values.",
        parameters={"code": slugs.of_one(slugs.COUNTRIES)},
    )
    countries: CountryConnection = _list_by_name(COUNTRY, "CountryFilter.NAME", "All states, sorted by name.")
    place: Place | None = _entry_field(PLACE, slugs.PLACES, "A place.")
    places: PlaceConnection = _list_by_name(PLACE, "PlaceFilter.NAME", "All places, sorted by name.")
    fact: Fact | None = _entry_field(FACT, slugs.FACTS, "A fact of any kind.")
    facts: FactConnection = _list_facts(FACT, "All facts, of any kind.")
    summit: Summit | None = _entry_field(SUMMIT, slugs.SUMMITS, "A meeting at leaders' level.")
    summits: SummitConnection = _list_facts(SUMMIT, "All meetings at leaders' level.")
    meeting: Meeting | None = _entry_field(MEETING, slugs.MEETINGS, "A meeting at any level.")
    meetings: MeetingConnection = _list_facts(MEETING, "All meetings, at any level.")
    quote: Quote | None = _entry_field(QUOTE, slugs.QUOTES, "Words that somebody is reported to have used.")
    quotes: QuoteConnection = _list_facts(QUOTE, "All quotes.")
    event: Event | None = _entry_field(EVENT, slugs.EVENTS, "A political event coded in PLOVER.")
    events: EventConnection = _list_facts(EVENT, "All events.")
    invitation: Invitation | None = _entry_field(INVITATION, slugs.INVITATIONS, "An invitation, with its response.")
    invitations: InvitationConnection = _list_facts(INVITATION, "All invitations.")
    agreement: Agreement | None = _entry_field(AGREEMENT, slugs.AGREEMENTS, "An agreement between parties.")
    agreements: AgreementConnection = _list_facts(AGREEMENT, "All agreements.")
    offices: OfficeConnection = _list_facts(OFFICE, "All offices.")
    relationship: Relationship | None = sql(
        _relationship,
        "Relationship between two people or two states. `between` takes their slugs, in either order. Null for a "
        "person and a state, for the same one twice, and for two without a relationship.",
        parameters={"between": replace(slugs.ACTORS, minimum=2, maximum=2)},
    )
    relationships: RelationshipConnection = _list_facts(RELATIONSHIP, "All relationships.", listed=COUNTED_RELATIONSHIP)
    source: Source | None = _entry_field(SOURCE, slugs.SOURCES, "A document on which the register is based.")
    sources: SourceConnection = _list_field(SOURCE, "All sources, latest first.", SourceOrder.PUBLISHED_ON_DESC)
    claims: ClaimConnection = pages(_all_claims, "All claims.", as_of=Date)
    claim: Claim | None = _entry_field(
        CLAIM, slugs.CLAIMS, "What one passage of one source says of one property of one fact."
    )
    conflict: Conflict | None = _entry_field(CONFLICT, slugs.CONFLICTS, "Claims that do not agree.")
    conflicts: ConflictConnection = pages(_conflicts, "All conflicts between claims, sorted by slug.", as_of=Date)
    search: SearchConnection = pages(
        search,
        "Entries that match a text, best match first. The search covers texts, what claims say, and names in any "
        "recorded spelling or with a typing error, in Chinese, English, French, German, Korean and Russian. Entries "
        "with all the words come first, then those with most of them; an entry with a word itself comes before one "
        "with only a similar word. The last word is matched as the beginning of a word, so the search can run as the "
        "user types. Blank text finds nothing.",
        as_of=Date,
        backward=False,
        parameters={"text": RANKED},
        price=Price(45_000.0),
    )
    suggest: list[Suggestion] = sql(
        suggest,
        "Suggestions while a name is being typed: entries with a name that begins with the text, in any alphabet, "
        "starting from any of its words. Names that begin exactly as typed come first. Among these and among the "
        "others, the best known entries come first: actors and places by the number of facts that name them, meetings "
        "and agreements by the number of sources that report them. Entries without names (quotes, events, "
        "invitations, sources) are not suggested, whatever the `kind`. A text that excludes a word (`-word`) gets no "
        "suggestions. `first` is 0 to 20 and defaults to 10.",
        parameters={"text": TYPED, "first": page_size(MAX_SUGGESTIONS)},
        rows=10,
        price=Price(1_000.0),
    )
    path: Path | None = sql(
        path,
        "Shortest chain of people in which each person shares a fact of the requested kinds with the next. Without "
        "`kind`, facts of all kinds except OFFICE and RELATIONSHIP count. If there are several shortest chains, the "
        "same one is always returned. The length is 0 from a person to the same person. Null if there is no chain of "
        "at most `maxLength` (1 to 6) steps. A gathering of many links every two people who take part; `setting: "
        "[BILATERAL]` leaves gatherings out. A person who only interprets at a meeting links nobody.",
        parameters={"from_": slugs.PEOPLE, "to": slugs.PEOPLE, "max_length": Shape(minimum=1, maximum=MAX_STEPS)},
        price=Price(20_000.0),
    )
    network: Network = sql(
        network,
        "The people who have most to do with each other: who met, invited or spoke of whom, and how often. Without "
        "`kind`, all three count. `setting` limits the meetings that count; `[BILATERAL]` leaves gatherings out. "
        "`first` is the number of strongest ties, 60 by default. With `around`, at most half as many neighbours are "
        "included, and ties between these neighbours fill the rest.",
        parameters={"around": slugs.PEOPLE, "first": page_size(MAX_TIES)},
        price=Price(100_000.0),
    )
    changes: EntryChangeConnection = pages(
        changes,
        "Log of the entries that loads added, changed and removed, for keeping a copy or a feed up to date. With "
        "`since`, only changes after this revision, as `dataset { revision }` gave it; without it, all changes. "
        "`asOf` does not apply: this is the history of the register, not of what its sources reported.",
        parameters={"since": REVISION},
    )
    datasets: list[SourceDataset] = sql(_datasets, "Published data sets from which sources are taken.", rows=4)
    dataset: Dataset = sql(lambda row: row.find(DATASET), "The register itself.")
