"""A load into existing data leaves what a first load of the same record makes, whatever changed in between.

LOADS says how many chains of loads are random, here and where partial loads and their files are tested.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import psycopg
import pytest

from service.settings import SEEDS
from service.store.layout import TABLES
from service.store.loading.load import load_record
from service.store.loading.pairs import tally_pairs
from service.store.loading.tallies import LISTED, TALLIES, tally_facts, tally_listed
from service.store.loading.write import BATCH_ROWS, _batches
from service.store.record.record import Actor, Fact, Name, Record
from service.store.rows import EntryRows, Key
from service.store.seeds import read
from service.store.tables import METADATA
from service.store.transactions import write_transaction
from tests.conftest import copy_database, statement

pytestmark = [pytest.mark.slow, pytest.mark.sql]

CHAINS = int(os.environ.get("LOADS", "2"))
Change = Callable[[Random, Record], Record]
NOT_COMPARED = {"id", "digest", "inputs", "named"}
TALLIED = {"actor_id": "actor", "outlet_id": "actor", "source_id": "source"}
"""What the numbers in tallies refer to, if they are not 0."""
HISTORY = ("dataset", "entry_change", "load_digest", "download", "download_part")
"""Tables about the loads themselves, and the files that they have made."""
UNCHECKED = {
    "tie": {"actor_id": "actor", "other_id": "actor"},
    "pair_tally": {"fact_id": "fact", "snapshot_id": "snapshot", "one_id": "actor", "other_id": "actor"},
    "network_tally": {"fact_id": "fact"},
    "network_tie": {"fact_id": "fact", "one_id": "actor", "other_id": "actor"},
    "network_person": {"person_id": "actor"},
    "tone_tally": {"fact_id": "fact"},
}
"""References that no foreign key checks, since a load rewrites them with what they count."""


def contents(url: str) -> dict[str, list[str]]:
    """Return all rows by table, with what they refer to in place of its number."""
    with psycopg.connect(url) as connection:
        queries = {table: f"SELECT to_jsonb(one) FROM {table} AS one".encode() for table in TABLES}
        rows = {table: [row for (row,) in connection.execute(query)] for table, query in queries.items()}
    by_id = {table: {row["id"]: row for row in rows[table] if "id" in row} for table in TABLES}
    targets = {
        table: {
            column.name: reference.column.table.name
            for column in METADATA.tables[table].columns
            for reference in column.foreign_keys
            if reference.column.name == "id"
        }
        for table in TABLES
    }
    for table in ("presence", "shared", "participant_country"):
        targets[table]["fact_id"] = "fact"
    targets["attribution_step"]["quote_id"] = "fact"
    for table in (*TALLIES, *LISTED, "actor_rank"):
        targets[table] = {name: of for name, of in TALLIED.items() if name in METADATA.tables[table].columns}
    targets |= UNCHECKED

    @cache
    def name_of(table: str, number: int) -> str:
        row = by_id[table][number]
        return str(row["slug"]) if "slug" in row and table != "snapshot" else text_of(table, row)

    def text_of(table: str, row: Mapping[str, Any]) -> str:
        kept = {name: value for name, value in row.items() if name not in NOT_COMPARED}
        of_entry = {"entry_id": "place" if row["grouping"] == "PLACE" else "actor"} if table == "entry_tally" else {}
        for name, target in (targets[table] | of_entry).items():
            kept[name] = name_of(target, row[name]) if row[name] else None
        return str(sorted(kept.items(), key=lambda item: item[0]))

    return {table: sorted(text_of(table, row) for row in rows[table]) for table in TABLES if table not in HISTORY}


# ------------------------------------------------------------------ what may change


def with_entry(given: Mapping[str, Any], slug: str, entry: object) -> dict[str, Any]:
    return {**given, slug: entry}


def one_of(random: Random, given: Mapping[str, Any], holds: Callable[[Any], bool] = lambda _: True) -> Any:
    return random.choice(sorted((entry for entry in given.values() if holds(entry)), key=lambda entry: entry.slug))


def rename_an_actor(random: Random, given: Record) -> Record:
    actor: Actor = one_of(random, given.actors, lambda each: each.names)
    names = (replace(actor.names[0], text=f"New {actor.names[0].text}"), *actor.names[1:])
    return replace(given, actors=with_entry(given.actors, actor.slug, replace(actor, names=names)))


def give_an_alias(random: Random, given: Record) -> Record:
    actor: Actor = one_of(random, given.actors)
    names = (*actor.names, Name("Whoever", "en", "ALIAS", {}))
    return replace(given, actors=with_entry(given.actors, actor.slug, replace(actor, names=names)))


def naturalise_a_person(random: Random, given: Record) -> Record:
    person: Actor = one_of(random, given.actors, lambda each: each.typename == "Person")
    state = one_of(random, given.actors, lambda each: each.typename == "Country").slug
    return replace(given, actors=with_entry(given.actors, person.slug, replace(person, country=state)))


def move_a_place(random: Random, given: Record) -> Record:
    place = one_of(random, given.places, lambda each: each.part_of)
    state = one_of(random, given.places, lambda each: each.kind == "COUNTRY")
    moved = replace(place, part_of=state.slug, country=state.country)
    return replace(given, places=with_entry(given.places, place.slug, moved))


def withdraw_a_source(random: Random, given: Record) -> Record:
    source = one_of(random, given.sources)
    day = source.reported_on + timedelta(days=30)
    facts = {
        slug: replace(
            fact,
            claims=tuple(
                replace(claim, withdrawn_on=day) if claim.source == source.slug else claim for claim in fact.claims
            ),
        )
        for slug, fact in given.facts.items()
    }
    withdrawn = replace(source, retracted_on=day, withdrawn_on=day)
    return replace(given, sources=with_entry(given.sources, source.slug, withdrawn), facts=facts)


def retitle_a_source(random: Random, given: Record) -> Record:
    source = one_of(random, given.sources, lambda each: each.title)
    return replace(given, sources=with_entry(given.sources, source.slug, replace(source, title="Another title")))


def summarise_a_fact(random: Random, given: Record) -> Record:
    fact: Fact = one_of(random, given.facts)
    told = replace(fact, summary={"en": f"In other words {random.random()}."})
    return replace(given, facts=with_entry(given.facts, fact.slug, told))


def rename_a_meeting(random: Random, given: Record) -> Record:
    meeting: Fact = one_of(random, given.facts, lambda each: each.typename == "Summit")
    names = (Name("The Meeting", "en", "COMMON", {}),)
    return replace(given, facts=with_entry(given.facts, meeting.slug, replace(meeting, names=names)))


def remove_an_event(random: Random, given: Record) -> Record:
    referred = {claim.value for fact in given.facts.values() for claim in fact.claims}
    disputed = {slug for conflict in given.conflicts.values() for slug in conflict.claims}
    plain = {str(value) for fact in given.facts.values() for value in fact.fields.values()}

    def is_free(fact: Fact) -> bool:
        is_named = fact.slug in referred or any(f"'{fact.slug}'" in value or fact.slug == value for value in plain)
        return fact.typename in ("Event", "Quote") and not is_named and disputed.isdisjoint(c.slug for c in fact.claims)

    gone = one_of(random, given.facts, is_free).slug
    return replace(given, facts={slug: fact for slug, fact in given.facts.items() if slug != gone})


def postpone_a_meeting(random: Random, given: Record) -> Record:
    meeting: Fact = one_of(random, given.facts, lambda each: any(claim.property == "date" for claim in each.claims))
    later = (date(2020, 1, 1) + timedelta(days=random.randrange(300))).isoformat()
    claims = tuple(replace(claim, value=later) if claim.property == "date" else claim for claim in meeting.claims)
    return replace(given, facts=with_entry(given.facts, meeting.slug, replace(meeting, claims=claims)))


def hold_a_meeting_elsewhere(random: Random, given: Record) -> Record:
    def is_placed(fact: Fact) -> bool:
        return fact.typename in ("Summit", "Talks") and any(claim.property == "place" for claim in fact.claims)

    meeting: Fact = one_of(random, given.facts, is_placed)
    place = one_of(random, given.places).slug
    claims = tuple(replace(claim, value=place) if claim.property == "place" else claim for claim in meeting.claims)
    return replace(given, facts=with_entry(given.facts, meeting.slug, replace(meeting, claims=claims)))


def publish_a_source_elsewhere(random: Random, given: Record) -> Record:
    source = one_of(random, given.sources, lambda each: each.outlet)
    outlet = one_of(random, given.actors, lambda each: each.typename == "Organisation").slug
    return replace(given, sources=with_entry(given.sources, source.slug, replace(source, outlet=outlet)))


def settle_a_conflict(random: Random, given: Record) -> Record:
    """Remove one conflict; if none is left, nothing changes."""
    if not given.conflicts:
        return given
    gone = one_of(random, given.conflicts).slug
    return replace(given, conflicts={slug: each for slug, each in given.conflicts.items() if slug != gone})


CHANGES: tuple[Change, ...] = (
    rename_an_actor,
    give_an_alias,
    naturalise_a_person,
    move_a_place,
    withdraw_a_source,
    retitle_a_source,
    summarise_a_fact,
    rename_a_meeting,
    remove_an_event,
    postpone_a_meeting,
    hold_a_meeting_elsewhere,
    publish_a_source_elsewhere,
    settle_a_conflict,
)


@pytest.fixture(scope="module")
def seeds() -> Record:
    return read(SEEDS)


@pytest.fixture
def second_database(server: str, template: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return a second database for one test."""
    yield copy_database(server, "another")
    statement(server, "DROP DATABASE another WITH (FORCE)")


def load_into(url: str, given: Record) -> None:
    with write_transaction(url) as connection:
        load_record(connection, given)


@pytest.mark.parametrize("seed", range(CHAINS))
def test_a_load_over_another_is_a_first_load(
    seeded_database: str, second_database: str, seeds: Record, seed: int
) -> None:
    random, now = Random(seed), seeds
    for change in random.sample(CHANGES, 5) + random.choices(CHANGES, k=2):
        now = change(random, now)
    load_into(seeded_database, now)
    load_into(second_database, now)
    over, first = contents(seeded_database), contents(second_database)
    assert {table: rows for table, rows in over.items() if rows != first[table]} == {}
    # and back, which requires everything to be made again
    load_into(seeded_database, seeds)
    statement(second_database, "TRUNCATE " + ", ".join(TABLES))
    load_into(second_database, seeds)
    assert contents(seeded_database) == contents(second_database)


COUNTED = (*TALLIES, *LISTED, "actor_rank", "tie", "pair_tally")


@pytest.mark.parametrize("seed", range(CHAINS))
def test_what_is_counted_of_changes_is_what_is_counted_of_all(
    seeded_database: str, seeds: Record, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, now = Random(seed), seeds
    # only the first load counts everything
    monkeypatch.setattr("service.store.loading.load.tally_facts", None)
    monkeypatch.setattr("service.store.loading.load.tally_pairs", None)
    for number in range(10):
        for change in random.choices(CHANGES, k=random.choice((1, 2))):
            now = change(random, now)
        now = seeds if number == 7 else now
        load_into(seeded_database, now)
        assert fetch_counts(seeded_database, anew=False) == fetch_counts(seeded_database, anew=True), f"load {number}"


def fetch_counts(url: str, *, anew: bool) -> dict[str, list[str]]:
    """Return the rows of what is counted, by table; `anew`: as a full count would produce them."""
    with write_transaction(url) as connection:
        if anew:
            connection.execute(f"TRUNCATE {', '.join(COUNTED)}".encode())
            tally_facts(connection)
            tally_listed(connection)
            tally_pairs(connection)
        rows = {
            table: sorted(map(str, connection.execute(f"SELECT to_jsonb(one) FROM {table} AS one".encode())))
            for table in COUNTED
        }
        connection.rollback()
    return rows


def test_entries_that_stay_are_let_go_of_by_batches_too() -> None:
    batches = [len(batch) for batch in _batches(EntryRows(Key("fact", (str(number),))) for number in range(10_000))]
    assert batches == [BATCH_ROWS, BATCH_ROWS, 10_000 - 2 * BATCH_ROWS]
