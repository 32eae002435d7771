"""What a load reads if one source reports everything: rows in proportion to its claims."""

from collections.abc import Mapping
from datetime import date

import psycopg
import pytest

from service.store.loading.load import load_record
from service.store.record.record import Actor, Claim, Fact, Involvement, Name, Passage, Record, Source, Step
from service.store.transactions import write_transaction
from tests.conftest import copy_database

pytestmark = pytest.mark.slow

DAY = date(2019, 6, 1)
FEW, TIMES = 200, 4
READ = """
SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0) AS read
FROM pg_stat_xact_user_tables WHERE schemaname = 'public'
"""
LOOKED_UP = ("actor", "source", "fact", "claim", "passage", "edtf", "wording")
"""Tables in which a load looks up what its rows refer to. Other tables are read to count their contents; PostgreSQL
sometimes uses indexes for that, and sometimes not.
"""
BEYOND = 2_000
"""How many more rows than in proportion may be read, from tables that are scanned however small they are."""


def told_by_one(meetings: int) -> Record:
    """Return meetings of two, each at a different place, in the one source."""
    source = Source("all", "all.txt", "ARTICLE", "en", DAY.isoformat(), "STATED", DAY, "0" * 64)
    people = [f"person-{number}" for number in range(meetings + 1)]
    facts = [_meeting(number, people[number : number + 2]) for number in range(meetings)]
    return Record(
        sources={source.slug: source},
        actors={slug: Actor(slug, "Person", (Name(slug.title(), "en", "COMMON", {}),)) for slug in people},
        places={},
        facts={fact.slug: fact for fact in facts},
        conflicts={},
        properties={name: {"en": f"The property {name}."} for name in ("existence", "status", "date")},
    )


def _meeting(number: int, who: list[str]) -> Fact:
    slug, day = f"meeting-{number}", date.fromordinal(DAY.toordinal() - 1 - number).isoformat()
    told = {"existence": None, "status": "HELD", "date": day}
    claims = tuple(
        Claim(
            slug=f"{slug}-{property}",
            fact=slug,
            property=property,
            value=value,
            source="all",
            reported_on=DAY,
            passage=Passage("all", number * 100 + place * 10, number * 100 + place * 10 + 5, 1, "BODY", "0" * 64),
            steps=(Step("OUTLET", None, "a paper"),),
            position=1,
        )
        for place, (property, value) in enumerate(told.items())
    )
    parts = tuple(Involvement("PARTICIPANT", each, (f"{slug}-existence",)) for each in who)
    return Fact(slug, "Summit", claims, {"level": "LEADERS"}, parts, (Name(slug.title(), "en", "COMMON", {}),))


def rows_read(connection: psycopg.Connection) -> dict[str, int]:
    """Return how many rows of each table the transaction has read so far."""
    return dict(connection.execute(READ).fetchall())


def read_by_load(url: str, before: Record | None, record: Record) -> Mapping[str, int]:
    """Return how many rows of each table a load reads; `before`: what is stored when it begins."""
    if before:
        with write_transaction(url) as connection:
            load_record(connection, before)
    with write_transaction(url) as connection:
        load_record(connection, record)
        return rows_read(connection)


@pytest.mark.parametrize("before", [0, 5], ids=["the first load", "over a little that is stored"])
def test_a_load_reads_in_proportion_to_what_one_source_tells(server: str, template: str, before: int) -> None:
    stored = told_by_one(before) if before else None
    few, many = (
        read_by_load(copy_database(server, f"one_source_{before}_{meetings}"), stored, told_by_one(meetings))
        for meetings in (FEW, FEW * TIMES)
    )
    assert many["passage"] >= 3 * FEW * TIMES
    most = {table: 1.25 * TIMES * few[table] + BEYOND for table in LOOKED_UP}
    assert {table: many[table] for table in LOOKED_UP if many[table] > most[table]} == {}
